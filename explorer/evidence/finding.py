"""What a check of a claim finds, and what every check needs: the claim's settings, read with care.

The checks themselves stand in ``checks_shares``, ``checks_counts`` and ``checks_events``.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from . import periods, wording
from .model import Claim, Period, Place, Weight
from .record import Record


class Finding(Struct, frozen=True, kw_only=True):
    """How a claim stands against the record, and why."""

    weight: Weight
    reason: str
    """One plain sentence with the numbers that it rests on."""
    check: str
    """What was checked, in words."""
    caveats: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of the figures that the verdict rests on."""


def setting(claim: Claim, name: str) -> str:
    """What the check is told under ``name``. Raises ValueError where it is told nothing."""
    value = claim.setting(name)
    if not value:
        raise ValueError(f'the claim "{claim.id}" is weighed by "{claim.check}", which needs "{name}"')
    return value


def place_setting(claim: Claim, record: Record, name: str = "place") -> Place:
    """The place that a setting names. Raises ValueError if there is no such place."""
    code = setting(claim, name)
    if code not in record.places:
        raise ValueError(f'the claim "{claim.id}" names the unknown place "{code}"')
    return record.places.get(code)


def period_setting(claim: Claim) -> Period | None:
    """The period that the check is told, if any. Raises ValueError if it cannot be read."""
    text = claim.setting("period")
    return periods.parse(text) if text else None


def written(claim: Claim, record: Record) -> date | None:
    """The last day that a claim can have been made on: what ended later it cannot have spoken of."""
    try:
        return wording.last_day(record.source(claim.source).published)
    except KeyError:
        return None


def named_period(claim: Claim, name: str) -> Period:
    """The period that a setting names. Raises ValueError where there is none or it cannot be read."""
    try:
        return periods.parse(setting(claim, name))
    except ValueError as error:
        raise ValueError(f'the claim "{claim.id}" has no {name} that can be read: {error}') from error


def times_setting(claim: Claim) -> int:
    """How many times, from 1 to 99. Raises ValueError for anything else."""
    text = setting(claim, "times")
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 99):
        raise ValueError(f'the claim "{claim.id}" has "{text}" for a number of times: write 1 to 99')
    return int(text)


def platform_name(record: Record, platform: str) -> str:
    """The platform's name, or its id where the record does not hold it."""
    try:
        return record.platform(platform).name
    except KeyError:
        return platform
