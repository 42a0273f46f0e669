"""Doubts about what a figure covers: one count for two places, one region counted in two ways.

They rest on figures that are too alike to be of different places, and on what releases say of their regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from explorer.evidence import formatting
from explorer.evidence.amounts import are_compatible
from explorer.evidence.analysis import describe_force_difference, published_on, tree_forces
from explorer.evidence.model import Amount, Figure, PlaceLevel, Unit
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import Repository

from .model import Discrepancy, DiscrepancyKind

_FEWEST = 2
"""A number below this, or a count of fewer forces, is shared too easily to mean anything."""
_SMALLEST_TWIN = 20


def duplicate_counts(figures: Iterable[Figure], record: Repository) -> Iterator[Discrepancy]:
    """Two places apart from each other with the same count and the same share of a platform for a period."""
    counts: dict[tuple[str, str, Amount], list[Figure]] = {}
    shares: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        unit = record.measure(figure.measure).unit
        if figure.breakdown or figure.amount.number is None:
            continue
        if unit is Unit.OFFENCES and figure.platform is None and figure.amount.number >= _SMALLEST_TWIN:
            counts.setdefault((figure.measure, figure.period.text, figure.amount), []).append(figure)
        elif unit is Unit.PER_CENT and figure.platform is not None:
            shares.setdefault((figure.place, figure.period.text), []).append(figure)
    for (_, period, _), several in counts.items():
        figures_with_shares = [figure for figure in several if (figure.place, period) in shares]
        for first, second in combinations(figures_with_shares, 2):
            if _is_separate(record.places, first, second):
                mine, theirs = shares.get((first.place, period), ()), shares.get((second.place, period), ())
                yield from _iter_duplicate_pair(first, second, mine, theirs, record)


def _iter_duplicate_pair(
    first: Figure, second: Figure, mine: Sequence[Figure], theirs: Sequence[Figure], record: Repository
) -> Iterator[Discrepancy]:
    for share in mine:
        for other in theirs:
            same = (share.measure, share.platform) == (other.measure, other.platform)
            if same and share.amount == other.amount and share.source != other.source:
                places = [formatting.place_in_sentence(record.places.get(one.place)) for one in (first, second)]
                name = record.platform(share.platform or "").name
                count = formatting.amount_in_sentence(first.amount, Unit.OFFENCES)
                text = (
                    f"The same count ({count}) and the same share of {name} "
                    f"({formatting.amount_in_sentence(share.amount, Unit.PER_CENT)}) are published for {places[0]} and "
                    f"for {places[1]}. Neither area lies within the other, so one of the two may be misplaced."
                )
                yield Discrepancy(
                    kind=DiscrepancyKind.TWIN,
                    figures=(first.id, second.id, share.id, other.id),
                    text=text,
                    places=(first.place, second.place),
                )
                return


def _is_separate(places: PlaceTree, first: Figure, second: Figure) -> bool:
    if first.place == second.place or first.source == second.source:
        return False
    return not (is_within(places, first.place, second.place) or is_within(places, second.place, first.place))


def is_within(places: PlaceTree, inner: str, outer: str) -> bool:
    """Whether one place is another, stands under it or is counted in it."""
    path = {place.code for place in places.path(inner)}
    return outer in path or not path.isdisjoint(places.get(outer).members)


def scope_mismatches(figures: Iterable[Figure], record: Repository) -> Iterator[Discrepancy]:
    """A count published for a place and for a part of it, from the same number of forces."""
    alike: dict[tuple[str, str, int], list[Figure]] = {}
    for figure in figures:
        responding_forces = figure.forces_responding
        if responding_forces is None or responding_forces < _FEWEST or figure.platform or figure.breakdown:
            continue
        if record.measure(figure.measure).unit is Unit.OFFENCES and figure.amount.number is not None:
            alike.setdefault((figure.measure, figure.period.text, responding_forces), []).append(figure)
    for (_, _, responding_forces), several in alike.items():
        yield from _iter_scope_mismatches(several, responding_forces, record)


def _iter_scope_mismatches(
    several: Sequence[Figure], responding_forces: int, record: Repository
) -> Iterator[Discrepancy]:
    """All that is published for two such places together, so that two reports of one count are one doubt."""
    codes = sorted({figure.place for figure in several}, key=record.places.position)
    for outer, inner in combinations(codes, 2):
        if not is_within(record.places, inner, outer):
            continue
        wide = [figure for figure in several if figure.place == outer]
        narrow = [figure for figure in several if figure.place == inner]
        fit = [(a, b) for a in wide for b in narrow if are_compatible((a.amount, b.amount)) and a.source != b.source]
        if not fit:
            continue
        numbers = [
            f"{formatting.amount_in_sentence(one.amount, Unit.OFFENCES)} for "
            f"{formatting.place_in_sentence(record.places.get(one.place))}"
            for one in fit[0]
        ]
        yield Discrepancy(
            kind=DiscrepancyKind.SCOPE,
            figures=tuple(dict.fromkeys(figure.id for pair in fit for figure in pair)),
            text=f"Published as {formatting.join_list(numbers)}, each from {responding_forces} police forces: "
            "these look like one count, and the two areas are not the same.",
            places=(outer, inner),
        )


def membership_changes(figures: Iterable[Figure], record: Repository) -> Iterator[Discrepancy]:
    """Regions that releases count from different forces, or from others than stand under them."""
    lists: dict[str, dict[str, frozenset[str]]] = {}
    for region in record.regions():
        if region.place in record.places and record.places.get(region.place).level is PlaceLevel.REGION:
            forces_by_source = lists.setdefault(region.place, {})
            forces_by_source[region.source] = forces_by_source.get(region.source, frozenset()) | frozenset(
                region.forces
            )
    under = {code: frozenset(tree_forces(record.places, code)) for code in lists}
    affected_figures: dict[str, list[Figure]] = {code: [] for code in lists}
    for figure in figures:
        # A release that counts a region as it stands differs from nothing.
        if lists.get(figure.place, {}).get(figure.source, under.get(figure.place)) != under.get(figure.place):
            affected_figures[figure.place].append(figure)
    for code in sorted(lists, key=record.places.position):
        own = under[code]
        if any(forces != own for forces in lists[code].values()):
            yield Discrepancy(
                kind=DiscrepancyKind.MEMBERSHIP,
                figures=tuple(figure.id for figure in affected_figures[code]),
                text=_describe_memberships(code, own, lists[code], record),
                places=(code,),
            )


_JUST = "with just those forces"


def _describe_memberships(code: str, own: frozenset[str], lists: dict[str, frozenset[str]], record: Repository) -> str:
    """How each release counts a region, beside the forces that stand under it."""
    when: dict[frozenset[str], list[str]] = {}
    for source, forces in sorted(lists.items(), key=lambda item: (published_on(record, item[0]), item[0])):
        when.setdefault(forces, []).append(_publication_phrase(record, source))
    membership_phrases = [
        f"{describe_force_difference(own, forces, record) or _JUST} ({formatting.join_list(list(dict.fromkeys(days)))})"
        for forces, days in when.items()
    ]
    here = formatting.place_in_sentence(record.places.get(code))
    return (
        f"Beside the forces that official statistics place there, {here} is "
        f"counted {formatting.join_list(membership_phrases)}."
    )


def _publication_phrase(record: Repository, source: str) -> str:
    published_date = published_on(record, source)
    return formatting.on_day(published_date) if published_date else source
