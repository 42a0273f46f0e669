"""Choosing a place, or comparing six, until the window is painted again, beside a bare bar chart."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from explorer.pages.model.question import QueryChange

TURNS = 300
_LIMIT = 16.0


def measured(turns: int = TURNS) -> Iterator[str]:
    """Yields a line for each of both: its times in ms, and the ratio of its median to the floor's.

    The floor is taken in turn with what is measured, so that a machine that slows down slows both.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        os.environ["HARMS_EXPLORER_DATA"] = own
        one, six, floor = driven(turns)
    least = statistics.median(floor)
    for what, times in (("choosing a place", one), ("comparing six places", six)):
        usual = statistics.median(times)
        yield (
            f"{what} to painted: {usual / least:.1f} x repainting a bare pyqtgraph bar chart (medians "
            f"{usual:.1f} ms and {least:.2f} ms; 95th percentile {percentile(times):.1f} ms, at most "
            f"{_LIMIT:.0f} ms; {turns} turns, 1280 x 800)"
        )


def percentile(times: list[float]) -> float:
    """The 95th percentile of times, in ms."""
    return statistics.quantiles(times, n=20)[-1]


def _times(turns: int, turn: Callable[[int], None], floor: Callable[[int], None]) -> list[list[float]]:
    spent: list[list[float]] = [[], []]
    for number in range(turns + 20):
        for one, times in zip((turn, floor), spent, strict=True):
            began = time.perf_counter()
            one(number)
            times.append((time.perf_counter() - began) * 1000)
    return [times[20:] for times in spent]


def driven(turns: int, *moves: QueryChange) -> tuple[list[float], list[float], list[float]]:
    """The times of choosing a place, of comparing six, and of the floor.

    Compared are another place, then another five beside it, in turn.

    ``moves`` are made before the first is timed.
    """
    from PySide6.QtWidgets import QApplication

    from explorer.app.startup import AppStartup, make_application
    from explorer.pages.model.chart import ChartKind
    from explorer.pages.model.question import TrendStyle, compare_with, select_chart, select_place, set_style

    make_application()
    started = AppStartup()
    started.show_window()
    window = started.window
    window.resize(1280, 800)
    while not window.is_ready:
        QApplication.processEvents()
    QApplication.processEvents()
    for move in moves:
        window.store.dispatch(move)
        QApplication.processEvents()
    places = [*window.store.library.figure_counts(), "E06000031", "W92000004", "E23000024"]

    def turn(number: int) -> None:
        window.store.dispatch(select_place(places[number % len(places)]))
        _painted()

    forces = [code for code in places if code.startswith(("E23", "W15"))]

    def compare(number: int) -> None:
        six = [forces[(number * 7 + step * 5) % len(forces)] for step in range(6)]
        window.store.dispatch(compare_with(*six[1:]) if number % 2 else select_place(six[0]))
        _painted()

    with bare_chart() as bare:
        times, first = _times(turns, turn, bare)
        window.store.dispatch(select_chart(ChartKind.COMPARE))
        window.store.dispatch(set_style(TrendStyle.LINE))
        compared, second = _times(turns, compare, bare)
    window.close()
    return times, compared, [*first, *second]


def _painted() -> None:
    """Paints the window on its off-screen surface, and again where painting led to more of it."""
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()


@contextmanager
def bare_chart(size: tuple[int, int] = (1280, 800)) -> Iterator[Callable[[int], None]]:
    """Repainting a bare pyqtgraph bar chart, by default of the window's size."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    plot = pg.PlotWidget()
    bars = pg.BarGraphItem(x=[0, 1, 2, 3], height=[66, 71, 77, 22], width=0.7)
    plot.addItem(bars)
    plot.resize(*size)
    plot.show()
    QApplication.processEvents()

    def turn(number: int) -> None:
        bars.setOpts(height=[66, 71, 77, 22 + number % 7])
        _painted()

    yield turn
    plot.close()
