"""The line over the parts: back, forward, the path from the United Kingdom down to the place, and the search.

Where the path is too long, its first steps give way to one that leads to the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QStatusBar, QWidget

from explorer.library import PackState
from explorer.pages.model import Page, PlaceBreadcrumb, select_place
from explorer.ui.core import PageStore
from explorer.ui.theme import GAP, Typeset, colour
from explorer.ui.widgets import ButtonStyle, WordButton

from .search_box import SearchBox

_ARROWS, _STEP = 120, 4
"""The width of back, forward and the margins; the space round a step of the path."""


class ArrowButton(QAbstractButton):
    """A button with an arrow to the left or to the right."""

    def __init__(self, parent: QWidget, name: str, *, points_left: bool) -> None:
        super().__init__(parent)
        self._points_left = points_left
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(32, 32)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours."""
        self._typeset = typeset
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the arrow, and with the focus the ring."""
        if self._typeset is None:
            return
        theme = self._typeset.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.selection))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 4, 4)
        painter.setPen(QPen(colour(theme.text if self.isEnabled() else theme.grid), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = -1 if self._points_left else 1
        middle = QPointF(self.rect().center()) + QPointF(0.5, 0.5)
        tip = middle + QPointF(6 * side, 0)
        painter.drawLine(middle - QPointF(6 * side, 0), tip)
        wings = [tip + QPointF(-5 * side, -5), tip, tip + QPointF(-5 * side, 5)]
        painter.drawPolyline(QPolygonF(wings))
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class TopBar(QWidget):
    """Back, forward and the path; and the ways to what is put away beside the chart."""

    places_wanted = Signal()
    panel_wanted = Signal()

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._typeset: Typeset | None = None
        self._crumbs: tuple[PlaceBreadcrumb, ...] = ()
        self._steps: list[WordButton] = []
        self._rules: list[QLabel] = []
        self.back = ArrowButton(self, "Back", points_left=True)
        self.back.clicked.connect(store.go_back)
        self.forward = ArrowButton(self, "Forward", points_left=False)
        self.forward.clicked.connect(store.go_forward)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        self.row.setSpacing(2)
        self.places = self._build_way("Places", "Show the places", self.places_wanted)
        self.panel = self._build_way("Evidence", "Show the side panel: evidence, voices, claims", self.panel_wanted)
        self.row.addWidget(self.places)
        self.row.addWidget(self.back)
        self.row.addWidget(self.forward)
        self.row.addSpacing(GAP)
        self.row.addStretch(1)
        self.search = SearchBox(store, self)
        self.row.addWidget(self.search)
        self.row.addWidget(self.panel)
        self.enable_arrows(back=False, forward=False)

    def _build_way(self, label: str, name: str, request: SignalInstance) -> WordButton:
        way = WordButton(self, ButtonStyle.QUIET)
        way.set_label(label, name)
        way.clicked.connect(request)
        way.hide()
        return way

    def show_ways(self, places: bool, panel: bool) -> None:
        """Offer the way to whichever part is not seen."""
        if (self.places.isHidden(), self.panel.isHidden()) != (places, panel):
            self.places.setVisible(not places)
            self.panel.setVisible(not panel)
            self._fit_path()

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return [self.places, self.back, self.forward, *self._steps, self.search, self.panel]

    def enable_arrows(self, *, back: bool, forward: bool) -> None:
        """Say which way there is to go."""
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_page(self, old: Page | None, new: Page) -> None:
        """Show the path to the place asked for."""
        if old is not None and old.crumbs == new.crumbs:
            return
        self._crumbs = new.crumbs
        while len(self._steps) < len(new.crumbs):
            self._add_step()
        self._fit_path()

    def _fit_path(self) -> None:
        """Show as much of the path as there is room for, from its end; "…" leads to the step before that."""
        crumbs = self._crumbs
        room = self.width() - self.search.minimumSizeHint().width() - _ARROWS
        room -= sum(way.natural_width() + 2 for way in (self.places, self.panel) if not way.isHidden())
        first = 0
        while self._show_path(first) > room and first < len(crumbs) - 2:
            first += 1

    def _show_path(self, first: int) -> int:
        """Show the path from the step ``first`` on, and say how wide that is."""
        wide = 0
        for number, (step, rule) in enumerate(zip(self._steps, self._rules, strict=True)):
            is_shown = first <= number < len(self._crumbs)
            if is_shown:
                crumb = self._crumbs[number]
                is_shortened = first > 0 and number == first
                step.set_label("…" if is_shortened else crumb.name, f"Go to {crumb.name}")
                step.setToolTip(f"Go to {crumb.name}" if is_shortened else "")
                step.setObjectName(crumb.code)
                step.updateGeometry()
                wide += step.natural_width() + (0 if number == first else rule.sizeHint().width() + _STEP)
            step.setVisible(is_shown)
            rule.setVisible(is_shown and number > first)
        return wide

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The path gives way: it never makes the window wider than its screen."""
        return QSize(_ARROWS + 2 * self.search.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as much of the path as fits now."""
        super().resizeEvent(event)
        self._fit_path()

    def _add_step(self) -> None:
        rule = QLabel("›", self)
        rule.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        step = WordButton(self, ButtonStyle.LINK)
        step.clicked.connect(self._on_step_pressed)
        if self._typeset is not None:
            step.apply_theme(self._typeset)
        at = self.row.count() - 3  # before what takes the room that is left, the search, and the way to the panel
        self.row.insertWidget(at, rule)
        self.row.insertWidget(at + 1, step)
        self._rules.append(rule)
        self._steps.append(step)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self._typeset = typeset
        for arrow in (self.back, self.forward):
            arrow.apply_theme(typeset)
        for step in (*self._steps, self.places, self.panel):
            step.apply_theme(typeset)
            step.updateGeometry()
        self.search.apply_theme(typeset)
        self._fit_path()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface, and the hairline under it."""
        if self._typeset is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.setPen(colour(self._typeset.theme.hairline))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _on_step_pressed(self) -> None:
        step = self.sender()
        if isinstance(step, WordButton):
            self._store.dispatch(select_place(step.objectName()))


# The line under the window: how many packs are loaded, and that nothing of it came over a network.


_UP, _DOWN = "\u25b4", "\u25be"


class StatusLine(QStatusBar):
    """Packs, offline, and the way to the list of packs."""

    packs_wanted = Signal()
    briefing_wanted = Signal()
    briefing_dropped = Signal(str)
    """Something was dragged to the briefing's button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._message_label = QLabel("Opening the evidence…", self)
        self._message_label.setTextFormat(Qt.TextFormat.PlainText)
        self._message_label.setContentsMargins(GAP, 0, 0, 0)
        self.addWidget(self._message_label)
        self.briefing = WordButton(self, ButtonStyle.QUIET)
        self.briefing.clicked.connect(self.briefing_wanted)
        self.briefing.setAcceptDrops(True)
        self.briefing.installEventFilter(self)
        self.show_briefing(0, is_open=False)
        self.addPermanentWidget(self.briefing)
        self.packs = WordButton(self, ButtonStyle.LINK)
        self.packs.set_label("List of packs")
        self.packs.clicked.connect(self.packs_wanted)
        self.addPermanentWidget(self.packs)
        self.setContentsMargins(0, 0, GAP, 0)

    def show_packs(self, states: Sequence[PackState], unread: Sequence[str] = ()) -> None:
        """Say what is loaded, and name the packs that are not, or not yet."""
        loaded_packs = [state for state in states if not state.problems and state.enabled]
        off = sum(not state.enabled and not state.problems for state in states)
        failed_ids = [state.id for state in states if state.problems]
        word = "pack" if len(loaded_packs) == 1 else "packs"
        aside = f", {off} switched off" if off else ""
        status_text = f"{len(loaded_packs)} {word}{aside}, offline: no network used"
        if failed_ids:
            status_text += f". Not loaded: {', '.join(failed_ids)}; the list of packs says why"
        if unread:
            status_text += f". Still being read: {', '.join(unread)}"
        self._message_label.setText(status_text)

    def show_briefing(self, items: int, *, is_open: bool) -> None:
        """Say how much is collected, and whether the button opens the drawer or closes it."""
        count_text = "1 item" if items == 1 else f"{items} items"
        does = "Hide" if is_open else "Show"
        self.briefing.set_label(
            f"Briefing: {count_text} {_DOWN if is_open else _UP}", f"{does} the briefing, {count_text}"
        )

    def eventFilter(self, _watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what is dragged to the briefing's button."""
        if not isinstance(event, (QDragEnterEvent, QDragMoveEvent, QDropEvent)):
            return False
        from explorer.ui.widgets import read_mime_data

        value = read_mime_data(event.mimeData())
        if value:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() is QEvent.Type.Drop:
                self.briefing_dropped.emit(value)
        return bool(value)

    @property
    def text(self) -> str:
        """What the line says."""
        return self._message_label.text()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self.packs.apply_theme(typeset)
        self.briefing.apply_theme(typeset)
