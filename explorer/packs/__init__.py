"""The format of a pack: its tables, how it is read, checked, written and sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import codec as codec
    from .cells import RowCells as RowCells, TableContext as TableContext
    from .codec import BUILDERS as BUILDERS
    from .csv_rows import INVISIBLE_CHARACTERS as INVISIBLE_CHARACTERS, CsvRow as CsvRow
    from .files import (
        DESCRIPTOR as DESCRIPTOR,
        PackFileError as PackFileError,
        PackFiles as PackFiles,
        open_files as open_files,
    )
    from .manifest import (
        ID_PATTERN as ID_PATTERN,
        SUM_PREFIX as SUM_PREFIX,
        PackManifest as PackManifest,
        read_manifest as read_manifest,
    )
    from .problems import (
        PackError as PackError,
        Problem as Problem,
        ProblemCollector as ProblemCollector,
        to_csv as to_csv,
    )
    from .reader import (
        check_pack as check_pack,
        inspect_pack as inspect_pack,
        read_pack_contents as read_pack_contents,
        read_places as read_places,
    )
    from .schema import FIGURES as FIGURES, PACK_TABLES as PACK_TABLES, TABLES as TABLES
    from .seal import seal_pack as seal_pack
    from .writer import write_into as write_into, write_pack as write_pack
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        cells="RowCells TableContext",
        codec="BUILDERS",
        csv_rows="CsvRow INVISIBLE_CHARACTERS",
        files="DESCRIPTOR PackFileError PackFiles open_files",
        manifest="ID_PATTERN PackManifest SUM_PREFIX read_manifest",
        problems="PackError Problem ProblemCollector to_csv",
        reader="check_pack inspect_pack read_pack_contents read_places",
        schema="FIGURES PACK_TABLES TABLES",
        seal="seal_pack",
        writer="write_into write_pack",
    )
