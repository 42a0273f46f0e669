"""What the person wants to see: ids and enums only, the moves they can make, and where they have been.

A Question may ask for what does not exist. It is kept as asked; ``page.answer`` shows the nearest that does
and says so. A Question is JSON, so it is also a bookmark, a briefing item and a test's starting point.
"""

from __future__ import annotations

import enum
import json
from typing import Any, cast

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from explorer.evidence.conflicts import Rule

from .chart import ChartKind


class View(enum.StrEnum):
    """Which face of the page the middle of the window shows."""

    CHART = "chart"
    TABLE = "table"


class Style(enum.StrEnum):
    """How a trend is drawn."""

    BARS = "bars"
    LINE = "line"


class Scale(enum.StrEnum):
    """What places are compared and mapped by."""

    COUNT = "count"
    """The number as recorded."""
    CHANGE = "change"
    """Per cent of, or change since, the base period."""
    RATE = "rate"
    """Per 100,000 people, where we hold a population of that year."""
    CHILDREN = "children"
    """Per 10,000 children aged 0 to 17, likewise."""


class Grain(enum.StrEnum):
    """Which of the two is drawn where a measure is counted by quarter and by year."""

    YEARS = "years"
    """Whole years, and the quarters of a year that is still running."""
    QUARTERS = "quarters"


class Panel(enum.StrEnum):
    """Which part of the side panel is open."""

    EVIDENCE = "evidence"
    VOICES = "voices"
    DEMANDS = "demands"
    CLAIMS = "claims"
    CONFLICTS = "conflicts"


