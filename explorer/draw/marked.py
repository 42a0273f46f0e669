"""The pages of a document while they are painted: each piece of content between marks that say what it is.

Before and after each piece a rectangle far off the page is painted, which ``tagging`` turns into the marks
of a tagged PDF.
"""

from __future__ import annotations

from msgspec import Struct, field
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPagedPaintDevice, QPainter

from explorer.support.theme import PRINT

from .structure import Link, StructureElement
from .tagging import FAR

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
