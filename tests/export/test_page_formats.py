"""What leaves the program as a table: exact numbers, their sources, and text that stays text."""

import csv
import io
import json
import os

import msgspec
import openpyxl
import pytest
from msgspec.structs import replace

from explorer.export.page import formats, json_contract, plain_text, tables
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.page import ChartTable, ChartTableRow
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer

PLACES = ["E23000023", "E12000006", "K02000001"]
HOSTILE = '=HYPERLINK("http://x")'


def page(library, place="E23000023", chart=ChartKind.TREND):
    return answer(library, Question(place=place, chart=chart))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("chart", ChartKind)
def test_the_csv_holds_the_pages_numbers(library, place, chart):
    shown = page(library, place, chart)
    rows = list(csv.DictReader(io.StringIO(tables.csv_text(library, shown))))
    assert [row["Number"] for row in rows] == [str(json_contract.json_number(f.amount.number)) for f in shown.drawn]
    assert [row["Where"] for row in rows] == [f.locator for f in shown.drawn]
    assert [row["Qualifier"] for row in rows] == [f.amount.qualifier.value for f in shown.drawn]


@pytest.mark.parametrize("chart", ChartKind)
def test_the_workbook_holds_the_pages_numbers_and_explains_itself(library, chart, tmp_path):
    shown = page(library, "E12000006", chart)
    formats.write_page(library, shown, tmp_path / "page.xlsx")
    book = openpyxl.load_workbook(tmp_path / "page.xlsx")
    sheet = book["Figures"]
    assert sheet["A1"].value == shown.chart.subtitle
    header = [cell.value for cell in sheet[2]]
    column = header.index("Number")
    numbers = [row[column] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert numbers == [json_contract.json_number(f.amount.number) for f in shown.drawn]
    assert len(sheet.tables) == 1
    assert not sheet.merged_cells.ranges
    assert book["Cover"]["A1"].value == shown.chart.title
    assert any("[x]" in str(row[0]) for row in book["Notes"].iter_rows(values_only=True))
    assert book.properties.title == shown.chart.title


def _hostile(shown):
    figure = msgspec.structs.replace(shown.drawn[0], printed=HOSTILE, note="@cmd", base="+1")
    return msgspec.structs.replace(shown, drawn=(figure, *shown.drawn[1:]))


def test_text_that_looks_like_a_formula_stays_text(library, tmp_path):
    shown = _hostile(page(library))
    (first, *_) = csv.DictReader(io.StringIO(tables.csv_text(library, shown)))
    assert (first["Printed as"], first["Note"], first["Share of"]) == (f"'{HOSTILE}", "'@cmd", "'+1")
    formats.write_page(library, shown, tmp_path / "page.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "page.xlsx")["Figures"]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert cells[HOSTILE] == "s"


def test_a_pasted_table_stays_a_table():
    hostile = ChartTable(columns=("A", "B"), rows=(ChartTableRow(figure="", cells=("=1+1", "two\tcells\nhere")),))
    assert plain_text.table_tabbed(hostile) == "A\tB\n'=1+1\ttwo cells here"


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "json", "txt"])
def test_a_failed_write_leaves_what_was_there(library, tmp_path, monkeypatch, fmt):
    target = tmp_path / f"page.{fmt}"
    target.write_text("before")
    monkeypatch.setattr(os, "fsync", _full_disk)
    with pytest.raises(OSError, match="No space"):
        formats.write_page(library, page(library), target)
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def _full_disk(_descriptor):
    raise OSError(28, "No space left on device")


def test_an_unknown_ending_is_refused_in_a_sentence(library, tmp_path):
    with pytest.raises(ValueError, match=r"has no ending that says what to write it as: use one of \.png"):
        formats.write_page(library, page(library), tmp_path / "page.doc")


def test_the_json_is_plain_json(seed_library):
    shown = json.loads(json_contract.page_json(seed_library, page(seed_library)))
    assert [p["amount"] for p in shown["series"][0]["points"]] == [66, 71, 77, 22]
    first = shown["derived"][0]
    assert (first["amount"], first["low"], first["high"], first["chance"]) == ("+5", "+5", "+5", "unclear")


def test_the_json_has_no_change_of_shares_that_are_in_doubt(seed_library):
    shown = json.loads(json_contract.page_json(seed_library, page(seed_library, "K02000001", ChartKind.SHIFT)))
    points = shown["series"][0]["points"]
    assert [p["amount"] for p in points] == [29, 37]
    assert [bool(p["doubt"]) for p in points] == [True, True]
    assert shown["derived"] == []
    assert shown["title"] == "Instagram 29%, then 37%, in doubt, of recorded offences"


@pytest.mark.parametrize("name", ["cambridgeshire-trend", "east-platforms", "uk-shift", "east-compare"])
def test_a_page_as_text_is_as_it_was(seed_library, name, golden):
    place, chart = name.split("-")
    codes = {"cambridgeshire": "E23000023", "east": "E12000006", "uk": "K02000001"}
    golden(f"{name}.txt", plain_text.page_text(page(seed_library, codes[place], ChartKind(chart))))


@pytest.mark.parametrize("name", ["cambridgeshire-trend", "east-compare"])
def test_a_page_as_json_and_csv_is_as_it_was(seed_library, name, golden):
    place, chart = name.split("-")
    shown = page(seed_library, {"cambridgeshire": "E23000023", "east": "E12000006"}[place], ChartKind(chart))
    golden(f"{name}.json", json_contract.page_json(seed_library, shown))
    golden(f"{name}.csv", tables.csv_text(seed_library, shown))


def test_what_is_said_as_text_is_as_it_was(seed_library, golden):
    shown = answer(seed_library, Question(place="K02000001", everywhere=True))
    said = [
        plain_text.voices_text(shown.voices),
        plain_text.demands_text(shown.demands),
        plain_text.claims_text(shown.claims),
    ]
    golden("voices.txt", "\n".join(said))


def test_a_copied_table_is_a_real_one_for_letters_and_its_text_stays_text(seed_library):
    shown = page(seed_library, "E23000023", ChartKind.TREND)
    first, *rest = shown.table.rows
    hostile = replace(first, cells=("=1+1", "<b>66</b>", *first.cells[2:]))
    told = plain_text.table_marked_up(replace(shown.table, rows=(hostile, *rest)), "<i>", shown.citation)
    assert told.count("<tr>") == 1 + len(shown.table.rows)
    assert told.count("<th ") == len(shown.table.columns)
    assert "<b>" not in told
    assert "&lt;b&gt;66&lt;/b&gt;" in told
    assert "<caption>&lt;i&gt;</caption>" in told
    assert ">=1+1<" not in told
    assert 'align="right">71</td>' in told
    assert "Peterborough Telegraph" in told
