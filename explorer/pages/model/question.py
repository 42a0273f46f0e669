"""What the person wants to see: ids and enums only, the moves they can make, and where they have been.

Nothing here knows what there is to show: ``answer`` in ``pages.page_builder`` finds that out.
"""

from __future__ import annotations

import enum
import json
from typing import Any

import msgspec
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from explorer.evidence import Preference

from .chart import ChartKind


class PageView(enum.StrEnum):
    """Which face of the page the middle of the window shows."""

    CHART = "chart"
    TABLE = "table"


class TrendStyle(enum.StrEnum):
    """How a trend is drawn."""

    BARS = "bars"
    LINE = "line"


class ValueScale(enum.StrEnum):
    """What places are compared and mapped by."""

    COUNT = "count"
    """The number as recorded."""
    CHANGE = "change"
    """Per cent of, or change since, the base period."""
    RATE = "rate"
    """Per 100,000 people, where we hold a population of that year."""
    CHILDREN = "children"
    """Per 10,000 children aged 0 to 17, likewise."""


class PeriodGranularity(enum.StrEnum):
    """Which of the two is drawn where a measure is counted by quarter and by year."""

    YEARS = "years"
    """Whole years, and the quarters of a year that is still running."""
    QUARTERS = "quarters"


class PanelKind(enum.StrEnum):
    """Which part of the side panel is open."""

    EVIDENCE = "evidence"
    VOICES = "voices"
    DEMANDS = "demands"
    CLAIMS = "claims"
    CONFLICTS = "conflicts"


