"""The numbers over columns: where each is written so that it meets nothing, and which give way in a crowd.

The last, the highest and the lowest of a series are written first. What finds no room is left to the card
and the table. A second figure's number stands beside or over its mark; where the mark lies on the column, it
goes over the column's own number with a small copy of the mark before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from explorer.pages.chart import Datum, Fill

from .frame import Anchor, Box, Ink, Lettering, Scale, Swatch, Text, Way
from .second import DIAMOND, RADIUS, is_missing
from .sheet import Sheet

OPEN_EXTRA = 25.0
"""How far the broken edge of an "at least" bar reaches past its value, in units."""
GLYPH = 14.0
"""The room of the small mark before a second figure's number, in units."""
_GAP = 4.0
_KIND = Lettering.STRONG

Label = tuple[Text, ...]


class Column(Struct, frozen=True):
    """A datum with its span across the page and its label's lines, before the height is known."""

    series: int
    role: int
    texture: int
    datum: Datum
    x1: float
    x2: float
    lines: tuple[str, ...]
    bearer: int = -1
    """For a second figure, the number of the column it is drawn on; -1 for the columns themselves."""

    @property
    def missing(self) -> bool:
        """Whether there is no number to draw."""
        return is_missing(self.datum)


def needs(sheet: Sheet, columns: Sequence[Column], values: Scale, height: float) -> list[float]:
    """How much each column needs free over its value for the numbers that may stand there."""
    unit, step = sheet.unit, sheet.line(_KIND)
    scale = Scale(values.low, values.high, 0.0, height)
    found: list[float] = []
    for column in columns:
        need = len(column.lines) * step + _GAP * unit
        need += OPEN_EXTRA * unit if column.datum.fill is Fill.OPEN_ENDED else 0.0
        found.append(need + (RADIUS + _GAP) * unit if column.bearer >= 0 else need)
    for number, column in enumerate(columns):
        bearer = columns[column.bearer] if column.bearer >= 0 else None
        if bearer is None or bearer.missing:
            continue
        over = scale.at(column.datum.value or 0.0) - scale.at(bearer.datum.value or 0.0)
        if over < step + 2 * RADIUS * unit + found[column.bearer]:
            # Its number may be stacked on the column's, and its mark may push that up.
            found[column.bearer] += len(column.lines) * step + (2 * RADIUS + _GAP) * unit
            found[number] = 0.0
    return found


def place(sheet: Sheet, columns: Sequence[Column], bodies: Sequence[Box], axis: float) -> list[Label]:
    """The label of each column, empty where there is no room for it right of ``axis``."""
    labels: list[Label] = [()] * len(columns)
    solid = [body for body in bodies if body.height]
    # The value axis' own labels stand there.
    taken: list[Box] = [Box(-1e6, -1e6, 1e6 + axis - 6 * sheet.unit, 2e6)]
    left = axis - 4 * sheet.unit
    for number in in_turn(columns):
        column, body = columns[number], bodies[number]
        if not column.lines:
            continue
        others = [*taken, *(one for one in solid if one is not body)]
        if column.bearer >= 0:
            label, room = _second(sheet, column, body, bodies[column.bearer], [*taken, *solid])
        else:
            own = [bodies[n] for n, one in enumerate(columns) if one.bearer == number]
            label, room = _first(sheet, column, body, own, others, left)
        if room is not None:
            labels[number] = label
            taken.append(room)
    return labels


def in_turn(columns: Sequence[Column]) -> list[int]:
    """The order in which numbers are written: what is missing, then ends and extremes, then the others."""
    ranks = dict.fromkeys(range(len(columns)), 3)
    for series in {column.series for column in columns}:
        known = [n for n, c in enumerate(columns) if c.series == series and not c.missing and c.bearer < 0]
        if known:
            ranks[min(known, key=lambda n: columns[n].datum.value or 0.0)] = 2
            ranks[max(known, key=lambda n: columns[n].datum.value or 0.0)] = 1
            ranks[max(known, key=lambda n: columns[n].datum.at)] = 0
    for number, column in enumerate(columns):
        if column.missing:
            ranks[number] = -1
        elif column.bearer >= 0:
            ranks[number] = 4
    # Second figures on one column from the lowest up, so that their stack has their own order.
    return sorted(ranks, key=lambda n: (ranks[n], (columns[n].datum.value or 0.0) if ranks[n] == 4 else 0.0))


