"""What is known, as types: places, figures, quotes, demands, claims, events and the packs they come in.

Every class is frozen, slotted and keyword-only, so that a value can be compared, kept and sent between
threads without a second thought. Nothing here reads a file, computes a figure or writes a sentence.
"""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal

from msgspec import Struct

# The kinds that evidence is sorted into: levels of places, kinds of period, what is said of a number.


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


# The kinds are asked for here by everybody who asks for the types: they are handed on.


class OtherName(Struct, frozen=True, kw_only=True):
    """Another name a place is known by, and why it leads there."""

    name: str
    reason: str
    """A clause that completes "<name> is ...", such as "a former council, now part of East Suffolk"."""


class Place(Struct, frozen=True, kw_only=True):
    """A place that figures are recorded for. ``code`` is the GSS code where there is one."""

    code: str
    name: str
    level: PlaceLevel
    parent: str | None
    """The code of the place it stands under in the tree; None only for the United Kingdom."""
    order: int
    """Its position in place order (the order of codes within levels), never a rank."""
    other_names: tuple[OtherName, ...] = ()
    members: tuple[str, ...] = ()
    """Codes of the places it is counted from, where they do not stand under it (England and Wales)."""
    former: bool = False
    note: str = ""
    tile: tuple[int, int] | None = None
    """Its cell in the tile map, column and row, counted from 0 at the top left; only force areas have one."""
    short: str = ""
    """The three or four letters that stand on its tile."""


class Period(Struct, frozen=True, kw_only=True):
    """A stretch of time, both days included. ``text`` is the canonical form that packs are written in."""

    text: str
    label: str
    """As charts and sentences name it: "2019/20", "Apr-Jun 2020"."""
    start: date
    end: date
    kind: PeriodKind


class MeasureBreak(Struct, frozen=True, kw_only=True):
    """A day from which a measure counts something else than before: nothing is worked out across it."""

    day: date
    reason: str
    """A sentence: what changed."""


class Measure(Struct, frozen=True, kw_only=True):
    """What is counted. Two measures are never joined in one series."""

    id: str
    name: str
    unit: Unit
    definition: str
    group: str = ""
    code: str = ""
    """The Home Office offence code, where the measure is one class of it."""
    breaks: tuple[MeasureBreak, ...] = ()
    """The days from which it counts something else, the earliest first."""


class Platform(Struct, frozen=True, kw_only=True):
    """A platform, or a group of platforms that share an owner. A group is never stacked with its members."""

    id: str
    name: str
    owner: str = ""
    members: tuple[str, ...] = ()
    order: int = 0
    """Its fixed place in lists and in the palette, the same in every chart."""


class Amount(Struct, frozen=True, kw_only=True):
    """A number as known: how closely it is meant, and what is said of it. Missing is never zero.

    ``low`` and ``high`` bound what the printed number can stand for, both included: for an exact count they
    are the number; for a rounded share, half a unit of its last printed place either side; for "at least"
    ``high`` is None. ``number`` is None only with a status that says why.
    """

    number: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    status: FigureStatus | None = None
    low: Decimal | None = None
    high: Decimal | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """One published number with all that makes it citable: the unit that everything else is made of.

    It says what was counted (measure, and platform or breakdown where the count is divided), where and when,
    how the source prints it and where in the source, what it covers, and what of it is in doubt. What is worked
    out of figures is a ``DerivedFigure`` and never becomes one.

    Invariants: it is frozen, and its ``id`` is unique among all packs and begins with that of its pack. It is
    kept as published: where sources differ there are several figures of one thing, and ``find_conflicts``
    chooses which leads. A number that is missing is no 0 and has a status. Two figures are compared only where
    measure, kind of period and coverage are known to be alike, by the rules of ``evidence.analysis``. One in
    doubt leads nothing where another stands.

    Packs hold figures, a Repository answers with them in place order, then period order, and charts, claims,
    discrepancies and documents name them by id.
    """

    id: str
    measure: str
    place: str
    period: Period
    amount: Amount
    printed: str
    """The number as the source prints it, such as "more than 1200" or "36 percent"."""
    source: str
    locator: str
    """Where in the source it stands, such as "paragraph 4"."""
    pack: str
    platform: str | None = None
    breakdown: str = ""
    """Any other division of the count, such as "victims aged 12 to 15"."""
    base: str = ""
    """What a share is a share of, in words, as far as the source says."""
    base_figure: str | None = None
    """The id of the figure that counts the base, where the source prints it."""
    forces_responding: int | None = None
    forces_total: int | None = None
    coverage: str = ""
    note: str = ""
    basis: str = ""
    """What an estimate is made on, such as "rebased to the 2021 Census": two bases are never mixed."""
    in_doubt: InDoubt | None = None
    """What of it is in doubt; None where nothing is known to be."""
    doubt: str = ""
    """Why that is in doubt, as a sentence; empty where ``in_doubt`` is None."""


