"""A document as a tagged PDF: real text, vector charts, and a tree that says what each part is.

Qt paints the pages. Before and after each part a rectangle far off the page is painted, and ``tagging`` turns
these into the marks of a tagged PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPagedPaintDevice,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextLayout,
    QTextOption,
)

from explorer.pages.chart import Chart

from .composition import body_for, compose, paint_composition
from .lettering import Type
from .parts import ROLES, Block, Part, Rows
from .picture import ensure_application
from .plain import plain
from .tagging import FAR, Element, tagged
from .theme import PRINT

_DPI, _FINE = 96, 1200
_WIDE, _HIGH, _MARGIN = 794.0, 1123.0, 76.0
_ROOM = _WIDE - 2 * _MARGIN
_FOOT = _HIGH - _MARGIN
_LONGEST = 20_000
_CELL = 5.0
_RULE = 0.6


class _Sheet(Struct):
    """The pages while they are painted."""

    painter: QPainter
    writer: QPagedPaintDevice
    family: str
    footer: str
    root: Element
    y: float = _MARGIN
    page: int = 0
    marks: list[list[Element | None]] = field(default_factory=lambda: [[]])
    """For each page the part that each mark opens, in order; None for what is no part, such as a rule."""
    headings: list[tuple[int, str, int]] = field(default_factory=list[tuple[int, str, int]])
    """Level, text and page of each heading."""

    def opened(self, part: Element | None) -> None:
        self.marks[-1].append(part)
        self._mark(len(self.marks[-1]))

    def closed(self) -> None:
        self._mark(0)

    def _mark(self, number: int) -> None:
        self.painter.fillRect(QRectF(FAR, -number, 1, 1), QColor(PRINT.page))

    def turn(self) -> None:
        self.foot()
        self.writer.newPage()
        self.page += 1
        self.marks.append([])
        self.y = _MARGIN

    def foot(self) -> None:
        self.opened(None)
        self.painter.setFont(self.font(10.5))
        self.painter.setPen(QColor(PRINT.muted))
        self.painter.drawText(QPointF(_MARGIN, _HIGH - 40), self.footer)
        told = str(self.page + 1)
        wide = QFontMetricsF(self.font(10.5)).horizontalAdvance(told)
        self.painter.drawText(QPointF(_WIDE - _MARGIN - wide, _HIGH - 40), told)
        self.closed()

    def font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self.family)
        font.setPixelSize(round(size))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def need(self, height: float) -> None:
        if self.y + height > _FOOT and self.y > _MARGIN:
            self.turn()


def booklet(parts: Sequence[Part], title: str, author: str, footer: str) -> Iterator[bytes | None]:
    """Paint the parts, one a step, and at last give the file's content."""
    ensure_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_FINE)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(plain(title, 500, breaks=False))
    writer.setCreator("Online Harms Explorer")
    sheet = _begun(writer, _FINE / _DPI, footer)
    try:
        for part in parts:
            _put(sheet, part)
            yield None
        sheet.foot()
    finally:
        sheet.painter.end()
    yield tagged(bytes(buffer.data().data()), sheet.root, sheet.marks, sheet.headings, (title, author))


def print_booklet(parts: Sequence[Part], footer: str, device: QPagedPaintDevice) -> None:
    """Paint the parts on a printer's pages, scaled to them where they are not A4."""
    sheet = _begun(device, min(device.width() / _WIDE, device.height() / _HIGH), footer)
    try:
        for part in parts:
            _put(sheet, part)
        sheet.foot()
    finally:
        sheet.painter.end()


def _begun(device: QPagedPaintDevice, scale: float, footer: str) -> _Sheet:
    painter = QPainter(device)
    painter.scale(scale, scale)
    family = QGuiApplication.font().family()
    return _Sheet(painter, device, family, plain(footer, 90, breaks=False), Element(tag="Document"))


def _put(sheet: _Sheet, part: Part) -> None:
    if isinstance(part, Block):
        _paragraph(sheet, part)
    elif isinstance(part, Rows):
        _table(sheet, part)
    else:
        _chart(sheet, part.chart)


