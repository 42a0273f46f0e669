"""The frozen program at work: its smoke walk, then the command line, with no network and elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT, Answer, Frozen

pytestmark = pytest.mark.bundle

ALLOWED_COMPLAINTS = re.compile(
    r"""
    # Nothing is allowed yet. Each line to come: what prints it, why it is harmless, when it can go.
    (?!)
    """,
    re.VERBOSE,
)
BRIEF = {"HARMS_EXPLORER_BRIEF": "1"}
"""For a walk that passes by most places: the first of them goes to each."""
DEBUG = {"QT_DEBUG_PLUGINS": "1", "PYTHONFAULTHANDLER": "1", "QT_LOGGING_RULES": "qt.qpa.*=true"}


def complaints(answer: Answer) -> list[str]:
    return [line for line in answer.complained.splitlines() if not ALLOWED_COMPLAINTS.fullmatch(line)]


def smoke(frozen: Frozen, **more: str) -> Path:
    """Walk the whole program; where it stumbles, walk it again with debug output and show both."""
    folder = frozen.elsewhere / "Räuch signal"
    answer = frozen.run("smoke", str(folder), **more)
    if answer.status or complaints(answer):
        again = frozen.run("smoke", str(folder) + " again", **DEBUG)
        report = folder / "report.json"
        pytest.fail(
            f"smoke ended with {answer.status}, and complained:\n{answer.complained}\n"
            f"--- report.json ---\n{report.read_text(encoding='utf-8') if report.is_file() else 'none'}\n"
            f"--- once more, with debug output: {again.status} ---\n{again.complained[-20_000:]}"
        )
    return folder


def test_smoke_without_a_network_ends_well_says_nothing_and_writes_every_format(cut_off: Frozen):
    folder = smoke(cut_off)
    endings = {path.suffix for path in folder.rglob("*") if path.is_file() and path.stat().st_size > 200}
    assert {".png", ".svg", ".pdf", ".csv", ".xlsx", ".json", ".pptx", ".docx", ".ohbrief"} <= endings
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["ok"] is True


def test_a_briefing_becomes_every_document(cut_off: Frozen):
    names = [f"x.{kind}" for kind in ("pptx", "docx", "pdf", "xlsx", "ohbrief")]
    outs = [word for name in names for word in ("-o", str(cut_off.elsewhere / name))]
    answer = cut_off.run("brief", "--place", "E23000023", *outs)
    assert (answer.status, complaints(answer)) == (0, [])
    texts = {
        "x.pptx": "ppt/slides/slide1.xml",
        "x.docx": "word/document.xml",
        "x.xlsx": "xl/sharedStrings.xml",
    }
    for name, part in texts.items():
        with zipfile.ZipFile(cut_off.elsewhere / name) as held:
            assert b"Cambridgeshire" in held.read(part)
    assert (cut_off.elsewhere / "x.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((cut_off.elsewhere / "x.ohbrief").read_bytes())["format"] == "online-harms-briefing"


def test_smoke_needs_no_network_and_is_none_the_worse_for_one(frozen: Frozen):
    smoke(frozen, **BRIEF)


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_with_a_network_in_reach_it_asks_for_none(bundle: Path, tmp_path: Path):
    trace = tmp_path / "trace.txt"
    watched = ("strace", "--follow-forks", "--trace=%network", f"--output={trace}")
    smoke(Frozen(folder=bundle, elsewhere=tmp_path, prefix=watched), **BRIEF)
    assert "exited with 0" in trace.read_text(encoding="utf-8")
    assert "AF_INET" not in trace.read_text(encoding="utf-8")


def answered(frozen: Frozen, *words: str) -> str:
    answer = frozen.run(*words)
    assert (answer.status, complaints(answer)) == (0, []), answer.complained
    return answer.said


def test_a_town_leads_to_its_force(cut_off: Frozen):
    assert "Cambridgeshire" in answered(cut_off, "places", "peterborough")


def test_a_page_holds_the_printed_figures_and_their_paragraphs(cut_off: Frozen):
    told = json.loads(answered(cut_off, "show", "E23000023", "--measure", "scc-offences", "--format", "json"))
    points = [point for series in told["series"] for point in series["points"]]
    assert [float(point["amount"]) for point in points if point["amount"] is not None] == [66, 71, 77, 22]
    assert all("paragraph 5" in point["locator"] for point in points)


def test_demands_and_claims_are_told(cut_off: Frozen):
    told = json.loads(answered(cut_off, "voices", "--kind", "demands,claims", "--format", "json"))
    assert len(told["demands"]) == 28
    assert all(claim["reason"] for claim in told["claims"])


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv", "xlsx", "json"])
def test_a_page_is_written_in_each_format(cut_off: Frozen, ending: str):
    path = cut_off.elsewhere / f"Größe.{ending}"
    answered(cut_off, "show", "East of England", "--chart", "platforms", "-o", path.name)
    READERS[ending](path.read_bytes())


def _pdf(held: bytes) -> None:
    assert held.startswith(b"%PDF-")
    assert held.rstrip().endswith(b"%%EOF")


READERS = {
    "png": lambda held: held.startswith(b"\x89PNG") or pytest.fail("not a PNG"),
    "svg": ET.fromstring,
    "pdf": _pdf,
    "csv": lambda held: list(csv.reader(io.StringIO(held.decode("utf-8-sig")), strict=True)),
    "xlsx": lambda held: held.startswith(b"PK") or pytest.fail("not a workbook"),
    "json": json.loads,
}


def test_the_shipped_pack_has_no_problems_and_a_damaged_one_is_named(cut_off: Frozen):
    shipped = cut_off.inner / "data" / "packs" / "lockdown-2020"
    assert "no problems" in answered(cut_off, "check", str(shipped))
    damaged = cut_off.elsewhere / "damaged"
    damaged.mkdir()
    for path in shipped.iterdir():
        (damaged / path.name).write_bytes(path.read_bytes().replace(b"2018/19,", b"2018/91,"))
    answer = cut_off.run("check", str(damaged))
    assert answer.status == 1
    assert "figures.csv" in answer.said + answer.complained


def test_a_command_that_is_none_is_refused(cut_off: Frozen):
    assert cut_off.run("grow").status == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only here is a missing display a plain thing")
def test_without_a_display_it_says_so_and_names_the_commands(cut_off: Frozen):
    answer = cut_off.run()
    assert answer.status == 2
    assert "show" in answer.complained
    assert "Traceback" not in answer.complained


def test_its_version_is_the_programs(cut_off: Frozen):
    source = (ROOT / "explorer" / "__init__.py").read_text(encoding="utf-8")
    assert answered(cut_off, "--version").split()[-1] in source


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_table_becomes_a_pack(cut_off: Frozen, ending: str):
    from tests.importer import home_office

    write = home_office.write_xlsx if ending == "xlsx" else home_office.write_ods
    write(cut_off.elsewhere / f"prc.{ending}", home_office.years(2, 6))
    assert "Kept in your library" in answered(cut_off, "import", f"prc.{ending}")
    told = json.loads(answered(cut_off, "show", "Kent", "--measure", "53B", "--format", "json"))
    assert told["subtitle"].startswith("Offence 4 of a class")
