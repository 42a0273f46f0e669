"""Files that are tables, and files that only look like one: a refusal says what is wrong and what to do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from explorer.importer.recipe import read_recipes
from explorer.importer.session import inspect_table
from explorer.importer.sources.base import TableError
from explorer.importer.sources.open import open_table
from explorer.library.library import Library
from explorer.support import paths
from tests.importer import fuzz_tables, home_office
from tests.run_sizes import count_kills

RECIPES = read_recipes([paths.recipes_folder()])[0]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROWS = (("Force", "2018/19", "2019/20"), ("Kent", 60, 66), ("Essex", None, 40))


def refused(path: Path) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(TableError) as caught:
        open_table(path).close()
    return str(caught.value)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _zip(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return path


class TestCsv:
    """Any common encoding and delimiter."""

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_it_is_read(self, tmp_path, delimiter, encoding):
        text = "".join(delimiter.join(("Force", "Année £", "Offences")) + "\r\n" for _ in range(3))
        with open_table(_written(tmp_path / "a.csv", text.encode(encoding))) as table:
            (sheet,) = table.iter_sheets()
            assert sheet.rows == [["Force", "Année £", "Offences"]] * 3
            assert bool(table.note) is (encoding == "cp1252")
            assert (table.kind, table.sheet_names, sheet.first) == ("csv", ("",), 1)

    def test_quoted_cells_and_the_line_that_excel_begins_with(self, tmp_path):
        data = b'sep=;\r\nForce;Offences\r\n"London; City of";"1,234"\r\n"a\nb";2\r\n'
        with open_table(_written(tmp_path / "a.csv", data)) as table:
            (sheet,) = table.iter_sheets()
        assert sheet.rows == [["Force", "Offences"], ["London; City of", "1,234"], ["a\nb", "2"]]
        assert sheet.first == 2

    def test_a_long_one_comes_in_parts_that_say_where_they_begin(self, tmp_path):
        path = _written(tmp_path / "a.csv", b"a,b\n" * 120_000)
        with open_table(path) as table:
            assert [(sheet.first, len(sheet.rows)) for sheet in table.iter_sheets()] == [
                (1, 50_000),
                (50_001, 50_000),
                (100_001, 20_000),
            ]

    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b"a,b\n1,\x00\n", "it holds a NUL, so it is no text"),
            (b"a,b\n" + b"x" * 2_000_000, "a line is longer than 1,000,000 characters"),
            (b'a,b\n"' + b"x\n" * 200_000, "it cannot be read (field larger than field limit"),
            (b",".join([b"a"] * 20_000), "it has 20,000 columns"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_row(self, tmp_path, data, told):
        with pytest.raises(TableError) as caught, open_table(_written(tmp_path / "a.csv", data)) as table:
            list(table.iter_sheets())
        assert told in str(caught.value)
        assert "row" in str(caught.value)


class TestBooks:
    """Workbooks."""

    @pytest.mark.parametrize("ending", ["xlsx", "ods"])
    def test_sheets_are_read_in_order_with_their_rows(self, tmp_path, ending):
        path = tmp_path / f"a.{ending}"
        write = home_office.write_xlsx if ending == "xlsx" else home_office.write_ods
        write(path, home_office.years(3, 1))
        with open_table(path) as table:
            assert table.kind == ending
            assert table.sheet_names == ("Cover", "Notes", "2022_23", "2023_24", "2024_25")
            assert len(table.read_head("2022_23", 5).rows) == 5
            sheets = {sheet.name: sheet for sheet in table.iter_sheets(table.sheet_names[2:])}
            assert list(sheets) == ["2022_23", "2023_24", "2024_25"]
            expected = [home_office.HEADINGS, *home_office.rows(2022, 1)]
            assert [tuple(row) for row in sheets["2022_23"].rows] == [tuple(row) for row in expected]

    def test_rows_are_numbered_as_the_spreadsheet_does(self, tmp_path):
        import xlsxwriter

        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(ROWS, start=4):
                sheet.write_row(at, 2, row)
            sheet.write_datetime(9, 2, date(2020, 4, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        with open_table(tmp_path / "a.xlsx") as table:
            (found,) = table.iter_sheets()
        assert found.first == 5
        assert list(found.rows[0]) == list(ROWS[0])

    def test_a_reading_that_is_let_go_leaves_no_thread(self, tmp_path):
        import threading

        home_office.write_xlsx(tmp_path / "a.xlsx", home_office.years(4, 1))
        before = set(threading.enumerate())
        with open_table(tmp_path / "a.xlsx") as table:
            next(iter(table.iter_sheets()))
        assert set(threading.enumerate()) - before == set()

    def test_blank_rows_behind_a_table_are_no_hindrance(self, tmp_path):
        cell = '<table:table-cell office:value-type="float" office:value="1"/>'
        blank = '<table:table-cell table:number-columns-repeated="16384"/>'
        rows = f"<table:table-row>{cell}</table:table-row>"
        rows += f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'
        path = _written(tmp_path / "a.ods", fuzz_tables._ods(rows))
        with open_table(path) as table:
            assert [list(row) for sheet in table.iter_sheets() for row in sheet.rows] == [[1.0]]


class TestRefusals:
    """Each says what it is and what to do."""

    @pytest.mark.parametrize(
        ("name", "data", "told"),
        [
            ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "it is a PNG picture and no table"),
            ("a.xlsx", b"\xff\xd8\xff\xe0" + b"0" * 99, "it is a JPEG picture and no table"),
            ("a.ods", b"%PDF-1.7", "it is a PDF document and no table"),
            ("a.csv", b"<!DOCTYPE html><html>", "it is a web page or XML and no table"),
            ("a.xls", b"  <html>", "it is a web page or XML and no table"),
            ("a.xlsx", b"hello", "it is no XLSX workbook, whatever its name says"),
            ("a.csv", b"", "the file is empty"),
            ("a.xlsx", b"PK\x03\x04 and no more", "the file is damaged or was cut short"),
            (
                "a.xlsx",
                OLE + b"0" * 600 + "EncryptedPackage".encode("utf-16-le"),
                "protected by a password. Open it with its password and save a copy without one.",
            ),
        ],
    )
    def test_of_files_that_are_no_tables(self, tmp_path, name, data, told):
        assert told in refused(_written(tmp_path / name, data))

    def test_of_a_folder_and_of_nothing(self, tmp_path):
        assert "it is a folder" in refused(tmp_path)
        assert "there is no such file" in refused(tmp_path / "gone.xlsx")

    def test_of_other_documents(self, tmp_path):
        assert "it is a Word document" in refused(_zip(tmp_path / "a.xlsx", word__document_dot_xml="<a/>"))
        assert "it is a pack and no table" in refused(_zip(tmp_path / "b.xlsx", datapackage_dot_json="{}"))
        assert "it is an archive" in refused(_zip(tmp_path / "c.xlsx", readme_dot_txt="hello"))
        locked = _zip(
            tmp_path / "d.ods",
            mimetype="application/vnd.oasis.opendocument.spreadsheet",
            **{"META-INF__manifest_dot_xml": "<m><encryption-data/></m>"},
        )
        assert "protected by a password" in refused(locked)

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything may be read here")
    def test_of_a_file_that_may_not_be_read(self, tmp_path):
        path = _written(tmp_path / "a.csv", b"a,b\n1,2\n")
        path.chmod(0)
        assert "in use or may not be read" in refused(path)

    def test_of_a_file_in_use(self, tmp_path, monkeypatch):
        path = _written(tmp_path / "a.csv", b"a,b\n1,2\n")

        def locked(*_args: object, **_more: object) -> None:
            raise PermissionError(13, "The process cannot access the file")

        monkeypatch.setattr(Path, "open", locked)
        assert "Close it in the other program" in refused(path)

    def test_of_a_workbook_that_is_far_too_large(self, tmp_path):
        corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        told = refused(_written(tmp_path / "a.xlsx", fuzz_tables._xlsx(corners)))
        assert "reaches to row 1,048,576 and column 16,384" in told
        unnamed = "<row/>" * 300_000 + "<row>" + "<c><v>1</v></c>" * 5000 + "</row>"
        assert "which is more than can be read" in refused(_written(tmp_path / "b.xlsx", fuzz_tables._xlsx(unnamed)))

    def test_of_a_bomb(self, tmp_path):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
            book.writestr("xl/workbook.xml", "<workbook/>")
            book.writestr("xl/worksheets/sheet1.xml", b"0" * (410 << 20))
        assert "larger than 400 MB" in refused(_written(tmp_path / "a.xlsx", made.getvalue()))

    def test_of_street_files_and_tables_without_places(self, tmp_path, library: Library):
        street = (
            b"Crime ID,Month,Reported by,Falls within,Longitude,Latitude,LSOA code,LSOA name,Crime type\n"
            b"ab,2020-04,Kent Police,Kent Police,0,51,E01,Ash,Violence\n"
        )
        with pytest.raises(TableError, match="has no category for grooming offences"):
            inspect_table(_written(tmp_path / "a.csv", street), library, RECIPES)
        plain = b"Colour,Year,Number\nred,2019/20,3\nblue,2019/20,4\n"
        with pytest.raises(TableError, match="no column in it names places that are known"):
            inspect_table(_written(tmp_path / "b.csv", plain), library, RECIPES)

    def test_of_an_empty_sheet(self, tmp_path, library: Library):
        import xlsxwriter

        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
            book.add_worksheet()
        with pytest.raises(TableError, match="there is nothing in it"):
            inspect_table(tmp_path / "a.xlsx", library, RECIPES)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="its process is held to little memory where that can be done")
def test_no_file_is_too_strange(capsys: pytest.CaptureFixture[str]):
    count = int(os.environ.get("HARMS_EXPLORER_FUZZ", "250"))
    assert list(fuzz_tables.run(count)) == []
    with capsys.disabled():
        sys.stdout.write(f" {count:,} strange tables read or refused ")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process forks")
@pytest.mark.parametrize("times", count_kills(6, 40))
def test_an_import_ended_at_any_moment_leaves_all_or_nothing(tmp_path: Path, times: int):
    words = [sys.executable, "-m", "tests.importer.killed_import", str(tmp_path), str(times), "7"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"{times} imports killed" in done.stdout
