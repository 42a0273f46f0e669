"""Checks of claims about shares of platforms: which is used most, and whether one is used more and more.

A share is only compared with others published for the same place, measure and period, of the same release.
Nothing is concluded about a place from a larger one that holds it, unless one count is published for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import formatting, periods
from explorer.evidence.amounts import Direction, amount_bounds, compare_amounts, point_estimate
from explorer.evidence.analysis import (
    AmountMovement,
    containing_places,
    find_comparison_break,
    find_series,
    newest_figure,
    non_overlapping,
    numeric_only,
    published_on,
    region_memberships,
    share_movement,
)
from explorer.evidence.model import Claim, Figure, Period, Place, PlaceLevel, Unit, Verdict
from explorer.evidence.repository import Repository

from .base import (
    CHANCE,
    CheckResult,
    choose_sound,
    period_setting,
    place_setting,
    platform_name,
    publication_date,
    required_setting,
    say_doubt,
    say_inside,
    say_left_out,
)
from .registry import claim_check

SHARE_BASE = (
    "Each share is of the offences it was counted on: NSPCC's own page takes such shares of the offences "
    "where the platform was recorded."
)
_NOT_CHECKED = ("Which platform was used where none was recorded.",)
_RELEASE = timedelta(days=45)
"""Publications as close as this report one release."""
_HUNDRED = Decimal(100)


class _ShareField(Struct, frozen=True, kw_only=True):
    """The shares of one place and period that may be compared: the platform's own and its rivals'."""

    place: Place
    period: Period
    mine: Figure | None
    rivals: tuple[Figure, ...]
    """The other single platforms."""
    groups: tuple[Figure, ...]
    left_out: tuple[Figure, ...]


@claim_check("platform_leads", needs=("place", "platform", "measure"), may=("period",))
def platform_leads(claim: Claim, record: Repository) -> CheckResult:
    """Whether a platform's share is the largest of those published for a place.

    Where the place has nothing to compare, the nations counted together serve if they have the same count.
    """
    place, platform = place_setting(claim, record), required_setting(claim, "platform")
    measure, period = required_setting(claim, "measure"), period_setting(claim)
    until = publication_date(claim, record)
    several = [
        figure
        for figure in numeric_only(record.figures(place=place.code, measure=measure))
        if figure.platform is not None and (until is None or figure.period.end <= until)
    ]
    when = period or (several[-1].period if several else None)
    name = platform_name(record, platform)
    check = f"Whether {name} has the largest of the platform shares published for {formatting.place_in_sentence(place)}"
    check = formatting.to_sentence(f"{check} in {formatting.period_in_sentence(when)}" if when else check)
    if not several or when is None:
        return _without_shares(record, place, measure, platform, check)
    field = _take_field(record, place, measure, platform, when)
    if field.mine is None:
        where = f"{formatting.place_in_sentence(place)} in {formatting.period_in_sentence(when)}"
        reason = f"We hold no share of {name} for {where}, so it cannot be compared with any other"
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=formatting.to_sentence(reason), check=check)
    if not field.rivals:
        other = _find_same_count(
            record, field.mine, measure, platform, when, containing_places(record.places, place.code)
        )
        if other is not None:
            return _judge_field(record, other, check, instead_of=place)
    return _judge_field(record, field, check)


def _take_field(
    record: Repository, place: Place, measure: str, platform: str, when: Period, own: Figure | None = None
) -> _ShareField:
    """The newest sound share of the platform (or ``own``), and those of the others in its release."""
    slots: dict[str, list[Figure]] = {}
    for figure in numeric_only(record.figures(place=place.code, measure=measure)):
        if figure.platform is not None and figure.period.text == when.text:
            slots.setdefault(figure.platform, []).append(figure)
    left_out = [figure for slot in slots.values() for figure in choose_sound(slot)[1]]
    mine = own or (newest_figure(choose_sound(slots[platform])[0], record) if platform in slots else None)
    rivals: list[Figure] = []
    groups: list[Figure] = []
    for name, slot in slots.items():
        alike = [one for one in choose_sound(slot)[0] if mine and _same_release(mine, one, record)]
        if name != platform and alike:
            (groups if _platform_members(record, name) else rivals).append(newest_figure(alike, record))
    return _ShareField(
        place=place,
        period=when,
        mine=mine,
        rivals=tuple(rivals),
        groups=tuple(groups),
        left_out=tuple(left_out),
    )


def _same_release(one: Figure, other: Figure, record: Repository) -> bool:
    """Whether two figures are of one release: one source, one base, or publications days apart."""
    if one.source == other.source or (one.base_figure and one.base_figure == other.base_figure):
        return True
    days = [formatting.first_day(published_on(record, figure.source)) for figure in (one, other)]
    first, second = days
    return first is not None and second is not None and abs(first - second) <= _RELEASE


def _find_same_count(
    record: Repository, mine: Figure, measure: str, platform: str, when: Period, places: Sequence[Place]
) -> _ShareField | None:
    """Nations counted together with the same share, from one release and as many forces, and with rivals."""
    nations = [one for one in record.places if one.level is PlaceLevel.NATIONS and one.code != mine.place]
    for place in nations if record.places.get(mine.place).level is PlaceLevel.UK else places:
        if place.level is not PlaceLevel.NATIONS:
            continue
        shares = numeric_only(record.figures(place=place.code, measure=measure, platform=platform))
        for figure in (one for one in shares if one.period.text == when.text):
            responding_forces = _count_responding_forces(figure, record)
            one_count = (
                figure.amount.number == mine.amount.number
                and _same_release(mine, figure, record)
                and responding_forces is not None
                and responding_forces == _count_responding_forces(mine, record)
            )
            field = _take_field(record, place, measure, platform, when, figure) if one_count else None
            if field is not None and field.rivals:
                return field
    return None


def _count_responding_forces(figure: Figure, record: Repository) -> int | None:
    """How many forces a share is counted from: its own number, or that of the count it was published with."""
    if figure.forces_responding is not None:
        return figure.forces_responding
    counts = [
        one.forces_responding
        for one in record.figures(place=figure.place)
        if one.source == figure.source and one.period.text == figure.period.text and one.forces_responding is not None
    ]
    return counts[0] if len(set(counts)) == 1 else None


def _judge_field(record: Repository, field: _ShareField, check: str, instead_of: Place | None = None) -> CheckResult:
    mine = field.mine
    if mine is None:
        raise ValueError("there is no share of the platform to judge")
    where = f"{formatting.place_in_sentence(field.place)} in {formatting.period_in_sentence(field.period)}"
    doubt = say_doubt((mine, *field.rivals))
    if doubt:
        weight, phrase = Verdict.CANNOT_JUDGE, doubt
    elif not field.rivals:
        single = "single-platform " if field.groups else ""
        weight = Verdict.NOT_SHOWN
        phrase = (
            f"{_describe_share(record, mine)} is the only {single}share published for {where}, so there is nothing "
        )
        phrase += "to compare it with"
    else:
        weight, phrase = _compare_shares(record, field)
        phrase = f"{phrase} for {where}"
    if instead_of is not None:
        here = formatting.place_in_sentence(instead_of)
        phrase += (
            f"; for {here} only {_describe_share(record, mine)} is published, from the same release and as many forces"
        )
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(phrase),
        check=check,
        caveats=(*say_left_out(field.left_out), SHARE_BASE),
        figures=(mine.id, *(figure.id for figure in field.rivals)),
        not_checked=_NOT_CHECKED,
    )


def _compare_shares(record: Repository, field: _ShareField) -> tuple[Verdict, str]:
    mine, rivals = field.mine, field.rivals
    assert mine is not None
    ours = _describe_share(record, mine)
    for rival in sorted(rivals, key=lambda one: point_estimate(one.amount), reverse=True):
        theirs = _describe_share(record, rival)
        how = compare_amounts(mine.amount, rival.amount)
        if how is Direction.ROSE:
            return Verdict.CONTRADICTED, f"{theirs} is a larger share than {ours}"
        if amount_bounds(rival.amount)[1] is None:
            return (
                Verdict.NOT_SHOWN,
                f"{theirs} is published only as a floor, so it may be larger than {ours},",
            )
    top = max(rivals, key=lambda one: point_estimate(one.amount))
    theirs = _describe_share(record, top)
    if not all(compare_amounts(other.amount, mine.amount) is Direction.ROSE for other in rivals):
        return Verdict.NOT_SHOWN, f"As published, {ours} and {theirs} are too close to say which is larger"
    count = formatting.pluralise_in_words(len(rivals) + 1, "platform share", "platform shares")
    phrase = f"{ours} is the largest of {count} published, above {theirs},"
    if _could_hide_larger(record, field):
        return Verdict.PARTLY, f"{phrase} but a platform whose share is not known could be larger"
    return Verdict.SUPPORTED, phrase


def _could_hide_larger(record: Repository, field: _ShareField) -> bool:
    """Whether a platform without a published share could have a larger one, if no offence counts twice."""
    assert field.mine is not None
    single = {
        figure.platform or "": amount_bounds(figure.amount)[0] or Decimal(0) for figure in (field.mine, *field.rivals)
    }
    most = amount_bounds(field.mine.amount)[0] or Decimal(0)
    rest = _HUNDRED - sum(single.values())
    within = Decimal(0)
    for group in field.groups:
        inside = {name: low for name, low in single.items() if name in _platform_members(record, group.platform or "")}
        low, high = amount_bounds(group.amount)
        unlisted_share = max((low or Decimal(0)) - sum(inside.values()), Decimal(0))
        if rest - unlisted_share < rest and set(inside) != set(_platform_members(record, group.platform or "")):
            # What the group holds besides its listed members is no part of the rest.
            ceiling = (high if high is not None else _HUNDRED) - sum(inside.values())
            within, rest = max(within, ceiling), rest - unlisted_share
    return max(rest, within) >= most


def _platform_members(record: Repository, platform: str) -> tuple[str, ...]:
    try:
        return record.platform(platform).members
    except KeyError:
        return ()


def _without_shares(record: Repository, place: Place, measure: str, platform: str, check: str) -> CheckResult:
    """The reason where the place has no platform figure: how far down the figures go."""
    wide = record.places.ancestors(place.code)
    nearest = next((p for p in wide if _has_shares(record, p, measure)), None)
    counts = record.figure_counts()
    any_kind = next((p for p in (place, *wide) if counts.get(p.code)), None)
    here = formatting.place_in_sentence(place)
    gaps: list[str] = []
    if nearest is None:
        gaps.append("no platform figure for it or for any larger place that it is in")
    elif nearest is not any_kind:
        gaps.append(f"no platform figure below {formatting.place_in_sentence(nearest)}")
    if any_kind is not None and any_kind is not place:
        gaps.append(
            f"no figure of any kind below {formatting.place_in_sentence(any_kind)} "
            f"({formatting.describe_level(any_kind)})"
        )
    reason = f"For {here} we hold {' and '.join(gaps)}, so nothing shows which platform was used most there"
    mine = find_series(record, nearest.code, measure, platform)[-1:] if nearest else ()
    return CheckResult(
        weight=Verdict.NOT_SHOWN,
        reason=formatting.to_sentence(reason),
        check=check,
        caveats=tuple(_says_nothing_of_one(record, figure, place) for figure in mine),
        figures=tuple(figure.id for figure in mine),
        not_checked=_NOT_CHECKED,
    )


def _has_shares(record: Repository, place: Place, measure: str) -> bool:
    return any(figure.platform for figure in numeric_only(record.figures(place=place.code, measure=measure)))


def _says_nothing_of_one(record: Repository, figure: Figure, place: Place) -> str:
    wide = formatting.place_in_sentence(record.places.get(figure.place))
    base = figure.base.split(";", maxsplit=1)[0].strip().rstrip(".")
    of = f" of {base[:1].lower()}{base[1:]}" if base else ", of a base that is not known"
    return (
        f"{_describe_share(record, figure)[:-1]}{of}) is published for {wide} "
        f"in {formatting.period_in_sentence(figure.period)}; "
        f"it does not say how offences in {formatting.place_in_sentence(place)} divide."
    )


def _describe_share(record: Repository, figure: Figure) -> str:
    share = formatting.amount_in_sentence(figure.amount, Unit.PER_CENT)
    return f"{platform_name(record, figure.platform or '')} ({share})"


@claim_check("share_rises", needs=("place", "platform", "measure"))
def share_rises(claim: Claim, record: Repository) -> CheckResult:
    """Whether a platform's share of a place's offences rose from each period to the next."""
    place, platform = place_setting(claim, record), required_setting(claim, "platform")
    name = platform_name(record, platform)
    shares = non_overlapping(
        find_series(
            record,
            place.code,
            required_setting(claim, "measure"),
            platform,
            until=publication_date(claim, record),
        )
    )
    here = formatting.place_in_sentence(place)
    check = f"Whether the share of {name} published for {here} rose from each period to the next."
    ids = tuple(figure.id for figure in shares)
    if len(shares) < 2:
        only = f"only one share of {name}" if shares else f"no share of {name}"
        reason = f"For {here} we hold {only}, so no change can be seen"
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=formatting.to_sentence(reason), check=check, figures=ids)
    weight, phrase = _weigh_direction(shares, record)
    clause = formatting.join_list([_share_in_period(figure) for figure in (shares[0], shares[-1])])
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(f"The share of {name} published for {here} is {clause}: {phrase}"),
        check=check,
        caveats=(SHARE_BASE, "A larger share is not by itself a larger number of offences."),
        figures=ids,
        not_checked=("Whether more offences were on the platform, or fewer on others.", *_NOT_CHECKED),
    )


def _weigh_direction(shares: Sequence[Figure], record: Repository) -> tuple[Verdict, str]:
    obstacle = _find_obstacle(shares, record)
    if obstacle:
        return Verdict.CANNOT_JUDGE, obstacle
    bases_by_id = {figure.id: figure for figure in record.figures(ids=[one.base_figure or "" for one in shares])}
    movements: list[AmountMovement] = []
    for earlier, later in pairwise(shares):
        base, later_base = (
            bases_by_id.get(earlier.base_figure or ""),
            bases_by_id.get(later.base_figure or ""),
        )
        movements.append(
            share_movement(
                earlier.amount,
                base.amount if base else None,
                later.amount,
                later_base.amount if later_base else None,
            )
        )
    steps = [compare_amounts(earlier.amount, later.amount) for earlier, later in pairwise(shares)]
    if all(one is Direction.ROSE for one in steps):
        if all(one is AmountMovement.ROSE for one in movements):
            return Verdict.SUPPORTED, "a rise that neither rounding nor chance can account for"
        return Verdict.IN_LINE, f"a rise by the numbers, and {CHANCE}"
    if Direction.FELL in steps or Direction.SAME in steps:
        rises = formatting.pluralise_in_words(steps.count(Direction.ROSE), "rise", "rises")
        whole = compare_amounts(shares[0].amount, shares[-1].amount)
        if whole is Direction.ROSE and AmountMovement.ROSE in movements:
            return Verdict.PARTLY, f"higher at the end, with {rises} in {len(steps)} steps between"
        return Verdict.CONTRADICTED, "no rise from each period to the next"
    return Verdict.NOT_SHOWN, "so close that rounding may account for the difference"


def _find_obstacle(shares: Sequence[Figure], record: Repository) -> str:
    """Why the shares cannot be compared; empty where each can with the next."""
    doubt = say_doubt(shares)
    if doubt:
        return doubt
    region_forces = region_memberships(record)
    obstacles: list[str] = []
    for earlier, later in pairwise(shares):
        if not periods.are_comparable(earlier.period, later.period):
            lengths = formatting.join_list([_format_length(figure.period) for figure in (earlier, later)])
            obstacles.append(f"the two stretches of time are of unlike length ({lengths})")
        gap = find_comparison_break(earlier, later, record, region_forces)
        if gap is not None:
            obstacles.append(say_inside(gap.text))
    unknown = [formatting.period_in_sentence(figure.period) for figure in shares if not figure.base_figure]
    if unknown:
        when = formatting.join_list(unknown)
        obstacles.append(f"of how many offences the share is in {when} is not known")
    return f"{'; '.join(dict.fromkeys(obstacles))}, so the shares cannot be compared" if obstacles else ""


def _share_in_period(figure: Figure) -> str:
    share = formatting.amount_in_sentence(figure.amount, Unit.PER_CENT)
    return f"{share} in {formatting.period_in_sentence(figure.period)}"


def _format_length(period: Period) -> str:
    months = periods.count_months(period)
    return f"{months} {'month' if months == 1 else 'months'}"
