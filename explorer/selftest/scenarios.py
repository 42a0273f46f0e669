"""The walk's way through briefings: collecting, undoing, saving, every document, presenting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.briefing import file_format
from explorer.evidence import Preference
from explorer.export import DOCUMENTS
from explorer.pages.charts import chart_types
from explorer.pages.model import (
    ChartKind,
    PageView,
    PanelKind,
    PeriodGranularity,
    QueryChange,
    TrendStyle,
    compare_with,
    mark_events,
    open_panel,
    select_chart,
    select_period,
    select_place,
    set_granularity,
    set_grouping,
    set_period_range,
    set_preference,
    set_scale,
    set_style,
    set_value_order,
    set_view,
)
from explorer.pages.panels import PANEL_TYPES

if TYPE_CHECKING:
    from explorer.ui.briefing import BriefingController
    from explorer.ui.window import MainWindow


_PLACE = "E23000023"
_LEAST = 1000
"""The fewest bytes that a document can have."""


def walk_briefing(window: MainWindow, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    """Do all that is done with a briefing; gives a sentence for each thing that is not as it should be."""
    brief = window.commands.brief.briefings
    window.store.dispatch(select_place(_PLACE))
    window.actions_.action_for("brief-me").trigger()
    for command in ("brief-add", "brief-add-figure", "brief-heading", "brief-note"):
        window.actions_.action_for(command).trigger()
    settle()
    full = brief.desk.briefing
    if len(full.items) < 10:
        yield f"a draft about {_PLACE} holds only {len(full.items)} items"
    while brief.desk.changes.undo_name:
        brief.desk.undo()
    while brief.desk.changes.redo_name:
        brief.desk.redo()
    if brief.desk.briefing != full:
        yield "undoing and redoing all of a briefing does not come back to it"
    window.grab().save(str(folder / "window-briefing.png"))
    yield from _check_saved_file(brief, folder)
    yield from _check_documents(brief, folder, settle)
    yield from _check_presentation(brief, folder, settle)
    brief.files.new_briefing()
    settle()
    if brief.desk.briefing.items:
        yield "a new briefing is not empty"


def _check_saved_file(brief: BriefingController, folder: Path) -> Iterator[str]:
    path = folder / "walk.ohbrief"
    brief.files.write(path)
    if brief.desk.is_dirty or file_format.load_briefing(path) != brief.desk.briefing:
        yield "a saved briefing does not read back as it was"


def _check_documents(brief: BriefingController, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    for document in DOCUMENTS.values():
        path = folder / f"briefing{document.suffix}"
        brief.documents.start_export(path)
        while brief.documents.progress is not None:
            settle()
        if not path.is_file() or path.stat().st_size < _LEAST:
            yield f"{path.name} was not written"


def _check_presentation(brief: BriefingController, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    brief.start_presentation()
    presenter = brief.presenter
    if presenter is None:
        yield "the presentation did not open"
        return
    for at in range(len(presenter.screens)):
        presenter.go_to_screen(at)
        settle()
        if presenter.view.heading.text() == "" or presenter.at != at:
            yield f"screen {at + 1} of the presentation is not shown"
        presenter.grab().save(str(folder / f"screen-{at + 1:02}.png"))
    presenter.end_presentation()
    settle()


# The ways of looking that a walk tries: charts, faces, panels and every choice over a chart.


WITHOUT = ("E06000031", "E92000001", "PSNI")
"""Places without figures of their own that are visited too: a council, a nation, a force without a code."""
LOOKED_AT = ("K02000001", "E12000006", "E23000023", "E23000003")
"""The places that are looked at closely: a country, a region, and two forces, one of them in conflict."""


def tool_moves() -> Iterator[QueryChange]:
    """One choice after another, each set back before the next chart."""
    yield select_chart(ChartKind.TREND)
    yield from (
        set_period_range("2018/19", "2022/23"),
        set_period_range("", ""),
        mark_events(True),
        mark_events(False),
    )
    yield from (set_preference(Preference.FIRST), set_preference(Preference.NEWEST))
    yield select_chart(ChartKind.SHIFT)
    yield from (set_grouping(True), set_grouping(False))
    for kind, chart_type in chart_types().items():
        if chart_type.scales:
            yield select_chart(kind)
            yield from (set_scale(scale) for scale, _ in reversed(chart_type.scales))
    yield select_chart(ChartKind.COMPARE)
    yield from (
        set_value_order(True),
        set_value_order(False),
        select_period("2018/19"),
        select_period(""),
        compare_with(*LOOKED_AT),
        compare_with(),
    )
    yield select_chart(ChartKind.TREND)


def page_tour(*, full: bool) -> Iterator[QueryChange]:
    """The ways to look at a place: every chart, and in full every face and part of the panel too."""
    yield from (select_chart(kind) for kind in chart_types())
    yield select_chart(ChartKind.TREND)
    if full:
        yield set_style(TrendStyle.LINE)
        yield set_style(TrendStyle.BARS)
        yield set_view(PageView.TABLE)
        yield from (open_panel(kind) for kind in PANEL_TYPES)
        yield set_view(PageView.CHART)
    yield open_panel(PanelKind.EVIDENCE)


# Which pictures of the window the README shows, as moves from one to the next.


class ReadmePicture(Struct, frozen=True, kw_only=True):
    """One picture: its file's name, its theme and the moves that lead to it."""

    name: str
    theme: str
    moves: tuple[QueryChange, ...]
    briefing: bool = False
    """Whether a first draft about the place lies in the briefing's drawer."""


