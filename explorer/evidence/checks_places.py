"""The check of a claim that a place's number is the highest of the places of a larger one.

Counts are compared and no rates: the place with the most people may well record the most. A place that we
hold no sound figure for could be higher, so the claim is supported only where every other place has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import wording
from .amounts import Direction, compare_amounts
from .chance import AmountMovement, classify_movement
from .finding import (
    CHANCE,
    PEOPLE,
    RECORDING_CAVEAT,
    CheckResult,
    named_period,
    place_setting,
    required_setting,
    say_doubt,
)
from .history import newest_figure, numeric_only
from .model import Claim, Figure, Period, Place, PlaceLevel, Verdict
from .record import Repository
from .registry import claim_check
from .scope import can_lead, forces_counted

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
    kind, when = _KINDS.get(place.level, "places"), wording.period_in_sentence(period)
    check = (
        f"Whether the number for {wording.place_in_sentence(place)} in {when} is the highest of the {kind} of "
        f"{wording.place_in_sentence(among)}."
    )
    figures_by_place = {peer.code: _find_number(claim, record, peer, period) for peer in peers}
    mine = figures_by_place.pop(place.code)
    used_ids = tuple(figure.id for figure in (mine, *figures_by_place.values()) if figure is not None)
    weight, reason = _weigh_among(place, mine, figures_by_place, record, when)
    return CheckResult(
        weight=weight,
        reason=wording.format_sentence(reason),
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
        return Verdict.NOT_SHOWN, f"We hold no figure for {wording.place_in_sentence(place)} in {when}"
    if not can_lead(mine) or forces_counted(mine, record) is None:
        why = (
            say_doubt([mine])
            or f"what is counted for {wording.place_in_sentence(place)} in {when} is not known in full"
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
    count = wording.pluralise(len(sound), "other", "others")
    if missing:
        missing_names = wording.join_list([wording.place_in_sentence(one) for one in missing[:_MOST_NAMED]])
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
        return Verdict.NOT_SHOWN, f"{here} may be no higher than {wording.join_list(level)}"
    slight = [
        _say_there(record, code, figure)
        for code, figure in sound.items()
        if classify_movement(figure.amount, mine.amount) is not AmountMovement.ROSE
    ]
    phrase = f"{here} is higher than the {count} we hold"
    if slight:
        return Verdict.IN_LINE, f"{phrase}; beside {wording.join_list(slight)} {CHANCE}"
    return Verdict.SUPPORTED, phrase


def _say_there(record: Repository, code: str, figure: Figure) -> str:
    return f"{wording.format_dated_count(figure)} for {wording.place_in_sentence(record.places.get(code))}"
