"""The title of a chart: the place and what was found there, in ten words or fewer.

A title says that something rose or fell only of two figures that are known to cover the same, and only where
chance alone could not make the difference. It leads with no figure that is in doubt or of a part of a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from explorer.evidence import (
    Amount,
    Figure,
    PeriodKind,
    Qualifier,
    Repository,
    Unit,
    amount_bounds,
    format_number,
    formatting,
    is_exact,
)
from explorer.evidence.analysis import (
    AmountMovement,
    can_lead,
    classify_movement,
    counts_p_value,
    find_comparison_break,
)

_WORDS = 10
_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})
NOTHING = "We hold no figure"


def fit_title(*titles: str) -> str:
    """The first title of ten words or fewer; the last where all are longer."""
    return next((title for title in titles if len(title.split()) <= _WORDS), titles[-1])


def comparable_run(figures: Sequence[Figure], record: Repository) -> list[Figure]:
    """The figures of one series, in order, that can lead and may be compared with the last one that can.

    Of quarters only the last and the same one of the year before.
    """
    leading = [one for one in figures if can_lead(one)]
    if not leading:
        return []
    last = leading[-1]
    if last.period.kind is PeriodKind.QUARTER:
        leading = [one for one in leading if one is last or _year_before(one, last)]
    return [one for one in leading if one is last or find_comparison_break(one, last, record) is None]


def format_offences(amount: Amount) -> str:
    """ "at least 1,200 offences"."""
    return formatting.describe_amount(amount, Unit.OFFENCES)


def trend_title(place: str, figures: Sequence[Figure], unit: Unit, comparable_figures: Sequence[Figure]) -> str:
    """What the figures of one place over time show. ``figures`` are of one kind of period, in order.

    ``comparable_figures`` holds those of them that may be compared, by ``comparable_run``.
    """
    leading = [one for one in figures if can_lead(one)]
    if not leading:
        return _doubtful_title(place, figures, unit)
    last = leading[-1]
    if unit is Unit.CHANGE:
        return change_title(place, last)
    if unit is not Unit.OFFENCES:
        return fit_title(
            f"{place}: {formatting.describe_amount(last.amount, unit, last.base)} "
            f"in {formatting.period_in_sentence(last.period)}",
            f"{place}: {formatting.describe_amount(last.amount, unit, last.base)}",
        )
    if len(comparable_figures) < 2:
        return _single_title(place, last)
    return (
        _quarter_title(place, comparable_figures)
        if last.period.kind is PeriodKind.QUARTER
        else _movement_title(place, comparable_figures)
    )


def _doubtful_title(place: str, figures: Sequence[Figure], unit: Unit) -> str:
    """What is left where no figure can lead: the newest, marked as what it is."""
    with_numbers = [one for one in figures if one.amount.number is not None]
    if not with_numbers:
        return f"{place}: {NOTHING[:1].lower()}{NOTHING[1:]}"
    last = with_numbers[-1]
    amount_text = formatting.describe_amount(last.amount, unit, last.base)
    how = "in doubt" if last.in_doubt is not None else "for part of the year"
    return fit_title(f"{place}: {amount_text} in {last.period.label}, {how}", f"{place}: {amount_text}, {how}")


def _single_title(place: str, only: Figure) -> str:
    amount_text = format_offences(only.amount)
    when = formatting.period_in_sentence(only.period)
    return fit_title(
        f"{place}: {amount_text} recorded in {when}",
        f"{place}: {amount_text} in {when}",
        f"{place}: {amount_text}",
    )


def _movement_title(place: str, comparable_figures: Sequence[Figure]) -> str:
    first, last = comparable_figures[0], comparable_figures[-1]
    how = classify_movement(first.amount, last.amount)
    before, after = (
        formatting.format_amount(first.amount, Unit.OFFENCES),
        formatting.format_amount(last.amount, Unit.OFFENCES),
    )
    if how in {AmountMovement.ROSE, AmountMovement.FELL}:
        way = "up" if how is AmountMovement.ROSE else "down"
        change_text = f"{place}: {way} from {before} to {after} offences"
        since = f"since {first.period.label}"
        short = f"{place}: {way}, {before} to {after} {since}"
        return fit_title(f"{change_text} {since}", short, change_text, f"{place}: {before} to {after} offences")
    if how is AmountMovement.OPEN:
        return _single_title(place, last)
    return _unclear_title(place, comparable_figures)


def _unclear_title(place: str, comparable_figures: Sequence[Figure]) -> str:
    """The range of the figures, where chance alone could make the difference of the first and the last.

    Where it could not make that of the lowest and the highest between them, the time compared is named.
    """
    each = "year" if comparable_figures[-1].period.kind in _YEARS else "period"
    exact = sorted(
        (one.amount for one in comparable_figures if is_exact(one.amount)),
        key=lambda amount: amount.number or Decimal(0),
    )
    low, high = (end.number or Decimal(0) for end in (exact[0], exact[-1]))
    apart = classify_movement(exact[0], exact[-1]) is not AmountMovement.UNCLEAR
    since = f" since {comparable_figures[0].period.label}" if apart else ""
    range_text = format_number(low) if low == high else f"{format_number(low)} to {format_number(high)}"
    return fit_title(
        f"{place}: {range_text} offences a {each}, no clear change{since}",
        f"{place}: {range_text} a {each}, no clear change{since}",
        f"{place}: no clear change{since}, {range_text}",
        f"{place}: no clear change{since}",
    )


def _quarter_title(place: str, comparable_figures: Sequence[Figure]) -> str:
    """The last quarter beside the same one of the year before."""
    before, last = comparable_figures[0], comparable_figures[-1]
    how = classify_movement(before.amount, last.amount)
    numbers = [formatting.format_amount(one.amount, Unit.OFFENCES) for one in (before, last)]
    when = last.period.label
    if how in {AmountMovement.ROSE, AmountMovement.FELL}:
        way = "up" if how is AmountMovement.ROSE else "down"
        return fit_title(
            f"{place}: {numbers[1]} in {when}, {way} from {numbers[0]} a year before",
            f"{place}: {way} from {numbers[0]} to {numbers[1]} within a year",
        )
    if how is AmountMovement.OPEN:
        return _single_title(place, last)
    return fit_title(
        f"{place}: {numbers[1]} offences in {when}, no clear change",
        f"{place}: {numbers[1]} in {when}, no clear change",
    )


def _year_before(one: Figure, last: Figure) -> bool:
    same = one.period.kind is last.period.kind and one.period.start.month == last.period.start.month
    return same and last.period.start.year - one.period.start.year == 1


def change_title(place: str, figure: Figure) -> str:
    """A change that a source publishes: "Essex: up 323% since 2017/18, as published"."""
    change_text = published_change(figure)
    return fit_title(
        f"{place}: {change_text} by {figure.period.label}, as published",
        f"{place}: {change_text}, as published",
    )


def published_change(figure: Figure) -> str:
    """A published change in words: "up 64% since 2017/18", "a fall of about 27%"."""
    number = figure.amount.number or Decimal(0)
    lead = "" if figure.amount.qualifier is Qualifier.EXACT else f"{figure.amount.qualifier} "
    way = "unchanged" if number == 0 else f"{'up' if number > 0 else 'down'} {lead}{format_number(abs(number))}%"
    return f"{way} {figure.breakdown}".rstrip()


def chance_notes(comparable_figures: Sequence[Figure]) -> list[str]:
    """What chance could do to the first and the last figure of a run; none where there is one only."""
    note = pair_note(comparable_figures[0], comparable_figures[-1]) if len(comparable_figures) > 1 else ""
    return [note] if note else []


def pair_note(first: Figure, last: Figure) -> str:
    """What chance alone could do to two counts, in a sentence; empty where their ranges leave it open."""
    how = classify_movement(first.amount, last.amount)
    if how is AmountMovement.OPEN:
        return ""
    when = f"{formatting.period_in_sentence(first.period)} and {formatting.period_in_sentence(last.period)}"
    if how is not AmountMovement.UNCLEAR:
        return f"The difference between {when} is larger than chance alone would make (5% level)."
    likely = _format_probability(first, last)
    return f"No clear change: chance alone could part the counts of {when} as far{likely}."


_MOST_SURE = 99


def _format_probability(first: Figure, last: Figure) -> str:
    """How often chance alone would part two exact counts as far."""
    before, after = amount_bounds(first.amount)[0], amount_bounds(last.amount)[0]
    if before is None or after is None or not (is_exact(first.amount) and is_exact(last.amount)):
        return ""
    value = counts_p_value(int(before), int(after))
    often = round(value * 100)
    return f" in {'more than 99' if often > _MOST_SURE else often}% of cases (p = {value:.2f})"


def rose_somewhere(figures: Sequence[Figure]) -> bool:
    """Whether a later number is the larger one of any two neighbours."""
    numbers = [one.amount.number for one in figures if one.amount.number is not None]
    return any(after > before for before, after in pairwise(numbers))
