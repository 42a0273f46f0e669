"""Reading a pack: each thing that can be wrong with one gets its file, row, column and a way to mend it."""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.evidence.model import FigureStatus, Pack
from explorer.evidence.places import PlaceTree
from explorer.packs.problems import MOST, PackError, Problem
from explorer.packs.reader import check_pack, read_pack, read_places
from explorer.packs.seal import seal_pack
from tests.packs.first_pack import SHIPPED, Edit

EAST = "east-offences-2020-q1,scc-offences,E12000006,2020-04/2020-06,,,114,exact,,,,114,"
CAMBS = "cambridgeshire-offences-2018-19,scc-offences,E23000023,2018/19,,,71,exact,,,,71,"

# what is changed in figures.csv to what | row, column | words of the problem | words of the mend
CELLS = {
    "a word for a number": (
        EAST,
        EAST.replace(",,114,exact", ",,many,exact"),
        5,
        "number",
        "'many' is not",
        "digits",
    ),
    "not a number": (EAST, EAST.replace(",,114,exact", ",,NaN,exact"), 5, "number", "'NaN' is not", "status"),
    "infinite": (EAST, EAST.replace(",,114,exact", ",,inf,exact"), 5, "number", "'inf' is not", "status"),
    "an exponent": (
        EAST,
        EAST.replace(",,114,exact", ",,1e999999999,exact"),
        5,
        "number",
        "is not",
        "digits",
    ),
    "a separator": (EAST, EAST.replace(",,114,exact", ',,"1,140",exact'), 5, "number", "'1,140'", "1140"),
    "a per cent sign": (
        EAST,
        EAST.replace(",,114,exact", ",,36%,exact"),
        5,
        "number",
        "'36%'",
        "percentage sign",
    ),
    "a star": (EAST, EAST.replace(",,114,exact", ",,*,exact"), 5, "number", "'*'", "status, such as c"),
    "two dots": (EAST, EAST.replace(",,114,exact", ",,..,exact"), 5, "number", "'..'", "status, such as x"),
    "below zero": (
        EAST,
        EAST.replace(",,114,exact", ",,-1,exact"),
        5,
        "number",
        "less than zero",
        "negative",
    ),
    "part of one": (EAST, EAST.replace(",,114,exact", ",,11.4,exact"), 5, "number", "whole", "count"),
    "no number": (EAST, EAST.replace(",,114,exact", ",,,exact"), 5, "number", "no number", "c confidential"),
    "status and number": (EAST, EAST.replace(",exact,,", ",exact,c,"), 5, "status", "[c]", "Leave out"),
    "status, no number": (EAST, EAST.replace(",114,exact,,", ",,exact,p,"), 5, "status", "[p]", "x, c or z"),
    "rounds to zero": (EAST, EAST.replace(",exact,,", ",exact,k,"), 5, "status", "[k]", "Write 0"),
    "unknown status": (EAST, EAST.replace(",exact,,", ",exact,q,"), 5, "status", "'q'", "x, c, e, p"),
    "unknown qualifier": (
        EAST,
        EAST.replace(",exact,", ",nearly,"),
        5,
        "qualifier",
        "'nearly'",
        "at least, about",
    ),
    "unknown place": (
        CAMBS,
        CAMBS.replace("E23000023", "E2300023"),
        9,
        "place",
        "'E2300023'",
        "Did you mean E23000",
    ),
    "a place's name": (CAMBS, CAMBS.replace("E23000023", "Norfolk"), 9, "place", "'Norfolk'", "E23000024"),
    "no place": (CAMBS, CAMBS.replace("E23000023", ""), 9, "place", "blank", "code"),
    "no period": (CAMBS, CAMBS.replace("2018/19", "soon"), 9, "period", "soon", "2019/20"),
    "unknown measure": (
        CAMBS,
        CAMBS.replace(",scc-offences,", ",scc-offence,"),
        9,
        "measure",
        "measures.csv",
        "scc-offences",
    ),
    "an id twice": (CAMBS, CAMBS.replace("-2018-19", "-2017-18"), 9, "id", "row 8 already", "its own"),
    "a bad id": (
        CAMBS,
        CAMBS.replace("cambridgeshire-offences-2018-19", "a b"),
        9,
        "id",
        "'a b' is no id",
        "letters",
    ),
    "no locator": ("paragraph 2,Printed", ",Printed", 2, "locator", "blank", "paragraph 4"),
    "a share over 100": (",37,exact", ",137,exact", 3, "number", "over 100", "measure"),
    "unknown platform": (",instagram,,37", ",instagran,,37", 3, "platform", "'instagran'", "instagram"),
    "no such base": (
        ",uk-offences-2020-q1,38",
        ",uk-offences-2021,38",
        3,
        "base_figure",
        "uk-offences-2021",
        "uk-offences-2020-q1",
    ),
    "its own base": (
        ",uk-offences-2020-q1,38",
        ",uk-instagram-2020-q1,38",
        3,
        "base_figure",
        "itself",
        "another",
    ),
    "low over number": (EAST, EAST.replace(",exact,,,", ",exact,,115,"), 5, "low", "more than", "Check"),
    "low over high": (
        EAST,
        EAST.replace(",exact,,,,", ",about,,114,100,"),
        5,
        "low",
        "more than the most",
        "Exchange",
    ),
    "too low": (",1200,at least,,1201", ",1200,at least,,1100", 2, "low", "less than", "Check"),
    "more forces than asked": (
        ",38,,38 forces",
        ",38,30,38 forces",
        2,
        "forces_responding",
        "only 30",
        "Check",
    ),
    "too few cells": (",,,114,exact", ",,114,exact", 5, "", "22 cells", "cut off"),
    "too many cells": (",,,114,exact", ",,,,114,exact", 5, "", "24 cells", "quotation"),
    "a column gone": (",locator,note", ",note", 1, "locator", "missing", "Add it"),
    "a column too many": (",locator,note", ",locator,rank,note", 1, "rank", "no column", "Its columns are"),
    "a column twice": (",locator,note", ",locator,locator,note", 1, "locator", "more than once", "Keep one"),
    "a column renamed": (",locator,note", ",location,note", 1, "location", "no column", "locator"),
    "a hidden character": ("paragraph 2,", "paragraph\u202e 2,", 2, "", "U+202E", "Delete"),
}


