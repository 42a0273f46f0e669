"""A briefing as a tagged PDF, or on the pages of a printer, which ``draw`` paints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.briefing.model import Briefing
from explorer.documents.boilerplate import safe_text
from explorer.documents.compose import compose_document

if TYPE_CHECKING:
    from explorer.render.document.pdf import QPagedPaintDevice


def iter_pdf(briefing: Briefing) -> Iterator[bytes | None]:
    """Make the report step by step: None after each part, and at last the file's content."""
    from explorer.render.document.pdf import render_pdf

    yield from render_pdf(
        tuple(compose_document(briefing)), briefing.name, briefing.author, safe_text(briefing.name, 90)
    )


def print_report(briefing: Briefing, device: QPagedPaintDevice) -> None:
    """Paint the same parts on the pages of a printer."""
    from explorer.render.document.pdf import print_booklet

    print_booklet(tuple(compose_document(briefing)), safe_text(briefing.name, 90), device)
