"""Two choices that exclude each other, side by side with a line in common, or one below the other.

A widget of its own, so that a pair excludes only its own two. It reports which was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from .buttons import ButtonStyle, WordButton
from .typeset import Typeset


class ChoicePair(QWidget):
    """Two choices; emits ``chosen_size`` with True where the second is pressed. Its owner places it."""

    choice_made = Signal(object)

    def __init__(self, parent: QWidget, name: str, first: str, second: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.first, self.second = WordButton(self, ButtonStyle.CHOICE), WordButton(self, ButtonStyle.CHOICE)
        self.first.set_label(first, f"{name}: {first}")
        self.second.set_label(second, f"{name}: {second}")
        self.first.clicked.connect(self._tell_first)
        self.second.clicked.connect(self._tell_second)

    def show_choice(self, second: bool) -> None:
        """Show which is chosen, without asking for anything."""
        self.first.setChecked(not second)
        self.second.setChecked(second)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self.first.apply_theme(typeset)
        self.second.apply_theme(typeset)

    def natural_width(self) -> int:
        """The width at which both stand side by side on one line."""
        return self.first.natural_width() + self.second.natural_width()

    def place_at(self, left_edge: int, top: int, width: int) -> int:
        """Take ``width`` pixels from this corner; returns where it ends below."""
        one, two = (min(b.natural_width(), width) for b in (self.first, self.second))
        high = max(self.first.height_for(one), self.second.height_for(two), 28)
        if one + two <= width:
            self.first.setGeometry(0, 0, one, high)
            self.second.setGeometry(one - 1, 0, two + 1, high)
            self.setGeometry(left_edge, top, one + two, high)
            return top + high
        self.first.setGeometry(0, 0, width, high)
        self.second.setGeometry(0, high - 1, width, high)
        self.setGeometry(left_edge, top, width, 2 * high - 1)
        return top + 2 * high - 1

    def _tell_first(self) -> None:
        self.choice_made.emit(False)

    def _tell_second(self) -> None:
        self.choice_made.emit(True)
