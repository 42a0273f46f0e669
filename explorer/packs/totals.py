"""The rows of a table that add others up, held against what they add up.

A blank that its own table counts as zero is told of: it is missing, and a total over it says otherwise.
"""

from __future__ import annotations

from decimal import Decimal

from .draft import Draft, Total
from .settled import Settled


def tell_totals(draft: Draft, settled: Settled) -> None:
    """Add to the doubts of ``draft`` each total that does not hold, or holds only with a blank as zero.

    While a name has no place its numbers are not among the figures, and no total can be held against them.
    """
    if not draft.totals or draft.unplaced or draft.problems.count:
        return
    sums: dict[tuple[int, int], Decimal] = {}
    gaps: dict[tuple[int, int], list[str]] = {}
    wanted = {(total.thing, total.period) for total in draft.totals}
    for at, key in enumerate(zip(settled.thing.tolist(), settled.period.tolist(), strict=True)):
        if key not in wanted:
            continue
        cell = settled.odd.get(at)
        number = Decimal(int(settled.number[at])) if cell is None else cell.number
        if number is None:
            gaps.setdefault(key, []).append(draft.places[int(settled.place[at])])
        else:
            sums[key] = sums.get(key, Decimal(0)) + number
    for total in draft.totals:
        _tell(draft, total, sums.get((total.thing, total.period)), gaps.get((total.thing, total.period), []))


def _tell(draft: Draft, total: Total, added: Decimal | None, gaps: list[str]) -> None:
    printed = total.cell.number
    if printed is None or added is None:
        return
    when = draft.periods[total.period].label
    if gaps:
        places = "one place has" if len(gaps) == 1 else f"{len(gaps)} places have"
        how = (
            f"“{total.label}” for {when} is {printed:f}, the sum of the others: it counts as zero what "
            f"is not known, for {places} no number"
            if printed == added
            else f"“{total.label}” for {when} is {printed:f} where the numbers given add up to {added:f}, "
            f"and {places} none"
        )
    elif printed != added:
        how = f"“{total.label}” for {when} is {printed:f}, and the rows add up to {added:f}"
    else:
        return
    draft.doubt(total.sheet, how, "The row is left out; the difference is worth a note.", row=total.row)
