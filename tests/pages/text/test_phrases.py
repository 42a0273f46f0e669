"""Numbers, periods and places as sentences say them."""

from decimal import Decimal

import pytest

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import with_bounds
from explorer.evidence.model import Amount, FigureStatus, Qualifier, Unit
from explorer.pages.text import phrases


@pytest.mark.parametrize(
    ("amount", "unit", "label", "said"),
    [
        (Amount(number=Decimal(1)), Unit.OFFENCES, "1", "1 offence"),
        (
            Amount(number=Decimal(1200), qualifier=Qualifier.AT_LEAST),
            Unit.OFFENCES,
            "at least 1,200",
            "at least 1,200 offences",
        ),
        (Amount(number=Decimal(36)), Unit.PER_CENT, "36%", "36% of a base that is not known"),
        (Amount(number=None, status=FigureStatus.CONFIDENTIAL), Unit.OFFENCES, "[c]", None),
        (
            Amount(number=Decimal(22), status=FigureStatus.PROVISIONAL),
            Unit.OFFENCES,
            "22 [p]",
            "22 [p] offences",
        ),
        (Amount(number=Decimal(0)), Unit.OFFENCES, "0", "0 offences"),
    ],
)
def test_amounts(amount, unit, label, said):
    assert formatting.format_amount(amount, unit) == label
    assert formatting.describe_amount(amount, unit) == (said or formatting.STATUS_WORDS[amount.status])


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("Offences where the platform was recorded", "36% of offences where the platform was recorded"),
        ("Children whose sex was recorded; 12,944 of them.", "36% of children whose sex was recorded"),
        ("", "36% of a base that is not known"),
    ],
)
def test_a_share_says_what_it_is_a_share_of(base, said):
    assert formatting.describe_amount(Amount(number=Decimal(36)), Unit.PER_CENT, base) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        ("35.5", "36.5", Unit.PER_CENT, "35.5% to 36.5%"),
        ("1201", None, Unit.OFFENCES, "1,201 or more"),
        ("77", "77", Unit.OFFENCES, ""),
        (None, None, Unit.OFFENCES, ""),
        (None, "99", Unit.OFFENCES, "99 or fewer"),
    ],
)
def test_what_a_printed_number_can_stand_for(low, high, unit, said):
    bounds = [None if end is None else Decimal(end) for end in (low, high)]
    assert formatting.format_bounds(Amount(number=Decimal(1), low=bounds[0], high=bounds[1]), unit) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019/20", "2019/20"),
        ("2020-04/2020-06", "April to June 2020"),
        ("2017-04/2020-03", "April 2017 to March 2020"),
        ("2017-04-03/2017-10-02", "3 April 2017 to 2 October 2017"),
    ],
)
def test_periods(text, said):
    assert formatting.period_in_sentence(periods.parse_period(text)) == said


def test_several_periods_in_one_phrase():
    several = [periods.parse_period(t) for t in ("2020-04/2020-06", "2018/19", "2017/18", "2019/20")]
    assert formatting.describe_periods(several) == "2017/18 to 2019/20 and April to June 2020"


@pytest.mark.parametrize(
    ("date", "said"),
    [("2019-04-08", "8 April 2019"), ("2020-02", "February 2020"), ("2015", "2015"), ("", "")],
)
def test_dates_are_as_exact_as_known(date, said):
    assert formatting.format_date(date) == said


@pytest.mark.parametrize(("value", "said"), [("5", "+5"), ("-3", "−3"), ("0", "0")])
def test_differences_carry_their_sign(value, said):
    assert formatting.format_signed(Decimal(value)) == said


def test_a_percentage_is_rounded_once_and_halves_go_up():
    assert formatting.format_signed(Decimal("7.575757"), 1) == "+7.6"
    assert formatting.format_signed(Decimal("-0.05"), 1) == "−0.1"
    assert formatting.format_signed(Decimal("0.04"), 1) == "0"


@pytest.mark.parametrize(
    ("several", "said"),
    [
        (["paragraph 3", "paragraph 2", "paragraph 3"], "paragraphs 2 and 3"),
        (["paragraph 10", "paragraph 2"], "paragraphs 2 and 10"),
        (["paragraph 11, item 1"], "paragraph 11, item 1"),
        (["table 2", "page 4"], "page 4 and table 2"),
        ([], ""),
    ],
)
def test_places_in_a_source(several, said):
    assert phrases.format_locators(several) == said


@pytest.mark.parametrize(
    ("number", "unit", "label", "said", "range_"),
    [
        (99, Unit.CHANGE, "+99%", "+99% in offences recorded", "+98.5% to +99.5%"),
        (-27, Unit.CHANGE, "−27%", "−27% in offences recorded", "−27.5% to −26.5%"),
        (0, Unit.CHANGE, "0%", "0% in offences recorded", "−0.5% to +0.5%"),
        (700, Unit.CHANGE, "+700%", "+700% in offences recorded", "+699.5% to +700.5%"),
        (4, Unit.AGE, "4", "4 years old", ""),
        (1, Unit.AGE, "1", "1 year old", ""),
        (42, Unit.FORCES, "42", "42 police forces", ""),
        (80, Unit.PLATFORMS, "80", "80 platforms", ""),
        (163, Unit.PEOPLE, "163", "163 people", ""),
    ],
)
def test_every_unit_has_its_words(number: int, unit: Unit, label: str, said: str, range_: str) -> None:
    held = with_bounds(Amount(number=Decimal(number), qualifier=Qualifier.EXACT), unit)
    assert formatting.format_amount(held, unit) == label
    assert formatting.describe_amount(held, unit) == said
    assert formatting.format_bounds(held, unit) == range_
