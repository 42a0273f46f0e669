"""What the command line shows of the Home Office classes, and how measures, places and periods are named."""

import json

import pytest

from explorer.cli import main

ENGLAND_AND_WALES = [4610, 5872, 6326, 6389, 6903, 6673, 7240, 7140]
YEARS = [f"{year}/{year - 1999}" for year in range(2017, 2025)]
CLASS_88A = "Sexual grooming (Home Office class 88A)"


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


@pytest.fixture
def show(run):
    """Shows a page as JSON; gives the exit status and the page."""

    def shown(*words):
        status, out, err = run("show", *words, "--format", "json")
        assert err == ""
        return status, json.loads(out)

    return shown


def drawn(page):
    return {p["period"]: p["amount"] for series in page["series"] for p in series["points"]}


def test_durham_holds_every_year_with_its_four_quarters(show):
    status, page = show("Durham", "--measure", "88A")
    assert (status, page["measure"]) == (0, "ho-88a")
    held = [figure for figure in page["figures"] if figure["measure"] == "ho-88a"]
    years = {figure["period"]: figure for figure in held if figure["period"] in YEARS}
    assert list(years) == YEARS
    for period, year in years.items():
        within = [
            figure["amount"]
            for figure in held
            if figure["period"] != period
            and year["period_start"] <= figure["period_start"]
            and figure["period_end"] <= year["period_end"]
        ]
        assert len(within) == 4
        assert sum(within) == year["amount"]
    assert [drawn(page)[period] for period in YEARS] == [105, 113, 92, 75, 74, 69, 57, 73]


def test_england_and_wales_holds_the_eight_years_since_the_class_changed(run, show):
    status, page = show("K04000001", "--measure", "88A")
    assert (status, [drawn(page)[period] for period in YEARS]) == (0, ENGLAND_AND_WALES)
    out = run("show", "K04000001", "--measure", "88A")[1]
    rows = {line.split()[0]: line.split()[1] for line in out.splitlines() if "/" in line.split(" ")[0]}
    assert [rows[period] for period in YEARS] == [f"{amount:,}" for amount in ENGLAND_AND_WALES]


def test_the_map_of_2024_25_has_a_figure_in_43_areas(run):
    status, out, _ = run("show", "UK", "--chart", "map", "--measure", "88A", "--period", "2024/25")
    assert status == 0
    assert out.startswith("2024/25: 1 to 716 offences in 43 of 45 areas\n")
    assert sum("Home Office, 23 April 2026, sheet 2024_25, " in line for line in out.splitlines()) == 43
    without = [line.split("  ")[0] for line in out.splitlines() if line.endswith("[x]  not held")]
    assert without == ["Police Scotland", "Police Service of Northern Ireland"]


@pytest.mark.parametrize(
    ("place", "measure"),
    [("E23000008", "ho-88a"), ("durham", "88a"), ("Durham", "class 88A"), ("Durham", CLASS_88A)],
)
def test_a_measure_and_a_place_are_named_by_id_code_or_name(show, place, measure):
    status, page = show(place, "--measure", measure)
    assert (status, page["measure"], page["place"]["name"]) == (0, "ho-88a", "Durham")


@pytest.mark.parametrize("period", ["2018/19", "2018-04/2019-03", "April 2018 to March 2019"])
def test_a_period_is_named_as_it_is_kept_or_as_it_is_said(run, period):
    status, out, _ = run("show", "UK", "--chart", "map", "--measure", "scc-offences", "--period", period)
    assert status == 0
    assert out.startswith("2018/19: 22 to 274 offences in 14 of 45 areas\n")


@pytest.mark.parametrize("measure", ["ho-88a", "88A", CLASS_88A])
def test_a_table_that_is_brought_in_names_them_so_too(run, tmp_path, measure):
    table = tmp_path / "table.csv"
    table.write_text("Force,Year,Platform,Offences\nKent,2023/24,Snapchat,30\nE23000008,2023/24,whatsapp,23\n")
    pack = tmp_path / "pack"
    assert run("import", str(table), "--as-guessed", "--measure", measure, "-o", str(pack))[0] == 0
    rows = [line.split(",")[1:5] for line in (pack / "figures.csv").read_text().splitlines()[1:]]
    assert sorted(rows) == [
        ["ho-88a", "E23000008", "2023/24", "whatsapp"],
        ["ho-88a", "E23000032", "2023/24", "snapchat"],
    ]


