"""What came of a table made into a pack, and kept: in the library and its folder at once, or in a file.

What was left out and what ought to be looked at is said in the pack itself.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import (
    Amount,
    EvidenceNote,
    Figure,
    NoteKind,
    Pack,
    PlaceTree,
    Qualifier,
    Source,
    SourceKind,
    Unit,
    compute_bounds,
)
from explorer.library import Library, PackState, id_segment, pack_tables, series_table
from explorer.packs import FIGURES, PackError, Problem, codec
from explorer.support import nothing_collected

from .amounts import AmountCell
from .consolidation import ConsolidatedFigures
from .draft import ImportDraft, Variable
from .lookups import make_slug
from .session import ImportResult

# The figures of a settled draft, as the evidence has them: ids, amounts as printed, where they stand.


YEAR_NOTE = "The sum of its four quarters in the table."
_PER_CENT_BASE = "as the imported table says"


def build_figures(
    draft: ImportDraft,
    figure_columns: ConsolidatedFigures,
    pack: str,
    source: str,
    only: Collection[int] | None = None,
) -> Iterator[Figure]:
    """Each figure with its id and source made those of ``pack``; ``only`` those at some positions."""
    if only is not None and not only:
        return
    names = [thing_name(thing) for thing in draft.things]
    single = len(draft.sheets) <= 1
    whole: list[int] = figure_columns.number.tolist()
    columns = (figure_columns.place, figure_columns.thing, figure_columns.period)
    rows: list[tuple[int, int, int]] = list(zip(*(column.tolist() for column in columns), strict=True))
    for at in range(len(rows)) if only is None else sorted(only):
        place, thing, period = rows[at]
        variable, when = draft.things[thing], draft.periods[period]
        unit = draft.measures[variable.measure].unit
        cell = figure_columns.odd.get(at) or AmountCell(number=Decimal(whole[at]), printed_text=str(whole[at]))
        base, note = figure_columns.extra.get(at, ("", ""))
        yield Figure(
            id=f"{pack}/{names[thing][0]}.{draft.places[place]}.{id_segment(when.text)}{names[thing][1]}",
            pack=pack,
            measure=variable.measure,
            place=draft.places[place],
            period=when,
            platform=variable.platform,
            breakdown=variable.breakdown,
            amount=_build_amount(cell, unit),
            printed=cell.printed_text,
            base=base or (_PER_CENT_BASE if unit is Unit.PER_CENT else ""),
            source=f"{pack}/{source}",
            locator=format_locator(
                draft.sheets[int(figure_columns.sheet[at])], int(figure_columns.row[at]), single=single
            ),
            note=" ".join(part for part in (note, added_note(int(figure_columns.row_count[at]))) if part),
        )


def thing_name(thing: Variable) -> tuple[str, str]:
    """What stands in an id for what is counted: before the place, and after the period."""
    parts = [make_slug(part).replace(".", "-") for part in (thing.platform or "", thing.breakdown) if part]
    return thing.measure, "".join(f"_{part}" for part in parts)


def format_locator(sheet: str, row: int, *, single: bool) -> str:
    """Where in the table a figure stands."""
    return f"row {row}" if single or not sheet else f"sheet {sheet}, row {row}"


def added_note(rows: int) -> str:
    """What is said of a figure that more than one row stands behind."""
    if rows == 1:
        return ""
    return f"The sum of {rows} rows of the table." if rows else YEAR_NOTE


def _build_amount(cell: AmountCell, unit: Unit) -> Amount:
    qualifier = cell.qualifier if cell.number is not None else Qualifier.EXACT
    low, high = compute_bounds(cell.number, qualifier, unit)
    return Amount(number=cell.number, qualifier=qualifier, status=cell.status, low=low, high=high)


SOURCE = "table"
"""The id, within its pack, of the publication that a table is."""
MANY = 20_000
"""From how many figures a pack is kept in bulk."""
_MOST_NOTED = 20
_LONGEST_ID = 60


class PackMetadata(Struct, frozen=True, kw_only=True):
    """What a person says of a table: who published it, and when."""

    title: str
    publisher: str
    kind: SourceKind = SourceKind.USER
    published: str = ""
    """As exactly as is known: "2025", "2025-07", "2025-07-24"."""
    address: str = ""
    licence: str = ""
    note: str = ""


def suggest_metadata(result: ImportResult, path: Path) -> PackMetadata:
    """What can be said of a table before anybody is asked."""
    recipe_source = result.recipe.source
    return PackMetadata(
        title=recipe_source.title or path.stem or result.recipe.title,
        publisher=recipe_source.publisher or "not stated",
        kind=recipe_source.kind,
        address=recipe_source.address,
        licence=recipe_source.licence or "not stated",
        note=recipe_source.note,
    )


def id_of(title: str) -> str:
    """The id that a pack with this title has."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:_LONGEST_ID].strip("-")
    return plain or "imported-table"


