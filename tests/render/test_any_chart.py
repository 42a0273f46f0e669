"""Charts nobody thought of: whatever the numbers, names and sizes, the frame is sound."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import HealthCheck, given, settings, strategies as st
from PySide6.QtWidgets import QApplication

from explorer.pages.model.chart import Chart, ChartShape, DataPoint, DataSeries, DateFlag, MarkFill, ReferenceLine
from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import BODY, FontSet
from explorer.render.layout.frame import ChartFrame
from explorer.render.view.navigation import FocusMove, pointed_at, walk_targets
from tests.render.samples import axis, chart
from tests.render.test_layout import room
from tests.run_sizes import scale_examples

SHAPES = [shape for shape in ChartShape if shape is not ChartShape.TILES]
words = st.text(max_size=40)
numbers = st.one_of(st.none(), st.floats(-700, 1500, allow_nan=False), st.just(math.nan))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    lines, twice = draw(st.integers(1, 6)), draw(st.sampled_from([1, 1, 2, 3]))
    count = draw(st.integers(1, max(1, 18 // (lines * twice))))
    thick = 0.8 / lines
    series = tuple(
        DataSeries(
            name=draw(words),
            role=draw(st.integers(0, 9)),
            end_label=draw(words),
            data=tuple(
                DataPoint(
                    figure=f"{line}-{at}-{turn}",
                    start=at - 0.4 + line * thick,
                    end=at - 0.4 + (line + 1) * thick,
                    at=float(at),
                    value=draw(numbers),
                    fill=MarkFill.HOLLOW if turn else draw(st.sampled_from(MarkFill)),
                    label=draw(words),
                    name=draw(words),
                    joined=draw(st.booleans()),
                )
                for at in range(count)
                for turn in range(twice)
            ),
        )
        for line in range(lines)
    )
    places = axis(-0.5, count - 0.5, *((at, draw(words)) for at in range(count)), title=draw(words))
    low = draw(st.sampled_from([0, 0, -500]))
    scale = axis(low, 1500, *((at, f"{at:,}") for at in range(low, 1501, 250)), title=draw(words), grid=True)
    return chart(
        draw(st.sampled_from(SHAPES)),
        places,
        scale,
        *series,
        legend=draw(st.booleans()),
        rules=tuple(
            ReferenceLine(start=at - 0.4, end=at + 0.4, value=draw(st.floats(0, 1500)), label=draw(words))
            for at in range(draw(st.integers(0, 2)))
        ),
        flags=tuple(
            DateFlag(
                at=draw(st.floats(-0.5, count - 0.5)),
                label=draw(st.text(max_size=9)),
                name="",
                break_=draw(st.booleans()),
            )
            for _ in range(draw(st.sampled_from([0, 0, 1, 2, 6, 20])))
        ),
        keys=tuple((fill, draw(words)) for fill in draw(st.sets(st.sampled_from(MarkFill), max_size=2))),
    )


@settings(
    max_examples=scale_examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    any_chart=charts(),
    width=st.integers(160, 2000),
    height=st.integers(120, 1200),
    scale=st.sampled_from([1.0, 1.5, 2.0]),
)
def test_any_chart_is_laid_out_soundly(
    qapp: QApplication, any_chart: Chart, width: int, height: int, scale: float
) -> None:
    kind = FontSet(qapp.font(), BODY * scale)
    frame = lay_out(any_chart, kind, width, height, 0.0)
    for text in (*frame.texts, *(text for mark in frame.marks for text in mark.label)):
        assert math.isfinite(text.y)
        assert text.x >= -1
        assert text.x + text.width <= frame.width + 1
    numbers_apart(frame, kind)
    data = [datum for series in any_chart.series for datum in series.data]
    for datum, mark in zip(data, frame.marks, strict=True):
        known = datum.value is not None and math.isfinite(datum.value) and datum.fill is not MarkFill.MISSING
        assert (mark.body is not None) == known
        assert all(math.isfinite(edge) for edge in (mark.stop.body.x, mark.stop.body.y, mark.stop.hit_area.right))
    now = walk_targets(frame, -1, FocusMove.FIRST)
    for step in FocusMove:
        now = walk_targets(frame, now, step)
        assert 0 <= now < len(frame.targets)
    assert pointed_at(frame, -1e6, -1e6) == -1


def numbers_apart(frame: ChartFrame, kind: FontSet) -> None:
    """No number written at a mark meets another's, and no badge of a dated mark another badge."""
    if frame.shape is not ChartShape.ROWS:
        # A row's number is written whatever the room; columns and points leave theirs to the card.
        labels = [[room(text, kind) for text in mark.label] for mark in frame.marks if mark.label]
        for one, other in combinations(labels, 2):
            assert not any(a.intersects(b) for a in one for b in other)
    for badge, other_badge in combinations(frame.badges, 2):
        assert not badge.box.intersects(other_badge.box)
