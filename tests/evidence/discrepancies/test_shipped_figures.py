"""The contradictions known of the shipped figures: each is found by a rule, none by a list."""

from __future__ import annotations

import pytest

from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.discrepancies.find import find_doubts
from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind

EW, UK, NI, SCOTLAND, WALES = "K04000001", "K02000001", "N92000002", "S92000003", "W92000004"
EAST, SOUTH_EAST, NORTH_WEST, YORKSHIRE = "E12000006", "E12000008", "E12000002", "E12000003"
LANCASHIRE, WEST_YORKSHIRE, WEST_MIDLANDS = "E23000003", "E23000010", "E12000005"


@pytest.fixture(scope="module")
def found(library) -> tuple[Discrepancy, ...]:
    conflicts = find_conflicts(library.figures(), {source.id: source for source in library.sources()})
    return find_doubts(library, conflicts=conflicts)


def test_each_known_contradiction_is_found(found: tuple[Discrepancy, ...]) -> None:
    for kind, place, words in (
        (DiscrepancyKind.DIFFER, EW, ("3,171", "3,217")),
        (DiscrepancyKind.DIFFER, EW, ("1,224", "1,220")),
        (DiscrepancyKind.DIFFER, EW, ("38%", "37%")),
        (DiscrepancyKind.DIFFER, LANCASHIRE, ("175", "64")),
        (DiscrepancyKind.DIFFER, NI, ("186", "184")),
        (DiscrepancyKind.DIFFER, NI, ("196", "195")),
        (DiscrepancyKind.DIFFER, UK, ("42", "40")),
        (DiscrepancyKind.DIFFER, UK, ("12%", "10%")),
        (DiscrepancyKind.SUM, SCOTLAND, ("3,572", "3,575")),
        (DiscrepancyKind.SUM, SCOTLAND, ("3,234", "3,237")),
        (DiscrepancyKind.PARTS, LANCASHIRE, ("122", "51", "163")),
        (DiscrepancyKind.REGION_SUM, NORTH_WEST, ("565", "566")),
        (DiscrepancyKind.SUM, LANCASHIRE, ("345", "64", "170", "234")),
        (DiscrepancyKind.SUM, LANCASHIRE, ("647", "175", "252", "118", "545")),
        (DiscrepancyKind.BASE, YORKSHIRE, ("+65%", "363", "220", "297")),
        (DiscrepancyKind.CLASSES, "W15000001", ("2022/23 (101 and 99)",)),
        (DiscrepancyKind.BASE, UK, ("+82%", "6,350", "3,489", "3,728")),
        (DiscrepancyKind.TWIN, EAST, ("114", "36%", "South East")),
        (DiscrepancyKind.SCOPE, UK, ("1,200", "1,220", "38")),
        (DiscrepancyKind.MEMBERSHIP, EAST, ("Northamptonshire",)),
        (DiscrepancyKind.MEMBERSHIP, SOUTH_EAST, ("without Thames Valley",)),
        (DiscrepancyKind.MEMBERSHIP, NORTH_WEST, ("without Cumbria",)),
        (DiscrepancyKind.MEMBERSHIP, YORKSHIRE, ("without Humberside",)),
        (DiscrepancyKind.CLAIM, UK, ("February 2020", "8 April 2019")),
        (DiscrepancyKind.CLAIM, WALES, ("549", "554")),
        (DiscrepancyKind.CLAIM, LANCASHIRE, ("252", "1.4 times 175")),
        (DiscrepancyKind.AMBIGUOUS, WEST_YORKSHIRE, ("147", "South Yorkshire")),
        (DiscrepancyKind.AMBIGUOUS, WEST_MIDLANDS, ("2017/19",)),
        (DiscrepancyKind.AMBIGUOUS, UK, ("9%",)),
    ):
        fits = [
            doubt
            for doubt in found
            if doubt.kind is kind and place in doubt.places and all(word in doubt.text for word in words)
        ]
        assert fits, (kind, place, words)


def test_a_claim_that_rests_on_a_doubtful_figure_is_not_contradicted(library, found: tuple[Discrepancy, ...]) -> None:
    claims = {one for doubt in found if doubt.kind is DiscrepancyKind.CLAIM for one in doubt.claims}
    (doubtful,) = library.figures(ids=("nspcc-2025/west-yorkshire-offences-2024-25",))
    assert doubtful.in_doubt is not None
    assert "nspcc-2025/west-yorkshire-tripled" not in claims
    assert {"nspcc-2019/lancashire-quadrupled", "nspcc-2025/wales-record"} <= claims


def test_what_agrees_is_not_listed(library, found: tuple[Discrepancy, ...]) -> None:
    sums = [doubt for doubt in found if doubt.kind is DiscrepancyKind.SUM]
    classes = {one.id for one in library.figures() if library.measure(one.measure).code}
    told = {place for doubt in sums if classes.isdisjoint(doubt.figures) for place in doubt.places}
    assert told == {SCOTLAND, LANCASHIRE}
    assert not [doubt for doubt in found if doubt.kind is DiscrepancyKind.REGION_SUM and WALES in doubt.places]
    assert {doubt.places for doubt in found if doubt.kind is DiscrepancyKind.BASE} == {(UK,), (YORKSHIRE,)}


def test_an_official_series_does_not_contradict_itself(library, found: tuple[Discrepancy, ...]) -> None:
    official = {one.id for one in library.figures() if one.pack == "home-office-classes"}
    assert len(official) > 5000
    by_rule = [doubt for doubt in found if doubt.figures and doubt.kind is not DiscrepancyKind.AMBIGUOUS]
    assert not [doubt for doubt in by_rule if official.issuperset(doubt.figures)]


def test_a_change_of_comparable_forces_is_no_discrepancy(found: tuple[Discrepancy, ...]) -> None:
    changes = [doubt for doubt in found if doubt.kind in {DiscrepancyKind.CHANGE, DiscrepancyKind.BASE}]
    assert not [doubt for doubt in changes if "+84%" in doubt.text or "+99%" in doubt.text]


def test_every_id_is_held_and_every_text_is_a_sentence(library, found: tuple[Discrepancy, ...]) -> None:
    claims = {claim.id for claim in library.claims()}
    for doubt in found:
        assert len(library.figures(ids=doubt.figures)) == len(set(doubt.figures))
        assert set(doubt.claims) <= claims
        assert doubt.places
        assert all(place in library.places for place in doubt.places)
        assert doubt.text.endswith(".")
        assert doubt.text[0].isupper() or doubt.text.startswith('"')