def _first(
    sheet: Sheet, column: Column, body: Box, own: list[Box], others: list[Box], left: float
) -> tuple[Label, Box | None]:
    """The label of a column: over it, and over those of its second figures' marks that stand there."""
    unit = sheet.unit
    extra = OPEN_EXTRA * unit if column.datum.fill is Fill.OPEN_ENDED and not column.missing else 0.0
    high = len(column.lines) * sheet.line(_KIND)
    wide = sheet.widest(column.lines, _KIND)
    top = body.y - extra - (_GAP - 1) * unit - high
    for mark in sorted(own, key=lambda one: -one.y):
        if Box(body.middle[0] - wide / 2, top, wide, high).grown(3 * unit, unit).meets(mark):
            top = mark.y - unit - high
    ink = Ink.MUTED if column.missing else Ink.TEXT
    for x in (body.middle[0], body.x + wide / 2, body.right - wide / 2):
        centre = min(max(x, left + wide / 2), sheet.width - wide / 2)
        room = sheet.box(column.lines, _KIND, centre, top, Anchor.MIDDLE).grown(unit, 0)
        if not any(room.meets(other) for other in others):
            return sheet.set(column.lines, centre, top, Lettering.LABEL, ink, Anchor.MIDDLE), room
    return (), None


def _second(
    sheet: Sheet, column: Column, mark: Box, bearer: Box, taken: list[Box]
) -> tuple[Label, Box | None]:
    """The label of a second figure: right or left of its mark, over it, or on top of its column's number."""
    unit, lines = sheet.unit, column.lines
    high = len(lines) * sheet.line(_KIND)
    wide = sheet.widest(lines, _KIND)
    gap = (_GAP - 1) * unit
    others = [one for one in taken if one is not mark]
    middle = mark.middle[1] - high / 2
    near = (bearer.x - 6 * unit, bearer.right + 6 * unit)
    for x, top in (
        (mark.right + gap, middle),
        (mark.x - gap - wide, middle),
        (mark.middle[0] - wide / 2, mark.y - gap - high),
    ):
        room = Box(x, top, wide, high).grown(unit, 0)
        over = top + high <= mark.y
        inside = x >= 0 and x + wide <= sheet.width and (over or (x >= near[0] and x + wide <= near[1]))
        clear = mark.bottom <= bearer.y or not bearer.height
        if inside and (clear or not over) and not any(room.meets(one) for one in others):
            return sheet.set(lines, x, top, Lettering.LABEL, Ink.MUTED), room
    return _stacked(sheet, column, mark, bearer, others)


def _stacked(
    sheet: Sheet, column: Column, mark: Box, bearer: Box, taken: list[Box]
) -> tuple[Label, Box | None]:
    """The label on top of what stands over the column already, with a small mark to tell whose it is."""
    unit, lines = sheet.unit, column.lines
    high = len(lines) * sheet.line(_KIND)
    wide = sheet.widest(lines, _KIND) + GLYPH * unit
    left = min(max(bearer.middle[0] - wide / 2, 0.0), sheet.width - wide)
    top = min(bearer.y, mark.y) - unit - high
    for _ in range(8):
        room = Box(left, top, wide, high).grown(unit, 0)
        met = [one for one in [*taken, mark] if room.meets(one)]
        if not met:
            size = 9 * unit
            box = Box(left, sheet.snap(top + sheet.line(_KIND) / 2 - size / 2), size, size)
            sheet.swatches.append(Swatch(box, Fill.HOLLOW, column.role, DIAMOND, Way.POINT))
            return sheet.set(lines, left + GLYPH * unit, top, Lettering.LABEL, Ink.MUTED), room
        column_top = min(one.y for one in met)
        if any(one.x >= bearer.right or one.right <= bearer.x for one in met):
            return (), None
        top = column_top - high
    return (), None
