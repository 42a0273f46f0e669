"""What printed figures disagree on: found by rule, in words, about the right places."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec.structs import replace

from explorer.evidence.conflicts import Preference
from explorer.evidence.model import Amount, Figure, Measure, Pack, RegionMembership, Source, SourceKind, Unit
from explorer.evidence.periods import order_key, parse_period
from explorer.library.library import Library
from explorer.packs.reader import read_places
from explorer.pages.model.question import Question
from explorer.pages.panels import statements
from explorer.pages.panels.discrepancies import discrepancy_index, list_discrepancies, no_discrepancies_message
from explorer.pages.panels.figure_card import build_card
from explorer.pages.selection.scope import SearchableRepository
from explorer.support import paths

UK, EW, ENGLAND, WALES, NI = "K02000001", "K04000001", "E92000001", "W92000004", "N92000002"
EAST, CAMBRIDGESHIRE, LANCASHIRE = "E12000006", "E23000023", "E23000003"
NAMES = {"march": "2019-03-01", "september": "2019-09", "april": "2020-04"}


def figure(name: str, place: str, year: str, number: int, source: str, **more: str) -> Figure:
    counted = Decimal(number)
    return Figure(
        id=f"made/{name}",
        measure=more.get("measure", "counted"),
        place=place,
        period=parse_period(year),
        amount=Amount(number=counted, low=counted, high=counted),
        printed=str(number),
        source=f"made/{source}",
        locator="page 2",
        pack="made",
        breakdown=more.get("breakdown", ""),
        note=more.get("note", ""),
    )


def pack(*figures: Figure, regions: tuple[RegionMembership, ...] = ()) -> Pack:
    measures = sorted({f.measure for f in figures})
    return Pack(
        id="made",
        title="Made",
        version="1",
        publisher="Nobody",
        licence="none",
        created="2026-11-23T00:00:00Z",
        description="For a test.",
        sources=tuple(
            Source(
                id=f"made/{name}",
                title=f"The release of {name}",
                publisher="Publisher",
                kind=SourceKind.RELEASE,
                published=published,
            )
            for name, published in NAMES.items()
        ),
        measures=tuple(
            Measure(id=m, name=f"Offences {m}", unit=Unit.OFFENCES, definition="Counted.") for m in measures
        ),
        figures=figures,
        regions=regions,
    )


@contextmanager
def held(*figures: Figure, regions: tuple[RegionMembership, ...] = ()) -> Iterator[Library]:
    library = Library.open(None, read_places(paths.places_folder()))
    try:
        library.manager.add_pack(pack(*figures, regions=regions))
        yield library
    finally:
        library.close()


def at(library, place, **more):
    question = Question(place=place, **more)
    return list_discrepancies(library, question, library.places.get(place))


TWO = (
    figure("first", LANCASHIRE, "2017/18", 175, "march"),
    figure("second", LANCASHIRE, "2017/18", 64, "september", note="A part of the year"),
)


def test_two_numbers_for_one_thing_are_one_disagreement_with_both_sides():
    with held(*TWO, figure("other", LANCASHIRE, "2018/19", 70, "september")) as library:
        (one,) = at(library, LANCASHIRE)
    assert one.heading == "Lancashire, 2017/18: offences recorded"
    assert one.kind == "Published differently"
    assert [(s.amount, s.source, s.preferred) for s in one.sides] == [
        ("175 offences", "Publisher, 1 March 2019", False),
        ("64 offences", "Publisher, September 2019", True),
    ]
    assert [s.printed for s in one.sides] == ["“175”, page 2", "“64”, page 2"]
    assert one.sides[1].why == "A part of the year."
    assert "published as 175 and 64" in one.text
    assert "newest" in one.text
    for said in ("Lancashire", "175 offences", "not shown", "64 offences", "September 2019", "page 2"):
        assert said in one.citation


def test_the_rule_says_which_side_is_shown():
    with held(*TWO) as library:
        (one,) = at(library, LANCASHIRE, rule=Preference.FIRST)
        assert [side.preferred for side in one.sides] == [True, False]
        assert "first of these publications" in one.text
        (again,) = at(library, LANCASHIRE)
        assert [side.preferred for side in again.sides] == [False, True]


def test_sides_stand_in_order_of_publication():
    figures = (
        figure("a", LANCASHIRE, "2017/18", 3, "april"),
        figure("b", LANCASHIRE, "2017/18", 1, "march"),
        figure("c", LANCASHIRE, "2017/18", 2, "september"),
    )
    with held(*figures) as library:
        (one,) = at(library, LANCASHIRE)
    assert [side.amount for side in one.sides] == ["1 offence", "2 offences", "3 offences"]


def test_different_things_do_not_disagree():
    apart = (
        figure("a", LANCASHIRE, "2017/18", 175, "march"),
        figure("b", LANCASHIRE, "2018/19", 64, "september"),
        figure("c", LANCASHIRE, "2017/18", 30, "september", breakdown="online"),
        figure("d", LANCASHIRE, "2017/18", 187, "september", measure="classed"),
        figure("e", CAMBRIDGESHIRE, "2017/18", 1, "september"),
    )
    with held(*apart) as library:
        assert [d for d in at(library, UK, everywhere=True) if d.kind == "Published differently"] == []


def test_a_change_of_the_library_is_noticed():
    with held(*TWO) as library:
        assert len(at(library, LANCASHIRE)) == 1
        library.manager.remove_pack("made")
        assert at(library, LANCASHIRE) == ()


def test_what_is_kept_for_a_library_does_not_keep_it():
    with held(*TWO) as library:
        at(library, LANCASHIRE)
        statements.select_claims(library, Question(place=LANCASHIRE), library.places.get(LANCASHIRE))
    gone = weakref.ref(library)
    del library
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize(
    ("place", "bears"),
    [
        *((place, True) for place in (LANCASHIRE, "E12000002", ENGLAND, EW, UK)),
        *((place, False) for place in (CAMBRIDGESHIRE, EAST, WALES, NI)),
    ],
)
def test_a_disagreement_bears_on_its_place_and_on_what_holds_it(place, bears):
    with held(*TWO) as library:
        assert bool(at(library, place)) is bears
        assert len(at(library, place, everywhere=True)) == 1


@pytest.mark.parametrize(("place", "bears"), [(LANCASHIRE, True), (WALES, True), (NI, False), (UK, True)])
def test_one_of_england_and_wales_bears_on_places_in_either(place, bears):
    both = (figure("a", EW, "2017/18", 3171, "march"), figure("b", EW, "2017/18", 3217, "september"))
    with held(*both) as library:
        assert bool(at(library, place)) is bears


def test_the_places_own_come_first_and_everywhere_is_in_place_order():
    figures = [
        figure(f"{place}-{year[:4]}-{n}", place, year, n, source)
        for place in (UK, LANCASHIRE, CAMBRIDGESHIRE)
        for year in ("2018/19", "2017/18")
        for n, source in ((10, "march"), (20, "september"))
    ]
    with held(*figures) as library:
        own = [d.heading.split(",")[0] for d in at(library, CAMBRIDGESHIRE)]
        assert own == ["Cambridgeshire", "Cambridgeshire", "United Kingdom", "United Kingdom"]
        held_by = {f.id: f for f in figures}
        ordered = [held_by[d.sides[0].figure] for d in at(library, UK, everywhere=True)]
        keys = [(library.places.position(f.place), order_key(f.period)) for f in ordered]
        assert len(keys) == 6
        assert all(before <= after for before, after in pairwise(keys))


def test_publications_of_one_publisher_and_day_are_told_apart_by_title():
    made = pack(*TWO)
    sources = tuple(replace(source, publisher="One", published="2019") for source in made.sources)
    library = Library.open(None, read_places(paths.places_folder()))
    try:
        library.manager.add_pack(replace(made, sources=sources))
        (one,) = at(library, LANCASHIRE)
    finally:
        library.close()
    told = {side.source for side in one.sides}
    assert told == {"One, 2019, “The release of march”", "One, 2019, “The release of september”"}


def test_a_measure_of_very_many_figures_is_compared_a_place_at_a_time(monkeypatch):
    monkeypatch.setattr("explorer.pages.selection.scope.MOST", 2)
    many = (
        *TWO,
        figure("a", CAMBRIDGESHIRE, "2017/18", 1, "march"),
        figure("small-1", LANCASHIRE, "2017/18", 5, "march", measure="little"),
        figure("small-2", LANCASHIRE, "2017/18", 6, "april", measure="little"),
    )
    with held(*many) as library:
        searched = SearchableRepository(library)
        assert searched.large == {"counted"}
        assert {f.id for f in searched.figures()} == {"made/small-1", "made/small-2"}
        assert searched.figures(measure="counted") == ()
        assert len(at(library, UK, everywhere=True)) == 1
        assert len(at(library, LANCASHIRE)) == 2
        assert at(library, CAMBRIDGESHIRE) == ()


def test_the_evidence_card_has_the_disagreement_of_each_of_its_sides():
    with held(*TWO) as library:
        for one in TWO:
            made = build_card(library, one, (), ())
            assert [side.figure for side in made.disagreements[0].sides] == [f.id for f in TWO]
        first = build_card(library, TWO[0], (), (), rule=Preference.FIRST).disagreements[0]
        assert [side.preferred for side in first.sides] == [True, False]


def test_the_evidence_card_names_who_else_prints_the_number():
    agreeing = (TWO[0], figure("again", LANCASHIRE, "2017/18", 175, "april"), TWO[1])
    with held(*agreeing) as library:
        facts = {fact.label: fact.text for fact in build_card(library, TWO[0], (), ()).facts}
        assert facts["Also published by"] == "Publisher, April 2020 (“175”, page 2)"
        assert "Also published by" not in {f.label for f in build_card(library, TWO[1], (), ()).facts}


def test_the_evidence_card_names_the_forces_its_release_counts():
    region = RegionMembership(
        place=EAST, forces=(CAMBRIDGESHIRE, LANCASHIRE), source="made/march", pack="made", note=""
    )
    one, other = figure("a", EAST, "2017/18", 5, "march"), figure("b", EAST, "2018/19", 5, "april")
    with held(one, other, regions=(region,)) as library:
        facts = {fact.label: fact.text for fact in build_card(library, one, (), ()).facts}
        assert facts["Forces counted in it"] == "Cambridgeshire and Lancashire"
        assert "Forces counted in it" not in {f.label for f in build_card(library, other, (), ()).facts}


def test_nothing_to_list_is_said_about_the_place(library):
    place = library.places.get(CAMBRIDGESHIRE)
    assert "Cambridgeshire" in no_discrepancies_message(Question(place=CAMBRIDGESHIRE), place)
    assert "everywhere" not in no_discrepancies_message(Question(place=CAMBRIDGESHIRE, everywhere=True), place)


SHIPPED = [
    (LANCASHIRE, "Lancashire, 2017/18: offences recorded", {"175 offences", "64 offences"}),
    (NI, "Northern Ireland, 2019/20: offences recorded", {"184 offences", "186 offences"}),
    (NI, "Northern Ireland, 2020/21: offences recorded", {"195 offences", "196 offences"}),
    (EW, "England and Wales, 2017/18: offences recorded", {"3,171 offences", "3,217 offences"}),
]


@pytest.mark.parametrize(("place", "heading", "amounts"), SHIPPED)
def test_the_shipped_releases_disagree_where_they_do(library, place, heading, amounts):
    one = next(d for d in at(library, place) if d.heading == heading)
    assert {side.amount for side in one.sides} == amounts
    assert sum(side.preferred for side in one.sides) == 1
    other = next(d for d in at(library, place, rule=Preference.FIRST) if d.heading == heading)
    shown, first = ({s.amount for s in d.sides if s.preferred} for d in (one, other))
    doubtful = [side for side in one.sides if library.figure(side.figure).in_doubt is not None]
    assert len(doubtful) == (place == LANCASHIRE)
    assert not any(side.preferred for side in doubtful)
    assert (shown == first) is bool(doubtful)


def test_the_united_kingdom_is_not_in_conflict_with_england_and_wales(library):
    for one in at(library, UK, everywhere=True):
        if one.kind == "Published differently":
            amounts = {side.amount for side in one.sides}
            assert not ("3,728 offences" in amounts and amounts & {"3,171 offences", "3,217 offences"})


def test_the_nearest_come_first(library):
    kinds = [(d.kind, d.heading) for d in at(library, LANCASHIRE)]
    assert kinds[0] == ("Published differently", "Lancashire, 2017/18: offences recorded")
    region = next(i for i, (_, heading) in enumerate(kinds) if heading.startswith("North West:"))
    country = next(i for i, (_, heading) in enumerate(kinds) if heading.startswith("United Kingdom,"))
    assert region < country


def test_claims_come_after_the_figures_of_their_place(library):
    told = at(library, UK, everywhere=True)
    figures = [
        i for i, d in enumerate(told) if d.heading.startswith("United Kingdom") and d.kind != "Claim contradicted"
    ]
    (claim,) = [i for i, d in enumerate(told) if "White Paper was published" in d.text]
    assert max(figures) < claim


def test_every_shipped_disagreement_is_whole(library):
    several = discrepancy_index(library).all_discrepancies()
    assert len({one.id for one in several}) == len(several)
    for one in several:
        assert one.heading
        assert one.text.endswith((".", "?"))
        assert one.citation.startswith(one.heading)
        for side in one.sides:
            assert library.figure(side.figure).printed in side.printed
            assert side.source
