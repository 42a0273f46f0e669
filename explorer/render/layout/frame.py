"""A Frame: a chart laid out for one size, every bar, line and label with its place. Geometry, without Qt.

Lengths are logical pixels, x to the right and y down, (0, 0) at the top left. ``engine`` makes frames; the
painter, the pointer, the keyboard and the screen reader all take their places from the same one.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from explorer.pages.model import ChartShape, MarkFill


class ColourRole(enum.StrEnum):
    """What a line or a text is coloured by; series colours go by their role's number instead."""

    TEXT = "text"
    MUTED = "muted"
    GRID = "grid"
    AXIS = "axis"
    NEUTRAL = "neutral"
    PAGE = "page"
    """The surface itself: a gap in a line."""


class BandColour(Struct, frozen=True):
    """A step of a map's colours by its ``ColourBand.tone``; as an ink, that of text which stands on it."""

    value: float


class TextStyle(enum.StrEnum):
    """The kinds of text there are. Sizes are in ``lettering``."""

    TITLE = "title"
    BODY = "body"
    SMALL = "small"
    LABEL = "label"
    """The number beside a mark."""
    STRONG = "strong"
    """The number beside the selected mark."""


class TextAnchor(enum.StrEnum):
    """Which end of a text stays put when another font makes it wider."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class SwatchKind(enum.StrEnum):
    """What a swatch is a sample of."""

    MARK = "mark"
    RULE = "rule"


DOTTED_DASH = 2
"""The dash of lines that are no data: breaks in coverage, and the way from a line to its name."""
ANCHOR_SHARES = {TextAnchor.START: 0.0, TextAnchor.MIDDLE: 0.5, TextAnchor.END: 1.0}
"""How much of a text's width lies before its anchor."""


_SAME_PLACE = 1e-6


class MarkDirection(enum.StrEnum):
    """Which way a mark reaches."""

    UP = "up"
    RIGHT = "right"
    POINT = "point"
    TILE = "tile"
    """Nowhere: a square of a map, which is filled with its tone."""


class Box(Struct, frozen=True):
    """A rectangle: its left, top, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x just past it."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y just past it."""
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def expand_by(self, by: float, down: float | None = None) -> Box:
        """The box with ``by`` more on the left and right, and ``down`` (or as much) above and below."""
        more = by if down is None else down
        return Box(self.x - by, self.y - more, self.width + 2 * by, self.height + 2 * more)

    def union_with(self, other: Box) -> Box:
        """The smallest box round the two."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def intersects(self, other: Box) -> bool:
        """Whether the two share any area."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains_point(self, x: float, y: float) -> bool:
        """Whether the point lies in it."""
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def distance_to(self, x: float, y: float) -> float:
        """How far the point lies outside it; 0 inside."""
        across = max(self.x - x, 0.0, x - self.right)
        down = max(self.y - y, 0.0, y - self.bottom)
        return (across * across + down * down) ** 0.5


class LinearScale(Struct, frozen=True):
    """Where data stands: ``low`` at pixel ``start`` and ``high`` at pixel ``end``, straight between."""

    low: float
    high: float
    start: float
    end: float

    def pixel_at(self, value: float) -> float:
        """The pixel of a value."""
        span = self.high - self.low
        if span == 0:
            return self.start
        return self.start + (value - self.low) / span * (self.end - self.start)

    def value_at(self, pixel: float) -> float:
        """The value at a pixel."""
        length = self.end - self.start
        if length == 0:
            return self.low
        return self.low + (pixel - self.start) / length * (self.high - self.low)


class TextPlace(enum.StrEnum):
    """What a text belongs to, and so what it does while the plot is moved through time."""

    PAGE = "page"
    """Titles and keys: stays where it is."""
    VALUE_AXIS = "value axis"
    """A label of the value axis."""
    CATEGORY_AXIS = "category axis"
    """A label of the category axis: moves along with its tick."""
    PLOT = "plot"
    """The number of a dated mark, or the name at the end of a line: moves along with what it names."""


AXES = frozenset({TextPlace.VALUE_AXIS, TextPlace.CATEGORY_AXIS})
"""The places of what an axis is labelled with."""


class TextRun(Struct, frozen=True):
    """One line of text. ``x`` is its left edge, ``y`` its baseline, ``width`` as measured."""

    text: str
    x: float
    y: float
    width: float
    lettering: TextStyle
    ink: ColourRole | BandColour
    anchor: TextAnchor = TextAnchor.START
    place: TextPlace = TextPlace.PAGE
    along: float = 0.0
    """The x of what it belongs to; nothing where it stays."""


