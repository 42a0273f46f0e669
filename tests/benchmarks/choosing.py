"""Choosing a place, or comparing six, until the window is painted again, beside a bare bar chart."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

from explorer.pages.question import Move

TURNS = 300
_LIMIT = 16.0


def measured(turns: int = TURNS) -> Iterator[str]:
    """Yields a line for each of both: the 95th percentile in ms and its ratio to the floor's."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        os.environ["HARMS_EXPLORER_DATA"] = own
        (one, six), floor = driven(turns), percentile(_floor(turns))
    for what, times in (("choosing a place", one), ("comparing six places", six)):
        ours = percentile(times)
        yield (
            f"{what} to painted: {ours:.1f} ms at the 95th percentile (at most {_LIMIT:.0f} ms; "
            f"median {statistics.median(times):.1f} ms; {turns} turns, 1280 x 800), "
            f"{ours / floor:.2f} x repainting a bare pyqtgraph bar chart ({floor:.1f} ms)"
        )


def percentile(times: list[float]) -> float:
    """The 95th percentile of times, in ms."""
    return statistics.quantiles(times, n=20)[-1]


def _times(turns: int, turn: Callable[[int], None]) -> list[float]:
    spent: list[float] = []
    for number in range(turns + 20):
        began = time.perf_counter()
        turn(number)
        spent.append((time.perf_counter() - began) * 1000)
    return spent[20:]


def driven(turns: int, *moves: Move) -> tuple[list[float], list[float]]:
    """The times of choosing a place, and of comparing six: another place, then another five, in turn.

    ``moves`` are made before the first is timed.
    """
    from PySide6.QtWidgets import QApplication

    from explorer.app import Start, make_application
    from explorer.pages.chart import ChartKind
    from explorer.pages.question import Style, beside, draw, go, style

    make_application()
    started = Start()
    started.begin()
    window = started.window
    window.resize(1280, 800)
    while not window.ready:
        QApplication.processEvents()
    QApplication.processEvents()
    for move in moves:
        window.store.ask(move)
        QApplication.processEvents()
    places = [*window.store.library.figure_counts(), "E06000031", "W92000004", "E23000024"]

    def turn(number: int) -> None:
        window.store.ask(go(places[number % len(places)]))
        QApplication.processEvents()  # paints the window on its off-screen surface

    forces = [code for code in places if code.startswith(("E23", "W15"))]

    def compare(number: int) -> None:
        six = [forces[(number * 7 + step * 5) % len(forces)] for step in range(6)]
        window.store.ask(beside(*six[1:]) if number % 2 else go(six[0]))
        QApplication.processEvents()

    times = _times(turns, turn)
    window.store.ask(draw(ChartKind.COMPARE))
    window.store.ask(style(Style.LINE))
    compared = _times(turns, compare)
    window.close()
    return times, compared


def _floor(turns: int) -> list[float]:
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    plot = pg.PlotWidget()
    bars = pg.BarGraphItem(x=[0, 1, 2, 3], height=[66, 71, 77, 22], width=0.7)
    plot.addItem(bars)
    plot.resize(1280, 800)
    plot.show()
    QApplication.processEvents()

    def turn(number: int) -> None:
        bars.setOpts(height=[66, 71, 77, 22 + number % 7])
        QApplication.processEvents()

    times = _times(turns, turn)
    plot.close()
    return times
