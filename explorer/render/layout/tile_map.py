"""A tile map: equal squares where the force areas lie, with the steps of their colours beside or under them.

The squares are as large as the room allows and never too small for their words; where a screen is too narrow
even for that, the number moves to the card and the name stays.
"""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.model import Chart, ColourBand, MapTile, MarkFill
from explorer.support import sanitise

from .builder import FrameBuilder
from .frame import (
    BandColour,
    Box,
    ChartFrame,
    ColourRole,
    DataMark,
    LegendSwatch,
    LinearScale,
    MarkDirection,
    Target,
    TextAnchor,
    TextRun,
    TextStyle,
)

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
_SHORT, _NUMBER = TextStyle.SMALL, TextStyle.STRONG
_SHORTEST, _LONGEST = 6, 12
"""The most letters of a name and of a number; the card has all of them."""
_NO_FIGURE = "no figure"


class _TileGrid(Struct, frozen=True):
    """How many squares there are each way, how large they are and where the first would stand."""

    columns: int
    rows: int
    side: float
    gap: float
    left_edge: float = 0.0
    top: float = 0.0

    @property
    def width(self) -> float:
        """Of all squares together."""
        return self.columns * (self.side + self.gap) - self.gap

    @property
    def height(self) -> float:
        """Of all squares together."""
        return self.rows * (self.side + self.gap) - self.gap

    def tile_box(self, tile: MapTile) -> Box:
        """Where a tile stands."""
        step = self.side + self.gap
        return Box(self.left_edge + tile.column * step, self.top + tile.row * step, self.side, self.side)


def lay_tiles(sheet: FrameBuilder, chart: Chart, *, to_the_left: bool = False) -> ChartFrame:
    """The frame of a map: in the middle of the sheet, or at its left with room for words beside it."""
    entries = _legend_entries(chart)
    legend = _legend_width(sheet, chart, entries)
    beside = _fits_beside(sheet, chart, legend)
    room = sheet.width - (legend + _BESIDE * sheet.unit if beside else 0.0)
    under = 0.0 if beside else _legend_height(sheet, chart, entries, sheet.width) + 12 * sheet.unit
    grid = _build_grid(sheet, chart, room, sheet.height - under - 2 * _EDGE * sheet.unit)
    block = grid.width + (legend + _BESIDE * sheet.unit if beside else 0.0)
    left_edge = 0.0 if to_the_left or not beside else sheet.snap_to_pixel(max(0.0, (sheet.width - block) / 2))
    grid = _TileGrid(grid.columns, grid.rows, grid.side, grid.gap, left_edge, _EDGE * sheet.unit)
    _place_squares(sheet, chart, grid)
    plot = Box(grid.left_edge, grid.top, grid.width, grid.height)
    x = plot.right + _BESIDE * sheet.unit if beside else 0.0
    top = plot.y if beside else plot.bottom + 12 * sheet.unit
    foot = _place_legend(sheet, chart, entries, Box(x, top, sheet.width - x, 0.0), beside=beside)
    end = max(plot.bottom, foot) + _EDGE * sheet.unit
    aside = Box(x, foot, sheet.width - x, max(0.0, plot.bottom - foot)) if beside else None
    return sheet.build_frame(chart.shape, plot, LinearScale(0.0, 1.0, 0.0, 0.0), (), end, aside)


# Squares


def _build_grid(sheet: FrameBuilder, chart: Chart, width: float, height: float) -> _TileGrid:
    columns = 1 + max(tile.column for tile in chart.tiles)
    rows = 1 + max(tile.row for tile in chart.tiles)
    unit = sheet.unit
    gap = max(2.0, sheet.snap_to_pixel(_GAP * unit))
    across, down = ((length + gap) / number - gap for length, number in ((width, columns), (height, rows)))
    side = max(min(across, max(down, _needed_side(sheet, chart)), _MOST * unit), _LEAST)
    side = max(_LEAST, sheet.snap_to_pixel(side - 0.5 * sheet.pixel))
    return _TileGrid(columns, rows, side, gap)


