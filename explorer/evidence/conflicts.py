"""Figures about the same thing that differ: which they are, which one is preferred, and why.

Differing figures are shown, never silently chosen between; the rule here only says which is drawn. A figure
without a number differs from nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from . import wording
from .amounts import compatible
from .model import Figure, Source, SourceKind, Status


class Rule(enum.StrEnum):
    """Which of several differing figures is preferred."""

    NEWEST = "newest"
    """The one published last: restatements are normal."""
    FIRST = "first"
    """The one published first."""


class Conflict(Struct, frozen=True, kw_only=True):
    """Figures of one measure, place, period, platform and breakdown whose numbers cannot all hold."""

    figures: tuple[Figure, ...]
    """All that are about this one thing, those that agree with each other among them, in the order given."""
    preferred: str
    """The id of the figure to draw."""
    reason: str
    """One sentence: why that one."""


Subject = tuple[str, str, str, str, str, str]


def subject(figure: Figure) -> Subject:
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
    figures: Iterable[Figure], sources: Mapping[str, Source], rule: Rule = Rule.NEWEST
) -> tuple[Conflict, ...]:
    """The conflicts among ``figures``, in the order of their first figures. No figure is in two of them.

    ``sources`` gives the sources of the figures by id; one that is not there counts as undated.
    """
    about: dict[Subject, list[Figure]] = {}
    for figure in figures:
        if figure.amount.number is not None:
            about.setdefault(subject(figure), []).append(figure)
    return tuple(
        _conflict(group, sources, rule)
        for group in about.values()
        if len(group) > 1 and not compatible(tuple(figure.amount for figure in group))
    )


_OWN = frozenset({SourceKind.RELEASE, SourceKind.OFFICIAL})
_MONTH = 7
"""How much of a date tells: reports of one release follow it by days, and some dates have no day."""


def own_pages(sources: Iterable[Source]) -> frozenset[str]:
    """The ids of those sources that are a publisher's own page, and not a report of one."""
    return frozenset(source.id for source in sources if source.kind in _OWN)


def prefer(
    figures: Sequence[Figure],
    published: Mapping[str, str],
    rule: Rule = Rule.NEWEST,
    own: frozenset[str] = frozenset(),
) -> Figure:
    """The figure that ``rule`` prefers. ``published`` gives the date of a source by its id.

    A figure in doubt comes after every other. Where the dates do not tell, to the month, a publisher's own
    page (``own``, ids of sources) comes before reports of it, then a revised figure, and then the lowest id.
    """

    def standing(figure: Figure) -> tuple[bool, bool, str]:
        return figure.source not in own, figure.amount.status is not Status.REVISED, figure.id

    by_standing = sorted(figures, key=standing)
    newest = rule is Rule.NEWEST
    by_date = sorted(by_standing, key=lambda f: published.get(f.source, "")[:_MONTH], reverse=newest)
    return sorted(by_date, key=lambda f: f.in_doubt is not None)[0]


def _conflict(group: list[Figure], known: Mapping[str, Source], rule: Rule) -> Conflict:
    published = {source.id: source.published for source in known.values()}
    preferred = prefer(group, published, rule, own_pages(known.values()))
    return Conflict(
        figures=tuple(group), preferred=preferred.id, reason=_reason(group, preferred, known, rule)
    )


def _reason(group: list[Figure], preferred: Figure, known: Mapping[str, Source], rule: Rule) -> str:
    source = known.get(preferred.source)
    if preferred.in_doubt is None and any(figure.in_doubt is not None for figure in group):
        doubted = next(figure for figure in group if figure.in_doubt is not None)
        return f"The other is in doubt, so this one is shown. {doubted.doubt}"
    dates = {known[figure.source].published[:_MONTH] for figure in group if figure.source in known}
    if source is not None and len(dates) < 2 and source.kind in _OWN:
        others = "other is a report" if len(group) == 2 else "others are reports"
        return f"{source.publisher}'s own page is shown; the {others} of the same month."
    if source is None or len(dates) < 2:
        revised = "is marked as revised" if preferred.amount.status is Status.REVISED else "comes first"
        return f"The sources do not differ in date, so the figure that {revised} is shown."
    rest = "other stands" if len(group) == 2 else "others stand"
    when = "newest" if rule is Rule.NEWEST else "first"
    return (
        f"The {when} of these publications is shown: {source.publisher}, "
        f"{wording.day(source.published)}; the {rest} beside it."
    )
