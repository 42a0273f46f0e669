"""The chart on pyqtgraph's items: the named items are there, draw what the layout placed, and are kept."""

from __future__ import annotations

import gc

import numpy as np
import pyqtgraph as pg
import pytest
import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QGraphicsScene, QMenu

from explorer.pages.model import Chart, ChartShape
from explorer.render.layout import FontSet, MarkDirection, lay_out
from explorer.render.layout.fonts import BODY
from explorer.render.layout.frame import ChartFrame
from explorer.render.paint import paint_frame, palette_for
from explorer.render.plot import FramePlot, PlotOverlay, has_plot, plot_scales, render_frame
from explorer.render.view import ChartView
from explorer.support.theme import LIGHT, THEMES, Theme
from tests.render import samples, samples_map, samples_time
from tests.run_sizes import plain_and_slow

CHARTS = {
    **samples.ALL,
    **samples_time.ALL,
    "map": samples_map.counts,
}
LOOKS = [
    pytest.param(BODY, 1.0, id="usual"),
    pytest.param(2 * BODY, 1.0, id="large", marks=pytest.mark.slow),
    pytest.param(BODY, 2.0, id="fine", marks=pytest.mark.slow),
]
MOST_APART = 0.006
"""The share of pixels that may differ from the painter's picture of the same frame."""


def made(name: str) -> Chart:
    return CHARTS[name]()


def blank(frame: ChartFrame, theme: Theme, scale: float) -> QImage:
    image = QImage(round(frame.width * scale), round(frame.height * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor(theme.page))
    return image


def painted(frame: ChartFrame, theme: Theme, kind: FontSet, scale: float) -> QImage:
    image = blank(frame, theme, scale)
    painter = QPainter(image)
    paint_frame(painter, frame, theme, kind)
    painter.end()
    return image


def plotted(frame: ChartFrame, theme: Theme, kind: FontSet, scale: float) -> QImage:
    scene = QGraphicsScene()
    plot, overlay = FramePlot(scene), PlotOverlay()
    scene.addItem(overlay)
    plot.show_frame(frame, palette_for(theme), kind)
    overlay.show_frame(frame, theme, kind)
    image, rect = blank(frame, theme, scale), QRectF(0, 0, frame.width, frame.height)
    painter = QPainter(image)
    scene.render(painter, rect, rect)
    painter.end()
    return image


def pixels(image: QImage) -> np.ndarray:
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return data[:, : image.width(), :3].astype(int)


@pytest.mark.parametrize("themes", plain_and_slow([(LIGHT,), tuple(THEMES.values())]), ids=["light", "every theme"])
@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("body", "scale"), LOOKS)
def test_the_items_draw_what_the_painter_draws(qapp: QApplication, name: str, body: float, scale: float, themes):
    kind = FontSet(qapp.font(), body)
    frame = lay_out(made(name), kind, 880, 560, 1 / scale)
    for theme in themes if scale == 1.0 else (LIGHT,):
        apart = np.abs(pixels(painted(frame, theme, kind, scale)) - pixels(plotted(frame, theme, kind, scale)))
        assert (apart.max(axis=2) > 40).mean() < MOST_APART, theme.name


@pytest.fixture
def view(qtbot) -> ChartView:
    view = ChartView()
    qtbot.addWidget(view)
    view.resize(880, 560)
    view.show()
    return view


