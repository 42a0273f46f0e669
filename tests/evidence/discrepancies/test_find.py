"""Discrepancies of published figures: what each rule finds, and what it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.analysis.breakdowns import contains, parse_breakdown
from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.discrepancies.find import find_doubts
from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure, NoteKind
from explorer.evidence.repository import Repository
from tests.evidence.line_counter import lines_run
from tests.evidence.sample_country import (
    AUTUMN,
    BOTH,
    COUNT,
    NEW,
    NORTH,
    SHARE,
    SOURCES,
    SOUTH,
    SPRING,
    UK,
    VICTIMS,
    WALES,
    A,
    B,
    C,
    World,
    claim,
    figure,
    note,
    region,
)


def doubts(held: Repository) -> tuple[Discrepancy, ...]:
    known = {source.id: source for source in SOURCES}
    return find_doubts(held, conflicts=find_conflicts(held.figures(), known))


def among(*figures: Figure) -> tuple[Discrepancy, ...]:
    return doubts(World(figures))


def ids(*figures: Figure) -> tuple[str, ...]:
    return tuple(one.id for one in figures)


def test_numbers_of_two_releases() -> None:
    old, new = figure(A, "2017/18", "175"), figure(A, "2017/18", "64", source=AUTUMN)
    (one,) = among(old, new)
    assert one.kind is DiscrepancyKind.DIFFER
    assert set(one.figures) == set(ids(old, new))
    assert one.text == "Releases publish different numbers: 175 in March 2019 and 64 on 11 September 2019."
    assert one.places == (A,)


def test_numbers_of_two_reports_of_one_release() -> None:
    pair = figure(A, "2017/18", "175", source=AUTUMN), figure(A, "2017/18", "64", source=AUTUMN, id="other")
    assert among(*pair)[0].text == "One report publishes different numbers: 175 and 64."


@pytest.mark.parametrize(("total", "found"), [("983", 0), ("982", 1), ("985", 0), ("986", 1)])
def test_a_total_of_several_years_against_them(total: str, found: int) -> None:
    years = [
        figure(A, "2017/18", "300"),
        figure(A, "2018/19", "300"),
        figure(A, "2018/19", "302", source=NEW),
        figure(A, "2019/20", "383"),
    ]
    whole = figure(A, "2017-04/2020-03", total)
    several = [one for one in among(*years, whole) if one.kind is DiscrepancyKind.SUM]
    assert len(several) == found
    for one in several:
        assert set(one.figures) == set(ids(whole, *years))
        nearest = "983" if total == "982" else "985"
        assert f", {total} is published, and 300 in 2017/18" in one.text
        assert one.text.endswith(f" come to {nearest}.")


def test_a_total_that_years_do_not_make_up_is_left_alone() -> None:
    gap = [figure(A, "2017/18", "3"), figure(A, "2019/20", "3"), figure(A, "2017-04/2020-03", "100")]
    assert among(*gap) == ()
    rough = figure(A, "2017-04/2019-03", "600", qualifier="about")
    assert among(figure(A, "2017/18", "300"), figure(A, "2018/19", "302"), rough) == ()


def test_a_longer_total_may_stand_in_for_years_that_are_not_printed() -> None:
    before, last = figure(A, "2017-04/2022-03", "2282"), figure(A, "2022/23", "562")
    assert among(before, last, figure(A, "2017-04/2023-03", "2844")) == ()
    (one,) = among(before, last, figure(A, "2017-04/2023-03", "2840"))
    assert one.kind is DiscrepancyKind.SUM


def test_parts_that_exceed_the_whole() -> None:
    girls = figure(A, "2020/21", "163", VICTIMS, breakdown="girls")
    older = figure(A, "2020/21", "122", VICTIMS, breakdown="girls aged 12 to 15")
    younger = figure(A, "2020/21", "51", VICTIMS, breakdown="girls aged under 11")
    (one,) = among(girls, older, younger)
    assert (one.kind, one.figures) == (DiscrepancyKind.PARTS, ids(girls, older, younger))
    assert "come to 173, more than the 163 published (girls)" in one.text
    assert among(girls, older) == ()
    nested = figure(A, "2020/21", "130", VICTIMS, breakdown="girls aged 15 and under")
    assert among(girls, older, nested) == ()
    elsewhere = figure(A, "2020/21", "51", VICTIMS, breakdown="girls aged under 11", source=NEW)
    assert [one.kind for one in among(girls, older, elsewhere)] == [DiscrepancyKind.PARTS]


def test_a_part_alone_may_exceed_the_whole() -> None:
    (one,) = among(figure(A, "2020/21", "10"), figure(A, "2020/21", "11", breakdown="platform recorded"))
    assert one.text == "The 11 (platform recorded) is more than the 10 published in all."


@pytest.mark.parametrize(
    ("whole", "part", "inside"),
    [
        ("", "girls", True),
        ("sex recorded", "girls", True),
        ("all whose sex was recorded", "girls", True),
        ("sex recorded", "aged under 11", False),
        ("girls", "girls aged 12 to 15", True),
        ("girls", "boys", False),
        ("girls aged 12 to 15", "girls", False),
        ("aged 15 and under", "aged 12 to 15", True),
        ("aged under 11", "aged 11 and under", False),
        ("aged 11 and under", "victims aged under 11", True),
        ("", "online", True),
        ("girls", "online", False),
        ("", "of primary school age", False),
        ("of primary school age", "girls", False),
    ],
)
def test_what_is_part_of_what(whole: str, part: str, inside: bool) -> None:
    outer, inner = (parse_breakdown(figure(A, "2020/21", "1", VICTIMS, breakdown=one)) for one in (whole, part))
    assert contains(outer, inner) is inside


def test_a_region_that_its_forces_do_not_come_to() -> None:
    total = figure(NORTH, "2017/18", "565")
    forces = [figure(A, "2017/18", "300"), figure(B, "2017/18", "200"), figure(C, "2017/18", "66")]
    (one,) = among(total, *forces)
    assert (one.kind, one.figures) == (DiscrepancyKind.REGION_SUM, ids(total, *forces))
    assert " come to 566." in one.text
    assert among(total, *forces[:2]) == ()
    assert among(figure(NORTH, "2017/18", "566"), *forces) == ()
    (short,) = doubts(World([total, *forces], regions=[region(NORTH, "AB", SPRING)]))[:1]
    assert short.kind is DiscrepancyKind.REGION_SUM
    assert " come to 500." in short.text


def test_twins() -> None:
    first = [
        figure(NORTH, "2020-04/2020-06", "114"),
        figure(NORTH, "2020-04/2020-06", "36", SHARE, platform="insta"),
    ]
    second = [
        figure(SOUTH, "2020-04/2020-06", "114", source=NEW),
        figure(SOUTH, "2020-04/2020-06", "36", SHARE, platform="insta", source=NEW),
    ]
    (one,) = among(*first, *second)
    assert one.kind is DiscrepancyKind.TWIN
    assert set(one.figures) == set(ids(*first, *second))
    assert one.places == (NORTH, SOUTH)
    assert "count (114)" in one.text
    assert "Insta (36%)" in one.text
    assert among(*first, second[0]) == ()
    assert among(*first, second[1]) == ()
    within = [
        figure(A, "2020-04/2020-06", "114", source=NEW),
        figure(A, "2020-04/2020-06", "36", SHARE, platform="insta", source=NEW),
    ]
    assert among(*first, *within) == ()


def test_one_count_for_a_place_and_a_part_of_it() -> None:
    when = "2020-04/2020-06"
    wide = figure(UK, when, "1200", qualifier="at least", forces_responding=38)
    narrow = figure(BOTH, when, "1220", forces_responding=38, source=NEW)
    (one,) = among(wide, narrow)
    assert (one.kind, set(one.figures), one.places) == (
        DiscrepancyKind.SCOPE,
        set(ids(wide, narrow)),
        (UK, BOTH),
    )
    for other in (
        figure(BOTH, when, "1220", forces_responding=37, source=NEW),
        figure(BOTH, when, "1199", forces_responding=38, source=NEW),
        figure(BOTH, when, "1220", source=NEW),
        figure(BOTH, "2020-07/2020-09", "1220", forces_responding=38, source=NEW),
    ):
        assert among(wide, other) == ()
    assert among(narrow, figure(WALES, when, "1220", forces_responding=38)) != ()


def test_regions_counted_in_two_ways() -> None:
    here = figure(NORTH, "2017/18", "10")
    held = World([here], regions=[region(NORTH, "AB", SPRING), region(NORTH, "ABC", NEW)])
    (one,) = doubts(held)
    assert (one.kind, one.figures, one.places) == (DiscrepancyKind.MEMBERSHIP, (here.id,), (NORTH,))
    assert "without Ceeshire (in March 2019) and with just those forces (on 13 November 2025)" in one.text
    assert doubts(World([here], regions=[region(NORTH, "ABC", SPRING), region(NORTH, "CBA", NEW)])) == ()


def test_claims_that_are_contradicted_and_no_others() -> None:
    years = figure(A, "2017/18", "147"), figure(A, "2024/25", "144", source=NEW)
    three = claim("times_as_many", place=A, measure=COUNT, period="2024/25", base="2017/18", times="3")
    one_time = claim("times_as_many", place=A, measure=COUNT, period="2024/25", base="2017/18", times="1")
    broken = claim("times_as_many", place=A)
    unknown = claim("no_such_check", place=A)
    (one,) = doubts(World(years, claims=[three, one_time, broken, unknown]))
    assert (one.kind, one.claims, one.places) == (DiscrepancyKind.CLAIM, ("times_as_many",), (A,))
    assert set(one.figures) == set(ids(*years))
    assert "0.98 times 147" in one.text


def test_notes_that_doubt_a_figure() -> None:
    one = figure(A, "2017/18", "147")
    notes = [note(kind, kind.value, one) for kind in NoteKind]
    found = doubts(World([one], notes=notes))
    assert {doubt.text for doubt in found} == {"attribution", "wording", "date"}
    assert {(doubt.kind, doubt.figures, doubt.places) for doubt in found} == {
        (DiscrepancyKind.AMBIGUOUS, (one.id,), (A,))
    }
    assert doubts(World([one], notes=[note(NoteKind.DATE, "elsewhere", figure(B, "2017/18", "1"))])) == ()
    two = figure(A, "2017/18", "150", source=NEW)
    again = note(NoteKind.WORDING, "two versions", one, two)
    assert [doubt.kind for doubt in doubts(World([one, two], notes=[again]))] == [DiscrepancyKind.DIFFER]


@given(st.lists(st.tuples(st.sampled_from([A, B, C, NORTH, UK]), st.integers(0, 60)), max_size=12))
def test_figures_without_a_number_raise_no_doubt(drawn: list[tuple[str, int]]) -> None:
    made = [
        figure(
            place,
            f"20{10 + at % 3}/{11 + at % 3}",
            None,
            id=f"{place} {at}",
            source=NEW if at % 2 else SPRING,
        )
        for at, (place, _) in enumerate(drawn)
    ]
    assert among(*made) == ()


def test_work_grows_with_the_figures_and_not_with_their_square() -> None:
    def taken(years: int) -> int:
        made = [
            figure(place, f"19{y}/{y + 1}", str(1000 + 7 * y + at), source=source)
            for at, place in enumerate((A, B, C, NORTH, UK))
            for y in range(10, 10 + years)
            for source in (SPRING, NEW)
        ]
        held = World(made)
        conflicts = find_conflicts(held.figures(), {source.id: source for source in SOURCES})
        return lines_run(lambda: find_doubts(held, conflicts=conflicts))

    assert taken(80) < 16 * taken(10)
