"""The check of a claim that a place's number is the highest of the places of a larger one.

Counts are compared and no rates: the place with the most people may well record the most. A place that we
hold no sound figure for could be higher, so the claim is supported only where every other place has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import wording
from .amounts import Step, step
from .chance import Movement, movement
from .finding import (
    CHANCE,
    PEOPLE,
    RECORDED,
    Finding,
    named_period,
    place_setting,
    say_doubt,
    setting,
)
from .history import newest, usable
from .model import Claim, Figure, Level, Period, Place, Weight
from .record import Record
from .registry import claim_check
from .scope import can_lead, forces_counted

_MOST_NAMED = 5
_KINDS = {
    Level.NATION: "nations",
    Level.REGION: "regions",
    Level.FORCE: "police forces",
    Level.LOCAL_AUTHORITY: "local authorities",
}


@claim_check("highest_of", needs=("place", "among", "measure", "period"), may=("platform",))
def highest_of(claim: Claim, record: Record) -> Finding:
    """Whether a place has the highest number of the places of its kind in the larger place ``among``."""
    place, among = place_setting(claim, record), place_setting(claim, record, "among")
    period = named_period(claim, "period")
    peers = _find_peers(place, among, record)
    if place.code not in {peer.code for peer in peers}:
        raise ValueError(
            f'the claim "{claim.id}" sets "{place.code}" among "{among.code}", which does not hold it'
        )
    kind, when = _KINDS.get(place.level, "places"), wording.period(period)
    check = (
        f"Whether the number for {wording.place(place)} in {when} is the highest of the {kind} of "
        f"{wording.place(among)}."
    )
    found = {peer.code: _find_number(claim, record, peer, period) for peer in peers}
    mine = found.pop(place.code)
    used = tuple(figure.id for figure in (mine, *found.values()) if figure is not None)
    weight, reason = _weigh_among(place, mine, found, record, when)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=check,
        caveats=(RECORDED,) if used else (),
        figures=used,
        not_checked=(PEOPLE,),
    )


def _find_peers(place: Place, among: Place, record: Record) -> list[Place]:
    roots = (among.code, *among.members)
    under = {one.code: one for root in roots for one in record.places.under(root)}
    under.update({code: record.places.get(code) for code in among.members})
    return [one for one in under.values() if one.level is place.level and not one.former]


def _find_number(claim: Claim, record: Record, place: Place, period: Period) -> Figure | None:
    several = [
        figure
        for figure in usable(
            record.figures(
                place=place.code, measure=setting(claim, "measure"), platform=claim.setting("platform")
            )
        )
        if figure.period.text == period.text
    ]
    return newest(several, record) if several else None


def _weigh_among(
    place: Place, mine: Figure | None, others: dict[str, Figure | None], record: Record, when: str
) -> tuple[Weight, str]:
    if mine is None:
        return Weight.NOT_SHOWN, f"We hold no figure for {wording.place(place)} in {when}"
    if not can_lead(mine) or forces_counted(mine, record) is None:
        why = (
            say_doubt([mine]) or f"what is counted for {wording.place(place)} in {when} is not known in full"
        )
        return Weight.CANNOT_JUDGE, why
    sound = {
        code: figure
        for code, figure in others.items()
        if figure is not None and can_lead(figure) and forces_counted(figure, record) is not None
    }
    for code, figure in sound.items():
        if step(figure.amount, mine.amount) is Step.FELL:
            there = _say_there(record, code, figure)
            return Weight.CONTRADICTED, f"{there} is higher than {_say_there(record, place.code, mine)}"
    missing = [record.places.get(code) for code in others if code not in sound]
    return _weigh_lower(place, mine, sound, missing, record)


def _weigh_lower(
    place: Place, mine: Figure, sound: dict[str, Figure], missing: Sequence[Place], record: Record
) -> tuple[Weight, str]:
    """The verdict where no other number that we hold is higher for certain."""
    here = _say_there(record, place.code, mine)
    count = wording.count(len(sound), "other", "others")
    if missing:
        named = wording.listing([wording.place(one) for one in missing[:_MOST_NAMED]])
        more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        return (
            Weight.NOT_SHOWN,
            f"{here} is compared with {count}, and we hold no sound figure for {named}{more}",
        )
    if not sound:
        return Weight.NOT_SHOWN, f"There is no other place to compare {here} with"
    level = [
        _say_there(record, code, figure)
        for code, figure in sound.items()
        if step(figure.amount, mine.amount) is not Step.ROSE
    ]
    if level:
        return Weight.NOT_SHOWN, f"{here} may be no higher than {wording.listing(level)}"
    slight = [
        _say_there(record, code, figure)
        for code, figure in sound.items()
        if movement(figure.amount, mine.amount) is not Movement.ROSE
    ]
    phrase = f"{here} is higher than the {count} we hold"
    if slight:
        return Weight.IN_LINE, f"{phrase}; beside {wording.listing(slight)} {CHANCE}"
    return Weight.SUPPORTED, phrase


def _say_there(record: Record, code: str, figure: Figure) -> str:
    return f"{wording.dated(figure)} for {wording.place(record.places.get(code))}"
