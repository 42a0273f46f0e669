"""The options of a chart: a sheet over its upper right, a row for each thing that can be chosen and its name.

It stays open while one thing after another is chosen, and closes with Escape, its own button or another chart.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from explorer.support import LIGHT
from explorer.ui.theme import GAP, SMALL, Typeset, build_palette, colour, scaled_font
from explorer.ui.widgets import OptionGroup, ThinBar

from .measure_popup import MeasurePanel

_WIDEST = 440


class OptionsPanel(QFrame):
    """The sheet. Its rows are added once; a row is seen where one of its parts is wanted."""

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent)
        self._opener = opener
        self._typeset = Typeset(LIGHT, parent.font())
        self._rows: list[tuple[QLabel, _PartRow]] = []
        self.sheet = QWidget()
        self._grid = QGridLayout(self.sheet)
        self._grid.setContentsMargins(2 * GAP, GAP + GAP // 2, 2 * GAP, GAP + GAP // 2)
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea(self)
        self._bar = ThinBar(self._scroll)
        self._scroll.setVerticalScrollBar(self._bar)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self.sheet)
        self._scroll.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._scroll)
        self.setAccessibleName("Options of the chart")
        self.hide()
        for moved in (opener, opener.parentWidget()):
            if moved is not None:
                moved.installEventFilter(self)

    def add_row(self, label: str) -> QWidget:
        """A row called ``label``; gives the widget that its parts are to be made in and placed by ``arrange``."""
        name = QLabel(label, self.sheet)
        name.setTextFormat(Qt.TextFormat.PlainText)
        room = _PartRow(self.sheet)
        name.setBuddy(room)
        self._grid.addWidget(name, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(room, len(self._rows), 1)
        name.setMinimumHeight(24)
        self._rows.append((name, room))
        return room

    @property
    def has_rows(self) -> bool:
        """Whether there is anything to choose."""
        return any(room.wanted_parts() for _, room in self._rows)

    def arrange(self) -> None:
        """Show the rows whose parts are wanted, at the height that they need."""
        width = self._room_width()
        for name, room in self._rows:
            is_wanted = bool(room.wanted_parts())
            name.setVisible(is_wanted)
            room.setVisible(is_wanted)
            if is_wanted:
                room.arrange(width)
        if self.isVisible():
            self._place()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self._typeset = typeset
        self.setPalette(build_palette(typeset.theme))
        self._bar.apply_theme(typeset.theme)
        for name, _ in self._rows:
            name.setFont(scaled_font(typeset.font, SMALL))
        self.arrange()
        self.update()

    def open_under(self) -> None:
        """Show it under its button, and put the keyboard on the first thing in it."""
        application = QApplication.instance()
        if not self.isVisible() and isinstance(application, QApplication):
            application.installEventFilter(self)
            application.focusChanged.connect(self._on_focus_changed)
        self.show()
        self.raise_()
        self.arrange()
        stops = [stop for _, room in self._rows for stop in room.tab_stops()]
        for one, next_ in pairwise((self._opener, *stops)):
            QWidget.setTabOrder(one, next_)
        for stop in stops[:1]:
            stop.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Put it away; the keyboard goes back to its button if it was here."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.removeEventFilter(self)
            application.focusChanged.disconnect(self._on_focus_changed)
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if had_focus:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """A press elsewhere in the window puts it away, and does what it would do anyway; it follows its button."""
        if not isValid(self) or not isValid(self._opener):  # the window is being taken apart
            return False
        if not self.isVisible():
            return False
        is_near = watched is self._opener or watched is self._opener.parentWidget()
        if is_near and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            QTimer.singleShot(0, self._place)
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) and self._is_outside(watched):
            self.close_panel()
        return False

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard went on to another part of the window: what it left is put away."""
        if isValid(self._opener) and now is not None and self._is_outside(now):
            self.close_panel()

    def _is_outside(self, pressed: QWidget) -> bool:
        is_here = pressed is self or self.isAncestorOf(pressed)
        is_opener = pressed is self._opener or self._opener.isAncestorOf(pressed)
        return not (is_here or is_opener or _is_in_list(pressed)) and pressed.window() is self.window()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the sheet and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.setPen(QPen(colour(self._typeset.theme.muted_text), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _room_width(self) -> int:
        names = max((label.sizeHint().width() for label, _ in self._rows), default=0)
        return max(120, self._width() - names - 6 * GAP - 2)

    def _width(self) -> int:
        owner = self.parentWidget()
        unit = self._typeset.font.pixelSize() / 13
        return min(round(_WIDEST * unit), owner.width() - 2 * GAP) if owner is not None else _WIDEST

    def _place(self) -> None:
        owner = self.parentWidget()
        if owner is None or not self.isVisible():
            return
        corner = self._opener.mapTo(owner, QPoint(self._opener.width(), self._opener.height() + GAP // 2))
        wide = self._width()
        left_edge = max(GAP, min(corner.x() - wide, owner.width() - wide - GAP))
        self._grid.activate()
        needed = self.sheet.sizeHint().height() + 2
        top = min(corner.y(), max(GAP, owner.height() - needed - GAP))
        self.setGeometry(QRect(left_edge, top, wide, min(needed, owner.height() - top - GAP)))


def _is_in_list(pressed: QWidget) -> bool:
    """Whether a widget belongs to the list of measures, which opens over the sheet and stands in the window."""
    at: QWidget | None = pressed
    while at is not None and not isinstance(at, MeasurePanel):
        at = at.parentWidget()
    return at is not None


class _PartRow(QWidget):
    """The parts of one row, on as many lines as they need."""

    def wanted_parts(self) -> list[QWidget]:
        """The parts that are not hidden, in the order in which they were made."""
        parts = [child for child in self.children() if isinstance(child, QWidget)]
        return [part for part in parts if not part.isHidden() and not part.isWindow()]

    def arrange(self, width: int) -> None:
        """Place the parts in ``width`` and take the height that they need."""
        left_edge = top = line = 0
        for part in self.wanted_parts():
            if isinstance(part, OptionGroup):
                hint = part.layout_options(width, place=True)
            else:
                hint = part.sizeHint().boundedTo(QRect(0, 0, width, 1000).size())
            if left_edge and left_edge + hint.width() > width:
                left_edge, top, line = 0, top + line + GAP // 2, 0
            part.setGeometry(QRect(QPoint(left_edge, top), hint))
            left_edge += hint.width() + GAP
            line = max(line, hint.height())
        self.setFixedHeight(max(24, top + line))

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        stops: list[QWidget] = []
        for part in self.wanted_parts():
            stops += part.tab_stops() if isinstance(part, OptionGroup) else [part]
        return stops
