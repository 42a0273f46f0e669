"""What a worked-out figure is: its amount, its range, its working and what to bear in mind with it.

Types only. How it is worked out stands in ``arithmetic``; which ones there are, in ``derive``; its sentence
and the wording of each caveat belong to ``pages``.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal


class DerivedKind(enum.StrEnum):
    """What was worked out."""

    CHANGE = "change"
    PERCENTAGE_CHANGE = "percentage change"
    SHARE_DIFFERENCE = "share difference"
    IMPLIED_COUNT = "implied count"
    AVERAGE_QUARTER = "average quarter"
    AGAINST_AVERAGE_QUARTER = "against an average quarter"


class DerivedUnit(enum.StrEnum):
    """What the worked-out amount is counted in."""

    OFFENCES = "offences"
    PEOPLE = "people"
    PER_CENT = "per cent"
    POINTS = "points"
    """Percentage points."""


class DerivedCaveat(enum.StrEnum):
    """What to bear in mind with a worked-out figure."""

    BASE_AS_PRINTED = "base as printed"
    """It takes the count printed beside the share as its base, while NSPCC's own page takes such shares of
    the offences where the platform was recorded."""
    PART_AGAINST_WHOLE = "part against whole"
    """A quarter is set against a quarter of a whole year, as if offences were spread evenly over a year."""
    UNEQUAL_PERIODS = "unequal periods"
    """The two periods differ in length."""
    ROUNDED = "rounded"
    """The range is what the rounding of the printed numbers allows."""
    AT_LEAST = "at least"
    """A printed number has an open end, and so has the result."""
    COVERAGE_DIFFERS = "coverage differs"
    """Different numbers of forces answered for the two figures."""
    SOURCES_DIFFER = "sources differ"
    """The two figures come from different publications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A figure worked out from published ones, with its working."""

    kind: DerivedKind
    amount: Decimal
    """As exact as decimals can be (28 digits); rounding for show is the reader's."""
    low: Decimal | None
    high: Decimal | None
    """What the printed numbers allow, both ends included; None where an end is open."""
    unit: DerivedUnit
    formula: str
    """In numbers: "77 − 71 = 6"."""
    inputs: tuple[str, ...]
    """Ids of the figures it was worked out from, the earlier (or the share) first."""
    only: bool = False
    """For an implied count: the range leaves one whole number."""
    caveats: tuple[DerivedCaveat, ...] = ()