class Question(Struct, frozen=True, kw_only=True):
    """One view of the evidence, as asked for: a place, a kind of chart, and how it is to be shown.

    It holds ids and enums only, no evidence and no words, so it means the same whatever the library holds.
    It may ask for what does not exist. It is kept as asked; the page shows the nearest that does exist and says
    so. An empty field leaves the choice to the program, so a question of a place alone is complete.

    Invariants: it is frozen and compares by value; equal questions of one revision of a library give equal
    pages. ``to_json`` and ``from_json`` are each other's opposite, and a field that is not known is passed over,
    so that saved questions stay readable. Every field has a default but ``place``.

    ``pages.answer`` makes a Page of it. The window changes it by a ``QueryChange`` and keeps a
    ``QuestionHistory`` of it, the command line makes one of its options, and each item of a briefing keeps the
    one that it was collected from.
    """

    place: str
    chart: ChartKind = ChartKind.TREND
    view: PageView = PageView.CHART
    style: TrendStyle = TrendStyle.BARS
    measure: str = ""
    """A measure's id; empty for the one the place has most figures of."""
    beside: tuple[str, ...] = ()
    """Codes of the places to set beside it; empty for the place it stands under that has figures."""
    figure: str = ""
    """The id of the selected figure; empty for the chart's own choice."""
    panel: PanelKind = PanelKind.EVIDENCE
    speaker: str = ""
    words: str = ""
    everywhere: bool = False
    """True to show voices and conflicts of all places and not only those that bear on this one."""
    scale: ValueScale = ValueScale.COUNT
    base: str = ""
    """The period that change is counted from, by its text; empty for the first that the places share."""
    since: str = ""
    until: str = ""
    """The first and the last period shown over time, by their texts; empty for no bound."""
    grain: PeriodGranularity = PeriodGranularity.YEARS
    period: str = ""
    """The period of a chart that shows one at a time, by its text; empty for the chart's own choice."""
    events: bool = False
    """Whether dated events are marked on charts over time."""
    groups: bool = False
    """Whether platforms over time shows groups of apps in place of single platforms."""
    by_value: bool = False
    """Whether places are put in order of value instead of place order."""
    rule: Preference = Preference.NEWEST
    """Which of several figures about one thing is preferred."""

    def to_json(self) -> str:
        """The question as one line of JSON; ``from_json`` reads it back."""
        return json.dumps(to_builtins(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Question:
        """The question that ``text`` holds. Unknown fields are passed over; raises ValueError."""
        try:
            return msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError as error:
            raise ValueError(f"this is not a question: {error}") from error


class QueryChange(Struct, frozen=True):
    """A wish: the fields to change, and whether going back undoes it (looking around) or not (filtering)."""

    changes: tuple[tuple[str, Any], ...]
    remembered: bool

    def apply_to(self, question: Question) -> Question:
        """The question as this move leaves it."""
        return replace(question, **dict(self.changes))


def select_place(place: str) -> QueryChange:
    """Look at another place; what was selected belongs to the old one and is let go."""
    return QueryChange((("place", place), ("figure", "")), remembered=True)


def open_place(place: str) -> QueryChange:
    """Look at another place over time, as a map leads to it."""
    return QueryChange((("place", place), ("figure", ""), ("chart", ChartKind.TREND)), remembered=True)


def select_chart(chart: ChartKind) -> QueryChange:
    """Ask another question of the same place."""
    return QueryChange((("chart", chart), ("figure", ""), ("view", PageView.CHART)), remembered=True)


def set_view(face: PageView) -> QueryChange:
    """Show the chart or its table."""
    return QueryChange((("view", face),), remembered=True)


def set_style(how: TrendStyle) -> QueryChange:
    """Draw a trend as bars or as a line."""
    return QueryChange((("style", how),), remembered=False)


def set_measure(measure_id: str) -> QueryChange:
    """Look at another measure."""
    return QueryChange((("measure", measure_id), ("figure", ""), ("period", ""), ("base", "")), remembered=True)


def compare_with(*places: str) -> QueryChange:
    """Set other places beside this one."""
    return QueryChange((("beside", places), ("chart", ChartKind.COMPARE), ("figure", "")), remembered=True)


def set_scale(how: ValueScale) -> QueryChange:
    """Compare or map by count, by change or by rate."""
    return QueryChange((("scale", how),), remembered=False)


def set_base_period(period: str) -> QueryChange:
    """Count change from another period."""
    return QueryChange((("base", period), ("scale", ValueScale.CHANGE)), remembered=False)


def set_period_range(since: str, until: str, *, going_on: bool = False) -> QueryChange:
    """Show the periods from ``since`` to ``until``; ``going_on`` in the same movement, which is one step back."""
    return QueryChange((("since", since), ("until", until)), remembered=not going_on)


def set_granularity(grain: PeriodGranularity) -> QueryChange:
    """Show quarters over time, or whole years."""
    return QueryChange((("grain", grain), ("figure", "")), remembered=False)


def select_period(period: str) -> QueryChange:
    """Show another period of a chart that shows one at a time."""
    return QueryChange((("period", period), ("figure", "")), remembered=False)


def mark_events(visible: bool) -> QueryChange:
    """Show or hide the dated events."""
    return QueryChange((("events", visible),), remembered=False)


def set_grouping(groups: bool) -> QueryChange:
    """Show groups of apps, or single platforms."""
    return QueryChange((("groups", groups), ("figure", "")), remembered=False)


def set_value_order(by_value: bool) -> QueryChange:
    """Put places in order of value, or back in place order."""
    return QueryChange((("by_value", by_value),), remembered=False)


def set_preference(rule: Preference) -> QueryChange:
    """Prefer the newest of several figures about one thing, or the first printed."""
    return QueryChange((("rule", rule), ("figure", "")), remembered=False)


def select_figure(figure: str) -> QueryChange:
    """Choose a figure and open its evidence."""
    return QueryChange((("figure", figure), ("panel", PanelKind.EVIDENCE)), remembered=False)


def open_panel(panel: PanelKind) -> QueryChange:
    """Open a part of the side panel."""
    return QueryChange((("panel", panel),), remembered=False)


def filter_voices(
    *, speaker: str | None = None, words: str | None = None, everywhere: bool | None = None
) -> QueryChange:
    """Narrow the voices by who speaks, by words and by place; None leaves a filter as it is."""
    filters = {"speaker": speaker, "words": words, "everywhere": everywhere}
    return QueryChange(tuple((name, value) for name, value in filters.items() if value is not None), remembered=False)


_LIMIT = 200


class QuestionHistory(Struct, frozen=True):
    """The questions asked, and which of them is on screen. Never empty."""

    questions: tuple[Question, ...]
    at: int = 0

    @property
    def current(self) -> Question:
        """The question on screen."""
        return self.questions[self.at]

    @property
    def can_go_back(self) -> bool:
        """Whether something was looked at before this."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether something was looked at after this and left by going back."""
        return self.at + 1 < len(self.questions)

    def push(self, move: QueryChange) -> QuestionHistory:
        """The history after ``move``; one that changes nothing leaves no trace."""
        new = move.apply_to(self.current)
        if new == self.current:
            return self
        if not move.remembered:
            new_questions = (*self.questions[: self.at], new, *self.questions[self.at + 1 :])
            return QuestionHistory(new_questions, self.at)
        recent_questions = (*self.questions[: self.at + 1], new)[-_LIMIT:]
        return QuestionHistory(recent_questions, len(recent_questions) - 1)

    def go_back(self) -> QuestionHistory:
        """The history one step back, or as it is at the beginning."""
        return QuestionHistory(self.questions, max(0, self.at - 1))

    def go_forward(self) -> QuestionHistory:
        """The history one step forward, or as it is at the end."""
        return QuestionHistory(self.questions, min(len(self.questions) - 1, self.at + 1))
