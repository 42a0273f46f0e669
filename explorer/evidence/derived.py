"""What a worked-out figure is: its amount, its range, its working and what to bear in mind with it.

Types only. How it is worked out stands in ``arithmetic``; which ones there are, in ``derive``; its sentence
and the wording of each caveat belong to ``pages``.
"""

from __future__ import annotations

import enum
from decimal import Decimal

from msgspec import Struct

from .chance import AmountMovement


class DerivedKind(enum.StrEnum):
    """What was worked out."""

    CHANGE = "change"
    PERCENTAGE_CHANGE = "percentage change"
    SHARE_DIFFERENCE = "share difference"
    IMPLIED_COUNT = "implied count"
    AVERAGE_QUARTER = "average quarter"
    AGAINST_AVERAGE_QUARTER = "against an average quarter"
    REGION_SUM = "region sum"
    """The forces of a region or nation added up, beside the total printed for it."""
    NATIONAL_SHARE = "national share"
    """A place's part of the figure of the nation or nations that it belongs to."""
    RATE = "rate"
    """A count per 100,000 people, or per 10,000 children."""


class DerivedUnit(enum.StrEnum):
    """What the worked-out amount is counted in."""

    OFFENCES = "offences"
    PEOPLE = "people"
    PER_CENT = "per cent"
    POINTS = "points"
    """Percentage points."""
    PER_100K = "per 100,000 people"
    PER_10K_CHILDREN = "per 10,000 children"


class DerivedCaveat(enum.StrEnum):
    """What to bear in mind with a worked-out figure."""

    PART_AGAINST_WHOLE = "part against whole"
    """A quarter is set against a quarter of a whole year, as if offences were spread evenly over a year."""
    UNEQUAL_PERIODS = "unequal periods"
    """The two periods differ in length."""
    ROUNDED = "rounded"
    """The range is what the rounding of the printed numbers allows."""
    AT_LEAST = "at least"
    """A printed number has an open end, and so has the result."""
    SOURCES_DIFFER = "sources differ"
    """The two figures come from different publications."""
    FORCE_MISSING = "force missing"
    """No number is held for a force that belongs to the region: ``DerivedFigure.missing`` says for which."""
    LOW_RELIABILITY = "low reliability"
    """The rate stands on fewer than 20 offences: [u]."""
    BASE_UNKNOWN = "base unknown"
    """How many offences a share is of is not known, so chance cannot be weighed."""
    MID_YEAR_CHILDREN = "mid-year population of children"
    """The children are those of the middle of the calendar year in which the period begins."""
    ONLY_ANSWERED = "only answered"
    """The national figure counts only the forces that answered."""
    MID_YEAR = "mid-year population"
    """The people are those of the middle of the calendar year in which the period begins."""


class DerivedFigure(Struct, frozen=True, kw_only=True):
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
    """Ids of the figures it was worked out from, the earlier (or the share, or the part) first.

    Of a sum of forces the published total comes first.
    """
    only: bool = False
    """For an implied count: the range leaves one whole number."""
    interval: tuple[Decimal, Decimal] | None = None
    """The 95% interval of a rate: what chance alone could make of the same underlying level."""
    movement: AmountMovement | None = None
    """For a difference: whether it can be told from chance."""
    decimals: int = 1
    """How many decimal places are shown of a percentage: none of a base below 1,000."""
    caveats: tuple[DerivedCaveat, ...] = ()
    missing: tuple[str, ...] = ()
    """For a sum of forces: the codes of those that no number is held for."""
