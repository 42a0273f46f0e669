"""Where the arrow keys lead: a walk over everything on a chart that can be rested on. Pure, without Qt."""

from __future__ import annotations

import enum

from explorer.render.layout import ChartFrame, Target

# Where an arrow key leads on a tile map: to the nearest square that way. Pure, without Qt.


_ASTRAY = 2.0
"""How much more a step to the side counts than a step ahead."""


def nearest_toward(stops: tuple[Target, ...], now: int, across: int, down: int) -> int:
    """The number of the nearest stop to the right (``across`` 1), left (-1), below (``down`` 1) or above.

    A square straight ahead comes before one that lies aslant; where there is none that way, it stays.
    """
    x, y = stops[now].body.centre
    best, number = float("inf"), now
    for at, stop in enumerate(stops):
        dx, dy = stop.body.centre[0] - x, stop.body.centre[1] - y
        ahead = dx * across + dy * down
        aside = abs(dx * down) + abs(dy * across)
        if ahead > 1 and ahead + _ASTRAY * aside < best:
            best, number = ahead + _ASTRAY * aside, at
    return number


class FocusMove(enum.Enum):
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


_WAYS = {FocusMove.RIGHT: (1, 0), FocusMove.LEFT: (-1, 0), FocusMove.UP: (0, -1), FocusMove.DOWN: (0, 1)}


def walk_targets(frame: ChartFrame, now: int, step: FocusMove) -> int:
    """The number of the stop that ``step`` leads to from stop ``now``; -1 where there are none.

    Next and before go through one series and then on into its neighbour, so that either key alone reaches
    everything; over and back change the series and keep to the same category where both have it.
    """
    stops = frame.targets
    if not stops:
        return -1
    order = reading_order(stops)
    if step is FocusMove.FIRST or not 0 <= now < len(stops):
        return order[0]
    if step is FocusMove.LAST:
        return order[-1]
    if step in _WAYS:
        return nearest_toward(stops, now, *_WAYS[step])
    by = 1 if step in (FocusMove.NEXT, FocusMove.OVER) else -1
    if step in (FocusMove.OVER, FocusMove.BACK):
        other = _neighbour_in_series(stops, now, by)
        if other is not None:
            return other
    place = order.index(now) + by
    return order[min(max(place, 0), len(order) - 1)]


def reading_order(stops: tuple[Target, ...]) -> list[int]:
    """The numbers of the stops, series by series along the categories, dated marks last."""
    return sorted(range(len(stops)), key=lambda number: (stops[number].series < 0, *_reading_sort_key(stops[number])))


def pointed_at(frame: ChartFrame, x: float, y: float) -> int:
    """The number of the stop under a point, -1 where there is none. What lies nearest is meant."""
    best, number = (1, float("inf"), 0.0), -1
    for at, stop in enumerate(frame.targets):
        if stop.series < 0:
            near = stop.body.contains_point(x, y) or stop.hit_area.contains_point(x, y)
            rank = (0, stop.body.distance_to(x, y), 0.0)
        else:
            near = stop.hit_area.contains_point(x, y)
            # Of two that are met at once the smaller lies on the larger.
            rank = (1, stop.body.distance_to(x, y), stop.body.width * stop.body.height)
        if near and rank < best:
            best, number = rank, at
    return number


def nearest_by_period(frame: ChartFrame, x: float, y: float) -> int:
    """The number of the stop of a line whose period is nearest to ``x``, and of those at it the nearest to ``y``."""
    lines = [number for number, stop in enumerate(frame.targets) if stop.series >= 0]
    return min(
        lines,
        key=lambda number: (
            round(abs(frame.targets[number].body.centre[0] - x)),
            abs(frame.targets[number].body.centre[1] - y),
        ),
        default=-1,
    )


def _reading_sort_key(stop: Target) -> tuple[int, float]:
    return stop.series, stop.at


def _neighbour_in_series(stops: tuple[Target, ...], now: int, by: int) -> int | None:
    """The stop nearest along the categories in the neighbouring series; None where there is none."""
    here = stops[now]
    row = [number for number, stop in enumerate(stops) if here.series >= 0 and stop.series == here.series + by]
    return min(row, key=lambda number: abs(stops[number].at - here.at), default=None)
