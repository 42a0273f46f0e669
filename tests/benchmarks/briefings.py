"""How long the documents of a briefing of twenty items take, against the least that any program would need.

The floors, in the same run: as many native charts saved with python-pptx alone, and the same charts painted
with Qt on the pages of a PDF.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO

_ITEMS = 20
_TIMES = 3


def measured() -> Iterator[str]:
    """A line for each kind of document, and one for a save."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from explorer.briefing import file_format
    from explorer.export.documents import DOCUMENTS
    from explorer.library.library import open_library

    library = open_library(is_persistent=False)
    briefing = twenty(library)
    charts = [item.exhibit.chart for item in briefing.items if item.exhibit and item.exhibit.chart]
    floors = {"pptx": lambda: _bare_slides(len(charts)), "pdf": lambda: _bare_pages(charts)}
    most = {"pptx": 2.0, "pdf": 3.0}
    for kind, document in DOCUMENTS.items():
        taken = _best(lambda document=document: [step for step in document.make(briefing) if step])
        line = f"a {_ITEMS}-item briefing with {len(charts)} charts as .{kind}: {taken:.2f} s"
        if kind in floors:
            floor = _best(floors[kind])
            line += f", {taken / floor:.1f} x the bare charts ({floor:.2f} s; at most {most[kind]:g} s)"
        yield line
    taken = _best(lambda: file_format.to_bytes(briefing))
    yield f"a {_ITEMS}-item briefing as its own file: {taken * 1000:.1f} ms"
    library.close()


def twenty(library):
    """Twenty items: every chart of several places, tables, and what is said."""
    from explorer.briefing.draft import generate_draft
    from explorer.briefing.exhibits import collect_item
    from explorer.briefing.model import Briefing, ItemKind
    from explorer.pages.model.chart import ChartKind
    from explorer.pages.model.question import Question

    draft = generate_draft(library, "E23000023").items
    charts = [
        collect_item(library, ItemKind.CHART, Question(place=place, chart=kind))
        for place in ("K02000001", "E12000006")
        for kind in ChartKind
    ]
    table = collect_item(library, ItemKind.TABLE, Question(place="K02000001"))
    items = [*charts, table, *draft]
    return Briefing(title="Twenty items", items=tuple(item for item in items if item)[:_ITEMS])


def _best(act: Callable[[], object]) -> float:
    """The least of several times: the first also imports."""
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def _bare_slides(charts: int) -> None:
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck = Presentation()
    for _ in range(charts):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        data = CategoryChartData()
        data.categories = ["2017/18", "2018/19", "2019/20"]
        data.add_series("Offences", (66, 71, 77))
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 6_000_000, 4_000_000, data)
    deck.save(BytesIO())


def _bare_pages(charts) -> None:
    from explorer.render.image.export import render_picture

    for chart in charts:
        render_picture(chart, "pdf")
