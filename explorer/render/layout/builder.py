"""The sheet a chart is laid out on: gathers lines, texts and marks, and sets text where it is told.

It decides nothing about charts; ``engine`` and ``horizontal_bars`` do. Every text goes
through ``wrap_lines`` or ``line_height``, and so through ``sanitise``.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.pages.model import ChartShape
from explorer.support import sanitise

from .fonts import FontSet
from .frame import (
    ANCHOR_SHARES,
    BandColour,
    Box,
    ChartFrame,
    ColourRole,
    DataMark,
    FlagBadge,
    LegendSwatch,
    LinearScale,
    Stroke,
    Target,
    TextAnchor,
    TextPlace,
    TextRun,
    TextStyle,
)

LABEL_LIMIT = 300
"""The most characters of one label on a chart."""


class FrameBuilder(Struct, kw_only=True):
    """What has been set so far. ``pixel`` is that of a device pixel, 0 where there are none (SVG, PDF)."""

    type: FontSet
    width: float
    height: float
    pixel: float = 1.0
    apart: bool = False
    """Whether the words of many numbered events stand elsewhere, and not in a key on the sheet."""
    back: list[Stroke] = field(default_factory=list[Stroke])
    links: list[Stroke] = field(default_factory=list[Stroke])
    marks: list[DataMark] = field(default_factory=list[DataMark])
    front: list[Stroke] = field(default_factory=list[Stroke])
    texts: list[TextRun] = field(default_factory=list[TextRun])
    swatches: list[LegendSwatch] = field(default_factory=list[LegendSwatch])
    badges: list[FlagBadge] = field(default_factory=list[FlagBadge])
    flags: list[Target] = field(default_factory=list[Target])
    across: LinearScale | None = None
    """Where categories stand along x, once that is settled."""

    @property
    def unit(self) -> float:
        """1 at the normal text size."""
        return self.type.unit

    def snap_to_pixel(self, length: float) -> float:
        """``length`` at the nearest edge of a device pixel."""
        return round(length / self.pixel) * self.pixel if self.pixel else length

    def wrap_lines(self, text: str, kind: TextStyle, width: float, limit: int = 0) -> tuple[str, ...]:
        """``text`` as lines no wider than ``width``, safe to draw; none where there is no text."""
        clean = sanitise(text, LABEL_LIMIT)
        return self.type.wrap_text(clean, kind, max(width, self.type.body), limit) if clean.strip() else ()

    def max_line_width(self, lines: tuple[str, ...], kind: TextStyle) -> float:
        """The width of the widest of ``lines``."""
        return self.type.max_line_width(lines, kind)

    def line_height(self, kind: TextStyle) -> float:
        """The height of a line of text."""
        return self.type.line_height(kind)

    def build_text_runs(
        self,
        lines: tuple[str, ...],
        x: float,
        top: float,
        kind: TextStyle,
        ink: ColourRole | BandColour,
        anchor: TextAnchor = TextAnchor.START,
    ) -> tuple[TextRun, ...]:
        """The texts of ``lines`` under one another from ``top``; ``x`` is where their anchor stands."""
        step, base = self.type.line_height(kind), self.type.baseline_offset(kind)
        text_runs: list[TextRun] = []
        for number, line in enumerate(lines):
            width = self.type.text_width(line, kind)
            left_edge = x - width * ANCHOR_SHARES[anchor]
            text_runs.append(
                TextRun(line, left_edge, self.snap_to_pixel(top + base + number * step), width, kind, ink, anchor)
            )
        return tuple(text_runs)

    def write_lines(
        self,
        lines: tuple[str, ...],
        x: float,
        top: float,
        kind: TextStyle,
        ink: ColourRole,
        anchor: TextAnchor = TextAnchor.START,
    ) -> float:
        """Sets ``lines`` for good, kept within the sheet's width; returns the y under them."""
        wide = self.type.max_line_width(lines, kind)
        left_edge = x - wide * ANCHOR_SHARES[anchor]
        x += max(0.0, -left_edge) - max(0.0, left_edge + wide - self.width)
        self.texts += self.build_text_runs(lines, x, top, kind, ink, anchor)
        return top + len(lines) * self.type.line_height(kind)

    def bind_texts(self, first: int, place: TextPlace, along: float = 0.0) -> None:
        """Say of the texts set since there were ``first`` what they belong to; ``along`` is its x."""
        self.texts[first:] = [replace(text, place=place, along=along) for text in self.texts[first:]]

    def lines_box(self, lines: tuple[str, ...], kind: TextStyle, x: float, top: float, anchor: TextAnchor) -> Box:
        """The room that ``lines`` would take."""
        wide = self.type.max_line_width(lines, kind)
        return Box(x - wide * ANCHOR_SHARES[anchor], top, wide, len(lines) * self.type.line_height(kind))

    def text_box(self, texts: tuple[TextRun, ...], kind: TextStyle) -> Box:
        """The room that texts set by ``set`` take, or would take in another kind of text."""
        first = texts[0]
        lines = tuple(text.text for text in texts)
        x = first.x + first.width * ANCHOR_SHARES[first.anchor]
        return self.lines_box(lines, kind, x, first.y - self.type.baseline_offset(kind), first.anchor)

    def _interrupt_strokes(self) -> list[Stroke]:
        """The lines in the background, left out where a number stands on them."""
        rooms = [self._tight_label_box(mark.label) for mark in self.marks if mark.label]
        strokes: list[Stroke] = []
        for stroke in self.back:
            pieces = [stroke]
            if stroke.ink in (ColourRole.GRID, ColourRole.NEUTRAL):
                box = _stroke_box(stroke)
                for room in rooms:
                    if box.intersects(room):
                        pieces = [part for piece in pieces for part in subtract_box(piece, room)]
            strokes += pieces
        return strokes

    def _tight_label_box(self, texts: tuple[TextRun, ...]) -> Box:
        """The room of a number's figures with a little air, without the leading above and below them."""
        room = self.text_box(texts, TextStyle.STRONG)
        lead = 0.14 * self.line_height(TextStyle.STRONG)
        return Box(room.x, room.y + lead, room.width, room.height - 2 * lead).expand_by(3 * self.unit, 0)

    def build_frame(
        self,
        shape: ChartShape,
        plot: Box,
        values: LinearScale,
        value_ticks: tuple[tuple[float, float], ...],
        end: float,
        aside: Box | None = None,
    ) -> ChartFrame:
        """The sheet as a Frame; ``end`` is the y under the last thing set on it."""
        return ChartFrame(
            width=self.width,
            height=max(self.height, end),
            shape=shape,
            unit=self.unit,
            plot=plot,
            values=values,
            across=self.across,
            back=tuple(self._interrupt_strokes()),
            links=tuple(self.links),
            marks=tuple(self.marks),
            front=tuple(self.front),
            texts=tuple(self.texts),
            swatches=tuple(self.swatches),
            badges=tuple(self.badges),
            flags=tuple(self.flags),
            value_ticks=value_ticks,
            aside=aside,
        )


def _stroke_box(stroke: Stroke) -> Box:
    """The box round a line, with some air, for what meets it to be told quickly."""
    x, y = min(stroke.x1, stroke.x2), min(stroke.y1, stroke.y2)
    return Box(x - 1, y - 1, abs(stroke.x2 - stroke.x1) + 2, abs(stroke.y2 - stroke.y1) + 2)


def subtract_box(stroke: Stroke, room: Box) -> list[Stroke]:
    """A level or plumb line less the part of it that lies in ``room``; a slanting one whole."""
    level, plumb = stroke.y1 == stroke.y2, stroke.x1 == stroke.x2
    if level and room.y < stroke.y1 < room.bottom and stroke.x1 < room.right and stroke.x2 > room.x:
        ends = ((stroke.x1, room.x), (room.right, stroke.x2))
        return [replace(stroke, x1=a, x2=b) for a, b in ends if b > a]
    if plumb and not level and room.x < stroke.x1 < room.right:
        low, high = sorted((stroke.y1, stroke.y2))
        if low < room.bottom and high > room.y:
            ends = ((low, room.y), (room.bottom, high))
            return [replace(stroke, y1=a, y2=b) for a, b in ends if b > a]
    return [stroke]
