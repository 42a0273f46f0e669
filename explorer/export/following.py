"""What follows from the numbers of an item, as rows of a small table: each figure once in a document."""

from __future__ import annotations

from msgspec import Struct

from explorer.briefing.document import Exhibit
from explorer.briefing.parts import split_calculation
from explorer.draw.parts import TextCell

_MOST = 5
"""The most worked-out figures under an item; the workbook has all of them."""


class CalculationRows(Struct, frozen=True, kw_only=True):
    """Worked-out figures to print under an item, and what is said of them together."""

    rows: tuple[tuple[TextCell, ...], ...]
    notes: tuple[str, ...]


class CalculationDeduplicator:
    """Worked-out figures as a document comes to them. One for each document, asked in its items' order."""

    def __init__(self) -> None:
        self._printed: set[str] = set()

    def new_rows(self, exhibit: Exhibit) -> CalculationRows:
        """Those to print under an item; what stands above already is not printed again."""
        new = [one for one in dict.fromkeys(exhibit.workings) if one not in self._printed]
        to_print = new[:_MOST]
        self._printed |= set(to_print)
        calculations = [split_calculation(one) for one in to_print]
        caveats = {caveat for _, _, caveat in calculations if caveat}
        # What holds of every row is said once, under them.
        alike = len(calculations) > 1 and len(caveats) == 1 and all(caveat for _, _, caveat in calculations)
        rows = tuple(
            (TextCell(text=text, small="" if alike else caveat), TextCell(text=formula))
            for text, formula, caveat in calculations
        )
        more = len(new) - len(to_print)
        remainder_note = f"{more} more worked-out {'figure is' if more == 1 else 'figures are'} in the workbook."
        return CalculationRows(rows=rows, notes=(*(caveats if alike else ()), *((remainder_note,) if more else ())))
