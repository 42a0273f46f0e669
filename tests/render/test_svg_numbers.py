"""The numbers of a chart's SVG, read back as XML: they are the page's numbers, as text, and no others."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest

from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer

pytest.importorskip("PySide6.QtSvg", reason="pictures are painted by Qt")

TEXT = "{http://www.w3.org/2000/svg}text"
PLACES = ("E23000023", "K02000001", "W92000004", "E12000006")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def texts(chart) -> list[str]:
    from explorer.render.image.export import render_picture

    tree = Xml.fromstring(render_picture(chart, "svg"))
    return ["".join(found.itertext()) for found in tree.iter(TEXT)]


def said(chart) -> str:
    """Every word of the chart, its axes and its keys among them."""
    parts = [chart.title, chart.subtitle, chart.source_line, chart.empty, *chart.notes]
    for axis in (chart.categories, chart.values):
        parts += [axis.title, *(tick.label for tick in axis.ticks)]
    for series in chart.series:
        parts += [
            series.name,
            *(datum.label for datum in series.data),
            *(datum.name for datum in series.data),
        ]
    parts += [label for _, label in chart.keys]
    parts += [part for tile in chart.tiles for part in (tile.short, tile.label, tile.name)]
    parts += [band.label for band in chart.bands]
    parts += [rule.label for rule in chart.rules]
    parts += [flag.label for flag in chart.flags]
    return "\n".join(parts)


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("place", PLACES)
def test_the_numbers_of_the_svg_are_the_pages(library, place, kind):
    chart = answer(library, Question(place=place, chart=kind, events=True)).chart
    if chart.empty:
        pytest.skip("nothing is drawn for this place")
    found = texts(chart)
    joined = re.sub(r"\s+", "", "".join(found))
    if chart.shape is ChartShape.TILES:
        labels = [tile.label for tile in chart.tiles]
    else:
        labels = [d.label for series in chart.series for d in series.data if d.value is not None]
    assert labels
    for label in labels:
        assert re.sub(r"\s+", "", label) in joined, label
    held = {number.replace(",", "") for number in NUMBER.findall(said(chart))}
    events = {str(number) for number in range(1, len(chart.flags) + 1)}  # the circles on the chart
    strange = {n.replace(",", "") for text in found for n in NUMBER.findall(text)} - held - events
    assert strange == set()


def test_a_number_that_finds_no_room_beside_its_mark_stands_below_with_its_name(library):
    chart = answer(library, Question(place="K02000001", chart=ChartKind.SHIFT)).chart
    told = " ".join(texts(chart))
    assert "Without room beside their marks: " in told
    for name in ("Instagram", "Snapchat"):  # their marks stand on each other, and on a line of the axis
        assert f"{name}, England and Wales, 2017/18: 20%" in told
    plain = answer(library, Question(place="E23000023")).chart
    assert not [one for one in texts(plain) if "Without room" in one]
