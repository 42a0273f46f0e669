"""The parts of a document as strips that pages are filled with: lines of text, and charts.

Tables are in ``grids``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from explorer.documents import ROLES, BlockRole, ChartPicture, NumberedCaption, TextBlock
from explorer.render.image import ChartFigure
from explorer.render.layout import document_font
from explorer.render.pdf import StructureElement
from explorer.support import PRINT, sanitise

from .paragraphs import FOOT, LONGEST, MARGIN, ROOM, ParagraphStyle, TaggedPainter, TextLine, break_lines

# Where the pages of a document break: over all of it at once, so that what belongs together stays so.
# No Qt.


TOGETHER = 100_000.0
"""What it costs to tear apart what must stay together: more than any number of pages left half empty."""
_PAGE, _EMPTY, _LAST = 8.0, 130.0, 0.15
"""What each page costs, what one that is left wholly empty does (with half of it empty, a quarter), and what
part of that the last page does, which may well be short."""


class StripSize(Struct, frozen=True):
    """What a strip needs of a page."""

    high: float
    before: float = 0.0
    """Room over it, which is left out at the head of a page."""
    away: float = 0.0
    """What it costs to begin a page with it; below 0, what is gained."""
    again: float = 0.0
    """What is painted over it where it begins a page: the header of a table that goes on."""


def find_page_breaks(sizes: Sequence[StripSize], room: float) -> list[int]:
    """The first strip of each page, where ``room`` is a page's height. One that is higher stands alone."""
    ends = [0.0, *accumulate(size.before + size.high for size in sizes)]
    costs, best = [0.0], [0]
    for end in range(1, len(sizes) + 1):
        least, first = float("inf"), end - 1
        for start in range(end - 1, -1, -1):
            bare = ends[end] - ends[start] - sizes[start].before
            filled_height = bare + (sizes[start].again if start else 0.0)
            alone = start == end - 1
            if bare > room and not alone:
                break
            if filled_height > room and not alone:
                continue  # a page that begins before the table has no header to paint again
            empty = _EMPTY * max(0.0, 1 - filled_height / room) ** 2 * (_LAST if end == len(sizes) else 1.0)
            total_cost = costs[start] + _PAGE + empty + (sizes[start].away if start else 0.0)
            if total_cost < least:
                least, first = total_cost, start
        costs.append(least)
        best.append(first)
    return _trace_starts(best)


def _trace_starts(best: Sequence[int]) -> list[int]:
    """The starts of the pages, back from the last one."""
    starts: list[int] = []
    at = len(best) - 1
    while at > 0:
        at = best[at]
        starts.append(at)
    return starts[::-1]


Paint = Callable[[TaggedPainter, float], None]
"""Paints a strip with its top at a y."""
_ORPHAN, _INNER, _ALONE = 60.0, 25.0, 45.0
"""What it costs to leave one line of a paragraph alone on a page, to break it elsewhere, and to begin a page
with the last item of a list."""
_BODY = 14
_LEVELS = {"H2": 1, "H3": 2}


class PageStrip(Struct, frozen=True):
    """What is not torn apart. ``again`` is painted over it where it begins a page."""

    size: StripSize
    paint: Paint
    again: Paint | None = None


class StripBuilder(Struct):
    """Sets parts one after the other; ``kept`` says that the next one stays with the one before it."""

    root: StructureElement
    keep_together: bool = False
    list_role: str = ""
    """The role of the items in the list that the tree ends with; empty where it ends with no list."""

    def break_cost(self, base_cost: float) -> float:
        """What it costs to begin a page with the next strip."""
        return TOGETHER if self.keep_together else base_cost


def block_strips(setter: StripBuilder, block: TextBlock, *, last: bool = False) -> list[PageStrip]:
    """A paragraph; nothing where it holds no text. ``last`` says that no more of its role follow it."""
    role = ROLES[block.role]
    style = ParagraphStyle(role.size, role.bold, role.is_muted, leading=1.12 if role.tag[0] == "H" else 1.22)
    wide = ROOM - role.indent
    if role.tag == "BlockQuote":
        pieces = [break_lines(text, style, wide) for text in block.text.split("\n\n")]
    else:
        pieces = [break_lines(block.text, style, wide, block.lead, block.cites)]
    pieces = [lines for lines in pieces if lines]
    if not pieces:
        return []
    block_part = _add_element(setter, block, role)
    strips: list[PageStrip] = []
    for at, lines in enumerate(pieces):
        part = block_part.add_child("P") if role.tag == "BlockQuote" else block_part
        away = setter.break_cost(max(role.away, _ALONE) if last and role.tag == "L" else role.away)
        first = StripSize(0, role.before, away) if at == 0 else StripSize(0, _BODY / 2, _INNER)
        strips += _line_strips(block, part, lines, first)
    setter.keep_together = role.keep
    return strips


