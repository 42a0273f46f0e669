"""A document on pages: a tagged PDF of real text and vector charts, or the same on the pages of a printer.

The parts are set as strips first, then the pages are broken over all of them, then Qt paints page by page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QFontMetricsF, QPagedPaintDevice, QPageSize, QPainter, QPdfWriter

from .faces import face
from .grids import table_strips
from .marked import FOOT, HIGH, MARGIN, ROOM, WIDE, Marked
from .paging import breaks
from .parts import Block, Part, Rows, holds
from .picture import ensure_application
from .plain import plain
from .strips import Setter, Strip, block_strips, picture_strips
from .structure import Element
from .tagging import Tagging, tagged
from .theme import PRINT

_DPI, _FINE = 96, 1200
_FOOTER = 11


def booklet(parts: Sequence[Part], title: str, author: str, footer: str) -> Iterator[bytes | None]:
    """Set the parts and paint the pages, one a step, and at last give the file's content."""
    ensure_application()
    root = Element(tag="Document")
    strips: list[Strip] = []
    for several in _set(root, parts):
        strips += several
        yield None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_FINE)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(plain(title, 500, breaks=False))
    writer.setCreator("Online Harms Explorer")
    sheet = _begun(writer, _FINE / _DPI)
    try:
        for _page in _painted(sheet, strips, footer):
            yield None
    finally:
        sheet.painter.end()
    told = Tagging(
        root=root,
        marks=sheet.marks,
        headings=sheet.headings,
        links=sheet.links,
        targets=sheet.targets,
        title=title,
        author=author,
    )
    yield tagged(bytes(buffer.data().data()), told)


def print_booklet(parts: Sequence[Part], footer: str, device: QPagedPaintDevice) -> None:
    """Paint the parts on a printer's pages, scaled to them where they are not A4."""
    strips = [strip for several in _set(Element(tag="Document"), parts) for strip in several]
    sheet = _begun(device, min(device.width() / WIDE, device.height() / HIGH))
    try:
        for _page in _painted(sheet, strips, footer):
            pass
    finally:
        sheet.painter.end()


def _set(root: Element, parts: Sequence[Part]) -> Iterator[list[Strip]]:
    setter = Setter(root=root)
    told = [part for part in parts if holds(part)]
    for part, after in zip(told, [*told[1:], None], strict=True):
        if isinstance(part, Block):
            last = not isinstance(after, Block) or after.role != part.role
            yield block_strips(setter, part, last=last)
            # What leads up to a table or a chart stays with it.
            setter.kept |= part.role == "text" and after is not None and not isinstance(after, Block)
        elif isinstance(part, Rows):
            yield table_strips(setter, part)
        else:
            yield picture_strips(setter, part)


def _begun(device: QPagedPaintDevice, scale: float) -> Marked:
    painter = QPainter(device)
    painter.scale(scale, scale)
    return Marked(painter, device)


def _painted(sheet: Marked, strips: Sequence[Strip], footer: str) -> Iterator[None]:
    """Paint every page."""
    starts = breaks([strip.size for strip in strips], FOOT - MARGIN) or [0]
    for page, (start, end) in enumerate(zip(starts, [*starts[1:], len(strips)], strict=True)):
        if page:
            sheet.turn()
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
        _foot(sheet, footer, len(starts))
        yield None


def _foot(sheet: Marked, footer: str, pages: int) -> None:
    """The document's title and the number of the page under a hairline."""
    sheet.rule(MARGIN, HIGH - 56, ROOM, PRINT.hairline)
    told = f"Page {sheet.page + 1} of {pages}"
    font = face(_FOOTER)
    wide = QFontMetricsF(font).horizontalAdvance(told)
    sheet.within(None).setFont(font)
    sheet.write(MARGIN, HIGH - 38, plain(footer, 90, breaks=False), PRINT.muted)
    sheet.write(MARGIN + ROOM - wide, HIGH - 38, told, PRINT.muted)
    sheet.close()
