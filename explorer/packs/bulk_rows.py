"""Very many figures of a table written and kept without making each of them first.

The lines are those that writing the figures one by one would give: a test holds the one against the other.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import pairwise

from msgspec.structs import replace

from explorer.evidence.model import Figure, Pack
from explorer.evidence.places import Places

from . import bulk, encode, stock
from .imported import SOURCE
from .importing import Taken
from .made_figures import added_note, figures, locator, thing_name
from .schema import FIGURES
from .settled import Settled
from .stock import PackState

_AT_A_TIME = 20_000


def lines(taken: Taken, pack: Pack) -> Iterator[bytes]:
    """The figures table of ``pack``, many lines at a time, its headings first."""
    yield (",".join(FIGURES.names) + "\n").encode()
    draft, settled = taken.draft, taken.settled
    names = [(*thing_name(thing), thing) for thing in draft.things]
    before = [f"{name}." for name, _, _ in names]
    after = [f"{name},{thing.measure}," for _, name, thing in names]
    divided = [f"{thing.platform or ''},{_cell(thing.breakdown)}" for _, _, thing in names]
    places, texts = draft.places, [period.text for period in draft.periods]
    when = [bulk.in_id(text) for text in texts]
    sheets = [_around(name, single=len(draft.sheets) <= 1) for name in draft.sheets]
    notes = {count: added_note(count) for count in set(settled.added.tolist())}
    made = _one_by_one(taken, pack)
    for begin in range(0, settled.count, _AT_A_TIME):
        block = [
            f"{before[t]}{places[p]}.{when[w]}{after[t]}{places[p]},{texts[w]},{divided[t]},{n},exact,,,,{n},,,,,,"
            f"{SOURCE},{sheets[s][0]}{r}{sheets[s][1]},{notes[a]},,,\n"
            for p, t, w, n, s, r, a in _part(settled, begin)
        ]
        for at in range(begin, begin + len(block)) if made else ():
            if at in made:
                block[at - begin] = made[at]
        yield "".join(block).encode()


def _part(settled: Settled, begin: int) -> Iterator[tuple[int, int, int, int, int, int, int]]:
    columns = (
        *(settled.place, settled.thing, settled.period, settled.number),
        *(settled.sheet, settled.row, settled.added),
    )
    parts = [column[begin : begin + _AT_A_TIME].tolist() for column in columns]
    return zip(*parts, strict=True)


def _one_by_one(taken: Taken, pack: Pack) -> dict[int, str]:
    """By position: the lines of what is more than a plain number."""
    encoded = encode.encoder(FIGURES, pack.id, {measure.id: measure.unit for measure in pack.measures})
    return {at: ",".join(map(_cell, encoded(figure))) + "\n" for at, figure in _strange(taken, pack).items()}


def _around(sheet: str, *, single: bool) -> tuple[str, str]:
    """What stands before and after the number of a row where it is said where a figure stands."""
    told = _cell(locator(sheet, 0, single=single))
    before, _, after = told.rpartition("0")
    return before, after


def _cell(text: str) -> str:
    """``text`` as a cell of a CSV file."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


def put(connection: sqlite3.Connection, pack: Pack, state: PackState, places: Places, taken: Taken) -> None:
    """Put ``pack`` into the tables of the library, with the figures that it is without itself."""
    whole = replace(state, figures=taken.settled.count)
    stock.put_bulk(connection, pack, whole, places, series(taken, pack))


def series(taken: Taken, pack: Pack) -> Iterator[bulk.Keyed]:
    """The figures of ``pack`` as series, in the order of the library."""
    import numpy as np

    draft, settled = taken.draft, taken.settled
    names = [thing_name(thing) for thing in draft.things]
    texts = [period.text for period in draft.periods]
    single = len(draft.sheets) <= 1
    wheres = [locator(name, 0, single=single).rpartition("0")[0] for name in draft.sheets]
    notes = [added_note(count) for count in range(int(settled.added.max()) + 1)]
    strange = _strange(taken, pack)
    positions = sorted(strange)
    turns = np.flatnonzero(np.diff(settled.place) | np.diff(settled.thing)) + 1
    bounds = [0, *turns.tolist(), settled.count]
    for begin, end in pairwise(bounds):
        part = slice(begin, end)
        thing, place = int(settled.thing[begin]), draft.places[int(settled.place[begin])]
        periods: list[int] = settled.period[part].tolist()
        made = bulk.Series(
            source=f"{pack.id}/{SOURCE}",
            after=names[thing][1],
            rest=[],
            period=[texts[at] for at in periods],
            number=settled.number[part].tolist(),
            where=settled.sheet[part].tolist(),
            row=settled.row[part].tolist(),
            wheres=wheres,
            notes=notes,
            note=settled.added[part].tolist(),
            more={},
        )
        own = positions[bisect_left(positions, begin) : bisect_left(positions, end)] if positions else []
        if own:
            _tell_strange(made, {at - begin: strange[at] for at in own})
        yield place, draft.things[thing].measure, made


def _strange(taken: Taken, pack: Pack) -> dict[int, Figure]:
    """By position: the figures that are more than a plain number."""
    wanted = sorted(taken.settled.odd.keys() | taken.settled.extra.keys())
    made = figures(taken.draft, taken.settled, pack.id, SOURCE, only=wanted)
    return dict(zip(wanted, made, strict=True))


def _tell_strange(made: bulk.Series, strange: Mapping[int, Figure]) -> None:
    made.notes = list(made.notes)
    for at, figure in strange.items():
        made.more[at] = bulk.more(figure)
        if figure.note not in made.notes:
            made.notes.append(figure.note)
        made.note[at] = made.notes.index(figure.note)
