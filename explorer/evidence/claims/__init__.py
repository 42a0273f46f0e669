"""Checks of what was said in public against the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import CheckResult as CheckResult
    from .check import CHECKS as CHECKS, MEANINGS as MEANINGS, check_claim as check_claim
    from .comparing import COMPARE_WORDS as COMPARE_WORDS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        base="CheckResult",
        check="CHECKS MEANINGS check_claim",
        comparing="COMPARE_WORDS",
    )
