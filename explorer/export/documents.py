"""What a briefing can be written as, step by step: whoever asks can show how far it is, and stop.

Nothing is at its place before all of it is made: a stop or a failure leaves what was there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.support import write_atomically

if TYPE_CHECKING:
    from explorer.briefing import Briefing

Steps = Iterator[bytes | None]
"""None after each step, and at last the content."""


class DocumentFormat(Struct, frozen=True, kw_only=True):
    """A kind of file that a briefing can be written as."""

    id: str
    name: str
    description: str
    make: Callable[[Briefing], Steps]
    each: int = 1
    """About how many steps an item takes."""

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""
        return f".{self.id}"


def _make_pptx(briefing: Briefing) -> Steps:
    from explorer.export.pptx import iter_pptx

    yield from iter_pptx(briefing)


def _make_docx(briefing: Briefing) -> Steps:
    from explorer.documents import declutter
    from explorer.export.docx import iter_docx
    from explorer.render.image import figure_png

    pictures: dict[str, bytes] = {}
    for item in briefing.items:
        if item.exhibit is not None and item.exhibit.chart is not None and not item.exhibit.chart.empty:
            pictures[item.id] = figure_png(declutter(item.exhibit.chart)[0])
        yield None
    yield from iter_docx(briefing, pictures)


def _make_pdf(briefing: Briefing) -> Steps:
    from .pdf_writer import iter_pdf

    yield from iter_pdf(briefing)


def _make_xlsx(briefing: Briefing) -> Steps:
    from explorer.export.xlsx import build_workbook

    yield build_workbook(briefing)


DOCUMENTS = {
    one.id: one
    for one in (
        DocumentFormat(
            id="pptx",
            name="Slides (PowerPoint)",
            description=(
                "Slides, 16:9, with charts to edit in PowerPoint, notes for the speaker, sources and help lines."
            ),
            make=_make_pptx,
        ),
        DocumentFormat(
            id="docx",
            name="Document (Word)",
            description="Headings, charts with captions, tables of every number and numbered sources, to edit in Word.",
            make=_make_docx,
            each=2,
        ),
        DocumentFormat(
            id="pdf",
            name="Document (PDF)",
            description="Tagged for screen readers, with charts that stay sharp at any size. Not for editing.",
            make=_make_pdf,
            each=6,
        ),
        DocumentFormat(
            id="xlsx",
            name="Workbook of the numbers (Excel)",
            description="Every number behind the briefing, a table a sheet, with a cover and notes.",
            make=_make_xlsx,
        ),
    )
}


def document_of(path: Path) -> DocumentFormat:
    """The kind that a file name's ending asks for. Raises ValueError with a sentence for an unknown one."""
    extension = path.suffix.removeprefix(".").lower()
    if extension not in DOCUMENTS:
        known_extensions = ", ".join(f".{name}" for name in DOCUMENTS)
        raise ValueError(f"“{path}” has no ending that says what to write it as: use one of {known_extensions}.")
    return DOCUMENTS[extension]


def estimate_steps(briefing: Briefing, document: DocumentFormat) -> int:
    """About how many steps a document takes."""
    return (len(briefing.items) + 1) * document.each


def write_briefing(briefing: Briefing, path: Path) -> Iterator[None]:
    """Write the briefing to ``path``, step by step; it is in place when the last step is done.

    Raises ValueError with a sentence for an unknown ending or a bad template, OSError as the disk does.
    """
    for content in document_of(path).make(briefing):
        if content is not None:
            write_atomically(path, content)
            return  # with no step after it, so that nobody is told of a stop once the file is in place
        yield None
