"""The chart alone: another one shown, moved through and pointed at, beside repainting a bare pyqtgraph chart.

CPU time, at the 95th percentile of both, taken in turn in one process; the bare chart has the window's size, as where a
place is chosen.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator

from explorer.pages.model.chart import Chart, ChartKind
from explorer.pages.model.page import Page
from explorer.pages.model.question import PeriodGranularity, Question, TrendStyle

from .choosing import bare_chart

TURNS = 200
SIZE = (880, 560)
LIMITS = {"place": 4.0, "six": 5.0, "pan": 3.0, "wheel": 3.0, "hover": 2.0}
"""How many times the bare chart's repaint each may take at the most."""


def measured(turns: int = TURNS) -> Iterator[str]:
    """Yields a line for each: its ratio to the floor and what it is held to."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = {
        "place": "another place's chart to painted, the view alone",
        "six": "another six places compared to painted, the view alone",
        "pan": "a frame of moving through 55 quarters of two places",
        "wheel": "a frame of zooming into them",
        "hover": "pointing from mark to mark of them",
    }
    for key, (times, floor) in _driven(turns).items():
        ratio = _percentile(times) / _percentile(floor)
        yield (
            f"{names[key]}: {ratio:.2f} x repainting a bare pyqtgraph bar chart (at most {LIMITS[key]:g} x; 95th "
            f"percentiles {_percentile(times):.1f} ms and {_percentile(floor):.1f} ms of CPU; {turns} turns, "
            f"{SIZE[0]} x {SIZE[1]})"
        )


def _percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _driven(turns: int) -> dict[str, tuple[list[float], list[float]]]:
    from PySide6.QtWidgets import QApplication

    from explorer.app.startup import make_application
    from explorer.library.library import open_library
    from explorer.pages.page_builder import answer
    from explorer.render.view import ChartView
    from explorer.support import LIGHT

    make_application()
    library = open_library(is_persistent=False)
    places = list(library.figure_counts())
    forces = [code for code in places if code.startswith("E23")]
    trends = [answer(library, Question(place=code), brief=True).chart for code in places]
    compared = [_compared(library, forces, number).chart for number in range(40)]
    quarters = answer(
        library,
        Question(
            place=forces[0],
            chart=ChartKind.COMPARE,
            beside=(forces[1],),
            style=TrendStyle.LINE,
            grain=PeriodGranularity.QUARTERS,
        ),
    )
    library.close()
    view = ChartView()
    view.resize(*SIZE)
    view.show()
    QApplication.processEvents()

    def show(charts: list[Chart]) -> Callable[[int], None]:
        def turn(number: int) -> None:
            view.show_chart(charts[number % len(charts)], LIGHT)
            view.prepare_layout()
            QApplication.processEvents()

        return turn

    def still() -> None:
        view.show_chart(quarters.chart, LIGHT, "", quarters.timeline)
        view.prepare_layout()
        QApplication.processEvents()

    def pan(number: int) -> None:
        view.hand.pan(0.1 if number % 20 < 10 else -0.1)
        QApplication.processEvents()

    def wheel(number: int) -> None:
        view.hand.zoom(0.3 if number % 12 < 6 else -0.3)
        QApplication.processEvents()

    def hover(number: int) -> None:
        view._hover_target(number * 7 % len(view.targets))
        QApplication.processEvents()

    found: dict[str, tuple[list[float], list[float]]] = {}
    with bare_chart() as bare:
        found["place"] = _times(turns, show([one for one in trends if one.series]), bare)
        found["six"] = _times(turns, show(compared), bare)
        still()
        view.hand.zoom(4)
        found["pan"] = _times(turns, pan, bare)
        found["wheel"] = _times(turns, wheel, bare)
        view.hand.show_all()
        view.show_chart(compared[0], LIGHT)
        still()
        found["hover"] = _times(turns, hover, bare)
    view.close()
    return found


def _compared(library: object, forces: list[str], number: int) -> Page:
    from explorer.pages.page_builder import answer

    codes = [forces[(number * 7 + step * 5) % len(forces)] for step in range(6)]
    question = Question(place=codes[0], chart=ChartKind.COMPARE, beside=tuple(codes[1:]), style=TrendStyle.LINE)
    return answer(library, question, brief=True)  # pyright: ignore[reportArgumentType]


def _times(turns: int, turn: Callable[[int], None], floor: Callable[[int], None]) -> tuple[list[float], list[float]]:
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(turns + 20):
        for one, times in zip((turn, floor), spent, strict=True):
            began = time.process_time()
            one(number)
            times.append((time.process_time() - began) * 1000)
    return spent[0][20:], spent[1][20:]
