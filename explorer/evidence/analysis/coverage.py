"""What two figures cover, and whether they may be compared: the same forces, the same thing, no doubt.

Unknown coverage is not the same coverage: two figures are comparable only where both are known to count the
same police forces. It says where a line through figures must break and why. It compares no numbers: what may
be worked out is decided in ``derive``, and what chance could do in ``chance``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.model import Figure, MeasureBreak, PeriodKind, Place, PlaceLevel, RegionMembership
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import Repository
from explorer.support import IdentityCache


class ScopeKind(enum.StrEnum):
    """In what way two figures are not known to cover the same."""

    PLACES = "places"
    """Different places, such as England and Wales against the United Kingdom."""
    MEASURE = "measure"
    """What the measure counts changed between them."""
    FORCES = "forces"
    """Different numbers of forces answered."""
    MEMBERSHIP = "membership"
    """One region, counted from different forces."""
    UNKNOWN = "unknown"
    """Which forces one of them counts is not known."""
    PARTIAL = "partial"
    """One of the two leaves out part of its period for some force."""
    BASIS = "basis"
    """Two estimates that are made on different bases."""
    DOUBT = "doubt"
    """The place, the period or the completeness of one of the two is in doubt."""


class SeriesBreak(Struct, frozen=True, kw_only=True):
    """Why two figures may not be compared."""

    before: str
    after: str
    """The ids of the two figures."""
    kinds: tuple[ScopeKind, ...]
    text: str
    """One plain sentence: what changed, or what is not known."""

    @property
    def is_change(self) -> bool:
        """Whether something is known to have changed, rather than unknown or in doubt."""
        return bool(set(self.kinds) - {ScopeKind.UNKNOWN, ScopeKind.DOUBT})


Memberships = Mapping[tuple[str, str], frozenset[str]]
"""The forces that a release counts in a region, by the region's code and the release's source."""
_OWN = frozenset({PlaceLevel.FORCE, PlaceLevel.LOCAL_AUTHORITY})
"""Levels whose figures are one force's own."""
OWN_SUM = "our sum of "
"""What stands in a figure's ``printed`` in place of a number that its source does not give."""
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
_PARTIAL = re.compile(
    r"\bmonths only\b|\bonly [a-z0-9]+ months\b|\bpart of the (?:year|period)\b|\bhalf (?:the|a) year\b",
    re.IGNORECASE,
)


def region_memberships(record: Repository) -> Memberships:
    """The forces of each region as far as releases say them."""
    return _CACHED_MEMBERSHIPS(record.regions())


def _collect_memberships(regions: tuple[RegionMembership, ...]) -> Memberships:
    forces_by_release: dict[tuple[str, str], frozenset[str]] = {}
    for region in regions:
        key = (region.place, region.source)
        forces_by_release[key] = forces_by_release.get(key, frozenset()) | frozenset(region.forces)
    return forces_by_release


_CACHED_MEMBERSHIPS = IdentityCache(_collect_memberships, most=8)


@lru_cache(maxsize=1024)
def tree_forces(places: PlaceTree, code: str) -> tuple[str, ...]:
    """The codes of the forces under a place, or under the places it is counted from, in place order."""
    roots = (code, *places.get(code).members)
    force_codes = {
        place.code: None
        for root in roots
        for place in (places.get(root), *places.descendants(root))
        if place.level is PlaceLevel.FORCE
    }
    return tuple(sorted(force_codes, key=places.position))


def forces_counted(
    figure: Figure, record: Repository, region_forces: Memberships | None = None
) -> frozenset[str] | None:
    """The force areas that a figure counts; None where that is not known.

    A force's figure is its own. Otherwise they are known where the figure's release lists them, where another
    release that publishes the same number does, or where all forces of the place answered.
    """
    places = record.places
    if figure.place not in places:
        return None
    if places.get(figure.place).level in _OWN:
        return frozenset({figure.place})
    every = tree_forces(places, figure.place)
    if len(every) == 1:
        return frozenset(every)
    release_forces = region_memberships(record) if region_forces is None else region_forces
    listed_forces = _find_listed_forces(figure, record, release_forces)
    if listed_forces is not None:
        return listed_forces
    responding_forces = figure.forces_responding
    complete = responding_forces is not None and responding_forces >= max(len(every), figure.forces_total or 0, 1)
    return frozenset(every) if complete else None