def _needed_side(sheet: FrameBuilder, chart: Chart) -> float:
    """The side of a square that every name and number fits in, one over the other."""
    return max(*_label_sides(sheet, chart), _stack_height(sheet))


def _stack_height(sheet: FrameBuilder) -> float:
    """The height of a name over a number."""
    return sheet.line_height(_SHORT) + sheet.line_height(_NUMBER) - 2 * sheet.unit


def _label_sides(sheet: FrameBuilder, chart: Chart) -> tuple[float, float]:
    """The sides that the names and the numbers need each, a selected number's among them."""
    names = max(sheet.type.text_width(_short_name(tile), _SHORT) for tile in chart.tiles)
    numbers = max(sheet.type.text_width(_number_text(tile), _NUMBER) for tile in chart.tiles)
    pad = 2 * _PAD * sheet.unit
    return names + pad, numbers + pad


def _short_name(tile: MapTile) -> str:
    return sanitise(tile.short, _SHORTEST, breaks=False)


def _number_text(tile: MapTile) -> str:
    return sanitise(tile.label, _LONGEST, breaks=False)


def _place_squares(sheet: FrameBuilder, chart: Chart, grid: _TileGrid) -> None:
    fitting = _fitting_styles(sheet, chart, grid.side)
    for number, tile in enumerate(chart.tiles):
        box = grid.tile_box(tile)
        tone = _band_colour(chart.bands, tile)
        label = _tile_texts(sheet, tile, box, fitting, ColourRole.TEXT if tone is None else tone)
        hit_area = box.expand_by(grid.gap / 2)
        stop = Target(sanitise(tile.name), tile.figure, box, box, hit_area, 0, float(number), tile.place)
        fill = MarkFill.MISSING if tone is None else MarkFill.SOLID
        sheet.marks.append(DataMark(stop, fill, 0, 0, MarkDirection.TILE, box, None, label, tone=tone))


def _fitting_styles(sheet: FrameBuilder, chart: Chart, side: float) -> tuple[TextStyle, ...]:
    """What all squares have room for: names and numbers, else names, else numbers."""
    names, numbers = (wide - _PAD * sheet.unit for wide in _label_sides(sheet, chart))
    if side >= max(names, numbers, _stack_height(sheet)) - sheet.pixel:
        return _SHORT, TextStyle.LABEL
    if side >= names:
        return (_SHORT,)
    return (TextStyle.LABEL,) if side >= numbers else ()


def _band_colour(bands: tuple[ColourBand, ...], tile: MapTile) -> BandColour | None:
    if tile.band is None or not 0 <= tile.band < len(bands):
        return None
    return BandColour(bands[tile.band].tone)


def _tile_texts(
    sheet: FrameBuilder, tile: MapTile, box: Box, fitting: tuple[TextStyle, ...], ink: ColourRole | BandColour
) -> tuple[TextRun, ...]:
    """The name over the number, or the one of them that there is room for, in the middle."""
    lead = 3.0 * sheet.unit
    heights = [sheet.line_height(kind) - lead for kind in fitting]
    texts: list[TextRun] = []
    top = box.y + (box.height - sum(heights)) / 2 - lead / 2
    for kind, high in zip(fitting, heights, strict=True):
        word = _short_name(tile) if kind is _SHORT else _number_text(tile)
        texts += sheet.build_text_runs((word,), box.centre[0], top, kind, ink, TextAnchor.MIDDLE)
        top += high
    return tuple(texts)


# Legend


class _BandEntry(Struct, frozen=True):
    text: str
    tone: BandColour | None