_KENT, _LANCASHIRE, _UK = "E23000032", "E23000003", "K02000001"
_OTHERS = (_LANCASHIRE, "E23000028", "E23000029", "W15000001", "N92000002")
PICTURES = (
    ReadmePicture(name="window-light", theme="light", moves=(select_place(_UK), select_chart(ChartKind.TREND))),
    ReadmePicture(
        name="compare-light",
        theme="light",
        moves=(
            select_place(_KENT),
            compare_with(*_OTHERS),
            set_style(TrendStyle.LINE),
            select_chart(ChartKind.COMPARE),
        ),
    ),
    ReadmePicture(
        name="time-light",
        theme="light",
        moves=(
            compare_with("E23000028"),
            set_granularity(PeriodGranularity.QUARTERS),
            set_period_range("2019/20", "2024/25"),
        ),
    ),
    ReadmePicture(
        name="platforms-light",
        theme="light",
        moves=(
            set_granularity(PeriodGranularity.YEARS),
            set_period_range("", ""),
            set_style(TrendStyle.BARS),
            select_place(_UK),
            select_chart(ChartKind.SHIFT),
        ),
    ),
    ReadmePicture(name="map-light", theme="light", moves=(select_chart(ChartKind.MAP),)),
    ReadmePicture(name="map-dark", theme="dark", moves=()),
    ReadmePicture(
        name="conflicts-light",
        theme="light",
        moves=(select_place(_LANCASHIRE), select_chart(ChartKind.TREND), open_panel(PanelKind.CONFLICTS)),
    ),
    ReadmePicture(
        name="table-contrast",
        theme="contrast",
        moves=(
            select_place(_UK),
            select_chart(ChartKind.SHIFT),
            set_view(PageView.TABLE),
            open_panel(PanelKind.CLAIMS),
        ),
    ),
    ReadmePicture(
        name="briefing-light",
        theme="light",
        moves=(
            select_place("E23000023"),
            compare_with(),
            select_chart(ChartKind.TREND),
            set_view(PageView.CHART),
            open_panel(PanelKind.VOICES),
        ),
        briefing=True,
    ),
)


def take_pictures(window: MainWindow, folder: Path, settle: Callable[[], None]) -> None:
    """Write every picture to ``folder``."""
    for picture in PICTURES:
        window.choose_theme(picture.theme)
        for move in picture.moves:
            window.store.dispatch(move)
        settle()
        briefings = window.commands.brief.briefings if picture.briefing else None
        if briefings is not None:
            briefings.files.create_draft()
            briefings.panel.list.select_item(briefings.desk.briefing.items[1].id)
            window.messages.hide()
            settle()
        window.chart.range_row.show_timeline()
        window.grab().save(str(folder / f"{picture.name}.png"))
        if briefings is not None:
            briefings.files.throw_away()
