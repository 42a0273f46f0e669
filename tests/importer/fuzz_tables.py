"""Tables that nobody would make, and some that somebody would on purpose: each is read or refused.

`python -m tests.importer.fuzz_tables 10000` runs that many and prints how many there were. The cases run in a
process of their own with little memory, so that one which ends it is found, named and passed by.
"""

from __future__ import annotations

import io
import os
import random
import select
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.importer import home_office

MOST_SECONDS = 10
MOST_MEMORY = 1 << 30
_ADDRESSES = 3 << 29
"""The room of addresses that the working process is given, in bytes: libraries take some without using it."""
_ENDINGS = (".xlsx", ".ods", ".csv", ".xls", ".xlsm", ".txt", ".xlsb")
_STRANGE = (
    b'number-rows-repeated="10000000"',
    b'number-columns-repeated="16384"',
    b'r="XFD1048576"',
    b"<f>1/0</f>",
    b"&lol;",
    b"\xff\xfe\x00",
    b"</table:table>",
    b'office:value="1e308"',
    b'office:value="nan"',
    b't="s"',
    b"<v>99999999999</v>",
    b"2019/20",
    b"=cmd|'/c calc'!A1",
)


def _base(folder: Path) -> dict[str, bytes]:
    """Small sound tables of each kind."""
    files: dict[str, bytes] = {}
    for ending, write in (
        (".xlsx", home_office.write_xlsx),
        (".ods", home_office.write_ods),
        (".csv", home_office.write_csv),
    ):
        path = folder / f"base{ending}"
        write(path, home_office.years(2, 2))
        files[ending] = path.read_bytes()
    wide = "Table 3: sexual communication with a child\nForce,2018/19,2019/20*\nKent,60,66\nHampshre,,*\n"
    files[".wide.csv"] = wide.encode()
    return files


def _flipped(luck: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(luck.randrange(1, 20)):
        made[luck.randrange(len(made))] = luck.randrange(256)
    return bytes(made)


def _cut(luck: random.Random, data: bytes) -> bytes:
    return data[: luck.randrange(len(data))]


def _swapped(luck: random.Random, data: bytes) -> bytes:
    a, b = sorted(luck.randrange(len(data)) for _ in range(2))
    return data[:a] + data[b:] + data[a:b]


def _stuffed(luck: random.Random, data: bytes) -> bytes:
    at = luck.randrange(len(data))
    return data[:at] + luck.choice(_STRANGE) * luck.randrange(1, 4) + data[at:]


_MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_flipped, _cut, _swapped, _stuffed)


def _inside(luck: random.Random, data: bytes) -> bytes:
    """A part of a zip changed, and the zip made whole again."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = luck.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen and part:
                part = luck.choice(_MUTATIONS)(luck, part)
            named = name
            if luck.random() < 0.02:
                named = luck.choice(("../../outside.txt", "/etc/outside", name.upper(), "xl/worksheets/sheet1.xml"))
            new.writestr(named, part)
    return made.getvalue()


def _made_up(luck: random.Random) -> tuple[str, bytes]:  # noqa: PLR0911 - one for each kind
    """What somebody would make on purpose."""
    cell = '<table:table-cell office:value-type="string" {0}><text:p>Kent</text:p></table:table-cell>'
    kind = luck.randrange(7)
    if kind == 0:
        repeat = f'table:number-columns-repeated="{luck.choice((2, 1024, 16_384, 10**9))}"'
        row = f'<table:table-row table:number-rows-repeated="{luck.choice((1, 1000, 10**7))}">'
        return ".ods", _ods(f"{row}{cell.format(repeat)}</table:table-row>")
    if kind == 1:
        blank = '<table:table-row table:number-rows-repeated="10000000"><table:table-cell/></table:table-row>'
        return ".ods", _ods(blank * luck.randrange(1, 4) + f"<table:table-row>{cell.format('')}</table:table-row>")
    if kind == 2:
        corners = (
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        )
        return ".xlsx", _xlsx("".join(luck.sample(corners, 2)))
    if kind == 3:
        rows = "<row/>" * luck.choice((10, 100_000, 2_000_000))
        return ".xlsx", _xlsx(rows + "<row>" + "<c><v>1</v></c>" * luck.choice((3, 16_384, 40_000)) + "</row>")
    if kind == 4:
        return ".csv", b"Force,Period,Offences\n" + b"Kent,2019/20,66\n" * 3 + b'"' * luck.choice((1, 7, 10**6))
    if kind == 5:
        wide = ",".join(
            ["Force", *(f"{year}/{(year + 1) % 100:02d}" for year in range(1990, 2090))] * luck.choice((1, 200))
        )
        return ".csv", wide.encode() + b"\nKent" + b",=1+1" * 99
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * luck.choice((10**6, 10**8)))
    return ".xlsx", bomb.getvalue()


def _ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        book.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
        book.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return made.getvalue()


def _xlsx(rows: str) -> bytes:
    made = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{link}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{link}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return made.getvalue()


def case(number: int, base: dict[str, bytes]) -> tuple[str, bytes]:
    """The name's ending and the content of a case; the same for the same number."""
    luck = random.Random(number)
    way = luck.randrange(12)
    if way == 0:
        return luck.choice(_ENDINGS), luck.randbytes(luck.randrange(3000))
    if way == 1:
        return _made_up(luck)
    ending = luck.choice(list(base))
    data = base[ending]
    if way < 7 and ending in (".xlsx", ".ods"):
        return ending, _inside(luck, data)
    wrong = luck.choice(_ENDINGS) if luck.random() < 0.05 else ending
    return wrong, luck.choice(_MUTATIONS)(luck, data)


