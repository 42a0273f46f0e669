"""Claims about how much: a record high, so many times as many, a change as printed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.evidence.claims import missing_settings, weigh
from explorer.evidence.model import Figure, Weight

from .world import AUTUMN, CHANGE, COUNT, NEW, UK, A, World, claim, figure

YEARS = {"place": A, "measure": COUNT, "period": "2018/19", "base": "2017/18"}
OLDER, NEWER, LAST = (
    figure(A, "2017/18", "175"),
    figure(A, "2017/18", "64", source=AUTUMN),
    figure(A, "2018/19", "252", source=AUTUMN),
)


def times(count: str, *figures: Figure) -> tuple[Weight, str]:
    found = weigh(claim("times_as_many", **YEARS, times=count), World(figures))
    return found.weight, found.reason


def changed(by: str, *figures: Figure, place: str = A, period: str = "2018/19") -> tuple[Weight, str]:
    settings = {**YEARS, "place": place, "period": period}
    found = weigh(claim("change_as_printed", **settings, change=by), World(figures))
    return found.weight, found.reason


def high(*figures: Figure, period: str = "2019/20") -> tuple[Weight, str]:
    found = weigh(claim("record_high", place=A, measure=COUNT, period=period), World(figures))
    return found.weight, found.reason


def test_where_two_bases_are_printed_both_readings_are_said() -> None:
    weight, reason = times("4", OLDER, NEWER, LAST)
    assert weight is Weight.PARTLY
    assert reason == "252 in 2018/19 is 1.4 times 175 and 3.9 times 64, both printed for 2017/18."
    found = weigh(claim("times_as_many", **YEARS, times="4"), World([OLDER, NEWER, LAST]))
    assert "Different numbers are printed for 2017/18: 175 and 64." in found.caveats
    assert set(found.figures) == {OLDER.id, NEWER.id, LAST.id}
    assert times("4", NEWER, LAST)[0] is Weight.SUPPORTED
    assert times("4", OLDER, LAST)[0] is Weight.CONTRADICTED
    assert times("1", OLDER, NEWER, LAST)[0] is Weight.SUPPORTED


def test_an_open_end_may_leave_it_unsure() -> None:
    base = figure(A, "2017/18", "100")
    assert times("2", base, figure(A, "2018/19", "150", qualifier="at least"))[0] is Weight.NOT_SHOWN
    assert times("2", base, figure(A, "2018/19", "200", qualifier="at least"))[0] is Weight.SUPPORTED
    assert times("2", base, figure(A, "2018/19", "150", qualifier="almost"))[0] is Weight.CONTRADICTED


def test_without_figures_nothing_is_shown() -> None:
    for weight, reason in (times("4", LAST), changed("5", LAST)):
        assert weight is Weight.NOT_SHOWN
        assert reason == ("For Ashire no number is held for 2017/18, so the two cannot be set side by side.")
    nought = figure(A, "2017/18", "0")
    assert "the earlier number is nought" in times("4", nought, LAST)[1]
    assert high() == (Weight.NOT_SHOWN, "No number is held for Ashire in 2019/20.")
    assert "No earlier number" in high(figure(A, "2019/20", "5"))[1]


def test_a_change_is_weighed_by_every_reading() -> None:
    base, later = figure(A, "2017/18", "199"), figure(A, "2018/19", "226")
    assert changed("14", base, later)[0] is Weight.SUPPORTED
    weight, reason = changed("14", base, figure(A, "2017/18", "119", source=NEW), later)
    assert weight is Weight.PARTLY
    assert reason == "226 in 2018/19 is 13.6% above 199 and 89.9% above 119, both printed for 2017/18."
    assert changed("15", base, later)[0] is Weight.CONTRADICTED
    assert changed("-14", base, later)[0] is Weight.CONTRADICTED
    assert changed("-50", base, figure(A, "2018/19", "100"))[0] is Weight.SUPPORTED


def test_a_change_of_comparable_forces_is_not_contradicted_by_the_totals() -> None:
    then, now = figure(UK, "2017/18", "3728", source=NEW), figure(UK, "2024/25", "7263", source=NEW)
    printed = figure(
        UK, "2024/25", "99", CHANGE, breakdown="since 2017/18", coverage="Comparable forces only."
    )
    weight, reason = changed("99", then, now, printed, place=UK, period="2024/25")
    assert weight is Weight.PARTLY
    assert "94.8% above 3,728" in reason
    assert "+99% is printed of comparable forces" in reason
    assert changed("99", then, now, place=UK, period="2024/25")[0] is Weight.CONTRADICTED


def test_a_break_of_coverage_is_a_caveat() -> None:
    pair = [
        figure(UK, "2017/18", "10", forces_responding=41),
        figure(UK, "2018/19", "20", forces_responding=43),
    ]
    settings = {**YEARS, "place": UK, "times": "2"}
    found = weigh(claim("times_as_many", **settings), World(pair))
    assert "41 police forces answered for 2017/18 and 43 for 2018/19." in found.caveats


def test_a_record_high() -> None:
    before = [figure(A, "2017/18", "50"), figure(A, "2018/19", "70")]
    weight, reason = high(*before, figure(A, "2019/20", "71"))
    assert weight is Weight.SUPPORTED
    assert "two earlier numbers held, the highest 70 in 2018/19" in reason
    weight, reason = high(*before, figure(A, "2019/20", "69"))
    assert (weight, reason) == (Weight.CONTRADICTED, "69 in 2019/20 for Ashire is below 70 in 2018/19.")
    assert high(*before, figure(A, "2019/20", "70"))[0] is Weight.PARTLY
    assert high(*before, figure(A, "2019/20", "60", qualifier="at least"))[0] is Weight.NOT_SHOWN


def test_a_record_high_is_not_undone_by_a_later_year_or_another_length() -> None:
    others = [figure(A, "2020/21", "99"), figure(A, "2017-04/2019-03", "120"), figure(A, "2018/19", "70")]
    assert high(*others, figure(A, "2019/20", "71"))[0] is Weight.SUPPORTED


def test_settings_that_cannot_be_read_are_refused() -> None:
    held = World([OLDER, LAST])
    for check, settings, told in (
        ("times_as_many", {**YEARS, "times": "many"}, "number of times"),
        ("times_as_many", {**YEARS, "base": "the year", "times": "4"}, "no base that can be read"),
        ("times_as_many", {**YEARS, "place": "nowhere", "times": "4"}, "unknown place"),
        ("change_as_printed", {**YEARS, "change": "lots"}, "write it like 14"),
        ("change_as_printed", {**YEARS, "change": "NaN"}, "write it like 14"),
        ("record_high", {"place": A, "measure": COUNT, "period": "once"}, "no period that can be read"),
    ):
        with pytest.raises(ValueError, match=told):
            weigh(claim(check, **settings), held)
    assert missing_settings(claim("times_as_many", place=A)) == ("measure", "period", "base", "times")


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_what_the_totals_round_to_is_supported_and_two_more_is_not(base: int, later: int) -> None:
    pair = figure(A, "2017/18", str(base)), figure(A, "2018/19", str(later))
    true = round(Fraction(100 * (later - base), base))
    assert changed(str(true), *pair)[0] is Weight.SUPPORTED
    assert changed(str(true + 2), *pair)[0] is Weight.CONTRADICTED


@given(st.integers(1, 500), st.integers(1, 99))
def test_so_many_times_is_so_many_times(base: int, count: int) -> None:
    exact = figure(A, "2017/18", str(base)), figure(A, "2018/19", str(base * count))
    assert times(str(count), *exact)[0] is Weight.SUPPORTED
    if count > 1:
        less = figure(A, "2018/19", str(base * count * 9 // 10))
        assert times(str(count), exact[0], less)[0] is Weight.CONTRADICTED
