"""Discrepancies of platforms: one above the total of its place, and shares of single apps beyond 100%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import summing, wording
from .coverage import Coverage
from .doubts import Doubt, DoubtKind
from .doubts_periods import is_summed
from .model import Figure, Unit
from .scope import is_partial

_HUNDRED = 100
_TOTALS = frozenset({"", "platform recorded"})
"""The breakdowns of counts that take every platform in."""
_SEVERAL = re.compile(
    r"\b(?:several|multiple|more than one|two or more) (?:platform|app|site)s?\b", re.IGNORECASE
)
_JOINED = re.compile(r",| or | and ")


def above_total(figures: Iterable[Figure], coverage: Coverage) -> Iterator[Doubt]:
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
            yield from _above(slot, wholes, coverage)


def _above(slot: Sequence[Figure], wholes: Sequence[Sequence[Figure]], coverage: Coverage) -> Iterator[Doubt]:
    part = summing.lowest(slot)
    for totals in wholes if part is not None else ():
        kept = [one for one in totals if part is not None and not coverage.differ(one, part)]
        whole = summing.highest(kept) if kept else None
        if part is None or whole is None or not summing.above(summing.least(part), whole):
            continue
        name = coverage.record.platform(part.platform or "").name
        where = wording.place(coverage.record.places.get(part.place))
        of = " where the platform was recorded" if whole.breakdown else " in all"
        unsure = "" if coverage.alike(whole, part) else " The two need not count the same forces."
        yield Doubt(
            kind=DoubtKind.PLATFORM,
            figures=(whole.id, part.id),
            text=f"In {wording.period(part.period)}, {summing.n(part)} on {name} is more "
            f"than the {summing.n(whole)} published for {where}{of}.{unsure}",
            places=(part.place,),
        )
        return


def shares_above_all(figures: Iterable[Figure], coverage: Coverage) -> Iterator[Doubt]:
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
            yield from _beyond(slots.values(), coverage)


def _beyond(slots: Iterable[Sequence[Figure]], coverage: Coverage) -> Iterator[Doubt]:
    shares = [one for one in map(summing.lowest, slots) if one is not None]
    apart: list[Figure] = []
    names: set[str] = set()
    for share in sorted(shares, key=lambda one: (-summing.least(one), one.id)):
        mine = {
            one.strip()
            for one in _JOINED.split(coverage.record.platform(share.platform or "").name.casefold())
        }
        if names.isdisjoint(mine):
            apart.append(share)
            names |= mine
    if sum(map(summing.least, apart), summing.NOTHING) <= _HUNDRED:
        return
    named = [
        f"{coverage.record.platform(one.platform or '').name} {wording.amount(one.amount, Unit.PER_CENT)}"
        for one in apart
    ]
    first = apart[0]
    several = (
        "The source says that an offence can be on several platforms."
        if _may_be_several(apart, coverage)
        else "They can only pass 100% where one offence is counted under several apps."
    )
    yield Doubt(
        kind=DoubtKind.SHARES,
        figures=tuple(one.id for one in apart),
        text=f"The shares published for single apps in {wording.period(first.period)}, "
        f"{wording.listing(named)}, come to {wording.number(summing.points(apart))}%. {several}",
        places=(first.place,),
    )


def _may_be_several(shares: Sequence[Figure], coverage: Coverage) -> bool:
    try:
        said = coverage.record.source(shares[0].source).note
    except KeyError:
        said = ""
    texts = [said, *(f"{one.base} {one.coverage} {one.note}" for one in shares)]
    return any(_SEVERAL.search(text) for text in texts)