HEADER = b"id,title,publisher,kind,published,address,note\n"


def _first(path: Path, places: PlaceTree) -> Problem:
    problems = check_pack(path, places)
    assert problems
    return problems[0]


@pytest.mark.parametrize("case", CELLS)
def test_what_is_wrong_with_a_figure(edit: Edit, places: PlaceTree, case: str) -> None:
    old, new, row, column, what, mend = CELLS[case]
    problem = _first(edit("figures.csv", old, new), places)
    assert (problem.file, problem.row, problem.column) == ("figures.csv", row, column)
    assert what in problem.what
    assert mend in problem.mend


OTHERS = {
    "unit": ("measures.csv", ",per cent,", ",percent,", 3, "unit", "'percent'"),
    "quote kind": ("quotes.csv", ",verbatim,", ",spoken,", 2, "kind", "'spoken'"),
    "source kind": ("sources.csv", ",news article,", ",blog,", 2, "kind", "'blog'"),
    "source date": ("sources.csv", "2019-04-08", "8 April 2019", 9, "published", "'8 April 2019'"),
    "an address": ("sources.csv", "https://www.nspcc", "file://www.nspcc", 3, "address", "no web address"),
    "an address that runs": (
        "sources.csv",
        "https://www.nspcc",
        "javascript:x",
        3,
        "address",
        "no web address",
    ),
    "a day that is none": ("events.csv", "2020-12-15", "2020-02-30", 6, "date", "'2020-02-30'"),
    "a flag": ("events.csv", ",true,", ",perhaps,", 5, "reported", "'perhaps'"),
    "check": ("claims.csv", ",share_rises,", ",share_falls,", 4, "check", "'share_falls'"),
    "a setting": ("claims.csv", "times=3", "times:3", 5, "settings", "'times:3'"),
    "a setting's name": ("claims.csv", "times=3", "times=3; compar=about", 5, "settings", "'compar'"),
    "a comparison": ("claims.csv", "times=3", "times=3; compare=nearly", 5, "settings", "'nearly'"),
    "a number of times": ("claims.csv", "times=3", "times=thrice", 5, "settings", "'thrice'"),
    "a setting that is missing": ("claims.csv", "times=3", "", 5, "settings", "'times' is missing"),
    "a date of a claim": ("claims.csv", "date=2020-02", "by=spring", 8, "settings", "'spring'"),
    "a setting's event": (
        "claims.csv",
        "later=full-response",
        "later=no-response",
        9,
        "settings",
        "'no-response'",
    ),
    "a setting's place": ("claims.csv", "place=E06000031", "place=E0600003", 2, "settings", "'E0600003'"),
    "a figure of a demand": (
        "demands.csv",
        "uk-offences-2020-q1",
        "uk-offences",
        2,
        "figures",
        "'uk-offences'",
    ),
    "a quote of a note": ("notes.csv", ",bailey-2,", ",bailey-3,", 9, "quotes", "'bailey-3'"),
    "a force of a region": ("regions.csv", "E23000022", "E23000099", 2, "forces", "'E23000099'"),
    "a place twice": ("quotes.csv", "K02000001 E23000024", "K02000001 K02000001", 4, "places", "twice"),
    "a member": ("platforms.csv", "facebook instagram", "facebook instagran", 5, "members", "'instagran'"),
    "no source": ("events.csv", ",white-paper-page,", ",,", 3, "source", "blank"),
    "no order": ("demands.csv", "duty-of-care,1,", "duty-of-care,first,", 2, "order", "'first'"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_wrong_elsewhere(edit: Edit, places: PlaceTree, case: str) -> None:
    file, old, new, row, column, what = OTHERS[case]
    problem = _first(edit(file, old, new), places)
    assert (problem.file, problem.row, problem.column) == (file, row, column)
    assert what in problem.what
    assert problem.mend


def test_every_problem_is_found_at_once(copy: Path, places: PlaceTree) -> None:
    for file, old, new in (
        ("figures.csv", ",114,exact", ",some,exact"),
        ("figures.csv", ",71,exact", ",-71,exact"),
        ("quotes.csv", "verbatim", "exactly"),
        ("notes.csv", "white-paper initial-response", "white-papers"),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    seal_pack(copy)
    found = {(problem.file, problem.row, problem.column) for problem in check_pack(copy, places)}
    assert found == {
        ("figures.csv", 5, "number"),
        ("figures.csv", 9, "number"),
        ("quotes.csv", 2, "kind"),
        ("notes.csv", 9, "events"),
    }


def test_very_many_problems_are_capped(copy: Path, places: PlaceTree) -> None:
    row = "figure-{0},scc-offences,E1,2018/19,,,some,exact,,,,71,,,,,,peterborough-telegraph,paragraph 5,,,,\n"
    with (copy / "figures.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.writelines(row.format(number) for number in range(3000))
    seal_pack(copy)
    problems = check_pack(copy, places)
    assert len(problems) == MOST + 1
    assert "5,800 more" in problems[-1].what


def test_a_status_may_stand_for_the_number(edit: Edit, places: PlaceTree) -> None:
    pack = read_pack(edit("figures.csv", ",71,exact,", ",,exact,c"), places)
    figure = next(figure for figure in pack.figures if figure.id.endswith("2018-19"))
    assert figure.amount.number is None
    assert figure.amount.status is FigureStatus.CONFIDENTIAL
    assert figure.amount.low is None


def test_a_byte_order_mark_and_windows_line_ends_are_taken(copy: Path, places: PlaceTree, lockdown: Pack) -> None:
    for path in copy.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    seal_pack(copy)
    assert read_pack(copy, places) == lockdown


def test_the_descriptor_itself_may_be_opened(places: PlaceTree, lockdown: Pack) -> None:
    assert read_pack(SHIPPED / "datapackage.json", places) == lockdown


def test_columns_may_stand_in_another_order(edit: Edit, places: PlaceTree, lockdown: Pack) -> None:
    folder = edit("platforms.csv", "id,name,owner,members,order", "id,name,owner,members,order")
    lines = (folder / "platforms.csv").read_text(encoding="utf-8").splitlines()
    turned = "\n".join(",".join(line.split(",")[::-1]) for line in lines) + "\n"
    (folder / "platforms.csv").write_text(turned, encoding="utf-8", newline="")
    seal_pack(folder)
    assert read_pack(folder, places).platforms == lockdown.platforms


def test_a_broken_sum_is_reported_with_the_file(copy: Path, places: PlaceTree) -> None:
    path = copy / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b",114,exact", b",115,exact"))
    problem = _first(copy, places)
    assert problem.file == "figures.csv"
    assert "changed after the pack was sealed" in problem.what


def test_a_changed_title_breaks_the_seal(copy: Path, places: PlaceTree) -> None:
    path = copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("first lockdown", "last lockdown"), encoding="utf-8")
    problem = _first(copy, places)
    assert (problem.file, problem.column) == ("datapackage.json", "seal")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\xff\xfei\x00d\x00", "UTF-16"),
        (HEADER + "caf\u00e9,x\n".encode("cp1252"), "line 2 is not in UTF-8"),
        (b"id,ti\0tle\n", "NUL"),
        (b"", "empty"),
        (b"id\ttitle\n", "not separated by commas"),
        (b"id;title\n", "not separated by commas"),
        (HEADER + b'a,"b"c,d,blog,,,\n', "follows a closing quotation mark"),
        (b"id,title\n", "is missing"),
    ],
    ids=["utf-16", "windows-1252", "nul", "empty", "tabs", "semicolons", "quotation", "header"],
)
def test_a_file_that_is_no_table(copy: Path, places: PlaceTree, content: bytes, what: str) -> None:
    (copy / "sources.csv").write_bytes(content)
    seal_pack(copy)
    said = [problem.what for problem in check_pack(copy, places) if problem.file == "sources.csv"]
    assert any(what in one for one in said)


