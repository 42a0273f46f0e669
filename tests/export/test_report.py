"""The PDF of a briefing: tagged, titled, in a language, with alt text, bookmarks and the page's numbers."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from explorer.briefing.document import Briefing, Item, Kind, new_id
from explorer.briefing.exhibits import collect
from explorer.briefing.ready import brief_me
from explorer.export.report import report
from explorer.export.stamp import HELP_LINES
from explorer.pages.chart import ChartKind
from explorer.pages.question import Question
from explorer.pages.words import MORE_RECORDING

pytest.importorskip("PySide6", reason="a PDF is painted by Qt")
pypdfium2 = pytest.importorskip("pypdfium2")


def written(briefing: Briefing) -> bytes:
    (content,) = [step for step in report(briefing) if step is not None]
    return content


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read(content: bytes) -> str:
    return flat("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)))


def kids(part: dict) -> list[dict]:
    """The parts of a part, without its pieces of content and its annotations."""
    found = (kid.get_object() for kid in part.get("/K", []))
    return [kid for kid in found if hasattr(kid, "get") and kid.get("/Type") == "/StructElem"]


def elements(content: bytes) -> list[dict]:
    found: list[dict] = []

    def walk(part):
        part = part.get_object()
        if part.get("/Type") == "/StructElem":
            found.append(part)
        kids = part.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if hasattr(kid.get_object(), "get"):
                walk(kid)

    walk(PdfReader(BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def draft(library) -> Briefing:
    return brief_me(library, "E23000023")


@pytest.fixture(scope="module")
def content(draft) -> bytes:
    return written(draft)


def test_it_says_its_language_title_and_that_it_is_tagged(content, draft):
    pdf = PdfReader(BytesIO(content))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == draft.title
    assert all(page["/Tabs"] == "/S" for page in pdf.pages)


def test_every_piece_on_a_page_is_in_the_tree_and_leads_back_to_its_part(content):
    pdf = PdfReader(BytesIO(content))
    numbers = pdf.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(numbers[at]): numbers[at + 1].get_object() for at in range(0, len(numbers), 2)}
    for page in pdf.pages:
        data = page["/Contents"].get_object().get_data()
        assert b"-3000" not in data
        opened = re.findall(rb"/(\w+) <</MCID (\d+)>> BDC", data)
        assert opened
        assert len(re.findall(rb"\b(BDC|BMC)\b", data)) == len(re.findall(rb"\bEMC\b", data))
        held = parents[int(page["/StructParents"])]
        for tag, number in opened:
            assert held[int(number)].get_object()["/S"] == f"/{tag.decode()}"


def test_nothing_is_painted_outside_a_mark(content):
    for page in PdfReader(BytesIO(content)).pages:
        data, depth = page["/Contents"].get_object().get_data(), 0
        for word in re.findall(rb"\b(?:BDC|BMC|EMC|Tj|TJ)\b", data):
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(word, 0)
            assert depth in {0, 1}
            assert depth == 1 or word == b"EMC"


def test_figures_have_alt_text_and_tables_have_headers(content, draft):
    parts = elements(content)
    alts = [part["/Alt"] for part in parts if part["/S"] == "/Figure"]
    charts = [item.exhibit.chart for item in draft.items if item.exhibit and item.exhibit.chart]
    assert alts == [chart.alt_text for chart in charts]
    tables = [part for part in parts if part["/S"] == "/Table"]
    assert tables
    for table in tables:
        caption, top, body = kids(table)
        assert [part["/S"] for part in (caption, top, body)] == ["/Caption", "/THead", "/TBody"]
        (head,), rows = kids(top), kids(body)
        assert {part["/S"] for part in kids(head)} == {"/TH"}
        assert {part["/A"]["/Scope"] for part in kids(head)} == {"/Column"}
        assert {part["/S"] for part in rows} == {"/TR"}
        assert {len(row["/K"]) for row in rows} == {len(head["/K"])}
        assert {cell.get_object()["/S"] for row in rows for cell in row["/K"]} == {"/TD"}


def test_headings_are_bookmarks(content, draft):
    pdf = PdfReader(BytesIO(content))

    def titles(outline) -> list[str]:
        return [t for one in outline for t in (titles(one) if isinstance(one, list) else [one.title])]

    told = titles(pdf.outline)
    assert [item.title for item in draft.items if item.kind is Kind.HEADING] == [
        title for title in told if title in {item.title for item in draft.items if item.kind is Kind.HEADING}
    ]
    assert told[-1] == "Where help is"


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("place", ["E23000023", "K02000001"])
def test_the_numbers_are_the_pages_numbers(library, place, kind):
    item = collect(library, Kind.CHART, Question(place=place, chart=kind))
    text = read(written(Briefing(title="One", items=(item,))))
    for row in item.exhibit.table.rows:
        for cell in row.cells:
            assert flat(cell) in text
    for said in (MORE_RECORDING, *item.exhibit.packs, *(how for _, how in HELP_LINES)):
        assert flat(said) in text


@pytest.mark.parametrize(
    "text", ["<b>&", "\u202eflip", "a\x00b\x07", "\U0001f600", "x" * 10_000, "=1+1", "%PDF ) ("]
)
def test_hostile_text_stays_text(text):
    items = tuple(Item(id=new_id(), kind=kind, title=text, notes=text) for kind in (Kind.HEADING, Kind.NOTE))
    content = written(Briefing(title=text, author=text, items=items))
    assert len(PdfReader(BytesIO(content)).pages) >= 1
    assert elements(content)
    said = read(content)
    if text.isascii() and text.isprintable():
        assert flat(text) in said or said.count("x") > len(text)


def test_an_empty_briefing_is_a_document_too():
    assert "Wherehelpis" in read(written(Briefing()))
