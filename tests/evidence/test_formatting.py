"""The few words that reasons are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from explorer.evidence import formatting, periods
from explorer.evidence.model import Unit
from tests.evidence.first_article import EAST, PETERBOROUGH, UK, PlaceLevel, amount, place, places


def test_numbers() -> None:
    shown = [formatting.format_number(Decimal(n)) for n in ("1200", "19.25", "19.50", "-3", "0", "-0", "1E+3", "100")]
    assert shown == ["1,200", "19.25", "19.5", "−3", "0", "0", "1,000", "100"]


def test_amounts() -> None:
    assert formatting.amount_in_sentence(amount("1200", qualifier="at least"), Unit.OFFENCES) == "at least 1,200"
    assert formatting.amount_in_sentence(amount("37", Unit.PER_CENT), Unit.PER_CENT) == "37%"
    assert formatting.amount_in_sentence(amount(None), Unit.OFFENCES) == "[x]"


def test_lists_and_small_numbers() -> None:
    assert [formatting.join_list(list(text)) for text in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert formatting.pluralise_in_words(1, "rise", "rises") == "one rise"
    assert formatting.pluralise_in_words(0, "rise", "rises") == "no rises"
    assert formatting.spell_small_number(11) == "11"


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("2019-04-08", "8 April 2019", date(2019, 4, 8), date(2019, 4, 8)),
        ("2020-02", "February 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("2015", "2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("2020-13", "2020-13", None, None),
        ("soon", "soon", None, None),
        ("", "", None, None),
    ],
)
def test_dates_are_as_exact_as_they_are_known(text: str, words: str, first: date | None, last: date | None) -> None:
    assert (formatting.format_date(text), formatting.first_day(text), formatting.last_day(text)) == (
        words,
        first,
        last,
    )


def test_periods_in_a_sentence() -> None:
    texts = (
        "2019/20",
        "2019",
        "2020-04/2020-06",
        "2017-04/2020-03",
        "2020-04/2020-04",
        "2017-04-03/2017-10-02",
    )
    assert [formatting.period_in_sentence(periods.parse_period(text)) for text in texts] == [
        "2019/20",
        "2019",
        "April to June 2020",
        "April 2017 to March 2020",
        "April 2020",
        "3 April 2017 to 2 October 2017",
    ]


def test_places_in_a_sentence() -> None:
    named = [formatting.place_in_sentence(places().get(code)) for code in (UK, EAST, PETERBOROUGH)]
    assert named == ["the United Kingdom", "the East of England", "Peterborough"]
    assert formatting.place_in_sentence(place("E12000007", "London", PlaceLevel.REGION, None)) == "London"
