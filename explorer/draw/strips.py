"""The parts of a document as strips that pages are filled with: lines of text, and charts.

Tables are in ``grids``.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from .faces import face
from .figures import Figure
from .marked import FOOT, MARGIN, ROOM, Marked
from .paging import TOGETHER, Size
from .parts import ROLES, Block, Caption, Picture, Role
from .plain import plain
from .structure import Element
from .theme import PRINT
from .typed import LONGEST, Line, Style, typed

Paint = Callable[[Marked, float], None]
"""Paints a strip with its top at a y."""
_ORPHAN, _INNER, _ALONE = 60.0, 25.0, 45.0
"""What it costs to leave one line of a paragraph alone on a page, to break it elsewhere, and to begin a page
with the last item of a list."""
_BODY = 14
_LEVELS = {"H2": 1, "H3": 2}


class Strip(Struct, frozen=True):
    """What is not torn apart. ``again`` is painted over it where it begins a page."""

    size: Size
    paint: Paint
    again: Paint | None = None


class Setter(Struct):
    """Sets parts one after the other; ``kept`` says that the next one stays with the one before it."""

    root: Element
    kept: bool = False
    list_role: str = ""
    """The role of the items in the list that the tree ends with; empty where it ends with no list."""

    def away(self, cost: float) -> float:
        """What it costs to begin a page with the next strip."""
        return TOGETHER if self.kept else cost


def block_strips(setter: Setter, block: Block, *, last: bool = False) -> list[Strip]:
    """A paragraph; nothing where it holds no text. ``last`` says that no more of its role follow it."""
    role = ROLES[block.role]
    style = Style(role.size, role.bold, role.muted, leading=1.12 if role.tag[0] == "H" else 1.22)
    wide = ROOM - role.indent
    if role.tag == "BlockQuote":
        pieces = [typed(text, style, wide) for text in block.text.split("\n\n")]
    else:
        pieces = [typed(block.text, style, wide, block.lead, block.cites)]
    pieces = [lines for lines in pieces if lines]
    if not pieces:
        return []
    held = _element(setter, block, role)
    made: list[Strip] = []
    for at, lines in enumerate(pieces):
        part = held.add("P") if role.tag == "BlockQuote" else held
        away = setter.away(max(role.away, _ALONE) if last and role.tag == "L" else role.away)
        first = Size(0, role.before, away) if at == 0 else Size(0, _BODY / 2, _INNER)
        made += _lines(block, part, lines, first)
    setter.kept = role.keep
    return made


def _element(setter: Setter, block: Block, role: Role) -> Element:
    """A new part of the document; an item goes into the list of its role that it follows."""
    if role.tag != "L":
        setter.list_role = ""
        return setter.root.add(role.tag)
    if setter.list_role != block.role:
        setter.root.add("L").listed = "Decimal" if block.label else "Disc"
        setter.list_role = block.role
    held = setter.root.kids[-1]
    assert isinstance(held, Element)
    return held.add("LI")


def _lines(block: Block, held: Element, lines: tuple[Line, ...], first: Size) -> list[Strip]:
    role = ROLES[block.role]
    label = held.add("Lbl") if role.tag == "L" else None
    part = held.add("LBody") if role.tag == "L" else held
    made: list[Strip] = []
    for at, line in enumerate(lines):
        inner = TOGETHER if role.keep else _ORPHAN if at in (1, len(lines) - 1) else _INNER
        size = Size(line.high, first.before if at == 0 else 0.0, first.away if at == 0 else inner)
        last = at == len(lines) - 1
        made.append(Strip(size, _line(block, line, part, label if at == 0 else None, at == 0, last)))
    return made


def _line(block: Block, line: Line, part: Element, label: Element | None, first: bool, last: bool) -> Paint:
    role = ROLES[block.role]
    left = MARGIN + role.indent

    def paint(sheet: Marked, y: float) -> None:
        if role.rule and first:
            sheet.rule(MARGIN, y - 11, ROOM, PRINT.hairline)
        if block.role == "quote":
            sheet.within(None).fillRect(QRectF(MARGIN, y, 2.5, line.high), QColor(PRINT.accent))
        if label is not None:
            sheet.within(label).setFont(face(role.size))
            base = y + (line.text.ascent() if line.text is not None else 0.0)
            sheet.write(MARGIN + (0 if block.label else 4), base, block.label or "•", PRINT.text)
        if first and block.target:
            sheet.place(block.target, y - 4)
        if first and role.tag in _LEVELS:
            text = plain(block.text, LONGEST, breaks=False)
            sheet.headings.append((_LEVELS[role.tag], text, sheet.page, y - 14))
        line.paint(sheet, part, left, y)
        if last and block.role == "title":
            sheet.rule(MARGIN, y + line.high + 6, ROOM, PRINT.accent, 2.0)

    return paint


def caption_strips(part: Element, caption: Caption, first: Size) -> list[Strip]:
    """The caption of a table or a chart, which stays together."""
    lines = typed(caption.text, Style(12), ROOM, f"{caption.label}.")

    def painted(line: Line) -> Paint:
        return lambda sheet, y: line.paint(sheet, part, MARGIN, y)

    sizes = [Size(line.high, 0.0, TOGETHER) for line in lines]
    sizes[0] = Size(lines[0].high, first.before, first.away)
    return [Strip(size, painted(line)) for size, line in zip(sizes, lines, strict=True)]


def picture_strips(setter: Setter, picture: Picture) -> list[Strip]:
    """A chart with its caption under it. One that is higher than a page is drawn smaller."""
    figure = Figure(picture.chart)
    part = setter.root.add("Figure")
    part.alt = plain(picture.chart.alt_text or picture.chart.empty, breaks=False)
    share = min(1.0, 0.9 * (FOOT - MARGIN) / figure.high)
    high = figure.high * share

    def paint(sheet: Marked, y: float) -> None:
        part.box = (MARGIN, y, MARGIN + ROOM, y + high)
        painter: QPainter = sheet.within(part)
        painter.save()
        painter.translate(MARGIN, y)
        painter.scale(share, share)
        figure.paint(painter)
        painter.restore()

    made = [Strip(Size(high, 12.0, setter.away(10.0)), paint)]
    setter.kept, setter.list_role = False, ""
    return [*made, *caption_strips(setter.root.add("Caption"), picture.caption, Size(0, 8.0, TOGETHER))]
