"""A briefing as a tagged PDF, or on the pages of a printer, which ``draw`` paints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from explorer.briefing import Briefing
from explorer.documents import compose_document, safe_text

if TYPE_CHECKING:
    from explorer.render.document import PrintDevice


def iter_pdf(briefing: Briefing) -> Iterator[bytes | None]:
    """Make the report step by step: None after each part, and at last the file's content."""
    from explorer.render.document import render_pdf

    yield from render_pdf(
        tuple(compose_document(briefing)), briefing.name, briefing.author, safe_text(briefing.name, 90)
    )


def print_report(briefing: Briefing, device: PrintDevice) -> None:
    """Paint the same parts on the pages of a printer."""
    from explorer.render.document import print_booklet

    print_booklet(tuple(compose_document(briefing)), safe_text(briefing.name, 90), device)
