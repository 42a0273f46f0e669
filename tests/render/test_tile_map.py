"""The tile map: its squares and words at any size, its colours, its keys and pointer, and what it exports."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings, strategies as st
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.pages.model.chart import Chart
from explorer.render.image.export import picture_image, write_picture
from explorer.render.layout.engine import lay_out
from explorer.render.layout.fonts import FontSet
from explorer.render.layout.frame import ChartFrame, TextStyle
from explorer.render.view.chart_canvas import MARGIN
from explorer.render.view.chart_view import ChartView
from explorer.render.view.navigation import FocusMove, walk_targets
from explorer.support.theme import LIGHT, THEMES, Theme, contrast_ratio
from tests.render import samples_map
from tests.run_sizes import scale_examples

pytestmark = pytest.mark.usefixtures("qapp")

KEY = Qt.Key
SVG = "{http://www.w3.org/2000/svg}"
WAYS = (FocusMove.RIGHT, FocusMove.LEFT, FocusMove.UP, FocusMove.DOWN)
SIZES = ((900, 560), (700, 420), (400, 450), (1200, 680))


@pytest.fixture(scope="module")
def chart() -> Chart:
    return samples_map.counts()


@pytest.fixture(scope="module")
def frame(chart: Chart, qapp: QApplication) -> ChartFrame:
    return lay_out(chart, FontSet(qapp.font()), 900, 560)


class TestColours:
    @pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
    def test_words_can_be_read_on_every_step(self, theme: Theme) -> None:
        for colour in (*theme.tones, *theme.falls):
            assert contrast_ratio(theme.text_colour_on(colour), colour) >= 4.5, colour

    @pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
    def test_steps_go_one_way_from_the_page_and_are_told_apart(self, theme: Theme) -> None:
        for scale in (theme.tones, theme.falls):
            from_page = [contrast_ratio(colour, theme.page) for colour in scale]
            assert from_page == sorted(from_page)
            for one, other in pairwise(scale):
                assert contrast_ratio(one, other) >= 1.25

    @pytest.mark.parametrize("many", range(2, 6))
    def test_no_two_steps_share_a_colour(self, many: int) -> None:
        assert len({LIGHT.band_colour(at / (many - 1)) for at in range(many)}) == many

    def test_nor_do_steps_of_change(self) -> None:
        for levels in (2, 3, 4):
            tones = [sign * at / levels for sign in (-1, 1) for at in range(1, levels + 1)]
            assert len({LIGHT.band_colour(tone) for tone in tones}) == 2 * levels

    @pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
    def test_the_squares_have_their_colours(self, theme: Theme, chart: Chart) -> None:
        image = picture_image(chart, theme, 900, 700, 1.0)
        wide, high = image.width(), image.height()
        seen = {image.pixelColor(x, y).name().upper() for x in range(0, wide, 3) for y in range(0, high, 3)}
        assert set(theme.tones) <= seen


class TestLayout:
    def test_every_area_has_a_square_and_none_touches_another(self, frame: ChartFrame, chart: Chart) -> None:
        bodies = [stop.body for stop in frame.targets]
        assert len(bodies) == len(chart.tiles) == 45
        assert len({round(body.width, 3) for body in bodies}) == 1
        assert all(body.width == pytest.approx(body.height) for body in bodies)
        assert not any(a.expand_by(1).intersects(b) for at, a in enumerate(bodies) for b in bodies[:at])

    @settings(max_examples=scale_examples(40), deadline=None)
    @given(
        st.integers(140, 1600),
        st.integers(120, 1200),
        st.sampled_from((11.0, 13.0, 19.0, 26.0)),
        st.sampled_from((samples_map.counts, samples_map.changes)),
    )
    def test_words_fit_their_squares_at_any_size(self, wide: int, high: int, body: float, make) -> None:
        kind = FontSet(QApplication.font(), body)
        laid = lay_out(make(), kind, wide, high)
        for mark in laid.marks:
            assert mark.body is not None
            assert mark.body.width >= 24
            for text in mark.label:
                strong = kind.text_width(text.text, TextStyle.STRONG) if text.lettering is TextStyle.LABEL else 0.0
                assert max(text.width, strong) <= mark.body.width + 0.01
                assert mark.body.y <= text.y <= mark.body.bottom
        assert all(stop.body.x >= 0 and stop.body.bottom <= laid.height for stop in laid.targets)

    @pytest.mark.parametrize("size", SIZES, ids=str)
    def test_numbers_stand_in_the_squares_at_usual_sizes(self, size: tuple[int, int], chart: Chart) -> None:
        laid = lay_out(chart, FontSet(QApplication.font()), *size)
        for mark, tile in zip(laid.marks, chart.tiles, strict=True):
            assert [text.text for text in mark.label] == [tile.short, tile.label]

    def test_at_twice_the_text_size_too(self, chart: Chart, double: FontSet) -> None:
        laid = lay_out(chart, double, 900, 560)
        assert all(len(mark.label) == 2 for mark in laid.marks)

    def test_squares_grow_with_the_room(self, chart: Chart, normal: FontSet) -> None:
        sides = [lay_out(chart, normal, 1200, high).targets[0].body.width for high in (450, 560, 680)]
        assert sides[0] < sides[1] < sides[2]

    def test_the_legend_says_every_step_and_the_hatch(self, frame: ChartFrame, chart: Chart) -> None:
        said = {text.text for text in frame.texts}
        assert {band.label for band in chart.bands} | {"no figure", "Offences recorded"} <= said
        assert len(frame.swatches) == len(chart.bands) + 1
        boxes = [swatch.box for swatch in frame.swatches]
        assert not any(box.intersects(stop.body) for box in boxes for stop in frame.targets)

    def test_a_map_of_full_squares_needs_no_hatch_in_its_legend(self, normal: FontSet) -> None:
        laid = lay_out(samples_map.changes(), normal, 900, 560)
        assert len(laid.swatches) == len(samples_map.CHANGES)


class TestWalk:
    def test_arrows_reach_every_square_from_every_square(self, frame: ChartFrame) -> None:
        for start in range(45):
            seen, waiting = {start}, [start]
            while waiting:
                now = waiting.pop()
                new = {walk_targets(frame, now, way) for way in WAYS} - seen
                seen |= new
                waiting += new
            assert len(seen) == 45

    def test_an_arrow_goes_where_it_points(self, frame: ChartFrame) -> None:
        for now, stop in enumerate(frame.targets):
            x, y = stop.body.centre
            for way, across, down in ((WAYS[0], 1, 0), (WAYS[1], -1, 0), (WAYS[2], 0, -1), (WAYS[3], 0, 1)):
                to = walk_targets(frame, now, way)
                there = frame.targets[to].body.centre
                assert to == now or (there[0] - x) * across + (there[1] - y) * down > 0

    @pytest.mark.parametrize(
        ("start", "way", "to"),
        [
            ("E23000023", FocusMove.RIGHT, "E23000024"),
            ("E23000023", FocusMove.LEFT, "E23000021"),
            ("E23000023", FocusMove.UP, "E23000020"),
            ("E23000023", FocusMove.DOWN, "E23000026"),
            ("E23000002", FocusMove.LEFT, "PSNI"),
            ("E23000007", FocusMove.UP, "S23000009"),
            ("E23000032", FocusMove.RIGHT, "E23000034"),
        ],
    )
    def test_neighbours(self, frame: ChartFrame, start: str, way: FocusMove, to: str) -> None:
        places = [stop.place for stop in frame.targets]
        assert places[walk_targets(frame, places.index(start), way)] == to

    def test_home_and_end_are_first_and_last_in_place_order(self, frame: ChartFrame) -> None:
        assert (walk_targets(frame, 20, FocusMove.FIRST), walk_targets(frame, 20, FocusMove.LAST)) == (0, 44)


class TestView:
    @pytest.fixture
    def view(self, qtbot: QtBot, chart: Chart) -> ChartView:
        made = ChartView()
        qtbot.addWidget(made)
        made.resize(900, 560)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        made.show_chart(chart, LIGHT)
        made.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(made.hasFocus)
        return made

    def test_a_click_chooses_the_figure_and_goes_nowhere(self, view: ChartView, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(view.went), qtbot.waitSignal(view.figure_chosen) as caught:
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 3))
        assert caught.args == ["f3"]

    def test_a_square_without_a_figure_chooses_nothing(self, view: ChartView, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(view.figure_chosen):
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, 2))

    def test_a_double_click_goes_to_the_place(self, view: ChartView, qtbot: QtBot, chart: Chart) -> None:
        for number in (2, 3):
            with qtbot.waitSignal(view.went) as caught:
                QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle(view, number))
            assert caught.args == [chart.tiles[number].place]

    def test_enter_and_space_go_to_the_place(self, view: ChartView, qtbot: QtBot, chart: Chart) -> None:
        QTest.keyClick(view, KEY.Key_End)
        for key in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
            with qtbot.waitSignal(view.went) as caught, qtbot.assertNotEmitted(view.figure_chosen):
                QTest.keyClick(view, key)
            assert caught.args == [chart.tiles[44].place]

    def test_the_card_and_the_ring_follow_the_arrows(self, view: ChartView, chart: Chart) -> None:
        QTest.keyClick(view, KEY.Key_Home)
        QTest.keyClick(view, KEY.Key_Down)
        assert view.focused_index != 0
        assert view.card_text == chart.tiles[view.focused_index].name

    def test_the_focus_stays_on_its_place_when_another_map_is_shown(self, view: ChartView) -> None:
        QTest.keyClick(view, KEY.Key_End)
        view.show_chart(samples_map.changes(), LIGHT)
        assert view.focused_index == 44

    def test_a_selected_square_is_framed(self, view: ChartView) -> None:
        view.clearFocus()
        before = view.grab().toImage()
        view.set_selected("f3")
        after = view.grab().toImage()
        box = view.targets[3].body
        edge = QPoint(round(box.x + MARGIN - 2), round(box.centre[1] + MARGIN))
        assert before.pixelColor(edge).name().upper() == LIGHT.page
        assert after.pixelColor(edge).name().upper() == LIGHT.accent

    def test_a_screen_reader_meets_every_area_by_name(self, view: ChartView, chart: Chart) -> None:
        access = QAccessible.queryAccessibleInterface(view)
        assert access.childCount() == 45
        names = [access.child(at).text(QAccessible.Text.Name) for at in range(45)]
        assert names == [tile.name for tile in chart.tiles]


class TestPictures:
    @pytest.mark.parametrize("size", [(1200, 675), (1000, 750), (600, 900)], ids=str)
    def test_every_number_is_in_svg_and_pdf(self, size: tuple[int, int], chart: Chart, tmp_path: Path) -> None:
        wanted = sorted(word for tile in chart.tiles for word in (tile.short, tile.label))
        write_picture(chart, tmp_path / "map.svg", "svg", LIGHT, size)
        root = ElementTree.parse(tmp_path / "map.svg").getroot()
        written = [text.text or "" for text in root.iter(f"{SVG}text")]
        assert not set(wanted) - set(written)
        assert sum(word == "[x]" for word in written) == 15
        assert root.findtext(f"{SVG}desc") == chart.alt_text
        assert {text.get("text-anchor") for text in root.iter(f"{SVG}text")} == {"start", "middle"}
        write_picture(chart, tmp_path / "map.pdf", "pdf", LIGHT, size)
        words = pypdfium2.PdfDocument(tmp_path / "map.pdf")[0].get_textpage().get_text_range().split()
        assert not set(wanted) - set(words)

    def test_png_carries_every_number_in_its_text_alternative(self, chart: Chart, tmp_path: Path) -> None:
        write_picture(chart, tmp_path / "map.png", "png")
        with Image.open(tmp_path / "map.png") as image:
            assert all(tile.label in image.info["Description"] for tile in chart.tiles)

    @pytest.mark.parametrize("size", [(1200, 675), (1000, 750)], ids=str)
    def test_it_keeps_the_size_asked_for_and_fills_it(self, size: tuple[int, int], chart: Chart) -> None:
        image = picture_image(chart, LIGHT, *size, scale=1.0)
        assert (image.width(), image.height()) == size
        raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
        drawn = (raw[:, :, :3] < 250).any(axis=2)
        rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
        assert rows[-1] - rows[0] > 0.85 * size[1]
        assert columns[0] < 0.06 * size[0]

    def test_words_and_squares_do_not_meet(self, chart: Chart) -> None:
        from explorer.render.image.composition import body_for, compose_chart

        for size in ((1200, 675), (1000, 750), (600, 900)):
            made = compose_chart(chart, FontSet(QApplication.font(), body_for(*size)), *size, 1.0)
            right, bottom = made.left_edge + made.frame.plot.right, made.top + made.frame.plot.bottom
            assert all(text.x > right or text.y > bottom for text in made.foot)


def middle(view: ChartView, number: int) -> QPoint:
    x, y = view.targets[number].body.centre
    return view.mapFromScene(QPointF(x + MARGIN, y + MARGIN))
