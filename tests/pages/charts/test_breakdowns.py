"""Platforms over time on the shipped record: true shares, groups apart from members, one colour each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.text import phrases

UK, EW = "K02000001", "K04000001"


def shown(library, place=UK, **asked):
    return answer(library, Question(place=place, chart=ChartKind.SHIFT, **asked))


def values(page):
    return {s.name: [int(d.value) for d in s.data if d.value is not None] for s in page.chart.series}


def test_the_shares_of_single_platforms_are_the_packs_shares(library):
    assert values(shown(library)) == {
        "Instagram": [20, 34, 32, 6],
        "Facebook": [30, 20],
        "WhatsApp": [4, 4, 12, 9],
        "Snapchat": [20, 16, 25, 33, 48, 40],
    }


@pytest.mark.parametrize("place", [UK, EW])
@pytest.mark.parametrize("groups", [False, True])
def test_a_group_never_stands_with_its_members(library, place, groups):
    page = shown(library, place, groups=groups)
    assert page.chart.kind is ChartKind.SHIFT
    drawn = {f.platform for f in page.drawn}
    for platform in drawn:
        members = set(library.platform(platform or "").members)
        assert not members & drawn


@pytest.mark.parametrize(
    ("place", "names", "overlap"),
    [
        (UK, ["WhatsApp", "Snapchat", "Facebook and Instagram"], False),
        ("E23000016", ["Facebook-owned apps or Snapchat"], False),
        ("E12000006", ["Instagram", "Facebook-owned apps"], True),
    ],
)
def test_that_a_group_includes_its_members_is_said_beside_them_only(library, place, names, overlap):
    chart = answer(library, Question(place=place, chart=ChartKind.PLATFORMS)).chart
    assert [series.name for series in chart.series] == names
    assert (phrases.GROUPS_OVERLAP in chart.notes) is overlap


def test_how_many_offences_shares_stand_on_is_said_where_it_is_printed(library):
    notes = " ".join(shown(library).chart.notes)
    for told in ("1,824 of 7,062", "2,111 of 7,263", "2,117 of 3,217", "2,700 of at least 4,373"):
        assert told in notes
    held = {f.id: f for f in library.figures(place=UK)}
    bases = [held[f.base_figure] for f in shown(library).drawn if f.base_figure in held]
    assert {b.amount.number for b in bases} == {Decimal(1824), Decimal(2111)}


def test_no_line_runs_from_england_and_wales_into_the_united_kingdom(library):
    page = shown(library)
    by_id = {f.id: f for f in page.drawn}
    for series in page.chart.series:
        for before, after in zip(series.data, series.data[1:], strict=False):
            if after.joined:
                assert by_id[before.figure].place == by_id[after.figure].place
    assert [flag.label for flag in page.chart.flags if flag.break_] == ["from here the United Kingdom"]


def test_a_platform_has_one_colour_in_every_chart(library):
    roles: dict[str, set[int]] = {}
    for place in library.figure_counts():
        for kind in (ChartKind.PLATFORMS, ChartKind.SHIFT):
            page = answer(library, Question(place=place, chart=kind))
            if page.chart.kind is kind:
                for series in page.chart.series:
                    roles.setdefault(series.name, set()).add(series.role)
    assert {"Instagram", "Snapchat"} <= set(roles)
    assert all(len(found) == 1 for found in roles.values())
    assert len({next(iter(found)) for found in roles.values()}) == len(roles)
