"""The numbers over columns: where each is written so that it meets nothing, and which give way in a crowd.

The last, the highest and the lowest of a series are written first. What finds no room is left to the card
and the table. A second figure's number stands beside or over its mark; where the mark lies on the column, it
goes over the column's own number with a small copy of the mark before it.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from msgspec import Struct

from explorer.pages.model import Chart, DataPoint, MarkFill

from .builder import FrameBuilder
from .frame import Box, ColourRole, LegendSwatch, LinearScale, MarkDirection, TextAnchor, TextRun, TextStyle

# Second figures: those a chart draws as a hollow mark beside the preferred figure for the same thing.


DIAMOND = 3
"""The symbol of a second figure on a bar."""
ALTERNATE_RADIUS = 5.5
"""Half the size of that symbol, in units."""
REACH = 12.0
"""How far round its middle a second figure can be met, in units."""


def is_missing(datum: DataPoint) -> bool:
    """Whether a datum has no number to draw: none given, or one that is not a number."""
    return datum.fill is MarkFill.MISSING or datum.value is None or not math.isfinite(datum.value)


def alternate_indices(data: Sequence[DataPoint], places: Sequence[Hashable]) -> dict[int, int]:
    """For each second figure's number, that of the datum it stands with; ``places`` say what shares a place.

    Of the data in one place the first that is not hollow is the preferred one; where all are, the first.
    """
    groups: dict[Hashable, list[int]] = {}
    for number, place in enumerate(places):
        groups.setdefault(place, []).append(number)
    preferred_indices: dict[int, int] = {}
    for group in groups.values():
        first = next((n for n in group if data[n].fill is not MarkFill.HOLLOW), group[0])
        for number in group:
            if number != first and data[number].fill is MarkFill.HOLLOW and not is_missing(data[number]):
                preferred_indices[number] = first
    return preferred_indices


def alternates_on_bars(chart: Chart) -> dict[int, int]:
    """The second figures of a chart of bars, by the numbers of its data in drawing order."""
    data = [datum for series in chart.series for datum in series.data]
    return alternate_indices(data, [datum_extent(datum) for datum in data])


def datum_extent(datum: DataPoint) -> tuple[float, float]:
    """Where a datum starts and ends, so that equal extents are equal."""
    return round(datum.start, 6), round(datum.end, 6)


def side_by_side(places: Sequence[float], apart: float) -> list[float]:
    """How far each mark steps aside so that those nearer than ``apart`` to the next stand side by side."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    steps = [0.0] * len(places)
    cluster: list[int] = []
    for number in [*order, -1]:
        if cluster and (number < 0 or places[number] - places[cluster[-1]] >= apart):
            for at, one in enumerate(cluster):
                steps[one] = (at - (len(cluster) - 1) / 2) * apart
            cluster = []
        if number >= 0:
            cluster.append(number)
    return steps


OPEN_EXTRA = 25.0
"""How far the broken edge of an "at least" bar reaches past its value, in units."""
GLYPH = 14.0
"""The room of the small mark before a second figure's number, in units."""
_GAP = 4.0
_KIND = TextStyle.STRONG

Label = tuple[TextRun, ...]


class ChartColumn(Struct, frozen=True):
    """A datum with its span across the page and its label's lines, before the height is known."""

    series: int
    role: int
    texture: int
    datum: DataPoint
    x1: float
    x2: float
    lines: tuple[str, ...]
    bearer: int = -1
    """For a second figure, the number of the column it is drawn on; -1 for the columns themselves."""

    @property
    def missing(self) -> bool:
        """Whether there is no number to draw."""
        return is_missing(self.datum)


def label_needs(sheet: FrameBuilder, columns: Sequence[ChartColumn], values: LinearScale, height: float) -> list[float]:
    """How much each column needs free over its value for the numbers that may stand there."""
    unit, step = sheet.unit, sheet.line_height(_KIND)
    scale = LinearScale(values.low, values.high, 0.0, height)
    needs_by_column: list[float] = []
    for column in columns:
        need = len(column.lines) * step + _GAP * unit
        need += OPEN_EXTRA * unit if column.datum.fill is MarkFill.OPEN_ENDED else 0.0
        needs_by_column.append(need + (ALTERNATE_RADIUS + _GAP) * unit if column.bearer >= 0 else need)
    for number, column in enumerate(columns):
        bearer = columns[column.bearer] if column.bearer >= 0 else None
        if bearer is None or bearer.missing:
            continue
        over = scale.pixel_at(column.datum.value or 0.0) - scale.pixel_at(bearer.datum.value or 0.0)
        if over < step + 2 * ALTERNATE_RADIUS * unit + needs_by_column[column.bearer]:
            # Its number may be stacked on the column's, and its mark may push that up.
            needs_by_column[column.bearer] += len(column.lines) * step + (2 * ALTERNATE_RADIUS + _GAP) * unit
            needs_by_column[number] = 0.0
    return needs_by_column


def place_labels(
    sheet: FrameBuilder, columns: Sequence[ChartColumn], bodies: Sequence[Box], axis: float
) -> list[Label]:
    """The label of each column, empty where there is no room for it right of ``axis``."""
    labels: list[Label] = [()] * len(columns)
    solid = [body for body in bodies if body.height]
    # The value axis' own labels stand there.
    used_boxes: list[Box] = [Box(-1e6, -1e6, 1e6 + axis - 6 * sheet.unit, 2e6)]
    left_edge = axis - 4 * sheet.unit
    for number in in_turn(columns):
        column, body = columns[number], bodies[number]
        if not column.lines:
            continue
        others = [*used_boxes, *(one for one in solid if one is not body)]
        if column.bearer >= 0:
            label, room = _place_alternate_label(sheet, column, body, bodies[column.bearer], [*used_boxes, *solid])
        else:
            own = [bodies[n] for n, one in enumerate(columns) if one.bearer == number]
            label, room = _place_column_label(sheet, column, body, own, others, left_edge)
        if room is not None:
            labels[number] = label
            used_boxes.append(room)
    return labels


