"""Checks of claims about shares of platforms: which is used most, and whether one is used more and more.

A share is only set against others printed for the same place, measure and period. Nothing is concluded about
a place from a larger one that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from . import periods, wording
from .amounts import Step, bounds, point, step
from .finding import Finding, period_setting, place_setting, platform_name, setting, written
from .history import apart, newest, series, usable
from .model import Claim, Figure, Period, Place, Unit, Weight
from .record import Record

SHARE_BASE = (
    "Each share is of the offences it was counted on: NSPCC's own page takes such shares of the offences "
    "where the platform was recorded."
)
_LISTED_ONLY = "Only platforms whose share is printed are compared; one that is not printed could be larger."


def platform_leads(claim: Claim, record: Record) -> Finding:
    """Whether a platform's share is the largest printed for a place. Settings: place, platform, measure."""
    place, platform = place_setting(claim, record), setting(claim, "platform")
    measure, period = setting(claim, "measure"), period_setting(claim)
    until = written(claim, record)
    held = [
        figure
        for figure in usable(record.figures(place=place.code, measure=measure))
        if figure.platform is not None and (until is None or figure.period.end <= until)
    ]
    when = period or (held[-1].period if held else None)
    name = platform_name(record, platform)
    check = f"Whether {name} has the largest of the platform shares held for {wording.place(place)}"
    check = wording.sentence(f"{check} in {wording.period(when)}" if when else check)
    shares = _one_each([figure for figure in held if figure.period == when], record)
    if not held:
        return _without_shares(record, place, measure, platform, check)
    where = f"{wording.place(place)} in {wording.period(when)}" if when else wording.place(place)
    if platform not in shares:
        reason = f"No share of {name} is held for {where}, so it cannot be set against any other"
        return Finding(weight=Weight.NOT_SHOWN, reason=wording.sentence(reason), check=check)
    return _against_rivals(record, shares, platform, where, check)


def _one_each(figures: Sequence[Figure], record: Record) -> dict[str, Figure]:
    slots: dict[str, list[Figure]] = {}
    for figure in figures:
        slots.setdefault(figure.platform or "", []).append(figure)
    return {platform: newest(slot, record) for platform, slot in slots.items()}


def _against_rivals(
    record: Record, shares: dict[str, Figure], platform: str, where: str, check: str
) -> Finding:
    mine = shares[platform]
    rivals = [figure for name, figure in shares.items() if name != platform and not _is_group(record, name)]
    if not rivals:
        single = "" if len(shares) == 1 else "single-platform "
        reason = (
            f"{_named(record, mine)} is the only {single}share given for {where}, "
            "so there is nothing to set it against"
        )
        return Finding(
            weight=Weight.NOT_SHOWN,
            reason=wording.sentence(reason),
            check=check,
            caveats=(SHARE_BASE,),
            figures=(mine.id,),
        )
    rival = max(rivals, key=lambda figure: point(figure.amount))
    weight, said = _compared(record, mine, rivals, rival)
    unlisted = _could_hide_a_larger(mine, rivals)
    return Finding(
        weight=weight,
        reason=wording.sentence(f"{said} for {where}"),
        check=check,
        caveats=(*([_LISTED_ONLY] if unlisted and weight is Weight.SUPPORTED else []), SHARE_BASE),
        figures=(mine.id, *(figure.id for figure in rivals)),
    )


def _compared(record: Record, mine: Figure, rivals: list[Figure], rival: Figure) -> tuple[Weight, str]:
    ours, theirs = _named(record, mine), _named(record, rival)
    if any(step(mine.amount, other.amount) is Step.ROSE for other in rivals):
        return Weight.CONTRADICTED, f"{theirs} is a larger share than {ours}"
    if all(step(other.amount, mine.amount) is Step.ROSE for other in rivals):
        printed = wording.count(len(rivals) + 1, "platform share", "platform shares")
        return Weight.SUPPORTED, f"{ours} is the largest of {printed} held, above {theirs},"
    return Weight.NOT_SHOWN, f"As printed, {ours} and {theirs} are too close to tell which is larger"


def _could_hide_a_larger(mine: Figure, rivals: list[Figure]) -> bool:
    """Whether what is left of 100 per cent could hold a share as large, if no offence counts twice."""
    lowest = [bounds(figure.amount)[0] or 0 for figure in (mine, *rivals)]
    highest = bounds(mine.amount)[1]
    return highest is None or 100 - sum(lowest) >= highest


def _is_group(record: Record, platform: str) -> bool:
    try:
        return bool(record.platform(platform).members)
    except KeyError:
        return False


