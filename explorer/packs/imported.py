"""What came of a table made into a pack, and kept: in the library and its folder at once, or in a file.

What was left out and what ought to be looked at is said in the pack itself.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from pathlib import Path

from msgspec import Struct

from explorer.evidence.model import EvidenceNote, NoteKind, Pack, Source, SourceKind

from .importing import ImportResult, without_searches
from .library import Library
from .made_figures import build_figures
from .problems import PackError, Problem
from .stock import PackState

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
        f"{_format_row_count(rows)} under “{name}” left out: it is no place." for name, rows in draft.passed.items()
    ]
    sentences += [
        f"{_format_row_count(one.rows)} under “{one.label}” left out: no place of that name is known."
        for one in draft.unplaced.values()
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
        library.add_pack(pack)
        return pack.id

    from .bulk_rows import insert_bulk_pack, iter_csv_blocks
    from .write import write_into

    def fill_tables(connection: sqlite3.Connection, state: PackState) -> None:
        insert_bulk_pack(connection, pack, state, library.places, result)

    with without_searches(), library.open_staging_folder(pack.id) as staging_folder:
        write_into(pack, staging_folder, iter_csv_blocks(result, pack))
        library.add_staged(pack, staging_folder, fill_tables)
    return pack.id


def write_to_folder(result: ImportResult, about: PackMetadata, folder: Path) -> None:
    """Write a table as a pack into ``folder``. Raises ValueError, FileExistsError or OSError."""
    from .write import write_pack

    pack = pack_of(result, about)
    if not is_many(result):
        write_pack(pack, folder)
        return

    from .bulk_rows import iter_csv_blocks

    write_pack(pack, folder, iter_csv_blocks(result, pack))


def _next_version(library: Library, pack: str) -> str:
    """1.0.0 for a new pack, one higher in the middle for a newer one."""
    present_version = next((state.version for state in library.packs() if state.id == pack), "")
    match = re.match(r"(\d{1,6})\.(\d{1,6})", present_version)
    return f"{match[1]}.{int(match[2]) + 1}.0" if match else "1.0.0"


__all__ = ["PackMetadata", "id_of", "left_out", "pack_of", "save_pack", "suggest_metadata", "write_to_folder"]
