"""What the cells of one row must say to one another, beyond what each may hold by itself.

Each function reports what is wrong through the row it is given; none raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from explorer.evidence import (
    WITHOUT_NUMBER,
    Amount,
    FigureStatus,
    Qualifier,
    Unit,
    compute_bounds,
    first_day,
    parse_period,
)

from .cells import RowCells, TableContext

EVENT_SETTINGS = ("event", "later")
"""The settings of a claim's check that name an event of its pack."""
_NEEDS_NUMBER = frozenset(
    {FigureStatus.ESTIMATED, FigureStatus.PROVISIONAL, FigureStatus.REVISED, FigureStatus.LOW_RELIABILITY}
)
_HUNDRED = Decimal(100)
_MAY_BREAK = frozenset({Unit.PER_CENT, Unit.CHANGE})
"""What need not be a whole number."""
Settings = tuple[tuple[str, str], ...]


def read_figure_amount(cells: RowCells, unit: Unit | None) -> Amount:
    """The amount of a figure; ``unit`` is None where its measure is not known."""
    # A quarter's offences are below zero where earlier ones were taken back, and then they are printed so.
    printed_below = unit is Unit.OFFENCES and cells.read_text("printed").startswith(("-", "−", "("))
    can_be_negative = unit is Unit.CHANGE or printed_below
    number = cells.read_number("number", is_signed=can_be_negative)
    qualifier = Qualifier(cells.read_choice("qualifier") or Qualifier.EXACT)
    status_text = cells.read_choice("status")
    status = FigureStatus(status_text) if status_text else None
    low, high = (
        cells.read_number("low", is_signed=can_be_negative),
        cells.read_number("high", is_signed=can_be_negative),
    )
    _check_status(cells, number, status)
    _check_unit(cells, number, unit)
    _check_bounds(cells, number, qualifier, (low, high))
    least, most = compute_bounds(number, qualifier, unit or Unit.OFFENCES)
    return Amount(
        number=number,
        qualifier=qualifier,
        status=status,
        low=least if low is None else low,
        high=most if high is None else high,
    )


def _check_status(cells: RowCells, number: Decimal | None, status: FigureStatus | None) -> None:
    if number is None and cells.read_text("number"):
        return  # the number itself is wrong, and was reported
    if number is None and status is None and not cells.read_text("status"):
        mend = "Write the number, or say why there is none: x not available, c confidential, z not applicable."
        cells.add_problem("number", "there is no number and no status that says why", mend)
    if status is None:
        return
    if number is not None and status in WITHOUT_NUMBER:
        mend = "Leave out the number, or the status."
        cells.add_problem("status", f"the status [{status.value}] says there is no number, but there is one", mend)
    if number is None and status in _NEEDS_NUMBER:
        mend = "Write the number, or x, c or z as the status."
        cells.add_problem("status", f"the status [{status.value}] is said of a number, and there is none", mend)
    if number and status is FigureStatus.ROUNDS_TO_ZERO:
        mend = "Write 0 or leave the number blank, or leave out the status."
        cells.add_problem("status", f"the status [k] says that it rounds to zero, but the number is {number}", mend)


def _check_unit(cells: RowCells, number: Decimal | None, unit: Unit | None) -> None:
    if number is None or unit is None:
        return
    if unit is Unit.PER_CENT and number > _HUNDRED:
        cells.add_problem("number", f"a share of {number} per cent is over 100", "Check the number and the measure.")
    if unit is Unit.CHANGE and number < -_HUNDRED:
        message = f"a change of {number} per cent leaves less than nothing"
        cells.add_problem("number", message, "Check the number and the measure.")
    if unit not in _MAY_BREAK and number != number.to_integral_value():
        cells.add_problem("number", f"{number} is not a whole number, and {unit.value} are counted", "Write the count.")


def _check_bounds(
    cells: RowCells,
    number: Decimal | None,
    qualifier: Qualifier,
    limits: tuple[Decimal | None, Decimal | None],
) -> None:
    low, high = limits
    if low is not None and high is not None and low > high:
        cells.add_problem("low", f"the least ({low}) is more than the most ({high})", "Exchange them.")
    if number is None:
        return
    if low is not None and qualifier is not Qualifier.AT_LEAST and low > number:
        cells.add_problem("low", f"the least ({low}) is more than the number ({number})", "Check all three.")
    if low is not None and qualifier is Qualifier.AT_LEAST and low < number:
        cells.add_problem("low", f"the least ({low}) is less than the number ({number}) it is at least", "Check both.")
    if high is not None and qualifier is not Qualifier.ALMOST and high < number:
        cells.add_problem("high", f"the most ({high}) is less than the number ({number})", "Check all three.")


def read_force_counts(cells: RowCells) -> tuple[int | None, int | None]:
    """How many forces replied and how many were asked."""
    responding_count, total_count = (
        cells.read_whole_number("forces_responding"),
        cells.read_whole_number("forces_total"),
    )
    if responding_count is not None and total_count is not None and responding_count > total_count:
        message = f"{responding_count} forces replied but only {total_count} were asked"
        cells.add_problem("forces_responding", message, "Check both numbers.")
    return responding_count, total_count


