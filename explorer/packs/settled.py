"""A draft settled: one figure for each thing said, rows about one thing added up or told of, years added up.

The order is that of the library: places in their order, then what is counted, then time.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.evidence import periods
from explorer.evidence.model import Period, PeriodKind, Status, Unit
from explorer.evidence.places import Places

from .amount_cells import Cell
from .draft import Draft, Thing
from .recipes import Repeated, Rules

if TYPE_CHECKING:
    import numpy as np

_PLACES, _THINGS, _PERIODS = 1 << 14, 1 << 24, 1 << 20
QUARTERS = 4
HIDDEN = "[c]"
_TELLING = frozenset({Unit.OFFENCES, Unit.PEOPLE})
"""The units of counts of which a small one may tell of single people."""


class Settled(Struct):
    """Figures in columns of equal length; see ``Rows``. ``added`` counts the rows that each stands for."""

    place: np.ndarray
    thing: np.ndarray
    period: np.ndarray
    number: np.ndarray
    sheet: np.ndarray
    row: np.ndarray
    added: np.ndarray
    """1 for one row, more where rows were added up, 0 for a year that is the sum of its quarters."""
    odd: dict[int, Cell]
    extra: dict[int, tuple[str, str]]

    @property
    def count(self) -> int:
        """How many figures there are."""
        return len(self.place)


def settle(draft: Draft, rules: Rules, places: Places, *, protect: bool = False) -> Settled:
    """The figures of ``draft``; rows said twice are added up or told of as problems, by the rules.

    ``protect`` keeps counts of 1 to 4 as confidential, and adds up no year that would give one away.
    """
    joined = _joined(draft)
    ranks = _ranks(draft, places)
    settled = _grouped(draft, joined, ranks, rules)
    if protect:
        for at in small_counts(draft, settled):
            settled.odd[at] = Cell(status=Status.CONFIDENTIAL, printed=HIDDEN)
            settled.number[at] = 0
    return _with_years(draft, settled, ranks) if rules.whole_years else settled


class _Ranks(Struct):
    """For each position in the draft's lists: where it stands in order."""

    place: np.ndarray
    thing: np.ndarray
    period: np.ndarray

    def key(self, place: np.ndarray, thing: np.ndarray, period: np.ndarray) -> np.ndarray:
        """One number for each figure, in order."""
        return (self.place[place] * _THINGS + self.thing[thing]) * _PERIODS + self.period[period]


def _ranks(draft: Draft, places: Places) -> _Ranks:
    import numpy as np

    when = sorted(range(len(draft.periods)), key=lambda at: periods.order_key(draft.periods[at]))
    things = sorted(range(len(draft.things)), key=lambda at: _thing_key(draft.things[at]))
    order = np.zeros(len(draft.periods), np.int64)
    order[when] = np.arange(len(when))
    counted = np.zeros(len(draft.things), np.int64)
    counted[things] = np.arange(len(things))
    where = np.array([places.position(code) for code in draft.places], np.int64)
    return _Ranks(where, counted, order)


def _thing_key(thing: Thing) -> tuple[str, str, str]:
    return thing.measure, thing.platform or "", thing.breakdown


def _joined(draft: Draft) -> Settled:
    """All sheets' rows one after another."""
    import numpy as np

    parts = [part for part in draft.parts if len(part.place)]
    if not parts:
        none = np.zeros(0, np.int64)
        return Settled(none, none, none, none, none, none, none, {}, {})
    odd: dict[int, Cell] = {}
    extra: dict[int, tuple[str, str]] = {}
    before = 0
    for part in parts:
        odd |= {before + at: cell for at, cell in part.odd.items()}
        extra |= {before + at: told for at, told in part.extra.items()}
        before += len(part.place)
    return Settled(
        place=np.concatenate([part.place for part in parts]),
        thing=np.concatenate([part.thing for part in parts]),
        period=np.concatenate([part.period for part in parts]),
        number=np.concatenate([part.number for part in parts]),
        sheet=np.concatenate([np.full(len(part.place), part.sheet, np.int32) for part in parts]),
        row=np.concatenate([part.row for part in parts]),
        added=np.ones(before, np.int64),
        odd=odd,
        extra=extra,
    )


def _grouped(draft: Draft, joined: Settled, ranks: _Ranks, rules: Rules) -> Settled:
    """One figure for each place, thing and period, in order."""
    import numpy as np

    keys = ranks.key(joined.place, joined.thing, joined.period)
    _, first, group, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    number = joined.number[first]
    added = counts.copy()
    odd: dict[int, Cell] = {}
    if joined.odd:
        odd = {new: joined.odd[old] for new, old in enumerate(first.tolist()) if old in joined.odd}
    if bool((counts > 1).any()):
        if rules.repeated is Repeated.ADD:
            number = _added(group, joined.number, len(first))
        else:
            added = np.ones(len(first), np.int64)
        _settle_repeated(draft, joined, group, counts, odd, rules)
    position = {old: new for new, old in enumerate(first.tolist())} if joined.extra else {}
    return Settled(
        place=joined.place[first],
        thing=joined.thing[first],
        period=joined.period[first],
        number=number,
        sheet=joined.sheet[first],
        row=joined.row[first],
        added=added,
        odd=odd,
        extra={position[old]: told for old, told in joined.extra.items() if old in position},
    )


def _added(group: np.ndarray, numbers: np.ndarray, groups: int) -> np.ndarray:
    """The sum of the numbers of each group: exact, as all are far below what a float can no longer tell."""
    import numpy as np

    return np.bincount(group, weights=numbers, minlength=groups).astype(np.int64)