class Question(Struct, frozen=True, kw_only=True):
    """One view of the evidence, as asked for."""

    place: str
    chart: ChartKind = ChartKind.TREND
    view: View = View.CHART
    style: Style = Style.BARS
    measure: str = ""
    """A measure's id; empty for the one the place has most figures of."""
    beside: tuple[str, ...] = ()
    """Codes of the places to set beside it; empty for the place it stands under that has figures."""
    figure: str = ""
    """The id of the selected figure; empty for the chart's own choice."""
    panel: Panel = Panel.EVIDENCE
    speaker: str = ""
    words: str = ""
    everywhere: bool = False
    """True to show voices and conflicts of all places and not only those that bear on this one."""
    scale: Scale = Scale.COUNT
    base: str = ""
    """The period that change is counted from, by its text; empty for the first that the places share."""
    since: str = ""
    until: str = ""
    """The first and the last period shown over time, by their texts; empty for no bound."""
    grain: Grain = Grain.YEARS
    period: str = ""
    """The period of a chart that shows one at a time, by its text; empty for the chart's own choice."""
    events: bool = False
    """Whether dated events are marked on charts over time."""
    groups: bool = False
    """Whether platforms over time shows groups of apps in place of single platforms."""
    by_value: bool = False
    """Whether places are put in order of value instead of place order."""
    rule: Rule = Rule.NEWEST
    """Which of several figures about one thing is preferred."""

    def to_json(self) -> str:
        """The question as one line of JSON; ``from_json`` reads it back."""
        return json.dumps(to_builtins(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Question:
        """The question that ``text`` holds. Unknown fields are passed over; raises ValueError."""
        raw = json.loads(text)
        if not isinstance(raw, dict) or not isinstance(cast("dict[str, Any]", raw).get("place"), str):
            raise ValueError("a question is a JSON object with at least a place")
        given = cast("dict[str, Any]", raw)
        converted: dict[str, Any] = {}
        for name, kind in _FIELDS.items():
            if name in given:
                converted[name] = kind(given[name])
        return cls(**converted)


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("beside is a list of place codes")
    return tuple(str(code) for code in cast("list[object]", value))


_FIELDS: dict[str, Any] = {
    "place": str,
    "chart": ChartKind,
    "view": View,
    "style": Style,
    "measure": str,
    "beside": _codes,
    "figure": str,
    "panel": Panel,
    "speaker": str,
    "words": str,
    "everywhere": bool,
    "scale": Scale,
    "base": str,
    "since": str,
    "until": str,
    "grain": Grain,
    "period": str,
    "events": bool,
    "groups": bool,
    "by_value": bool,
    "rule": Rule,
}


class Move(Struct, frozen=True):
    """A wish: the fields to change, and whether going back undoes it (looking around) or not (filtering)."""

    changes: tuple[tuple[str, Any], ...]
    remembered: bool

    def applied(self, question: Question) -> Question:
        """The question as this move leaves it."""
        return replace(question, **dict(self.changes))


def go(place: str) -> Move:
    """Look at another place; what was selected belongs to the old one and is let go."""
    return Move((("place", place), ("figure", "")), remembered=True)


def visit(place: str) -> Move:
    """Look at another place over time, as a map leads to it."""
    return Move((("place", place), ("figure", ""), ("chart", ChartKind.TREND)), remembered=True)


def draw(chart: ChartKind) -> Move:
    """Ask another question of the same place."""
    return Move((("chart", chart), ("figure", ""), ("view", View.CHART)), remembered=True)


def view(face: View) -> Move:
    """Show the chart or its table."""
    return Move((("view", face),), remembered=True)


def style(how: Style) -> Move:
    """Draw a trend as bars or as a line."""
    return Move((("style", how),), remembered=False)


def measure(measure_id: str) -> Move:
    """Look at another measure."""
    return Move((("measure", measure_id), ("figure", ""), ("period", ""), ("base", "")), remembered=True)


def beside(*places: str) -> Move:
    """Set other places beside this one."""
    return Move((("beside", places), ("chart", ChartKind.COMPARE), ("figure", "")), remembered=True)


def scaled(how: Scale) -> Move:
    """Compare or map by count, by change or by rate."""
    return Move((("scale", how),), remembered=False)


def based(period: str) -> Move:
    """Count change from another period."""
    return Move((("base", period), ("scale", Scale.CHANGE)), remembered=False)


def between(since: str, until: str) -> Move:
    """Show only these periods over time; an empty text is no bound."""
    return Move((("since", since), ("until", until)), remembered=True)


def grained(grain: Grain) -> Move:
    """Show quarters over time, or whole years."""
    return Move((("grain", grain), ("figure", "")), remembered=False)


def at(period: str) -> Move:
    """Show another period of a chart that shows one at a time."""
    return Move((("period", period), ("figure", "")), remembered=False)


def mark_events(shown: bool) -> Move:
    """Show or hide the dated events."""
    return Move((("events", shown),), remembered=False)


def grouped(groups: bool) -> Move:
    """Show groups of apps, or single platforms."""
    return Move((("groups", groups), ("figure", "")), remembered=False)


def ordered(by_value: bool) -> Move:
    """Put places in order of value, or back in place order."""
    return Move((("by_value", by_value),), remembered=False)


def prefer(rule: Rule) -> Move:
    """Prefer the newest of several figures about one thing, or the first printed."""
    return Move((("rule", rule), ("figure", "")), remembered=False)


def select(figure: str) -> Move:
    """Choose a figure and open its evidence."""
    return Move((("figure", figure), ("panel", Panel.EVIDENCE)), remembered=False)


def open_panel(panel: Panel) -> Move:
    """Open a part of the side panel."""
    return Move((("panel", panel),), remembered=False)


def listen(*, speaker: str | None = None, words: str | None = None, everywhere: bool | None = None) -> Move:
    """Narrow the voices by who speaks, by words and by place; None leaves a filter as it is."""
    given = {"speaker": speaker, "words": words, "everywhere": everywhere}
    return Move(tuple((name, value) for name, value in given.items() if value is not None), remembered=False)


_LIMIT = 200


class History(Struct, frozen=True):
    """The questions asked, and which of them is on screen. Never empty."""

    questions: tuple[Question, ...]
    at: int = 0

    @property
    def now(self) -> Question:
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

    def asked(self, move: Move) -> History:
        """The history after ``move``; one that changes nothing leaves no trace."""
        new = move.applied(self.now)
        if new == self.now:
            return self
        if not move.remembered:
            changed = (*self.questions[: self.at], new, *self.questions[self.at + 1 :])
            return History(changed, self.at)
        kept = (*self.questions[: self.at + 1], new)[-_LIMIT:]
        return History(kept, len(kept) - 1)

    def back(self) -> History:
        """The history one step back, or as it is at the beginning."""
        return History(self.questions, max(0, self.at - 1))

    def forward(self) -> History:
        """The history one step forward, or as it is at the end."""
        return History(self.questions, min(len(self.questions) - 1, self.at + 1))
