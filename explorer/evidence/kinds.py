"""The kinds that evidence is sorted into: levels of places, kinds of period, what is said of a number.

Enumerations only; the types that use them are in ``model``, which hands them on.
"""

from __future__ import annotations

import enum


class PlaceLevel(enum.StrEnum):
    """How large a place is, from the whole country down."""

    UK = "uk"
    NATIONS = "nations"
    """Several nations counted together, such as England and Wales."""
    NATION = "nation"
    REGION = "region"
    FORCE = "force"
    """A police force area."""
    LOCAL_AUTHORITY = "local authority"


class FigureStatus(enum.StrEnum):
    """The Government Statistical Service's shorthand for what is said of a number."""

    NOT_AVAILABLE = "x"
    CONFIDENTIAL = "c"
    ESTIMATED = "e"
    PROVISIONAL = "p"
    REVISED = "r"
    NOT_APPLICABLE = "z"
    LOW_RELIABILITY = "u"
    ROUNDS_TO_ZERO = "k"


class Qualifier(enum.StrEnum):
    """How closely a printed number is meant."""

    EXACT = "exact"
    AT_LEAST = "at least"
    ABOUT = "about"
    ALMOST = "almost"


class Unit(enum.StrEnum):
    """What one unit of a measure is."""

    OFFENCES = "offences"
    PER_CENT = "per cent"
    PEOPLE = "people"
    FORCES = "forces"
    PLATFORMS = "platforms"
    AGE = "years of age"
    CHANGE = "per cent change"
    """A change since an earlier period, as printed: signed, and never a share."""


class PeriodKind(enum.StrEnum):
    """What stretch of time a period is; only like kinds are drawn or compared as alike."""

    FINANCIAL_YEAR = "financial year"
    CALENDAR_YEAR = "calendar year"
    YEAR = "year"
    """Twelve months that begin on another day, such as a year to June."""
    QUARTER = "quarter"
    PART_YEAR = "part-year"
    SEVERAL_YEARS = "several years"


class InDoubt(enum.StrEnum):
    """What of a figure is in doubt. No title, change, index or verdict rests on such a figure unmarked."""

    PLACE = "place"
    """It may be another place's number."""
    PERIOD = "period"
    """It may be of another stretch of time."""
    COMPLETENESS = "completeness"
    """It may leave out a part of what it is said to count."""


class SourceKind(enum.StrEnum):
    """What sort of publication a source is."""

    NEWS = "news article"
    RELEASE = "charity release"
    OFFICIAL = "official publication"
    REPLY = "force reply"
    """A police force's own answer to a request."""
    LAW = "legislation"
    USER = "added by the user"


class NoteKind(enum.StrEnum):
    """Why the public record differs from, or adds to, what a figure or a claim says."""

    SCOPE = "scope"
    BASE = "base"
    DATE = "date"
    ATTRIBUTION = "attribution"
    COVERAGE = "coverage"
    WORDING = "wording"


class VoiceKind(enum.StrEnum):
    """Whether the words of a quote are known to the letter, or only their gist."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"


class Verdict(enum.StrEnum):
    """How a published claim compares with the figures; what each means in full is in ``claims.MEANINGS``."""

    SUPPORTED = "supported"
    IN_LINE = "in line with the figures"
    """The figures move the way the claim says, by no more than chance alone could make."""
    PARTLY = "partly"
    NOT_SHOWN = "not shown by the figures"
    CANNOT_JUDGE = "cannot be judged"
    """Figures are held, and they cannot bear a verdict: coverage, period or place is unknown or in doubt."""
    CONTRADICTED = "contradicted"