@pytest.mark.parametrize(
    ("place", "measure", "called", "instead"),
    [
        ("Scotland", "88A", CLASS_88A, "Communicating indecently with a child (Scotland)"),
        ("Northern Ireland", "ho-88a", CLASS_88A, "Sexual communication with a child"),
        ("Kent", "86", "Child sexual abuse image crimes", CLASS_88A),
    ],
)
def test_a_measure_that_a_place_has_not_is_said(run, show, place, measure, called, instead):
    status, page = show(place, "--measure", measure)
    assert (status, page["replaced"], page["measure_name"]) == (3, ["measure"], instead)
    assert page["notice"].startswith(f"We hold no figure of “{called}” for {place}")
    assert page["notice"].endswith(f"“{instead}” is shown.")
    status, out, err = run("show", place, "--measure", measure)
    assert (status, err) == (3, "")
    assert page["notice"] in " ".join(out.split())
    status, _, err = run("show", place, "--measure", measure, "--format", "csv")
    assert (status, err) == (3, page["notice"] + "\n")


@pytest.mark.parametrize(
    ("measure", "told"),
    [("88Z", "No measure is called “88Z”"), ("victims", "“victims” names several measures")],
)
def test_a_name_of_no_measure_or_of_several_shows_nothing(run, measure, told):
    status, out, err = run("show", "Kent", "--measure", measure)
    assert (status, out) == (1, "")
    assert err.startswith(told)


def test_the_two_shares_of_the_article_stand_in_one_chart(run, show):
    asked = ("K02000001", "--chart", "shift", "--period", "2020-04/2020-06")
    status, page = show(*asked)
    (series,) = page["series"]
    assert (status, page["chart"], series["name"], page["replaced"]) == (0, "shift", "Instagram", [])
    assert drawn(page) == {"Apr 2017-Mar 2020": 29, "Apr-Jun 2020": 37}
    assert {point["in_doubt"] for point in series["points"]} == {"place"}
    assert page["title"] == "Instagram 29%, then 37%, in doubt, of recorded offences"
    assert page["derived"] == []
    out = " ".join(run("show", *asked)[1].split())
    assert "The periods differ in length: April 2017 to March 2020 and April to June 2020." in out


def test_no_page_says_that_no_platform_figure_is_held_where_one_is(show):
    told = "Which apps were used: we hold no platform figure for {}."
    page = show("Lancashire")[1]
    assert any(figure["platform"] for figure in page["figures"])
    assert told.format("Lancashire") not in page["cannot_tell"]
    assert told.format("Kent") in show("Kent")[1]["cannot_tell"]


def test_a_base_that_is_asked_for_is_drawn_and_counted_from(show):
    pair = ("Durham", "--chart", "compare", "--with", "Lancashire", "--scale", "change")
    status, page = show(*pair, "--base", "2018/19")
    assert (status, page["replaced"]) == (0, [])
    assert page["title"].endswith("(2018/19 = 100)")
    across = show(*pair, "--base", "2016/17")[1]  # the class breaks in April 2017
    assert across["title"] == "Durham: no index can be worked out since 2016/17"
    status, page = show(*pair, "--base", "2001/02")
    assert (status, page["replaced"]) == (3, ["base"])
    assert "Change cannot be counted from 2001/02 here" in page["notice"]


def test_bars_of_whole_years_say_so_where_quarters_were_asked_for(show):
    pair = ("Durham", "--chart", "compare", "--with", "Lancashire", "--by", "quarters")
    status, page = show(*pair)
    assert (status, page["replaced"]) == (3, ["grain"])
    assert page["notice"] == "Bars compare whole years; lines can compare quarters."
    assert show(*pair, "--style", "line")[0] == 0


def test_a_part_of_a_name_is_said_to_be_taken_for_a_place(run):
    status, _, err = run("show", "West")
    assert status == 0
    assert err.startswith("“West” is taken as West Midlands (")
    assert "It may also mean West" in err
    _, _, err = run("show", "Durham", "--chart", "compare", "--with", "Durham", "Kent")
    assert err == "Durham is not compared with itself.\n"


