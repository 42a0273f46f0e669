"""The PDF of a briefing: tagged, titled, in a language, with alt text, bookmarks and the page's numbers."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, ItemKind, new_id
from explorer.documents.boilerplate import HELP_LINES
from explorer.documents.compose import declutter
from explorer.export.pdf_writer import iter_pdf
from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question
from explorer.pages.text.phrases import MORE_RECORDING
from tests.run_sizes import plain_and_slow

pytest.importorskip("PySide6", reason="a PDF is painted by Qt")
pypdfium2 = pytest.importorskip("pypdfium2")


def written(briefing: Briefing) -> bytes:
    (content,) = [step for step in iter_pdf(briefing) if step is not None]
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
def draft(drafts) -> Briefing:
    return drafts["E23000023"]


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
    assert [item.title for item in draft.items if item.kind is ItemKind.HEADING] == [
        title for title in told if title in {item.title for item in draft.items if item.kind is ItemKind.HEADING}
    ]
    assert told[-1] == "Where help is"


@pytest.mark.parametrize("kind", plain_and_slow(ChartKind, 3))
@pytest.mark.parametrize("place", plain_and_slow(["E23000023", "K02000001"]))
def test_the_numbers_are_the_pages_numbers(library, place, kind):
    item = collect_item(library, ItemKind.CHART, Question(place=place, chart=kind))
    text = read(written(Briefing(title="One", items=(item,))))
    for row in item.exhibit.table.rows:
        for cell in row.cells:
            assert flat(cell) in text
    for said in (MORE_RECORDING, *item.exhibit.packs, *(how for _, how in HELP_LINES)):
        assert flat(said) in text


@pytest.mark.parametrize(
    "text", plain_and_slow(["<b>&", "\u202eflip", "a\x00b\x07", "\U0001f600", "x" * 10_000, "=1+1", "%PDF ) ("], 2)
)
def test_hostile_text_stays_text(text):
    items = tuple(
        BriefingItem(id=new_id(), kind=kind, title=text, notes=text) for kind in (ItemKind.HEADING, ItemKind.NOTE)
    )
    content = written(Briefing(title=text, author=text, items=items))
    assert len(PdfReader(BytesIO(content)).pages) >= 1
    assert elements(content)
    said = read(content)
    if text.isascii() and text.isprintable():
        assert flat(text) in said or said.count("x") > len(text)


def test_an_empty_briefing_is_a_document_too():
    assert "Wherehelpis" in read(written(Briefing()))


def every(content: bytes) -> list[tuple[str, str]]:
    """The role of each part of the tree and of the one that it is in."""
    found: list[tuple[str, str]] = []

    def walk(part: dict, within: str) -> None:
        role = part["/S"].removeprefix("/")
        found.append((role, within))
        for kid in kids(part):
            walk(kid, role)

    walk(PdfReader(BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object(), "")
    return found


WITHIN = {
    "THead": {"Table"},
    "TBody": {"Table"},
    "TR": {"THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "Caption": {"Table", "Document"},
    "Link": {"P", "LBody", "TD"},
    "P": {"Document", "BlockQuote"},
    "Document": {""},
} | {role: {"Document"} for role in ("H1", "H2", "H3", "BlockQuote", "L", "Table", "Figure")}
"""Every role that the tree may hold, with what it may stand in: all are standard in PDF 1.7."""


@pytest.mark.parametrize("place", plain_and_slow(["E23000023", "K02000001", "S92000003"]))
def test_the_tree_holds_standard_roles_where_they_belong(drafts, place):
    found = every(written(drafts[place]))
    for role, within in found:
        assert within in WITHIN[role], (role, within)
    levels = [int(role[1]) for role, _ in found if role in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"BlockQuote", "Link", "Figure", "L"} <= {role for role, _ in found}


def test_the_tree_is_read_in_the_order_that_the_pages_are_seen_in(content):
    """By page, and there by the number of each piece; every piece that a page holds is read once."""
    pdf = PdfReader(BytesIO(content))
    pages = {page.indirect_reference.idnum: at for at, page in enumerate(pdf.pages)}
    read_: list[tuple[int, int]] = []

    def walk(part: dict) -> None:
        for kid in part.get("/K", []):
            one = kid.get_object()
            if one.get("/Type") == "/MCR":
                read_.append((pages[one.raw_get("/Pg").idnum], int(one["/MCID"])))
            elif one.get("/Type") == "/StructElem":
                walk(one)

    walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object())
    assert read_ == sorted(set(read_))
    held = [
        (at, int(number))
        for at, page in enumerate(pdf.pages)
        for number in re.findall(rb"<</MCID (\d+)>> BDC", page["/Contents"].get_object().get_data())
    ]
    assert read_ == sorted(held)


@pytest.mark.slow
def test_a_number_of_a_source_leads_to_it(content, draft):
    pdf = PdfReader(BytesIO(content))
    nums = pdf.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(nums[at]): nums[at + 1].get_object() for at in range(0, len(nums), 2)}
    links = [one.get_object() for page in pdf.pages for one in page.get("/Annots", [])]
    pages = {page.indirect_reference.idnum: page.extract_text() for page in pdf.pages}
    assert len(links) >= len(draft.sources())
    for link in links:
        number = int(re.fullmatch(r"Source (\d+)", link["/Contents"])[1])
        assert 1 <= number <= len(draft.sources())
        part = parents[int(link["/StructParent"])]
        assert part["/S"] == "/Link"
        assert part["/K"][-1].get_object()["/Obj"].get_object() == link
        assert f"[{number}]" in pages[link["/Dest"].get_object()[0].idnum]


def test_lists_say_how_their_items_are_marked(content):
    lists = [part for part in elements(content) if part["/S"] == "/L"]
    assert {part["/A"]["/ListNumbering"] for part in lists} == {"/Disc", "/Decimal"}
    for part in lists:
        for one in kids(part):
            assert [kid["/S"] for kid in kids(one)] == ["/Lbl", "/LBody"]


def test_figures_say_where_they_stand_and_fonts_what_their_letters_are(content):
    pdf = PdfReader(BytesIO(content))
    for part in elements(content):
        if part["/S"] == "/Figure":
            left, foot, right, top = (float(side) for side in part["/A"]["/BBox"])
            assert 0 < left < right < 596
            assert 0 < foot < top < 843
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/ToUnicode" in font for font in fonts)
    assert len({font["/BaseFont"] for font in fonts}) == 2  # one family, regular and bold
    assert pdf.xmp_metadata.dc_title["x-default"] == pdf.metadata.title


def test_points_stand_first_with_their_sources(content, draft):
    (first, *_) = [item.exhibit for item in draft.items if item.kind is ItemKind.SUMMARY]
    text = read(content)
    numbers = draft.source_numbers()
    for point in first.points:
        told = flat(f"{point.lead}. {point.text}") if point.lead else flat(point.text)
        assert told in text
        cited = sorted({numbers[one] for one in point.sources})
        if 0 < len(cited) <= 3:
            assert told + "".join(f"[{number}]" for number in cited) in text


def test_claims_are_a_table_with_their_reasons(content, draft):
    text = read(content)
    assert "ClaimAgainstthefiguresWhy" in text
    claims = [item.exhibit for item in draft.items if item.kind is ItemKind.CLAIM]
    assert len(claims) > 1
    for number, shown in enumerate(claims, start=1):
        assert flat(f"{number}. {shown.text}") in text
        for fact in shown.facts[:2]:
            assert flat(fact.text) in text


def test_a_note_of_several_charts_is_printed_once(content, draft):
    notes = [note for item in draft.items if item.exhibit for note in item.exhibit.remarks]
    repeated = {note for note in notes if notes.count(note) > 1}
    assert repeated
    text = read(content)
    for note in repeated:
        assert text.count(flat(note)) == 1


@pytest.mark.parametrize("place", plain_and_slow(["E23000023", "K02000001", "W92000004"]))
def test_no_chart_is_higher_than_it_needs(drafts, place):
    from explorer.render.image.export import ChartFigure, figure_height

    for item in drafts[place].items:
        chart = item.exhibit.chart if item.exhibit else None
        if chart is None or chart.empty:
            continue
        chart, _ = declutter(chart)  # as documents draw it: very many events are told under it
        if chart.shape is ChartShape.ROWS:
            bars = len({datum.start for series in chart.series for datum in series.data})
            assert ChartFigure(chart).height <= 110 + 40 * bars
            assert figure_height(chart) == 60 + 31 * bars
        else:
            assert figure_height(chart) <= 440
            assert ChartFigure(chart).height <= 560
        assert ChartFigure(chart).height <= 700  # so that it stands on a page with its heading and its caption


def test_a_table_goes_on_under_its_header(library):
    item = collect_item(
        library, ItemKind.TABLE, Question(place="K02000001", chart=ChartKind.MAP, measure="scc-offences")
    )
    content = written(Briefing(title="One", items=(item,)))
    pages = [flat(page.extract_text()) for page in PdfReader(BytesIO(content)).pages]
    head = flat("".join(item.exhibit.table.columns[:1]))
    named = [row.cells[0] for row in item.exhibit.table.rows]
    held = [page for page in pages if "notheld" in page and sum(flat(n) in page for n in named) > 2]
    assert len(held) > 1
    assert all(head in page for page in held)
    heads = [part for part in elements(content) if part["/S"] == "/TH"]
    assert len(heads) == len(item.exhibit.table.columns)  # painted again, it is no part of the tree


@pytest.mark.parametrize(
    "kind",
    [ItemKind.QUOTE, ItemKind.CLAIM, ItemKind.DEMAND, ItemKind.EVENT, ItemKind.SUMMARY, ItemKind.CONFLICT],
)
@pytest.mark.parametrize("text", plain_and_slow(["\u202eflip\x00 <b>&", "x" * 10_000, "word " * 2_000, "\U0001f600"]))
def test_text_of_any_length_goes_through_every_kind_of_item(saying, kind, text):
    said = read(written(Briefing(title="One", items=(BriefingItem(id=new_id(), kind=kind, exhibit=saying(text)),))))
    for letter in {"x", "w", "f"} & set(text[:8]):
        assert said.count(letter) >= text.count(letter)


def test_what_is_copied_from_a_page_holds_spaces(content, draft):
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert draft.title in text
    assert "\t" not in text
