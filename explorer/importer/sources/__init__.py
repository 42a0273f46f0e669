"""A table file of any kind as sheets of raw rows, or an error that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import RawSheet as RawSheet, TableError as TableError
    from .open import InputTable as InputTable, open_table as open_table
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        base="RawSheet TableError",
        open="InputTable open_table",
    )
