"""What two figures cover, and where that changes: how many forces answered, which forces a region holds.

It says where a line through figures must break and why. It compares no numbers: what may be worked out across
a break is decided in ``derive``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from . import wording
from .model import Figure, Level, Place
from .record import Record


class ScopeKind(enum.StrEnum):
    """In what way two figures do not cover the same."""

    FORCES = "forces"
    """Different numbers of forces answered."""
    MEMBERSHIP = "membership"
    """One region, counted from different forces."""
    PLACES = "places"
    """Different places, such as England and Wales against the United Kingdom."""
    PARTIAL = "partial"
    """One of the two leaves out part of its period for some force."""


class Break(Struct, frozen=True, kw_only=True):
    """A change of coverage between two figures."""

    before: str
    after: str
    """The ids of the two figures."""
    kinds: tuple[ScopeKind, ...]
    text: str
    """One plain sentence: what changed."""


Memberships = Mapping[tuple[str, str], frozenset[str]]
"""The forces that a release counts in a region, by the region's code and the release's source."""
_ONE_FORCE = frozenset({Level.FORCE, Level.LOCAL_AUTHORITY})
_PARTIAL = re.compile(r"\bmonths only\b|\bonly [a-z0-9]+ months\b|\bpart of the (?:year|period)\b", re.I)


def memberships(record: Record) -> Memberships:
    """The forces of each region as far as releases say them."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for region in record.regions():
        key = (region.place, region.source)
        found[key] = found.get(key, frozenset()) | frozenset(region.forces)
    return found


def breaks(figures: Sequence[Figure], record: Record) -> tuple[Break, ...]:
    """The changes of coverage between neighbours among ``figures``, in the order given.

    A figure that does not say how many forces it stands on takes no part in that comparison: its neighbours
    are compared across it, and the break stands just before the later one.
    """
    known = memberships(record)
    found: list[Break] = []
    told: Figure | None = None
    for before, after in pairwise(figures):
        told = before if before.forces_responding is not None or told is None else told
        compared = told if told.place == before.place else before
        found.extend(_break(before, compared, after, record, known))
    return tuple(found)


def comparable(
    earlier: Figure, later: Figure, record: Record, known: Memberships | None = None
) -> Break | None:
    """What keeps the two from covering the same; None where nothing is known to. ``known`` saves asking."""
    held = memberships(record) if known is None else known
    return next(iter(_break(earlier, earlier, later, record, held)), None)


def is_partial(figure: Figure) -> bool:
    """Whether its coverage says that a force gave only a part of the period."""
    return _PARTIAL.search(figure.coverage) is not None


def _break(
    before: Figure, answered: Figure, after: Figure, record: Record, known: Memberships
) -> tuple[Break, ...]:
    """The break between neighbours; ``answered`` is the last figure up to ``before`` that counts forces."""
    said = {
        ScopeKind.PLACES: _places(before, after, record),
        ScopeKind.FORCES: _forces(answered, after, record),
        ScopeKind.MEMBERSHIP: _membership(before, after, record, known),
        ScopeKind.PARTIAL: _partial(before, after),
    }
    told = {kind: text for kind, text in said.items() if text}
    if not told:
        return ()
    text = wording.sentence("; ".join(told.values()))
    return (Break(before=before.id, after=after.id, kinds=tuple(told), text=text),)


def _places(before: Figure, after: Figure, record: Record) -> str:
    if before.place == after.place:
        return ""
    earlier, later = (wording.place(record.places.get(one.place)) for one in (before, after))
    return (
        f"{wording.period(before.period)} is counted for {earlier} and {wording.period(after.period)} "
        f"for {later}"
    )


def _forces(before: Figure, after: Figure, record: Record) -> str:
    earlier, later = before.forces_responding, after.forces_responding
    levels = {record.places.get(one.place).level for one in (before, after)}
    if earlier is None or later is None or earlier == later or levels & _ONE_FORCE:
        return ""
    return (
        f"{earlier} police {'force' if earlier == 1 else 'forces'} answered for "
        f"{wording.period(before.period)} and {later} for {wording.period(after.period)}"
    )


def _membership(before: Figure, after: Figure, record: Record, known: Memberships) -> str:
    if before.place != after.place:
        return ""
    earlier, later = (_counted(one, record, known) for one in (before, after))
    if earlier is None or later is None or earlier == later:
        return ""
    here = record.places.get(before.place)
    return f"{here.name} is counted {difference(earlier, later, record)} from {wording.period(after.period)}"


def _counted(figure: Figure, record: Record, known: Memberships) -> frozenset[str] | None:
    """The forces a figure counts: as its release lists them, or another that prints the same number does."""
    own = known.get((figure.place, figure.source))
    if own is not None or not any(place == figure.place for place, _ in known):
        return own
    for other in record.figures(place=figure.place, measure=figure.measure, platform=figure.platform or ""):
        alike = other.period == figure.period and other.breakdown == figure.breakdown
        if alike and other.amount == figure.amount and (other.place, other.source) in known:
            return known[other.place, other.source]
    return None


def difference(earlier: frozenset[str], later: frozenset[str], record: Record) -> str:
    """How ``later`` forces differ from ``earlier`` ones: "with Cumbria and without Humberside"."""
    parts = [
        f"{how} {wording.listing([_name(code, record) for code in _ordered(codes, record)])}"
        for how, codes in (("with", later - earlier), ("without", earlier - later))
        if codes
    ]
    return " and ".join(parts)


def _ordered(codes: frozenset[str], record: Record) -> list[str]:
    places = record.places
    return sorted(codes, key=lambda code: (places.position(code) if code in places else len(places), code))


def _name(code: str, record: Record) -> str:
    place: Place | None = record.places.get(code) if code in record.places else None
    return code if place is None else place.name


def _partial(before: Figure, after: Figure) -> str:
    earlier, later = is_partial(before), is_partial(after)
    if earlier == later:
        return ""
    part = before if earlier else after
    return f"{wording.period(part.period)} leaves out part of the year for some forces"
