"""Offences per head: one basis, an interval beside each, and none where it would mislead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from explorer.evidence.analysis.arithmetic import DerivedCaveat, DerivedKind, DerivedUnit
from explorer.evidence.analysis.chance import RELIABLE_RATE, poisson_interval
from explorer.evidence.analysis.derive import derive_all
from explorer.evidence.analysis.regions import (
    PER_CHILDREN,
    PER_PEOPLE,
    common_basis,
    head_of,
    population_of,
    population_rate,
    populations_of,
    rate_of,
)
from tests.evidence.sample_country import PEOPLE, A, World, figure

NOTTINGHAMSHIRE, CITY = "E23000019", "E23000034"
OLDER, NEWER = "2021 census", "2031 census"


def people(year: str, number: str, basis: str = "", source: str = "spring"):
    return figure(A, year, number, PEOPLE, basis=basis, source=source)


def test_nottinghamshire_in_the_first_year_is_the_known_rate(library) -> None:
    counts = library.figures(place=NOTTINGHAMSHIRE, measure="scc-offences", platform="")
    (first,) = (one for one in counts if one.period.text == "2017/18" and one.in_doubt is None)
    found = rate_of(first, library)
    assert found.unit is DerivedUnit.PER_100K
    assert found.interval is not None
    assert [round(one, 1) for one in (found.amount, *found.interval)] == [
        Decimal("7.5"),
        Decimal("6.0"),
        Decimal("9.3"),
    ]
    assert DerivedCaveat.LOW_RELIABILITY not in found.caveats


def test_the_city_of_london_has_no_rate(library) -> None:
    held = library.figures(place=CITY)
    counted = [one for one in held if one.measure in {"ho-88a", "scc-offences"}]
    assert counted
    assert not [one for one in derive_all(held, library) if one.kind is DerivedKind.RATE]
    for head in (PER_PEOPLE, PER_CHILDREN):
        with_people = [one for one in counted if population_of(one, library, head) is not None]
        for one in with_people:
            with pytest.raises(ValueError, match=r"too few people live there|too few for a rate"):
                rate_of(one, library, head)


def test_every_rate_of_the_shipped_figures_stands_on_one_basis(library) -> None:
    counts = library.figures(place=NOTTINGHAMSHIRE, measure="scc-offences", platform="")
    for one in counts:
        several = populations_of(one, library)
        assert len({each.basis for each in several}) == len(several)
        for each in several:
            assert population_of(one, library, basis=each.basis) == each


def test_the_newest_basis_comes_first_and_one_can_be_asked_for() -> None:
    held = World([people("2018", "600000", OLDER), people("2018", "500000", NEWER, "new"), people("2019", "1", NEWER)])
    year = figure(A, "2018/19", "60")
    assert [one.basis for one in populations_of(year, held)] == [NEWER, OLDER]
    assert rate_of(year, held).amount == 12
    assert rate_of(year, held, basis=OLDER).amount == 10
    assert population_of(year, held, basis="another") is None
    with pytest.raises(ValueError, match="no population of Ashire for 2018"):
        rate_of(year, held, basis="another")


def test_rates_beside_each_other_take_the_basis_that_most_have() -> None:
    several = [people("2017", "1", OLDER), people("2018", "1", OLDER), people("2019", "1", NEWER)]
    assert common_basis(several) == OLDER
    assert common_basis([*several, people("2020", "1", NEWER)]) == NEWER
    assert common_basis([]) is None


@pytest.mark.parametrize("number", [3, RELIABLE_RATE - 1, RELIABLE_RATE, 100])
def test_a_rate_of_fewer_than_twenty_is_marked(number: int) -> None:
    found = population_rate(figure(A, "2017/18", str(number)), people("2017", "1000000"))
    assert (DerivedCaveat.LOW_RELIABILITY in found.caveats) == (number < RELIABLE_RATE)
    assert found.interval is not None
    low, high = poisson_interval(number)
    assert [float(one) for one in found.interval] == pytest.approx([low / 10, high / 10])
    assert found.interval[0] < found.amount < found.interval[1]


def test_a_rate_of_fewer_than_three_is_none() -> None:
    with pytest.raises(ValueError, match="2 offences are too few for a rate"):
        population_rate(figure(A, "2017/18", "2"), people("2017", "1000000"))


def test_where_too_few_people_live_there_is_no_rate() -> None:
    with pytest.raises(ValueError, match=r"too few people live there for a rate \(49,999\)"):
        population_rate(figure(A, "2017/18", "66"), people("2017", "49999"))
    assert population_rate(figure(A, "2017/18", "66"), people("2017", "50000")).amount == 132


def test_an_open_end_has_a_range_and_no_interval() -> None:
    found = population_rate(figure(A, "2017/18", "66", qualifier="at least"), people("2017", "1000000"))
    assert (found.amount, found.low, found.high) == (Decimal("6.6"), Decimal("6.6"), None)
    assert found.interval is None
    assert DerivedCaveat.AT_LEAST in found.caveats


def test_what_counts_no_people_is_no_head() -> None:
    assert head_of(people("2017", "1")) is PER_PEOPLE
    with pytest.raises(ValueError, match="takes a count and the population"):
        head_of(figure(A, "2017/18", "66"))
