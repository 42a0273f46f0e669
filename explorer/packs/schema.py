"""The tables of a pack and of the places, column by column: the one list that reading, writing and the
Table Schema in ``datapackage.json`` all go by.

It says what a cell may hold. What cells must say to one another is in ``row_checks``.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from explorer.evidence import FigureStatus, InDoubt, NoteKind, PlaceLevel, Qualifier, SourceKind, Unit, VoiceKind


class ColumnType(enum.Enum):
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


class ColumnSchema(Struct, frozen=True, kw_only=True):
    """One column of a table."""

    name: str
    holds: ColumnType
    title: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    """The table whose ids its cells are."""
    optional: bool = False
    """True for a column that came later: a table without it is read as if its cells were blank."""


class TableSchema(Struct, frozen=True, kw_only=True):
    """One table: its name, which is also its file's, and its columns in the order they are written."""

    name: str
    title: str
    columns: tuple[ColumnSchema, ...]
    key: tuple[str, ...] = ("id",)
    """The columns that no two rows may share."""

    def column_for(self, name: str) -> ColumnSchema:
        """The column called ``name``. Raises KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns in order."""
        return tuple(column.name for column in self.columns)


def _text_column(name: str, title: str, *, is_required: bool = False, optional: bool = False) -> ColumnSchema:
    return ColumnSchema(name=name, holds=ColumnType.TEXT, title=title, needed=is_required, optional=optional)


def _choice_column(name: str, title: str, choices: type[enum.StrEnum], *, is_required: bool = True) -> ColumnSchema:
    choice_values = tuple(choice.value for choice in choices)
    return ColumnSchema(name=name, holds=ColumnType.CHOICE, title=title, needed=is_required, choices=choice_values)


def _reference_column(name: str, table: str, title: str, *, is_required: bool = False) -> ColumnSchema:
    return ColumnSchema(name=name, holds=ColumnType.ID, title=title, needed=is_required, refers=table)


def _reference_list_column(name: str, table: str, title: str) -> ColumnSchema:
    return ColumnSchema(name=name, holds=ColumnType.IDS, title=title, refers=table)


_ID = ColumnSchema(name="id", holds=ColumnType.ID, title="Its id, unique in this table", needed=True)
_ORDER = ColumnSchema(name="order", holds=ColumnType.WHOLE, title="Its place in the list", needed=True)
_NOTE = _text_column("note", "What else must be known to read it right")
_SOURCE = _reference_column("source", "sources", "The publication it stands in", is_required=True)
_LOCATOR = _text_column("locator", "Where in the source it stands, such as paragraph 4", is_required=True)
_ANYWHERE = _text_column("locator", "Where in the source it stands, such as paragraph 4")
_PLACES = ColumnSchema(name="places", holds=ColumnType.PLACES, title="Codes of the places it bears on")
_FIGURES = _reference_list_column("figures", "figures", "Ids of the figures that bear on it")

