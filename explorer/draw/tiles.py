"""A tile map: equal squares where the force areas lie, with the steps of their colours beside or under them.

The squares are as large as the room allows and never too small for their words; where a screen is too narrow
even for that, the number moves to the card and the name stays.
"""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import Band, Chart, Fill, Tile

from .frame import Anchor, Box, Frame, Ink, Lettering, Mark, Scale, Stop, Swatch, Text, Tone, Way
from .plain import plain
from .sheet import Sheet

_GAP = 4.0
"""Between two squares, in units: room for the frame round a selected one."""
_LEAST = 24.0
_MOST = 92.0
"""The largest square, in units: beyond it the words would be lost in it."""
_PAD = 2.0
_EDGE = 2.0
"""Above and below the squares, in units: room for the frame round one at the edge."""
_BESIDE = 28.0
"""Between the squares and the legend, in units."""
_SAMPLE = 24.0
_SHORT, _NUMBER = Lettering.SMALL, Lettering.STRONG
_SHORTEST, _LONGEST = 6, 12
"""The most letters of a name and of a number; the card has all of them."""
_NO_FIGURE = "no figure"


class _Grid(Struct, frozen=True):
    """How many squares there are each way, how large they are and where the first would stand."""

    columns: int
    rows: int
    side: float
    gap: float
    left: float = 0.0
    top: float = 0.0

    @property
    def width(self) -> float:
        """Of all squares together."""
        return self.columns * (self.side + self.gap) - self.gap

    @property
    def height(self) -> float:
        """Of all squares together."""
        return self.rows * (self.side + self.gap) - self.gap

    def box(self, tile: Tile) -> Box:
        """Where a tile stands."""
        step = self.side + self.gap
        return Box(self.left + tile.column * step, self.top + tile.row * step, self.side, self.side)


def lay_tiles(sheet: Sheet, chart: Chart, *, to_the_left: bool = False) -> Frame:
    """The frame of a map: in the middle of the sheet, or at its left with room for words beside it."""
    entries = _entries(chart)
    legend = _legend_width(sheet, chart, entries)
    beside = _fits_beside(sheet, chart, legend)
    room = sheet.width - (legend + _BESIDE * sheet.unit if beside else 0.0)
    under = 0.0 if beside else _legend_height(sheet, chart, entries, sheet.width) + 12 * sheet.unit
    grid = _grid(sheet, chart, room, sheet.height - under - 2 * _EDGE * sheet.unit)
    block = grid.width + (legend + _BESIDE * sheet.unit if beside else 0.0)
    left = 0.0 if to_the_left or not beside else sheet.snap(max(0.0, (sheet.width - block) / 2))
    grid = _Grid(grid.columns, grid.rows, grid.side, grid.gap, left, _EDGE * sheet.unit)
    _squares(sheet, chart, grid)
    plot = Box(grid.left, grid.top, grid.width, grid.height)
    x = plot.right + _BESIDE * sheet.unit if beside else 0.0
    top = plot.y if beside else plot.bottom + 12 * sheet.unit
    foot = _legend(sheet, chart, entries, Box(x, top, sheet.width - x, 0.0), beside=beside)
    end = max(plot.bottom, foot) + _EDGE * sheet.unit
    aside = Box(x, foot, sheet.width - x, max(0.0, plot.bottom - foot)) if beside else None
    return sheet.frame(chart.shape, plot, Scale(0.0, 1.0, 0.0, 0.0), (), end, aside)


# Squares


def _grid(sheet: Sheet, chart: Chart, width: float, height: float) -> _Grid:
    columns = 1 + max(tile.column for tile in chart.tiles)
    rows = 1 + max(tile.row for tile in chart.tiles)
    unit = sheet.unit
    gap = max(2.0, sheet.snap(_GAP * unit))
    across, down = ((length + gap) / number - gap for length, number in ((width, columns), (height, rows)))
    side = max(min(across, max(down, _needed(sheet, chart)), _MOST * unit), _LEAST)
    side = max(_LEAST, sheet.snap(side - 0.5 * sheet.pixel))
    return _Grid(columns, rows, side, gap)


def _needed(sheet: Sheet, chart: Chart) -> float:
    """The side of a square that every name and number fits in, one over the other."""
    return max(*_widths(sheet, chart), _stacked(sheet))


def _stacked(sheet: Sheet) -> float:
    """The height of a name over a number."""
    return sheet.line(_SHORT) + sheet.line(_NUMBER) - 2 * sheet.unit


def _widths(sheet: Sheet, chart: Chart) -> tuple[float, float]:
    """The sides that the names and the numbers need each, a selected number's among them."""
    names = max(sheet.type.width(_short(tile), _SHORT) for tile in chart.tiles)
    numbers = max(sheet.type.width(_number(tile), _NUMBER) for tile in chart.tiles)
    pad = 2 * _PAD * sheet.unit
    return names + pad, numbers + pad


def _short(tile: Tile) -> str:
    return plain(tile.short, _SHORTEST, breaks=False)


def _number(tile: Tile) -> str:
    return plain(tile.label, _LONGEST, breaks=False)


def _squares(sheet: Sheet, chart: Chart, grid: _Grid) -> None:
    fitting = _fitting(sheet, chart, grid.side)
    for number, tile in enumerate(chart.tiles):
        box = grid.box(tile)
        tone = _tone(chart.bands, tile)
        label = _words(sheet, tile, box, fitting, Ink.TEXT if tone is None else tone)
        hit = box.grown(grid.gap / 2)
        stop = Stop(plain(tile.name), tile.figure, box, box, hit, 0, float(number), tile.place)
        fill = Fill.MISSING if tone is None else Fill.SOLID
        sheet.marks.append(Mark(stop, fill, 0, 0, Way.TILE, box, None, label, tone=tone))


