"""The tables of a pack and of the places, column by column: the one list that reading, writing and the
Table Schema in ``datapackage.json`` all go by.

It says what a cell may hold. What cells must say to one another is in ``checks``.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from explorer.evidence.model import InDoubt, Level, NoteKind, Qualifier, SourceKind, Status, Unit, VoiceKind


class Holds(enum.Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    ID = "id"
    IDS = "ids"
    """Ids separated by spaces."""
    PLACE = "place"
    """A place code."""
    PLACES = "places"
    """Place codes separated by spaces."""
    NUMBER = "number"
    WHOLE = "whole number"
    CHOICE = "choice"
    FLAG = "flag"
    """"true", or blank for no."""
    PERIOD = "period"
    DATE = "date"
    """A year, a month or a day: "2015", "2020-02", "2019-04-08"."""
    SETTINGS = "settings"
    """"name=value; name=value"."""
    BREAKS = "breaks"
    """"2017-04-01=What changed; 2020-04-01=What changed then"."""


class Column(Struct, frozen=True, kw_only=True):
    """One column of a table."""

    name: str
    holds: Holds
    title: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    """The table whose ids its cells are."""
    optional: bool = False
    """True for a column that came later: a table without it is read as if its cells were blank."""


class Table(Struct, frozen=True, kw_only=True):
    """One table: its name, which is also its file's, and its columns in the order they are written."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    """The columns that no two rows may share."""

    def column(self, name: str) -> Column:
        """The column called ``name``. Raises KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)


def _text(name: str, title: str, *, needed: bool = False, optional: bool = False) -> Column:
    return Column(name=name, holds=Holds.TEXT, title=title, needed=needed, optional=optional)


def _choice(name: str, title: str, choices: type[enum.StrEnum], *, needed: bool = True) -> Column:
    allowed = tuple(choice.value for choice in choices)
    return Column(name=name, holds=Holds.CHOICE, title=title, needed=needed, choices=allowed)


def _refers(name: str, table: str, title: str, *, needed: bool = False) -> Column:
    return Column(name=name, holds=Holds.ID, title=title, needed=needed, refers=table)


def _many(name: str, table: str, title: str) -> Column:
    return Column(name=name, holds=Holds.IDS, title=title, refers=table)


_ID = Column(name="id", holds=Holds.ID, title="Its id, unique in this table", needed=True)
_ORDER = Column(name="order", holds=Holds.WHOLE, title="Its place in the list", needed=True)
_NOTE = _text("note", "What else must be known to read it right")
_SOURCE = _refers("source", "sources", "The publication it stands in", needed=True)
_LOCATOR = _text("locator", "Where in the source it stands, such as paragraph 4", needed=True)
_ANYWHERE = _text("locator", "Where in the source it stands, such as paragraph 4")
_PLACES = Column(name="places", holds=Holds.PLACES, title="Codes of the places it bears on")
_FIGURES = _many("figures", "figures", "Ids of the figures that bear on it")

SOURCES = Table(
    name="sources",
    title="Publications",
    columns=(
        _ID,
        _text("title", "Its title as published", needed=True),
        _text("publisher", "Who published it", needed=True),
        _choice("kind", "What sort of publication it is", SourceKind),
        Column(name="published", holds=Holds.DATE, title="When, as exactly as is known"),
        _text("address", "Its address"),
        _NOTE,
        _text("origin", "Whose numbers it reports, where they are another's", optional=True),
    ),
)
MEASURES = Table(
    name="measures",
    title="What is counted",
    columns=(
        _ID,
        _text("name", "Its name as charts give it", needed=True),
        _choice("unit", "What one unit is", Unit),
        _text("definition", "What is counted and what is not", needed=True),
        _text("group", "The measures it belongs with"),
        _text("code", "The Home Office offence code, where it is one class"),
        Column(
            name="breaks",
            holds=Holds.BREAKS,
            title="Days from which it counts something else: day=what changed; day=what changed",
            optional=True,
        ),
    ),
)
PLATFORMS = Table(
    name="platforms",
    title="Platforms and groups of them",
    columns=(
        _ID,
        _text("name", "Its name", needed=True),
        _text("owner", "Who owned it at the time"),
        _many("members", "platforms", "For a group: the ids of its members"),
        Column(name="order", holds=Holds.WHOLE, title="Its fixed place in lists", needed=True),
    ),
)
FIGURES = Table(
    name="figures",
    title="Published figures",
    columns=(
        _ID,
        _refers("measure", "measures", "What is counted", needed=True),
        Column(name="place", holds=Holds.PLACE, title="The place's code", needed=True),
        Column(name="period", holds=Holds.PERIOD, title="The stretch of time", needed=True),
        _refers("platform", "platforms", "The platform, where it is a count or share of one"),
        _text("breakdown", "Any other division of the count"),
        Column(name="number", holds=Holds.NUMBER, title="The number in digits; blank if there is none"),
        _choice("qualifier", "How closely the number is meant; blank for exact", Qualifier, needed=False),
        _choice("status", "The shorthand that says what is said of the number", Status, needed=False),
        Column(name="low", holds=Holds.NUMBER, title="The least it can stand for; blank to work it out"),
        Column(name="high", holds=Holds.NUMBER, title="The most it can stand for; blank to work it out"),
        _text("printed", "The number as the source prints it", needed=True),
        _text("base", "What a share is a share of, in words"),
        _refers("base_figure", "figures", "The figure that counts the base"),
        Column(name="forces_responding", holds=Holds.WHOLE, title="How many forces replied"),
        Column(name="forces_total", holds=Holds.WHOLE, title="How many forces were asked"),
        _text("coverage", "What it covers and what it does not"),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _text("basis", "What an estimate is made on; figures of two bases are never mixed", optional=True),
        Column(
            name="in_doubt",
            holds=Holds.CHOICE,
            title="What of it is in doubt; blank where nothing is",
            choices=tuple(one.value for one in InDoubt),
            optional=True,
        ),
        _text("doubt", "Why that is in doubt, as a sentence", optional=True),
    ),
)
EVENTS = Table(
    name="events",
    title="Dated happenings",
    columns=(
        _ID,
        _text("name", "What happened", needed=True),
        Column(name="date", holds=Holds.DATE, title="When, as exactly as is known", needed=True),
        Column(name="reported", holds=Holds.FLAG, title="true where a source only says it is understood"),
        _refers("measure", "measures", "The measure that cannot be counted before it"),
        _PLACES,
        _SOURCE,
        _ANYWHERE,
        _NOTE,
    ),
)
QUOTES = Table(
    name="quotes",
    title="What was said",
    columns=(
        _ID,
        _ORDER,
        _choice("kind", "To the letter, or a paraphrase", VoiceKind),
        _text("text", "The words, without quotation marks around the whole", needed=True),
        _text("speaker", "Who said it", needed=True),
        _text("role", "The speaker's role at the time"),
        _text("organisation", "The speaker's organisation"),
        _SOURCE,
        _LOCATOR,
        _PLACES,
        _FIGURES,
        _NOTE,
    ),
)
DEMANDS = Table(
    name="demands",
    title="What was asked for",
    columns=(
        _ID,
        _ORDER,
        _choice("kind", "To the letter, or a paraphrase", VoiceKind),
        _text("text", "What is asked for", needed=True),
        _text("asked_by", "Who asks", needed=True),
        _text("addressed_to", "Of whom it is asked"),
        _text("instrument", "The law or rule that is to bring it about"),
        _SOURCE,
        _LOCATOR,
        _PLACES,
        _FIGURES,
        _NOTE,
        _text("title", "A short title of the pack's own", optional=True),
    ),
)
CLAIMS = Table(
    name="claims",
    title="What a source states",
    columns=(
        _ID,
        _ORDER,
        _text("text", "The claim, in words of our own", needed=True),
        _text("check", "The named check that weighs it", needed=True),
        _text("made_by", "Who makes it"),
        _text("printed", "The few words or the number it turns on, as printed"),
        _PLACES,
        _FIGURES,
        _many("events", "events", "Ids of the events that bear on it"),
        Column(name="settings", holds=Holds.SETTINGS, title="What the check is told: name=value; name=value"),
        _SOURCE,
        _LOCATOR,
    ),
)
NOTES = Table(
    name="notes",
    title="Where the public record differs",
    columns=(
        _ID,
        _choice("kind", "Why it differs", NoteKind),
        _text("text", "How it differs", needed=True),
        _FIGURES,
        _many("claims", "claims", "Ids of the claims it touches"),
        _many("events", "events", "Ids of the events it touches"),
        _many("quotes", "quotes", "Ids of the quotes it touches"),
        _SOURCE,
        _ANYWHERE,
    ),
)
REGIONS = Table(
    name="regions",
    title="Which forces a release counts in a region",
    columns=(
        Column(name="place", holds=Holds.PLACE, title="The region's code", needed=True),
        Column(name="forces", holds=Holds.PLACES, title="Codes of its force areas", needed=True),
        _SOURCE,
        _NOTE,
    ),
    key=("place", "source"),
)
PACK_TABLES = (SOURCES, MEASURES, PLATFORMS, FIGURES, EVENTS, QUOTES, DEMANDS, CLAIMS, NOTES, REGIONS)
"""Every table a pack may hold, each after those it refers to: the order they are read in."""

PLACES = Table(
    name="places",
    title="Places that figures are recorded for",
    columns=(
        Column(name="code", holds=Holds.PLACE, title="Its GSS code where there is one", needed=True),
        _text("name", "Its name", needed=True),
        _choice("level", "How large it is", Level),
        Column(name="parent", holds=Holds.PLACE, title="The code of the place it stands under"),
        Column(name="order", holds=Holds.WHOLE, title="Its place in the list, never a rank", needed=True),
        Column(name="members", holds=Holds.PLACES, title="Codes of the places it is counted from"),
        Column(name="former", holds=Holds.FLAG, title="true where it is no longer there"),
        _NOTE,
    ),
    key=("code",),
)
NAMES = Table(
    name="names",
    title="Other names that places are known by",
    columns=(
        Column(name="code", holds=Holds.PLACE, title="The place's code", needed=True),
        _text("name", "The other name", needed=True),
        _text("reason", "What completes: <name> is ...", needed=True),
    ),
    key=("code", "name"),
)
TILES = Table(
    name="tiles",
    title="Where each force area stands in the tile map",
    columns=(
        Column(name="place", holds=Holds.PLACE, title="The force area's code", needed=True),
        Column(name="column", holds=Holds.WHOLE, title="Its column, from 0 at the left", needed=True),
        Column(name="row", holds=Holds.WHOLE, title="Its row, from 0 at the top", needed=True),
        _text("short", "The three or four letters on the tile", needed=True),
    ),
    key=("place",),
)
PLACE_TABLES = (PLACES, NAMES, TILES)
"""The tables of the places, in the order they are read."""

TABLES = {table.name: table for table in (*PACK_TABLES, *PLACE_TABLES)}
