"""The ways of looking that a walk tries: charts, faces, panels and every choice over a chart."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.evidence.conflicts import Rule
from explorer.pages.chart import ChartKind
from explorer.pages.question import (
    Move,
    Panel,
    Scale,
    Style,
    View,
    at,
    beside,
    between,
    draw,
    grouped,
    mark_events,
    open_panel,
    ordered,
    prefer,
    scaled,
    style,
    view,
)

WITHOUT = ("E06000031", "E92000001", "PSNI")
"""Places without figures of their own that are visited too: a council, a nation, a force without a code."""
LOOKED_AT = ("K02000001", "E12000006", "E23000023", "E23000003")
"""The places that are looked at closely: a country, a region, and two forces, one of them in conflict."""


def tool_moves() -> Iterator[Move]:
    """One choice after another, each set back before the next chart."""
    yield draw(ChartKind.TREND)
    yield from (between("2018/19", "2022/23"), between("", ""), mark_events(True), mark_events(False))
    yield from (prefer(Rule.FIRST), prefer(Rule.NEWEST))
    yield draw(ChartKind.SHIFT)
    yield from (grouped(True), grouped(False))
    for kind in (ChartKind.COMPARE, ChartKind.MAP):
        yield draw(kind)
        yield from (scaled(one) for one in reversed(Scale))
    yield draw(ChartKind.COMPARE)
    yield from (ordered(True), ordered(False), at("2018/19"), at(""), beside(*LOOKED_AT), beside())
    yield draw(ChartKind.TREND)


def looks(*, full: bool) -> Iterator[Move]:
    """The ways to look at a place: every chart, and in full every face and part of the panel too."""
    yield from (draw(kind) for kind in ChartKind)
    yield draw(ChartKind.TREND)
    if full:
        yield style(Style.LINE)
        yield style(Style.BARS)
        yield view(View.TABLE)
        yield from (open_panel(panel) for panel in Panel)
        yield view(View.CHART)
    yield open_panel(Panel.EVIDENCE)
