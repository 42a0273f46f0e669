"""The walk by arrow keys, and what a pointer means."""

from __future__ import annotations

import pytest

from explorer.draw.focus import Step, pointed_at, reading_order, walk
from explorer.draw.frame import Frame
from explorer.draw.layout import lay_out
from explorer.draw.lettering import Type
from tests.draw import samples


@pytest.fixture
def lines(normal: Type) -> Frame:
    return lay_out(samples.lines(3), normal, 640, 400)


@pytest.mark.parametrize("name", [name for name in samples.ALL if name != "empty"])
def test_one_key_reaches_everything(name: str, normal: Type) -> None:
    frame = lay_out(samples.ALL[name](), normal, 640, 400)
    seen, now = [walk(frame, -1, Step.FIRST)], walk(frame, -1, Step.FIRST)
    for _ in range(len(frame.stops) - 1):
        now = walk(frame, now, Step.NEXT)
        seen.append(now)
    assert sorted(seen) == list(range(len(frame.stops)))
    assert walk(frame, now, Step.NEXT) == now
    back = [now]
    for _ in range(len(frame.stops) - 1):
        back.append(walk(frame, back[-1], Step.BEFORE))
    assert back == seen[::-1]


def test_home_and_end(lines: Frame) -> None:
    order = reading_order(lines.stops)
    assert walk(lines, 4, Step.FIRST) == order[0]
    assert walk(lines, 4, Step.LAST) == order[-1]
    assert lines.stops[order[-1]].series == -1


def test_over_keeps_the_category(lines: Frame) -> None:
    there = walk(lines, 2, Step.OVER)
    assert lines.stops[there].series == lines.stops[2].series + 1
    assert lines.stops[there].at == lines.stops[2].at
    assert walk(lines, there, Step.BACK) == 2


def test_nothing_to_rest_on(normal: Type) -> None:
    frame = lay_out(samples.empty(), normal, 640, 400)
    assert walk(frame, -1, Step.FIRST) == walk(frame, 3, Step.NEXT) == -1
    assert pointed_at(frame, 100, 100) == -1


@pytest.mark.parametrize(
    "name", ["trend", "platforms", "grouped", "shift", "missing", "forces", "six_columns"]
)
def test_the_middle_of_a_mark_is_that_mark(name: str, normal: Type) -> None:
    frame = lay_out(samples.ALL[name](), normal, 640, 400)
    for number, stop in enumerate(frame.stops):
        assert pointed_at(frame, *stop.body.middle) == number


def test_a_place_above_a_short_column_means_the_column(normal: Type) -> None:
    frame = lay_out(samples.trend(), normal, 640, 400)
    quarter = frame.stops[3].body
    assert pointed_at(frame, quarter.middle[0], frame.plot.y + 3) == 3


def test_a_dated_mark_is_met_on_its_line_and_on_its_label(normal: Type) -> None:
    frame = lay_out(samples.flagged(), normal, 640, 400)
    flag = frame.flags[1]
    number = frame.stops.index(flag)
    assert pointed_at(frame, *flag.body.middle) == number
    assert pointed_at(frame, *flag.hit.middle) == number


def test_far_from_everything_is_nothing(normal: Type) -> None:
    frame = lay_out(samples.trend(), normal, 640, 400)
    assert pointed_at(frame, 2, 2) == -1
    assert pointed_at(frame, -50, 900) == -1
