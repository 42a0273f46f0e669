"""A draft settled: one figure for each thing said, rows about one thing added up or told of, years added up.

The order is that of the library: places in their order, then what is counted, then time.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.evidence import FigureStatus, Period, PeriodKind, PlaceTree, Unit, periods

from .amounts import AmountCell
from .draft import ImportDraft, TotalRow, Variable
from .recipe import DuplicatePolicy, RecipeRules

if TYPE_CHECKING:
    import numpy as np


_PLACES, _THINGS, _PERIODS = 1 << 14, 1 << 24, 1 << 20
QUARTERS = 4
SUPPRESSION_MARK = "[c]"
_TELLING = frozenset({Unit.OFFENCES, Unit.PEOPLE})
"""The units of counts of which a small one may tell of single people."""


class ConsolidatedFigures(Struct):
    """Figures in columns of equal length; ``row_count`` counts the rows that each stands for."""

    place: np.ndarray
    thing: np.ndarray
    period: np.ndarray
    number: np.ndarray
    sheet: np.ndarray
    row: np.ndarray
    row_count: np.ndarray
    """1 for one row, more where rows were added up, 0 for a year that is the sum of its quarters."""
    odd: dict[int, AmountCell]
    extra: dict[int, tuple[str, str]]

    @property
    def count(self) -> int:
        """How many figures there are."""
        return len(self.place)


def consolidate(
    draft: ImportDraft, rules: RecipeRules, places: PlaceTree, *, protect: bool = False
) -> ConsolidatedFigures:
    """The figures of ``draft``; rows said twice are added up or told of as problems, by the rules.

    ``protect`` keeps counts of 1 to 4 as confidential, and adds up no year that would give one away.
    """
    all_rows = _join_parts(draft)
    ranks = _build_ranks(draft, places)
    figures = _group_rows(draft, all_rows, ranks, rules)
    if protect:
        for at in small_counts(draft, figures):
            figures.odd[at] = AmountCell(status=FigureStatus.CONFIDENTIAL, printed_text=SUPPRESSION_MARK)
            figures.number[at] = 0
    return _with_years(draft, figures, ranks) if rules.whole_years else figures


class _SortRanks(Struct):
    """For each position in the draft's lists: where it stands in order."""

    place: np.ndarray
    thing: np.ndarray
    period: np.ndarray

    def sort_key(self, place: np.ndarray, thing: np.ndarray, period: np.ndarray) -> np.ndarray:
        """One number for each figure, in order."""
        return (self.place[place] * _THINGS + self.thing[thing]) * _PERIODS + self.period[period]


def _build_ranks(draft: ImportDraft, places: PlaceTree) -> _SortRanks:
    import numpy as np

    when = sorted(range(len(draft.periods)), key=lambda at: periods.order_key(draft.periods[at]))
    things = sorted(range(len(draft.things)), key=lambda at: _thing_key(draft.things[at]))
    order = np.zeros(len(draft.periods), np.int64)
    order[when] = np.arange(len(when))
    variable_order = np.zeros(len(draft.things), np.int64)
    variable_order[things] = np.arange(len(things))
    where = np.array([places.position(code) for code in draft.places], np.int64)
    return _SortRanks(where, variable_order, order)


def _thing_key(thing: Variable) -> tuple[str, str, str]:
    return thing.measure, thing.platform or "", thing.breakdown


def _join_parts(draft: ImportDraft) -> ConsolidatedFigures:
    """All sheets' rows one after another."""
    import numpy as np

    parts = [part for part in draft.parts if len(part.place)]
    if not parts:
        none = np.zeros(0, np.int64)
        return ConsolidatedFigures(none, none, none, none, none, none, none, {}, {})
    odd: dict[int, AmountCell] = {}
    extra: dict[int, tuple[str, str]] = {}
    before = 0
    for part in parts:
        odd |= {before + at: cell for at, cell in part.odd.items()}
        extra |= {before + at: texts for at, texts in part.extra.items()}
        before += len(part.place)
    return ConsolidatedFigures(
        place=np.concatenate([part.place for part in parts]),
        thing=np.concatenate([part.thing for part in parts]),
        period=np.concatenate([part.period for part in parts]),
        number=np.concatenate([part.number for part in parts]),
        sheet=np.concatenate([np.full(len(part.place), part.sheet, np.int32) for part in parts]),
        row=np.concatenate([part.row for part in parts]),
        row_count=np.ones(before, np.int64),
        odd=odd,
        extra=extra,
    )


