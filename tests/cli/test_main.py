"""The command line, as a person or another program uses it."""

import json
import shutil

import pytest

from explorer.cli import main
from explorer.support import paths


@pytest.fixture(autouse=True)
def own_data(started_data):
    return started_data


@pytest.fixture
def run(capsys):
    def go(*words):
        status = main.run_command_line(list(words))
        told = capsys.readouterr()
        return status, told.out, told.err

    return go


def show(run, *words):
    status, out, err = run("show", *words, "--format", "json")
    assert status == 0, err
    return json.loads(out)


def test_cambridgeshire_holds_its_four_counts_with_their_paragraphs(run):
    shown = show(run, "E23000023", "--chart", "trend", "--measure", "scc-offences")
    (series,) = shown["series"]
    assert [point["amount"] for point in series["points"]] == [66, 71, 77, 22]
    assert {point["locator"] for point in series["points"]} == {"paragraph 5"}
    assert shown["place"] == {"code": "E23000023", "name": "Cambridgeshire", "level": "force"}
    assert shown["title"] == "Cambridgeshire: 66 to 77 offences a year, no clear change"
    assert shown["replaced"] == []


def test_the_contract_has_every_key(run):
    shown = show(run, "E23000023")
    assert set(shown) >= {
        "title",
        "subtitle",
        "place",
        "measure",
        "chart",
        "series",
        "notes",
        "sources",
        "conflicts",
        "derived",
        "alt_text",
        "newest",
        "cannot_tell",
        "measures",
        "replaced",
    }
    point = shown["series"][0]["points"][0]
    assert set(point) >= {
        "label",
        "period",
        "amount",
        "status",
        "qualifier",
        "low",
        "high",
        "printed",
        "source",
        "locator",
        "note",
        "basis",
        "in_doubt",
        "doubt",
        "whose",
        "kind_of_source",
    }
    assert set(shown["sources"][0]) >= {"id", "title", "publisher", "address", "date"}
    assert set(shown["derived"][0]) >= {
        "text",
        "amount",
        "low",
        "high",
        "formula",
        "inputs",
        "interval",
        "chance",
    }


def test_the_east_of_england_by_name(run):
    shown = show(run, "East of England", "--chart", "platforms")
    amounts = {p["label"]: p["amount"] for series in shown["series"] for p in series["points"]}
    assert amounts == {"Instagram": 36, "Facebook-owned apps": 52}


def test_the_united_kingdom_is_shown_and_no_change_is_worked_out_of_totals_of_unknown_coverage(run):
    shown = show(run, "K02000001")
    held = [(figure["amount"], figure["qualifier"]) for figure in shown["figures"]]
    assert {(29, "exact"), (37, "exact"), (1200, "at least"), (3728, "exact"), (7263, "exact")} <= set(held)
    by_name = {series["name"]: [p["amount"] for p in series["points"]] for series in shown["series"]}
    assert by_name["United Kingdom"] == [3728, 6156, 6350, 7062, 7263]
    assert by_name["England and Wales"] == [3171, 3217, 4373, 5441]
    status, out, _ = run("show", "K02000001")
    assert status == 0
    told = " ".join(out.split())
    for part in ("7,263 offences recorded in 2024/25", "+99%", "comparable forces only"):
        assert part in told
    unknown = "Which police forces are counted is not known for every period: no line joins those, and no"
    assert f"{unknown} change is worked out." in told
    of_the_uk = {f["id"]: f["amount"] for f in shown["figures"] if f["measure"] == "scc-offences"}
    joined = [one for one in shown["derived"] if len(set(one["inputs"]) & set(of_the_uk)) > 1]
    assert joined == []
    assert "94.8" not in " ".join(one["text"] + one["formula"] for one in shown["derived"])


def test_a_quarter_of_the_united_kingdom_is_shown_with_its_doubt(run):
    asked = ("--with", "East of England", "--period", "2020-04/2020-06", "--measure", "scc-offences")
    shown = show(run, "K02000001", *asked)
    held = {point["place"]: point for series in shown["series"] for point in series["points"]}
    assert {code: point["amount"] for code, point in held.items()} == {"K02000001": 1200, "E12000006": 114}
    assert {point["in_doubt"] for point in held.values()} == {"place"}
    out = run("show", "K02000001", *asked)[1]
    assert "at least, place in doubt" in out
    assert "United Kingdom: we hold no whole figure to compare" in out


