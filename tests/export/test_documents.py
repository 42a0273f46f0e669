"""Documents of briefings, read back by other libraries than wrote them: numbers are the page's numbers."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree as Xml

import pytest
from msgspec.structs import replace

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, ItemKind, new_id
from explorer.documents.boilerplate import HELP_LINES
from explorer.documents.sections import group_sections
from explorer.export.docx.writer import write_docx
from explorer.export.pptx.deck import iter_pptx
from explorer.export.pptx.text import _MOST_CITED
from explorer.export.xlsx.workbook import build_workbook
from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question
from explorer.pages.text.phrases import MORE_RECORDING
from tests.run_sizes import plain_and_slow

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACES = ("E23000023", "K02000001", "W92000004", "E12000006")
HOSTILE = (
    "null\x00byte \x07 \ud800",
    "<b>bold</b> & <script>",
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "]]>",
    "\u202eflipped",
    "\U0001f600",
    "x" * 10_000,
)


def deck(briefing: Briefing) -> zipfile.ZipFile:
    content = [step for step in iter_pptx(briefing) if step is not None]
    assert len(content) == 1
    return zipfile.ZipFile(BytesIO(content[0]))


def parts(held: zipfile.ZipFile, pattern: str) -> list[Xml.Element]:
    names = [name for name in held.namelist() if re.fullmatch(pattern, name)]
    names.sort(key=lambda name: [int(n) for n in re.findall(r"\d+", name)])
    return [Xml.fromstring(held.read(name)) for name in names]


def text_of(element: Xml.Element, tag: str) -> str:
    return " ".join(found.text or "" for found in element.iter(tag))


def title(slide: Xml.Element) -> str:
    """The text of a slide's title."""
    space = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
    for shape in slide.iter(f"{space}sp"):
        if any(ph.get("type") in {"title", "ctrTitle"} for ph in shape.iter(f"{space}ph")):
            return text_of(shape, f"{A}t")
    return ""


def one_chart(library, place: str, kind: ChartKind, measure: str = "") -> Briefing:
    item = collect_item(library, ItemKind.CHART, Question(place=place, chart=kind, measure=measure))
    assert item is not None
    return Briefing(title="One", items=(item,))


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("place", plain_and_slow(PLACES))
class TestNumbersOfAChart:
    def test_in_the_slides(self, library, place, kind):
        briefing = one_chart(library, place, kind)
        chart = briefing.items[0].exhibit.chart
        held = deck(briefing)
        if chart.shape is ChartShape.TILES:
            shown = text_of(parts(held, r"ppt/slides/slide2\.xml")[0], f"{A}t")
            for tile in chart.tiles:
                assert f"{tile.short} {tile.label}" in shown
            return
        (made,) = parts(held, r"ppt/charts/chart\d+\.xml")
        values = [
            float(value.text)
            for numbers in made.iter(f"{C}val")
            for value in numbers.iter(f"{C}v")
            if value.text is not None
        ]
        drawn = [datum.value for series in chart.series for datum in series.data if datum.value is not None]
        assert sorted(values) == sorted(drawn)
        crossing = [one.get("val") for axis in made.iter(f"{C}valAx") for one in axis.iter(f"{C}crosses")]
        assert crossing == (["max"] if chart.shape is ChartShape.ROWS else ["autoZero"])  # the values at the foot
        labels = [text_of(label, f"{A}t") for label in made.iter(f"{C}dLbl")]
        wanted = [d.label for series in chart.series for d in series.data if d.value is not None]
        assert sorted(filter(None, labels)) == sorted(wanted)

    def test_in_the_document(self, library, place, kind):
        briefing = one_chart(library, place, kind)
        held = zipfile.ZipFile(BytesIO(write_docx(briefing, {})))
        first = next(Xml.fromstring(held.read("word/document.xml")).iter(f"{W}tbl"))
        rows = [tuple(text_of(cell, f"{W}t") for cell in row.iter(f"{W}tc")) for row in first.iter(f"{W}tr")]
        shown = briefing.items[0].exhibit.table
        assert rows == [tuple(shown.columns), *(row.cells for row in shown.rows)]

    def test_in_the_workbook(self, library, place, kind):
        from python_calamine import CalamineWorkbook

        briefing = one_chart(library, place, kind)
        book = CalamineWorkbook.from_filelike(BytesIO(build_workbook(briefing)))
        rows = book.get_sheet_by_name("Table 1").to_python()
        head = next(at for at, row in enumerate(rows) if row[0] == "Place")
        number, held = rows[head].index("Number"), briefing.items[0].exhibit.columns.index("Number")
        for row, record in zip(rows[head + 1 :], briefing.items[0].exhibit.records, strict=True):
            wanted = record[held]
            assert row[number] == (wanted if wanted == "" else float(wanted))
            assert row[0] == record[0]