def _find_listed_forces(figure: Figure, record: Repository, region_forces: Memberships) -> frozenset[str] | None:
    """The forces that its release lists, or another that publishes the same number for the same thing."""
    own = region_forces.get((figure.place, figure.source))
    if own is not None or not any(place == figure.place for place, _ in region_forces):
        return own
    for other in record.figures(place=figure.place, measure=figure.measure, platform=figure.platform or ""):
        alike = other.period == figure.period and other.breakdown == figure.breakdown
        if alike and other.amount == figure.amount and (other.place, other.source) in region_forces:
            return region_forces[other.place, other.source]
    return None


def counts_whole_place(figure: Figure, record: Repository, region_forces: Memberships | None = None) -> bool:
    """Whether a figure is known to count just the forces that stand under its place, all of them."""
    counted_forces = forces_counted(figure, record, region_forces)
    if counted_forces is None:
        return False
    place = record.places.get(figure.place)
    return place.level in _OWN or counted_forces == frozenset(tree_forces(record.places, figure.place))


def is_own_sum(figure: Figure) -> bool:
    """Whether a pack added it up of figures that its source gives, and the source has no such number."""
    return figure.printed.startswith(OWN_SUM)


def is_partial(figure: Figure) -> bool:
    """Whether its coverage says that a force gave only a part of what is published as a whole year."""
    return figure.period.kind in _YEARS and _says_partial(figure.coverage)


@lru_cache(maxsize=1024)
def _says_partial(coverage: str) -> bool:
    return _PARTIAL.search(coverage) is not None


def can_lead(figure: Figure) -> bool:
    """Whether a title, a change, an index or a verdict may rest on it: a number, whole and not in doubt."""
    return figure.amount.number is not None and figure.in_doubt is None and not is_partial(figure)


def find_crossed_break(breaks: Iterable[MeasureBreak], *figures: Figure) -> MeasureBreak | None:
    """The first of a measure's breaks that lies between the figures or within one of them; None for none."""
    several = tuple(breaks)
    if not several:
        return None
    first = min(figure.period.start for figure in figures)
    last = max(figure.period.end for figure in figures)
    return next((one for one in several if first < one.day <= last), None)


def find_breaks(figures: Sequence[Figure], record: Repository) -> tuple[SeriesBreak, ...]:
    """Where neighbours among ``figures`` may not be compared, in the order given.

    A figure that does not say how many forces it stands on takes no part in that comparison: its neighbours
    are compared across it, and the break stands just before the later one.
    """
    region_forces = region_memberships(record)
    series_breaks: list[SeriesBreak] = []
    last_answered: Figure | None = None
    for before, after in pairwise(figures):
        if before.forces_responding is not None or last_answered is None:
            last_answered = before
        baseline_figure = last_answered if last_answered.place == before.place else before
        series_breaks.extend(_build_break(before, baseline_figure, after, record, region_forces))
    return tuple(series_breaks)


def find_comparison_break(
    earlier: Figure, later: Figure, record: Repository, region_forces: Memberships | None = None
) -> SeriesBreak | None:
    """What keeps the two from being compared; None where both are known to cover the same.

    ``region_forces`` saves asking the record for its regions.
    """
    release_forces = region_memberships(record) if region_forces is None else region_forces
    return next(iter(_build_break(earlier, earlier, later, record, release_forces)), None)


def _build_break(
    before: Figure, baseline_figure: Figure, after: Figure, record: Repository, region_forces: Memberships
) -> tuple[SeriesBreak, ...]:
    """The break between neighbours; ``baseline_figure`` is the last figure up to ``before`` that counts forces."""
    reasons = {
        ScopeKind.PLACES: _place_reason(before, after, record),
        ScopeKind.MEASURE: _measure_reason(before, after, record),
        ScopeKind.FORCES: _response_reason(baseline_figure, after, record),
        **_membership_reasons(before, after, record, region_forces),
        ScopeKind.PARTIAL: _partial_reason(before, after),
        ScopeKind.BASIS: "" if before.basis == after.basis else "The two are estimated on different bases",
        ScopeKind.DOUBT: _doubt_reason(before, after),
    }
    if reasons[ScopeKind.FORCES]:
        reasons.pop(ScopeKind.UNKNOWN, None)  # that other forces answered says more than that they are unknown
    stated_reasons = {kind: text.rstrip(".") for kind, text in reasons.items() if text}
    if not stated_reasons:
        return ()
    text = formatting.to_sentence("; ".join(stated_reasons.values()))
    return (SeriesBreak(before=before.id, after=after.id, kinds=tuple(stated_reasons), text=text),)