class Source(Struct, frozen=True, kw_only=True):
    """A publication. ``published`` is as exact as is known: "2020-11", "2019-04-08"."""

    id: str
    title: str
    publisher: str
    kind: SourceKind
    published: str
    address: str = ""
    note: str = ""
    origin: str = ""
    """Whose numbers it reports, such as "NSPCC"; empty where they are the publisher's own."""


class Quote(Struct, frozen=True, kw_only=True):
    """What somebody said. A paraphrase is never shown inside quotation marks."""

    id: str
    kind: VoiceKind
    text: str
    """Paragraphs are separated by a blank line; no quotation marks of its own around the whole."""
    speaker: str
    role: str
    organisation: str
    source: str
    locator: str
    pack: str
    order: int
    places: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    note: str = ""


class Demand(Struct, frozen=True, kw_only=True):
    """What somebody asked for: of whom, and by which instrument."""

    id: str
    kind: VoiceKind
    order: int
    text: str
    asked_by: str
    addressed_to: str
    instrument: str
    source: str
    locator: str
    pack: str
    places: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of the figures that bear on it."""
    note: str = ""
    title: str = ""
    """A short title in words of our own, beside the words of the source."""


class Event(Struct, frozen=True, kw_only=True):
    """A dated happening that the figures are read against."""

    id: str
    name: str
    date: str
    """As exact as is known: "2019-04-08", "2020-02" or "2015"."""
    source: str
    pack: str
    locator: str = ""
    reported: bool = False
    """True where a source only says that it is understood to have happened."""
    measure: str | None = None
    """For a law that makes an offence: the measure whose counting cannot begin before it."""
    places: tuple[str, ...] = ()
    note: str = ""


class Claim(Struct, frozen=True, kw_only=True):
    """Something a source states, in words of our own, with the named check that weighs it."""

    id: str
    order: int
    text: str
    check: str
    """The name of a check in ``evidence.claims``."""
    source: str
    locator: str
    pack: str
    made_by: str = ""
    printed: str = ""
    """The few words or the number that the check turns on, as printed."""
    places: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Ids of the figures that bear on it, shown beside the verdict; the check finds its own."""
    events: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    """What the check is told, by name: place, measure, platform, period, times, event, date."""

    def setting(self, name: str, default: str = "") -> str:
        """What the check is told under ``name``, or ``default`` where it is told nothing."""
        return dict(self.settings).get(name, default)


class EvidenceNote(Struct, frozen=True, kw_only=True):
    """Where the public record differs from what stands in the pack, with the source that says so."""

    id: str
    kind: NoteKind
    text: str
    source: str
    locator: str
    pack: str
    figures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class RegionMembership(Struct, frozen=True, kw_only=True):
    """Which force areas a release counts in a region: membership belongs to the release."""

    place: str
    forces: tuple[str, ...]
    source: str
    pack: str
    note: str = ""


class Pack(Struct, frozen=True, kw_only=True):
    """A set of evidence that travels together. Ids are unique within it."""

    id: str
    title: str
    version: str
    publisher: str
    licence: str
    created: str
    description: str
    sources: tuple[Source, ...]
    measures: tuple[Measure, ...] = ()
    platforms: tuple[Platform, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    demands: tuple[Demand, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[EvidenceNote, ...] = ()
    regions: tuple[RegionMembership, ...] = ()