def _laid(text: str, font: QFont, width: float, *, right: bool = False) -> QTextLayout:
    """The text broken into lines of that width; one that holds no space is broken where it must be."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(width - line.naturalTextWidth() if right else 0.0, y))
        y += line.height() * 1.15
    layout.endLayout()
    return layout


def _paragraph(sheet: _Sheet, block: Block) -> None:
    role, text = ROLES[block.role], plain(block.text, _LONGEST)
    if not text.strip():
        return
    layout = _laid(text, sheet.font(role.size, bold=role.bold), _ROOM - role.indent)
    sheet.y += role.before if sheet.y > _MARGIN else 0.0
    sheet.need(layout.lineAt(0).height() + role.keep)
    part = _element(sheet, role.tag, text)
    if role.tag in {"H1", "H2"}:
        sheet.headings.append((int(role.tag[1]), text, sheet.page))
    _lines(sheet, layout, part, QColor(PRINT.muted if role.muted else PRINT.text), _MARGIN + role.indent)
    sheet.y += role.after


def _element(sheet: _Sheet, tag: str, _text: str) -> Element:
    """A new part of the document; an item of a list goes into the list that it follows."""
    if tag != "LI":
        return sheet.root.add(tag)
    last = sheet.root.kids[-1] if sheet.root.kids else None
    held = last if last is not None and last.tag == "L" else sheet.root.add("L")
    return held.add("LI").add("LBody")


def _lines(sheet: _Sheet, layout: QTextLayout, part: Element, ink: QColor, left: float) -> None:
    """Paint the lines, over as many pages as they take."""
    sheet.opened(part)
    if part.tag == "LBody":
        sheet.painter.setFont(sheet.font(13))
        sheet.painter.setPen(ink)
        sheet.painter.drawText(QPointF(left - 14, sheet.y + layout.lineAt(0).ascent()), "•")
    for at in range(layout.lineCount()):
        line = layout.lineAt(at)
        high = line.height() * 1.15
        if sheet.y + high > _FOOT:
            sheet.closed()
            sheet.turn()
            sheet.opened(part)
        sheet.painter.setPen(ink)
        line.draw(sheet.painter, QPointF(left, sheet.y - line.y()))
        sheet.y += high
    sheet.closed()


def _chart(sheet: _Sheet, chart: Chart) -> None:
    size = (round(_ROOM), 380)
    family = sheet.font(13)
    kind = Type(family, body_for(*size))
    made = compose(chart, kind, *size, 0.0)
    sheet.need(made.height)
    part = sheet.root.add("Figure")
    part.alt = plain(chart.alt_text or chart.empty, breaks=False)
    part.box = (_MARGIN, sheet.y, _MARGIN + made.width, sheet.y + made.height)
    sheet.opened(part)
    sheet.painter.save()
    sheet.painter.translate(_MARGIN, sheet.y)
    share = min(1.0, (_FOOT - _MARGIN) / made.height)
    sheet.painter.scale(share, share)
    paint_composition(sheet.painter, made, PRINT, kind)
    sheet.painter.restore()
    sheet.closed()
    sheet.y += made.height * share + 6


def _table(sheet: _Sheet, table: Rows) -> None:
    widths = _widths(sheet, table)
    held = sheet.root.add("Table")
    _row(sheet, table, (table.columns, widths), held, head=True)
    for cells in table.rows:
        _row(sheet, table, (cells, widths), held, head=False)
    sheet.y += 10


def _widths(sheet: _Sheet, table: Rows) -> list[float]:
    """The columns' widths: room for the longest word of each, and the rest by how much they hold."""
    measure = QFontMetricsF(sheet.font(11.5, bold=True))
    columns = list(zip(table.columns, *table.rows, strict=True))
    words = [[plain(word, 60) for text in column for word in text.split()] for column in columns]
    least = [max((measure.horizontalAdvance(word) for word in several), default=0.0) for several in words]
    least = [min(wide + 2 * _CELL + 2, _ROOM / 2) for wide in least]
    if sum(least) >= _ROOM:
        return [_ROOM * wide / sum(least) for wide in least]
    wants = [min(max(map(len, column)), 80) for column in columns]
    spare = _ROOM - sum(least)
    return [wide + spare * want / max(sum(wants), 1) for wide, want in zip(least, wants, strict=True)]


def _row(
    sheet: _Sheet, table: Rows, content: tuple[Sequence[str], Sequence[float]], held: Element, *, head: bool
) -> None:
    """A row of cells, kept together; on a new page the header is painted again, as no part of the tree."""
    cells, widths = content
    font = sheet.font(11.5, bold=head)
    laid = [
        _laid(plain(text, 1200), font, wide - 2 * _CELL, right=at in table.numeric)
        for at, (text, wide) in enumerate(zip(cells, widths, strict=True))
    ]
    high = max(sum(one.lineAt(i).height() * 1.15 for i in range(one.lineCount())) for one in laid) + 2 * _CELL
    page = sheet.page
    sheet.need(high)
    if sheet.page != page and not head:
        _row(sheet, table, (table.columns, widths), Element(tag="Artifact"), head=True)
    row = held.add("TR")
    left = _MARGIN
    for layout, wide in zip(laid, widths, strict=True):
        cell = row.add("TH" if head else "TD")
        sheet.opened(cell if held.tag == "Table" else None)
        sheet.painter.setPen(QColor(PRINT.text))
        layout.draw(sheet.painter, QPointF(left + _CELL, sheet.y + _CELL))
        sheet.closed()
        left += wide
    sheet.opened(None)
    ink = QColor(PRINT.muted if head else PRINT.hairline)
    sheet.painter.fillRect(QRectF(_MARGIN, sheet.y + high, _ROOM, _RULE), ink)
    sheet.closed()
    sheet.y += high + _RULE
