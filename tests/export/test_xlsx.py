"""The workbook of a briefing, read back: every sheet's shape, what stands where, and text that stays text."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pytest
from msgspec.structs import replace

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, Exhibit, ItemKind, new_id
from explorer.briefing.summary_exhibits import POINTS
from explorer.documents.boilerplate import HELP_CHECK, HELP_LINES
from explorer.evidence.formatting import STATUS_WORDS
from explorer.export.xlsx.workbook import build_workbook
from explorer.pages.flat_records import COLUMNS
from explorer.pages.key_points import SummaryPoint
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import CardFact, SourceRef
from explorer.pages.model.question import Question
from explorer.pages.text.phrases import MORE_RECORDING
from tests.run_sizes import plain_and_slow

LONG = "word " * 2_000
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x","y")',
    "http://example.org/a",
    "internal:'Notes'!A1",
    "file:///etc/passwd",
    "[Content]:*?/\\",
    "x" * 10_000,
    LONG,
    "null\x00byte \x07\x1b\ufffe",
    "\ud800 half \udfff",
    "\u202eflipped",
    "_x000D_ _x0041_",
    "&[Path]&L&G",
    "",
)
FIXED = ("Cover", "Contents", "Notes", "Shorthand", "Columns")
LAST = ("Worked out", "Said", "Sources")


def read(briefing: Briefing) -> Any:
    return openpyxl.load_workbook(BytesIO(build_workbook(briefing)))


@cache
def hostile_file(text: str) -> bytes:
    return build_workbook(hostile(text))


@cache
def hostile_book(text: str) -> Any:
    return openpyxl.load_workbook(BytesIO(hostile_file(text)))


def cells(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows of the sheet's one table, its header first."""
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def under(sheet: Any, head: str) -> list[Any]:
    """The cells under that header."""
    first, *rows = cells(sheet)
    return [row[first.index(head)] for row in rows]


def of(exhibit: Exhibit, kind: ItemKind = ItemKind.TABLE, **given: str) -> Briefing:
    return Briefing(title="One", items=(BriefingItem(id=new_id(), kind=kind, exhibit=exhibit, **given),))


@pytest.fixture(scope="module")
def briefing(drafts):
    return replace(drafts["E23000023"], author="A. Researcher", audience="the committee")


@pytest.fixture(scope="module")
def book(briefing):
    return read(briefing)