def read_doubt(cells: RowCells) -> tuple[str, str]:
    """What of a figure is in doubt, and why: one is never said without the other."""
    what, why = cells.read_choice("in_doubt"), cells.read_text("doubt")
    if what and not why:
        cells.add_problem("doubt", f"the {what} is in doubt and nothing says why", "Say why in a sentence.")
    if why and not what and not cells.read_text("in_doubt"):
        cells.add_problem("in_doubt", "a doubt is told, but not of what", "Write place, period or completeness.")
    return what, why


def check_name(cells: RowCells) -> str:
    """The name of a claim's check, which must be one that this program knows."""
    from explorer.evidence.claims import CHECKS

    name = cells.read_text("check")
    if name and name not in CHECKS:
        cells.add_problem("check", f"{name[:40]!r} is no known check", f"Write one of: {', '.join(sorted(CHECKS))}.")
    return name


def read_claim_settings(cells: RowCells) -> Settings:
    """The settings of a claim's check, each name and value checked; ids of events made global."""
    claim_settings: list[tuple[str, str]] = []
    for name, value in cells.read_settings("settings"):
        rule = _SETTINGS.get(name)
        if rule is not None and not rule[0](value, cells.context):
            cells.add_problem("settings", f"{value[:40]!r} is not a known {name}", rule[1])
        claim_settings.append((name, f"{cells.context.pack}/{value}" if name in EVENT_SETTINGS else value))
    _check_names(cells, [name for name, _ in claim_settings])
    return tuple(claim_settings)


def _check_names(cells: RowCells, names: Sequence[str]) -> None:
    """Report settings that no check reads: a misspelt one would change what is checked unseen."""
    from explorer.evidence.claims import CHECKS

    known_names = {name for check in CHECKS.values() for name in check.settings}
    check = CHECKS.get(cells.read_text("check"))
    for name in names:
        if name not in known_names:
            takes = check.settings if check is not None else sorted(known_names)
            mend = f"Write one of: {', '.join(dict.fromkeys(takes))}."
            cells.add_problem("settings", f"{name[:40]!r} is no setting of a check", mend)
    if check is None:
        return
    for need in check.needs:
        if need not in names:
            mend = f'The check "{check.name}" needs: {", ".join(check.needs)}.'
            cells.add_problem("settings", f"the setting {need!r} is missing", mend)
    if check.one_of and not set(check.one_of) & set(names):
        mend = f'The check "{check.name}" needs {" or ".join(check.one_of)}.'
        cells.add_problem("settings", f"the setting {check.one_of[0]!r} is missing", mend)


def _id_check(table: str) -> Callable[[str, TableContext], bool]:
    def is_known_id(value: str, context: TableContext) -> bool:
        known_ids = context.ids.get(table)
        return known_ids is None or value in known_ids

    return is_known_id


def _is_place(value: str, context: TableContext) -> bool:
    return context.places is None or value in context.places


def _is_period(value: str, _context: TableContext) -> bool:
    try:
        parse_period(value)
    except ValueError:
        return False
    return True


def _pattern_check(pattern: str) -> Callable[[str, TableContext], bool]:
    fits = re.compile(pattern)
    return lambda value, _context: fits.fullmatch(value) is not None


def _is_compare(value: str, _context: TableContext) -> bool:
    from explorer.evidence.claims import COMPARE_WORDS

    return value in COMPARE_WORDS


def _is_date(value: str, _context: TableContext) -> bool:
    return first_day(value) is not None


_OTHER_TABLES = "Check it against the other tables."
_SETTINGS: dict[str, tuple[Callable[[str, TableContext], bool], str]] = {
    **dict.fromkeys(("place", "nation", "among", "whole"), (_is_place, _OTHER_TABLES)),
    **dict.fromkeys(("period", "base"), (_is_period, "Write a period, such as 2019/20 or Apr-Jun 2020.")),
    **dict.fromkeys(("date", "by"), (_is_date, "Write a date, such as 2020-02-12, 2020-02 or 2020.")),
    "change": (
        _pattern_check(r"[+-]?[0-9]{1,6}(\.[0-9]{1,3})?"),
        "Write per cent without the sign: 14 or -27.5.",
    ),
    "compare": (_is_compare, "Write at least, more than, less than, fewer than, exactly or about."),
    "times": (_pattern_check(r"[0-9]{1,2}(\.[0-9]{1,2})?"), "Write how many times in figures: 2 or 2.5."),
    "share": (
        _pattern_check(r"[0-9]{1,3}(\.[0-9]{1,3})?|[1-9]/[1-9][0-9]?"),
        "Write per cent without the sign, or a fraction: 14 or 1/3.",
    ),
    "total": (_pattern_check(r"[0-9]{1,9}"), "Write the number without commas: 5161."),
    "measure": (_id_check("measures"), _OTHER_TABLES),
    "platform": (_id_check("platforms"), _OTHER_TABLES),
    **dict.fromkeys(EVENT_SETTINGS, (_id_check("events"), _OTHER_TABLES)),
}
"""How each setting is checked, and how to write it."""
