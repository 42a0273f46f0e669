"""Discrepancies of platforms: one above the total of its place, and shares of single apps beyond 100%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from explorer.evidence import formatting
from explorer.evidence.analysis import ForceCoverage, is_partial, summing
from explorer.evidence.model import Figure, Unit

from .model import Discrepancy, DiscrepancyKind
from .periods import is_summed

_HUNDRED = 100
_TOTALS = frozenset({"", "platform recorded"})
"""The breakdowns of counts that take every platform in."""
_SEVERAL = re.compile(r"\b(?:several|multiple|more than one|two or more) (?:platform|app|site)s?\b", re.IGNORECASE)
_NAME_SEPARATOR = re.compile(r",| or | and ")


def above_total(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Counts of a platform that are above what is published for the whole place."""
    totals: dict[tuple[str, ...], list[Figure]] = {}
    parts: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if not is_summed(figure, coverage.record):
            continue
        key = (figure.measure, figure.place, figure.period.text, figure.basis)
        if figure.platform is None and figure.breakdown in _TOTALS and not is_partial(figure):
            totals.setdefault((*key, figure.breakdown), []).append(figure)
        elif figure.platform is not None and not figure.breakdown:
            parts.setdefault(key, {}).setdefault(figure.platform, []).append(figure)
    for key, platforms in parts.items():
        for slot in platforms.values():
            wholes = [totals[*key, one] for one in sorted(_TOTALS) if (*key, one) in totals]
            yield from _iter_platform_excess(slot, wholes, coverage)


def _iter_platform_excess(
    slot: Sequence[Figure], wholes: Sequence[Sequence[Figure]], coverage: ForceCoverage
) -> Iterator[Discrepancy]:
    part = summing.lowest_figure(slot)
    for totals in wholes if part is not None else ():
        comparable_totals = [one for one in totals if part is not None and not coverage.has_different_forces(one, part)]
        whole = summing.highest_figure(comparable_totals) if comparable_totals else None
        if part is None or whole is None or not summing.is_above(summing.lower_bound(part), whole):
            continue
        name = coverage.record.platform(part.platform or "").name
        where = formatting.place_in_sentence(coverage.record.places.get(part.place))
        of = " where the platform was recorded" if whole.breakdown else " in all"
        unsure = "" if coverage.has_same_forces(whole, part) else " The two need not count the same forces."
        yield Discrepancy(
            kind=DiscrepancyKind.PLATFORM,
            figures=(whole.id, part.id),
            text=f"In {formatting.period_in_sentence(part.period)}, {summing.format_count(part)} on {name} is more "
            f"than the {summing.format_count(whole)} published for {where}{of}.{unsure}",
            places=(part.place,),
        )
        return


def shares_above_all(figures: Iterable[Figure], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    """Shares of single apps, of one source and base, that come to more than 100%."""
    together: dict[tuple[str, ...], dict[str, list[Figure]]] = {}
    for figure in figures:
        if figure.platform is None or coverage.record.measure(figure.measure).unit is not Unit.PER_CENT:
            continue
        if not coverage.record.platform(figure.platform).members:
            key = (
                *(figure.measure, figure.place, figure.period.text, figure.source),
                *(figure.base, figure.base_figure or "", figure.breakdown, figure.basis),
            )
            together.setdefault(key, {}).setdefault(figure.platform, []).append(figure)
    for slots in together.values():
        if len(slots) > 1:
            yield from _iter_share_excess(slots.values(), coverage)


def _iter_share_excess(slots: Iterable[Sequence[Figure]], coverage: ForceCoverage) -> Iterator[Discrepancy]:
    shares = [one for one in map(summing.lowest_figure, slots) if one is not None]
    apart: list[Figure] = []
    names: set[str] = set()
    for share in sorted(shares, key=lambda one: (-summing.lower_bound(one), one.id)):
        mine = {
            one.strip() for one in _NAME_SEPARATOR.split(coverage.record.platform(share.platform or "").name.casefold())
        }
        if names.isdisjoint(mine):
            apart.append(share)
            names |= mine
    if sum(map(summing.lower_bound, apart), summing.NOTHING) <= _HUNDRED:
        return
    share_phrases = [
        f"{coverage.record.platform(one.platform or '').name} "
        f"{formatting.amount_in_sentence(one.amount, Unit.PER_CENT)}"
        for one in apart
    ]
    first = apart[0]
    several = (
        "The source says that an offence can be on several platforms."
        if _may_be_several(apart, coverage)
        else "They can only pass 100% where one offence is counted under several apps."
    )
    yield Discrepancy(
        kind=DiscrepancyKind.SHARES,
        figures=tuple(one.id for one in apart),
        text=f"The shares published for single apps in {formatting.period_in_sentence(first.period)}, "
        f"{formatting.join_list(share_phrases)}, come to "
        f"{formatting.format_number(summing.sum_point_estimates(apart))}%. {several}",
        places=(first.place,),
    )


def _may_be_several(shares: Sequence[Figure], coverage: ForceCoverage) -> bool:
    try:
        source_note = coverage.record.source(shares[0].source).note
    except KeyError:
        source_note = ""
    texts = [source_note, *(f"{one.base} {one.coverage} {one.note}" for one in shares)]
    return any(_SEVERAL.search(text) for text in texts)
