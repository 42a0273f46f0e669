"""The Word document of a briefing, read back: structure, captions that count, tables, alt text, language."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree as Xml

import pytest

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, Exhibit, ItemKind, new_id
from explorer.documents.blocks import format_citations
from explorer.documents.compose import declutter
from explorer.export.docx.writer import write_docx
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from tests.run_sizes import plain_and_slow

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TEXT_WIDTH = 21 - 2 * 2
"""Of the page in centimetres, between its margins."""


def file(content: bytes, name: str) -> Xml.Element:
    return Xml.fromstring(zipfile.ZipFile(BytesIO(content)).read(f"word/{name}.xml"))


def body(content: bytes) -> Xml.Element:
    return file(content, "document")


def said(part: Xml.Element) -> str:
    return "".join(text.text or "" for text in part.iter(f"{W}t"))


def style(paragraph: Xml.Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def styled(content: bytes, name: str) -> list[Xml.Element]:
    return [one for one in body(content).iter(f"{W}p") if style(one) == name]


def on(part: Xml.Element, path: str) -> bool:
    """Whether a property is there and not turned off."""
    found = part.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found is not None and found.get(f"{W}val") not in {"0", "false"}


@pytest.fixture(scope="module")
def draft(drafts) -> Briefing:
    return drafts["E23000023"]


@pytest.fixture(scope="module")
def pictures(draft) -> dict[str, bytes]:
    pytest.importorskip("PySide6", reason="a chart is drawn by Qt")
    from explorer.render.image.export import figure_png

    return {
        item.id: figure_png(declutter(item.exhibit.chart)[0])
        for item in draft.items
        if item.exhibit and item.exhibit.chart
    }


@pytest.fixture(scope="module")
def content(draft, pictures) -> bytes:
    return write_docx(draft, pictures)


def test_it_has_a_title_an_author_and_a_language(draft):
    import docx
    from msgspec.structs import replace

    written = write_docx(replace(draft, author="A. Person"), {})
    core = docx.Document(BytesIO(written)).core_properties
    assert (core.title, core.author, core.language) == (draft.title, "A. Person", "en-GB")
    languages = file(written, "styles").findall(f"{W}docDefaults//{W}lang")
    assert [one.get(f"{W}val") for one in languages] == ["en-GB"]


def test_its_headings_are_those_of_the_briefing(content, draft):
    assert [said(one) for one in styled(content, "Title")] == [draft.title]
    told = [said(one) for one in styled(content, "Heading1")]
    wanted = [item.heading for item in draft.items if item.kind is ItemKind.HEADING]
    assert [text for text in told if text in wanted] == wanted
    assert told[-3:] == ["Sources", "About this document", "Where help is"]


def test_every_picture_has_its_text_alternative_and_keeps_its_caption(content, draft):
    described = [one.get("descr") for one in body(content).iter(f"{DRAWN}docPr")]
    charts = [item.exhibit.chart for item in draft.items if item.exhibit and item.exhibit.chart]
    assert described == [chart.alt_text for chart in charts]
    paragraphs = list(body(content).find(f"{W}body"))
    for at, one in enumerate(paragraphs):
        if next(one.iter(f"{DRAWN}docPr"), None) is not None:
            assert on(one, "pPr/keepNext")
            assert said(paragraphs[at + 1]).startswith("Chart ")


def test_pictures_hold_the_chart_alone_and_are_sharp(content, draft, pictures):
    """Title, subtitle, notes and source stand in the text, where they can be read out."""
    from msgspec.structs import replace

    from explorer.render.image.export import WIDE, figure_png

    for item in draft.items:
        if item.id in pictures:
            width = int.from_bytes(pictures[item.id][16:20], "big")
            assert width >= 2 * WIDE
            bare = replace(declutter(item.exhibit.chart)[0], title="", subtitle="", notes=(), source_line="")
            assert figure_png(bare) == pictures[item.id]
    for inline in body(content).iter(f"{DRAWN}inline"):
        assert {inline.get(f"dist{side}") for side in "TBLR"} == {"0"}
    for extent in body(content).iter(f"{DRAWN}extent"):
        assert int(extent.get("cx")) == pytest.approx(TEXT_WIDTH * 360_000, rel=0.01)
        assert int(extent.get("cy")) < 17 * 360_000  # with its heading and its caption it is on one page


def test_captions_are_fields_that_count(content):
    captions = styled(content, "Caption")
    for name in ("Chart", "Table"):
        own = [one for one in captions if said(one).startswith(name)]
        codes = ["".join(code.text for code in one.iter(f"{W}instrText")) for one in own]
        assert own
        assert {code.strip() for code in codes} == {f"SEQ {name} \\* ARABIC"}
        shown = [int(re.match(rf"{name} (\d+)\. ", said(one))[1]) for one in own]
        assert shown == list(range(1, len(own) + 1))
        for one in own:
            kinds = [mark.get(f"{W}fldCharType") for mark in one.iter(f"{W}fldChar")]
            assert kinds == ["begin", "separate", "end"]


def test_every_table_stands_under_its_caption(content):
    parts = list(body(content).find(f"{W}body"))
    tables = [at for at, part in enumerate(parts) if part.tag == f"{W}tbl"]
    assert tables
    for at in tables:
        assert said(parts[at - 1]).startswith("Table ")
        assert on(parts[at - 1], "pPr/keepNext")


def test_tables_have_headers_that_repeat_and_columns_of_their_own_width(content):
    uneven = 0
    for table in body(content).iter(f"{W}tbl"):
        head, *rows = table.findall(f"{W}tr")
        assert on(head, "trPr/tblHeader")
        assert rows
        assert not [row for row in rows if on(row, "trPr/tblHeader")]
        widths = [int(one.get(f"{W}w")) for one in table.findall(f"{W}tblGrid/{W}gridCol")]
        assert sum(widths) == pytest.approx(TEXT_WIDTH * 567, abs=4)
        for row in (head, *rows):
            held = [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in row.findall(f"{W}tc")]
            assert held == widths
        uneven += len(set(widths)) > 1
        layout = table.find(f"{W}tblPr/{W}tblLayout")
        assert layout is not None
        assert layout.get(f"{W}type") == "fixed"
    assert uneven > 3


def test_tables_have_lines_under_their_rows_only(content):
    for table in body(content).iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblStyle") is None
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        assert {one.tag.removeprefix(W) for one in borders} == {"bottom", "insideH"}
        assert {one.get(f"{W}color") for one in borders} == {"D9DDE3"}


def test_the_foot_of_a_page_has_the_title_and_the_number_of_pages(content, draft):
    with zipfile.ZipFile(BytesIO(content)) as held:
        (name,) = [name for name in held.namelist() if re.fullmatch(r"word/footer\d\.xml", name)]
        foot = Xml.fromstring(held.read(name))
    assert said(foot) == f"{draft.title}Page 1 of 1"
    assert [code.text.strip() for code in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert len(list(foot.iter(f"{W}tab"))) == 1


def test_points_begin_in_bold_and_end_with_their_sources(content, draft):
    (first, *_) = [item.exhibit for item in draft.items if item.kind is ItemKind.SUMMARY]
    told = {said(one): one for one in styled(content, "ListBullet")}
    numbers = draft.source_numbers()
    for point in first.points:
        cited = "".join(f" {label}" for label, _ in format_citations(numbers[one] for one in point.sources))
        paragraph = told[f"{point.lead}. {point.text}{cited}"]
        lead = paragraph.find(f"{W}r")
        assert on(lead, "rPr/b")
        assert said(lead) == f"{point.lead}. "
        links = paragraph.findall(f"{W}hyperlink")
        assert [link.get(f"{W}anchor") for link in links] == [
            f"source{number}" for number in sorted({numbers[one] for one in point.sources})
        ]
        raised = [link.find(f"{W}r/{W}rPr/{W}vertAlign").get(f"{W}val") for link in links]
        assert set(raised) <= {"superscript"}


def test_every_link_leads_to_an_entry_of_the_list_of_sources(content, draft):
    anchors = {one.get(f"{W}anchor") for one in body(content).iter(f"{W}hyperlink")}
    marks = [one.get(f"{W}name") for one in body(content).iter(f"{W}bookmarkStart")]
    assert marks == [f"source{number}" for number in range(1, len(draft.sources()) + 1)]
    assert anchors
    assert anchors <= set(marks)


def test_a_reference_ends_in_a_bare_address(content, draft):
    told = [said(one) for one in styled(content, "Reference")]
    assert len(told) == len(draft.sources())
    for text, source in zip(told, draft.sources(), strict=True):
        assert text.endswith(source.address or text)


def test_claims_are_one_table(content, draft):
    claims = [item.exhibit for item in draft.items if item.kind is ItemKind.CLAIM]
    tables = [
        [[said(c) for c in row.iter(f"{W}tc")] for row in t.iter(f"{W}tr")] for t in body(content).iter(f"{W}tbl")
    ]
    (rows,) = [table for table in tables if table[0] == ["Claim", "Against the figures", "Why"]]
    assert [row[0] for row in rows[1:]] == [
        f"{at}. {shown.text} {shown.subtitle}." for at, shown in enumerate(claims, start=1)
    ]
    for row, shown in zip(rows[1:], claims, strict=True):
        assert row[1] == shown.facts[0].text
        assert row[2].startswith(shown.facts[1].text)


def test_a_note_of_several_items_is_printed_once(content, draft):
    notes = [note for item in draft.items if item.exhibit for note in item.exhibit.remarks]
    repeated = {note for note in notes if notes.count(note) > 1}
    assert repeated
    whole = said(body(content))
    assert [note for note in repeated if whole.count(note) != 1] == []


def test_numbered_lists_begin_with_one_each():
    def demand(asked_by: str, text: str) -> BriefingItem:
        return BriefingItem(
            id=new_id(), kind=ItemKind.DEMAND, exhibit=Exhibit(title=asked_by, text=text, speaker=asked_by)
        )

    items = [demand(by, f"{by} {number}") for by in ("One", "Other") for number in (1, 2)]
    content = write_docx(Briefing(items=tuple(items)), {})
    used = [one.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for one in styled(content, "ListNumber")]
    assert len(used) == 4
    assert (used[0], used[2]) == (used[1], used[3])
    assert used[0] != used[2]
    nums = {one.get(f"{W}numId"): one for one in file(content, "numbering").iter(f"{W}num")}
    for number in used:
        start = nums[number].find(f"{W}lvlOverride/{W}startOverride")
        assert start.get(f"{W}val") == "1"


def test_a_quote_of_several_paragraphs_stays_together():
    shown = Exhibit(title="Who", text="“One.\n\n“Two.”", speaker="Who")
    content = write_docx(Briefing(items=(BriefingItem(id="q", kind=ItemKind.QUOTE, exhibit=shown),)), {})
    quote = styled(content, "Quote")
    assert [said(one) for one in quote] == ["“One.", "“Two.”"]
    assert all(on(one, "pPr/keepNext") and on(one, "pPr/keepLines") for one in quote)


def test_a_chart_without_a_picture_is_its_table(library):
    item = collect_item(library, ItemKind.CHART, Question(place="E23000023", chart=ChartKind.TREND))
    content = write_docx(Briefing(items=(item,)), {})
    assert not [one for one in styled(content, "Caption") if said(one).startswith("Chart")]
    assert next(body(content).iter(f"{W}tbl"), None) is not None


@pytest.mark.parametrize("kind", [kind for kind in ItemKind if kind is not ItemKind.CHART])
@pytest.mark.parametrize(
    "text", plain_and_slow(["\u202eflip\x00 <b>&]]>", "x" * 10_000, "\U0001f600", "a\nb\tc\ud800"])
)
def test_text_of_any_kind_goes_through(saying, kind, text):
    item = BriefingItem(id=new_id(), kind=kind, title=text, notes=text, exhibit=saying(text))
    content = write_docx(Briefing(title=text, author=text, audience=text, items=(item,)), {})
    whole = said(body(content))
    assert "\u202e" not in whole
    assert whole.count("x") >= 20_000 or "x" not in text
    assert ("<b>&" in whole) == ("<b>&" in text)