def items_of(view: ChartView, kind: type) -> list:
    return [item for item in view.scene().items() if isinstance(item, kind) and item.isVisible()]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("trend", (pg.PlotItem, pg.ViewBox, pg.AxisItem, pg.BarGraphItem, pg.PlotCurveItem)),
        ("shift", (pg.PlotItem, pg.ViewBox, pg.AxisItem, pg.PlotCurveItem, pg.ScatterPlotItem)),
        ("platforms", (pg.PlotItem, pg.ViewBox, pg.AxisItem, pg.BarGraphItem, pg.PlotCurveItem)),
    ],
)
def test_the_scene_holds_pyqtgraphs_items(view: ChartView, name: str, kinds: tuple[type, ...]):
    view.show_chart(made(name), LIGHT)
    view.prepare_layout()
    assert [kind.__name__ for kind in kinds if not items_of(view, kind)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_each_bar_lies_on_its_target(view: ChartView, name: str):
    view.show_chart(made(name), LIGHT)
    frame = view.frame_shown
    assert frame is not None
    shown = [
        item.mapRectToScene(rect).translated(-view.overlay.pos())
        for item in items_of(view, pg.BarGraphItem)
        for rect in item._rectarray.instances()[: len(item._rectarray)]
    ]
    bars = [m.body for m in frame.marks if m.body and m.way in (MarkDirection.UP, MarkDirection.RIGHT)]
    expected = sorted((b.x, b.y, b.right, b.bottom) for b in bars if b.width > 0 and b.height > 0)
    found = sorted((r.left(), r.top(), r.right(), r.bottom()) for r in shown)
    assert np.allclose(found, expected, atol=1e-6)


@pytest.mark.parametrize("name", ["trend", "six_columns", "disagreeing", "changing_columns"])
def test_a_bar_ends_at_its_value_in_data(qapp: QApplication, name: str):
    """Without device pixels to lie on, which is how files are drawn, the rectangles hold the numbers themselves."""
    chart, kind = made(name), FontSet(qapp.font(), BODY)
    frame = lay_out(chart, kind, 880, 560, 0.0)
    scene = QGraphicsScene()
    plot = FramePlot(scene)
    plot.show_frame(frame, palette_for(LIGHT), kind)
    bars = [item for item in scene.items() if isinstance(item, pg.BarGraphItem) and item.isVisible()]
    ends = [max(pair, key=abs) for item in bars for pair in zip(item.opts["y0"], item.opts["y1"], strict=True)]
    names = {mark.stop.name for mark in frame.marks if mark.way is MarkDirection.UP}
    values = [datum.value for series in chart.series for datum in series.data if datum.name in names and datum.value]
    assert len(values) >= 3
    assert np.allclose(sorted(ends), sorted(values), atol=1e-6)


@pytest.mark.parametrize("name", CHARTS)
def test_a_category_stands_in_the_middle_of_its_mark(qapp: QApplication, name: str):
    frame = lay_out(made(name), FontSet(qapp.font(), BODY), 880, 560, 0.0)
    if frame.across is None or not has_plot(frame):
        return
    across, _ = plot_scales(frame)
    for mark in frame.marks:
        if mark.body is not None and mark.way is MarkDirection.POINT and frame.shape is ChartShape.LINES:
            x = across.pixel_at(mark.stop.at)
            beside = 3 * mark.body.width  # a second figure steps aside from the first
            assert abs(mark.body.centre[0] - x) < beside


@pytest.mark.parametrize("turns", plain_and_slow([100, 500]))
def test_many_charts_leave_as_many_items_and_symbols_as_the_first_few(view: ChartView, turns: int):
    def show(number: int) -> None:
        charts = list(CHARTS.values())
        view.show_chart(charts[number % len(charts)](), LIGHT)
        view.prepare_layout()

    for number in range(2 * len(CHARTS)):
        show(number)
    before = len(view.scene().items()), len(view.plot.symbols.fragmentAtlas)
    for number in range(turns):
        show(number)
    assert (len(view.scene().items()), len(view.plot.symbols.fragmentAtlas)) == before


def test_a_map_and_a_sentence_hide_the_plot(view: ChartView):
    for name in ("map", "empty", "trend"):
        view.show_chart(made(name), LIGHT)
        view.prepare_layout()
        assert view.plot.item.isVisible() is (name == "trend")


def test_a_plot_keeps_no_menu(qapp: QApplication):
    """Menus belong to nobody but Python's collector, and a widget that it deletes at a bad time ends the program."""
    before = {shiboken6.getCppPointer(widget)[0] for widget in qapp.topLevelWidgets()}
    scene = QGraphicsScene()
    plot = FramePlot(scene)
    made_here = [w for w in qapp.topLevelWidgets() if shiboken6.getCppPointer(w)[0] not in before]
    assert [type(widget).__name__ for widget in made_here if isinstance(widget, QMenu)] == []
    assert plot.item.ctrlMenu is None
    plot.item.ctrl.xGridCheck.setChecked(True)  # what the menus set is still there
    plot.item.ctrl.xGridCheck.setChecked(False)


def test_a_picture_is_gone_with_its_scene(qapp: QApplication):
    frame, kind = lay_out(made("trend"), FontSet(qapp.font(), BODY), 880, 560, 0.0), FontSet(qapp.font(), BODY)
    gc.collect()
    before = {shiboken6.getCppPointer(widget)[0] for widget in qapp.allWidgets()}
    gc.disable()
    try:
        painter = QPainter(picture := blank(frame, LIGHT, 1.0))
        render_frame(painter, frame, LIGHT, kind)
        painter.end()
        assert not picture.isNull()
        left = [w for w in qapp.allWidgets() if shiboken6.getCppPointer(w)[0] not in before]
        assert [(type(w).__name__, w.objectName(), type(w.parent()).__name__) for w in left] == []
    finally:
        gc.enable()
