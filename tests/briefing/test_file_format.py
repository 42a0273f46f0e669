"""Briefings in files: what is written comes back, and what is no briefing is refused with a sentence."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.briefing import file_format
from explorer.briefing.exhibits import collect_item
from explorer.briefing.file_format import BriefingError
from explorer.briefing.model import (
    Briefing,
    BriefingItem,
    ItemKind,
    duplicate_item,
    insert_items,
    move_item,
    new_id,
    remove_item,
)
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from tests.run_sizes import count_kills


@pytest.fixture(scope="module")
def briefing(library) -> Briefing:
    question = Question(place="E23000023", measure="scc-offences")
    page = answer(library, question)
    items = [
        collect_item(library, ItemKind.CHART, question),
        collect_item(library, ItemKind.QUOTE, question, page.voices[0].id),
        BriefingItem(id=new_id(), kind=ItemKind.HEADING, title="Next"),
    ]
    return Briefing(title="Cambridgeshire", author="A", items=tuple(item for item in items if item))


def test_what_is_saved_comes_back(tmp_path, briefing):
    path = tmp_path / "a.ohbrief"
    file_format.save_briefing(path, briefing)
    assert file_format.load_briefing(path) == briefing
    assert [p.name for p in tmp_path.iterdir()] == ["a.ohbrief"]
    held = json.loads(path.read_bytes())
    assert (held["format"], held["version"]) == ("online-harms-briefing", file_format.VERSION)
    assert held["items"][0]["exhibit"]["numbers"][0]["amount"] == "66"


@given(st.text(), st.text(max_size=20000), st.lists(st.text(max_size=40), max_size=8))
def test_any_text_comes_back(title, notes, headings):
    items = tuple(BriefingItem(id=new_id(), kind=ItemKind.HEADING, title=text, notes=notes) for text in headings)
    try:
        title.encode("utf-8"), notes.encode("utf-8"), [text.encode("utf-8") for text in headings]
    except UnicodeEncodeError:
        return  # lone surrogates cannot be typed
    given_ = Briefing(title=title, items=items)
    assert file_format.from_bytes(file_format.to_bytes(given_), "x") == given_


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "only a part of one"),
        (b"[" * 100_000, "no briefing"),
        (b"\xff\xfe", "no briefing"),
        (b"[]", "no briefing of this program"),
        (b'{"format": "online-harms-briefing"}', "which version"),
        (b'{"format": "online-harms-briefing", "version": 99}', "newer version"),
        (b'{"format": "online-harms-briefing", "version": true}', "which version"),
        (b'{"format": "online-harms-briefing", "version": 1, "items": [{"id": "a"}]}', "not as expected"),
        (
            b'{"format": "online-harms-briefing", "version": 1,'
            b' "items": [{"id": "a", "kind": "note"}, {"id": "a", "kind": "note"}]}',
            "two items of one id",
        ),
    ],
)
def test_what_is_no_briefing_is_refused_with_a_sentence(content, said):
    with pytest.raises(BriefingError, match=said) as refused:
        file_format.from_bytes(content, "b.ohbrief")
    assert str(refused.value).startswith("“b.ohbrief”")


def test_a_cut_off_file_is_refused_wherever_it_is_cut(briefing):
    content = file_format.to_bytes(briefing)
    for at in range(0, len(content) - 3, 997):
        with pytest.raises(BriefingError):
            file_format.from_bytes(content[:at], "c")


def test_fields_of_later_minor_versions_are_passed_over(briefing):
    held = msgspec.json.decode(file_format.to_bytes(briefing))
    held["mood"] = "calm"
    assert file_format.from_bytes(msgspec.json.encode(held), "d") == briefing


def test_items_move_and_go_and_are_copied(briefing):
    first, second, third = (item.id for item in briefing.items)
    assert [item.id for item in move_item(briefing, first, 2).items] == [second, third, first]
    assert [item.id for item in move_item(briefing, third, -4).items] == [third, first, second]
    assert [item.id for item in remove_item(briefing, second).items] == [first, third]
    more, copy = duplicate_item(briefing, first)
    assert [item.id for item in more.items] == [first, copy, second, third]
    assert len(insert_items(briefing, briefing.items[:1], 99).items) == 4
    with pytest.raises(KeyError):
        remove_item(briefing, "gone")


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit on file sizes here")
def test_a_full_disk_leaves_the_old_file(tmp_path, briefing):
    path = tmp_path / "a.ohbrief"
    file_format.save_briefing(path, briefing)
    before = path.read_bytes()
    code = (
        "import resource, signal, sys; from pathlib import Path; from explorer.briefing import file_format\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "p = Path(sys.argv[1]); b = file_format.load_briefing(p)\n"
        "try: file_format.save_briefing(p, b)\nexcept OSError as e: print('refused', e.errno)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.startswith("refused")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.ohbrief"]


_SAVING = """
import sys
from pathlib import Path
from msgspec.structs import replace
from explorer.briefing import file_format
path = Path(sys.argv[1]); at = int(sys.argv[2]); briefing = file_format.load_briefing(path)
print("ready", flush=True)
while True:
    at += 1
    file_format.save_briefing(path, replace(briefing, audience=str(at)))
    print(at, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a POSIX signal")
@pytest.mark.parametrize("times", count_kills(3, 12))
def test_a_save_that_is_killed_leaves_a_briefing_and_loses_no_more_than_the_last(tmp_path, briefing, times):
    path, reached = tmp_path / "a.ohbrief", 0
    file_format.save_briefing(path, briefing)
    for round_ in range(times):
        running = subprocess.Popen(
            [sys.executable, "-c", _SAVING, str(path), str(reached)], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(0.001 * (7 * round_ % 23) + 0.0003 * round_ % 0.004)
        running.send_signal(signal.SIGKILL)
        told = [int(line) for line in running.communicate()[0].splitlines() if line.strip()]
        said = told[-1] if told else reached
        held = int(file_format.load_briefing(path).audience or 0)
        assert held in {said, said + 1}
        reached = held
    assert replace(file_format.load_briefing(path), audience="") == briefing


def test_a_folder_that_is_not_there_is_said(tmp_path, briefing):
    with pytest.raises(OSError, match="no folder"):
        file_format.save_briefing(tmp_path / "gone" / "a.ohbrief", briefing)


def test_a_link_stays_a_link(tmp_path, briefing):
    real, link = tmp_path / "real.ohbrief", tmp_path / "link.ohbrief"
    file_format.save_briefing(real, Briefing())
    link.symlink_to(real)
    file_format.save_briefing(link, briefing)
    assert link.is_symlink()
    assert file_format.load_briefing(Path(real)) == briefing


def test_a_file_of_an_older_version_is_brought_up_to_date(briefing, monkeypatch):
    """The next version of the format, as it will read what this one wrote."""

    def named(held):
        return {**held, "title": held["title"].upper()}

    content = file_format.to_bytes(replace(briefing, title="older"))
    monkeypatch.setitem(file_format.UPGRADES, file_format.VERSION, named)
    monkeypatch.setattr(file_format, "VERSION", file_format.VERSION + 1)
    assert file_format.from_bytes(content, "x").title == "OLDER"
    assert file_format.from_bytes(content, "x").items == briefing.items


def test_a_file_that_version_1_wrote_opens_and_says_what_it_said():
    held = file_format.load_briefing(Path(__file__).with_name("older") / "version-1.ohbrief")
    assert [item.kind.value for item in held.items] == ["heading", "chart", "quote", "claim", "note"]
    chart = held.items[1].exhibit
    assert [row.cells[1] for row in chart.table.rows] == ["66", "71", "77", "22"]
    assert len(chart.columns) == len(chart.records[0])
    again = file_format.from_bytes(file_format.to_bytes(held), "again")
    assert again == held


def test_what_is_no_file_is_refused_and_not_written_over(tmp_path, briefing):
    queue = tmp_path / "queue.ohbrief"
    os.mkfifo(queue)
    with pytest.raises(BriefingError, match="is no file"):
        file_format.load_briefing(queue)
    with pytest.raises(OSError, match="no file"):
        file_format.save_briefing(queue, briefing)
    with pytest.raises(BriefingError, match=r"larger than any briefing|no file"):
        file_format.load_briefing(Path("/dev/zero"))


def test_a_row_that_does_not_fit_its_table_is_refused(briefing):
    held = json.loads(file_format.to_bytes(briefing))
    table = next(item["exhibit"]["table"] for item in held["items"] if "table" in item.get("exhibit", {}))
    table["rows"][0]["cells"].append("more")
    with pytest.raises(BriefingError, match="more or fewer cells"):
        file_format.from_bytes(json.dumps(held).encode(), "x")


def _axis(chart):
    chart["values"]["low"] = chart["values"]["high"]


def _role(chart):
    chart["series"][0]["role"] = -1


def _square(chart):
    tile = {"place": "x", "column": 10**9, "row": 0, "short": "", "name": "", "label": ""}
    chart["tiles"] = [tile]


def _band(chart):
    tile = {"place": "x", "column": 1, "row": 0, "short": "", "name": "", "label": "", "band": 7}
    chart["tiles"] = [tile]


@pytest.mark.parametrize(
    ("change", "said"), [(_axis, "axis"), (_role, "colour"), (_square, "lies off"), (_band, "its key")]
)
def test_a_chart_that_cannot_be_drawn_is_refused(briefing, change, said):
    held = json.loads(file_format.to_bytes(briefing))
    change(next(item["exhibit"]["chart"] for item in held["items"] if "chart" in item.get("exhibit", {})))
    with pytest.raises(BriefingError, match=f"Cambridgeshire: 66 to 77 offences a year, no clear change.*{said}"):
        file_format.from_bytes(json.dumps(held).encode(), "x")


def test_fields_of_a_later_program_are_passed_over(briefing):
    held = {**json.loads(file_format.to_bytes(briefing)), "mood": "calm"}
    assert file_format.from_bytes(json.dumps(held).encode(), "x") == briefing
