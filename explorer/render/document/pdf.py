"""A document on pages: a tagged PDF of real text and vector charts, or the same on the pages of a printer.

The parts are set as strips first, then the pages are broken over all of them, then Qt paints page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFontMetricsF, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter

from explorer.documents import DocumentTable, Part, TextBlock, has_content
from explorer.render.image import ensure_application
from explorer.render.layout import document_font
from explorer.render.pdf import PdfTagging, StructureElement, tag_pdf
from explorer.support import PRINT, sanitise

from .blocks import PageStrip, StripBuilder, block_strips, find_page_breaks, picture_strips
from .paragraphs import FOOT, HIGH, MARGIN, ROOM, WIDE, TaggedPainter
from .tables import table_strips

_DPI, _FINE = 96, 1200
PrintDevice = QPagedPaintDevice
"""Whatever pages can be painted on: a PDF, a printer, the preview of one."""
_FOOTER = 11


def render_pdf(parts: Sequence[Part], title: str, author: str, footer: str) -> Iterator[bytes | None]:
    """Set the parts and paint the pages, one a step, and at last give the file's content."""
    ensure_application()
    root = StructureElement(tag="Document")
    strips: list[PageStrip] = []
    for several in _build_strips(root, parts):
        strips += several
        yield None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_FINE)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(sanitise(title, 500, breaks=False))
    writer.setCreator("Online Harms Explorer")
    sheet = _begin_pages(writer, _FINE / _DPI)
    try:
        for _page in _paint_pages(sheet, strips, footer):
            yield None
    finally:
        sheet.painter.end()
    tagging = PdfTagging(
        root=root,
        marks=sheet.marks,
        headings=sheet.headings,
        links=sheet.links,
        targets=sheet.targets,
        title=title,
        author=author,
    )
    yield tag_pdf(bytes(buffer.data().data()), tagging)


def print_booklet(parts: Sequence[Part], footer: str, device: QPagedPaintDevice) -> None:
    """Paint the parts on a printer's pages, scaled to them where they are not A4."""
    strips = [strip for several in _build_strips(StructureElement(tag="Document"), parts) for strip in several]
    sheet = _begin_pages(device, min(device.width() / WIDE, device.height() / HIGH))
    try:
        for _page in _paint_pages(sheet, strips, footer):
            pass
    finally:
        sheet.painter.end()


def _build_strips(root: StructureElement, parts: Sequence[Part]) -> Iterator[list[PageStrip]]:
    setter = StripBuilder(root=root)
    present_parts = [part for part in parts if has_content(part)]
    for part, after in zip(present_parts, [*present_parts[1:], None], strict=True):
        if isinstance(part, TextBlock):
            last = not isinstance(after, TextBlock) or after.role != part.role
            yield block_strips(setter, part, last=last)
            # What leads up to a table or a chart stays with it.
            setter.keep_together |= part.role == "text" and after is not None and not isinstance(after, TextBlock)
        elif isinstance(part, DocumentTable):
            yield table_strips(setter, part)
        else:
            yield picture_strips(setter, part)


def _begin_pages(device: QPagedPaintDevice, scale: float) -> TaggedPainter:
    painter = QPainter(device)
    painter.scale(scale, scale)
    return TaggedPainter(painter, device)


def _paint_pages(sheet: TaggedPainter, strips: Sequence[PageStrip], footer: str) -> Iterator[None]:
    """Paint every page."""
    starts = find_page_breaks([strip.size for strip in strips], FOOT - MARGIN) or [0]
    for page, (start, end) in enumerate(zip(starts, [*starts[1:], len(strips)], strict=True)):
        if page:
            sheet.new_page()
        y = MARGIN
        for at in range(start, end):
            strip = strips[at]
            if at > start:
                y += strip.size.before
            elif page and strip.again is not None:
                strip.again(sheet, y)
                y += strip.size.again
            strip.paint(sheet, y)
            y += strip.size.high
        _paint_footer(sheet, footer, len(starts))
        yield None


def _paint_footer(sheet: TaggedPainter, footer: str, pages: int) -> None:
    """The document's title and the number of the page under a hairline."""
    sheet.draw_rule(MARGIN, HIGH - 56, ROOM, PRINT.hairline)
    page_text = f"Page {sheet.page + 1} of {pages}"
    font = document_font(_FOOTER)
    wide = QFontMetricsF(font).horizontalAdvance(page_text)
    sheet.tag(None).setFont(font)
    sheet.write_text(MARGIN, HIGH - 38, sanitise(footer, 90, breaks=False), PRINT.muted_text)
    sheet.write_text(MARGIN + ROOM - wide, HIGH - 38, page_text, PRINT.muted_text)
    sheet.close()
