"""The sheet a chart is laid out on: gathers lines, texts and marks, and sets text where it is told.

It decides nothing about charts; ``upright`` and ``lying`` do. Every text goes through ``lines`` or ``line``
and so through ``plain``.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.pages.chart import Shape

from .frame import (
    ANCHORED,
    Anchor,
    Badge,
    Box,
    Frame,
    Ink,
    Lettering,
    Mark,
    Scale,
    Stop,
    Stroke,
    Swatch,
    Text,
    Tone,
)
from .lettering import Type
from .plain import plain

LABEL_LIMIT = 300
"""The most characters of one label on a chart."""


class Sheet(Struct, kw_only=True):
    """What has been set so far. ``pixel`` is that of a device pixel, 0 where there are none (SVG, PDF)."""

    type: Type
    width: float
    height: float
    pixel: float = 1.0
    apart: bool = False
    """Whether the words of many numbered events stand elsewhere, and not in a key on the sheet."""
    back: list[Stroke] = field(default_factory=list[Stroke])
    links: list[Stroke] = field(default_factory=list[Stroke])
    marks: list[Mark] = field(default_factory=list[Mark])
    front: list[Stroke] = field(default_factory=list[Stroke])
    texts: list[Text] = field(default_factory=list[Text])
    swatches: list[Swatch] = field(default_factory=list[Swatch])
    badges: list[Badge] = field(default_factory=list[Badge])
    flags: list[Stop] = field(default_factory=list[Stop])

    @property
    def unit(self) -> float:
        """1 at the normal text size."""
        return self.type.unit

    def snap(self, length: float) -> float:
        """``length`` at the nearest edge of a device pixel."""
        return round(length / self.pixel) * self.pixel if self.pixel else length

    def lines(self, text: str, kind: Lettering, width: float, limit: int = 0) -> tuple[str, ...]:
        """``text`` as lines no wider than ``width``, safe to draw; none where there is no text."""
        clean = plain(text, LABEL_LIMIT)
        return self.type.wrap(clean, kind, max(width, self.type.body), limit) if clean.strip() else ()

    def widest(self, lines: tuple[str, ...], kind: Lettering) -> float:
        """The width of the widest of ``lines``."""
        return self.type.widest(lines, kind)

    def line(self, kind: Lettering) -> float:
        """The height of a line of text."""
        return self.type.line(kind)

    def set(
        self,
        lines: tuple[str, ...],
        x: float,
        top: float,
        kind: Lettering,
        ink: Ink | Tone,
        anchor: Anchor = Anchor.START,
    ) -> tuple[Text, ...]:
        """The texts of ``lines`` under one another from ``top``; ``x`` is where their anchor stands."""
        step, base = self.type.line(kind), self.type.baseline(kind)
        made: list[Text] = []
        for number, line in enumerate(lines):
            width = self.type.width(line, kind)
            left = x - width * ANCHORED[anchor]
            made.append(Text(line, left, self.snap(top + base + number * step), width, kind, ink, anchor))
        return tuple(made)

    def write(
        self,
        lines: tuple[str, ...],
        x: float,
        top: float,
        kind: Lettering,
        ink: Ink,
        anchor: Anchor = Anchor.START,
    ) -> float:
        """Sets ``lines`` for good, kept within the sheet's width; returns the y under them."""
        wide = self.type.widest(lines, kind)
        left = x - wide * ANCHORED[anchor]
        x += max(0.0, -left) - max(0.0, left + wide - self.width)
        self.texts += self.set(lines, x, top, kind, ink, anchor)
        return top + len(lines) * self.type.line(kind)

    def box(self, lines: tuple[str, ...], kind: Lettering, x: float, top: float, anchor: Anchor) -> Box:
        """The room that ``lines`` would take."""
        wide = self.type.widest(lines, kind)
        return Box(x - wide * ANCHORED[anchor], top, wide, len(lines) * self.type.line(kind))

    def room(self, texts: tuple[Text, ...], kind: Lettering) -> Box:
        """The room that texts set by ``set`` take, or would take in another kind of text."""
        first = texts[0]
        lines = tuple(text.text for text in texts)
        x = first.x + first.width * ANCHORED[first.anchor]
        return self.box(lines, kind, x, first.y - self.type.baseline(kind), first.anchor)

    def _interrupted(self) -> list[Stroke]:
        """The lines in the background, left out where a number stands on them."""
        rooms = [self._tight(mark.label) for mark in self.marks if mark.label]
        kept: list[Stroke] = []
        for stroke in self.back:
            pieces = [stroke]
            if stroke.ink in (Ink.GRID, Ink.NEUTRAL):
                box = _round(stroke)
                for room in rooms:
                    if box.meets(room):
                        pieces = [part for piece in pieces for part in without(piece, room)]
            kept += pieces
        return kept

    def _tight(self, texts: tuple[Text, ...]) -> Box:
        """The room of a number's figures with a little air, without the leading above and below them."""
        room = self.room(texts, Lettering.STRONG)
        lead = 0.14 * self.line(Lettering.STRONG)
        return Box(room.x, room.y + lead, room.width, room.height - 2 * lead).grown(3 * self.unit, 0)

    def frame(
        self,
        shape: Shape,
        plot: Box,
        values: Scale,
        value_ticks: tuple[tuple[float, float], ...],
        end: float,
        aside: Box | None = None,
    ) -> Frame:
        """The sheet as a Frame; ``end`` is the y under the last thing set on it."""
        return Frame(
            width=self.width,
            height=max(self.height, end),
            shape=shape,
            unit=self.unit,
            plot=plot,
            values=values,
            back=tuple(self._interrupted()),
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


def _round(stroke: Stroke) -> Box:
    """The box round a line, with some air, for what meets it to be told quickly."""
    x, y = min(stroke.x1, stroke.x2), min(stroke.y1, stroke.y2)
    return Box(x - 1, y - 1, abs(stroke.x2 - stroke.x1) + 2, abs(stroke.y2 - stroke.y1) + 2)


def without(stroke: Stroke, room: Box) -> list[Stroke]:
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
