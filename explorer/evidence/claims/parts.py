"""Checks of claims about parts and wholes: a share of something, a majority, a total over a span of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import amount_bounds
from explorer.evidence.analysis import (
    can_lead,
    find_comparison_break,
    find_series,
    forces_counted,
    is_partial,
    region_memberships,
)
from explorer.evidence.model import Claim, Figure, Period, Unit, Verdict
from explorer.evidence.repository import Repository

from .base import (
    RECORDING_CAVEAT,
    RESPONSE_CAVEAT,
    CheckResult,
    choose_sound,
    compare_setting,
    named_period,
    number_setting,
    place_setting,
    required_setting,
    say_doubt,
    say_inside,
    say_left_out,
)
from .comparing import (
    ClaimedRange,
    ComparisonWord,
    RangeOutcome,
    RatioRange,
    divide_ranges,
    show_apart,
    wanted_count,
    wanted_share,
)
from .registry import claim_check

_PART = ("place", "measure", "period")
_OF = ("platform", "breakdown", "whole", "of")
_HALF = "50"
_BASE = "A published share is of the offences it was counted on, which can be far fewer than all."


class _ShareReading(Struct, frozen=True, kw_only=True):
    """A share by one reading of the figures, and the words for it."""

    range: RatioRange
    phrase: str
    figures: tuple[Figure, ...]
    obstacle: str = ""


@claim_check("share_of", needs=(*_PART, "share"), may=("compare", *_OF))
def share_of(claim: Claim, record: Repository) -> CheckResult:
    """Whether a part is such a share of a whole: "14" per cent, or "1/3" for a third.

    The part is the figure of place, measure, period and perhaps platform and breakdown. A measure in per cent
    is the share itself. Of a count the whole is that of the place ``whole``, of the breakdown ``of``, or all.
    """
    compare, share = compare_setting(claim), required_setting(claim, "share")
    try:
        claimed_range = wanted_share(compare, share)
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f'the claim "{claim.id}" has the share "{share}": write it like 14 or 1/3') from error
    if any(not 0 <= end <= 1 for end in claimed_range.ends[:1]):
        raise ValueError(f'the claim "{claim.id}" has the share "{share}": write it like 14 or 1/3')
    word = "" if compare is ComparisonWord.ABOUT else f"{compare.value} "
    phrase = share if "/" in share else f"{share}%"
    return _judge_share(claim, record, claimed_range, f"{word}{phrase}{_say_span(claimed_range)}")


@claim_check("majority", needs=_PART, may=_OF)
def check_majority(claim: Claim, record: Repository) -> CheckResult:
    """Whether a part is more than half of a whole, named as for ``share_of``."""
    return _judge_share(claim, record, wanted_share(ComparisonWord.MORE_THAN, _HALF), "more than half")


def _say_span(claimed_range: ClaimedRange) -> str:
    if claimed_range.low is None or claimed_range.high is None or claimed_range.low == claimed_range.high:
        return ""
    return f" (from {_per_cent(claimed_range.low)} to {_per_cent(claimed_range.high)})"


def _judge_share(claim: Claim, record: Repository, claimed_range: ClaimedRange, phrase: str) -> CheckResult:
    place, period = place_setting(claim, record), named_period(claim, "period")
    check = (
        f"Whether the part named by the claim is {phrase} of its whole in {formatting.place_in_sentence(place)} in "
        f"{formatting.period_in_sentence(period)}."
    )
    parts, left_out = choose_sound(_find_figures(claim, record, period, place.code, part=True))
    if not parts:
        reason = (
            f"We hold no such figure for {formatting.place_in_sentence(place)} "
            f"in {formatting.period_in_sentence(period)}"
        )
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=formatting.to_sentence(reason), check=check)
    doubt = say_doubt(parts)
    several = _read_shares(claim, record, period, parts)
    figures = tuple(dict.fromkeys(figure.id for one in several for figure in one.figures))
    sound = [one for one in several if not one.obstacle]
    if doubt or (several and not sound):
        reason = formatting.to_sentence(doubt or several[0].obstacle)
        return CheckResult(weight=Verdict.CANNOT_JUDGE, reason=reason, check=check, figures=figures)
    if not sound:
        reason = f"We hold no figure for the whole in {formatting.period_in_sentence(period)}"
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=formatting.to_sentence(reason), check=check)
    weight = weigh_holds([claimed_range.evaluate_range(*one.range) for one in sound])
    clause = "; ".join(dict.fromkeys(one.phrase for one in sound))
    unsure = ", so it may or may not be as claimed" if weight is Verdict.NOT_SHOWN else ""
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(f"{clause}{unsure}"),
        check=check,
        caveats=(*say_left_out(left_out), _BASE),
        figures=figures,
        not_checked=(
            "What was not recorded: how offences divide of which this is not known.",
            RESPONSE_CAVEAT,
        ),
    )


def weigh_holds(holds: Sequence[RangeOutcome]) -> Verdict:
    """The verdict of readings of which no rise or fall is claimed."""
    outcomes = set(holds)
    if outcomes == {RangeOutcome.YES}:
        return Verdict.SUPPORTED
    if not outcomes & {RangeOutcome.YES, RangeOutcome.OPEN}:
        return Verdict.CONTRADICTED
    return (
        Verdict.PARTLY
        if RangeOutcome.YES in outcomes and len(outcomes) > 1 and RangeOutcome.OPEN not in outcomes
        else Verdict.NOT_SHOWN
    )


def _find_figures(claim: Claim, record: Repository, period: Period, place: str, *, part: bool) -> list[Figure]:
    platform = claim.setting("platform") if part else ""
    breakdown = claim.setting("breakdown") if part else claim.setting("of")
    if not part and claim.setting("whole") and not claim.setting("of"):
        platform, breakdown = claim.setting("platform"), claim.setting("breakdown")
    return [
        figure
        for figure in record.figures(place=place, measure=required_setting(claim, "measure"), platform=platform)
        if figure.amount.number is not None and figure.breakdown == breakdown and figure.period.text == period.text
    ]


def _read_shares(claim: Claim, record: Repository, period: Period, parts: Sequence[Figure]) -> list[_ShareReading]:
    unit = record.measure(parts[0].measure).unit
    if unit is Unit.PER_CENT:
        return [_read_published(figure) for figure in parts]
    where = place_setting(claim, record, "whole").code if claim.setting("whole") else parts[0].place
    wholes, _ = choose_sound(_find_figures(claim, record, period, where, part=False))
    if {figure.id for figure in parts} & {figure.id for figure in wholes}:
        raise ValueError(f'the claim "{claim.id}" names no whole: write whole=, of=, platform= or breakdown=')
    return [_read_counted(part, whole, record) for part in parts for whole in wholes]


def _read_published(figure: Figure) -> _ShareReading:
    low, high = (None if end is None else Fraction(end) / 100 for end in amount_bounds(figure.amount))
    phrase = (
        f"{formatting.amount_in_sentence(figure.amount, Unit.PER_CENT)} is published "
        f"for {formatting.period_in_sentence(figure.period)}"
    )
    part = "the share leaves out a part of the period" if is_partial(figure) else ""
    return _ShareReading(range=(low, high), phrase=phrase, figures=(figure,), obstacle=part)


def _read_counted(part: Figure, whole: Figure, record: Repository) -> _ShareReading:
    """A count as a share of another, which has to hold it."""
    share = divide_ranges(part.amount, whole.amount)
    number = formatting.format_dated_count(whole).rpartition(" in ")[0]
    percent = f", {_per_cent(share[0])}" if share[0] is not None and share[0] == share[1] else ""
    where = f" in {formatting.place_in_sentence(record.places.get(whole.place))}" if whole.place != part.place else ""
    phrase = f"{formatting.format_dated_count(part)} is a part of {number}{where}{percent}"
    return _ShareReading(range=share, phrase=phrase, figures=(part, whole), obstacle=_find_gap(part, whole, record))


def _find_gap(part: Figure, whole: Figure, record: Repository) -> str:
    """What keeps the one from being known to be a part of the other."""
    doubt = say_doubt((part, whole))
    if doubt:
        return doubt
    if part.place == whole.place:
        if part.source == whole.source or part.base_figure == whole.id:
            return ""
        gap = find_comparison_break(part, whole, record)
        return "" if gap is None else say_inside(gap.text)
    return _find_outside(part, whole, record)


def _find_outside(part: Figure, whole: Figure, record: Repository) -> str:
    """What keeps a place's count from being known to be in that of a larger place."""
    if is_partial(part) or is_partial(whole):
        return "one of the two leaves out a part of the period"
    region_forces = region_memberships(record)
    inside, outside = (
        forces_counted(part, record, region_forces),
        forces_counted(whole, record, region_forces),
    )
    there = formatting.place_in_sentence(record.places.get(whole.place))
    if inside is None or outside is None:
        return f"which police forces are counted for {there} is not known, so the part may not be in it"
    return "" if inside <= outside else f"{there} as counted does not hold all the forces of the part"


