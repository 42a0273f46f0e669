"""All packs together in one database: opened, filled, searched, changed and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import pack_tables as pack_tables, pack_transfer as pack_transfer, series_table as series_table
    from .library import Library as Library, open_library as open_library
    from .pack_tables import PackState as PackState
    from .pack_transfer import StagedPack as StagedPack, VersionComparison as VersionComparison
    from .series_table import id_segment as id_segment
    from .user_folder import MoveKind as MoveKind, PackTransaction as PackTransaction
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        library="Library open_library",
        pack_tables="PackState",
        pack_transfer="StagedPack VersionComparison",
        series_table="id_segment",
        user_folder="MoveKind PackTransaction",
    )
