"""The newest figure of a place, whose it is and how old; and what a page's numbers cannot tell."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from explorer.evidence.model import InDoubt, Source, SourceKind
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.panels import limits, provenance
from tests.pages.area_samples import CAMBS, KENT, OTHER, PEOPLE, figure, library as made

FEW_YEARS_LATER = date(2024, 6, 1)
UK, EW, EAST = "K02000001", "K04000001", "E12000006"


@pytest.fixture(autouse=True)
def _one_day(monkeypatch):
    monkeypatch.setattr(provenance, "today", lambda: FEW_YEARS_LATER)


def source(kind=SourceKind.NEWS, **more):
    return Source(id="made/one", title="One", publisher="The Paper", kind=kind, **{"published": "2019", **more})


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (SourceKind.OFFICIAL, "Official statistics"),
        (SourceKind.RELEASE, "The publisher's own release"),
        (SourceKind.NEWS, "A news article"),
        (SourceKind.REPLY, "A police force's own reply"),
        (SourceKind.LAW, "Legislation"),
        (SourceKind.USER, "Added by the person who uses this program"),
    ],
)
def test_each_kind_of_source_is_named(kind, said):
    assert provenance.kind_of(source(kind)) == said


def test_a_report_of_anothers_figures_says_so_and_whose_they_are():
    told = source(origin="NSPCC")
    assert provenance.kind_of(told) == "A press report of another's figures"
    assert provenance.source_attribution(told) == "NSPCC, reported by The Paper"
    assert provenance.source_attribution(source(origin="the paper")) == "The Paper"
    assert provenance.source_attribution(source()) == "The Paper"


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [
        (date(2020, 6, 1), date(2024, 6, 1), 4),
        (date(2020, 6, 2), date(2024, 6, 1), 3),
        (date(2020, 2, 29), date(2021, 2, 28), 0),
        (date(2024, 6, 2), date(2024, 6, 1), 0),
    ],
)
def test_years_are_whole_and_never_below_nought(earlier, later, years):
    assert provenance.years_between(earlier, later) == years


def test_an_age_is_counted_from_the_period_and_from_the_publication():
    one = figure(CAMBS, "2019/20", 77)
    told = provenance.age_of(one, source(published="2023-05-30"))
    assert told == "Period ended 4 years ago, published 1 year ago"
    new = provenance.age_of(figure(CAMBS, "2023/24", 77), source(published="2024-05"))
    assert new == "Period ended less than a year ago, published less than a year ago"
    assert provenance.age_of(one, source(published="")) == "Period ended 4 years ago"


def newest(*figures, place=CAMBS, drawn=""):
    held = made(figures)
    try:
        return provenance.newest_line(held, place, drawn)
    finally:
        held.close()


def test_the_newest_line_has_number_period_measure_publisher_date_and_age():
    two = figure(CAMBS, "2017/18", 66), figure(CAMBS, "2018/19", 71)
    said = "Newest: 71 offences in 2018/19{} (The first paper, Sep 2018, 5 years old)"
    assert newest(*two) == said.format(", Sexual communication with a child")
    assert newest(*two, drawn="scc-offences") == said.format("")
    assert newest(*reversed(two), drawn="scc-offences") == said.format("")


def test_no_age_is_said_of_what_is_two_years_old_or_newer():
    assert newest(figure(CAMBS, "2021/22", 5), drawn="scc-offences") == (
        "Newest: 5 offences in 2021/22 (The first paper, Sep 2018)"
    )


def test_of_what_has_no_number_or_counts_people_nothing_is_said():
    assert newest() == ""
    assert newest(figure(CAMBS, "2018/19", None)) == ""
    assert newest(figure(CAMBS, "2023", 850_000, measure=PEOPLE)) == ""
    assert newest(figure(KENT, "2018/19", 71)) == ""


def test_a_newer_figure_of_another_measure_is_named():
    told = newest(figure(CAMBS, "2018/19", 71), figure(CAMBS, "2022/23", 148, measure=OTHER), drawn="scc-offences")
    assert told == "Newest: 148 offences in 2022/23, Sexual grooming (The first paper, Sep 2018)"


def test_a_doubtful_figure_gives_way_and_alone_is_marked():
    doubtful = replace(figure(CAMBS, "2022/23", 90, source="second"), in_doubt=InDoubt.PERIOD, doubt="It is in doubt.")
    alone = newest(doubtful, drawn="scc-offences")
    assert alone == "Newest: 90 offences in 2022/23 (The second paper, Mar 2019, in doubt)"
    both = newest(doubtful, figure(CAMBS, "2022/23", 80), drawn="scc-offences")
    assert both == "Newest: 80 offences in 2022/23 (The first paper, Sep 2018)"


def test_a_year_goes_before_its_last_quarter_and_before_a_total_of_years():
    told = newest(
        figure(CAMBS, "2023-01/2023-03", 20),
        figure(CAMBS, "2022/23", 80),
        figure(CAMBS, "2017-04/2023-03", 500),
        drawn="scc-offences",
    )
    assert told == "Newest: 80 offences in 2022/23 (The first paper, Sep 2018)"


def shipped(held, place, chart=ChartKind.TREND, measure=""):
    return answer(held, Question(place=place, chart=chart, measure=measure), brief=True)


def test_the_newest_of_a_shipped_place_is_told_on_every_measure(library):
    said = "Newest: 133 offences in April to December 2025{} (Home Office, 23 Apr 2026)"
    assert shipped(library, CAMBS, measure="ho-88a").newest == said.format("")
    other = shipped(library, CAMBS, measure="scc-offences").newest
    assert other == said.format(", Sexual grooming (Home Office class 88A)")


def test_the_newest_of_every_shipped_place_is_a_line_about_a_figure_that_we_hold(library):
    for place in library.figure_counts():
        told = provenance.newest_line(library, place)
        latest = provenance.newest_of(library, library.figures(place=place))
        assert bool(told) is (latest is not None)
        if latest is not None:
            assert told.startswith("Newest: ")
            assert told.endswith(")")
            assert provenance.source_attribution(library.source(latest.source)) in told
            assert ("in doubt" in told) is (latest.in_doubt is not None)


def test_the_article_alone_says_how_old_and_doubtful_its_newest_is(seed_library):
    assert shipped(seed_library, UK).newest == (
        "Newest: at least 1,200 offences in April to June 2020 "
        "(NSPCC, reported by Peterborough Telegraph, Nov 2020, in doubt, 3 years old)"
    )


def test_what_cannot_be_told_of_a_force_names_its_missing_apps(seed_library):
    assert shipped(seed_library, CAMBS).cannot_tell == (
        limits.RISE,
        limits.TREND,
        limits.HARM,
        "Which apps were used: we hold no platform figure for Cambridgeshire.",
        limits.WHO,
        limits.LOCAL,
    )


def test_what_cannot_be_told_of_shares_without_a_published_base(library):
    told = shipped(library, EW, ChartKind.SHIFT).cannot_tell
    assert told[:3] == (limits.RISE, limits.TREND, limits.HARM)
    assert "How many offences a share stands for, where its base is not known." in told
    assert told[-2:] == (limits.WHO, limits.LOCAL)
    assert not any("Which apps were used" in line for line in told)


def test_unknown_coverage_of_a_whole_country_is_said(library):
    line = "Which police forces are counted in each figure: that is not known for all of them."
    assert line in shipped(library, UK, measure="scc-offences").cannot_tell
    assert line not in shipped(library, CAMBS, measure="ho-88a").cannot_tell


def test_nothing_is_said_where_no_number_is_shown():
    held = made(())
    try:
        assert answer(held, Question(place=CAMBS), brief=True).cannot_tell == ()
        assert answer(held, Question(place=CAMBS), brief=True).newest == ""
    finally:
        held.close()