def _group_rows(
    draft: ImportDraft, all_rows: ConsolidatedFigures, ranks: _SortRanks, rules: RecipeRules
) -> ConsolidatedFigures:
    """One figure for each place, thing and period, in order."""
    import numpy as np

    keys = ranks.sort_key(all_rows.place, all_rows.thing, all_rows.period)
    _, first, group, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    number = all_rows.number[first]
    row_count = counts.copy()
    odd: dict[int, AmountCell] = {}
    if all_rows.odd:
        odd = {new: all_rows.odd[old] for new, old in enumerate(first.tolist()) if old in all_rows.odd}
    if bool((counts > 1).any()):
        if rules.repeated is DuplicatePolicy.ADD:
            number = _sum_by_group(group, all_rows.number, len(first))
        else:
            row_count = np.ones(len(first), np.int64)
        _settle_repeated(draft, all_rows, group, counts, odd, rules)
    position = {old: new for new, old in enumerate(first.tolist())} if all_rows.extra else {}
    return ConsolidatedFigures(
        place=all_rows.place[first],
        thing=all_rows.thing[first],
        period=all_rows.period[first],
        number=number,
        sheet=all_rows.sheet[first],
        row=all_rows.row[first],
        row_count=row_count,
        odd=odd,
        extra={position[old]: texts for old, texts in all_rows.extra.items() if old in position},
    )


def _sum_by_group(group: np.ndarray, numbers: np.ndarray, groups: int) -> np.ndarray:
    """The sum of the numbers of each group: exact, as all are far below what a float can no longer tell."""
    import numpy as np

    return np.bincount(group, weights=numbers, minlength=groups).astype(np.int64)


def _settle_repeated(
    draft: ImportDraft,
    all_rows: ConsolidatedFigures,
    group: np.ndarray,
    counts: np.ndarray,
    odd: dict[int, AmountCell],
    rules: RecipeRules,
) -> None:
    """Where rows about one thing hold more than whole numbers, or may not be there: what becomes of them."""
    import numpy as np

    adds = rules.repeated is DuplicatePolicy.ADD
    several = np.flatnonzero(counts[group] > 1)
    if adds:
        odd_groups = {int(group[at]) for at in all_rows.odd}
        several = several[np.isin(group[several], list(odd_groups))]
    members: dict[int, list[int]] = {}
    for at in several.tolist():
        members.setdefault(int(group[at]), []).append(at)
    for which, rows in members.items():
        if adds:
            odd[which] = _sum_cells(
                [all_rows.odd.get(at) or _build_whole_cell(int(all_rows.number[at])) for at in rows]
            )
            continue
        for at in rows[1:]:
            what = f"it says the same thing as row {all_rows.row[rows[0]]} again"
            mend = "Take one of them away, or tell them apart by a column of their own."
            draft.add_problem(draft.sheets[int(all_rows.sheet[at])], what, mend, row=int(all_rows.row[at]))


def _build_whole_cell(number: int) -> AmountCell:
    return AmountCell(number=Decimal(number), printed_text=str(number))


def _sum_cells(cells: list[AmountCell]) -> AmountCell:
    """The sum of several cells; where one gives no number the sum is not known, and is as that one is."""
    without = [cell for cell in cells if cell.number is None]
    if without:
        confidential_cells = [cell for cell in without if cell.status is FigureStatus.CONFIDENTIAL]
        reason_cell = (confidential_cells or without)[0]
        return AmountCell(status=reason_cell.status, printed_text=" + ".join(cell.printed_text for cell in cells)[:60])
    total = sum((cell.number for cell in cells if cell.number is not None), Decimal(0))
    return AmountCell(number=total, printed_text=f"{total:f}")