def test_the_line_that_is_not_utf8_is_named(copy: Path, places: PlaceTree) -> None:
    path = copy / "quotes.csv"
    path.write_bytes(path.read_bytes().replace("\u2019".encode(), b"\x92", 1))
    seal_pack(copy)
    problem = _first(copy, places)
    assert (problem.file, problem.row) == ("quotes.csv", 2)
    assert "line 2 is not in UTF-8" in problem.what


def test_a_file_cut_off_inside_a_quotation(copy: Path, places: PlaceTree) -> None:
    path = copy / "quotes.csv"
    path.write_bytes(path.read_bytes()[:700])
    seal_pack(copy)
    (problem,) = check_pack(copy, places)
    assert problem.file == "quotes.csv"
    assert "ends inside a quotation" in problem.what
    assert problem.row is not None


def test_a_line_of_100_megabytes_is_refused_in_little_memory(copy: Path, places: PlaceTree) -> None:
    with (copy / "figures.csv").open("ab") as stream:
        for _ in range(100):
            stream.write(b"x" * (1 << 20))
    seal_pack(copy)
    tracemalloc.start()
    problem = _first(copy, places)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problem.what.startswith("line 12 is longer than")
    assert (problem.file, problem.row) == ("figures.csv", 12)
    assert peak < 8 << 20