def test_a_comparison_is_asked_for_whole(run):
    scale = ("--scale", "change", "--base", "2018/19", "--style", "line", "--to", "2018/19")
    asked = ("--measure", "scc-offences", "--with", "Essex", *scale)
    shown = show(run, "Kent", *asked)
    assert shown["chart"] == "compare"
    assert "with 2018/19 as 100" in shown["alt_text"] or "2018/19 = 100" in shown["alt_text"]
    status, out, _ = run("show", "Kent", *asked)
    assert status == 0
    assert "Index (2018/19 = 100)" in out
    rows = {line.split("  ")[0]: line.split() for line in out.splitlines() if " 2017/18 " in line}
    assert rows["Kent"][2:4] == ["122", "(87)"]  # 122 of 140, which chance alone could make
    assert rows["Essex"][2:4] == ["60", "36"]  # 60 of 166, which it could not
    assert "A number in brackets is no clear change" in " ".join(out.split())
    status, _, err = run("show", "Kent", "--from", "someday")
    assert status == 1
    assert "someday" in err


def test_no_index_is_worked_out_across_the_day_a_class_changed(run):
    scale = ("--scale", "change", "--base", "2018/19", "--style", "line", "--to", "2018/19")
    status, out, _ = run("show", "Kent", "--measure", "88A", "--with", "Essex", *scale)
    assert status == 0
    rows = [line.split() for line in out.splitlines() if line.startswith("Kent ") and "/" in line]
    assert [(row[1], row[3]) for row in rows] == [
        ("2012/13", "[x]"),
        ("2013/14", "[x]"),
        ("2014/15", "[x]"),
        ("2015/16", "[x]"),
        ("2016/17", "[x]"),
        ("2017/18", "(97)"),
        ("2018/19", "100"),
    ]


def test_a_figure_in_doubt_is_shown_and_never_preferred_by_either_rule(run):
    asked = ("Lancashire", "--measure", "scc-offences")
    for more in ((), ("--first-printed",)):
        shown = show(run, *asked, *more)
        held = {p["amount"]: p["in_doubt"] for series in shown["series"] for p in series["points"]}
        assert (held[175], held[64]) == (None, "completeness")
        assert shown["title"] == "Lancashire: up from 175 to 252 offences since 2017/18"
        told = " ".join(run("show", *asked, *more)[1].split())
        assert "2017/18: 175 is shown first; 64 (Lancaster & Morecambe Citizen, September 2019)" in told


def test_the_first_printed_can_be_asked_for(run):
    asked = ("England and Wales", "--measure", "scc-offences")
    newest, first = show(run, *asked), show(run, *asked, "--first-printed")
    for shown in (newest, first):
        held = {point["amount"] for series in shown["series"] for point in series["points"]}
        assert {3171, 3217} <= held
    assert "2017/18: 3,217 is shown first; 3,171 (The Lincolnite" in " ".join(newest["notes"])
    assert "2017/18: 3,171 is shown first; 3,217 (NSPCC, September 2019)" in " ".join(first["notes"])


def test_the_map_names_every_force_area(run):
    status, out, _ = run("show", "UK", "--chart", "map")
    assert status == 0
    assert out.startswith("2024/25: 1 to 716 offences in 43 of 45 areas\n")
    assert all(name in out for name in ("Kent", "Police Scotland", "City of London"))


def test_peterborough_is_cambridgeshire(run):
    status, out, _ = run("places", "peterborough")
    assert status == 0
    assert "Cambridgeshire" in out


def test_a_name_of_two_places_is_said_to_be_one(run, tmp_path):
    told = (
        "“West Midlands” is taken as West Midlands (E12000005, region). It may also mean "
        "West Midlands Police (E23000014, police force area); a code says which.\n"
    )
    status, out, err = run("show", "West Midlands")
    assert (status, err) == (0, told)
    assert out.startswith("West Midlands: up from 301 to 428 offences since 2017/18\n")
    assert run("show", "Kent", "--with", "West Midlands")[2] == told
    written = str(tmp_path / "drafted.ohbrief")
    assert run("brief", "--place", "West Midlands", "-o", written)[::2] == (0, told)
    assert run("show", "E23000014")[2] == run("show", "West Midlands Police")[2] == ""


def test_a_draft_says_which_place_another_name_is_taken_for(run, tmp_path):
    written = str(tmp_path / "drafted.ohbrief")
    told = "“met” is taken as Metropolitan Police (E23000001, police force area).\n"
    assert run("brief", "--place", "met", "-o", written)[::2] == (0, told)
    assert run("brief", "--place", "Kent", "-o", written)[::2] == (0, "")
    assert run("show", "met")[2] == ""


def test_places_lists_all_of_them_and_as_json(run):
    _, out, _ = run("places", "--format", "json")
    rows = json.loads(out)
    assert sum(row["level"] == "force" for row in rows) == 45
    _, text, _ = run("places")
    assert len(text.splitlines()) == len(rows)


