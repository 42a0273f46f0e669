"""The walk by arrow keys, and what a pointer means."""

from __future__ import annotations

import pytest

from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import FontSet
from explorer.render.layout.frame import ChartFrame
from explorer.render.view.navigation import FocusMove, pointed_at, reading_order, walk_targets
from tests.render import samples


@pytest.fixture
def lines(normal: FontSet) -> ChartFrame:
    return lay_out(samples.lines(3), normal, 640, 400)


@pytest.mark.parametrize("name", [name for name in samples.ALL if name != "empty"])
def test_one_key_reaches_everything(name: str, normal: FontSet) -> None:
    frame = lay_out(samples.ALL[name](), normal, 640, 400)
    seen, now = [walk_targets(frame, -1, FocusMove.FIRST)], walk_targets(frame, -1, FocusMove.FIRST)
    for _ in range(len(frame.targets) - 1):
        now = walk_targets(frame, now, FocusMove.NEXT)
        seen.append(now)
    assert sorted(seen) == list(range(len(frame.targets)))
    assert walk_targets(frame, now, FocusMove.NEXT) == now
    back = [now]
    for _ in range(len(frame.targets) - 1):
        back.append(walk_targets(frame, back[-1], FocusMove.BEFORE))
    assert back == seen[::-1]


def test_home_and_end(lines: ChartFrame) -> None:
    order = reading_order(lines.targets)
    assert walk_targets(lines, 4, FocusMove.FIRST) == order[0]
    assert walk_targets(lines, 4, FocusMove.LAST) == order[-1]
    assert lines.targets[order[-1]].series == -1


def test_over_keeps_the_category(lines: ChartFrame) -> None:
    there = walk_targets(lines, 2, FocusMove.OVER)
    assert lines.targets[there].series == lines.targets[2].series + 1
    assert lines.targets[there].at == lines.targets[2].at
    assert walk_targets(lines, there, FocusMove.BACK) == 2


def test_nothing_to_rest_on(normal: FontSet) -> None:
    frame = lay_out(samples.empty(), normal, 640, 400)
    assert walk_targets(frame, -1, FocusMove.FIRST) == walk_targets(frame, 3, FocusMove.NEXT) == -1
    assert pointed_at(frame, 100, 100) == -1


@pytest.mark.parametrize("name", ["trend", "platforms", "grouped", "shift", "missing", "forces", "six_columns"])
def test_the_middle_of_a_mark_is_that_mark(name: str, normal: FontSet) -> None:
    frame = lay_out(samples.ALL[name](), normal, 640, 400)
    for number, stop in enumerate(frame.targets):
        assert pointed_at(frame, *stop.body.centre) == number


def test_a_place_above_a_short_column_means_the_column(normal: FontSet) -> None:
    frame = lay_out(samples.trend(), normal, 640, 400)
    quarter = frame.targets[3].body
    assert pointed_at(frame, quarter.centre[0], frame.plot.y + 3) == 3


def test_a_dated_mark_is_met_on_its_line_and_on_its_label(normal: FontSet) -> None:
    frame = lay_out(samples.flagged(), normal, 640, 400)
    flag = frame.flags[1]
    number = frame.targets.index(flag)
    assert pointed_at(frame, *flag.body.centre) == number
    assert pointed_at(frame, *flag.hit_area.centre) == number


def test_far_from_everything_is_nothing(normal: FontSet) -> None:
    frame = lay_out(samples.trend(), normal, 640, 400)
    assert pointed_at(frame, 2, 2) == -1
    assert pointed_at(frame, -50, 900) == -1