def test_a_quotation_that_never_closes_is_refused_in_little_memory(copy: Path, places: PlaceTree) -> None:
    with (copy / "figures.csv").open("ab") as stream:
        stream.write(b'"')
        for _ in range(20_000):
            stream.write(b"never closed, never closed\n" * 20)
    seal_pack(copy)
    problem = _first(copy, places)
    assert "longer than" in problem.what
    assert "never closed" in problem.mend


def _descriptor(folder: Path) -> dict[str, object]:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("field", ["name", "title", "version", "created", "licenses", "resources"])
def test_a_field_that_the_descriptor_lacks(copy: Path, places: PlaceTree, field: str) -> None:
    descriptor = _descriptor(copy)
    del descriptor[field], descriptor["seal"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    problem = _first(copy, places)
    assert (problem.file, problem.column) == ("datapackage.json", field)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "broken at line 1"),
        ("[]", "not a data package"),
        ('{"name": NaN}', "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"name": "\\ud800"}', "UTF-8"),
        ("1" * 5000, "cannot be read"),
        ("", "broken at line 1"),
        (" " * (5 << 20), "larger than"),
    ],
)
def test_a_descriptor_that_is_none(copy: Path, places: PlaceTree, text: str, what: str) -> None:
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    problem = _first(copy, places)
    assert problem.file == "datapackage.json"
    assert what in problem.what