def _legend_entries(chart: Chart) -> tuple[_BandEntry, ...]:
    """The steps, the least first, and the hatch where any area is without a number."""
    steps = tuple(_BandEntry(band.label, BandColour(band.tone)) for band in chart.bands)
    has_missing = any(_band_colour(chart.bands, tile) is None for tile in chart.tiles)
    missing_label = next((text for fill, text in chart.keys if fill is MarkFill.MISSING), _NO_FIGURE)
    return (*steps, _BandEntry(missing_label, None)) if has_missing else steps


def _fits_beside(sheet: FrameBuilder, chart: Chart, legend: float) -> bool:
    """Whether the legend stands beside the squares without making them smaller than their words need."""
    columns = 1 + max(tile.column for tile in chart.tiles)
    unit = sheet.unit
    squares = columns * (max(_needed_side(sheet, chart), _LEAST) + _GAP * unit)
    return squares + _BESIDE * unit + legend <= sheet.width


def _legend_width(sheet: FrameBuilder, chart: Chart, entries: tuple[_BandEntry, ...]) -> float:
    words = [sheet.type.text_width(sanitise(entry.text), _SHORT) for entry in entries]
    widest = max(words, default=0.0) + (_SAMPLE + 8) * sheet.unit
    return max(widest, sheet.type.text_width(sanitise(chart.values.title), _SHORT))


def _legend_height(sheet: FrameBuilder, chart: Chart, entries: tuple[_BandEntry, ...], width: float) -> float:
    title_line_count = len(sheet.wrap_lines(chart.values.title, _SHORT, width))
    return title_line_count * sheet.line_height(_SHORT) + len(_wrap_entries(sheet, entries, width)) * _entry_height(
        sheet
    )


def _entry_height(sheet: FrameBuilder) -> float:
    return sheet.line_height(_SHORT) + 6 * sheet.unit


def _wrap_entries(
    sheet: FrameBuilder, entries: tuple[_BandEntry, ...], width: float
) -> list[list[tuple[_BandEntry, float]]]:
    """Entries in rows no wider than ``width``, each with its x."""
    rows: list[list[tuple[_BandEntry, float]]] = []
    x = 0.0
    for entry in entries:
        wide = (_SAMPLE + 8) * sheet.unit + sheet.type.text_width(sanitise(entry.text), _SHORT)
        if not rows or x + wide > width:
            rows.append([])
            x = 0.0
        rows[-1].append((entry, x))
        x += wide + 18 * sheet.unit
    return rows


def _place_legend(
    sheet: FrameBuilder, chart: Chart, entries: tuple[_BandEntry, ...], room: Box, *, beside: bool
) -> float:
    """Sets the legend at the top left of ``room``; returns the y under it."""
    title_lines = sheet.wrap_lines(chart.values.title, _SHORT, room.width)
    sheet.texts += sheet.build_text_runs(title_lines, room.x, room.y, _SHORT, ColourRole.MUTED)
    y = room.y + len(title_lines) * sheet.line_height(_SHORT) + (4 * sheet.unit if title_lines else 0.0)
    rows = [[(entry, 0.0)] for entry in entries] if beside else _wrap_entries(sheet, entries, room.width)
    for row in rows:
        for entry, x in row:
            _place_sample(sheet, entry, room.x + x, y)
        y += _entry_height(sheet)
    return y


def _place_sample(sheet: FrameBuilder, entry: _BandEntry, x: float, y: float) -> None:
    unit = sheet.unit
    high = 16 * unit
    top = sheet.snap_to_pixel(y + (sheet.line_height(_SHORT) - high) / 2)
    box = Box(sheet.snap_to_pixel(x), top, sheet.snap_to_pixel(_SAMPLE * unit), sheet.snap_to_pixel(high))
    fill = MarkFill.MISSING if entry.tone is None else MarkFill.SOLID
    sheet.swatches.append(LegendSwatch(box, fill, None, 0, MarkDirection.TILE, tone=entry.tone))
    text = sanitise(entry.text, breaks=False)
    sheet.texts += sheet.build_text_runs((text,), x + (_SAMPLE + 8) * unit, y, _SHORT, ColourRole.TEXT)