@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_a_draft_has_every_part_and_every_document_its_stamp(drafts, place):
    briefing = drafts[place]
    kinds = {item.kind for item in briefing.items}
    assert {
        ItemKind.CHART,
        ItemKind.QUOTE,
        ItemKind.DEMAND,
        ItemKind.CLAIM,
        ItemKind.CONFLICT,
        ItemKind.HEADING,
    } <= kinds
    held = deck(briefing)
    several = parts(held, r"ppt/slides/slide\d+\.xml")
    text = [text_of(slide, f"{A}t") for slide in several]
    shown = [leaf for leaf in group_sections(briefing) if leaf.first_item.kind is not ItemKind.HEADING]
    ends = sum(title(slide).startswith(("Sources", "Where help is")) for slide in several)
    continued = sum("(continued)" in title(slide) for slide in several[: len(several) - ends])
    assert len(several) == 1 + len(shown) + continued + ends
    word = text_of(
        Xml.fromstring(zipfile.ZipFile(BytesIO(write_docx(briefing, {}))).read("word/document.xml")), f"{W}t"
    )
    book = zipfile.ZipFile(BytesIO(build_workbook(briefing))).read("xl/sharedStrings.xml").decode()
    for said in (text[0] + text[-1], word, book.replace("&amp;", "&")):
        assert MORE_RECORDING in said
        for pack in briefing.pack_versions():
            assert pack in said
        for name, how in HELP_LINES:
            assert name in said
            assert how in said
    for source in briefing.sources():
        assert source.title in " ".join(text)
        assert source.title in word


def test_every_chart_of_the_slides_has_a_text_alternative_and_notes(drafts):
    briefing = drafts["K02000001"]
    held = deck(briefing)
    described = [
        frame.get("descr")
        for slide in parts(held, r"ppt/slides/slide\d+\.xml")
        for frame in slide.iter("{http://schemas.openxmlformats.org/presentationml/2006/main}cNvPr")
        if frame.get("descr")
    ]
    charts = [item.exhibit.chart for item in briefing.items if item.exhibit and item.exhibit.chart]
    assert [text for text in described if not text.startswith("Table of ")] == [chart.alt_text for chart in charts]
    notes = " ".join(text_of(one, f"{A}t") for one in parts(held, r"ppt/notesSlides/notesSlide\d+\.xml"))
    for item in briefing.items:
        if item.exhibit and item.exhibit.citation:
            cited = " ".join(item.exhibit.citation.split())
            assert cited in " ".join(notes.split()) or len(item.exhibit.citation) > _MOST_CITED


def test_a_number_that_is_missing_is_no_zero(library):
    briefing = one_chart(library, "E23000023", ChartKind.COMPARE, "scc-offences")
    chart = briefing.items[0].exhibit.chart
    missing = [datum for series in chart.series for datum in series.data if datum.value is None]
    assert missing
    (made,) = parts(deck(briefing), r"ppt/charts/chart\d+\.xml")
    values = [value.text for numbers in made.iter(f"{C}val") for value in numbers.iter(f"{C}v")]
    assert not [value for value in values if Decimal(value) == 0]
    names = [[name.text for name in one.iter(f"{C}v")] for one in made.iter(f"{C}cat")]
    assert names
    for told in names:
        assert [name for name in told if "[x]" in name] == ["Hertfordshire [x] 2018/19"]
    assert len(missing) == 1


@pytest.mark.parametrize("text", plain_and_slow(HOSTILE))
def test_hostile_text_stays_text(drafts, text):
    quote = drafts["E23000023"]
    items = []
    for item in quote.items:
        shown = item.exhibit and replace(item.exhibit, title=text, text=item.exhibit.text and text, notes=(text,))
        items.append(replace(item, title=text, notes=text, exhibit=shown))
    items.append(BriefingItem(id=new_id(), kind=ItemKind.NOTE, title=text, notes=text))
    briefing = replace(quote, title=text, author=text, audience=text, items=tuple(items))
    held = deck(briefing)
    for name in held.namelist():
        if name.endswith(".xml"):
            Xml.fromstring(held.read(name))
    Xml.fromstring(zipfile.ZipFile(BytesIO(write_docx(briefing, {}))).read("word/document.xml"))
    book = zipfile.ZipFile(BytesIO(build_workbook(briefing)))
    for name in book.namelist():
        if name.startswith("xl/worksheets/sheet"):
            sheet = Xml.fromstring(book.read(name))
            assert not [one for one in sheet.iter() if one.tag.endswith("}f")]


def test_an_organisations_own_template_is_built_on(drafts, tmp_path, monkeypatch):
    from pptx import Presentation

    from explorer.export.pptx.deck import template_path
    from explorer.support import paths

    monkeypatch.setenv(paths.USER_DATA_VARIABLE, str(tmp_path))
    own = Presentation(str(template_path()))
    own.slide_masters[0].placeholders[0].text_frame.text = "Our own mark"
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "How it looks"
    (tmp_path / "templates").mkdir()
    own.save(str(tmp_path / "templates" / "briefing.pptx"))
    assert template_path() == tmp_path / "templates" / "briefing.pptx"
    held = deck(drafts["E23000023"])
    assert "Our own mark" in held.read("ppt/slideMasters/slideMaster1.xml").decode()
    shown = " ".join(text_of(slide, f"{A}t") for slide in parts(held, r"ppt/slides/slide\d+\.xml"))
    assert "How it looks" not in shown
    assert "Cambridgeshire" in shown


def test_a_template_that_is_none_is_said(library, tmp_path):
    briefing = one_chart(library, "E23000023", ChartKind.TREND)
    bad = tmp_path / "briefing.pptx"
    bad.write_bytes(b"no slides")
    with pytest.raises(ValueError, match="is no PowerPoint file"):
        list(iter_pptx(briefing, bad))
