"""Text broken into lines of a width, with a bold beginning and the numbers of sources at its end."""

from __future__ import annotations

from msgspec import Struct, field
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from explorer.documents import format_citations
from explorer.render.layout import document_font
from explorer.render.pdf import FAR, Link, StructureElement
from explorer.support import PRINT, sanitise

# The pages of a document while they are painted: each piece of content between marks that say what it
# is.


WIDE, HIGH, MARGIN = 794.0, 1123.0, 76.0
ROOM = WIDE - 2 * MARGIN
FOOT = HIGH - MARGIN
HAIR = 0.6


class TaggedPainter(Struct):
    """A painter over pages, and what has been painted on them."""

    painter: QPainter
    device: QPagedPaintDevice
    page: int = 0
    marks: list[list[StructureElement | None]] = field(default_factory=lambda: [[]])
    """For each page the part that each mark opens, in order; None for what is no part, such as a rule."""
    headings: list[tuple[int, str, int, float]] = field(default_factory=list[tuple[int, str, int, float]])
    links: list[Link] = field(default_factory=list[Link])
    targets: dict[int, tuple[int, float]] = field(default_factory=dict[int, tuple[int, float]])
    _open: bool = False

    def tag(self, part: StructureElement | None) -> QPainter:
        """The painter, for what belongs to ``part``; None for what is no part of the document."""
        page_marks = self.marks[-1]
        if self._open and page_marks[-1] is part:
            return self.painter
        self.close()
        if part is not None:
            part.kids.append((self.page, len(page_marks)))
        page_marks.append(part)
        self._paint_mark(len(page_marks))
        self._open = True
        return self.painter

    def close(self) -> None:
        """End the piece that is open."""
        if self._open:
            self._paint_mark(0)
            self._open = False

    def new_page(self) -> None:
        """Begin a new page."""
        self.close()
        self.device.newPage()
        self.page += 1
        self.marks.append([])

    def draw_rule(self, left_edge: float, y: float, wide: float, colour: str, thick: float = HAIR) -> None:
        """A lying line."""
        self.tag(None).fillRect(QRectF(left_edge, y, wide, thick), QColor(colour))

    def add_link(self, part: StructureElement, box: tuple[float, float, float, float], number: int) -> None:
        """Note that ``box`` on this page leads to the source of that number."""
        description = f"Source {number}"
        self.links.append(Link(part=part, page=self.page, box=box, to=number, description=description))

    def add_target(self, number: int, y: float) -> None:
        """Note that the source of that number stands here."""
        self.targets.setdefault(number, (self.page, y))

    def write_text(self, x: float, base: float, text: str, colour: str) -> None:
        """Text on a line, in the font and within the part that are set."""
        self.painter.setPen(QColor(colour))
        self.painter.drawText(QPointF(x, base), text)

    def _paint_mark(self, number: int) -> None:
        self.painter.fillRect(QRectF(FAR, -number, 1, 1), QColor(PRINT.page))


LONGEST = 20_000
"""The most characters of a paragraph that are set."""


class ParagraphStyle(Struct, frozen=True):
    """How text is set: its size in pixels, its weight and colour, and how far its lines stand apart."""

    size: int
    bold: bool = False
    is_muted: bool = False
    leading: float = 1.22
    right: bool = False

    @property
    def text_colour(self) -> str:
        """Its colour."""
        return PRINT.muted_text if self.is_muted else PRINT.text

    @property
    def font(self) -> QFont:
        """Its font."""
        return document_font(self.size, bold=self.bold)


class TextLine(Struct):
    """A line of text: its height, and what stands on it. A line may hold numbers of sources only."""

    style: ParagraphStyle
    layout: QTextLayout
    """What ``text`` belongs to, and is gone without."""
    text: QTextLine | None
    high: float
    cites: list[tuple[float, str, int]]
    """Of each number of a source after the text: its x, how it is written and where it leads."""

    def paint(self, sheet: TaggedPainter, part: StructureElement | None, left_edge: float, y: float) -> None:
        """Paint it with its top at ``y``; a number of a source is a link of its own within ``part``."""
        metrics = QFontMetricsF(self.style.font)
        if self.text is not None:
            painter = sheet.tag(part)
            painter.setPen(QColor(self.style.text_colour))
            self.text.draw(painter, QPointF(left_edge, y - self.text.y()))
        for x, label, number in self.cites:
            link = part.add_child("Link") if part is not None else None
            sheet.tag(link).setFont(self.style.font)
            sheet.write_text(left_edge + x, y + metrics.ascent(), label, PRINT.accent)
            if link is not None:
                wide = metrics.horizontalAdvance(label)
                sheet.add_link(link, (left_edge + x, y, left_edge + x + wide, y + metrics.height()), number)


def break_lines(
    text: str, style: ParagraphStyle, width: float, lead: str = "", cites: tuple[int, ...] = ()
) -> tuple[TextLine, ...]:
    """The text in lines no wider than ``width``; a word that is wider is broken. Nothing for no text."""
    lead, text = sanitise(lead, LONGEST), sanitise(text, LONGEST)
    whole = f"{lead} {text}" if lead and text else lead or text
    if not whole.strip():
        return ()
    layout = QTextLayout(whole.replace("\n", "\u2028"), style.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if lead:
        layout.setFormats([_bold_range(len(lead.encode("utf-16-le")) // 2, style)])
    lines = _break_layout(layout, style, width)
    _append_citations(lines, style, width, cites)
    return tuple(lines)


def _bold_range(length: int, style: ParagraphStyle) -> QTextLayout.FormatRange:
    format_range = QTextLayout.FormatRange()
    format_range.start, format_range.length = 0, length
    form = QTextCharFormat()
    form.setFont(document_font(style.size, bold=True))
    format_range.format = form
    return format_range


def _break_layout(layout: QTextLayout, style: ParagraphStyle, width: float) -> list[TextLine]:
    lines: list[TextLine] = []
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(width - line.naturalTextWidth() if style.right else 0.0, y))
        high = line.height() * style.leading
        lines.append(TextLine(style=style, layout=layout, text=line, high=high, cites=[]))
        y += high
    layout.endLayout()
    return lines


def _append_citations(lines: list[TextLine], style: ParagraphStyle, width: float, cites: tuple[int, ...]) -> None:
    """Put the numbers of sources after the last line's text, and on new lines where it is full."""
    metrics = QFontMetricsF(style.font)
    space = metrics.horizontalAdvance(" ")
    last = lines[-1]
    x = last.text.naturalTextWidth() + space if last.text is not None else 0.0
    for label, number in format_citations(cites):
        wide = metrics.horizontalAdvance(label)
        if x + wide > width and x > 0:
            last = TextLine(style=style, layout=last.layout, text=None, high=last.high, cites=[])
            lines.append(last)
            x = 0.0
        last.cites.append((x, label, number))
        x += wide + space


def total_height(lines: tuple[TextLine, ...]) -> float:
    """How high the lines are together."""
    return sum(line.high for line in lines)
