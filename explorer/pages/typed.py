"""What may be typed of a question on the command line, and the question that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from explorer.evidence import periods
from explorer.evidence.conflicts import Rule

from .chart import ChartKind
from .question import Grain, Question, Scale, Style


class Option(Struct, frozen=True, kw_only=True):
    """An option with a value: its name, what it does, and its values where they are few."""

    name: str
    told: str
    choices: tuple[str, ...] = ()


OPTIONS = (
    Option(name="scale", told="how places are compared or mapped", choices=tuple(one.value for one in Scale)),
    Option(name="style", told="how it is drawn", choices=tuple(one.value for one in Style)),
    Option(
        name="by",
        told="years or quarters, where a measure is counted by both",
        choices=tuple(one.value for one in Grain),
    ),
    Option(name="from", told="the first period shown over time, such as 2018/19"),
    Option(name="to", told="the last period shown over time"),
    Option(name="period", told="the period of a chart that shows one at a time"),
    Option(name="base", told="the period that change is counted from"),
)
SWITCHES = {
    "groups": "groups of apps in place of single platforms",
    "by-value": "places in order of value",
    "events": "with the dated events marked on charts over time",
    "first-printed": "of figures that differ, show the one published first",
}


def question(place: str, typed: Mapping[str, Any]) -> Question:
    """The question for ``place`` with what was typed, by option name with dashes as underscores.

    Raises ValueError with a sentence for a period that cannot be read.
    """
    beside = tuple(str(code) for code in typed.get("beside") or ())
    scale = typed.get("scale")  # only places set beside one another have another scale than counts
    return Question(
        place=place,
        chart=ChartKind(typed.get("chart") or (ChartKind.COMPARE if beside or scale else ChartKind.TREND)),
        measure=str(typed.get("measure") or ""),
        beside=beside,
        scale=Scale(scale or Scale.COUNT),
        style=Style(typed.get("style") or Style.BARS),
        grain=Grain(typed.get("by") or Grain.YEARS),
        since=_period(typed.get("from")),
        until=_period(typed.get("to")),
        period=_period(typed.get("period")),
        base=_period(typed.get("base")),
        groups=bool(typed.get("groups")),
        by_value=bool(typed.get("by_value")),
        events=bool(typed.get("events")),
        rule=Rule.FIRST if typed.get("first_printed") else Rule.NEWEST,
    )


def _period(text: str | None) -> str:
    return periods.parse(text).text if text else ""
