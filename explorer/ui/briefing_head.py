"""The line over the previews of a briefing: its name, how it stands, and what may be done with it.

In a narrow window or in large text it breaks into several lines, and nothing of it is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from .buttons import WordButton
from .flowing import FlowWidget
from .typeset import GAP, TARGET

_LEAST = 28
Part = WordButton | QLabel


class BriefingHead(FlowWidget):
    """Places the parts it is given: those of the left one after another, those of the right at the edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._left: Sequence[Part] = ()
        self._right: Sequence[Part] = ()

    def set_parts(self, left_parts: Sequence[Part], right: Sequence[Part]) -> None:
        """Take these as its own."""
        self._left, self._right = left_parts, right
        for one in (*left_parts, *right):
            one.setParent(self)
        self.refresh_layout()

    def refresh_layout(self) -> None:
        """Something in it has another size."""
        self.updateGeometry()
        self.flow(self.width(), place=True)

    def flow(self, width: int, *, place: bool) -> int:
        """In one line where there is room; or else what is done in lines under what it is done to."""
        right = sum(_part_size(one, width)[0] + GAP for one in self._right if not one.isHidden()) - GAP
        left_width = sum(_part_size(one, width)[0] + GAP for one in self._left if not one.isHidden())
        if left_width + right <= width:
            first = _layout_lines(self._left, (0, 0), width, place=place)
            return max(first, _layout_lines(self._right, (width - right, 0), width, place=place))
        first = _layout_lines(self._left, (0, 0), width, place=place) + GAP // 2
        at = max(0, width - right)
        return first + _layout_lines(self._right, (at, first), width, place=place)


def _layout_lines(each: Sequence[Part], at: tuple[int, int], width: int, *, place: bool) -> int:
    """Put parts one after another, in further lines where they do not fit; gives their height."""
    left_edge, top = at
    across, down, line = left_edge, 0, 0
    for one in each:
        if one.isHidden():
            continue
        wide, high = _part_size(one, width)
        if across > left_edge and across + wide > width:
            across, down, line = left_edge, down + line + GAP // 2, 0
        if place:
            one.setGeometry(across, top + down, wide, high)
        across, line = across + wide + GAP, max(line, high)
    return down + line


def _part_size(one: Part, width: int) -> tuple[int, int]:
    """The width and the height of a part in a line so wide."""
    if isinstance(one, QLabel):
        hint = one.sizeHint()
        return min(width, hint.width() + 2), max(_LEAST, hint.height())
    wide = min(width, one.natural_width())
    return wide, max(TARGET, _LEAST, one.height_for(wide))