def pack_of(result: ImportResult, about: PackMetadata, *, version: str = "1.0.0") -> Pack:
    """The pack that a table becomes. One with very many figures is without them: they are written in bulk."""
    pack = id_of(about.title)
    draft = result.draft
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    source = Source(
        id=f"{pack}/{SOURCE}",
        title=about.title,
        publisher=about.publisher,
        kind=about.kind,
        published=about.published,
        address=about.address,
        note=f"{about.note} {_describe_origin(result)}".strip(),
    )
    return Pack(
        id=pack,
        title=about.title,
        version=version,
        publisher=about.publisher,
        licence=about.licence or "not stated",
        created=now.isoformat().replace("+00:00", "Z"),
        description=(
            f"Imported on {now.date().isoformat()} by the recipe “{result.recipe.title}”. {_describe_origin(result)}"
        ),
        sources=(source,),
        measures=tuple(draft.measures[one] for one in sorted(draft.measures)),
        platforms=tuple(draft.platforms.values()),
        figures=() if is_many(result) else tuple(build_figures(draft, result.figures, pack, SOURCE)),
        notes=tuple(
            EvidenceNote(
                id=f"{pack}/left-out-{number}",
                kind=NoteKind.SCOPE,
                text=text,
                source=f"{pack}/{SOURCE}",
                locator="",
                pack=pack,
            )
            for number, text in enumerate(left_out(result), start=1)
        ),
    )


def is_many(result: ImportResult) -> bool:
    """Whether there are too many figures to make each of them first."""
    return result.figures.count > MANY


def left_out(result: ImportResult) -> list[str]:
    """What of the table is not in the pack, and what ought to be looked at, a sentence each."""
    draft = result.draft
    sentences = [
        f"{_format_row_count(rows)} under “{name}” left out: it is no place."
        for name, rows in draft.skipped_rows.items()
    ]
    sentences += [
        f"{_format_row_count(one.rows)} under “{one.label}” left out: no place of that name is known."
        for one in draft.unmatched_places.values()
    ]
    sentences += [f"Left out: {problem.as_sentence()}" for problem in draft.problems.all_problems()]
    sentences += [problem.as_sentence() for problem in draft.doubts.all_problems()]
    if len(sentences) > _MOST_NOTED:
        more = len(sentences) - _MOST_NOTED
        sentences = [
            *sentences[:_MOST_NOTED],
            f"And {more:,} more of this kind; importing the table again lists them.",
        ]
    return sentences


def _format_row_count(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _describe_origin(result: ImportResult) -> str:
    return f"Original: {result.draft.file}, {result.size:,} bytes, SHA-256 {result.sha256}."


def save_pack(library: Library, result: ImportResult, about: PackMetadata) -> str:
    """Keep a table as a pack of the person's own, whole or not at all; gives the pack's id.

    A pack of the same id is replaced. Raises PackError, ValueError or OSError, and then nothing has changed.
    """
    if not result.figures.count:
        raise PackError([Problem(file=result.draft.file, what="no row of it can be kept", mend="")])
    pack = pack_of(result, about, version=_next_version(library, id_of(about.title)))
    if not is_many(result):
        library.manager.add_pack(pack)
        return pack.id

    from explorer.packs import write_into

    def fill_tables(connection: sqlite3.Connection, state: PackState) -> None:
        insert_bulk_pack(connection, pack, state, library.places, result)

    with nothing_collected(), library.manager.open_staging_folder(pack.id) as staging_folder:
        write_into(pack, staging_folder, iter_csv_blocks(result, pack))
        library.manager.add_staged(pack, staging_folder, fill_tables)
    return pack.id


def write_to_folder(result: ImportResult, about: PackMetadata, folder: Path) -> None:
    """Write a table as a pack into ``folder``. Raises ValueError, FileExistsError or OSError."""
    from explorer.packs import write_pack

    pack = pack_of(result, about)
    if not is_many(result):
        write_pack(pack, folder)
        return

    write_pack(pack, folder, iter_csv_blocks(result, pack))


def _next_version(library: Library, pack: str) -> str:
    """1.0.0 for a new pack, one higher in the middle for a newer one."""
    present_version = next((state.version for state in library.packs() if state.id == pack), "")
    match = re.match(r"(\d{1,6})\.(\d{1,6})", present_version)
    return f"{match[1]}.{int(match[2]) + 1}.0" if match else "1.0.0"


__all__ = ["PackMetadata", "id_of", "left_out", "pack_of", "save_pack", "suggest_metadata", "write_to_folder"]


# Very many figures of a table written and kept without making each of them first.


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
    when = [series_table.id_segment(text) for text in texts]
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
    encode_figure = codec.build_encoder(FIGURES, pack.id, {measure.id: measure.unit for measure in pack.measures})
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
    pack_tables.put_bulk(connection, pack, whole, places, iter_series(result, pack))


def iter_series(result: ImportResult, pack: Pack) -> Iterator[series_table.KeyedSeries]:
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
        packed_series = series_table.PackedSeries(
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


def _tell_strange(packed_series: series_table.PackedSeries, strange: Mapping[int, Figure]) -> None:
    packed_series.notes = list(packed_series.notes)
    for at, figure in strange.items():
        packed_series.more[at] = series_table.build_extras(figure)
        if figure.note not in packed_series.notes:
            packed_series.notes.append(figure.note)
        packed_series.note[at] = packed_series.notes.index(figure.note)
