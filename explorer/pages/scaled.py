"""Counts told otherwise: as an index of a base period, or per 100,000 people.

A value is worked out only where it means something: no index across a change of coverage, no rate for a year
that no population is held for. What is refused is said in a note, and stands as not available.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct, field

from explorer.evidence.model import Figure, Period
from explorer.evidence.rates import rate_of
from explorer.evidence.scope import comparable
from explorer.packs.library import Library

from . import words
from .question import Scale

PEOPLE = "population"
"""The measure that rates are taken of: mid-year estimates, by calendar year."""
_HUNDRED = Decimal(100)
_NAMED = 12
"""How many refused figures a note names."""


class Scaled(Struct, frozen=True, kw_only=True):
    """What figures come to on a scale, by figure id. ``values`` is None for counts as they are."""

    scale: Scale = Scale.COUNT
    values: dict[str, Decimal] | None = None
    axis: str = ""
    base: Period | None = None
    notes: tuple[str, ...] = ()
    used: tuple[Figure, ...] = field(default=())
    """The figures of population that rates stand on."""

    def of(self, figure: Figure) -> Decimal | None:
        """The figure's value on the scale; None where there is none."""
        return figure.amount.number if self.values is None else self.values.get(figure.id)


def scaled(library: Library, figures: Sequence[Figure], scale: Scale, base: str) -> Scaled:
    """``figures`` (counts of one measure) on a scale. ``base``: a period's text, or empty."""
    if scale is Scale.CHANGE:
        return _index(library, figures, base)
    if scale is Scale.RATE:
        return _rate(library, figures)
    return Scaled()


def bases(figures: Sequence[Figure]) -> tuple[Period, ...]:
    """The periods that change may be counted from, those that the most places have first in time."""
    held: dict[str, set[str]] = {}
    found: dict[str, Period] = {}
    for figure in figures:
        if figure.amount.number:
            held.setdefault(figure.period.text, set()).add(figure.place)
            found[figure.period.text] = figure.period
    most = max((len(places) for places in held.values()), default=0)
    return tuple(
        sorted((p for t, p in found.items() if len(held[t]) == most), key=lambda p: (p.start, p.end))
    )


def _index(library: Library, figures: Sequence[Figure], wanted: str) -> Scaled:
    possible = {f.period.text: f.period for f in figures if f.amount.number}
    usual = bases(figures)
    base = possible.get(wanted) or (usual[0] if usual else None)
    if base is None:
        return Scaled(scale=Scale.CHANGE, values={}, axis="Index", notes=("No period can be counted from.",))
    values: dict[str, Decimal] = {}
    without: list[str] = []
    parted: list[str] = []
    for place in dict.fromkeys(f.place for f in figures):
        own = [f for f in figures if f.place == place]
        first = next((f for f in own if f.period == base and f.amount.number), None)
        if first is None:
            without.append(library.places.get(place).name)
            continue
        for figure in own:
            if figure.amount.number is None or not _alike(first, figure):
                continue
            if comparable(first, figure, library) is not None:
                parted.append(f"{library.places.get(place).name} {figure.period.label}")
                continue
            values[figure.id] = figure.amount.number / (first.amount.number or _HUNDRED) * _HUNDRED
    return Scaled(
        scale=Scale.CHANGE,
        values=values,
        axis=f"Index: {base.label} = 100",
        base=base,
        notes=tuple(_index_notes(base, without, parted)),
    )


def _alike(first: Figure, other: Figure) -> bool:
    return first.period.kind is other.period.kind


def _index_notes(base: Period, without: Sequence[str], parted: Sequence[str]) -> Iterable[str]:
    yield (
        f"Each place's number of {base.label} is 100: 150 is half as many again. "
        "Small numbers move an index far."
    )
    if without:
        yield f"No number of {base.label} is printed for {words.listed(without)}, so no index is worked out."
    if parted:
        yield f"Not worked out across a change of coverage: {words.listed(parted)}."


def _rate(library: Library, figures: Sequence[Figure]) -> Scaled:
    values: dict[str, Decimal] = {}
    used: list[Figure] = []
    refused: dict[str, None] = {}
    for figure in figures:
        try:
            rate = rate_of(figure, library)
        except ValueError:
            refused[f"{library.places.get(figure.place).name} {figure.period.label}"] = None
            continue
        values[figure.id] = rate.amount
        used += library.figures(ids=[one for one in rate.inputs if one != figure.id])
    return Scaled(
        scale=Scale.RATE,
        values=values,
        axis="Offences recorded per 100,000 people",
        notes=tuple(_rate_notes(library, used, list(refused))),
        used=tuple(used),
    )


def _rate_notes(library: Library, used: Sequence[Figure], refused: Sequence[str]) -> Iterable[str]:
    if used:
        years = words.listed(sorted({f.period.label for f in used}))
        told = words.listed(dict.fromkeys(words.source_named(library.source(f.source)) for f in used))
        yield (
            f"Rates are per 100,000 people of all ages, on mid-year population estimates of {years} "
            f"({told}); each stands for the financial year that begins in it."
        )
    if refused:
        yield (
            f"No population of that year is held, so no rate is worked out: {words.listed(refused[:12])}"
            + (f" and {len(refused) - 12} more." if len(refused) > 12 else ".")
        )
