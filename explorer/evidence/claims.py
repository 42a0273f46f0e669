"""Weighing a printed claim against the evidence: which named checks there are, and what each needs.

A verdict is computed anew from the record each time, so a changed figure changes it. Causes are never stated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .checks_change import change_as_printed, times_as_many
from .checks_counts import rises_in_a_row
from .checks_events import as_reported, event_date
from .checks_high import record_high
from .checks_nation import forecast, mirrors_national
from .checks_shares import platform_leads, share_rises
from .finding import Finding
from .model import Claim
from .record import Record

__all__ = ["CHECKS", "SETTINGS", "Check", "Finding", "missing_settings", "weigh"]

Check = Callable[[Claim, Record], Finding]

CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "platform_leads": platform_leads,
        "share_rises": share_rises,
        "rises_in_a_row": rises_in_a_row,
        "mirrors_national": mirrors_national,
        "forecast": forecast,
        "event_date": event_date,
        "as_reported": as_reported,
        "record_high": record_high,
        "times_as_many": times_as_many,
        "change_as_printed": change_as_printed,
    }
)
"""Every check by its name."""

SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "platform_leads": ("place", "platform", "measure"),
        "share_rises": ("place", "platform", "measure"),
        "rises_in_a_row": ("place", "measure", "times"),
        "mirrors_national": ("place", "nation", "measure"),
        "forecast": ("place", "measure"),
        "event_date": ("event", "date"),
        "as_reported": ("event",),
        "record_high": ("place", "measure", "period"),
        "times_as_many": ("place", "measure", "period", "base", "times"),
        "change_as_printed": ("place", "measure", "period", "base", "change"),
    }
)
"""What each check must be told.

``platform_leads`` may be told a period, ``as_reported`` a later event; ``times_as_many`` and
``change_as_printed`` a platform.
"""


def missing_settings(claim: Claim) -> tuple[str, ...]:
    """What the claim's check needs and is not told. Raises ValueError for an unknown check."""
    _check(claim)
    return tuple(name for name in SETTINGS[claim.check] if not claim.setting(name))


def weigh(claim: Claim, record: Record) -> Finding:
    """How ``claim`` stands against ``record``.

    Raises ValueError, with a sentence, for an unknown check, a missing setting, or one that cannot be read.
    """
    return _check(claim)(claim, record)


def _check(claim: Claim) -> Check:
    if claim.check not in CHECKS:
        raise ValueError(f'the claim "{claim.id}" names the check "{claim.check}", which there is not')
    return CHECKS[claim.check]
