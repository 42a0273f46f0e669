"""Tables of the shape of the Home Office's police force area data, with every trap that they are known for.

The numbers are made up by a rule from a seed; nothing here is evidence.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from explorer.evidence.model import PlaceLevel
from explorer.library.library import Library

HEADINGS = (
    *("Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group"),
    *("Offence Subgroup", "Offence Code", "Number of Offences"),
)
NO_FORCE = ("Action Fraud", "CIFAS", "UK Finance", "British Transport Police")
FORCES = (
    *("Avon & Somerset", "Bedfordshire", "Cambridgeshire", "Cheshire", "Cleveland", "Cumbria", "Derbyshire"),
    *(
        "Devon & Cornwall",
        "Dorset",
        "Durham",
        "Dyfed-Powys",
        "Essex",
        "Gloucestershire",
        "Greater Manchester",
    ),
    *("Gwent", "Hampshire", "Hertfordshire", "Humberside", "Kent", "Lancashire", "Leicestershire"),
    *("Lincolnshire", "London, City of", "Merseyside", "Metropolitan Police", "Norfolk", "North Wales"),
    *("North Yorkshire", "Northamptonshire", "Northumbria", "Nottinghamshire", "South Wales"),
    *("South Yorkshire", "Staffordshire", "Suffolk", "Surrey", "Sussex", "Thames Valley", "Warwickshire"),
    *("West Mercia", "West Midlands", "West Yorkshire", "Wiltshire"),
)
_ODD_CODES = ("88A", "71", "1/4.1/4.10/4.2", "8N", "53B")
_DRIFTED = {"Hampshire": "Hampshire and Isle of Wight", "Devon & Cornwall": "Devon and Cornwall"}
Row = tuple[object, ...]


def codes(count: int) -> list[tuple[str, str, str, str]]:
    """Code, description, group and subgroup of so many offence classes."""
    plain = [str(number) for number in range(100, 100 + count)]
    return [
        (code, f"Offence {at} of a class, recorded", f"Group {at % 12}", f"Subgroup {at % 30}")
        for at, code in enumerate((*_ODD_CODES, *plain)[:count])
    ]


def rows(year: int, classes: int, *, quarters: int = 4, seed: int = 7) -> Iterator[Row]:
    """The rows of a financial year that begins in ``year``, in no order that helps."""
    luck = random.Random(f"{seed} {year}")
    label = f"{year}/{(year + 1) % 100:02d}"
    late = year >= 2020
    for quarter in range(1, quarters + 1):
        for force in (*FORCES, *NO_FORCE):
            name = _DRIFTED.get(force, force) if late else force
            for code, description, group, subgroup in codes(classes):
                told = f"{description} (revised)" if late else description
                count = luck.randrange(0, 300)
                yield (label, quarter, name, told, group, subgroup, code, count)
                if luck.random() < 0.01:  # a correction: the same key again, perhaps below zero
                    yield (label, quarter, name, told, group, subgroup, code, luck.randrange(-20, 5))


def years(count: int, classes: int) -> Iterator[tuple[str, Iterator[Row]]]:
    """Sheets of so many years, the last with two quarters only."""
    for at in range(count):
        year = 2025 - count + at
        yield f"{year}_{(year + 1) % 100:02d}", rows(year, classes, quarters=2 if at == count - 1 else 4)


def write_xlsx(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """A workbook with two sheets of notes before the years."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        for name in ("Cover", "Notes"):
            book.add_worksheet(name).write(0, 0, "Police recorded crime open data")
        for name, told in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate((HEADINGS, *told)):
                sheet.write_row(at, 0, row)


def write_ods(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """The same as an OpenDocument spreadsheet."""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        with book.open("content.xml", "w", force_zip64=True) as content:
            content.write(
                f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
                "<office:body><office:spreadsheet>".encode()
            )
            for name in ("Cover", "Notes"):
                content.write(_ods_sheet(name, [("Police recorded crime open data",)]))
            for name, told in sheets:
                content.write(_ods_sheet(name, (HEADINGS, *told)))
            content.write(b"</office:spreadsheet></office:body></office:document-content>")


def _ods_sheet(name: str, told: Iterable[Row]) -> bytes:
    lines = [f'<table:table table:name="{escape(name)}">']
    for row in told:
        cells = "".join(map(_ods_cell, row))
        lines.append(f"<table:table-row>{cells}</table:table-row>")
    lines.append("</table:table>")
    return "".join(lines).encode()


def _ods_cell(value: object) -> str:
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def write_csv(path: Path, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """The copy that goes round: underscores in the headings, an index column, padded numbers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["", *(heading.replace(" ", "_") for heading in HEADINGS)]) + "\n")
        at = 0
        for _, told in sheets:
            for row in told:
                *words, count = row
                padded = f"{count:>8}" if isinstance(count, int) else str(count)
                cells = [f'"{word}"' if "," in str(word) else str(word) for word in words]
                file.write(f"{at},{','.join(cells)},{padded}\n")
                at += 1


def sums(sheets: Iterable[tuple[str, Iterable[Row]]]) -> dict[tuple[str, str, str], int]:
    """By force as the table first names it, quarter ("2019/20 1") and code: the sum, worked out plainly."""
    found: dict[tuple[str, str, str], int] = {}
    first = {new: old for old, new in _DRIFTED.items()}
    for _, told in sheets:
        for year, quarter, force, _, _, _, code, count in told:
            if force not in NO_FORCE:
                key = (first.get(str(force), str(force)), f"{year} {quarter}", str(code))
                found[key] = found.get(key, 0) + int(str(count))
    return found


def hold(library: Library, sheets: Iterable[tuple[str, Iterable[Row]]]) -> None:
    """Hold every quarter and year of the imported table against sums worked out plainly from its rows."""
    quarters = sums(sheets)
    years: dict[tuple[str, str, str], list[int]] = {}
    for (force, quarter, code), number in quarters.items():
        years.setdefault((force, quarter[:7], code), []).append(number)
    whole = {key: sum(several) for key, several in years.items() if len(several) == 4}
    named = {
        match.place.code: force
        for force in FORCES
        for match in library.places.find_matches(force.removesuffix(", City of"), limit=8)
        if match.place.level is PlaceLevel.FORCE and match.exact
    }
    named["E23000034"] = "London, City of"
    codes = {measure.id: measure.code for measure in library.measures()}
    found: dict[tuple[str, str, str], int] = {}
    for figure in library.figures():
        if not figure.pack.startswith("police-recorded-crime"):
            continue
        text = figure.period.text
        if figure.period.kind.value == "quarter":
            begins = int(text[:4]) - (int(text[5:7]) < 4)
            text = f"{begins}/{(begins + 1) % 100:02d} {(int(text[5:7]) - 4) // 3 % 4 + 1}"
        assert figure.amount.number is not None
        found[named[figure.place], text, codes[figure.measure]] = int(figure.amount.number)
    assert found == quarters | whole, "the sums are not those of the rows"
