"""Pages made by hand from the shipped evidence, so that the side panel is tested by itself."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from explorer.evidence.model import Place, PlaceLevel
from explorer.pages.model.chart import Chart, ChartAxis, ChartKind, ChartShape, DataPoint, DataSeries, MarkFill
from explorer.pages.model.page import ChartTable, Page
from explorer.pages.model.question import QueryChange, Question
from tests.ui.sample_conflicts import CONFLICTS
from tests.ui.sample_figures import (
    ADDRESS,
    C17,
    C18,
    C19,
    C20,
    CAMBS,
    CAMBS_77,
    EAST_36,
    EAST_INSTAGRAM,
    LINKS,
    UK,
    UK_37,
    fid,
)
from tests.ui.sample_voices import CLAIMS, DEMANDS, VOICES

__all__ = [
    "ADDRESS",
    "C17",
    "C18",
    "C19",
    "C20",
    "CAMBS",
    "CAMBS_77",
    "CLAIMS",
    "CONFLICTS",
    "DEMANDS",
    "EAST_36",
    "EAST_INSTAGRAM",
    "LINKS",
    "UK",
    "UK_37",
    "VOICES",
    "FakeStore",
    "fid",
    "page",
]


def datum(figure: str, label: str, value: float, at: float) -> DataPoint:
    return DataPoint(
        figure=figure,
        start=at,
        end=at + 1,
        at=at + 0.5,
        value=value,
        fill=MarkFill.SOLID,
        label=str(value),
        name=label,
    )


CHART = Chart(
    kind=ChartKind.TREND,
    shape=ChartShape.COLUMNS,
    title="Recorded offences rose each year",
    subtitle="Sexual communication with a child, Cambridgeshire, 2017/18 to 2019/20",
    categories=ChartAxis(title="", low=2017, high=2021, ticks=()),
    values=ChartAxis(title="Offences recorded", low=0, high=80, ticks=()),
    series=(
        DataSeries(
            name="Cambridgeshire",
            role=0,
            data=tuple(
                datum(fid(i), f"Cambridgeshire, {period}: {n} offences", n, 2017.25 + at)
                for at, (i, period, n) in enumerate(CAMBS)
            ),
        ),
    ),
)
CAMBRIDGESHIRE = Place(code="E23000023", name="Cambridgeshire", level=PlaceLevel.FORCE, parent="E12000006", order=1)


def page(**changes: Any) -> Page:
    """The Cambridgeshire page with 2019/20 selected; ``changes`` to the page, or to its question."""
    asked = {name: changes.pop(name) for name in list(changes) if name in Question.__struct_fields__}
    whole = Page(
        question=Question(place="E23000023", figure=C19, **asked),
        place=CAMBRIDGESHIRE,
        asked=CAMBRIDGESHIRE,
        notice="",
        crumbs=(),
        charts=(),
        measures=(),
        chart=CHART,
        drawn=(),
        others=(),
        table=ChartTable(columns=(), rows=()),
        measure_definition="",
        card=CAMBS_77,
        selected=C19,
        voices=VOICES,
        voices_empty="",
        speakers=("NSPCC", "Peter Wanless", "Simon Bailey"),
        demands=DEMANDS,
        demands_empty="",
        claims=CLAIMS,
        claims_empty="",
        disagreements=CONFLICTS,
        workings=CAMBS_77.workings,
        remarks=(),
        sources=(),
        citation="",
    )
    return replace(whole, **changes)


class FakeStore:
    """Keeps the moves that are asked for."""

    def __init__(self) -> None:
        self.moves: list[QueryChange] = []

    def dispatch(self, move: QueryChange) -> None:
        self.moves.append(move)

    def changes(self) -> list[dict[str, Any]]:
        """What was asked for, each move as a mapping."""
        return [dict(move.changes) for move in self.moves]
