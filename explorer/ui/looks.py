"""The ways of looking that a walk tries: charts, faces, panels and every choice over a chart."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.evidence.conflicts import Preference
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PageView,
    PanelKind,
    QueryChange,
    TrendStyle,
    ValueScale,
    compare_with,
    mark_events,
    open_panel,
    select_chart,
    select_period,
    set_grouping,
    set_period_range,
    set_preference,
    set_scale,
    set_style,
    set_value_order,
    set_view,
)

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
    for kind in (ChartKind.COMPARE, ChartKind.MAP):
        yield select_chart(kind)
        yield from (set_scale(one) for one in reversed(ValueScale))
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
    yield from (select_chart(kind) for kind in ChartKind)
    yield select_chart(ChartKind.TREND)
    if full:
        yield set_style(TrendStyle.LINE)
        yield set_style(TrendStyle.BARS)
        yield set_view(PageView.TABLE)
        yield from (open_panel(panel) for panel in PanelKind)
        yield set_view(PageView.CHART)
    yield open_panel(PanelKind.EVIDENCE)
