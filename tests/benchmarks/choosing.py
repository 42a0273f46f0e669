"""Choosing a place until the whole window is painted again, beside painting a bare pyqtgraph bar chart."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator

TURNS = 300
_LIMIT = 16.0


def measured(turns: int = TURNS) -> Iterator[str]:
    """Yields one line: the 95th percentile in ms and its ratio to the floor's."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        os.environ["HARMS_EXPLORER_DATA"] = own
        ours, floor = _ours(turns), _floor(turns)
    ratio = percentile(ours) / percentile(floor)
    yield (
        f"choosing a place to painted: {percentile(ours):.1f} ms at the 95th percentile "
        f"(at most {_LIMIT:.0f} ms; median {statistics.median(ours):.1f} ms; {turns} turns, 1280 x 800), "
        f"{ratio:.2f} x repainting a bare pyqtgraph bar chart ({percentile(floor):.1f} ms)"
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


def _ours(turns: int) -> list[float]:
    from PySide6.QtWidgets import QApplication

    from explorer.app import Start, make_application
    from explorer.pages.question import go

    make_application()
    started = Start()
    started.begin()
    window = started.window
    window.resize(1280, 800)
    while not window.ready:
        QApplication.processEvents()
    QApplication.processEvents()
    places = [*window.store.library.figure_counts(), "E06000031", "W92000004", "E23000024"]

    def turn(number: int) -> None:
        window.store.ask(go(places[number % len(places)]))
        QApplication.processEvents()  # paints the window on its off-screen surface

    times = _times(turns, turn)
    window.close()
    return times


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
