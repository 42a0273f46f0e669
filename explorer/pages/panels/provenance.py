"""Whose number a figure is, what kind of source it comes from, how old it is and how it was published before.

Also the newest figure of a place, whatever it counts. It words facts; which figure is shown is decided
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from explorer.evidence import (
    Figure,
    PeriodKind,
    Source,
    SourceKind,
    Unit,
    count_months,
    format_number,
    formatting,
    subject_key,
)
from explorer.evidence.analysis import HEADS
from explorer.pages.model import EvidenceLibrary
from explorer.pages.selection import default_figures, unit_rank

_KINDS = {
    SourceKind.OFFICIAL: "Official statistics",
    SourceKind.RELEASE: "The publisher's own release",
    SourceKind.NEWS: "A news article",
    SourceKind.REPLY: "A police force's own reply",
    SourceKind.LAW: "Legislation",
    SourceKind.USER: "Added by the person who uses this program",
}
_OLD = 2
"""A newest figure that is older than so many years says how old it is."""
_YEAR, _QUARTER = 12, 3
"""Months."""


def today() -> date:
    """The day that ages are counted to."""
    return date.today()


def kind_of(source: Source) -> str:
    """What kind of source it is: "Official statistics", "A press report of a release"."""
    if source.kind is SourceKind.NEWS and source.origin:
        return "A press report of another's figures"
    return _KINDS[source.kind]


def source_attribution(source: Source) -> str:
    """Whose number it is, and who published it: "NSPCC, reported by Shropshire Star"."""
    if source.origin and source.origin.casefold() != source.publisher.casefold():
        return f"{source.origin}, reported by {source.publisher}"
    return source.publisher


def years_between(earlier: date, later: date) -> int:
    """How many whole years lie between two days."""
    before = (later.month, later.day) < (earlier.month, earlier.day)
    return max(0, later.year - earlier.year - before)


def age_of(figure: Figure, source: Source) -> str:
    """How long ago it was: "Period ended 6 years ago, published 5 years ago"."""
    parts = [f"Period ended {_format_age(figure.period.end)}"]
    publication_date = formatting.last_day(source.published) if source.published else None
    if publication_date is not None:
        parts.append(f"published {_format_age(publication_date)}")
    return ", ".join(parts)


def _format_age(day: date) -> str:
    years = years_between(day, today())
    return formatting.pluralise(years, "year") + " ago" if years else "less than a year ago"


def newest_line(library: EvidenceLibrary, place: str, measure_id: str = "") -> str:
    """The newest figure of any kind that a page of a place takes in, in a line; empty where there is none.

    ``measure_id`` is the measure that is shown: a figure of another says what it counts.
    """
    figure = newest_of(library, default_figures(library, place, measure_id))
    if figure is None:
        return ""
    measure = library.measure(figure.measure)
    source = library.source(figure.source)
    platform = library.platform(figure.platform).name if figure.platform else ""
    parts = [part for part in (platform, figure.breakdown if measure.unit is not Unit.CHANGE else "") if part]
    prefix = f"{', '.join(parts)}: " if parts else ""
    amount = formatting.describe_amount(figure.amount, measure.unit, figure.base)
    if measure.unit is Unit.CHANGE:
        amount = f"{amount} {figure.breakdown}"
    what = "" if measure.id == measure_id or measure.unit is Unit.CHANGE else f", {measure.name}"
    doubt = ", in doubt" if figure.in_doubt is not None else ""
    years = years_between(figure.period.end, today())
    old = f", {years} years old" if years > _OLD else ""
    return (
        f"Newest: {prefix}{amount} in {formatting.period_in_sentence(figure.period)}{what} "
        f"({source_attribution(source)}{_date_suffix(source)}{doubt}{old})"
    )


def _date_suffix(source: Source) -> str:
    return f", {formatting.short_date(source.published)}" if source.published else ""


def newest_of(library: EvidenceLibrary, figures: Iterable[Figure]) -> Figure | None:
    """The figure whose period ends last: of as late ones an undivided one, then of the longer period."""

    def sort_key(figure: Figure) -> tuple[bool, bool, int, int, str, str]:
        unit = library.measure(figure.measure).unit
        has_breakdown = bool(figure.platform) or (figure.breakdown != "" and unit is not Unit.CHANGE)
        length = -abs(count_months(figure.period) - _YEAR)
        publication_date = library.source(figure.source).published
        return (
            figure.in_doubt is None,
            not has_breakdown,
            -unit_rank(unit),
            length,
            publication_date,
            figure.id,
        )

    numeric_figures = [f for f in figures if f.amount.number is not None and f.measure not in HEADS]
    several = [f for f in numeric_figures if f.period.kind is not PeriodKind.SEVERAL_YEARS] or numeric_figures
    last = max((f.period.end for f in several), default=None)
    return max((f for f in several if f.period.end == last), key=sort_key, default=None)


def describe_publication_history(library: EvidenceLibrary, figure: Figure) -> str:
    """All that was published for the same thing, the newest first; empty where there is only this."""
    about = library.figures(place=figure.place, measure=figure.measure)
    same = [one for one in about if subject_key(one) == subject_key(figure)]
    publications = [(library.source(one.source), one) for one in same]
    publications.sort(key=lambda pair: (pair[0].published, pair[1].id), reverse=True)
    unit = library.measure(figure.measure).unit
    lines = [
        f"{formatting.format_amount(one.amount, unit)} ({source_attribution(source)}{_date_suffix(source)})"
        for source, one in publications
    ]
    lines += _by_quarters(library, figure, about)
    return "; ".join(dict.fromkeys(lines)) if len(dict.fromkeys(lines)) > 1 else ""


def _by_quarters(library: EvidenceLibrary, figure: Figure, about: Sequence[Figure]) -> list[str]:
    """What the quarters of a newer publication add up to over the figure's own period."""
    if figure.platform or figure.breakdown or figure.period.kind is PeriodKind.QUARTER:
        return []
    if library.measure(figure.measure).unit is not Unit.OFFENCES:
        return []
    by_source: dict[str, list[Figure]] = {}
    for one in about:
        inside = figure.period.start <= one.period.start and one.period.end <= figure.period.end
        plain = not one.platform and not one.breakdown and one.amount.number is not None
        if one.period.kind is PeriodKind.QUARTER and inside and plain and one.source != figure.source:
            by_source.setdefault(one.source, []).append(one)
    lines: list[str] = []
    for id_, quarters in by_source.items():
        source = library.source(id_)
        whole = len({q.period.text for q in quarters}) * _QUARTER == count_months(figure.period)
        if whole and source.published > library.source(figure.source).published:
            total = sum((q.amount.number or Decimal(0) for q in quarters), Decimal(0))
            lines.append(f"{format_number(total)} by its quarters ({source_attribution(source)}{_date_suffix(source)})")
    return lines
