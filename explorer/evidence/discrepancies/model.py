"""What a discrepancy of published figures is: its kind, what it touches and the sentence that says it.

Types only. How they are found is in ``list_discrepancies`` and in the files it calls.
"""

from __future__ import annotations

import enum

from msgspec import Struct


class DiscrepancyKind(enum.StrEnum):
    """By which rule a discrepancy was found."""

    DIFFER = "differ"
    """Figures about the same thing whose numbers cannot all hold."""
    SUM = "sum"
    """A longer period that is not the sum of the shorter ones that make it up."""
    PERIOD = "period"
    """Shorter periods that are above a longer one that includes them."""
    PARTS = "parts"
    """Parts by sex, age or what was recorded that are above their whole."""
    PLATFORM = "platform"
    """A platform that is above the total of its place."""
    PLACE = "place"
    """A force or region that is above the place that includes it."""
    REGION_SUM = "region sum"
    """A total that is not the sum of its forces, or is below the sum of some of them."""
    SHARES = "shares"
    """Shares of single apps, of one base, that come to more than 100%."""
    CLASSES = "classes"
    """More offences of section 15A than of the Home Office class that includes it."""
    NOT_WHOLE = "not whole"
    """A count that is not a whole number."""
    CHANGE = "change"
    """A published change that counts known to cover the same do not come to."""
    BASE = "base"
    """A published change that implies another earlier count than the published one."""
    TWIN = "twin"
    """Two places with the same count and the same share of one platform for one period."""
    SCOPE = "scope"
    """One count from the same number of forces, published for a place and for a part of it."""
    MEMBERSHIP = "membership"
    """One region that releases count from different forces."""
    CLAIM = "claim"
    """A claim that the record contradicts."""
    AMBIGUOUS = "ambiguous"
    """A figure whose attribution, date or wording is doubtful, as a note in its pack says."""


class Discrepancy(Struct, frozen=True, kw_only=True):
    """Something that published figures disagree on, found by a rule."""

    kind: DiscrepancyKind
    figures: tuple[str, ...]
    """Ids of the figures it touches."""
    text: str
    """What differs, in one or two neutral sentences."""
    places: tuple[str, ...]
    """Codes of the places it touches."""
    claims: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