def test_a_sum_of_ours_is_called_one_and_stands_beside_no_total_of_its_own(run, show):
    out = run("show", "Wales", "--measure", "88A")[1]
    assert "our sum of 4 quarters of 4 police forces" in out
    assert "the published total is" not in out
    assert not any(one["text"].count("add up to") for one in show("Wales", "--measure", "88A")[1]["derived"])


def test_a_share_title_skips_no_period_between_two_that_are_not_comparable(show):
    page = show("K02000001", "--chart", "shift")[1]
    assert page["title"] == "United Kingdom: Snapchat 40% in 2024/25, where app known"


def test_a_range_whose_ends_differ_beyond_chance_says_since_when_there_is_no_clear_change(show):
    assert show("Cleveland")[1]["title"] == "Cleveland: no clear change since 2017/18, 91 to 155"
    page = show("Cambridgeshire", "--measure", "scc-offences")[1]
    assert page["title"] == "Cambridgeshire: 66 to 77 offences a year, no clear change"


def test_a_count_below_0_of_ones_own_fails_no_page_and_has_no_percentage(run, tmp_path):
    table = tmp_path / "corrected.csv"
    table.write_text("place,period,number\nDurham,2022/23,80\nDurham,2023/24,-7\n", encoding="utf-8")
    assert run("import", str(table), "--as-guessed", "--measure", "scc-offences")[0] == 0
    for more in ((), ("--chart", "compare", "--with", "Kent", "--scale", "change", "--base", "2022/23")):
        status, out, _ = run("show", "Durham", "--measure", "scc-offences", *more)
        assert status in (0, 3)
        assert "108" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--period", "2019/20"), "--period is not used here"),
        (("--base", "2019/20"), "change is counted from 2019/20 with --scale change"),
        (("--groups",), "--groups is not used here"),
        (("--by-value",), "--by-value is not used here"),
        (("--chart", "map", "--with", "Durham"), "--with is not used here"),
        (("--chart", "map", "--from", "2019/20"), "--from and --to are not used here"),
        (("--chart", "map", "--events"), "--events is not used here"),
        (("--chart", "map", "--style", "line"), "--style line is not used here"),
        (("--chart", "breakdown", "--scale", "rate"), "--scale rate is not used here"),
        (
            ("--measure", "88A", "--from", "2019/20", "--to", "April to June 2020"),
            "Whole years are shown; --by quarters shows April to June 2020.",
        ),
    ],
)
def test_a_wish_that_a_chart_takes_no_part_in_is_said(run, words, told):
    status, out, err = run("show", "Kent", *words)
    assert (status, told in err) == (3, True), err
    assert out


def test_quarters_of_a_place_that_has_only_years_are_said_not_to_be_held(run):
    status, _, err = run("show", "Scotland", "--by", "quarters")
    assert (status, err) == (
        3,
        "--by quarters is not used here: we hold no quarters that this chart can show.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--events",),
        ("--chart", "map", "--period", "2019/20"),
        ("--with", "Essex", "--style", "line", "--by", "quarters", "--measure", "88A"),
        ("--with", "Essex", "--by-value"),
        ("--scale", "change", "--base", "2019/20"),
        ("--measure", "88A", "--by", "quarters", "--to", "April to June 2020"),
    ],
)
def test_a_wish_that_is_followed_is_not_spoken_of(run, words):
    status, _, err = run("show", "Kent", *words)
    assert (status, err) == (0, "")


def test_another_scale_sets_a_place_beside_others(show):
    status, page = show("Kent", "--scale", "rate")
    assert (status, page["chart"]) == (0, "compare")
    assert "per 100,000 people" in page["title"]


@pytest.mark.parametrize("chart", ["map", "compare"])
def test_a_rate_of_part_of_a_year_is_refused_with_its_reason(run, chart):
    words = ("--chart", chart, "--scale", "rate", "--period", "April to December 2025")
    status, out, _ = run("show", "Kent", "--measure", "88A", *words)
    assert status == 3
    assert "No rate, as it is worked out for whole years only" in out or "Counts are shown" in out