def _place_reason(before: Figure, after: Figure, record: Repository) -> str:
    if before.place == after.place:
        return ""
    earlier, later = (formatting.place_in_sentence(record.places.get(one.place)) for one in (before, after))
    return (
        f"{formatting.period_in_sentence(before.period)} is counted for {earlier} "
        f"and {formatting.period_in_sentence(after.period)} "
        f"for {later}"
    )


def _measure_reason(before: Figure, after: Figure, record: Repository) -> str:
    if before.measure != after.measure:
        return "The two are different measures"
    crossed_break = find_crossed_break(record.measure(before.measure).breaks, before, after)
    return crossed_break.reason if crossed_break is not None else ""


def _response_reason(before: Figure, after: Figure, record: Repository) -> str:
    earlier, later = before.forces_responding, after.forces_responding
    levels = {record.places.get(one.place).level for one in (before, after)}
    if earlier is None or later is None or earlier == later or levels & _OWN:
        return ""
    return (
        f"{earlier} police {'force' if earlier == 1 else 'forces'} answered for "
        f"{formatting.period_in_sentence(before.period)} and {later} for {formatting.period_in_sentence(after.period)}"
    )


def _membership_reasons(
    before: Figure, after: Figure, record: Repository, region_forces: Memberships
) -> dict[ScopeKind, str]:
    """That the two count other forces, or that it is not known which forces one of them counts."""
    if before.place != after.place:
        return {}
    earlier, later = (forces_counted(one, record, region_forces) for one in (before, after))
    here = record.places.get(before.place)
    if earlier is not None and later is not None:
        if earlier == later:
            return {}
        how = describe_force_difference(earlier, later, record)
        return {
            ScopeKind.MEMBERSHIP: f"{here.name} is counted {how} from {formatting.period_in_sentence(after.period)}"
        }
    unknown = [
        formatting.period_in_sentence(one.period)
        for one, force_set in ((before, earlier), (after, later))
        if force_set is None
    ]
    when = formatting.join_list(list(dict.fromkeys(unknown)))
    unknown_reason = f"which police forces are counted for {formatting.place_in_sentence(here)} in {when} is not known"
    return {ScopeKind.UNKNOWN: unknown_reason}


def describe_force_difference(earlier: frozenset[str], later: frozenset[str], record: Repository) -> str:
    """How ``later`` forces differ from ``earlier`` ones: "with Cumbria and without Humberside"."""
    parts = [
        f"{how} {formatting.join_list([_place_name(code, record) for code in _sort_codes(codes, record)])}"
        for how, codes in (("with", later - earlier), ("without", earlier - later))
        if codes
    ]
    return " and ".join(parts)


def _sort_codes(codes: frozenset[str], record: Repository) -> list[str]:
    places = record.places
    return sorted(codes, key=lambda code: (places.position(code) if code in places else len(places), code))


def _place_name(code: str, record: Repository) -> str:
    place: Place | None = record.places.get(code) if code in record.places else None
    return code if place is None else place.name


def _partial_reason(before: Figure, after: Figure) -> str:
    part = [formatting.period_in_sentence(one.period) for one in (before, after) if is_partial(one)]
    if not part:
        return ""
    verb = "leaves" if len(part) == 1 else "leave"
    return f"{formatting.join_list(part)} {verb} out part of the year for some forces"


def _doubt_reason(before: Figure, after: Figure) -> str:
    doubtful_figures = [one for one in (before, after) if one.in_doubt is not None]
    return "; ".join(
        f"{formatting.period_in_sentence(one.period)} is in doubt: {one.doubt}".rstrip(".") for one in doubtful_figures
    )
