"""The panel of very many measures: a search field over a list in groups, with each measure's code.

It lists what it is given and reports the one that is chosen. The keyboard stays in the field.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from explorer.pages.model import ChartChoice
from explorer.pages.search import lookup
from explorer.support import LIGHT
from explorer.ui.core import KeyBinding, KeySection, find_act
from explorer.ui.theme import GAP, SMALL, Typeset, colour, scaled_font
from explorer.ui.widgets import WordField, announce

from .measure_list import MeasureList

_WIDE, _HIGH, _LEAST, _RADIUS = 460, 460, 200, 6
_PAUSE = 350
"""Milliseconds after the last key before a screen reader is told how many match."""
MEASURE_KEYS = KeySection(
    title="In the list of measures and the options",
    bindings=(
        KeyBinding(keys=("Down",), text="to the next measure", act="next"),
        KeyBinding(keys=("Up",), text="to the measure before", act="previous"),
        KeyBinding(keys=("PgDown",), text="to the next group of measures", act="next-group"),
        KeyBinding(keys=("PgUp",), text="to the group of measures before", act="previous-group"),
        KeyBinding(keys=("Return", "Enter"), text="takes the measure", act="take"),
        KeyBinding(keys=("Esc",), text="puts the list, or the options, away", act="close"),
    ),
)
_STEPS = {"next": 1, "previous": -1}
_GROUPS = {"next-group": 1, "previous-group": -1}


class _MeasureSearchField(WordField):
    """The field: arrows, Enter and Escape are the panel's, everything else is typed."""

    focus_lost = Signal(object)
    """Why the keyboard went elsewhere in the window."""
    key_pressed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Hand the panel's keys on."""
        act = find_act(MEASURE_KEYS, Qt.Key(event.key()))
        if act:
            self.key_pressed.emit(act)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Say that the keyboard went elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.focus_lost.emit(event.reason())


class MeasurePanel(QWidget):
    """The panel; ``opener`` is the field that it opens under and that gets the keyboard back."""

    measure_chosen = Signal(str)
    """The id of the measure that was taken."""

    def __init__(self, window: QWidget, opener: QWidget) -> None:
        super().__init__(window)
        self._opener = opener
        self._typeset = Typeset(LIGHT, self.font())
        self._choices: Sequence[ChartChoice] = ()
        self.setAccessibleName("Choose a measure")
        self.field = _MeasureSearchField(self, "Name, group or code, such as 88A", "Find a measure")
        self.field.textChanged.connect(self._show_matches)
        self.field.key_pressed.connect(self._on_key_pressed)
        self.field.focus_lost.connect(self._on_focus_lost)
        self._line = QLabel(self)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._line.setContentsMargins(2, 0, 2, 0)
        self._line.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.list = MeasureList(self)
        self.list.measure_chosen.connect(self._on_measure_chosen)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._announce_summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP + 1, GAP + 1, 1, 1)
        column.setSpacing(GAP // 2)
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, GAP, 0)
        head.setSpacing(GAP // 2)
        head.addWidget(self.field)
        head.addWidget(self._line)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        window.installEventFilter(self)
        self.hide()

    @property
    def summary_text(self) -> str:
        """The line over the list."""
        return self._line.text()

    def open_list(self, choices: Sequence[ChartChoice]) -> None:
        """Open with ``choices``, the chosen one in view; a second time it closes."""
        if self.isVisible():
            self._close_panel()
            return
        self._choices = choices
        self.field.clear()
        self._show_matches("")
        self._place_near_opener()
        self.show()
        self.raise_()
        self.list.show_current()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._typeset = typeset
        self.field.apply_theme(typeset)
        self.list.apply_theme(typeset)
        self._line.setFont(scaled_font(typeset.font, SMALL))
        if self.isVisible():
            QTimer.singleShot(0, self._place_near_opener)  # the opener is being placed anew itself
        self.update()

    def _show_matches(self, text: str) -> None:
        matches = lookup.filter_measures(self._choices, text)
        self.list.show_groups(lookup.group_measures(matches), lookup.initial_measure(matches, text))
        self._line.setText(lookup.result_summary(len(matches), len(self._choices), text))
        if self.isVisible():
            self._place_near_opener()
        self._pause.start()

    def _announce_summary(self) -> None:
        if self.isVisible():
            announce(self.field, self.summary_text)

    def _on_key_pressed(self, act: str) -> None:
        if act == "close":
            self._close_panel()
        elif act == "take":
            self.list.take_current()
        else:
            announcement = self.list.step_row(_STEPS[act]) if act in _STEPS else self.list.step_group(_GROUPS[act])
            self._pause.stop()
            if announcement:
                announce(self.field, announcement)

    def _on_focus_lost(self, reason: Qt.FocusReason) -> None:
        if reason is not Qt.FocusReason.MouseFocusReason or not self._opener.hasFocus():
            self.hide()  # a press on the opener closes it by itself

    def _on_measure_chosen(self, measure: str) -> None:
        self.hide()
        self.measure_chosen.emit(measure)

    def _close_panel(self) -> None:
        self.hide()
        self._opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_near_opener(self) -> None:
        """Under the opener, or over it where there is more room; always within the window."""
        window, scale = self._opener.window(), min(self._typeset.scale, 1.6)
        wide = min(round(_WIDE * scale), window.width() - 2 * GAP)
        self.resize(wide, self.height())
        at = self._opener.mapTo(window, QPoint(0, 0))
        under = at.y() + self._opener.height() + 4
        below, above = window.height() - under - GAP, at.y() - 4 - GAP
        preferred_height = min(round(_HIGH * scale), self._full_height(wide))
        over = below < min(preferred_height, _LEAST) and above > below
        room = window.height() - 2 * GAP
        high = min(preferred_height, above if over else below, room)
        left_edge = max(GAP, min(at.x(), window.width() - wide - GAP))
        # The opener itself may be scrolled out of sight.
        top = max(GAP, min(at.y() - 4 - high if over else under, GAP + room - high))
        self.setGeometry(left_edge, top, wide, high)

    def _full_height(self, wide: int) -> int:
        """The height that shows everything."""
        line = self._line.heightForWidth(wide - 2 * GAP - 6)
        head = GAP + 1 + self.field.sizeHint().height() + GAP // 2 + line + GAP
        return head + (self.list.full_height() + GAP // 2 if self.list.measures() else 0)

    def eventFilter(self, watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay under the opener when the window takes another size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self._place_near_opener)
        return super().eventFilter(watched_object, event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface and the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour(self._typeset.theme.page))
        painter.setPen(QPen(colour(self._typeset.theme.muted_text), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()
