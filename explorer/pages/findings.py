"""The title of a chart: the place and what was found there, in ten words or fewer.

A title says that something rose or fell only of two figures that are known to cover the same, and only where
chance alone could not make the difference. It leads with no figure that is in doubt or of a part of a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from explorer.evidence.amounts import bounds, is_exact
from explorer.evidence.chance import Movement, counts_p_value, movement
from explorer.evidence.model import Amount, Figure, PeriodKind, Qualifier, Unit
from explorer.evidence.record import Record
from explorer.evidence.scope import can_lead, comparable

from . import words
from .scale import grouped

_WORDS = 10
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
NOTHING = "We hold no figure"


def fitted(*titles: str) -> str:
    """The first title of ten words or fewer; the last where all are longer."""
    return next((title for title in titles if len(title.split()) <= _WORDS), titles[-1])


def comparable_run(figures: Sequence[Figure], record: Record) -> list[Figure]:
    """The figures of one series, in order, that can lead and may be compared with the last one that can.

    Of quarters only the last and the same one of the year before.
    """
    leading = [one for one in figures if can_lead(one)]
    if not leading:
        return []
    last = leading[-1]
    if last.period.kind is PeriodKind.QUARTER:
        leading = [one for one in leading if one is last or _year_before(one, last)]
    return [one for one in leading if one is last or comparable(one, last, record) is None]


def counted(amount: Amount) -> str:
    """ "at least 1,200 offences"."""
    return words.amount(amount, Unit.OFFENCES)


def trend_title(place: str, figures: Sequence[Figure], unit: Unit, run: Sequence[Figure]) -> str:
    """What the figures of one place over time show. ``figures`` are of one kind of period, in order.

    ``run`` holds those of them that may be compared, by ``comparable_run``.
    """
    leading = [one for one in figures if can_lead(one)]
    if not leading:
        return _doubtful_title(place, figures, unit)
    last = leading[-1]
    if unit is Unit.CHANGE:
        return change_title(place, last)
    if unit is not Unit.OFFENCES:
        return fitted(
            f"{place}: {words.amount(last.amount, unit, last.base)} in {words.period(last.period)}",
            f"{place}: {words.amount(last.amount, unit, last.base)}",
        )
    if len(run) < 2:
        return _single_title(place, last)
    return _quarter_title(place, run) if last.period.kind is PeriodKind.QUARTER else _moved(place, run)


def _doubtful_title(place: str, figures: Sequence[Figure], unit: Unit) -> str:
    """What is left where no figure can lead: the newest, marked as what it is."""
    numbered = [one for one in figures if one.amount.number is not None]
    if not numbered:
        return f"{place}: {NOTHING[:1].lower()}{NOTHING[1:]}"
    last = numbered[-1]
    said = words.amount(last.amount, unit, last.base)
    how = "in doubt" if last.in_doubt is not None else "for part of the year"
    return fitted(f"{place}: {said} in {last.period.label}, {how}", f"{place}: {said}, {how}")


def _single_title(place: str, only: Figure) -> str:
    said = counted(only.amount)
    when = words.period(only.period)
    return fitted(f"{place}: {said} recorded in {when}", f"{place}: {said} in {when}", f"{place}: {said}")


def _moved(place: str, run: Sequence[Figure]) -> str:
    first, last = run[0], run[-1]
    how = movement(first.amount, last.amount)
    before, after = words.numbers(first.amount, Unit.OFFENCES), words.numbers(last.amount, Unit.OFFENCES)
    if how in {Movement.ROSE, Movement.FELL}:
        way = "up" if how is Movement.ROSE else "down"
        told = f"{place}: {way} from {before} to {after} offences"
        since = f"since {first.period.label}"
        short = f"{place}: {way}, {before} to {after} {since}"
        return fitted(f"{told} {since}", short, told, f"{place}: {before} to {after} offences")
    if how is Movement.OPEN:
        return _single_title(place, last)
    return _unclear(place, run)


def _unclear(place: str, run: Sequence[Figure]) -> str:
    """The range of the figures, where chance alone could make the difference of the first and the last.

    Where it could not make that of the lowest and the highest between them, the time compared is named.
    """
    each = "year" if run[-1].period.kind in _YEARS else "period"
    exact = sorted(
        (one.amount for one in run if is_exact(one.amount)), key=lambda amount: amount.number or Decimal(0)
    )
    low, high = (end.number or Decimal(0) for end in (exact[0], exact[-1]))
    apart = movement(exact[0], exact[-1]) is not Movement.UNCLEAR
    since = f" since {run[0].period.label}" if apart else ""
    told = grouped(low) if low == high else f"{grouped(low)} to {grouped(high)}"
    return fitted(
        f"{place}: {told} offences a {each}, no clear change{since}",
        f"{place}: {told} a {each}, no clear change{since}",
        f"{place}: no clear change{since}, {told}",
        f"{place}: no clear change{since}",
    )


def _quarter_title(place: str, run: Sequence[Figure]) -> str:
    """The last quarter beside the same one of the year before."""
    before, last = run[0], run[-1]
    how = movement(before.amount, last.amount)
    numbers = [words.numbers(one.amount, Unit.OFFENCES) for one in (before, last)]
    when = last.period.label
    if how in {Movement.ROSE, Movement.FELL}:
        way = "up" if how is Movement.ROSE else "down"
        return fitted(
            f"{place}: {numbers[1]} in {when}, {way} from {numbers[0]} a year before",
            f"{place}: {way} from {numbers[0]} to {numbers[1]} within a year",
        )
    if how is Movement.OPEN:
        return _single_title(place, last)
    return fitted(
        f"{place}: {numbers[1]} offences in {when}, no clear change",
        f"{place}: {numbers[1]} in {when}, no clear change",
    )


def _year_before(one: Figure, last: Figure) -> bool:
    same = one.period.kind is last.period.kind and one.period.start.month == last.period.start.month
    return same and last.period.start.year - one.period.start.year == 1


def change_title(place: str, figure: Figure) -> str:
    """A change that a source publishes: "Essex: up 323% since 2017/18, as published"."""
    said = published_change(figure)
    return fitted(f"{place}: {said} by {figure.period.label}, as published", f"{place}: {said}, as published")


def published_change(figure: Figure) -> str:
    """A published change in words: "up 64% since 2017/18", "a fall of about 27%"."""
    number = figure.amount.number or Decimal(0)
    lead = "" if figure.amount.qualifier is Qualifier.EXACT else f"{figure.amount.qualifier} "
    way = "unchanged" if number == 0 else f"{'up' if number > 0 else 'down'} {lead}{grouped(abs(number))}%"
    return f"{way} {figure.breakdown}".rstrip()


def chance_notes(run: Sequence[Figure]) -> list[str]:
    """What chance could do to the first and the last figure of a run; none where there is one only."""
    told = pair_note(run[0], run[-1]) if len(run) > 1 else ""
    return [told] if told else []


def pair_note(first: Figure, last: Figure) -> str:
    """What chance alone could do to two counts, in a sentence; empty where their ranges leave it open."""
    how = movement(first.amount, last.amount)
    if how is Movement.OPEN:
        return ""
    when = f"{words.period(first.period)} and {words.period(last.period)}"
    if how is not Movement.UNCLEAR:
        return f"The difference between {when} is larger than chance alone would make (5% level)."
    likely = _likely(first, last)
    return f"No clear change: chance alone could part the counts of {when} as far{likely}."


_MOST_SURE = 99


def _likely(first: Figure, last: Figure) -> str:
    """How often chance alone would part two exact counts as far."""
    before, after = bounds(first.amount)[0], bounds(last.amount)[0]
    if before is None or after is None or not (is_exact(first.amount) and is_exact(last.amount)):
        return ""
    value = counts_p_value(int(before), int(after))
    often = round(value * 100)
    return f" in {'more than 99' if often > _MOST_SURE else often}% of cases (p = {value:.2f})"


def rose_somewhere(figures: Sequence[Figure]) -> bool:
    """Whether a later number is the larger one of any two neighbours."""
    numbers = [one.amount.number for one in figures if one.amount.number is not None]
    return any(after > before for before, after in pairwise(numbers))
