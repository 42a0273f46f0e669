"""Charts asked otherwise - by index, by rate, as lines, by change, other measures - in every document.

Each is read back by another library than wrote it, and holds the numbers of the page and no others.
"""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as Xml

import pytest
from docx import Document
from openpyxl import load_workbook

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, ItemKind
from explorer.export.docx.writer import write_docx
from explorer.export.pptx.deck import iter_pptx
from explorer.export.xlsx.workbook import build_workbook
from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question, TrendStyle, ValueScale
from tests.run_sizes import plain_and_slow

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COMPARE, MAP, TREND = ChartKind.COMPARE, ChartKind.MAP, ChartKind.TREND
KENT = {"place": "E23000032", "beside": ("E23000003", "E23000027"), "chart": COMPARE}
EAST = {"place": "E12000006", "beside": ("K02000001",), "chart": COMPARE}
QUESTIONS = {
    "index as lines": Question(**EAST, scale=ValueScale.CHANGE, style=TrendStyle.LINE),
    "map by rate": Question(place="K02000001", chart=MAP, scale=ValueScale.RATE),
    "rate as bars": Question(**KENT, scale=ValueScale.RATE),
    "index as bars": Question(**KENT, scale=ValueScale.CHANGE),
    "rate as lines": Question(**KENT, scale=ValueScale.RATE, style=TrendStyle.LINE),
    "counts as lines": Question(**EAST, style=TrendStyle.LINE),
    "trend as a line": Question(place="E23000023", chart=TREND, style=TrendStyle.LINE),
    "class 88A": Question(place="E23000023", chart=TREND, measure="ho-88a"),
    "map by change": Question(place="K02000001", chart=MAP, scale=ValueScale.CHANGE),
}


@pytest.fixture(params=plain_and_slow(QUESTIONS, 3), scope="module")
def item(request, library) -> BriefingItem:
    made = collect_item(library, ItemKind.CHART, QUESTIONS[request.param])
    assert made is not None
    assert made.exhibit.chart.figure_ids(), "there is something to read back"
    return made


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def unbroken(text: str) -> str:
    """Without hyphens too: one at the end of a line is read back as a sign of its own."""
    return re.sub("[-\u2010\x02\ufffe]", "", flat(text))


def test_in_the_slides(item):
    (content,) = [step for step in iter_pptx(Briefing(items=(item,))) if step is not None]
    held, chart = zipfile.ZipFile(BytesIO(content)), item.exhibit.chart
    if chart.shape is ChartShape.TILES:
        shown = " ".join(t.text or "" for t in Xml.fromstring(held.read("ppt/slides/slide2.xml")).iter(f"{A}t"))
        for tile in chart.tiles:
            assert f"{tile.short} {tile.label}" in shown
        return
    (name,) = [one for one in held.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", one)]
    made = Xml.fromstring(held.read(name))
    values = [float(v.text) for numbers in made.iter(f"{C}val") for v in numbers.iter(f"{C}v")]
    drawn = [d.value for series in chart.series for d in series.data if d.value is not None]
    assert sorted(values) == sorted(drawn)
    labels = ["".join(t.text or "" for t in one.iter(f"{A}t")) for one in made.iter(f"{C}dLbl")]
    wanted = [d.label for series in chart.series for d in series.data if d.value is not None]
    assert sorted(map(flat, filter(None, labels))) == sorted(map(flat, wanted))
    (high,) = [float(one.get("val")) for axis in made.iter(f"{C}valAx") for one in axis.iter(f"{C}max")]
    assert high == chart.values.high


def test_in_the_word_document(item):
    made = Document(BytesIO(write_docx(Briefing(items=(item,)), {})))
    rows = [tuple(flat(cell.text) for cell in row.cells) for row in made.tables[0].rows]
    shown = item.exhibit.table
    assert rows == [tuple(map(flat, cells)) for cells in (shown.columns, *(row.cells for row in shown.rows))]


def test_in_the_workbook(item):
    book = load_workbook(BytesIO(build_workbook(Briefing(items=(item,)))))
    rows = list(book["Table 1"].iter_rows(values_only=True))
    head = next(at for at, row in enumerate(rows) if row[0] == "Place" and "Number" in row)
    column, held = rows[head].index("Number"), item.exhibit.columns.index("Number")
    read = [row[column] for row in rows[head + 1 :] if row[0] is not None]
    wanted = [record[held] if record[held] != "" else None for record in item.exhibit.records]
    assert [None if n is None else Decimal(str(n)) for n in read] == [
        None if n is None else Decimal(str(n)) for n in wanted
    ]


def test_in_the_pdf_and_the_svg(item):
    pytest.importorskip("PySide6.QtSvg", reason="pictures are painted by Qt")
    pdfium = pytest.importorskip("pypdfium2")
    from explorer.export.pdf_writer import iter_pdf
    from explorer.render.image.export import render_picture

    (content,) = [step for step in iter_pdf(Briefing(items=(item,))) if step is not None]
    text = unbroken("".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)))
    chart = item.exhibit.chart
    for row in item.exhibit.table.rows:
        for cell in row.cells:
            assert unbroken(cell) in text
    drawn = "".join(
        "".join(t.itertext()) for t in Xml.fromstring(render_picture(chart, "svg")).iter() if t.tag.endswith("text")
    )
    labels = [tile.label for tile in chart.tiles]
    labels += [d.label for series in chart.series for d in series.data if d.value is not None]
    for label in labels:
        assert flat(label) in flat(drawn)
