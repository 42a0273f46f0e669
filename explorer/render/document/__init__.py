"""Blocks of a document on paper: lines, tables, figures, pages, as a tagged PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pdf import PrintDevice as PrintDevice, print_booklet as print_booklet, render_pdf as render_pdf
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        pdf="PrintDevice print_booklet render_pdf",
    )
