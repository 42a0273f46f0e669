"""The field over a chart that says which measure is shown: a list of a few, or of many one that is searched.

A table of a person's own may bring more than a hundred measures. They open in a panel with a search field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.model import ChartChoice
from explorer.pages.search import MANY
from explorer.ui.theme import Typeset
from explorer.ui.widgets import ChoiceField

if TYPE_CHECKING:
    from .measure_popup import MeasurePanel


_NAME = "Measure"
_OPENING = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_F4,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
)


class MeasureField(ChoiceField):
    """Shows the measure that is chosen, and what else may be."""

    measure_requested = Signal(str)
    """The id of the measure that is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _NAME)
        self._choices: Sequence[ChartChoice] = ()
        self._current_choices: Sequence[ChartChoice] | None = None
        self._typeset: Typeset | None = None
        self._panel: MeasurePanel | None = None
        self.setMinimumContentsLength(24)
        self.activated.connect(self._on_item_picked)

    @property
    def is_searched(self) -> bool:
        """Whether there are so many that they open in a panel with a search field."""
        return len(self._choices) > MANY

    @property
    def panel(self) -> MeasurePanel:
        """The panel, made when it is first asked for."""
        if self._panel is None:
            from .measure_popup import MeasurePanel

            self._panel = MeasurePanel(self.window(), self)
            self._panel.measure_chosen.connect(self._on_measure_chosen)
            if self._typeset is not None:
                self._panel.apply_theme(self._typeset)
        return self._panel

    def show_choices(self, choices: Sequence[ChartChoice]) -> None:
        """Show ``choices``; with only one there is nothing to choose, and the field is not there."""
        if choices == self._current_choices:
            return
        self._choices = self._current_choices = choices
        self.setVisible(len(choices) > 1)
        if self._panel is not None:
            self._panel.hide()
        visible_choices = [one for one in choices if one.chosen] if self.is_searched else choices
        self.blockSignals(True)
        self.clear()
        for choice in visible_choices:
            self.addItem(choice.label, choice.id)
            if choice.chosen:
                self.setCurrentIndex(self.count() - 1)
        self.blockSignals(False)
        name = self.currentText()
        self.setToolTip(name)
        self.setAccessibleDescription(f"One of {len(choices)}; opens a list to search" if self.is_searched else "")

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        super().apply_theme(typeset)
        self._typeset = typeset
        if self._panel is not None:
            self._panel.apply_theme(typeset)

    def showPopup(self) -> None:  # noqa: N802
        """Open the list, or the panel."""
        if self.is_searched:
            self.panel.open_list(self._choices)
        else:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Of very many none is passed through by arrows: the keys that would do so open the panel."""
        if self.is_searched and event.key() in _OPENING:
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press on the field of an open panel closes it."""
        if self.is_searched and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.showPopup()
        else:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scrolling past the field changes nothing."""
        event.ignore()

    def _on_item_picked(self, index: int) -> None:
        self._current_choices = None  # what the field shows now is the person's choice, until the page has answered
        self.measure_requested.emit(str(self.itemData(index)))

    def _on_measure_chosen(self, measure: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.measure_requested.emit(measure)
