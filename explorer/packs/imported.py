"""What came of a table made into a pack, and kept: in the library and its folder at once, or in a file.

What was left out and what ought to be looked at is said in the pack itself.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from pathlib import Path

from msgspec import Struct

from explorer.evidence.model import Note, NoteKind, Pack, Source, SourceKind

from .importing import Taken, without_searches
from .library import Library
from .made_figures import figures
from .problems import PackError, Problem
from .stock import PackState

SOURCE = "table"
"""The id, within its pack, of the publication that a table is."""
MANY = 20_000
"""From how many figures a pack is kept in bulk."""
_MOST_NOTED = 20
_LONGEST_ID = 60


class About(Struct, frozen=True, kw_only=True):
    """What a person says of a table: who published it, and when."""

    title: str
    publisher: str
    kind: SourceKind = SourceKind.USER
    published: str = ""
    """As exactly as is known: "2025", "2025-07", "2025-07-24"."""
    address: str = ""
    licence: str = ""
    note: str = ""


def suggested(taken: Taken, path: Path) -> About:
    """What can be said of a table before anybody is asked."""
    known = taken.recipe.source
    return About(
        title=known.title or path.stem or taken.recipe.title,
        publisher=known.publisher or "not stated",
        kind=known.kind,
        address=known.address,
        licence=known.licence or "not stated",
        note=known.note,
    )


def id_of(title: str) -> str:
    """The id that a pack with this title has."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:_LONGEST_ID].strip("-")
    return plain or "imported-table"


def pack_of(taken: Taken, about: About, *, version: str = "1.0.0") -> Pack:
    """The pack that a table becomes. One with very many figures is without them: they are written in bulk."""
    pack = id_of(about.title)
    draft = taken.draft
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    source = Source(
        id=f"{pack}/{SOURCE}",
        title=about.title,
        publisher=about.publisher,
        kind=about.kind,
        published=about.published,
        address=about.address,
        note=f"{about.note} {_origin(taken)}".strip(),
    )
    return Pack(
        id=pack,
        title=about.title,
        version=version,
        publisher=about.publisher,
        licence=about.licence or "not stated",
        created=now.isoformat().replace("+00:00", "Z"),
        description=(
            f"Imported on {now.date().isoformat()} by the recipe “{taken.recipe.title}”. {_origin(taken)}"
        ),
        sources=(source,),
        measures=tuple(draft.measures[one] for one in sorted(draft.measures)),
        platforms=tuple(draft.platforms.values()),
        figures=() if is_many(taken) else tuple(figures(draft, taken.settled, pack, SOURCE)),
        notes=tuple(
            Note(
                id=f"{pack}/left-out-{number}",
                kind=NoteKind.SCOPE,
                text=text,
                source=f"{pack}/{SOURCE}",
                locator="",
                pack=pack,
            )
            for number, text in enumerate(left_out(taken), start=1)
        ),
    )


def is_many(taken: Taken) -> bool:
    """Whether there are too many figures to make each of them first."""
    return taken.settled.count > MANY


def left_out(taken: Taken) -> list[str]:
    """What of the table is not in the pack, and what ought to be looked at, a sentence each."""
    draft = taken.draft
    told = [f"{_rows(rows)} under “{name}” left out: it is no place." for name, rows in draft.passed.items()]
    told += [
        f"{_rows(one.rows)} under “{one.label}” left out: no place of that name is known."
        for one in draft.unplaced.values()
    ]
    told += [f"Left out: {problem.sentence()}" for problem in draft.problems.found()]
    told += [problem.sentence() for problem in draft.doubts.found()]
    if len(told) > _MOST_NOTED:
        more = len(told) - _MOST_NOTED
        told = [*told[:_MOST_NOTED], f"And {more:,} more of this kind; importing the table again lists them."]
    return told


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _origin(taken: Taken) -> str:
    return f"Original: {taken.draft.file}, {taken.size:,} bytes, SHA-256 {taken.sha256}."


def keep(library: Library, taken: Taken, about: About) -> str:
    """Keep a table as a pack of the person's own, whole or not at all; gives the pack's id.

    A pack of the same id is replaced. Raises PackError, ValueError or OSError, and then nothing has changed.
    """
    if not taken.settled.count:
        raise PackError([Problem(file=taken.draft.file, what="no row of it can be kept", mend="")])
    pack = pack_of(taken, about, version=_next_version(library, id_of(about.title)))
    if not is_many(taken):
        library.add(pack)
        return pack.id

    from .bulk_rows import lines, put
    from .write import write_into

    def fill(connection: sqlite3.Connection, state: PackState) -> None:
        put(connection, pack, state, library.places, taken)

    with without_searches(), library.staging(pack.id) as staged:
        write_into(pack, staged, lines(taken, pack))
        library.add_staged(pack, staged, fill)
    return pack.id


def write(taken: Taken, about: About, folder: Path) -> None:
    """Write a table as a pack into ``folder``. Raises ValueError, FileExistsError or OSError."""
    from .write import write_pack

    pack = pack_of(taken, about)
    if not is_many(taken):
        write_pack(pack, folder)
        return

    from .bulk_rows import lines

    write_pack(pack, folder, lines(taken, pack))


def _next_version(library: Library, pack: str) -> str:
    """1.0.0 for a new pack, one higher in the middle for a newer one."""
    held = next((state.version for state in library.packs() if state.id == pack), "")
    found = re.match(r"(\d{1,6})\.(\d{1,6})", held)
    return f"{found[1]}.{int(found[2]) + 1}.0" if found else "1.0.0"


__all__ = ["About", "id_of", "keep", "left_out", "pack_of", "suggested", "write"]
