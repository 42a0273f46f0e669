"""The middle of the window: the finding, the chart or its table, and under them always source and notes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from explorer.pages.model import Chart, ChartShape, Page, PageView, open_place, select_figure
from explorer.pages.text import phrases
from explorer.render.layout import numbered_events
from explorer.support import LIGHT, Theme
from explorer.ui.core import PageStore
from explorer.ui.theme import GAP, SMALL_SIZE, TITLE_SIZE, Typeset, system_font
from explorer.ui.widgets import ThinBar, WordsLabel

from .margins import ChartFoot, LabelRow, choose_room
from .table import TableFace
from .time_range_row import TimeRangeRow
from .toolbar import ChartToolbar

if TYPE_CHECKING:
    from explorer.render.view import ChartView


_CHART_MARGIN = 10
"""What the chart leaves free at its own edge: its letters begin where those of the title do."""
_LEAST_CHART = 370
"""The least height of a chart, in pixels at 100%: a pane with less room scrolls."""
_SHORT_CHART = 272
"""The least height where the pane is short, as over the briefing's drawer: the axis is still in sight."""
_MAP = 480
_ROW, _ROWS_AROUND = 26, 90
_GLANCE = 0.54
"""The share of the pane's height that a chart may ask for at the most."""


class ChartPane(QWidget):
    """Title, subtitle, choices, chart or table, notes and source."""

    evidence_wanted = Signal()
    """A mark was chosen, whose evidence stands beside the chart."""

    def __init__(self, store: PageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._theme = LIGHT
        self._scale = 1.0
        self._tall = 0
        """The height that the chart was found to need, of which it may have less to begin with."""
        self._room_timer = QTimer(self)
        self._room_timer.setSingleShot(True)
        self._room_timer.timeout.connect(self.make_room_for_chart)
        self._page: Page | None = None
        self.view: ChartView | None = None
        self.setMinimumWidth(360)
        self.setAutoFillBackground(True)
        self._build_words()
        self.choices = ChartToolbar(store, self)
        self.choices.definition_toggled.connect(self._show_definition)
        self.faces = _ChartStack(self)
        self.table = TableFace(store, self.faces)
        self.faces.addWidget(self.empty)
        self.faces.addWidget(self.table)
        self.range_row = TimeRangeRow(store, self)
        self.foot = ChartFoot(self)
        self.foot.notes_toggled.connect(self._show_notes)
        self._lay_out()
        self._set_colour_roles()

    def _build_words(self) -> None:
        self.notice = WordsLabel(self, "What is shown instead")
        self.notice.setAutoFillBackground(True)
        self.notice.setMargin(GAP)
        self.title = WordsLabel(self, "Finding")
        self.subtitle = WordsLabel(self, "Measure, place and period")
        self.newest = WordsLabel(self, "Newest figure for the place")
        self.caution = WordsLabel(self, "Caution")
        self.definition = WordsLabel(self, "Definition of the measure")
        self.definition.hide()
        self.empty = WordsLabel(self, "No figures")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(4 * GAP)
        self.events = WordsLabel(self, "Events marked on the chart")
        self.notes = WordsLabel(self, "Notes")
        self.notes.hide()
        self.notice.hide()

    def _lay_out(self) -> None:
        """The periods in view and the source stand below what scrolls, so that they are never off screen."""
        self._body = QWidget()
        self._body.setAutoFillBackground(True)
        self._body.setAttribute(Qt.WidgetAttribute.WA_StaticContents)  # a page of another height leaves the rest
        head = QVBoxLayout()
        head.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, GAP)
        head.setSpacing(GAP // 2)
        self._says = LabelRow(self)
        for label in (self.newest, self.caution):
            self._says.add_label(label)
        for part in (self.notice, self.title, self.subtitle, self._says, self.definition):
            head.addWidget(part)
        head.addSpacing(GAP // 2)
        head.addWidget(self.choices)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(head)
        middle = QHBoxLayout()
        middle.setContentsMargins(3 * GAP - _CHART_MARGIN, 0, GAP, 0)
        middle.addWidget(self.faces)
        body.addLayout(middle, 1)
        body.addWidget(_set_in(self.events, GAP))
        body.addWidget(_set_in(self.notes, GAP))
        self._scroll = QScrollArea(self)
        self._bar = ThinBar(self._scroll)
        self._scroll.setVerticalScrollBar(self._bar)
        self._scroll.setWidget(self._body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.range_row)
        column.addWidget(_set_in(self.foot, GAP // 2))

    def build_chart_view(self) -> None:
        """Make the chart view; it brings in pyqtgraph, so it is made once the window is on screen."""
        from explorer.render.view import ChartView

        self.view = ChartView(self.faces)
        self.range_row.attach_view(self.view)
        self.view.figure_chosen.connect(self._select_figure)
        self.view.went.connect(self._open_place)
        self.view.drag_started.connect(self._start_drag)
        self.view.overflowed.connect(self._room_timer.start)
        self.faces.addWidget(self.view)
        if self._page is not None:
            self._show_face(None, self._page)
        self._room_timer.start()

    def show_page(self, old: Page | None, new: Page) -> None:
        """Show ``new``, each part where its slice differs."""
        self._page = new
        if old is not None and old.chart != new.chart:
            self._tall = 0
        if old is None or old.chart != new.chart or old.notice != new.notice:
            self._show_words(new.chart, new.notice)
        if old is None or old.measure_definition != new.measure_definition:
            self.definition.setText(new.measure_definition)
        if old is None or old.newest != new.newest:
            self.newest.setText(new.newest)
        if old is None or old.caution != new.caution:
            self.caution.setText(f"! {new.caution}" if new.caution else "")
        self._give_way()
        self.choices.show_page(new)
        self._show_face(old, new)

    def _show_words(self, chart: Chart, notice: str) -> None:
        self.notice.setText(notice)
        self.notice.setVisible(bool(notice))
        self.title.setText(chart.title)
        self.subtitle.setText(chart.subtitle)
        # The source stands among the notes too, whole: in its own line it may be cut.
        self.notes.setText("\n".join(one for one in (*chart.notes, chart.source_line) if one))
        events = numbered_events(chart)
        self.events.setText(phrases.describe_event_numbers([flag.label for _, flag in events]))
        self.events.setVisible(bool(events))
        self.foot.show_source(chart.source_line, len(chart.notes))
        self.notes.setVisible(self.foot.notes.isChecked() and bool(self.notes.text()))
        self.empty.setText(chart.empty)

    def _show_face(self, old: Page | None, new: Page) -> None:
        if not new.chart.series and not new.chart.tiles:
            self.faces.setCurrentWidget(self.empty)
            self.range_row.put_away()
            return
        if new.question.view is PageView.TABLE:
            self.table.show_page(new)
            self.faces.setCurrentWidget(self.table)
            self.range_row.put_away()
            return
        if self.view is None:
            return
        same = old is not None and old.chart == new.chart and self.faces.currentWidget() is self.view
        if same:
            self.view.set_selected(new.selected)
        else:
            self.range_row.show_page(new, self._theme)
            self._fit_chart()
            self.view.show_chart(new.chart, self._theme, new.selected, new.timeline)
            self.faces.setCurrentWidget(self.view)
        self.range_row.show_page(new, self._theme)

    def apply_theme(self, theme: Theme, scale: float) -> None:
        """Take the colours of ``theme`` and the size of text."""
        self._theme = theme
        self.title.setFont(system_font(scale, TITLE_SIZE, strong=True))
        small = system_font(scale, SMALL_SIZE)
        for label in (self.events, self.notes, self.newest, self.definition):
            label.setFont(small)
        self.caution.setFont(system_font(scale, SMALL_SIZE, strong=True))
        self._scale = scale
        self._give_way()
        self._fit_chart()
        self._bar.apply_theme(theme)
        self.choices.apply_theme(Typeset(theme, self.font()))
        self.foot.apply_theme(Typeset(theme, self.font()))
        self.range_row.apply_theme(Typeset(theme, self.font()), scale)
        self.table.apply_theme(theme)
        if self.view is not None and self._page is not None:
            self.view.show_chart(self._page.chart, theme, self._page.selected, self._page.timeline)
            self.range_row.show_page(self._page, theme)

    def _set_colour_roles(self) -> None:
        """Say by role, not by value: a palette set before the first showing does not last until it."""
        for sheet in (self, self._body):
            sheet.setBackgroundRole(QPalette.ColorRole.Base)
        for label in (self.subtitle, self.newest, self.events, self.notes, self.foot.source, self.definition):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.notice.setBackgroundRole(QPalette.ColorRole.Midlight)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give the chart its share of the new height."""
        super().resizeEvent(event)
        self._tall = 0
        self.choices.options.arrange()
        self._give_way()
        self._fit_chart()
        self._room_timer.start()

    def _give_way(self) -> None:
        """Show what the pane has room for beside the plot."""
        room = choose_room(self.height(), self._scale)
        self.range_row.give_room(has_room=room.strip)
        self.subtitle.setVisible(room.subtitle)
        self.newest.setVisible(room.newest and bool(self.newest.text()))
        self.caution.setVisible(bool(self.caution.text()))
        self._says.refresh()

    def _fit_chart(self) -> None:
        """Large text asks for a higher chart; a map and rows of bars are seen whole, and the pane scrolls."""
        glance = round(_GLANCE * self.height())
        least = min(_LEAST_CHART, round(_SHORT_CHART * self._scale))
        least = max(least, min(round(_LEAST_CHART * self._scale), glance))
        if not self.range_row.isHidden() and self._page is not None and not _has_foot(self._page.chart):
            least = max(least - self.range_row.sizeHint().height(), round(_SHORT_CHART * self._scale) // 2)
        whole = _full_height(self._page.chart) if self._page is not None else 0
        self.faces.set_least(max(least, round(whole * self._scale), self._tall))

    def make_room_for_chart(self) -> bool:
        """Ask for more height where the chart has words under it that would scroll by themselves; whether it did.

        The pane scrolls then, and not the chart within it.
        """
        if self.view is None or self.faces.currentWidget() is not self.view:
            return False
        if self.view.frame_shown is None or not self.view.is_scrollable:
            return False
        self._tall = math.ceil(self.view.needed_height)
        self.faces.set_least(self._tall)
        return True

    def _select_figure(self, figure: object) -> None:
        if figure:
            self.evidence_wanted.emit()
            self._store.dispatch(select_figure(str(figure)))

    def _start_drag(self) -> None:
        from explorer.ui.widgets import start_drag

        if self.view is not None:
            start_drag(self.view, "chart")

    def _open_place(self, place: object) -> None:
        """A square of the map leads to its place, told over time."""
        self._store.dispatch(open_place(str(place)))

    def _show_notes(self, is_visible: bool) -> None:
        self.notes.setVisible(is_visible)
        if is_visible:
            QTimer.singleShot(0, self._scroll_to_notes)

    def _scroll_to_notes(self) -> None:
        self._scroll.ensureWidgetVisible(self.notes, 0, GAP)

    def _show_definition(self, is_visible: bool) -> None:
        self.definition.setVisible(is_visible)


def _has_foot(chart: Chart) -> bool:
    """Whether keys or dated marks take room of their own above or below the plot."""
    return bool(chart.keys or chart.flags or chart.legend)


def _full_height(chart: Chart) -> int:
    """The height at which maps and rows of bars are seen whole at the usual type; else 0."""
    if chart.shape is ChartShape.TILES:
        return _MAP
    if chart.shape is not ChartShape.ROWS:
        return 0
    bars = sum(len(series.data) for series in chart.series)
    return _ROWS_AROUND + bars * _ROW


class _ChartStack(QStackedWidget):
    """The chart, its table or the word that there is none: it asks for little and takes what there is."""

    _least = _LEAST_CHART

    def set_least(self, height: int) -> None:
        """The height below which the pane scrolls instead."""
        if height != self._least:
            self._least = height
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The least: what a face would like would make a pane scroll that has room enough."""
        return QSize(300, self._least)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The least."""
        return QSize(200, self._least)


def _set_in(label: QWidget, above: int) -> QFrame:
    """A label with the margins of the page's text."""
    frame = QFrame()
    rows = QVBoxLayout(frame)
    rows.setContentsMargins(3 * GAP, above, 3 * GAP, 0)
    rows.addWidget(label)
    return frame