SOURCES = TableSchema(
    name="sources",
    title="Publications",
    columns=(
        _ID,
        _text_column("title", "Its title as published", is_required=True),
        _text_column("publisher", "Who published it", is_required=True),
        _choice_column("kind", "What sort of publication it is", SourceKind),
        ColumnSchema(name="published", holds=ColumnType.DATE, title="When, as exactly as is known"),
        _text_column("address", "Its address"),
        _NOTE,
        _text_column("origin", "Whose numbers it reports, where they are another's", optional=True),
    ),
)
MEASURES = TableSchema(
    name="measures",
    title="What is counted",
    columns=(
        _ID,
        _text_column("name", "Its name as charts give it", is_required=True),
        _choice_column("unit", "What one unit is", Unit),
        _text_column("definition", "What is counted and what is not", is_required=True),
        _text_column("group", "The measures it belongs with"),
        _text_column("code", "The Home Office offence code, where it is one class"),
        ColumnSchema(
            name="breaks",
            holds=ColumnType.BREAKS,
            title="Days from which it counts something else: day=what changed; day=what changed",
            optional=True,
        ),
    ),
)
PLATFORMS = TableSchema(
    name="platforms",
    title="Platforms and groups of them",
    columns=(
        _ID,
        _text_column("name", "Its name", is_required=True),
        _text_column("owner", "Who owned it at the time"),
        _reference_list_column("members", "platforms", "For a group: the ids of its members"),
        ColumnSchema(name="order", holds=ColumnType.WHOLE, title="Its fixed place in lists", needed=True),
    ),
)
FIGURES = TableSchema(
    name="figures",
    title="Published figures",
    columns=(
        _ID,
        _reference_column("measure", "measures", "What is counted", is_required=True),
        ColumnSchema(name="place", holds=ColumnType.PLACE, title="The place's code", needed=True),
        ColumnSchema(name="period", holds=ColumnType.PERIOD, title="The stretch of time", needed=True),
        _reference_column("platform", "platforms", "The platform, where it is a count or share of one"),
        _text_column("breakdown", "Any other division of the count"),
        ColumnSchema(name="number", holds=ColumnType.NUMBER, title="The number in digits; blank if there is none"),
        _choice_column("qualifier", "How closely the number is meant; blank for exact", Qualifier, is_required=False),
        _choice_column("status", "The shorthand that says what is said of the number", FigureStatus, is_required=False),
        ColumnSchema(name="low", holds=ColumnType.NUMBER, title="The least it can stand for; blank to work it out"),
        ColumnSchema(name="high", holds=ColumnType.NUMBER, title="The most it can stand for; blank to work it out"),
        _text_column("printed", "The number as the source prints it", is_required=True),
        _text_column("base", "What a share is a share of, in words"),
        _reference_column("base_figure", "figures", "The figure that counts the base"),
        ColumnSchema(name="forces_responding", holds=ColumnType.WHOLE, title="How many forces replied"),
        ColumnSchema(name="forces_total", holds=ColumnType.WHOLE, title="How many forces were asked"),
        _text_column("coverage", "What it covers and what it does not"),
        _SOURCE,
        _LOCATOR,
        _NOTE,
        _text_column("basis", "What an estimate is made on; figures of two bases are never mixed", optional=True),
        ColumnSchema(
            name="in_doubt",
            holds=ColumnType.CHOICE,
            title="What of it is in doubt; blank where nothing is",
            choices=tuple(one.value for one in InDoubt),
            optional=True,
        ),
        _text_column("doubt", "Why that is in doubt, as a sentence", optional=True),
    ),
)
EVENTS = TableSchema(
    name="events",
    title="Dated happenings",
    columns=(
        _ID,
        _text_column("name", "What happened", is_required=True),
        ColumnSchema(name="date", holds=ColumnType.DATE, title="When, as exactly as is known", needed=True),
        ColumnSchema(name="reported", holds=ColumnType.FLAG, title="true where a source only says it is understood"),
        _reference_column("measure", "measures", "The measure that cannot be counted before it"),
        _PLACES,
        _SOURCE,
        _ANYWHERE,
        _NOTE,
    ),
)
QUOTES = TableSchema(
    name="quotes",
    title="What was said",
    columns=(
        _ID,
        _ORDER,
        _choice_column("kind", "To the letter, or a paraphrase", VoiceKind),
        _text_column("text", "The words, without quotation marks around the whole", is_required=True),
        _text_column("speaker", "Who said it", is_required=True),
        _text_column("role", "The speaker's role at the time"),
        _text_column("organisation", "The speaker's organisation"),
        _SOURCE,
        _LOCATOR,
        _PLACES,
        _FIGURES,
        _NOTE,
    ),
)
DEMANDS = TableSchema(
    name="demands",
    title="What was asked for",
    columns=(
        _ID,
        _ORDER,
        _choice_column("kind", "To the letter, or a paraphrase", VoiceKind),
        _text_column("text", "What is asked for", is_required=True),
        _text_column("asked_by", "Who asks", is_required=True),
        _text_column("addressed_to", "Of whom it is asked"),
        _text_column("instrument", "The law or rule that is to bring it about"),
        _SOURCE,
        _LOCATOR,
        _PLACES,
        _FIGURES,
        _NOTE,
        _text_column("title", "A short title of the pack's own", optional=True),
    ),
)
CLAIMS = TableSchema(
    name="claims",
    title="What a source states",
    columns=(
        _ID,
        _ORDER,
        _text_column("text", "The claim, in words of our own", is_required=True),
        _text_column("check", "The named check that weighs it", is_required=True),
        _text_column("made_by", "Who makes it"),
        _text_column("printed", "The few words or the number it turns on, as printed"),
        _PLACES,
        _FIGURES,
        _reference_list_column("events", "events", "Ids of the events that bear on it"),
        ColumnSchema(
            name="settings", holds=ColumnType.SETTINGS, title="What the check is told: name=value; name=value"
        ),
        _SOURCE,
        _LOCATOR,
    ),
)
NOTES = TableSchema(
    name="notes",
    title="Where the public record differs",
    columns=(
        _ID,
        _choice_column("kind", "Why it differs", NoteKind),
        _text_column("text", "How it differs", is_required=True),
        _FIGURES,
        _reference_list_column("claims", "claims", "Ids of the claims it touches"),
        _reference_list_column("events", "events", "Ids of the events it touches"),
        _reference_list_column("quotes", "quotes", "Ids of the quotes it touches"),
        _SOURCE,
        _ANYWHERE,
    ),
)
REGIONS = TableSchema(
    name="regions",
    title="Which forces a release counts in a region",
    columns=(
        ColumnSchema(name="place", holds=ColumnType.PLACE, title="The region's code", needed=True),
        ColumnSchema(name="forces", holds=ColumnType.PLACES, title="Codes of its force areas", needed=True),
        _SOURCE,
        _NOTE,
    ),
    key=("place", "source"),
)
PACK_TABLES = (SOURCES, MEASURES, PLATFORMS, FIGURES, EVENTS, QUOTES, DEMANDS, CLAIMS, NOTES, REGIONS)
"""Every table a pack may hold, each after those it refers to: the order they are read in."""

