"""Checks of claims that reach beyond a place's own numbers: like the nation's, or the start of something.

What may come is shown by no recorded number, so such a claim is never supported or contradicted here.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from explorer.evidence import formatting
from explorer.evidence.amounts import Direction, compare_amounts
from explorer.evidence.analysis import (
    AmountMovement,
    Memberships,
    average_quarter,
    can_lead,
    classify_movement,
    containing_places,
    find_comparison_break,
    find_series,
    forces_counted,
    latest_quarter,
    latest_run,
    newest_figure,
    numeric_only,
    region_memberships,
    whole_years,
)
from explorer.evidence.model import Claim, Figure, Period, Place, PlaceLevel, Qualifier, Verdict
from explorer.evidence.repository import Repository

from .base import (
    CAUSE,
    CHANCE,
    PEOPLE,
    RECORDING_CAVEAT,
    CheckResult,
    named_period,
    place_setting,
    publication_date,
    required_setting,
    say_doubt,
    say_inside,
)
from .registry import claim_check

_NATIONAL = frozenset({PlaceLevel.UK, PlaceLevel.NATIONS, PlaceLevel.NATION})
_EVEN_SPREAD_CAVEAT = "A quarter is compared with a quarter of a year, as if offences were spread evenly over it."
_CLEAR = frozenset({AmountMovement.ROSE, AmountMovement.FELL})
_ROOM = frozenset({Direction.ROSE, Direction.FELL})


class _StepKind(enum.Enum):
    """How a place's step from year to year stands to the nation's."""

    AGREES = enum.auto()
    """Both moved the same way, beyond chance."""
    OPPOSES = enum.auto()
    """Both moved beyond chance, and not the same way."""
    SLIGHT = enum.auto()
    """Both moved the same way by the numbers, and chance alone could make one of the two."""
    UNCLEAR = enum.auto()
    """Anything else: level numbers, other ways within chance, or numbers that are not exact."""
    BROKEN = enum.auto()
    """One of the two cannot be compared with its year before."""
    MISSING = enum.auto()
    """We hold no national numbers for the two years."""


class _PairedStep(Struct, frozen=True, kw_only=True):
    """One step of the place's, and the nation's between the same two years."""

    own: tuple[Figure, Figure]
    national: tuple[Figure, Figure] | None
    kind: _StepKind
    why: str = ""


@claim_check("mirrors_national", needs=("place", "nation", "measure"))
def mirrors_national(claim: Claim, record: Repository) -> CheckResult:
    """Whether a place's yearly numbers moved as the nation's did, in every step from year to year.

    Where the nation named has no whole years, another nation or nations that hold the place may serve.
    """
    place, measure = place_setting(claim, record), required_setting(claim, "measure")
    named_nation = place_setting(claim, record, "nation")
    until = publication_date(claim, record)
    own = latest_run(whole_years(find_series(record, place.code, measure, until=until)))
    nation, national = _find_national(record, place, named_nation, measure, until)
    here, there = formatting.place_in_sentence(place), formatting.place_in_sentence(nation)
    steps = _pair_steps(own, national, record)
    if steps and any(one.kind is not _StepKind.MISSING for one in steps):
        weight, reason = _weigh_both(steps, here, there)
    else:
        weight, reason = Verdict.NOT_SHOWN, _say_gap(own, national, here, there)
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(reason),
        check=f"Whether the yearly numbers of {here} rose and fell in the same years as those of {there}, "
        "in every step and by more than chance could make.",
        caveats=("Moving the same way is not moving for the same reason.",) if steps else (),
        figures=tuple(figure.id for figure in (*own, *national)),
        not_checked=(CAUSE,),
    )


def _find_national(
    record: Repository, place: Place, named_nation: Place, measure: str, until: date | None
) -> tuple[Place, tuple[Figure, ...]]:
    years = whole_years(find_series(record, named_nation.code, measure, until=until))
    if len(years) > 1:
        return named_nation, years
    for other in containing_places(record.places, place.code):
        if other.level in _NATIONAL and other is not named_nation:
            others = whole_years(find_series(record, other.code, measure, until=until))
            if len(others) > 1:
                return other, others
    return named_nation, years


def _pair_steps(own: Sequence[Figure], national: Sequence[Figure], record: Repository) -> list[_PairedStep]:
    by_year = {figure.period.text: figure for figure in national}
    region_forces = region_memberships(record)
    paired_steps: list[_PairedStep] = []
    for earlier, later in pairwise(own):
        first, last = by_year.get(earlier.period.text), by_year.get(later.period.text)
        if first is None or last is None:
            paired_steps.append(_PairedStep(own=(earlier, later), national=None, kind=_StepKind.MISSING))
        else:
            paired_steps.append(_compare_steps((earlier, later), (first, last), record, region_forces))
    return paired_steps


def _compare_steps(
    own: tuple[Figure, Figure],
    national: tuple[Figure, Figure],
    record: Repository,
    region_forces: Memberships,
) -> _PairedStep:
    for first, last in (own, national):
        gap = find_comparison_break(first, last, record, region_forces)
        if gap is not None:
            return _PairedStep(own=own, national=national, kind=_StepKind.BROKEN, why=say_inside(gap.text))
    movements = [classify_movement(first.amount, last.amount) for first, last in (own, national)]
    ways = [compare_amounts(first.amount, last.amount) for first, last in (own, national)]
    if _CLEAR.issuperset(movements):
        kind = _StepKind.AGREES if movements[0] is movements[1] else _StepKind.OPPOSES
    elif ways[0] is ways[1] and ways[0] in _ROOM:
        kind = _StepKind.SLIGHT
    else:
        kind = _StepKind.UNCLEAR
    return _PairedStep(own=own, national=national, kind=kind)


def _weigh_both(steps: Sequence[_PairedStep], here: str, there: str) -> tuple[Verdict, str]:
    kinds = {one.kind for one in steps}
    clause = "; ".join(_say_both(one, here, there) for one in steps)
    opposed_count = sum(one.kind is _StepKind.OPPOSES for one in steps)
    if opposed_count:
        verdict = Verdict.PARTLY if _StepKind.AGREES in kinds else Verdict.CONTRADICTED
        count = formatting.pluralise_in_words(len(steps), "step", "steps")
        return (
            verdict,
            f"{here} moved the other way in {formatting.spell_small_number(opposed_count)} of {count}: {clause}",
        )
    if kinds == {_StepKind.AGREES}:
        return Verdict.SUPPORTED, clause
    if _StepKind.BROKEN in kinds and not kinds & {_StepKind.MISSING, _StepKind.UNCLEAR}:
        return Verdict.CANNOT_JUDGE, clause
    if kinds <= {_StepKind.AGREES, _StepKind.SLIGHT}:
        return Verdict.IN_LINE, clause
    return Verdict.NOT_SHOWN, clause


def _say_both(one: _PairedStep, here: str, there: str) -> str:
    first, last = one.own
    when = f"from {formatting.period_in_sentence(first.period)} to {formatting.period_in_sentence(last.period)}"
    if one.national is None:
        return f"{when} we hold no numbers of {there} to compare"
    if one.kind is _StepKind.BROKEN:
        return f"{when} the two cannot be compared: {one.why}"
    clause = f"{when} {here} {_say_way(*one.own)} and {there} {_say_way(*one.national)}"
    unclear = [
        where
        for where, pair in ((here, one.own), (there, one.national))
        if classify_movement(pair[0].amount, pair[1].amount) is AmountMovement.UNCLEAR
    ]
    if unclear:
        return f"{clause}; for {formatting.join_list(unclear)} {CHANCE}"
    return clause if one.kind in {_StepKind.AGREES, _StepKind.OPPOSES} else f"{clause}, and not all of it is exact"


def _say_way(first: Figure, last: Figure) -> str:
    """ "went from 66 to 71": the numbers, so that nothing is called a rise that chance could make."""
    before, after = (formatting.format_dated_count(one).rpartition(" in ")[0] for one in (first, last))
    return f"stayed at {before}" if before == after else f"went from {before} to {after}"


def _say_gap(own: Sequence[Figure], national: Sequence[Figure], here: str, there: str) -> str:
    beside = f"so there is nothing to compare the numbers of {here} with"
    if not own:
        return f"We hold no whole-year figure for {here}, so nothing can be compared with {there}"
    if not national:
        return f"We hold no whole-year figure for {there}, {beside}"
    if len(national) == 1:
        return f"We hold only one whole year for {there}, {formatting.format_dated_count(national[0])}, {beside}"
    return f"We hold no two years running for both {here} and {there}"


_TO_COME = "This is about what may come, which no recorded number shows"
_AFTERWARDS = "What came after the claim was made."


@claim_check("forecast", needs=("place",), may=("measure",))
def check_forecast(claim: Claim, record: Repository) -> CheckResult:
    """What there is beside a claim about what may come: the latest quarter of a measure that it names."""
    place, measure = place_setting(claim, record), claim.setting("measure")
    if not measure:
        return CheckResult(
            weight=Verdict.NOT_SHOWN,
            reason=formatting.to_sentence(_TO_COME),
            check="Whether a recorded number can bear on it.",
            not_checked=(_AFTERWARDS,),
        )
    bearing = (figure.place for figure in record.figures(ids=claim.figures) if figure.measure == measure)
    phrase: list[str] = []
    used_figures: list[Figure] = []
    for code in dict.fromkeys((place.code, *bearing)):
        quarter, year = latest_quarter(find_series(record, code, measure, until=publication_date(claim, record)))
        if quarter is not None and (year is not None or code == place.code):
            phrase.append(_say_latest(record.places.get(code), quarter, year))
            used_figures += [quarter, *([year] if year else [])]
        if year is not None:
            break
    here = formatting.place_in_sentence(place)
    detail = "; ".join(phrase) or f"we hold no quarter for {here}"
    return CheckResult(
        weight=Verdict.NOT_SHOWN,
        reason=formatting.to_sentence(f"{_TO_COME}: {detail}"),
        check=f"How the latest quarter for {here} compares with an average quarter of the year before.",
        caveats=(_EVEN_SPREAD_CAVEAT,) if len(used_figures) > 1 else (),
        figures=tuple(figure.id for figure in used_figures),
        not_checked=(_AFTERWARDS,),
    )


def _say_latest(place: Place, quarter: Figure, year: Figure | None) -> str:
    here = f"for {formatting.place_in_sentence(place)} the latest quarter is {formatting.format_dated_count(quarter)}"
    if year is None:
        return f"{here}, with no whole year before it to compare it with"
    average = formatting.format_number(average_quarter(year).amount)
    how = "" if year.amount.qualifier is Qualifier.EXACT else f"{year.amount.qualifier.value} "
    return f"{here}, beside {how}{average} in an average quarter of {formatting.period_in_sentence(year.period)}"


# The check of a claim that a place's number is the highest of the places of a larger one.


_MOST_NAMED = 5
_KINDS = {
    PlaceLevel.NATION: "nations",
    PlaceLevel.REGION: "regions",
    PlaceLevel.FORCE: "police forces",
    PlaceLevel.LOCAL_AUTHORITY: "local authorities",
}


@claim_check("highest_of", needs=("place", "among", "measure", "period"), may=("platform",))
def highest_of(claim: Claim, record: Repository) -> CheckResult:
    """Whether a place has the highest number of the places of its kind in the larger place ``among``."""
    place, among = place_setting(claim, record), place_setting(claim, record, "among")
    period = named_period(claim, "period")
    peers = _find_peers(place, among, record)
    if place.code not in {peer.code for peer in peers}:
        raise ValueError(f'the claim "{claim.id}" sets "{place.code}" among "{among.code}", which does not hold it')
    kind, when = _KINDS.get(place.level, "places"), formatting.period_in_sentence(period)
    check = (
        f"Whether the number for {formatting.place_in_sentence(place)} in {when} is the highest of the {kind} of "
        f"{formatting.place_in_sentence(among)}."
    )
    figures_by_place = {peer.code: _find_number(claim, record, peer, period) for peer in peers}
    mine = figures_by_place.pop(place.code)
    used_ids = tuple(figure.id for figure in (mine, *figures_by_place.values()) if figure is not None)
    weight, reason = _weigh_among(place, mine, figures_by_place, record, when)
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(reason),
        check=check,
        caveats=(RECORDING_CAVEAT,) if used_ids else (),
        figures=used_ids,
        not_checked=(PEOPLE,),
    )


def _find_peers(place: Place, among: Place, record: Repository) -> list[Place]:
    roots = (among.code, *among.members)
    under = {one.code: one for root in roots for one in record.places.descendants(root)}
    under.update({code: record.places.get(code) for code in among.members})
    return [one for one in under.values() if one.level is place.level and not one.former]


def _find_number(claim: Claim, record: Repository, place: Place, period: Period) -> Figure | None:
    several = [
        figure
        for figure in numeric_only(
            record.figures(
                place=place.code,
                measure=required_setting(claim, "measure"),
                platform=claim.setting("platform"),
            )
        )
        if figure.period.text == period.text
    ]
    return newest_figure(several, record) if several else None


def _weigh_among(
    place: Place, mine: Figure | None, others: dict[str, Figure | None], record: Repository, when: str
) -> tuple[Verdict, str]:
    if mine is None:
        return Verdict.NOT_SHOWN, f"We hold no figure for {formatting.place_in_sentence(place)} in {when}"
    if not can_lead(mine) or forces_counted(mine, record) is None:
        why = (
            say_doubt([mine])
            or f"what is counted for {formatting.place_in_sentence(place)} in {when} is not known in full"
        )
        return Verdict.CANNOT_JUDGE, why
    sound = {
        code: figure
        for code, figure in others.items()
        if figure is not None and can_lead(figure) and forces_counted(figure, record) is not None
    }
    for code, figure in sound.items():
        if compare_amounts(figure.amount, mine.amount) is Direction.FELL:
            there = _say_there(record, code, figure)
            return Verdict.CONTRADICTED, f"{there} is higher than {_say_there(record, place.code, mine)}"
    missing = [record.places.get(code) for code in others if code not in sound]
    return _weigh_lower(place, mine, sound, missing, record)


def _weigh_lower(
    place: Place, mine: Figure, sound: dict[str, Figure], missing: Sequence[Place], record: Repository
) -> tuple[Verdict, str]:
    """The verdict where no other number that we hold is higher for certain."""
    here = _say_there(record, place.code, mine)
    count = formatting.pluralise_in_words(len(sound), "other", "others")
    if missing:
        missing_names = formatting.join_list([formatting.place_in_sentence(one) for one in missing[:_MOST_NAMED]])
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        return (
            Verdict.NOT_SHOWN,
            f"{here} is compared with {count}, and we hold no sound figure for {missing_names}{more}",
        )
    if not sound:
        return Verdict.NOT_SHOWN, f"There is no other place to compare {here} with"
    level = [
        _say_there(record, code, figure)
        for code, figure in sound.items()
        if compare_amounts(figure.amount, mine.amount) is not Direction.ROSE
    ]
    if level:
        return Verdict.NOT_SHOWN, f"{here} may be no higher than {formatting.join_list(level)}"
    slight = [
        _say_there(record, code, figure)
        for code, figure in sound.items()
        if classify_movement(figure.amount, mine.amount) is not AmountMovement.ROSE
    ]
    phrase = f"{here} is higher than the {count} we hold"
    if slight:
        return Verdict.IN_LINE, f"{phrase}; beside {formatting.join_list(slight)} {CHANCE}"
    return Verdict.SUPPORTED, phrase


def _say_there(record: Repository, code: str, figure: Figure) -> str:
    return f"{formatting.format_dated_count(figure)} for {formatting.place_in_sentence(record.places.get(code))}"
