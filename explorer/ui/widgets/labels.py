"""A label of plain words that break over lines, and that remembers how high it is at a width.

The label that Qt has lays its whole text out each time it is asked, and a layout asks many times.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from explorer.ui.theme import TARGET

_USUAL = 320
_MOST_KEPT = 12


class WordsLabel(QLabel):
    """Plain text, selectable by mouse and keyboard; ``name`` is what a screen reader calls it."""

    def __init__(self, parent: QWidget, name: str) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._caption = name
        self.setAccessibleName(name)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show other words; a screen reader hears them after what they are."""
        if text != self.text():
            self._heights.clear()
            super().setText(text)
            # One without a caption is heard by its words alone.
            self.setAccessibleName(f"{self._caption}: {text}" if text and self._caption else self._caption)

    def setMargin(self, margin: int) -> None:  # noqa: N802
        """Keep so many pixels free round the words."""
        self._heights.clear()
        super().setMargin(margin)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of the words in so many pixels."""
        if width not in self._heights:
            if len(self._heights) >= _MOST_KEPT:
                self._heights.clear()
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:  # noqa: N802
        """The words at the width they have, or at a usual one: laying them out for both would cost a turn."""
        return QSize(_USUAL, self.heightForWidth(max(self.width(), _USUAL)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A line of a few words: what is needed besides is asked for by width."""
        return QSize(80, self.fontMetrics().lineSpacing() + 2 * self.margin())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another type or style has other heights."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
        super().changeEvent(event)


# A widget whose parts stand in lines, as many as its width asks for. What flows is its own affair.


class FlowWidget(QWidget):
    """A widget whose height depends on its width, because what is in it breaks into lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def flow(self, width: int, *, place: bool) -> int:
        """The height in ``width`` pixels; ``place`` also puts everything where it belongs."""
        raise NotImplementedError

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """As high as its lines."""
        return self.flow(width, place=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """At the width that it has."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Narrow: the lines break."""
        return QSize(120, TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put everything where it belongs."""
        super().resizeEvent(event)
        self.flow(self.width(), place=True)
