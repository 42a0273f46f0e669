"""Frames: every text inside and clear of every other, at every size; every bar as long as its number."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from msgspec.structs import replace

from explorer.pages.model.chart import Chart, ChartShape, DataSeries, MarkFill
from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import FontSet
from explorer.render.layout.frame import ANCHOR_SHARES, Box, ChartFrame, ColourRole, MarkDirection, TextRun, TextStyle
from explorer.render.paint import shapes
from tests.render import samples, samples_time

SIZES = ((420, 300), (640, 400), (900, 560), (1280, 800), (3840, 2160))
CHARTS = {name: make for name, make in {**samples.ALL, **samples_time.ALL}.items() if name != "hostile"}


def every_text(frame: ChartFrame) -> list[TextRun]:
    return [*frame.texts, *(text for mark in frame.marks for text in mark.label)]


def room(text: TextRun, kind: FontSet) -> Box:
    """The room a text's letters take: from the top of its capitals to the foot of its descenders."""
    size = kind.line_height(text.lettering)
    width = kind.text_width(text.text, TextStyle.STRONG) if text.lettering is TextStyle.LABEL else text.width
    left = text.x + (text.width - width) * ANCHOR_SHARES[text.anchor]
    return Box(left, text.y - 0.58 * size, width, 0.74 * size)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scale", ["normal", "double"])
def test_no_text_is_cut_off_or_meets_another(
    name: str, size: tuple[int, int], scale: str, request: pytest.FixtureRequest
) -> None:
    kind: FontSet = request.getfixturevalue(scale)
    frame = lay_out(CHARTS[name](), kind, *size)
    boxes = [(text.text, room(text, kind)) for text in every_text(frame)]
    for text, box in boxes:
        assert box.x >= -0.5, text
        assert box.right <= frame.width + 0.5, text
        assert box.y >= -0.5, text
        assert box.bottom <= frame.height + 0.5, text
    for (one, a), (other, b) in combinations(boxes, 2):
        assert not a.intersects(b), (one, other)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scale", ["normal", "double"])
def test_no_number_stands_on_a_bar_or_a_point(
    name: str, size: tuple[int, int], scale: str, request: pytest.FixtureRequest
) -> None:
    kind: FontSet = request.getfixturevalue(scale)
    marks = lay_out(CHARTS[name](), kind, *size).marks
    bodies = [mark.body for mark in marks if mark.body is not None and mark.body.height and mark.body.width]
    for text in (text for mark in marks for text in mark.label):
        assert not any(room(text, kind).intersects(body) for body in bodies), text.text


@pytest.mark.parametrize("name", [n for n in samples.ALL if n not in ("lines", "six_columns", "empty", "hostile")])
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scale", ["normal", "double"])
def test_every_number_is_written(name: str, size: tuple[int, int], scale: str, request: pytest.FixtureRequest) -> None:
    """In charts of the kinds that are composed; only a crowd of lines or bars may leave one to the card."""
    chart = CHARTS[name]()
    frame = lay_out(chart, request.getfixturevalue(scale), *size)
    written = " ".join(text.text for text in every_text(frame))
    for series in chart.series:
        for datum in series.data:
            assert all(word in written for word in datum.label.split()), datum.label


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_bars_and_points_stand_at_their_numbers(name: str, size: tuple[int, int], normal: FontSet) -> None:
    chart = CHARTS[name]()
    frame = lay_out(chart, normal, *size, 0.0)
    data = [datum for series in chart.series for datum in series.data]
    for datum, mark in zip(data, frame.marks, strict=True):
        if datum.value is None:
            assert mark.body is None
            continue
        assert mark.body is not None
        body, scale = mark.body, frame.values
        if mark.way is MarkDirection.POINT:
            end = body.centre[0] if chart.shape is ChartShape.ROWS else body.centre[1]
        elif mark.way is MarkDirection.UP:
            end = body.y if datum.value >= 0 else body.bottom
        else:
            end = body.right if datum.value >= 0 else body.x
        share = (end - scale.start) / (scale.end - scale.start)
        stands = scale.low + share * (scale.high - scale.low)
        assert stands == pytest.approx(datum.value, abs=chart.values.high / 1000)


