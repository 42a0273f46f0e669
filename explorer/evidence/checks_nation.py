"""Checks of claims that reach beyond a place's own numbers: like the nation's, or the start of something.

What may come is shown by no recorded number, so such a claim is never supported or contradicted here.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from . import wording
from .amounts import Step, step
from .arithmetic import average_quarter
from .chance import Movement, movement
from .finding import CAUSE, CHANCE, Finding, place_setting, say_inside, setting, written
from .history import latest_quarter, latest_run, series, whole_years, wider
from .model import Claim, Figure, Level, Place, Qualifier, Weight
from .record import Record
from .registry import claim_check
from .scope import Memberships, comparable, memberships

_NATIONAL = frozenset({Level.UK, Level.NATIONS, Level.NATION})
_SPREAD = "A quarter is compared with a quarter of a year, as if offences were spread evenly over it."
_CLEAR = frozenset({Movement.ROSE, Movement.FELL})
_ROOM = frozenset({Step.ROSE, Step.FELL})


class _Kind(enum.Enum):
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


class _Both(Struct, frozen=True, kw_only=True):
    """One step of the place's, and the nation's between the same two years."""

    own: tuple[Figure, Figure]
    national: tuple[Figure, Figure] | None
    kind: _Kind
    why: str = ""


@claim_check("mirrors_national", needs=("place", "nation", "measure"))
def mirrors_national(claim: Claim, record: Record) -> Finding:
    """Whether a place's yearly numbers moved as the nation's did, in every step from year to year.

    Where the nation named has no whole years, another nation or nations that hold the place may serve.
    """
    place, measure = place_setting(claim, record), setting(claim, "measure")
    named = place_setting(claim, record, "nation")
    until = written(claim, record)
    own = latest_run(whole_years(series(record, place.code, measure, until=until)))
    nation, national = _find_national(record, place, named, measure, until)
    here, there = wording.place(place), wording.place(nation)
    steps = _pair_steps(own, national, record)
    if steps and any(one.kind is not _Kind.MISSING for one in steps):
        weight, reason = _weigh_both(steps, here, there)
    else:
        weight, reason = Weight.NOT_SHOWN, _say_gap(own, national, here, there)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the yearly numbers of {here} rose and fell in the same years as those of {there}, "
        "in every step and by more than chance could make.",
        caveats=("Moving the same way is not moving for the same reason.",) if steps else (),
        figures=tuple(figure.id for figure in (*own, *national)),
        not_checked=(CAUSE,),
    )


def _find_national(
    record: Record, place: Place, named: Place, measure: str, until: date | None
) -> tuple[Place, tuple[Figure, ...]]:
    years = whole_years(series(record, named.code, measure, until=until))
    if len(years) > 1:
        return named, years
    for other in wider(record.places, place.code):
        if other.level in _NATIONAL and other is not named:
            others = whole_years(series(record, other.code, measure, until=until))
            if len(others) > 1:
                return other, others
    return named, years


def _pair_steps(own: Sequence[Figure], national: Sequence[Figure], record: Record) -> list[_Both]:
    by_year = {figure.period.text: figure for figure in national}
    known = memberships(record)
    found: list[_Both] = []
    for earlier, later in pairwise(own):
        first, last = by_year.get(earlier.period.text), by_year.get(later.period.text)
        if first is None or last is None:
            found.append(_Both(own=(earlier, later), national=None, kind=_Kind.MISSING))
        else:
            found.append(_compare_steps((earlier, later), (first, last), record, known))
    return found


def _compare_steps(
    own: tuple[Figure, Figure], national: tuple[Figure, Figure], record: Record, known: Memberships
) -> _Both:
    for first, last in (own, national):
        gap = comparable(first, last, record, known)
        if gap is not None:
            return _Both(own=own, national=national, kind=_Kind.BROKEN, why=say_inside(gap.text))
    moved = [movement(first.amount, last.amount) for first, last in (own, national)]
    ways = [step(first.amount, last.amount) for first, last in (own, national)]
    if _CLEAR.issuperset(moved):
        kind = _Kind.AGREES if moved[0] is moved[1] else _Kind.OPPOSES
    elif ways[0] is ways[1] and ways[0] in _ROOM:
        kind = _Kind.SLIGHT
    else:
        kind = _Kind.UNCLEAR
    return _Both(own=own, national=national, kind=kind)


def _weigh_both(steps: Sequence[_Both], here: str, there: str) -> tuple[Weight, str]:
    kinds = {one.kind for one in steps}
    clause = "; ".join(_say_both(one, here, there) for one in steps)
    opposed = sum(one.kind is _Kind.OPPOSES for one in steps)
    if opposed:
        parted = Weight.PARTLY if _Kind.AGREES in kinds else Weight.CONTRADICTED
        count = wording.count(len(steps), "step", "steps")
        return parted, f"{here} moved the other way in {wording.small(opposed)} of {count}: {clause}"
    if kinds == {_Kind.AGREES}:
        return Weight.SUPPORTED, clause
    if _Kind.BROKEN in kinds and not kinds & {_Kind.MISSING, _Kind.UNCLEAR}:
        return Weight.CANNOT_JUDGE, clause
    if kinds <= {_Kind.AGREES, _Kind.SLIGHT}:
        return Weight.IN_LINE, clause
    return Weight.NOT_SHOWN, clause


def _say_both(one: _Both, here: str, there: str) -> str:
    first, last = one.own
    when = f"from {wording.period(first.period)} to {wording.period(last.period)}"
    if one.national is None:
        return f"{when} we hold no numbers of {there} to compare"
    if one.kind is _Kind.BROKEN:
        return f"{when} the two cannot be compared: {one.why}"
    clause = f"{when} {here} {_say_way(*one.own)} and {there} {_say_way(*one.national)}"
    unclear = [
        where
        for where, pair in ((here, one.own), (there, one.national))
        if movement(pair[0].amount, pair[1].amount) is Movement.UNCLEAR
    ]
    if unclear:
        return f"{clause}; for {wording.listing(unclear)} {CHANCE}"
    return clause if one.kind in {_Kind.AGREES, _Kind.OPPOSES} else f"{clause}, and not all of it is exact"


def _say_way(first: Figure, last: Figure) -> str:
    """ "went from 66 to 71": the numbers, so that nothing is called a rise that chance could make."""
    before, after = (wording.dated(one).rpartition(" in ")[0] for one in (first, last))
    return f"stayed at {before}" if before == after else f"went from {before} to {after}"


def _say_gap(own: Sequence[Figure], national: Sequence[Figure], here: str, there: str) -> str:
    beside = f"so there is nothing to compare the numbers of {here} with"
    if not own:
        return f"We hold no whole-year figure for {here}, so nothing can be compared with {there}"
    if not national:
        return f"We hold no whole-year figure for {there}, {beside}"
    if len(national) == 1:
        return f"We hold only one whole year for {there}, {wording.dated(national[0])}, {beside}"
    return f"We hold no two years running for both {here} and {there}"


_TO_COME = "This is about what may come, which no recorded number shows"
_AFTERWARDS = "What came after the claim was made."


@claim_check("forecast", needs=("place",), may=("measure",))
def forecast(claim: Claim, record: Record) -> Finding:
    """What there is beside a claim about what may come: the latest quarter of a measure that it names."""
    place, measure = place_setting(claim, record), claim.setting("measure")
    if not measure:
        return Finding(
            weight=Weight.NOT_SHOWN,
            reason=wording.sentence(_TO_COME),
            check="Whether a recorded number can bear on it.",
            not_checked=(_AFTERWARDS,),
        )
    bearing = (figure.place for figure in record.figures(ids=claim.figures) if figure.measure == measure)
    phrase: list[str] = []
    used: list[Figure] = []
    for code in dict.fromkeys((place.code, *bearing)):
        quarter, year = latest_quarter(series(record, code, measure, until=written(claim, record)))
        if quarter is not None and (year is not None or code == place.code):
            phrase.append(_say_latest(record.places.get(code), quarter, year))
            used += [quarter, *([year] if year else [])]
        if year is not None:
            break
    here = wording.place(place)
    detail = "; ".join(phrase) or f"we hold no quarter for {here}"
    return Finding(
        weight=Weight.NOT_SHOWN,
        reason=wording.sentence(f"{_TO_COME}: {detail}"),
        check=f"How the latest quarter for {here} compares with an average quarter of the year before.",
        caveats=(_SPREAD,) if len(used) > 1 else (),
        figures=tuple(figure.id for figure in used),
        not_checked=(_AFTERWARDS,),
    )


def _say_latest(place: Place, quarter: Figure, year: Figure | None) -> str:
    here = f"for {wording.place(place)} the latest quarter is {wording.dated(quarter)}"
    if year is None:
        return f"{here}, with no whole year before it to compare it with"
    average = wording.number(average_quarter(year).amount)
    how = "" if year.amount.qualifier is Qualifier.EXACT else f"{year.amount.qualifier.value} "
    return f"{here}, beside {how}{average} in an average quarter of {wording.period(year.period)}"
