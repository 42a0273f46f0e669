"""A briefing as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .writer import iter_docx as iter_docx
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        writer="iter_docx",
    )
