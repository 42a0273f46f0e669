"""Dated marks: breaks and events told apart, each reached and named, none on another, quiet in numbers."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from explorer.pages.model.chart import Chart
from explorer.render.layout.annotation_layout import spread_positions
from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import FontSet
from explorer.render.layout.frame import DOTTED_DASH, ChartFrame, ColourRole, Stroke
from explorer.render.view.navigation import FocusMove, pointed_at, walk_targets
from tests.render import samples, samples_time

SIZES = ((420, 300), (640, 400), (900, 520), (1280, 800))


def through(frame: ChartFrame) -> list[Stroke]:
    """The upright lines of dated marks that run down most of the plot, a piece of each."""
    return [
        stroke
        for stroke in frame.back
        if stroke.ink is ColourRole.NEUTRAL and stroke.x1 == stroke.x2 and stroke.y2 >= frame.plot.bottom - 1
    ]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scale", ["normal", "double"])
def test_many_events_are_badges_with_a_key(size: tuple[int, int], scale: str, request: pytest.FixtureRequest) -> None:
    chart, kind = samples_time.timeline(), request.getfixturevalue(scale)
    frame = lay_out(chart, kind, *size)
    for one, other in combinations([badge.box for badge in frame.badges], 2):
        assert not one.intersects(other)
    assert all(badge.box.right <= frame.width + 0.5 and badge.box.x >= -0.5 for badge in frame.badges)
    assert all(badge.box.width >= 16 for badge in frame.badges)
    over = [badge for badge in frame.badges if badge.box.bottom <= frame.plot.y]
    under = [badge for badge in frame.badges if badge.box.y >= frame.plot.bottom]
    assert len(over) == len(under) >= 20
    written = " ".join(text.text for text in frame.texts)
    for flag in samples_time.EVENTS:
        assert all(word in written for word in flag.label.split())
    assert frame.plot.height >= 72


def test_only_breaks_run_through_a_crowded_plot(normal: FontSet) -> None:
    frame = lay_out(samples_time.timeline(), normal, 900, 520)
    lines = through(frame)
    assert {round(line.x1) for line in lines} == {round(stop.band.centre[0]) for stop in broken(frame)}
    assert all(line.dash == DOTTED_DASH for line in lines)
    few = through(lay_out(samples_time.three_events(), normal, 900, 520))
    assert {line.dash for line in few} == {0, DOTTED_DASH}


def broken(frame: ChartFrame) -> list:  # type: ignore[type-arg]
    return [stop for stop in frame.flags if stop.name.startswith("Coverage changes")]


def test_breaks_have_letters_in_squares_and_events_numbers_in_circles(normal: FontSet) -> None:
    frame = lay_out(samples_time.timeline(), normal, 640, 400)
    over = [badge for badge in frame.badges if badge.box.bottom <= frame.plot.y]
    for badge in over:
        text = next(t.text for t in frame.texts if badge.box.contains_point(t.x + t.width / 2, t.y - 4))
        assert text.isalpha() == badge.square
    assert [badge.square for badge in over].count(True) == 5


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_dated_mark_is_reached_and_named(size: tuple[int, int], normal: FontSet) -> None:
    chart = samples_time.timeline()
    frame = lay_out(chart, normal, *size)
    assert [stop.name for stop in frame.flags] == [flag.name for flag in sorted(chart.flags, key=lambda flag: flag.at)]
    now, seen = walk_targets(frame, -1, FocusMove.FIRST), set[int]()
    for _ in frame.targets:
        seen.add(now)
        now = walk_targets(frame, now, FocusMove.NEXT)
    assert seen == set(range(len(frame.targets)))
    for number, stop in enumerate(frame.targets):
        if stop.series < 0:
            assert pointed_at(frame, *stop.body.centre) == number


def test_a_break_opens_the_axis(normal: FontSet) -> None:
    frame = lay_out(samples_time.broken(), normal, 900, 520)
    gaps = [stroke for stroke in frame.front if stroke.ink is ColourRole.PAGE]
    slants = [stroke for stroke in frame.front if stroke.x1 != stroke.x2 and stroke.y1 != stroke.y2]
    assert len(gaps) == 5
    assert len(slants) == 10
    assert all(gap.y1 == frame.plot.bottom for gap in gaps)


def test_no_line_runs_across_a_break(normal: FontSet) -> None:
    frame = lay_out(samples_time.timeline(), normal, 900, 520)
    places = [stop.band.centre[0] for stop in broken(frame)]
    assert len(frame.links) == 3
    assert not any(link.x1 < x < link.x2 for link in frame.links for x in places)


def test_few_short_labels_stay_in_words(normal: FontSet) -> None:
    for make in (samples.flagged, samples_time.broken):
        frame = lay_out(make(), normal, 900, 520)
        assert not frame.badges
        assert frame.flags
    assert lay_out(samples_time.broken(), normal, 420, 300).badges


def test_a_long_key_leaves_the_plot_its_room(normal: FontSet) -> None:
    chart: Chart = samples_time.timeline()
    frame = lay_out(chart, normal, 640, 400)
    bare = lay_out(replace(chart, flags=()), normal, 640, 400)
    assert frame.height > 400
    assert frame.plot.height > 0.4 * bare.plot.height


@given(st.lists(st.floats(0, 900), min_size=1, max_size=30), st.floats(1, 30))
def test_nudged_places_keep_apart_and_in_order(places: list[float], apart: float) -> None:
    moved = spread_positions(sorted(places), apart, 0.0, 900.0)
    assert all(after - before >= apart - 1e-6 for before, after in pairwise(moved))
    assert moved[0] >= -1e-6
    if (len(places) - 1) * apart <= 900:
        assert moved[-1] <= 900 + 1e-6


@given(st.lists(st.integers(0, 29), min_size=1, max_size=30, unique=True))
def test_what_has_room_is_not_moved(places: list[int]) -> None:
    wanted = [30.0 * place for place in sorted(places)]
    assert spread_positions(wanted, 30.0, 0.0, 900.0) == pytest.approx(wanted)
