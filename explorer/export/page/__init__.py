"""A page as JSON, text, HTML, CSV and XLSX, and the registry of these formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import json_contract as json_contract, plain_text as plain_text, tables as tables
    from .formats import FORMATS as FORMATS, PageFormat as PageFormat, write_page as write_page
    from .plain_text import table_marked_up as table_marked_up, table_tabbed as table_tabbed
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        formats="FORMATS PageFormat write_page",
        plain_text="table_marked_up table_tabbed",
    )