def work(first: int, last: int) -> None:
    """Run cases in this process, telling of each before it begins and of what came of it."""
    import resource

    from explorer.importer.pack_builder import save_pack, suggest_metadata
    from explorer.importer.recipe import read_recipes
    from explorer.importer.session import inspect_table, read_table
    from explorer.importer.sources.base import TableError
    from explorer.library.library import open_library
    from explorer.packs.problems import PackError
    from explorer.support import paths

    with tempfile.TemporaryDirectory() as own:
        os.environ["HARMS_EXPLORER_DATA"] = str(Path(own, "data"))
        base = _base(Path(own))
        recipes = read_recipes([paths.recipes_folder()])[0]
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
        with closing(open_library()) as library:
            shipped = library.packs()
            for number in range(first, last):
                _tell(f"begin {number}")
                ending, data = case(number, base)
                path = Path(own, f"case{ending}")
                path.write_bytes(data)
                try:
                    looked = inspect_table(path, library, recipes)
                    taken = read_table(looked.table, looked.recipe or looked.guess.recipe, library)
                    assert all(problem.as_sentence() for problem in (*taken.problems, *taken.warnings))
                    told = f"{taken.figures.count} figures"
                    if taken.figures.count and number % 5 == 0:
                        library.manager.remove_pack(save_pack(library, taken, suggest_metadata(taken, path)))
                except (TableError, PackError) as error:
                    told = str(error)
                    assert told
                except ValueError as error:
                    told = f"not kept: {error}"
                path.unlink()
                assert sorted(one.name for one in Path(own).iterdir() if one.name.startswith("case")) == []
                _tell(f"done {number} {' '.join(told.split())[:100]}")
            assert library.packs() == shipped
    _tell(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(count: int, first: int = 0) -> Iterator[str]:
    """Run so many cases in processes of their own; yields a line for each that did not end as it should."""
    at, last = first, first + count
    while at < last:
        at, fault = _batch(at, min(at + 500, last))
        if fault:
            yield fault


def _batch(first: int, last: int) -> tuple[int, str]:
    """Run a batch; gives where to go on, and what went wrong."""
    words = [sys.executable, "-m", "tests.importer.fuzz_tables", "--work", str(first), str(last)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    os.set_blocking(process.stderr.fileno(), False)
    current, began, peak = first, time.monotonic(), 0
    hung = False
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 1)
        if ready:
            line = process.stdout.readline()
            if not line:
                break
            word, _, rest = line.partition(" ")
            if word == "begin":
                current = int(rest)
            elif word == "peak":
                peak = int(rest)
            began = time.monotonic()
        elif time.monotonic() - began > MOST_SECONDS + 5:
            hung = True
            process.kill()
    process.wait()
    said = (process.stderr.read() or "").strip().splitlines()
    process.stdout.close()
    process.stderr.close()
    if hung:
        return current + 1, f"case {current} did not end within {MOST_SECONDS} s"
    if process.returncode:
        return (
            current + 1,
            f"case {current} ended the process with {process.returncode}: {' '.join(said[-3:])}",
        )
    if peak > MOST_MEMORY:
        return last, f"cases {first} to {last} took {peak >> 20} MB"
    return last, ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(int(sys.argv[2]), int(sys.argv[3]))
    else:
        wanted = int(sys.argv[1])
        faults = list(run(wanted))
        for fault in faults:
            _tell(fault)
        _tell(f"{wanted:,} cases run, {len(faults)} did not end as they should")
        sys.exit(bool(faults))
