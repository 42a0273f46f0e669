"""Second figures: found, drawn hollow at their own numbers, told from the preferred one and never hidden."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage

from explorer.pages.model.chart import Chart, DataSeries, MarkFill
from explorer.render.image.export import picture_image
from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import FontSet
from explorer.render.layout.frame import ChartFrame, DataMark, MarkDirection, TextStyle
from explorer.render.layout.value_labels import alternate_indices, side_by_side
from explorer.render.view.navigation import pointed_at
from explorer.support.theme import THEMES, Theme
from tests.render import samples, samples_time
from tests.render.test_layout import room
from tests.run_sizes import plain_and_slow

MAKES = {
    make.__name__: make
    for make in (samples_time.disagreeing, samples_time.disagreeing_rows, samples_time.disagreeing_lines)
}


def hollow(frame: ChartFrame) -> list[DataMark]:
    return [mark for mark in frame.marks if mark.fill is MarkFill.HOLLOW]


def test_the_first_that_is_not_hollow_is_preferred() -> None:
    data = [
        samples.datum("a", 0, 1, 5, fill=MarkFill.HOLLOW),
        samples.datum("b", 0, 1, 6),
        samples.datum("c", 0, 1, 7, fill=MarkFill.HOLLOW),
        samples.datum("d", 1, 2, 8, fill=MarkFill.HOLLOW),
        samples.datum("e", 0, 1, None, fill=MarkFill.HOLLOW),
    ]
    assert alternate_indices(data, [(one.start, one.end) for one in data]) == {0: 1, 2: 1}


def test_a_hollow_figure_alone_is_a_hollow_bar(normal: FontSet) -> None:
    chart = samples_time.disagreeing()
    alone = replace(chart, series=(DataSeries(name="", role=0, data=chart.series[0].data[1:2]),))
    assert lay_out(alone, normal, 640, 400).marks[0].way is MarkDirection.UP


@pytest.mark.parametrize("name", MAKES)
@pytest.mark.parametrize("size", [(640, 400), (900, 520), (1280, 800)], ids=str)
def test_both_numbers_are_written_and_neither_mark_covers_the_other(
    name: str, size: tuple[int, int], normal: FontSet
) -> None:
    frame = lay_out(MAKES[name](), normal, *size)
    marks = hollow(frame)
    assert marks
    if name != "disagreeing_lines":
        assert all(mark.label for mark in frame.marks)
    symbols = [mark.body for mark in frame.marks if mark.way is MarkDirection.POINT and mark.body]
    for mark in frame.marks:
        for text in mark.label:
            assert not any(room(text, normal).intersects(body) for body in symbols), text.text
    for number, mark in enumerate(marks):
        assert not any(mark.body.intersects(one.body) for one in marks[number + 1 :] if mark.body and one.body)


@pytest.mark.parametrize("name", MAKES)
def test_a_second_figure_can_be_pointed_at(name: str, normal: FontSet) -> None:
    frame = lay_out(MAKES[name](), normal, 640, 400)
    for mark in hollow(frame):
        number = pointed_at(frame, *mark.stop.body.centre)
        assert frame.targets[number] is mark.stop
        assert mark.stop.hit_area.width >= 24


@pytest.mark.parametrize("theme", plain_and_slow(THEMES.values()), ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["disagreeing", "disagreeing_rows"])
def test_a_mark_on_its_bar_is_seen_in_every_theme(name: str, theme: Theme) -> None:
    """Through the middle of a mark that lies on its bar: bar, rim, outline, page, outline, rim, bar."""
    chart = MAKES[name]()
    pixels = pixels_of(picture_image(chart, theme, 900, 520, 2.0))
    ink, page = (np.array(QColor(colour).getRgb()[:3]) for colour in (theme.series_colour(0), theme.page))
    signs = np.where((pixels == ink).all(axis=2), 1, np.where((pixels == page).all(axis=2), 2, 0))
    assert any(rimmed(row) for row in signs)


def pixels_of(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[:, :, 2::-1].copy()


def rimmed(row: np.ndarray) -> bool:
    """Whether a row of pixels goes from the bar (1) over rim (2), outline, inside, outline and rim into it.

    Blends between the two colours (0) are passed over.
    """
    places = np.flatnonzero(row)
    starts = [at for n, at in enumerate(places) if n == 0 or row[at] != row[places[n - 1]]]
    runs = [(int(row[at]), after - at) for at, after in pairwise([*starts, len(row)])]
    for seven in (runs[at : at + 7] for at in range(len(runs) - 6)):
        narrow = all(width <= 24 for _, width in seven[1:-1])
        if [sign for sign, _ in seven] == [1, 2, 1, 2, 1, 2, 1] and narrow:
            return True
    return False


def test_a_line_passes_a_second_figure_by(normal: FontSet) -> None:
    chart = samples_time.disagreeing_lines()
    frame = lay_out(chart, normal, 640, 400)
    preferred = [m for m in frame.marks if m.fill is MarkFill.SOLID and m.body]
    ends = {(round(link.x2, 3), round(link.y2, 3)) for link in frame.links}
    assert len(frame.links) == 4
    assert ends == {tuple(round(c, 3) for c in m.body.centre) for m in preferred[1:] if m.body}


def test_the_key_shows_the_mark(normal: FontSet) -> None:
    frame = lay_out(samples_time.disagreeing(), normal, 640, 400)
    keyed = frame.swatches[-1] if frame.swatches[-1].box.y > frame.plot.bottom else frame.swatches[0]
    assert keyed.way is MarkDirection.POINT
    assert keyed.fill is MarkFill.HOLLOW


def test_a_stack_has_the_order_of_its_numbers(normal: FontSet) -> None:
    frame = lay_out(samples_time.three_releases(), normal, 900, 520)
    heights = {mark.stop.figure: mark.label[0].y for mark in frame.marks if mark.label}
    assert heights["c"] < heights["b"] < heights["d"] < heights["a"]


@given(st.lists(st.floats(0, 300), max_size=8), st.floats(1, 30))
def test_marks_side_by_side_do_not_meet(places: list[float], apart: float) -> None:
    stepped = list(zip(places, side_by_side(places, apart), strict=True))
    for number, (y, x) in enumerate(stepped):
        for other_y, other_x in stepped[number + 1 :]:
            assert abs(y - other_y) >= apart - 1e-6 or abs(x - other_x) >= apart - 1e-6


def test_a_wide_number_is_left_to_the_card_before_it_meets_another(normal: FontSet) -> None:
    chart: Chart = samples_time.two_nations()
    frame = lay_out(chart, normal, 420, 300)
    written = [mark for mark in frame.marks if mark.label]
    assert 4 < len(written) < len(frame.marks)
    assert frame.marks[8].label, "the last of the first series is written"
    assert normal.text_width("7,300", TextStyle.STRONG) > frame.marks[8].stop.body.width