def _with_years(draft: ImportDraft, figures: ConsolidatedFigures, ranks: _SortRanks) -> ConsolidatedFigures:
    """The financial years whose four quarters all have a whole number, added up, among the figures."""
    import numpy as np

    year_of = _map_quarters_to_years(draft)
    if not year_of or not figures.count:
        return figures
    years = np.full(len(draft.periods), -1, np.int64)
    for quarter, year in year_of.items():
        years[quarter] = year
    usable = years[figures.period] >= 0
    usable[list(figures.odd)] = False
    at = np.flatnonzero(usable)
    keys = (figures.place[at].astype(np.int64) * _THINGS + figures.thing[at]) * _PERIODS + years[figures.period[at]]
    _, first, group, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    total = _sum_by_group(group, figures.number[at], len(first))
    whole = counts == QUARTERS
    start = at[first[whole]]
    when = years[figures.period[start]]
    place, thing = figures.place[start], figures.thing[start]
    ranks = _ranks_again(draft, ranks)
    fresh = np.ones(len(start), bool)
    is_printed_year = np.isin(figures.period, list(set(year_of.values())))
    if bool(is_printed_year.any()):  # a year that the table prints itself stands as it is printed
        theirs = ranks.sort_key(figures.place, figures.thing, figures.period)[is_printed_year]
        fresh = ~np.isin(ranks.sort_key(place, thing, when), theirs)
    return _merge_years(figures, start[fresh], when[fresh], total[whole][fresh], ranks)


def _ranks_again(draft: ImportDraft, ranks: _SortRanks) -> _SortRanks:
    """The ranks once years have joined the periods."""
    import numpy as np

    when = sorted(range(len(draft.periods)), key=lambda at: periods.order_key(draft.periods[at]))
    order = np.zeros(len(draft.periods), np.int64)
    order[when] = np.arange(len(when))
    return _SortRanks(ranks.place, ranks.thing, order)


def _map_quarters_to_years(draft: ImportDraft) -> dict[int, int]:
    """For each quarter's position, that of its financial year."""
    quarters = [(at, period) for at, period in enumerate(draft.periods) if period.kind is PeriodKind.QUARTER]
    return {at: draft.period_at(_financial_year_of(period)) for at, period in quarters}


def _financial_year_of(quarter: Period) -> Period:
    begins = quarter.start.year - (quarter.start.month < QUARTERS)
    return periods.parse_period(f"{begins}/{(begins + 1) % 100:02d}")


def _merge_years(
    figures: ConsolidatedFigures, start: np.ndarray, when: np.ndarray, total: np.ndarray, ranks: _SortRanks
) -> ConsolidatedFigures:
    import numpy as np

    def join_arrays(old: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate([old, new])

    place = join_arrays(figures.place, figures.place[start])
    thing = join_arrays(figures.thing, figures.thing[start])
    period = join_arrays(figures.period, when)
    order = np.argsort(ranks.sort_key(place, thing, period), kind="stable")
    new_position: dict[int, int] = {}
    if figures.odd or figures.extra:
        new_position = {int(old): new for new, old in enumerate(order.tolist())}
    return ConsolidatedFigures(
        place=place[order],
        thing=thing[order],
        period=period[order],
        number=join_arrays(figures.number, total)[order],
        sheet=join_arrays(figures.sheet, figures.sheet[start])[order],
        row=join_arrays(figures.row, figures.row[start])[order],
        row_count=join_arrays(figures.row_count, np.zeros(len(start), np.int64))[order],
        odd={new_position[at]: cell for at, cell in figures.odd.items()},
        extra={new_position[at]: texts for at, texts in figures.extra.items()},
    )


def small_counts(draft: ImportDraft, figures: ConsolidatedFigures) -> Iterator[int]:
    """The positions of counts of 1 to 4, which may tell of single people."""
    import numpy as np

    if not figures.count:
        return
    is_count_unit = np.array([draft.measures[thing.measure].unit in _TELLING for thing in draft.things], bool)
    small = (figures.number >= 1) & (figures.number < 5)
    small_positions: list[int] = np.flatnonzero(small & is_count_unit[figures.thing]).tolist()
    yield from (at for at in small_positions if at not in figures.odd)


# The rows of a table that add others up, held against what they add up.


def tell_totals(draft: ImportDraft, figures: ConsolidatedFigures) -> None:
    """Add to the doubts of ``draft`` each total that does not hold, or holds only with a blank as zero.

    While a name has no place its numbers are not among the figures, and no total can be held against them.
    """
    if not draft.totals or draft.unmatched_places or draft.problems.count:
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
