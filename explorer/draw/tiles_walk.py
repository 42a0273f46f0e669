"""Where an arrow key leads on a tile map: to the nearest square that way. Pure, without Qt."""

from __future__ import annotations

from .frame import Target

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
