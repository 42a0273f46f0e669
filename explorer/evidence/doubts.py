"""What a doubt about printed figures is: its kind, what it touches and the sentence that says it.

Types only. How doubts are found stands in ``disagreements`` and in the files it calls.
"""

from __future__ import annotations

import enum

from msgspec import Struct


class DoubtKind(enum.StrEnum):
    """By which rule something printed was found to be in doubt."""

    DIFFER = "differ"
    """Figures about the same thing whose numbers cannot all hold."""
    SUM = "sum"
    """A printed total of several years that is not the sum of the printed years."""
    PARTS = "parts"
    """Printed parts that exceed their printed whole."""
    REGION_SUM = "region sum"
    """A printed regional total that is not the sum of its forces."""
    CHANGE = "change"
    """A printed change that the printed totals do not come to."""
    TWIN = "twin"
    """Two places with the same count and the same share of one platform for one period."""
    SCOPE = "scope"
    """One count from the same number of forces, printed for a place and for a part of it."""
    MEMBERSHIP = "membership"
    """One region that releases count from different forces."""
    CLAIM = "claim"
    """A claim that the record contradicts."""
    AMBIGUOUS = "ambiguous"
    """A figure whose attribution, date or wording is doubtful, as a note in its pack says."""


class Doubt(Struct, frozen=True, kw_only=True):
    """Something that printed figures disagree on, found by a rule."""

    kind: DoubtKind
    figures: tuple[str, ...]
    """Ids of the figures it touches."""
    text: str
    """What differs, in one or two neutral sentences."""
    places: tuple[str, ...]
    """Codes of the places it touches."""
    claims: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
