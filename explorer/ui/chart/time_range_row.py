"""The row under a chart over time: all its periods with those in view marked, and the way back to all of them."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.pages.model import ChartTimeline, Page, set_period_range
from explorer.support import Theme
from explorer.ui.core import KeyBinding, KeySection, PageStore
from explorer.ui.theme import GAP, Typeset
from explorer.ui.widgets import ButtonStyle, WordButton

if TYPE_CHECKING:
    from explorer.render.view import ChartView, TimeOverview

CHART_KEYS = KeySection(
    title="On a chart of many periods",
    bindings=(
        KeyBinding(keys=("+", "-"), text="fewer periods, nearer; more periods"),
        KeyBinding(keys=("Shift+Left", "Shift+Right"), text="back and on in time"),
        KeyBinding(keys=("Escape",), text="back to all periods"),
        KeyBinding(keys=("Left", "Right", "Up", "Down"), text="reads one period after another, and line by line"),
    ),
)
_AFTER_CHART = 60
"""Milliseconds after a page until its periods are drawn: who leafs through places waits for no strip."""
_GOING_ON = 1.0
"""Seconds after which a further movement is another step back in history."""


class TimeRangeRow(QWidget):
    """The overview and the button “All periods”; it passes between the view's hand and the question."""

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._view: ChartView | None = None
        self.overview: TimeOverview | None = None
        self.everything = WordButton(self, ButtonStyle.QUIET)
        self.everything.set_label("All periods")
        self.everything.clicked.connect(self.show_all)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3 * GAP, 0, 3 * GAP, GAP // 2)
        self._row.setSpacing(GAP)
        self._row.addWidget(self.everything)
        self._scale = 1.0
        self._has_room = True
        self._shown: tuple[ChartTimeline, Theme] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_CHART)
        self._later.timeout.connect(self.show_timeline)
        self._last: tuple[float, str, str] | None = None
        self.hide()

    def attach_view(self, view: ChartView) -> None:
        """Stand under ``view`` and follow its hand."""
        self._view = view
        view.hand.moved.connect(self._follow_hand)
        view.hand.rested.connect(self._ask_for_range)

    def show_page(self, page: Page, theme: Theme) -> None:
        """Show the periods of ``page``; nothing where they cannot be moved through."""
        if page.timeline is None or self._view is None:
            self.put_away()
            return
        self._shown = (page.timeline, theme)
        self._later.start()
        self._show_way_back()
        self.setVisible(self._has_room)

    def put_away(self) -> None:
        """Show nothing, as what is on screen has no periods to move through."""
        self._shown = None
        self.hide()

    def give_room(self, *, has_room: bool) -> None:
        """Show the row or give way to the chart: over an open drawer the chart needs the height."""
        self._has_room = has_room
        self.setVisible(has_room and self._shown is not None)

    def show_timeline(self) -> None:
        """Show the periods now. A page asks for it once its chart is painted: the chart comes first."""
        self._later.stop()
        if self._shown is None or self._view is None:
            return
        overview = self.overview or self._build_overview(self._view)
        timeline, theme = self._shown
        overview.show_timeline(timeline, theme, self._view.hand.low, self._view.hand.high)

    def show_all(self) -> None:
        """Go back to all periods; the keyboard goes to the chart, as the button has nothing more to do."""
        if self._view is None:
            return
        if self.everything.hasFocus():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._view.hand.show_all()

    def apply_theme(self, typeset: Typeset, scale: float) -> None:
        """Take colours and the size of text."""
        self.everything.apply_theme(typeset)
        width = self.everything.natural_width()
        self.everything.setFixedSize(width, self.everything.height_for(width))
        self._scale = scale
        if self.overview is not None:
            self.overview.set_scale(scale)

    def _build_overview(self, view: ChartView) -> TimeOverview:
        """Made when a chart first needs it: most have few periods."""
        from explorer.render.view import TimeOverview

        overview = self.overview = TimeOverview(self)
        overview.set_scale(self._scale)
        hand = view.hand
        overview.dragged.connect(hand.look_at)
        overview.let_go.connect(self._let_go)
        overview.left_all.connect(self.show_all)
        overview.zoomed.connect(hand.zoom)
        overview.panned.connect(hand.pan)
        self._row.insertWidget(0, overview, 1)
        return overview

    def _let_go(self) -> None:
        """The hand rests; where it had moved nothing, the strip goes back to what is shown."""
        if self._view is not None:
            self._view.hand.rest()
            self._follow_hand()

    def _follow_hand(self) -> None:
        if self._view is not None and self.overview is not None:
            self.overview.show_region(self._view.hand.low, self._view.hand.high)
            self._show_way_back()

    def _show_way_back(self) -> None:
        """The button keeps its room, so that the strip does not jump under the hand that pulls it."""
        self.everything.setEnabled(self._view is not None and self._view.hand.is_near)

    def _ask_for_range(self, since: str, until: str) -> None:
        """One movement is one step of the history, however often the hand rested in it."""
        question = self._store.page.question if self._store.page is not None else None
        going_on = (
            self._last is not None
            and question is not None
            and monotonic() - self._last[0] < _GOING_ON
            and (question.since, question.until) == self._last[1:]
        )
        self._last = (monotonic(), since, until)
        self._store.dispatch(set_period_range(since, until, going_on=going_on))
