"""Where the arrow keys lead: a walk over everything on a chart that can be rested on. Pure, without Qt."""

from __future__ import annotations

import enum

from .frame import Frame, Stop
from .tiles_walk import toward


class Step(enum.Enum):
    """A key's meaning."""

    NEXT = "next"
    BEFORE = "before"
    OVER = "over"
    """To the next series."""
    BACK = "back"
    """To the series before."""
    FIRST = "first"
    LAST = "last"
    RIGHT = "right"
    """The nearest that way, on a map; so are the next three."""
    LEFT = "left"
    UP = "up"
    DOWN = "down"


_WAYS = {Step.RIGHT: (1, 0), Step.LEFT: (-1, 0), Step.UP: (0, -1), Step.DOWN: (0, 1)}


def walk(frame: Frame, now: int, step: Step) -> int:
    """The number of the stop that ``step`` leads to from stop ``now``; -1 where there are none.

    Next and before go through one series and then on into its neighbour, so that either key alone reaches
    everything; over and back change the series and keep to the same category where both have it.
    """
    stops = frame.stops
    if not stops:
        return -1
    order = reading_order(stops)
    if step is Step.FIRST or not 0 <= now < len(stops):
        return order[0]
    if step is Step.LAST:
        return order[-1]
    if step in _WAYS:
        return toward(stops, now, *_WAYS[step])
    by = 1 if step in (Step.NEXT, Step.OVER) else -1
    if step in (Step.OVER, Step.BACK):
        other = _beside(stops, now, by)
        if other is not None:
            return other
    place = order.index(now) + by
    return order[min(max(place, 0), len(order) - 1)]


def reading_order(stops: tuple[Stop, ...]) -> list[int]:
    """The numbers of the stops, series by series along the categories, dated marks last."""
    return sorted(range(len(stops)), key=lambda number: (stops[number].series < 0, *_place(stops[number])))


def pointed_at(frame: Frame, x: float, y: float) -> int:
    """The number of the stop under a point, -1 where there is none. What lies nearest is meant."""
    best, number = (1, float("inf"), 0.0), -1
    for at, stop in enumerate(frame.stops):
        if stop.series < 0:
            near = stop.body.holds(x, y) or stop.hit.holds(x, y)
            rank = (0, stop.body.distance(x, y), 0.0)
        else:
            near = stop.hit.holds(x, y)
            # Of two that are met at once the smaller lies on the larger.
            rank = (1, stop.body.distance(x, y), stop.body.width * stop.body.height)
        if near and rank < best:
            best, number = rank, at
    return number


def _place(stop: Stop) -> tuple[int, float]:
    return stop.series, stop.at


def _beside(stops: tuple[Stop, ...], now: int, by: int) -> int | None:
    """The stop nearest along the categories in the neighbouring series; None where there is none."""
    here = stops[now]
    row = [
        number for number, stop in enumerate(stops) if here.series >= 0 and stop.series == here.series + by
    ]
    return min(row, key=lambda number: abs(stops[number].at - here.at), default=None)
