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
from explorer.evidence.places import PlaceTree

from . import bulk, encode, stock
from .imported import SOURCE
from .importing import ImportResult
from .made_figures import added_note, build_figures, format_locator, thing_name
from .schema import FIGURES
from .settled import ConsolidatedFigures
from .stock import PackState

_AT_A_TIME = 20_000


def iter_csv_blocks(result: ImportResult, pack: Pack) -> Iterator[bytes]:
    """The figures table of ``pack``, many lines at a time, its headings first."""
    yield (",".join(FIGURES.column_names) + "\n").encode()
    draft, figure_columns = result.draft, result.figures
    names = [(*thing_name(thing), thing) for thing in draft.things]
    before = [f"{name}." for name, _, _ in names]
    after = [f"{name},{thing.measure}," for _, name, thing in names]
    part_cells = [f"{thing.platform or ''},{_quote_csv_cell(thing.breakdown)}" for _, _, thing in names]
    places, texts = draft.places, [period.text for period in draft.periods]
    when = [bulk.id_segment(text) for text in texts]
    sheets = [_locator_affixes(name, single=len(draft.sheets) <= 1) for name in draft.sheets]
    notes = {count: added_note(count) for count in set(figure_columns.row_count.tolist())}
    special_lines = _one_by_one(result, pack)
    for begin in range(0, figure_columns.count, _AT_A_TIME):
        block = [
            f"{before[t]}{places[p]}.{when[w]}{after[t]}{places[p]},{texts[w]},{part_cells[t]},{n},exact,,,,{n},,,,,,"
            f"{SOURCE},{sheets[s][0]}{r}{sheets[s][1]},{notes[a]},,,\n"
            for p, t, w, n, s, r, a in _slice_columns(figure_columns, begin)
        ]
        for at in range(begin, begin + len(block)) if special_lines else ():
            if at in special_lines:
                block[at - begin] = special_lines[at]
        yield "".join(block).encode()


def _slice_columns(
    figure_columns: ConsolidatedFigures, begin: int
) -> Iterator[tuple[int, int, int, int, int, int, int]]:
    columns = (
        *(figure_columns.place, figure_columns.thing, figure_columns.period, figure_columns.number),
        *(figure_columns.sheet, figure_columns.row, figure_columns.row_count),
    )
    parts = [column[begin : begin + _AT_A_TIME].tolist() for column in columns]
    return zip(*parts, strict=True)


def _one_by_one(result: ImportResult, pack: Pack) -> dict[int, str]:
    """By position: the lines of what is more than a plain number."""
    encode_figure = encode.build_encoder(FIGURES, pack.id, {measure.id: measure.unit for measure in pack.measures})
    return {
        at: ",".join(map(_quote_csv_cell, encode_figure(figure))) + "\n"
        for at, figure in _build_special_figures(result, pack).items()
    }


def _locator_affixes(sheet: str, *, single: bool) -> tuple[str, str]:
    """What stands before and after the number of a row where it is said where a figure stands."""
    locator_cell = _quote_csv_cell(format_locator(sheet, 0, single=single))
    before, _, after = locator_cell.rpartition("0")
    return before, after


def _quote_csv_cell(text: str) -> str:
    """``text`` as a cell of a CSV file."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n\r') else text


def insert_bulk_pack(
    connection: sqlite3.Connection, pack: Pack, state: PackState, places: PlaceTree, result: ImportResult
) -> None:
    """Put ``pack`` into the tables of the library, with the figures that it is without itself."""
    whole = replace(state, figures=result.figures.count)
    stock.put_bulk(connection, pack, whole, places, iter_series(result, pack))


def iter_series(result: ImportResult, pack: Pack) -> Iterator[bulk.KeyedSeries]:
    """The figures of ``pack`` as series, in the order of the library."""
    import numpy as np

    draft, figure_columns = result.draft, result.figures
    names = [thing_name(thing) for thing in draft.things]
    texts = [period.text for period in draft.periods]
    single = len(draft.sheets) <= 1
    wheres = [format_locator(name, 0, single=single).rpartition("0")[0] for name in draft.sheets]
    notes = [added_note(count) for count in range(int(figure_columns.row_count.max()) + 1)]
    strange = _build_special_figures(result, pack)
    positions = sorted(strange)
    turns = np.flatnonzero(np.diff(figure_columns.place) | np.diff(figure_columns.thing)) + 1
    bounds = [0, *turns.tolist(), figure_columns.count]
    for begin, end in pairwise(bounds):
        part = slice(begin, end)
        thing, place = int(figure_columns.thing[begin]), draft.places[int(figure_columns.place[begin])]
        periods: list[int] = figure_columns.period[part].tolist()
        packed_series = bulk.PackedSeries(
            source=f"{pack.id}/{SOURCE}",
            after=names[thing][1],
            rest=[],
            period=[texts[at] for at in periods],
            number=figure_columns.number[part].tolist(),
            where=figure_columns.sheet[part].tolist(),
            row=figure_columns.row[part].tolist(),
            wheres=wheres,
            notes=notes,
            note=figure_columns.row_count[part].tolist(),
            more={},
        )
        own = positions[bisect_left(positions, begin) : bisect_left(positions, end)] if positions else []
        if own:
            _tell_strange(packed_series, {at - begin: strange[at] for at in own})
        yield place, draft.things[thing].measure, packed_series


def _build_special_figures(result: ImportResult, pack: Pack) -> dict[int, Figure]:
    """By position: the figures that are more than a plain number."""
    special_positions = sorted(result.figures.odd.keys() | result.figures.extra.keys())
    special_figures = build_figures(result.draft, result.figures, pack.id, SOURCE, only=special_positions)
    return dict(zip(special_positions, special_figures, strict=True))


def _tell_strange(packed_series: bulk.PackedSeries, strange: Mapping[int, Figure]) -> None:
    packed_series.notes = list(packed_series.notes)
    for at, figure in strange.items():
        packed_series.more[at] = bulk.build_extras(figure)
        if figure.note not in packed_series.notes:
            packed_series.notes.append(figure.note)
        packed_series.note[at] = packed_series.notes.index(figure.note)