def _per_cent(value: Fraction) -> str:
    return f"{show_apart(value * 100, (), 1)}%"


@claim_check("total_over", needs=(*_PART, "total"), may=("compare", "platform"))
def total_over(claim: Claim, record: Repository) -> CheckResult:
    """Whether so many were recorded in all over a span: as published, or as the parts that tile it add up."""
    place, period = place_setting(claim, record), named_period(claim, "period")
    compare = compare_setting(claim, ComparisonWord.EXACTLY)
    total = number_setting(claim, "total", 0, 10**9, "5161 or 34000")
    claimed_range = wanted_count(compare, total)
    measure, platform = required_setting(claim, "measure"), claim.setting("platform")
    whole = [
        figure
        for figure in record.figures(place=place.code, measure=measure, platform=platform)
        if figure.period.text == period.text and figure.amount.number is not None and not figure.breakdown
    ]
    published_totals = [figure for figure in whole if can_lead(figure)]
    left_out = [figure for figure in whole if not can_lead(figure)]
    parts, tiling_gap = _tile_period(find_series(record, place.code, measure, platform), period, record)
    obstacle = tiling_gap or say_doubt(left_out) or ("the total leaves out a part of the span" if left_out else "")
    here = f"{formatting.place_in_sentence(place)} in {formatting.period_in_sentence(period)}"
    span = f" ({_say_range(claimed_range.low, claimed_range.high)})" if compare is ComparisonWord.ABOUT else ""
    check = f"Whether {compare.value} {formatting.format_number(total)}{span} were recorded in all for {here}."
    if obstacle and not published_totals and (tiling_gap or not parts):
        ids = tuple(figure.id for figure in (*left_out, *parts))
        reason = formatting.to_sentence(obstacle)
        return CheckResult(weight=Verdict.CANNOT_JUDGE, reason=reason, check=check, figures=ids)
    return _judge_total(claimed_range, published_totals, () if tiling_gap else parts, check, here, left_out)


