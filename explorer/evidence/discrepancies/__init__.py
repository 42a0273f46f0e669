"""Where published numbers and words do not agree with one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .find import find_doubts as find_doubts
    from .model import Discrepancy as Discrepancy, DiscrepancyKind as DiscrepancyKind
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        find="find_doubts",
        model="Discrepancy DiscrepancyKind",
    )
