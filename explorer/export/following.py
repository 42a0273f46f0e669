"""What follows from the numbers of an item, as rows of a small table: each figure once in a document."""

from __future__ import annotations

from msgspec import Struct

from explorer.briefing.document import Exhibit
from explorer.briefing.parts import apart
from explorer.draw.parts import Cell

_MOST = 5
"""The most worked-out figures under an item; the workbook has all of them."""


class Worked(Struct, frozen=True, kw_only=True):
    """Worked-out figures to print under an item, and what is said of them together."""

    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]


class Following:
    """Worked-out figures as a document comes to them. One for each document, asked in its items' order."""

    def __init__(self) -> None:
        self._printed: set[str] = set()

    def under(self, shown: Exhibit) -> Worked:
        """Those to print under an item; what stands above already is not printed again."""
        new = [one for one in dict.fromkeys(shown.workings) if one not in self._printed]
        printed = new[:_MOST]
        self._printed |= set(printed)
        told = [apart(one) for one in printed]
        caveats = {caveat for _, _, caveat in told if caveat}
        # What holds of every row is said once, under them.
        alike = len(told) > 1 and len(caveats) == 1 and all(caveat for _, _, caveat in told)
        rows = tuple(
            (Cell(text=text, small="" if alike else caveat), Cell(text=formula))
            for text, formula, caveat in told
        )
        more = len(new) - len(printed)
        held = f"{more} more worked-out {'figure is' if more == 1 else 'figures are'} in the workbook."
        return Worked(rows=rows, notes=(*(caveats if alike else ()), *((held,) if more else ())))
