"""The rows of a table that add others up, held against what they add up.

A blank that its own table counts as zero is told of: it is missing, and a total over it says otherwise.
"""

from __future__ import annotations

from decimal import Decimal

from .draft import ImportDraft, TotalRow
from .settled import ConsolidatedFigures


def tell_totals(draft: ImportDraft, figures: ConsolidatedFigures) -> None:
    """Add to the doubts of ``draft`` each total that does not hold, or holds only with a blank as zero.

    While a name has no place its numbers are not among the figures, and no total can be held against them.
    """
    if not draft.totals or draft.unplaced or draft.problems.count:
        return
    sums: dict[tuple[int, int], Decimal] = {}
    gaps: dict[tuple[int, int], list[str]] = {}
    total_keys = {(total.thing, total.period) for total in draft.totals}
    for at, key in enumerate(zip(figures.thing.tolist(), figures.period.tolist(), strict=True)):
        if key not in total_keys:
            continue
        cell = figures.odd.get(at)
        number = Decimal(int(figures.number[at])) if cell is None else cell.number
        if number is None:
            gaps.setdefault(key, []).append(draft.places[int(figures.place[at])])
        else:
            sums[key] = sums.get(key, Decimal(0)) + number
    for total in draft.totals:
        _check_total(draft, total, sums.get((total.thing, total.period)), gaps.get((total.thing, total.period), []))


def _check_total(draft: ImportDraft, total: TotalRow, computed_total: Decimal | None, gaps: list[str]) -> None:
    printed_total = total.cell.number
    if printed_total is None or computed_total is None:
        return
    when = draft.periods[total.period].label
    if gaps:
        places = "one place has" if len(gaps) == 1 else f"{len(gaps)} places have"
        how = (
            f"“{total.label}” for {when} is {printed_total:f}, the sum of the others: it counts as zero what "
            f"is not known, for {places} no number"
            if printed_total == computed_total
            else f"“{total.label}” for {when} is {printed_total:f} where the "
            f"numbers given add up to {computed_total:f}, "
            f"and {places} none"
        )
    elif printed_total != computed_total:
        how = f"“{total.label}” for {when} is {printed_total:f}, and the rows add up to {computed_total:f}"
    else:
        return
    draft.add_warning(total.sheet, how, "The row is left out; the difference is worth a note.", row=total.row)
