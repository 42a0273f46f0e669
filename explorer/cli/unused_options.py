"""What was asked for on the command line and the page does not follow: a sentence each, never silence."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.evidence import Period, PeriodKind, formatting, parse_period
from explorer.pages.charts import chart_types
from explorer.pages.model import Page, PeriodGranularity, TrendStyle, ValueScale
from explorer.pages.selection import ChartOption
from explorer.pages.text import phrases


def describe_unused_options(page: Page) -> tuple[str, ...]:
    """A sentence for each wish of the page's question that its chart takes no part in; none for none.

    What the page cannot show although its chart takes it is in the page's own notice.
    """
    return (*_of_periods(page), *_of_manner(page))


def _of_periods(page: Page) -> Iterator[str]:
    question, can, chart_type = page.question, page.choices, chart_types()[page.chart.kind]
    is_comparison = chart_type.offers(ChartOption.PLACES)
    takes_period = chart_type.offers(ChartOption.PERIOD) or chart_type.offers(ChartOption.PART_PERIOD)
    if question.period and not takes_period and not (is_comparison and question.style is TrendStyle.BARS):
        yield "--period is not used here: this chart shows several periods. Take --from and --to."
    if question.base and (question.scale is not ValueScale.CHANGE or not chart_type.scales):
        yield (
            f"--base is not used here: change is counted from {phrases.asked_period(question.base)} with --scale "
            f"change, in --chart {_kinds_with_scales()}."
        )
    if (question.since or question.until) and not is_comparison and not chart_type.offers(ChartOption.RANGE):
        yield "--from and --to are not used here: this chart shows one period."
    by_quarter = any(one.chosen and one.id == PeriodGranularity.QUARTERS.value for one in can.grains)
    if question.grain is PeriodGranularity.QUARTERS and not by_quarter and not page.replaced:
        yield "--by quarters is not used here: we hold no quarters that this chart can show."
    if can.grains and not by_quarter:
        for text in (question.since, question.until):
            if (period := _try_parse_period(text)) is not None and period.kind is PeriodKind.QUARTER:
                yield f"Whole years are shown; --by quarters shows {formatting.period_in_sentence(period)}."


def _of_manner(page: Page) -> Iterator[str]:
    question, can, chart_type = page.question, page.choices, chart_types()[page.chart.kind]
    if question.scale is not ValueScale.COUNT and not any(
        one.chosen and one.id == question.scale.value for one in can.scales
    ):
        yield f"--scale {question.scale.value} is not used here: it is for counts in --chart {_kinds_with_scales()}."
    if question.style is TrendStyle.LINE and not any(
        one.chosen and one.id == TrendStyle.LINE.value for one in can.styles
    ):
        yield "--style line is not used here: lines are for counts over time."
    if question.beside and not chart_type.offers(ChartOption.PLACES):
        yield f"--with is not used here: places stand side by side in --chart {_kinds_that(ChartOption.PLACES)}."
    if question.groups and can.groups is None:
        yield f"--groups is not used here: groups of apps stand in --chart {_kinds_that(ChartOption.GROUPS)}."
    if question.by_value and can.by_value is None:
        yield f"--by-value is not used here: it puts the bars of --chart {_kinds_that(ChartOption.ORDER)} in order."
    if question.events and can.events is None:
        yield "--events is not used here: events are marked on charts over time."


def _kinds_that(option: ChartOption) -> str:
    """The kinds of chart that offer an option, as they are typed: "compare or map"."""
    return " or ".join(one.kind.value for one in chart_types().values() if one.offers(option))


def _kinds_with_scales() -> str:
    return " or ".join(one.kind.value for one in chart_types().values() if one.scales)


def _try_parse_period(text: str) -> Period | None:
    try:
        return parse_period(text) if text else None
    except ValueError:
        return None
