"""Figures about the same thing that differ: which they are, which one is preferred, and why.

Differing figures are shown, never silently chosen between; the rule here only says which is drawn. A figure
without a number differs from nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from explorer.evidence import formatting

from .amounts import are_compatible
from .model import Figure, FigureStatus, Source, SourceKind


class Preference(enum.StrEnum):
    """Which of several differing figures is preferred."""

    NEWEST = "newest"
    """The one published last: restatements are normal."""
    FIRST = "first"
    """The one published first."""


class ConflictingFigures(Struct, frozen=True, kw_only=True):
    """Figures of one measure, place, period, platform and breakdown whose numbers cannot all hold."""

    figures: tuple[Figure, ...]
    """All that are about this one thing, those that agree with each other among them, in the order given."""
    preferred_id: str
    """The id of the figure to draw."""
    reason: str
    """One sentence: why that one."""


Subject = tuple[str, str, str, str, str, str]


def subject_key(figure: Figure) -> Subject:
    """What a figure is about: its measure, place, period, platform and breakdown, and what it is made on."""
    platform = figure.platform or ""
    return (
        figure.measure,
        figure.place,
        figure.period.text,
        platform,
        figure.breakdown,
        figure.basis,
    )


def find_conflicts(
    figures: Iterable[Figure], sources: Mapping[str, Source], rule: Preference = Preference.NEWEST
) -> tuple[ConflictingFigures, ...]:
    """The conflicts among ``figures``, in the order of their first figures. No figure is in two of them.

    ``sources`` gives the sources of the figures by id; one that is not there counts as undated.
    """
    about: dict[Subject, list[Figure]] = {}
    for figure in figures:
        if figure.amount.number is not None:
            about.setdefault(subject_key(figure), []).append(figure)
    return tuple(
        _build_conflict(group, sources, rule)
        for group in about.values()
        if len(group) > 1 and not are_compatible(tuple(figure.amount for figure in group))
    )


_OWN = frozenset({SourceKind.RELEASE, SourceKind.OFFICIAL})
_MONTH = 7
"""How much of a date tells: reports of one release follow it by days, and some dates have no day."""


def primary_sources(sources: Iterable[Source]) -> frozenset[str]:
    """The ids of those sources that are a publisher's own page, and not a report of one."""
    return frozenset(source.id for source in sources if source.kind in _OWN)


def pick_preferred(
    figures: Sequence[Figure],
    source_dates: Mapping[str, str],
    rule: Preference = Preference.NEWEST,
    own: frozenset[str] = frozenset(),
) -> Figure:
    """The figure that ``rule`` prefers. ``source_dates`` gives the date of a source by its id.

    A figure in doubt comes after every other. Where the dates do not tell, to the month, a publisher's own
    page (``own``, ids of sources) comes before reports of it, then a revised figure, and then the lowest id.
    """

    def sort_key(figure: Figure) -> tuple[bool, bool, str]:
        return figure.source not in own, figure.amount.status is not FigureStatus.REVISED, figure.id

    by_standing = sorted(figures, key=sort_key)
    newest = rule is Preference.NEWEST
    by_date = sorted(by_standing, key=lambda f: source_dates.get(f.source, "")[:_MONTH], reverse=newest)
    return sorted(by_date, key=lambda f: f.in_doubt is not None)[0]


def _build_conflict(group: list[Figure], sources_by_id: Mapping[str, Source], rule: Preference) -> ConflictingFigures:
    source_dates = {source.id: source.published for source in sources_by_id.values()}
    preferred_figure = pick_preferred(group, source_dates, rule, primary_sources(sources_by_id.values()))
    return ConflictingFigures(
        figures=tuple(group),
        preferred_id=preferred_figure.id,
        reason=_preference_reason(group, preferred_figure, sources_by_id, rule),
    )


def _preference_reason(
    group: list[Figure], preferred_figure: Figure, sources_by_id: Mapping[str, Source], rule: Preference
) -> str:
    source = sources_by_id.get(preferred_figure.source)
    if preferred_figure.in_doubt is None and any(figure.in_doubt is not None for figure in group):
        doubtful_figure = next(figure for figure in group if figure.in_doubt is not None)
        return f"The other is in doubt, so this one is shown. {doubtful_figure.doubt}"
    dates = {sources_by_id[figure.source].published[:_MONTH] for figure in group if figure.source in sources_by_id}
    if source is not None and len(dates) < 2 and source.kind in _OWN:
        others = "other is a report" if len(group) == 2 else "others are reports"
        return f"{source.publisher}'s own page is shown; the {others} of the same month."
    if source is None or len(dates) < 2:
        status_phrase = (
            "is marked as revised" if preferred_figure.amount.status is FigureStatus.REVISED else "comes first"
        )
        return f"The sources do not differ in date, so the figure that {status_phrase} is shown."
    rest = "other stands" if len(group) == 2 else "others stand"
    when = "newest" if rule is Preference.NEWEST else "first"
    return (
        f"The {when} of these publications is shown: {source.publisher}, "
        f"{formatting.format_date(source.published)}; the {rest} beside it."
    )
