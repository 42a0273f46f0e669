"""Very many figures of a table written and kept without making each of them first.

The lines are those that writing the figures one by one would give: a test holds the one against the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.evidence.places import Places

from . import encode, stock
from .imported import SOURCE
from .importing import Taken
from .made_figures import added_note, figures, locator, period_id, thing_name
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
    when = [period_id(text) for text in texts]
    sheets = [_around(name, single=len(draft.sheets) <= 1) for name in draft.sheets]
    notes = {count: added_note(count) for count in set(settled.added.tolist())}
    made = _one_by_one(taken, pack)
    for begin in range(0, settled.count, _AT_A_TIME):
        block = [
            f"{before[t]}{places[p]}.{when[w]}{after[t]}{places[p]},{texts[w]},{divided[t]},{n},,,,,{n},,,,,,"
            f"{SOURCE},{sheets[s][0]}{r}{sheets[s][1]},{notes[a]}\n"
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
    wanted = taken.settled.odd.keys() | taken.settled.extra.keys()
    if not wanted:
        return {}
    encoded = encode.encoder(FIGURES, pack.id, {measure.id: measure.unit for measure in pack.measures})
    made = figures(taken.draft, taken.settled, pack.id, SOURCE, only=wanted)
    return {
        at: ",".join(map(_cell, encoded(figure))) + "\n"
        for at, figure in zip(sorted(wanted), made, strict=True)
    }


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
    whole = replace(pack, figures=tuple(figures(taken.draft, taken.settled, pack.id, SOURCE)))
    stock.put(connection, whole, replace(state, figures=len(whole.figures)), places)
