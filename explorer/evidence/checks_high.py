"""The check of a claim that a number is the highest on record.

Only earlier periods of the same kind and length count, and of several numbers for one the newest does.
"""

from __future__ import annotations

from collections.abc import Sequence

from . import periods, wording
from .amounts import Step, point, step
from .checks_change import broken
from .checks_counts import RECORDED
from .finding import Finding, named_period, place_setting, setting
from .history import in_force_since, series
from .model import Claim, Figure, Period, Weight
from .record import Record


def record_high(claim: Claim, record: Record) -> Finding:
    """Whether a period's number is above all earlier ones of its kind. Settings: place, measure, period."""
    place, measure = place_setting(claim, record), setting(claim, "measure")
    period, here = named_period(claim, "period"), wording.place(place)
    held = [f for f in series(record, place.code, measure) if periods.alike(f.period, period)]
    before = [figure for figure in held if figure.period.end < period.start]
    this = next((figure for figure in held if figure.period.text == period.text), None)
    weight, reason = _highest(this, before, here, period)
    caveats = (
        (*broken([(figure, this) for figure in before], record)[-1:], RECORDED)
        if this is not None and before
        else ()
    )
    law = in_force_since(record, measure, place.code)
    if law is not None and caveats:
        caveats = (f"The offence exists only since {law.words}.", *caveats)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=f"Whether the number held for {here} in {wording.period(period)} is above all earlier ones.",
        caveats=caveats,
        figures=tuple(figure.id for figure in (*before, *([this] if this else []))),
    )


def _highest(this: Figure | None, before: Sequence[Figure], here: str, period: Period) -> tuple[Weight, str]:
    if this is None:
        return Weight.NOT_SHOWN, f"No number is held for {here} in {wording.period(period)}"
    if not before:
        return Weight.NOT_SHOWN, f"No earlier number is held for {here} to set {wording.dated(this)} beside"
    highest = max(before, key=lambda figure: (point(figure.amount), figure.period.end))
    steps = {step(figure.amount, this.amount) for figure in before}
    told = f"{wording.dated(this)} for {here}"
    if Step.FELL in steps:
        return Weight.CONTRADICTED, f"{told} is below {wording.dated(highest)}"
    if steps == {Step.ROSE}:
        count = wording.count(len(before), "earlier number", "earlier numbers")
        return Weight.SUPPORTED, f"{told} is above the {count} held, the highest {wording.dated(highest)}"
    if Step.UNCERTAIN in steps:
        return Weight.NOT_SHOWN, f"{told} is too close to {wording.dated(highest)} to tell"
    return Weight.PARTLY, f"{told} is as high as {wording.dated(highest)} and no higher"