def _fitting(sheet: Sheet, chart: Chart, side: float) -> tuple[Lettering, ...]:
    """What all squares have room for: names and numbers, else names, else numbers."""
    names, numbers = (wide - _PAD * sheet.unit for wide in _widths(sheet, chart))
    if side >= max(names, numbers, _stacked(sheet)) - sheet.pixel:
        return _SHORT, Lettering.LABEL
    if side >= names:
        return (_SHORT,)
    return (Lettering.LABEL,) if side >= numbers else ()


def _tone(bands: tuple[Band, ...], tile: Tile) -> Tone | None:
    if tile.band is None or not 0 <= tile.band < len(bands):
        return None
    return Tone(bands[tile.band].tone)


def _words(
    sheet: Sheet, tile: Tile, box: Box, fitting: tuple[Lettering, ...], ink: Ink | Tone
) -> tuple[Text, ...]:
    """The name over the number, or the one of them that there is room for, in the middle."""
    lead = 3.0 * sheet.unit
    heights = [sheet.line(kind) - lead for kind in fitting]
    texts: list[Text] = []
    top = box.y + (box.height - sum(heights)) / 2 - lead / 2
    for kind, high in zip(fitting, heights, strict=True):
        word = _short(tile) if kind is _SHORT else _number(tile)
        texts += sheet.set((word,), box.middle[0], top, kind, ink, Anchor.MIDDLE)
        top += high
    return tuple(texts)


# Legend


class _Entry(Struct, frozen=True):
    text: str
    tone: Tone | None


def _entries(chart: Chart) -> tuple[_Entry, ...]:
    """The steps, the least first, and the hatch where any area is without a number."""
    steps = tuple(_Entry(band.label, Tone(band.tone)) for band in chart.bands)
    hatched = any(_tone(chart.bands, tile) is None for tile in chart.tiles)
    told = next((text for fill, text in chart.keys if fill is Fill.MISSING), _NO_FIGURE)
    return (*steps, _Entry(told, None)) if hatched else steps


def _fits_beside(sheet: Sheet, chart: Chart, legend: float) -> bool:
    """Whether the legend stands beside the squares without making them smaller than their words need."""
    columns = 1 + max(tile.column for tile in chart.tiles)
    unit = sheet.unit
    squares = columns * (max(_needed(sheet, chart), _LEAST) + _GAP * unit)
    return squares + _BESIDE * unit + legend <= sheet.width


def _legend_width(sheet: Sheet, chart: Chart, entries: tuple[_Entry, ...]) -> float:
    words = [sheet.type.width(plain(entry.text), _SHORT) for entry in entries]
    widest = max(words, default=0.0) + (_SAMPLE + 8) * sheet.unit
    return max(widest, sheet.type.width(plain(chart.values.title), _SHORT))


def _legend_height(sheet: Sheet, chart: Chart, entries: tuple[_Entry, ...], width: float) -> float:
    titled = len(sheet.lines(chart.values.title, _SHORT, width))
    return titled * sheet.line(_SHORT) + len(_rows(sheet, entries, width)) * _step(sheet)


def _step(sheet: Sheet) -> float:
    return sheet.line(_SHORT) + 6 * sheet.unit


def _rows(sheet: Sheet, entries: tuple[_Entry, ...], width: float) -> list[list[tuple[_Entry, float]]]:
    """Entries in rows no wider than ``width``, each with its x."""
    rows: list[list[tuple[_Entry, float]]] = []
    x = 0.0
    for entry in entries:
        wide = (_SAMPLE + 8) * sheet.unit + sheet.type.width(plain(entry.text), _SHORT)
        if not rows or x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((entry, x))
        x += wide + 18 * sheet.unit
    return rows


def _legend(sheet: Sheet, chart: Chart, entries: tuple[_Entry, ...], room: Box, *, beside: bool) -> float:
    """Sets the legend at the top left of ``room``; returns the y under it."""
    titled = sheet.lines(chart.values.title, _SHORT, room.width)
    sheet.texts += sheet.set(titled, room.x, room.y, _SHORT, Ink.MUTED)
    y = room.y + len(titled) * sheet.line(_SHORT) + (4 * sheet.unit if titled else 0.0)
    rows = [[(entry, 0.0)] for entry in entries] if beside else _rows(sheet, entries, room.width)
    for row in rows:
        for entry, x in row:
            _sample(sheet, entry, room.x + x, y)
        y += _step(sheet)
    return y


def _sample(sheet: Sheet, entry: _Entry, x: float, y: float) -> None:
    unit = sheet.unit
    high = 16 * unit
    top = sheet.snap(y + (sheet.line(_SHORT) - high) / 2)
    box = Box(sheet.snap(x), top, sheet.snap(_SAMPLE * unit), sheet.snap(high))
    fill = Fill.MISSING if entry.tone is None else Fill.SOLID
    sheet.swatches.append(Swatch(box, fill, None, 0, Way.TILE, tone=entry.tone))
    text = plain(entry.text, breaks=False)
    sheet.texts += sheet.set((text,), x + (_SAMPLE + 8) * unit, y, _SHORT, Ink.TEXT)