def _judge_total(
    claimed_range: ClaimedRange,
    published_totals: Sequence[Figure],
    parts: Sequence[Figure],
    check: str,
    here: str,
    left_out: Sequence[Figure],
) -> CheckResult:
    phrase = [f"{formatting.format_dated_count(figure)} is published" for figure in published_totals]
    ranges = [_to_fractions(amount_bounds(figure.amount)) for figure in published_totals]
    if parts:
        low, high = _add_up(parts)
        ranges.append((low, high))
        clause = formatting.join_list([formatting.format_dated_count(figure) for figure in parts])
        phrase.append(f"{clause} add up to {_say_range(low, high)}")
    ids = tuple(figure.id for figure in (*published_totals, *parts))
    if not ranges:
        reason = formatting.to_sentence(f"we hold no figure for {here}, nor parts that make it up")
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=reason, check=check)
    weight = weigh_holds([claimed_range.evaluate_range(*one) for one in ranges])
    unsure = ", so it may or may not be as claimed" if weight is Verdict.NOT_SHOWN else ""
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(f"{'; '.join(phrase)}{unsure}"),
        check=check,
        caveats=(*say_left_out(left_out), RECORDING_CAVEAT),
        figures=ids,
        not_checked=(RESPONSE_CAVEAT,),
    )


def _tile_period(present: Sequence[Figure], span: Period, record: Repository) -> tuple[tuple[Figure, ...], str]:
    """The fewest figures that follow each other through a span, and what keeps them apart."""
    inside = [
        f for f in present if span.start <= f.period.start and f.period.end <= span.end and f.period.text != span.text
    ]
    best: dict[object, tuple[Figure, ...]] = {span.start: ()}
    for figure in sorted(inside, key=lambda one: (one.period.start, one.period.end)):
        so_far = best.get(figure.period.start)
        after = figure.period.end + timedelta(days=1)
        if so_far is not None and (after not in best or len(so_far) + 1 < len(best[after])):
            best[after] = (*so_far, figure)
    parts = best.get(span.end + timedelta(days=1), ())
    doubt = say_doubt(parts)
    if doubt or any(is_partial(figure) for figure in parts):
        return parts, doubt or "one of the parts leaves out some of its period"
    region_forces = region_memberships(record)
    gaps = [find_comparison_break(first, last, record, region_forces) for first, last in pairwise(parts)]
    return parts, next((say_inside(gap.text) for gap in gaps if gap is not None), "")


def _to_fractions(ends: tuple[Decimal | None, Decimal | None]) -> RatioRange:
    low, high = (None if end is None else Fraction(end) for end in ends)
    return low, high


def _add_up(parts: Sequence[Figure]) -> RatioRange:
    ends = [_to_fractions(amount_bounds(figure.amount)) for figure in parts]
    lows, highs = [low for low, _ in ends if low is not None], [high for _, high in ends if high is not None]
    least = sum(lows, Fraction(0)) if len(lows) == len(ends) else None
    return least, sum(highs, Fraction(0)) if len(highs) == len(ends) else None


def _say_range(low: Fraction | None, high: Fraction | None) -> str:
    if low is not None and low == high:
        return show_apart(low, (), 0)
    if low is not None and high is not None:
        return f"from {show_apart(low, (), 0)} to {show_apart(high, (), 0)}"
    if low is not None:
        return f"at least {show_apart(low, (), 0)}"
    return "a number that is not known" if high is None else f"at most {show_apart(high, (), 0)}"