def _settle_repeated(
    draft: Draft, joined: Settled, group: np.ndarray, counts: np.ndarray, odd: dict[int, Cell], rules: Rules
) -> None:
    """Where rows about one thing hold more than whole numbers, or may not be there: what becomes of them."""
    import numpy as np

    adds = rules.repeated is Repeated.ADD
    several = np.flatnonzero(counts[group] > 1)
    if adds:
        wanted = {int(group[at]) for at in joined.odd}
        several = several[np.isin(group[several], list(wanted))]
    members: dict[int, list[int]] = {}
    for at in several.tolist():
        members.setdefault(int(group[at]), []).append(at)
    for which, rows in members.items():
        if adds:
            odd[which] = _sum([joined.odd.get(at) or _whole(int(joined.number[at])) for at in rows])
            continue
        for at in rows[1:]:
            what = f"it says the same thing as row {joined.row[rows[0]]} again"
            mend = "Take one of them away, or tell them apart by a column of their own."
            draft.wrong(draft.sheets[int(joined.sheet[at])], what, mend, row=int(joined.row[at]))


def _whole(number: int) -> Cell:
    return Cell(number=Decimal(number), printed=str(number))


def _sum(cells: list[Cell]) -> Cell:
    """The sum of several cells; where one gives no number the sum is not known, and is as that one is."""
    without = [cell for cell in cells if cell.number is None]
    if without:
        hidden = [cell for cell in without if cell.status is Status.CONFIDENTIAL]
        told = (hidden or without)[0]
        return Cell(status=told.status, printed=" + ".join(cell.printed for cell in cells)[:60])
    total = sum((cell.number for cell in cells if cell.number is not None), Decimal(0))
    return Cell(number=total, printed=f"{total:f}")


def _with_years(draft: Draft, settled: Settled, ranks: _Ranks) -> Settled:
    """The financial years whose four quarters all have a whole number, added up, among the figures."""
    import numpy as np

    year_of = _years(draft)
    if not year_of or not settled.count:
        return settled
    years = np.full(len(draft.periods), -1, np.int64)
    for quarter, year in year_of.items():
        years[quarter] = year
    usable = years[settled.period] >= 0
    usable[list(settled.odd)] = False
    at = np.flatnonzero(usable)
    keys = (settled.place[at].astype(np.int64) * _THINGS + settled.thing[at]) * _PERIODS + years[
        settled.period[at]
    ]
    _, first, group, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    total = _added(group, settled.number[at], len(first))
    whole = counts == QUARTERS
    start = at[first[whole]]
    when = years[settled.period[start]]
    place, thing = settled.place[start], settled.thing[start]
    ranks = _ranks_again(draft, ranks)
    fresh = np.ones(len(start), bool)
    printed = np.isin(settled.period, list(set(year_of.values())))
    if bool(printed.any()):  # a year that the table prints itself stands as it is printed
        theirs = ranks.key(settled.place, settled.thing, settled.period)[printed]
        fresh = ~np.isin(ranks.key(place, thing, when), theirs)
    return _merged(settled, start[fresh], when[fresh], total[whole][fresh], ranks)


def _ranks_again(draft: Draft, ranks: _Ranks) -> _Ranks:
    """The ranks once years have joined the periods."""
    import numpy as np

    when = sorted(range(len(draft.periods)), key=lambda at: periods.order_key(draft.periods[at]))
    order = np.zeros(len(draft.periods), np.int64)
    order[when] = np.arange(len(when))
    return _Ranks(ranks.place, ranks.thing, order)


def _years(draft: Draft) -> dict[int, int]:
    """For each quarter's position, that of its financial year."""
    quarters = [(at, period) for at, period in enumerate(draft.periods) if period.kind is PeriodKind.QUARTER]
    return {at: draft.period_at(_year(period)) for at, period in quarters}


def _year(quarter: Period) -> Period:
    begins = quarter.start.year - (quarter.start.month < QUARTERS)
    return periods.parse(f"{begins}/{(begins + 1) % 100:02d}")


def _merged(
    settled: Settled, start: np.ndarray, when: np.ndarray, total: np.ndarray, ranks: _Ranks
) -> Settled:
    import numpy as np

    def both(old: np.ndarray, new: np.ndarray) -> np.ndarray:
        return np.concatenate([old, new])

    place = both(settled.place, settled.place[start])
    thing = both(settled.thing, settled.thing[start])
    period = both(settled.period, when)
    order = np.argsort(ranks.key(place, thing, period), kind="stable")
    moved: dict[int, int] = {}
    if settled.odd or settled.extra:
        moved = {int(old): new for new, old in enumerate(order.tolist())}
    return Settled(
        place=place[order],
        thing=thing[order],
        period=period[order],
        number=both(settled.number, total)[order],
        sheet=both(settled.sheet, settled.sheet[start])[order],
        row=both(settled.row, settled.row[start])[order],
        added=both(settled.added, np.zeros(len(start), np.int64))[order],
        odd={moved[at]: cell for at, cell in settled.odd.items()},
        extra={moved[at]: told for at, told in settled.extra.items()},
    )


def small_counts(draft: Draft, settled: Settled) -> Iterator[int]:
    """The positions of counts of 1 to 4, which may tell of single people."""
    import numpy as np

    if not settled.count:
        return
    counted = np.array([draft.measures[thing.measure].unit in _TELLING for thing in draft.things], bool)
    small = (settled.number >= 1) & (settled.number < 5)
    found: list[int] = np.flatnonzero(small & counted[settled.thing]).tolist()
    yield from (at for at in found if at not in settled.odd)