def in_turn(columns: Sequence[ChartColumn]) -> list[int]:
    """The order in which numbers are written: what is missing, then ends and extremes, then the others."""
    ranks = dict.fromkeys(range(len(columns)), 3)
    for series in {column.series for column in columns}:
        candidates = [n for n, c in enumerate(columns) if c.series == series and not c.missing and c.bearer < 0]
        if candidates:
            ranks[min(candidates, key=lambda n: columns[n].datum.value or 0.0)] = 2
            ranks[max(candidates, key=lambda n: columns[n].datum.value or 0.0)] = 1
            ranks[max(candidates, key=lambda n: columns[n].datum.at)] = 0
    for number, column in enumerate(columns):
        if column.missing:
            ranks[number] = -1
        elif column.bearer >= 0:
            ranks[number] = 4
    # Second figures on one column from the lowest up, so that their stack has their own order.
    return sorted(ranks, key=lambda n: (ranks[n], (columns[n].datum.value or 0.0) if ranks[n] == 4 else 0.0))


def _place_column_label(
    sheet: FrameBuilder, column: ChartColumn, body: Box, own: list[Box], others: list[Box], left_edge: float
) -> tuple[Label, Box | None]:
    """The label of a column: over it, and over those of its second figures' marks that stand there."""
    unit = sheet.unit
    extra = OPEN_EXTRA * unit if column.datum.fill is MarkFill.OPEN_ENDED and not column.missing else 0.0
    high = len(column.lines) * sheet.line_height(_KIND)
    wide = sheet.max_line_width(column.lines, _KIND)
    top = body.y - extra - (_GAP - 1) * unit - high
    for mark in sorted(own, key=lambda one: -one.y):
        if Box(body.centre[0] - wide / 2, top, wide, high).expand_by(3 * unit, unit).intersects(mark):
            top = mark.y - unit - high
    ink = ColourRole.MUTED if column.missing else ColourRole.TEXT
    for x in (body.centre[0], body.x + wide / 2, body.right - wide / 2):
        centre = min(max(x, left_edge + wide / 2), sheet.width - wide / 2)
        room = sheet.lines_box(column.lines, _KIND, centre, top, TextAnchor.MIDDLE).expand_by(unit, 0)
        if not any(room.intersects(other) for other in others):
            return sheet.build_text_runs(column.lines, centre, top, TextStyle.LABEL, ink, TextAnchor.MIDDLE), room
    return (), None


def _place_alternate_label(
    sheet: FrameBuilder, column: ChartColumn, mark: Box, bearer: Box, used_boxes: list[Box]
) -> tuple[Label, Box | None]:
    """The label of a second figure: right or left of its mark, over it, or on top of its column's number."""
    unit, lines = sheet.unit, column.lines
    high = len(lines) * sheet.line_height(_KIND)
    wide = sheet.max_line_width(lines, _KIND)
    gap = (_GAP - 1) * unit
    others = [one for one in used_boxes if one is not mark]
    middle = mark.centre[1] - high / 2
    near = (bearer.x - 6 * unit, bearer.right + 6 * unit)
    for x, top in (
        (mark.right + gap, middle),
        (mark.x - gap - wide, middle),
        (mark.centre[0] - wide / 2, mark.y - gap - high),
    ):
        room = Box(x, top, wide, high).expand_by(unit, 0)
        over = top + high <= mark.y
        inside = x >= 0 and x + wide <= sheet.width and (over or (x >= near[0] and x + wide <= near[1]))
        clear = mark.bottom <= bearer.y or not bearer.height
        if inside and (clear or not over) and not any(room.intersects(one) for one in others):
            return sheet.build_text_runs(lines, x, top, TextStyle.LABEL, ColourRole.MUTED), room
    return _stack_label(sheet, column, mark, bearer, others)


def _stack_label(
    sheet: FrameBuilder, column: ChartColumn, mark: Box, bearer: Box, used_boxes: list[Box]
) -> tuple[Label, Box | None]:
    """The label on top of what stands over the column already, with a small mark to tell whose it is."""
    unit, lines = sheet.unit, column.lines
    high = len(lines) * sheet.line_height(_KIND)
    wide = sheet.max_line_width(lines, _KIND) + GLYPH * unit
    left_edge = min(max(bearer.centre[0] - wide / 2, 0.0), sheet.width - wide)
    top = min(bearer.y, mark.y) - unit - high
    for _ in range(8):
        room = Box(left_edge, top, wide, high).expand_by(unit, 0)
        blockers = [one for one in [*used_boxes, mark] if room.intersects(one)]
        if not blockers:
            size = 9 * unit
            box = Box(left_edge, sheet.snap_to_pixel(top + sheet.line_height(_KIND) / 2 - size / 2), size, size)
            sheet.swatches.append(LegendSwatch(box, MarkFill.HOLLOW, column.role, DIAMOND, MarkDirection.POINT))
            return sheet.build_text_runs(lines, left_edge + GLYPH * unit, top, TextStyle.LABEL, ColourRole.MUTED), room
        column_top = min(one.y for one in blockers)
        if any(one.x >= bearer.right or one.right <= bearer.x for one in blockers):
            return (), None
        top = column_top - high
    return (), None
