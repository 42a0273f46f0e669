"""A few words of which one is chosen. What may be chosen is decided by the page; a press is only reported."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from explorer.draw.theme import Theme
from explorer.pages.page import Choice

from .buttons import Look, WordButton
from .typeset import Typeset


class Option(WordButton):
    """One of the words: muted where it cannot be drawn, and still to be reached, so that it can say why."""

    why_not = ""

    def offer(self, choice: Choice) -> None:
        """Show ``choice``."""
        self.say(choice.label, f"{choice.label}. {choice.why_not}" if choice.why_not else choice.label)
        self.setChecked(choice.chosen)
        if choice.why_not != self.why_not:
            self.why_not = choice.why_not
            self.setToolTip(choice.why_not)
            self.update()

    def _ink(self, theme: Theme) -> str:
        return theme.muted if self.why_not and not self.isChecked() else super()._ink(theme)


class Options(QWidget):
    """A few words of which one is chosen."""

    wished = Signal(object)
    """The id of the option pressed."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Option] = {}
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)

    def show_options(self, options: Sequence[Choice]) -> None:
        """Show ``options``; one that cannot be drawn says why when it is pointed at or asked for."""
        if list(self._buttons) != [option.id for option in options]:
            self._make(options)
        for option in options:
            self._buttons[option.id].offer(option)

    def stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return list(self._buttons.values())

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type; its owner places it anew."""
        self._typeset = typeset
        for button in self._buttons.values():
            button.wear(typeset)

    def fit(self, width: int, *, place: bool) -> QSize:
        """The size that the words take in ``width``, on more than one line where one is too short."""
        left = top = line = widest = 0
        for button in self._buttons.values():
            wide = min(width, button.natural_width())
            high = button.height_for(wide)
            if left and left + wide > width:
                left, top, line = 0, top + line + 2, 0
            if place:
                button.setGeometry(left, top, wide, high)
            widest, line = max(widest, left + wide), max(line, high)
            left += wide + 2
        return QSize(widest, top + line)

    def _make(self, options: Sequence[Choice]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for option in options:
            button = Option(self, Look.CHOICE)
            button.setObjectName(option.id)
            button.clicked.connect(self._pressed)
            if self._typeset is not None:
                button.wear(self._typeset)
            button.show()
            self._buttons[option.id] = button

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, WordButton):
            self.wished.emit(button.objectName())
