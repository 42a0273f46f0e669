"""Importing a 12-sheet, 300,000-row table of the Home Office's shape, against calamine only reading it.

Each runs in a process of its own, so that neither warms the other up and memory is its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_SHEETS, _CLASSES = 12, 140
_ROUNDS = 3
_LIMITS = (2.0, 600)
_FLOOR = """
import sys, time
from python_calamine import CalamineWorkbook
began = time.perf_counter()
book = CalamineWorkbook.from_path(sys.argv[1])
rows = sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
print(time.perf_counter() - began, rows)
"""
_OURS = """
import sys, time
from pathlib import Path
from explorer.support import paths
from explorer.importer.pack_builder import save_pack, suggest_metadata
from explorer.importer.session import inspect_table, read_table
from explorer.importer.recipe import read_recipes
from explorer.library.library import open_library
library = open_library()
path = Path(sys.argv[1])
began = time.perf_counter()
looked = inspect_table(path, library, read_recipes([paths.recipes_folder()])[0])
assert looked.sure
taken = read_table(looked.table, looked.recipe, library)
save_pack(library, taken, suggest_metadata(taken, path))
print(time.perf_counter() - began, taken.draft.rows)
if len(sys.argv) > 3:
    from tests.importer import home_office
    home_office.hold(library, home_office.years(int(sys.argv[2]), int(sys.argv[3])))
library.close()
"""
_PANDAS = """
import sys, time
import pandas
began = time.perf_counter()
sheets = pandas.read_excel(sys.argv[1], sheet_name=None, engine="odf")
print(time.perf_counter() - began, sum(len(sheet) for sheet in sheets.values()))
"""


def measured() -> Iterator[str]:
    """Yields a line for each format, and one for pandas' own reading of a smaller ODS file where it can."""
    from tests.importer import home_office

    with tempfile.TemporaryDirectory() as own:
        for ending, write in ((".xlsx", home_office.write_xlsx), (".ods", home_office.write_ods)):
            path = Path(own, f"table{ending}")
            write(path, home_office.years(_SHEETS, _CLASSES))
            yield _line(path)
        small = Path(own, "small.ods")
        home_office.write_ods(small, home_office.years(2, 20))
        yield _against_pandas(small)


def _line(path: Path) -> str:
    _run(_OURS, path, str(_SHEETS), str(_CLASSES))  # raises where a sum is not what the rows add up to
    pairs = [(_run(_FLOOR, path), _run(_OURS, path)) for _ in range(_ROUNDS)]
    floor, ours = (min(pair[side][0] for pair in pairs) for side in (0, 1))
    ratio = min(ours_run[0] / floor_run[0] for floor_run, ours_run in pairs)
    rows, most = pairs[0][1][1], max(pair[1][2] for pair in pairs)
    return (
        f"importing {rows:,} rows of {path.suffix[1:].upper()}: {ratio:.2f} x calamine only reading it "
        f"(at most {_LIMITS[0]:.0f} x; {ours:.2f} s against {floor:.2f} s), "
        f"{most:.0f} MB (under {_LIMITS[1]} MB)"
    )


def _against_pandas(path: Path) -> str:
    ours = _run(_OURS, path)
    try:
        theirs = _run(_PANDAS, path)
    except RuntimeError:
        return "pandas' own ODS reader is not installed here: no ratio to it"
    return (
        f"importing {ours[1]:,} rows of ODS: {ours[0] / theirs[0]:.3f} x pandas' own reading of it "
        f"({ours[0]:.2f} s against {theirs[0]:.2f} s)"
    )


def _run(script: str, path: Path, *more: str) -> tuple[float, int, float]:
    """Seconds and rows as the script prints them, and its largest resident size in MB."""
    with tempfile.TemporaryDirectory() as own:
        surroundings = os.environ | {"HARMS_EXPLORER_DATA": own}
        words = [sys.executable, "-c", script, str(path), *more]
        process = subprocess.Popen(
            words, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"a measured process ended with {process.returncode}")
    seconds, rows = said.split()
    return float(seconds), int(rows), usage.ru_maxrss / 1024
