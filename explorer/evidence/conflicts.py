"""Figures about the same thing that differ: which they are, which one is preferred, and why.

Differing figures are shown, never silently chosen between; the rule here only says which is drawn. A figure
without a number differs from nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import wording
from .amounts import compatible
from .model import Figure, Source, Status


class Rule(enum.StrEnum):
    """Which of several differing figures is preferred."""

    NEWEST = "newest"
    """The one published last: restatements are normal."""
    FIRST = "first"
    """The one published first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Figures of one measure, place, period, platform and breakdown whose numbers cannot all hold."""

    figures: tuple[Figure, ...]
    """All that are about this one thing, those that agree with each other among them, in the order given."""
    preferred: str
    """The id of the figure to draw."""
    reason: str
    """One sentence: why that one."""


Subject = tuple[str, str, str, str, str]


def subject(figure: Figure) -> Subject:
    """What a figure is about: its measure, place, period, platform and breakdown."""
    return (figure.measure, figure.place, figure.period.text, figure.platform or "", figure.breakdown)


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


def prefer(figures: Sequence[Figure], published: Mapping[str, str], rule: Rule = Rule.NEWEST) -> Figure:
    """The figure that ``rule`` prefers. ``published`` gives the date of a source by its id.

    Where the dates do not tell, a revised figure comes first, and then the lowest id.
    """
    by_id = sorted(figures, key=lambda figure: (figure.amount.status is not Status.REVISED, figure.id))
    return sorted(by_id, key=lambda figure: published.get(figure.source, ""), reverse=rule is Rule.NEWEST)[0]


def _conflict(group: list[Figure], known: Mapping[str, Source], rule: Rule) -> Conflict:
    published = {source.id: source.published for source in known.values()}
    preferred = prefer(group, published, rule)
    return Conflict(
        figures=tuple(group), preferred=preferred.id, reason=_reason(group, preferred, known, rule)
    )


def _reason(group: list[Figure], preferred: Figure, known: Mapping[str, Source], rule: Rule) -> str:
    source = known.get(preferred.source)
    dates = {known[figure.source].published for figure in group if figure.source in known}
    if source is None or len(dates) < 2:
        revised = "is marked as revised" if preferred.amount.status is Status.REVISED else "comes first"
        return f"The sources do not differ in date, so the figure that {revised} is shown."
    rest = "other stands" if len(group) == 2 else "others stand"
    when = "newest" if rule is Rule.NEWEST else "first"
    return (
        f"The {when} of these publications is shown: {source.publisher}, "
        f"{wording.day(source.published)}; the {rest} beside it."
    )