class Stroke(Struct, frozen=True):
    """A straight line; ``ink`` is an Ink or the role of a series. ``halo`` keeps it apart from a bar."""

    x1: float
    y1: float
    x2: float
    y2: float
    ink: ColourRole | int
    width: float
    dash: int = 0
    halo: bool = False
    centred: bool = False
    """Whether a hairline lies on both sides of its place, as a range does, and not on the next whole pixel."""


class Target(Struct, frozen=True):
    """What the pointer and the keyboard can rest on, and a screen reader can name."""

    name: str
    figure: str
    """Empty for a dated mark, which has nothing to choose."""
    body: Box
    """What the focus ring goes round."""
    band: Box
    """What is tinted while it is pointed at or selected."""
    hit_area: Box
    """Where a pointer reaches it, at least 24 pixels each way."""
    series: int = -1
    at: float = 0.0
    place: str = ""
    """The code of the place that it leads to; empty where it leads nowhere."""
    reading: str = ""
    """Series and number in few words, "Essex 80", for what is read beside others; empty where it stands alone."""

    @property
    def key(self) -> str:
        """What it is known by when another chart is shown: its place, else its figure."""
        return self.place or self.figure


class DataMark(Struct, frozen=True):
    """A datum as drawn. ``body`` is the bar, or the box round the point's symbol; None where missing."""

    stop: Target
    fill: MarkFill
    role: int
    texture: int
    """Which texture, symbol and dash tells its series apart; 0 is plain."""
    way: MarkDirection
    body: Box | None
    whisker: tuple[float, float] | None
    """The range of its number along its values: top and bottom, or left and right where bars lie."""
    label: tuple[TextRun, ...]
    """Set in LABEL; STRONG while it is selected, for which there is room."""
    span: tuple[float, float] | None = None
    """For a point, the stretch of the category axis that its number is for."""
    tone: BandColour | None = None
    """The colour of a map's square; None where it has no number."""


class LegendSwatch(Struct, frozen=True):
    """A sample of a fill or a series in a legend or a key."""

    box: Box
    fill: MarkFill
    role: int | None
    """None where the key stands for any series."""
    texture: int
    way: MarkDirection
    sample: SwatchKind = SwatchKind.MARK
    tone: BandColour | None = None


class FlagBadge(Struct, frozen=True):
    """The outline round the number or letter of a dated mark: a circle, or a square."""

    box: Box
    square: bool
    along: float | None = None
    """The x of its date, where it moves with the plot; None where it stands in a key."""


class ChartFrame(Struct, frozen=True, kw_only=True):
    """A chart laid out. ``height`` may be more than was asked for; then the view scrolls."""

    width: float
    height: float
    shape: ChartShape
    unit: float
    """1 at the normal text size; lengths that go with text are multiples of it."""
    plot: Box
    values: LinearScale
    across: LinearScale | None = None
    """Where categories stand along x, for a chart whose values go up; None for the others."""
    back: tuple[Stroke, ...] = ()
    links: tuple[Stroke, ...] = ()
    marks: tuple[DataMark, ...] = ()
    front: tuple[Stroke, ...] = ()
    texts: tuple[TextRun, ...] = ()
    swatches: tuple[LegendSwatch, ...] = ()
    badges: tuple[FlagBadge, ...] = ()
    flags: tuple[Target, ...] = ()
    value_ticks: tuple[tuple[float, float], ...] = ()
    """Each drawn tick of the value axis: its value and its pixel."""
    aside: Box | None = None
    """Room that a map leaves free under its legend, beside the squares, where words may stand."""

    def box_with_label(self, stop: Target) -> Box:
        """The room of a stop with its number, which a card must not cover."""
        label = next((mark.label for mark in self.marks if mark.stop is stop), ())
        box = stop.body
        for text in label:
            size = 1.2 * self.unit * 13
            box = box.union_with(Box(text.x, text.y - size, text.width, size * 1.25))
        return box

    def readings_beside(self, stop: Target) -> tuple[Target, ...]:
        """What the other lines have at the place of ``stop`` on the category axis."""
        if self.shape is not ChartShape.LINES or stop.series < 0:
            return ()
        others = (mark.stop for mark in self.marks if mark.stop.series != stop.series)
        return tuple(one for one in others if one.reading and abs(one.at - stop.at) < _SAME_PLACE)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Everything that can be rested on: the data in reading order, then the dated marks."""
        return (*(mark.stop for mark in self.marks), *self.flags)
