"""A few words of which one is chosen. What may be chosen is decided by the page; a press is only reported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from explorer.pages.model.page import ChartChoice
from explorer.support.theme import Theme

from .buttons import ButtonStyle, WordButton
from .typeset import Typeset


class OptionButton(WordButton):
    """One of the words: muted where it cannot be drawn, and still to be reached, so that it can say why."""

    why_not = ""

    def show_choice(self, choice: ChartChoice) -> None:
        """Show ``choice``."""
        self.set_label(choice.label, f"{choice.label}. {choice.why_not}" if choice.why_not else choice.label)
        self.setChecked(choice.chosen)
        if choice.why_not != self.why_not:
            self.why_not = choice.why_not
            self.setToolTip(choice.why_not)
            self.update()

    def _ink(self, theme: Theme) -> str:
        return theme.muted_text if self.why_not and not self.isChecked() else super()._ink(theme)


class OptionGroup(QWidget):
    """A few words of which one is chosen."""

    option_chosen = Signal(object)
    """The id of the option pressed."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, OptionButton] = {}
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)

    def show_options(self, options: Sequence[ChartChoice]) -> None:
        """Show ``options``; one that cannot be drawn says why when it is pointed at or asked for."""
        if list(self._buttons) != [option.id for option in options]:
            self._build_buttons(options)
        for option in options:
            self._buttons[option.id].show_choice(option)

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return list(self._buttons.values())

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type; its owner places it anew."""
        self._typeset = typeset
        for button in self._buttons.values():
            button.apply_theme(typeset)

    def layout_options(self, width: int, *, place: bool) -> QSize:
        """The size that the words take in ``width``, on more than one line where one is too short."""
        left_edge = top = line = widest = 0
        for button in self._buttons.values():
            wide = min(width, button.natural_width())
            high = button.height_for(wide)
            if left_edge and left_edge + wide > width:
                left_edge, top, line = 0, top + line + 2, 0
            if place:
                button.setGeometry(left_edge, top, wide, high)
            widest, line = max(widest, left_edge + wide), max(line, high)
            left_edge += wide + 2
        return QSize(widest, top + line)

    def _build_buttons(self, options: Sequence[ChartChoice]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for option in options:
            button = OptionButton(self, ButtonStyle.CHOICE)
            button.setObjectName(option.id)
            button.clicked.connect(self._on_pressed)
            if self._typeset is not None:
                button.apply_theme(self._typeset)
            button.show()
            self._buttons[option.id] = button

    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, WordButton):
            self.option_chosen.emit(button.objectName())
