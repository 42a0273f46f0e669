"""What may be typed of a question on the command line, and the question that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from explorer.evidence import Preference, periods
from explorer.pages.model import ChartKind, PeriodGranularity, Question, TrendStyle, ValueScale


class CliOption(Struct, frozen=True, kw_only=True):
    """An option with a value: its name, what it does, and its values where they are few."""

    name: str
    help: str
    choices: tuple[str, ...] = ()


OPTIONS = (
    CliOption(name="scale", help="how places are compared or mapped", choices=tuple(one.value for one in ValueScale)),
    CliOption(name="style", help="how it is drawn", choices=tuple(one.value for one in TrendStyle)),
    CliOption(
        name="by",
        help="years or quarters, where a measure is counted by both",
        choices=tuple(one.value for one in PeriodGranularity),
    ),
    CliOption(name="from", help="the first period shown over time, such as 2018/19"),
    CliOption(name="to", help="the last period shown over time"),
    CliOption(name="period", help="the period of a chart that shows one at a time"),
    CliOption(name="base", help="the period that change is counted from"),
)
SWITCHES = {
    "groups": "groups of apps in place of single platforms",
    "by-value": "places in order of value",
    "events": "with the dated events marked on charts over time",
    "first-printed": "of figures that differ, show the one published first",
}


def question_from_args(place: str, args: Mapping[str, Any]) -> Question:
    """The question for ``place`` with what was typed, by option name with dashes as underscores.

    Raises ValueError with a sentence for a period that cannot be read.
    """
    beside = tuple(str(code) for code in args.get("beside") or ())
    scale = args.get("scale")  # only places set beside one another have another scale than counts
    return Question(
        place=place,
        chart=ChartKind(args.get("chart") or (ChartKind.COMPARE if beside or scale else ChartKind.TREND)),
        measure=str(args.get("measure") or ""),
        beside=beside,
        scale=ValueScale(scale or ValueScale.COUNT),
        style=TrendStyle(args.get("style") or TrendStyle.BARS),
        grain=PeriodGranularity(args.get("by") or PeriodGranularity.YEARS),
        since=_parse_period(args.get("from")),
        until=_parse_period(args.get("to")),
        period=_parse_period(args.get("period")),
        base=_parse_period(args.get("base")),
        groups=bool(args.get("groups")),
        by_value=bool(args.get("by_value")),
        events=bool(args.get("events")),
        rule=Preference.FIRST if args.get("first_printed") else Preference.NEWEST,
    )


def _parse_period(text: str | None) -> str:
    return periods.parse_period(text).text if text else ""