@pytest.mark.parametrize(
    "path",
    [
        "../sources.csv",
        "/etc/passwd",
        "C:\\x.csv",
        "a/../../b.csv",
        "c:sources.csv",
        "\\\\host\\x",
        "a//b",
        "",
    ],
)
def test_a_path_that_leads_out_is_refused(copy: Path, places: PlaceTree, path: str) -> None:
    descriptor = _descriptor(copy)
    resources = descriptor["resources"]
    assert isinstance(resources, list)
    resources[0]["path"] = path
    del descriptor["seal"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    problem = _first(copy, places)
    assert problem.file == "datapackage.json"
    assert "leads out of the pack" in problem.what


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_out_is_refused(copy: Path, places: PlaceTree, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    (copy / "sources.csv").rename(outside)
    (copy / "sources.csv").symlink_to(outside)
    problem = _first(copy, places)
    assert problem.file == "sources.csv"
    assert "link" in problem.what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_a_pipe_is_refused_and_does_not_hang(copy: Path, places: PlaceTree) -> None:
    (copy / "sources.csv").unlink()
    os.mkfifo(copy / "sources.csv")
    assert "not a plain file" in _first(copy, places).what


def test_a_missing_file_is_named(copy: Path, places: PlaceTree) -> None:
    (copy / "events.csv").unlink()
    problem = _first(copy, places)
    assert (problem.file, problem.what) == ("events.csv", "the file is missing")


def test_a_table_that_is_not_listed_is_not_passed_over(copy: Path, places: PlaceTree) -> None:
    descriptor = _descriptor(copy)
    resources = descriptor["resources"]
    assert isinstance(resources, list)
    descriptor["resources"] = [one for one in resources if one["name"] not in ("notes", "sources")]
    del descriptor["seal"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    files = {problem.file for problem in check_pack(copy, places)}
    assert {"notes.csv", "sources.csv", "datapackage.json"} <= files


@pytest.mark.parametrize("kind", ["nothing", "empty folder", "text file", "png"])
def test_what_is_no_pack(tmp_path: Path, places: PlaceTree, kind: str) -> None:
    path = tmp_path / "thing"
    if kind == "empty folder":
        path.mkdir()
    elif kind == "text file":
        path.write_text("hello", encoding="utf-8")
    elif kind == "png":
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    with pytest.raises(PackError) as caught:
        read_pack(path, places)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].mend


def test_a_pack_without_sums_can_be_read(copy: Path, places: PlaceTree, lockdown: Pack) -> None:
    descriptor = _descriptor(copy)
    resources = descriptor["resources"]
    assert isinstance(resources, list)
    for one in resources:
        del one["hash"], one["bytes"]
    del descriptor["seal"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert read_pack(copy, places) == lockdown


def test_numbers_keep_the_places_they_are_printed_with(edit: Edit, places: PlaceTree) -> None:
    pack = read_pack(edit("figures.csv", ",37,exact", ",37.0,exact"), places)
    amount = pack.figures[1].amount
    assert (amount.low, amount.high) == (Decimal("36.95"), Decimal("37.05"))


PLACES = {
    "two of one code": ("places.csv", "E23000024,Norfolk", "E23000023,Norfolk", "already"),
    "no parent": ("places.csv", "force,E12000006,", "force,,", "no parent"),
    "unknown level": ("places.csv", "Norfolk,force,", "Norfolk,county,", "'county'"),
    "unknown parent": ("places.csv", "E23000024,Norfolk,force,E12000006", "E23000024,Norfolk,force,E1", "E1"),
    "a name of no place": ("names.csv", "K02000001,UK,", "K0,UK,", "'K0' is no place"),
}


@pytest.mark.parametrize("case", PLACES)
def test_what_is_wrong_with_the_places(tmp_path: Path, case: str) -> None:
    import shutil

    from explorer.support import paths

    file, old, new, what = PLACES[case]
    folder = Path(shutil.copytree(paths.places_folder(), tmp_path / "places"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    seal_pack(folder)
    with pytest.raises(PackError) as caught:
        read_places(folder)
    assert any(what in problem.what for problem in caught.value.problems)


def test_no_places_at_all(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        read_places(tmp_path)


def test_a_count_below_zero_is_read_where_it_is_printed_so(edit: Edit, places: PlaceTree) -> None:
    folder = edit("figures.csv", ",71,exact,,,,71,", ",-71,exact,,,,-71,")
    assert check_pack(folder, places) == ()
    figure = next(one for one in read_pack(folder, places).figures if one.printed == "-71")
    assert (figure.amount.number, figure.amount.low, figure.amount.high) == (-71, -71, -71)
