"""Periods in one phrase, as subtitles name them: runs of years and of quarters by their first and last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from explorer.evidence import formatting
from explorer.evidence.model import Period, PeriodKind
from explorer.evidence.periods import parse_period

_LIST_LIMIT = 3
"""Up to so many parts of years are named one by one."""


def distinct_periods(several: Iterable[Period]) -> list[Period]:
    """Periods, each once, in order."""
    return sorted({p.text: p for p in several}.values(), key=lambda p: (p.start, p.end))


def describe_periods(several: Sequence[Period]) -> str:
    """Periods in one phrase: "2017/18 to 2019/20 and April to June 2020"."""
    sorted_periods = distinct_periods(several)
    whole = [p for p in sorted_periods if p.kind is PeriodKind.FINANCIAL_YEAR]
    rest = [p for p in sorted_periods if p.kind is not PeriodKind.FINANCIAL_YEAR]
    phrases = _describe_run(rest) if len(rest) > _LIST_LIMIT else [formatting.period_in_sentence(p) for p in rest]
    if len(whole) > 1:
        return formatting.join_list([f"{whole[0].label} to {whole[-1].label}", *phrases])
    return formatting.join_list([*(p.label for p in whole), *phrases])


def _describe_run(rest: Sequence[Period]) -> list[str]:
    """Many quarters by their first and last: "quarters from April 2013 to March 2025"; others one by one."""
    if any(p.kind is not PeriodKind.QUARTER for p in rest):
        return [formatting.period_in_sentence(p) for p in rest]
    span = parse_period(f"{rest[0].start:%Y-%m}/{rest[-1].end:%Y-%m}")
    unbroken = all((b.start - a.end).days == 1 for a, b in pairwise(rest))
    return [f"{'' if unbroken else f'{len(rest)} '}quarters from {_format_months(span)}"]


def _format_months(span: Period) -> str:
    """From month to month, for a whole year too: "April 2013 to March 2014"."""
    year = span.kind in {PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR}
    return f"{span.start:%B %Y} to {span.end:%B %Y}" if year else formatting.period_in_sentence(span)