def test_every_demand_and_every_claim_with_its_reason(run):
    _, out, _ = run("voices", "--kind", "demands", "--format", "json")
    demands = json.loads(out)["demands"]
    assert len(demands) == 28
    of_article = [one for one in demands if "Peterborough Telegraph, November 2020" in str(one)]
    assert [one["number"] for one in of_article] == [1, 2, 3, 4, 5, 6, 7]
    _, out, _ = run("voices", "--kind", "claims", "--format", "json")
    claims = json.loads(out)["claims"]
    assert len(claims) == 24
    assert all(claim["words"] and claim["reason"] for claim in claims)
    _, text, _ = run("voices")
    assert all(heading in text for heading in ("Quotes", "Demands", "Claims", "Peter Wanless", "8 April 2019"))


def test_conflicts_of_a_place_are_listed_with_their_sides(run):
    status, out, err = run("voices", "Lancashire", "--kind", "conflicts", "--format", "json")
    assert (status, err) == (0, "")
    first = json.loads(out)["conflicts"][0]
    assert first["heading"] == "Lancashire, 2017/18: offences recorded"
    assert {side["amount"] for side in first["sides"]} == {"175 offences", "64 offences"}
    _, text, _ = run("voices", "Lancashire", "--kind", "conflicts")
    assert "175 offences, shown" in text


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["show", "Atlantis"], 1, "No place is called “Atlantis”"),
        (["places", "qzxv"], 1, "No place is called"),
        (["voices", "Atlantis"], 1, "No place is called"),
        (["show", "UK", "--with", "Atlantis"], 1, "Atlantis"),
        (["show", "UK", "--measure", "m"], 1, "scc-offences"),
        (["voices", "--kind", "songs"], 2, "quotes, demands, claims"),
        (["show", "UK", "--format", "png"], 2, "-o"),
        (["show", "UK", "-o", "chart.doc"], 2, ".png"),
        (["--bogus"], 2, "--bogus"),
        (["show", " "], 1, "Name a place"),
        (["places", "x" * 5000], 1, "xxx…”"),
        (["dance"], 2, "invalid choice"),
        ([], 2, "COMMAND"),
        (["show", "UK", "-o", "/nowhere/at/all/chart.csv"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, status, told):
    got, out, err = run(*words)
    assert (got, out) == (status, "")
    assert told in err


def test_a_chart_that_is_not_there_is_said_beside_what_is(run):
    told = "We hold no platform share of Kent. The nearest are those of the South East. “Trend” is shown."
    status, out, err = run("show", "Kent", "--chart", "platforms")
    assert (status, err) == (3, "")
    assert told in " ".join(out.split())
    assert out.startswith("Kent: up from 167 to 289 offences since 2017/18\n")
    status, out, err = run("show", "Kent", "--chart", "platforms", "--format", "csv")
    assert (status, err) == (3, f"{told}\n")
    shown = json.loads(run("show", "Kent", "--chart", "platforms", "--format", "json")[1])
    assert (shown["replaced"], shown["notice"]) == (["chart"], told)


def test_the_shipped_pack_has_no_problems(run):
    status, out, _ = run("check", str(paths.packs_folder() / "lockdown-2020"))
    assert (status, "no problems" in out) == (0, True)


def test_a_damaged_pack_is_told_by_file_row_and_column(run, tmp_path):
    copy = tmp_path / "pack"
    shutil.copytree(paths.packs_folder() / "lockdown-2020", copy)
    figures = copy / "figures.csv"
    figures.write_text(figures.read_text().replace(",114,exact", ",many,exact"))
    status, out, _ = run("check", str(copy))
    assert status == 1
    assert any("figures.csv" in line and "row 5" in line and "number" in line for line in out.splitlines())


def test_a_broken_shipped_pack_does_not_stop_the_others(run, tmp_path, monkeypatch):
    packs = tmp_path / "packs"
    shutil.copytree(paths.packs_folder(), packs)
    shutil.copytree(packs / "lockdown-2020", packs / "broken")
    (packs / "broken" / "figures.csv").write_text("id\n")
    monkeypatch.setattr(paths, "packs_folder", lambda: packs)
    status, out, err = run("show", "Cambridgeshire")
    assert status == 0
    assert "77" in out
    assert "broken" in err
    assert "figures.csv" in err


def test_a_program_without_a_console_still_works(monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stderr", None)
    target = tmp_path / "cambridgeshire.csv"
    assert main.run_command_line(["show", "Cambridgeshire", "-o", str(target)]) == 0
    assert main.run_command_line(["places", "qzxv"]) == 1
    assert "Cambridgeshire" in target.read_text(encoding="utf-8-sig")