def _add_element(setter: StripBuilder, block: TextBlock, role: BlockRole) -> StructureElement:
    """A new part of the document; an item goes into the list of its role that it follows."""
    if role.tag != "L":
        setter.list_role = ""
        return setter.root.add_child(role.tag)
    if setter.list_role != block.role:
        setter.root.add_child("L").list_numbering = "Decimal" if block.label else "Disc"
        setter.list_role = block.role
    list_part = setter.root.kids[-1]
    assert isinstance(list_part, StructureElement)
    return list_part.add_child("LI")


def _line_strips(
    block: TextBlock, block_part: StructureElement, lines: tuple[TextLine, ...], first: StripSize
) -> list[PageStrip]:
    role = ROLES[block.role]
    label = block_part.add_child("Lbl") if role.tag == "L" else None
    part = block_part.add_child("LBody") if role.tag == "L" else block_part
    strips: list[PageStrip] = []
    for at, line in enumerate(lines):
        inner = TOGETHER if role.keep else _ORPHAN if at in (1, len(lines) - 1) else _INNER
        size = StripSize(line.high, first.before if at == 0 else 0.0, first.away if at == 0 else inner)
        last = at == len(lines) - 1
        strips.append(PageStrip(size, _line_painter(block, line, part, label if at == 0 else None, at == 0, last)))
    return strips


def _line_painter(
    block: TextBlock,
    line: TextLine,
    part: StructureElement,
    label: StructureElement | None,
    first: bool,
    last: bool,
) -> Paint:
    role = ROLES[block.role]
    left_edge = MARGIN + role.indent

    def paint(sheet: TaggedPainter, y: float) -> None:
        if role.rule and first:
            sheet.draw_rule(MARGIN, y - 11, ROOM, PRINT.hairline)
        if block.role == "quote":
            sheet.tag(None).fillRect(QRectF(MARGIN, y, 2.5, line.high), QColor(PRINT.accent))
        if label is not None:
            sheet.tag(label).setFont(document_font(role.size))
            base = y + (line.text.ascent() if line.text is not None else 0.0)
            sheet.write_text(MARGIN + (0 if block.label else 4), base, block.label or "•", PRINT.text)
        if first and block.target:
            sheet.add_target(block.target, y - 4)
        if first and role.tag in _LEVELS:
            text = sanitise(block.text, LONGEST, breaks=False)
            sheet.headings.append((_LEVELS[role.tag], text, sheet.page, y - 14))
        line.paint(sheet, part, left_edge, y)
        if last and block.role == "title":
            sheet.draw_rule(MARGIN, y + line.high + 6, ROOM, PRINT.accent, 2.0)

    return paint


def caption_strips(part: StructureElement, caption: NumberedCaption, first: StripSize) -> list[PageStrip]:
    """The caption of a table or a chart, which stays together."""
    lines = break_lines(caption.text, ParagraphStyle(12), ROOM, f"{caption.label}.")

    def build_line_painter(line: TextLine) -> Paint:
        return lambda sheet, y: line.paint(sheet, part, MARGIN, y)

    sizes = [StripSize(line.high, 0.0, TOGETHER) for line in lines]
    sizes[0] = StripSize(lines[0].high, first.before, first.away)
    return [PageStrip(size, build_line_painter(line)) for size, line in zip(sizes, lines, strict=True)]


def picture_strips(setter: StripBuilder, picture: ChartPicture) -> list[PageStrip]:
    """A chart with its caption under it. One that is higher than a page is drawn smaller."""
    figure = ChartFigure(picture.chart)
    part = setter.root.add_child("Figure")
    part.alt = sanitise(picture.chart.alt_text or picture.chart.empty, breaks=False)
    share = min(1.0, 0.9 * (FOOT - MARGIN) / figure.height)
    high = figure.height * share

    def paint(sheet: TaggedPainter, y: float) -> None:
        part.box = (MARGIN, y, MARGIN + ROOM, y + high)
        painter: QPainter = sheet.tag(part)
        painter.save()
        painter.translate(MARGIN, y)
        painter.scale(share, share)
        figure.paint(painter)
        painter.restore()

    strips = [PageStrip(StripSize(high, 12.0, setter.break_cost(10.0)), paint)]
    setter.keep_together, setter.list_role = False, ""
    return [
        *strips,
        *caption_strips(setter.root.add_child("Caption"), picture.caption, StripSize(0, 8.0, TOGETHER)),
    ]