@pytest.mark.parametrize("name", CHARTS)
def test_ticks_stand_on_the_same_scale(name: str, normal: FontSet) -> None:
    frame = lay_out(CHARTS[name](), normal, 700, 450, 0.0)
    for value, at in frame.value_ticks:
        assert at == pytest.approx(frame.values.pixel_at(value))


@pytest.mark.parametrize("bad", [None, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", ["trend", "platforms", "shift"])
def test_what_is_no_number_draws_no_bar(name: str, bad: float | None, normal: FontSet) -> None:
    chart = with_values(samples.ALL[name](), bad)
    frame = lay_out(chart, normal, 640, 400)
    assert all(mark.body is None and mark.fill is MarkFill.MISSING for mark in frame.marks)
    assert all(math.isfinite(text.x) and math.isfinite(text.y) for text in every_text(frame))
    assert not frame.links


def test_a_missing_number_shows_its_shorthand_at_the_axis(normal: FontSet) -> None:
    frame = lay_out(samples.missing(), normal, 640, 400)
    mark = frame.marks[1]
    assert [text.text for text in mark.label] == ["[x]"]
    assert abs(mark.label[0].y - frame.plot.bottom) < 12
    assert frame.marks[2].label[0].text == "0"


def test_lines_join_only_what_is_joined(normal: FontSet) -> None:
    chart = samples.lines(1)
    frame = lay_out(chart, normal, 640, 400)
    assert [datum.joined for datum in chart.series[0].data] == [True, True, False, True]
    assert len(frame.links) == 2  # nothing comes before the first, and the third stands apart
    gap = samples.lines(2)
    beside = lay_out(replace(gap, series=gap.series[1:]), normal, 640, 400)
    # The second year is missing, so that the line to it and the one from it are not drawn.
    assert len(beside.links) == 1


def test_whiskers_only_where_the_range_is_wider_than_the_mark(normal: FontSet) -> None:
    frame = lay_out(samples.lines(3), normal, 640, 400)
    assert [mark.whisker is not None for mark in frame.marks].count(True) == 1
    assert not any(mark.whisker for mark in lay_out(samples.shift(), normal, 640, 400).marks)


def test_texture_only_where_name_and_place_do_not_tell(normal: FontSet) -> None:
    single, grouped = (lay_out(make(), normal, 640, 400) for make in (samples.trend, samples.grouped))
    assert {mark.texture for mark in single.marks} == {0}
    assert {mark.texture for mark in grouped.marks} == {0, 1}
    chart = samples.platforms()
    first, second = chart.series[0].data
    apart = replace(chart, series=(one(first, 0), one(second, 3)))
    assert {mark.texture for mark in lay_out(apart, normal, 640, 400).marks} == {0}


def test_every_series_has_a_symbol_of_its_own() -> None:
    outlines = {
        tuple((round(at.x, 2), round(at.y, 2)) for at in map(path.elementAt, range(path.elementCount())))
        for path in (shapes.symbol_path(texture, 0.0, 0.0, 10.0) for texture in range(12))
    }
    assert len(outlines) == 12


def test_a_point_shows_the_stretch_it_is_for(normal: FontSet) -> None:
    chart = samples_time.periods_of_all_lengths()
    frame = lay_out(chart, normal, 900, 520)
    three, whole, quarter, half = (mark.span for mark in frame.marks[:4])
    assert whole is None
    assert three is not None
    assert quarter is not None
    assert half is not None
    year = (three[1] - three[0]) / 3
    assert quarter[1] - quarter[0] == pytest.approx(year / 4)
    assert half[1] - half[0] == pytest.approx(year / 2)
    ends = [text for text in frame.texts if text.text.endswith(("Instagram", "Snapchat"))]
    assert ends
    assert all(text.x > half[1] for text in ends)


def test_a_zero_within_the_plot_is_drawn_to_be_seen(normal: FontSet) -> None:
    for make in (samples_time.changes, samples_time.changing_columns, samples_time.changing_rows):
        frame = lay_out(make(), normal, 640, 400, 0.0)
        zero = frame.values.pixel_at(0.0)
        upright = frame.shape is ChartShape.ROWS
        lines = [line for line in frame.front if (line.x1 if upright else line.y1) == zero]
        assert [line.ink for line in lines] == [ColourRole.TEXT]


def test_a_level_lies_under_lines_and_over_columns(normal: FontSet) -> None:
    under = lay_out(samples_time.six_places(), normal, 900, 520)
    assert any(line.ink is ColourRole.TEXT and line.y1 == line.y2 for line in under.back)
    over = lay_out(samples.trend(), normal, 900, 520)
    assert any(line.halo for line in over.front)


def test_the_names_of_six_lines_are_each_beside_their_own_end(normal: FontSet) -> None:
    chart = samples_time.six_places()
    frame = lay_out(chart, normal, 900, 520)
    names = {text.text.split("  ")[-1]: text.y for text in frame.texts if text.x > frame.plot.right}
    last = {series.name: series.data[-1].value or 0 for series in chart.series}
    order = sorted(samples_time.NAMES, key=lambda name: names[name])
    assert [last[name] for name in order] == sorted(last.values(), reverse=True)


def test_a_low_sheet_grows_and_leaves_nothing_out(normal: FontSet) -> None:
    frame = lay_out(samples.forces(45), normal, 600, 300)
    assert frame.height > 45 * 24
    assert len(frame.marks) == 45
    assert all(mark.label for mark in frame.marks)


def test_targets_are_at_least_24_pixels(normal: FontSet) -> None:
    for make in CHARTS.values():
        for stop in lay_out(make(), normal, 420, 300).targets:
            reach = stop.hit_area if stop.series >= 0 else stop.body
            assert max(reach.width, stop.hit_area.height) >= 24
            assert stop.hit_area.height >= 8


def test_the_same_chart_and_size_give_the_same_frame(normal: FontSet) -> None:
    chart = samples.lines(3)
    assert lay_out(chart, normal, 640, 400) == lay_out(chart, normal, 640, 400)


def test_hostile_words_are_laid_out(normal: FontSet) -> None:
    for size in SIZES:
        frame = lay_out(samples.hostile(), normal, *size)
        assert all("\x00" not in text.text and "\u202e" not in text.text for text in every_text(frame))
        assert frame.marks[0].body is not None
        assert frame.marks[1].body is None


def test_an_empty_chart_says_why(normal: FontSet) -> None:
    frame = lay_out(samples.empty(), normal, 420, 300)
    assert not frame.marks
    assert " ".join(text.text for text in frame.texts) == samples.empty().empty


def with_values(chart: Chart, value: float | None) -> Chart:
    series = tuple(
        replace(series, data=tuple(replace(datum, value=value) for datum in series.data)) for series in chart.series
    )
    return replace(chart, series=series)


def one(datum: object, role: int) -> DataSeries:
    return DataSeries(name=str(role), role=role, data=(datum,))  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [ChartShape.COLUMNS, ChartShape.LINES])
def test_of_very_many_only_ends_and_extremes_are_written(normal: FontSet, shape: ChartShape) -> None:
    amounts = [30 + (7 * at) % 23 for at in range(80)]
    data = tuple(
        samples.datum(f"m{at}", at - 0.4, at + 0.4, amount, joined=at > 0) for at, amount in enumerate(amounts)
    )
    across = samples.axis(-1, 80, *((at, str(at)) for at in range(0, 80, 8)))
    chart = samples.chart(shape, across, samples.values(80, 20), DataSeries(name="", role=0, data=data))
    frame = lay_out(chart, normal, 1200, 600)
    written = {mark.label[0].text for mark in frame.marks if mark.label}
    assert written <= {str(amounts[0]), str(amounts[-1]), str(max(amounts)), str(min(amounts))}
    assert {str(max(amounts)), str(min(amounts))} <= written
