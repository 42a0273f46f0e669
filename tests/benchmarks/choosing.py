"""Choosing a place, or comparing six, until the window is painted again, beside a bare bar chart."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from explorer.pages.model.question import QueryChange

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

TURNS = 300


class TurnTimes(NamedTuple):
    """The times of many turns in ms: until the chart was painted, until the whole window was, and the floor's.

    The floor is taken in turn with what is measured, so that a machine that slows down slows both.
    """

    chart: list[float]
    whole: list[float]
    floor: list[float]

    @property
    def chart_ratio(self) -> float:
        """The 95th percentile until the chart is painted, over the floor's."""
        return percentile(self.chart) / percentile(self.floor)


def measured(turns: int = TURNS) -> Iterator[str]:
    """Yields a line for choosing a place and one for comparing six: each ratio and what it is held to."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        os.environ["HARMS_EXPLORER_DATA"] = own
        one, six = driven(turns)
    for what, limit, times in (("choosing a place", 8, one), ("comparing six places", 9, six)):
        yield f"{what} to {describe_times(times, limit)}; {turns} turns, 1280 x 800"


def describe_times(times: TurnTimes, limit: float) -> str:
    """Both ratios, with the milliseconds that they come from."""
    floor, chart, whole = (statistics.median(part) for part in (times.floor, times.chart, times.whole))
    return (
        f"chart painted: {times.chart_ratio:.1f} x repainting a bare pyqtgraph bar chart, 95th percentiles of both (at "
        f"most {limit:g} x), {chart / floor:.1f} x at the medians; the whole window {whole / floor:.1f} x (chart "
        f"{percentile(times.chart):.1f} and {chart:.1f} ms, window {percentile(times.whole):.1f} and {whole:.1f} ms, "
        f"bare chart {percentile(times.floor):.2f} and {floor:.2f} ms)"
    )


def percentile(times: list[float]) -> float:
    """The 95th percentile of times, in ms."""
    return statistics.quantiles(times, n=20)[-1]


def driven(turns: int, *moves: QueryChange) -> tuple[TurnTimes, TurnTimes]:
    """The times of choosing a place, and of comparing six: another place, then another five beside it, in turn.

    ``moves`` are made before the first is timed.
    """
    from PySide6.QtWidgets import QApplication

    from explorer.app.startup import AppStartup, make_application
    from explorer.pages.model.chart import ChartKind
    from explorer.pages.model.question import TrendStyle, compare_with, select_chart, select_place, set_style

    make_application()
    with _paints_timed() as painted:
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
        forces = [code for code in places if code.startswith(("E23", "W15"))]

        def choose(number: int) -> None:
            window.store.dispatch(select_place(places[number % len(places)]))

        def compare(number: int) -> None:
            six = [forces[(number * 7 + step * 5) % len(forces)] for step in range(6)]
            window.store.dispatch(compare_with(*six[1:]) if number % 2 else select_place(six[0]))

        with bare_chart() as bare:
            times = _times(turns, choose, bare, painted)
            window.store.dispatch(select_chart(ChartKind.COMPARE))
            window.store.dispatch(set_style(TrendStyle.LINE))
            _paint()
            compared = _times(turns, compare, bare, painted)
        window.close()
    return times, compared


def _times(turns: int, move: Callable[[int], None], floor: Callable[[int], None], painted: list[float]) -> TurnTimes:
    times = TurnTimes([], [], [])
    for number in range(turns + 20):
        began = painted[0] = time.perf_counter()
        move(number)
        _paint()
        ended = time.perf_counter()
        times.chart.append((painted[0] - began) * 1000)
        times.whole.append((ended - began) * 1000)
        began = time.perf_counter()
        floor(number)
        times.floor.append((time.perf_counter() - began) * 1000)
    return TurnTimes(*(part[20:] for part in times))


@contextmanager
def _paints_timed() -> Iterator[list[float]]:
    """When a chart view made within was last painted, kept up to date as it is."""
    from explorer.render.view import ChartView

    painted, paint = [0.0], ChartView.paintEvent

    def timed(view: ChartView, event: QPaintEvent) -> None:
        paint(view, event)
        painted[0] = time.perf_counter()

    ChartView.paintEvent = timed
    try:
        yield painted
    finally:
        ChartView.paintEvent = paint


def _paint() -> None:
    """Paints the window on its off-screen surface, and what follows the chart, as long as there is anything."""
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
        QApplication.processEvents()

    yield turn
    plot.close()