PLACES = TableSchema(
    name="places",
    title="Places that figures are recorded for",
    columns=(
        ColumnSchema(name="code", holds=ColumnType.PLACE, title="Its GSS code where there is one", needed=True),
        _text_column("name", "Its name", is_required=True),
        _choice_column("level", "How large it is", PlaceLevel),
        ColumnSchema(name="parent", holds=ColumnType.PLACE, title="The code of the place it stands under"),
        ColumnSchema(name="order", holds=ColumnType.WHOLE, title="Its place in the list, never a rank", needed=True),
        ColumnSchema(name="members", holds=ColumnType.PLACES, title="Codes of the places it is counted from"),
        ColumnSchema(name="former", holds=ColumnType.FLAG, title="true where it is no longer there"),
        _NOTE,
    ),
    key=("code",),
)
NAMES = TableSchema(
    name="names",
    title="Other names that places are known by",
    columns=(
        ColumnSchema(name="code", holds=ColumnType.PLACE, title="The place's code", needed=True),
        _text_column("name", "The other name", is_required=True),
        _text_column("reason", "What completes: <name> is ...", is_required=True),
    ),
    key=("code", "name"),
)
TILES = TableSchema(
    name="tiles",
    title="Where each force area stands in the tile map",
    columns=(
        ColumnSchema(name="place", holds=ColumnType.PLACE, title="The force area's code", needed=True),
        ColumnSchema(name="column", holds=ColumnType.WHOLE, title="Its column, from 0 at the left", needed=True),
        ColumnSchema(name="row", holds=ColumnType.WHOLE, title="Its row, from 0 at the top", needed=True),
        _text_column("short", "The three or four letters on the tile", is_required=True),
    ),
    key=("place",),
)
PLACE_TABLES = (PLACES, NAMES, TILES)
"""The tables of the places, in the order they are read."""

TABLES = {table.name: table for table in (*PACK_TABLES, *PLACE_TABLES)}
