"""Weighing a published claim against the evidence: which named checks there are, and what each verdict means.

A verdict is computed anew from the record each time, so a changed figure changes it. Causes are never stated.
The checks register themselves, each with its settings, where they are written (``registry``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from explorer.evidence.model import Claim, Verdict
from explorer.evidence.repository import Repository

from . import changes, events, parts, places, platform_shares, trends
from .base import CheckResult
from .registry import REGISTERED_CHECKS, Check, RegisteredCheck

__all__ = [
    "CHECKS",
    "MEANINGS",
    "SETTINGS",
    "Check",
    "CheckResult",
    "RegisteredCheck",
    "check_claim",
    "missing_settings",
]

CHECK_MODULES = (changes, events, parts, places, platform_shares, trends)
"""The modules of checks. Importing one is what registers its checks."""

CHECKS: Mapping[str, RegisteredCheck] = REGISTERED_CHECKS
"""Every check by its name, with its settings."""

SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({name: one.needs for name, one in CHECKS.items()})
"""The settings that each check cannot do without."""

MEANINGS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.SUPPORTED: (
            "The published figures, known to cover the same, or the dates on record show what the claim "
            "says; a rise or fall is larger than chance alone would make in 19 cases of 20."
        ),
        Verdict.IN_LINE: (
            "The published figures go the way the claim says, but chance alone could make the difference, so "
            "they show no clear change."
        ),
        Verdict.PARTLY: ("The published figures bear out a part of what the claim says, and a part they do not show."),
        Verdict.NOT_SHOWN: (
            "The figures we hold neither bear the claim out nor contradict it: there are too few, they are "
            "not published exactly, or they differ by no more than chance could make."
        ),
        Verdict.CANNOT_JUDGE: (
            "There are figures, but they cannot bear a verdict: they are not known to cover the same, or "
            "their place, period or completeness is in doubt."
        ),
        Verdict.CONTRADICTED: ("The published figures, or the dates on record, say otherwise than the claim does."),
    }
)
"""What each verdict means, in one sentence."""


def missing_settings(claim: Claim) -> tuple[str, ...]:
    """What the claim's check needs and has not got. Raises ValueError for an unknown check."""
    check = _find_check(claim)
    missing = tuple(name for name in check.needs if not claim.setting(name))
    if check.one_of and not any(claim.setting(name) for name in check.one_of):
        missing = (*missing, check.one_of[0])
    return missing


def check_claim(claim: Claim, record: Repository) -> CheckResult:
    """How ``claim`` compares with ``record``.

    Raises ValueError, with a sentence, for an unknown check, a missing setting, or one that cannot be read.
    """
    return _find_check(claim).weigh(claim, record)


def _find_check(claim: Claim) -> RegisteredCheck:
    if claim.check not in CHECKS:
        raise ValueError(f'the claim "{claim.id}" names the check "{claim.check}", which there is not')
    return CHECKS[claim.check]
