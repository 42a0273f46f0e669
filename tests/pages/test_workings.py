"""Worked-out figures in words, on the shipped evidence."""

from __future__ import annotations

import pytest

from explorer.evidence.derive import DerivedCaveat, DerivedKind, derive_all
from explorer.pages.workings import workings

UK, EAST, NORTH_WEST, CAMBRIDGESHIRE, WALES = (
    "K02000001",
    "E12000006",
    "E12000002",
    "E23000023",
    "W92000004",
)


def said(library, place: str, kind: DerivedKind) -> dict[str, str]:
    """The sentences of one kind at a place, with their caveats."""
    several = [one for one in derive_all(library.figures(place=place), library) if one.kind is kind]
    shown = workings(library, several)
    return {one.text: one.caveat for one in shown}


def test_the_uk_since_2017_by_the_totals_and_as_printed(library):
    text = (
        "The United Kingdom: +94.8% in offences recorded from 2017/18 to 2024/25 by the totals; "
        "99% is printed for comparable forces only."
    )
    assert "not of the same forces in both years" in said(library, UK, DerivedKind.PRINTED_CHANGE)[text]


def test_no_percentage_goes_from_42_forces_to_45(library):
    told = said(library, UK, DerivedKind.PERCENTAGE_CHANGE)
    assert not [text for text in told if "from 2022/23 to 2023/24" in text]
    changes = said(library, UK, DerivedKind.CHANGE)
    (caveat,) = [changes[text] for text in changes if "from 2022/23 to 2023/24" in text]
    assert "Different numbers of forces" in caveat


def test_the_north_west_and_its_forces(library):
    assert (
        "The North West, 2017/18: its 4 forces with a number add up to 566 offences recorded, "
        "and the total is printed as 565."
    ) in said(library, NORTH_WEST, DerivedKind.REGION_SUM)


def test_a_sum_names_the_forces_that_are_missing(library):
    told = " ".join(said(library, EAST, DerivedKind.REGION_SUM))
    assert "no number is held for Norfolk and Bedfordshire" in told
    assert "Thames Valley" not in told.replace("its 8 forces", "")


def test_rates_and_national_shares_of_a_force(library):
    rates = said(library, CAMBRIDGESHIRE, DerivedKind.RATE)
    assert "Cambridgeshire, 2017/18: 7.8 offences recorded per 100,000 people." in rates
    assert all("middle of the calendar year" in caveat for caveat in rates.values())
    shares = said(library, CAMBRIDGESHIRE, DerivedKind.NATIONAL_SHARE)
    assert "Cambridgeshire, 2017/18: 2.1% of the offences recorded for England and Wales." in shares
    assert any("at most" in text for text in shares)


def test_the_east_has_no_rate_where_it_takes_in_northamptonshire(library):
    assert said(library, EAST, DerivedKind.RATE) == {}


def test_wales_has_no_percentage_from_a_year_that_leaves_months_out(library):
    told = said(library, WALES, DerivedKind.PERCENTAGE_CHANGE)
    assert not [text for text in told if "2017/18" in text]
    assert [text for text in told if "from 2023/24 to 2024/25" in text]


@pytest.mark.parametrize("kind", DerivedKind)
def test_every_sentence_is_one(library, kind: DerivedKind):
    from explorer.evidence.model import Level

    for place in library.places:
        if place.level is not Level.LOCAL_AUTHORITY:
            for text, caveat in said(library, place.code, kind).items():
                assert text.endswith(".")
                assert "  " not in text + caveat
                assert "None" not in text


def test_every_caveat_has_its_words():
    from explorer.pages.workings import CAVEATS

    assert set(CAVEATS) == set(DerivedCaveat)