def _without_shares(record: Record, place: Place, measure: str, platform: str, check: str) -> Finding:
    """The reason where the place has no platform figure: how far down the figures go."""
    wide = record.places.ancestors(place.code)
    nearest = next((p for p in wide if _has_shares(record, p, measure)), None)
    held = record.figure_counts()
    any_kind = next((p for p in (place, *wide) if held.get(p.code)), None)
    here = wording.place(place)
    gaps: list[str] = []
    if nearest is None:
        gaps.append("no platform figure for it or for any place that it stands in")
    elif nearest is not any_kind:
        gaps.append(f"no platform figure below {wording.place(nearest)}")
    if any_kind is not None and any_kind is not place:
        gaps.append(
            f"no figure of any kind below {wording.level(any_kind.level)} level ({wording.place(any_kind)})"
        )
    reason = f"For {here} there is {' and '.join(gaps)}, so nothing shows which platform was used most there"
    mine = series(record, nearest.code, measure, platform)[-1:] if nearest else ()
    return Finding(
        weight=Weight.NOT_SHOWN,
        reason=wording.sentence(reason),
        check=check,
        caveats=tuple(_says_nothing_of_one(record, figure, place) for figure in mine),
        figures=tuple(figure.id for figure in mine),
    )


def _has_shares(record: Record, place: Place, measure: str) -> bool:
    return any(figure.platform for figure in usable(record.figures(place=place.code, measure=measure)))


def _says_nothing_of_one(record: Record, figure: Figure, place: Place) -> str:
    wide = wording.place(record.places.get(figure.place))
    return (
        f"{_named(record, figure)} is held for {wide} in {wording.period(figure.period)}; "
        f"it does not say how offences in {wording.place(place)} divide."
    )


def _named(record: Record, figure: Figure) -> str:
    share = wording.amount(figure.amount, Unit.PER_CENT)
    return f"{platform_name(record, figure.platform or '')} ({share})"


def share_rises(claim: Claim, record: Record) -> Finding:
    """Whether a platform's share of a place's offences rose. Settings: place, platform, measure."""
    place, platform = place_setting(claim, record), setting(claim, "platform")
    name = platform_name(record, platform)
    shares = apart(
        series(record, place.code, setting(claim, "measure"), platform, until=written(claim, record))
    )
    here = wording.place(place)
    check = f"Whether the share of {name} held for {here} rose from each period to the next."
    if len(shares) < 2:
        held = f"only one share of {name}" if shares else f"no share of {name}"
        reason = f"For {here} there is {held}, so no change can be seen"
        ids = tuple(figure.id for figure in shares)
        return Finding(weight=Weight.NOT_SHOWN, reason=wording.sentence(reason), check=check, figures=ids)
    weight, said = _direction(shares)
    told = wording.listing([_when(figure) for figure in (shares[0], shares[-1])])
    return Finding(
        weight=weight,
        reason=wording.sentence(f"The share of {name} held for {here} is {told}: {said}"),
        check=check,
        caveats=_share_caveats(shares),
        figures=tuple(figure.id for figure in shares),
    )


def _direction(shares: Sequence[Figure]) -> tuple[Weight, str]:
    steps = [step(earlier.amount, later.amount) for earlier, later in pairwise(shares)]
    whole = step(shares[0].amount, shares[-1].amount)
    if all(one is Step.ROSE for one in steps):
        return Weight.SUPPORTED, "a rise that rounding cannot account for"
    if whole is Step.ROSE:
        rises = wording.count(steps.count(Step.ROSE), "rise", "rises")
        return Weight.PARTLY, f"higher at the end, with {rises} that are sure in {len(steps)} steps between"
    if whole is Step.FELL:
        return Weight.CONTRADICTED, "a fall and not a rise"
    if whole is Step.SAME:
        return Weight.CONTRADICTED, "no rise"
    return Weight.NOT_SHOWN, "so close that rounding may account for the difference"


def _when(figure: Figure) -> str:
    return f"{wording.amount(figure.amount, Unit.PER_CENT)} in {wording.period(figure.period)}"


def _share_caveats(shares: Sequence[Figure]) -> tuple[str, ...]:
    caveats: list[str] = []
    first, last = shares[0], shares[-1]
    if not periods.alike(first.period, last.period):
        caveats.append(
            f"The periods are of unequal length: {_length(first.period)} and {_length(last.period)}."
        )
    caveats.append(SHARE_BASE)
    if first.forces_responding != last.forces_responding:
        caveats.append("The two shares need not come from the same police forces.")
    caveats.append("A larger share is not by itself a larger number of offences.")
    return tuple(caveats)


def _length(period: Period) -> str:
    months = periods.months(period)
    return f"{months} {'month' if months == 1 else 'months'}"