class TestShape:
    def test_sheets_stand_in_order_under_names_of_their_own(self, briefing, book):
        tables = sum(1 for item in briefing.items if item.exhibit and item.exhibit.records)
        assert book.sheetnames == [*FIXED, *(f"Table {n}" for n in range(1, tables + 1)), *LAST]

    def test_each_has_its_title_in_the_first_cell_and_no_merged_cells(self, book):
        for sheet in book:
            assert sheet["A1"].value
            assert sheet["A1"].font.bold
            assert not sheet.merged_cells.ranges

    def test_each_but_the_cover_has_one_table_with_one_header_row_that_stays_in_sight(self, book):
        names = []
        for sheet in book.worksheets[1:]:
            (table,) = sheet.tables.values()
            head = table.ref.split(":")[0]
            assert table.headerRowCount in (None, 1)
            assert sheet.freeze_panes in (f"A{int(head[1:]) + 1}", f"B{int(head[1:]) + 1}")
            assert sheet.max_row == int(re.findall(r"\d+", table.ref)[-1])  # nothing stands under it
            row = cells(sheet)[0]
            assert len({name.casefold() for name in row}) == len(row)
            names.append(table.displayName.casefold())
        assert len(set(names)) == len(names)
        assert not book["Cover"].tables

    def test_a_table_is_printed_lying_and_as_wide_as_the_page(self, book):
        for sheet in (book["Table 1"], book["Said"], book["Notes"], book["Sources"]):
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.print_title_rows
            wide = sum(one.width * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
            assert wide < 300

    def test_the_properties_say_whose_it_is_and_its_language(self, briefing, book):
        about = book.properties
        assert (about.title, about.creator) == (briefing.name, "A. Researcher")
        assert about.subject == "Briefing for the committee"
        assert "English" in about.description
        assert MORE_RECORDING in about.description
        assert book.custom_doc_props["Language"].value == "en-GB"


class TestWhatStandsWhere:
    def test_the_cover(self, briefing, book):
        lines = [row[0].value for row in book["Cover"]]
        assert lines[:2] == [briefing.name, f"A. Researcher, for the committee, {briefing.date}"]
        for pack in briefing.pack_versions():
            assert pack in lines  # one a line
        assert {MORE_RECORDING, HELP_CHECK} <= set(lines)
        assert all(f"{name}: {how}" in lines for name, how in HELP_LINES)

    def test_the_contents_lead_to_every_sheet_after_it(self, book):
        sheet = book["Contents"]
        assert under(sheet, "Sheet") == book.sheetnames[2:]
        assert all(under(sheet, "Table"))
        assert all(under(sheet, "What it shows"))
        led = [cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink]
        assert led == [f"'{name}'!A1" for name in book.sheetnames[2:]]

    def test_every_shorthand_is_explained(self, book):
        told = dict(cells(book["Shorthand"])[1:])
        assert told == {f"[{status}]": text for status, text in STATUS_WORDS.items()}

    def test_every_column_is_explained(self, book):
        told = {name for row in cells(book["Columns"])[1:] for name in row[0].split(", ")}
        shown = {head for sheet in book if sheet.title.startswith("Table ") for head in cells(sheet)[0]}
        assert {*COLUMNS, *shown} - {"Publisher", "Date", "Address"} <= told

    def test_a_note_stands_once_with_the_tables_that_it_is_about(self, book):
        notes, of_ = under(book["Notes"], "Note"), under(book["Notes"], "Applies to")
        assert under(book["Notes"], "Note number") == list(range(1, len(notes) + 1))
        assert len(set(notes)) == len(notes)
        assert re.fullmatch(r"Tables \d+(, \d+)* and \d+", of_[notes.index(MORE_RECORDING)])

    def test_the_sources_are_numbered_and_the_tables_name_them_by_number(self, briefing, book):
        rows = cells(book["Sources"])[1:]
        assert [(row[0], row[1]) for row in rows] == [
            (number, source.title) for number, source in enumerate(briefing.sources(), start=1)
        ]
        titles = {row[0]: row[1] for row in rows}
        tables = [sheet for sheet in book if sheet.title.startswith("Table ")]
        for sheet in tables:
            numbered = zip(under(sheet, "Source number"), under(sheet, "Source"), strict=True)
            assert all(titles[number] == title for number, title in numbered if number or title)
            assert not {"Publisher", "Address", "Date"} & set(cells(sheet)[0])

    def test_what_is_said_is_a_table(self, briefing, book):
        sheet = book["Said"]
        kinds = under(sheet, "Kind")
        assert {"Summary", "Heading", "Quote", "Demand", "Claim", "Conflict"} <= set(kinds)
        points = [point for item in briefing.items if item.exhibit for point in item.exhibit.points]
        assert kinds.count("Summary") == len(points)
        told = "\n".join(under(sheet, "What is said"))
        for point in points:
            assert (f"{point.lead}: {point.text}" if point.lead else point.text) in told
        claim = next(item.exhibit for item in briefing.items if item.kind is ItemKind.CLAIM)
        row = next(row for row in cells(sheet) if row[1] == claim.text)
        assert row[2] == claim.facts[0].text
        assert claim.facts[1].text in row[3]
        assert claim.source_line in row[4]
        assert re.search(r"\[\d+\]$", row[4])
        assert row[5] in book.sheetnames

    def test_what_was_worked_out_stands_beside_how(self, library):
        question = Question(place="E23000023", chart=ChartKind.TREND, measure="scc-offences")
        item = collect_item(library, ItemKind.CHART, question)
        rows = cells(read(Briefing(items=(item, item)))["Worked out"])[1:]
        assert len(rows) == len(set(item.exhibit.workings))
        assert rows[0][:2] == (
            "Cambridgeshire: 11 more offences recorded in 2019/20 than in 2017/18.",
            "77 − 66 = 11\nNo clear change: chance alone could make it.",
        )
        # The outer brackets alone are taken away.
        assert rows[1][1].splitlines() == [
            "(77 − 66) ÷ 66 × 100 ≈ 16.7",
            "No clear change: chance alone could make it.",
        ]
        assert rows[0][2].splitlines() == [f"Table {n}: {item.heading}" for n in (1, 2)]

    def test_the_figures_of_a_summary_make_a_table(self, library):
        item = collect_item(library, ItemKind.SUMMARY, Question(place="E23000023"), POINTS)
        made = read(Briefing(items=(item,)))
        assert len(cells(made["Table 1"])) == 1 + len(item.exhibit.records)
        assert set(under(made["Said"], "Table")) == {"Table 1", None}  # counts of claims stand on no figure

    def test_an_empty_briefing_has_every_sheet(self):
        made = read(Briefing())
        assert made.sheetnames == [*FIXED, *LAST]
        assert "It holds no evidence." in [row[0].value for row in made["Cover"]]


class TestNumbers:
    def test_they_are_numbers_in_a_format_that_shows_thousands(self, library):
        item = collect_item(library, ItemKind.CHART, Question(place="K02000001", chart=ChartKind.TREND))
        sheet = read(Briefing(items=(item,)))["Table 1"]
        at = cells(sheet)[0].index("Number")
        found = [row[at] for row in sheet.iter_rows(min_row=6)]
        assert max(cell.value for cell in found) > 1000
        assert {cell.number_format for cell in found} == {"#,##0"}

    def test_a_missing_one_is_empty_beside_its_shorthand(self, library):
        item = collect_item(library, ItemKind.CHART, Question(place="E23000023", chart=ChartKind.COMPARE))
        assert item is not None
        number, status = COLUMNS.index("Number"), COLUMNS.index("Status")
        row = list(item.exhibit.records[0])
        row[number], row[status] = "", "[x]"
        made = replace(item, exhibit=replace(item.exhibit, records=(tuple(row),)))
        sheet = read(Briefing(items=(made,)))["Table 1"]
        assert under(sheet, "Number") == [None]
        assert under(sheet, "Status") == ["[x]"]

    def test_columns_that_tell_nothing_are_left_out_and_essential_ones_never(self, library):
        empty = Exhibit(title="None", columns=COLUMNS, records=(("",) * len(COLUMNS),))
        heads = cells(read(of(empty))["Table 1"])[0]
        assert {"Place", "Code", "Measure", "Period", "Number", "Qualifier", "Status"} <= set(heads)
        assert {"Printed as", "Source", "Where"} <= set(heads)
        assert not {"Platform", "Low", "High", "Share of", "Forces responding", "Note"} & set(heads)

    def test_records_of_any_shape_make_a_table(self):
        strange = Exhibit(
            title="Strange",
            columns=("", "a", "A", "a (3)", "x\ny", "=1+1", "n" * 300),
            records=((), ("one",), (1, 2.5, 10**400, 1e308, -3, 0, "+1", "too many")),
        )
        head, *rows = cells(read(of(strange))["Table 1"])
        assert len(rows) == 3
        assert len({name.casefold() for name in head}) == len(head)
        assert 2.5 in rows[2]
        assert 0 in rows[2]
        assert str(10**400) in rows[2]
        assert "too many" in rows[2]

    @pytest.mark.parametrize("records", [((),), (("",),), (("a", 1), ("b",))])
    def test_records_whose_columns_have_no_names_make_a_table(self, records):
        head, *rows = cells(read(of(Exhibit(title="Nameless", records=records)))["Table 1"])
        assert head == tuple(f"Column {n}" for n in range(1, len(head) + 1))
        assert len(rows) == len(records)

    def test_a_source_that_the_briefing_does_not_list_stays_whole_in_the_table(self):
        row = dict.fromkeys(COLUMNS, "")
        row |= {"Source": "Elsewhere", "Publisher": "Nobody", "Address": "http://example.org/"}
        sheet = read(of(Exhibit(title="One", columns=COLUMNS, records=(tuple(row.values()),))))["Table 1"]
        assert under(sheet, "Publisher") == ["Nobody"]
        assert under(sheet, "Address") == ["http://example.org/"]
        assert "Source number" not in cells(sheet)[0]


def hostile(text: str) -> Briefing:
    """A briefing whose every word is ``text``."""
    cited = SourceRef(id="a/b", title=text, publisher=text, address=text, date=text)
    exhibit = Exhibit(
        title=text,
        subtitle=text,
        text=text,
        speaker=text,
        facts=(CardFact(label=text, text=text), CardFact(label=text, text=text)),
        points=(SummaryPoint(lead=text, text=text, source=text, sources=("a/b",), figures=("f",)),),
        notes=(text,),
        remarks=(text,),
        workings=(text, f"{text}. ({text}) {text}"),
        source_line=text,
        sources=(cited,),
        definition=text,
        columns=(*COLUMNS, text),
        records=((text,) * (len(COLUMNS) + 1),),
        packs=(text,),
    )
    items = tuple(
        BriefingItem(id=new_id(), kind=kind, title=text, notes=text, exhibit=exhibit)
        for kind in ItemKind
        if kind not in (ItemKind.HEADING, ItemKind.NOTE)
    )
    typed = tuple(
        BriefingItem(id=new_id(), kind=kind, title=text, notes=text) for kind in (ItemKind.HEADING, ItemKind.NOTE)
    )
    return Briefing(title=text, author=text, audience=text, date=text, items=(*items, *typed))


@pytest.mark.parametrize("text", plain_and_slow(HOSTILE, 3), ids=lambda text: ascii(text[:12]))
class TestHostileText:
    def test_no_cell_becomes_a_formula_or_a_link(self, text):
        held = zipfile.ZipFile(BytesIO(hostile_file(text)))
        names = re.findall(r'<sheet name="([^"]+)"', held.read("xl/workbook.xml").decode())
        for name in held.namelist():
            root = Xml.fromstring(held.read(name))
            tags = [one.tag.split("}")[-1] for one in root.iter()]
            assert "f" not in tags
            if name.endswith(".rels"):
                assert not [one for one in root.iter() if one.get("TargetMode") == "External"]
            for one in root.iter():
                if one.tag.endswith("}hyperlink"):
                    assert name == "xl/worksheets/sheet2.xml"  # the contents, and only to sheets of this book
                    assert set(one.attrib) <= {"ref", "location", "display"}
                    assert one.get("location", "").removesuffix("!A1").strip("'") in names

    def test_sheets_and_tables_have_valid_names_that_differ(self, text):
        made = hostile_book(text)
        assert all(sheet["A1"].value for sheet in made)
        names = [name.casefold() for name in made.sheetnames]
        assert len(set(names)) == len(names)
        assert not [name for name in names if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name)]
        tables = [table.displayName for sheet in made for table in sheet.tables.values()]
        assert len({name.casefold() for name in tables}) == len(tables)
        assert all(re.fullmatch(r"[A-Za-z_]\w*", name) for name in tables)

    def test_it_is_read_as_it_was_written(self, text):
        made = hostile_book(text)
        assert all(cell.data_type != "f" for sheet in made for row in sheet for cell in row)
        if text.isprintable() and text and "_x" not in text:
            assert text in under(made["Notes"], "Note")
            assert under(made["Sources"], "Address") == [text]
            assert under(made["Table 1"], "Number") == [text]


def test_a_text_that_looks_like_a_formula_stays_text_when_it_is_edited():
    sheet = hostile_book("=1+1")["Sources"]
    (table,) = sheet.tables.values()
    assert {cell.quotePrefix for row in sheet[table.ref][1:] for cell in row[1:]} == {True}


@pytest.mark.slow
def test_a_row_with_much_to_read_is_high_and_no_higher_than_a_sheet_allows():
    sheet = hostile_book(LONG)["Notes"]
    heights = [one.height for one in sheet.row_dimensions.values() if one.height]
    assert 300 < max(heights) <= 409
