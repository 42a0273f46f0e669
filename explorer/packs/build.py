"""Rows turned into the values of the evidence model, ids made global: "PACK/ID".

One function a table. They report what is wrong through the cells and go on, so that one reading finds
every problem; what they give for a row with a problem is thrown away with the whole pack.
"""

from __future__ import annotations

from collections.abc import Callable

from explorer.evidence.model import (
    Claim,
    Demand,
    Event,
    Figure,
    InDoubt,
    Level,
    Measure,
    Note,
    NoteKind,
    OtherName,
    Place,
    Platform,
    Quote,
    Region,
    Source,
    SourceKind,
    Unit,
    VoiceKind,
)
from explorer.evidence.periods import parse

from . import checks
from .cells import Cells

_SOME_PERIOD = parse("2000")
"""Stands in for a period that cannot be read, until the pack is refused."""


def source(cells: Cells) -> Source:
    """A row of ``sources``."""
    return Source(
        id=cells.own(),
        title=cells.text("title"),
        publisher=cells.text("publisher"),
        kind=SourceKind(cells.choice("kind") or SourceKind.USER),
        published=cells.date("published"),
        address=cells.address("address"),
        note=cells.text("note"),
        origin=cells.text("origin"),
    )


def measure(cells: Cells) -> Measure:
    """A row of ``measures``. Its id is shared by all packs."""
    made = Measure(
        id=cells.id(),
        name=cells.text("name"),
        unit=Unit(cells.choice("unit") or Unit.OFFENCES),
        definition=cells.text("definition"),
        group=cells.text("group"),
        code=cells.text("code"),
        breaks=cells.breaks("breaks"),
    )
    cells.context.units[made.id] = made.unit
    return made


def platform(cells: Cells) -> Platform:
    """A row of ``platforms``. Its id is shared by all packs."""
    return Platform(
        id=cells.id(),
        name=cells.text("name"),
        owner=cells.text("owner"),
        members=cells.ids("members"),
        order=cells.whole("order") or 0,
    )


def figure(cells: Cells) -> Figure:
    """A row of ``figures``."""
    measure_id = cells.id("measure")
    responding, total = checks.forces(cells)
    in_doubt, doubt = checks.doubt(cells)
    return Figure(
        id=cells.own(),
        measure=measure_id,
        place=cells.place("place"),
        period=cells.period("period") or _SOME_PERIOD,
        amount=checks.amount(cells, cells.context.units.get(measure_id)),
        printed=cells.text("printed"),
        source=cells.own("source"),
        locator=cells.text("locator"),
        pack=cells.context.pack,
        platform=cells.id("platform") or None,
        breakdown=cells.text("breakdown"),
        base=cells.text("base"),
        base_figure=cells.own("base_figure") or None,
        forces_responding=responding,
        forces_total=total,
        coverage=cells.text("coverage"),
        note=cells.text("note"),
        basis=cells.text("basis"),
        in_doubt=InDoubt(in_doubt) if in_doubt else None,
        doubt=doubt,
    )


def event(cells: Cells) -> Event:
    """A row of ``events``."""
    return Event(
        id=cells.own(),
        name=cells.text("name"),
        date=cells.date("date"),
        source=cells.own("source"),
        pack=cells.context.pack,
        locator=cells.text("locator"),
        reported=cells.flag("reported"),
        measure=cells.id("measure") or None,
        places=cells.places("places"),
        note=cells.text("note"),
    )


def quote(cells: Cells) -> Quote:
    """A row of ``quotes``."""
    return Quote(
        id=cells.own(),
        kind=VoiceKind(cells.choice("kind") or VoiceKind.PARAPHRASE),
        text=cells.text("text"),
        speaker=cells.text("speaker"),
        role=cells.text("role"),
        organisation=cells.text("organisation"),
        source=cells.own("source"),
        locator=cells.text("locator"),
        pack=cells.context.pack,
        order=cells.whole("order") or 0,
        places=cells.places("places"),
        figures=cells.owned("figures"),
        note=cells.text("note"),
    )


def demand(cells: Cells) -> Demand:
    """A row of ``demands``."""
    return Demand(
        id=cells.own(),
        kind=VoiceKind(cells.choice("kind") or VoiceKind.PARAPHRASE),
        order=cells.whole("order") or 0,
        text=cells.text("text"),
        asked_by=cells.text("asked_by"),
        addressed_to=cells.text("addressed_to"),
        instrument=cells.text("instrument"),
        source=cells.own("source"),
        locator=cells.text("locator"),
        pack=cells.context.pack,
        places=cells.places("places"),
        figures=cells.owned("figures"),
        note=cells.text("note"),
        title=cells.text("title"),
    )


def claim(cells: Cells) -> Claim:
    """A row of ``claims``."""
    return Claim(
        id=cells.own(),
        order=cells.whole("order") or 0,
        text=cells.text("text"),
        check=checks.check_name(cells),
        source=cells.own("source"),
        locator=cells.text("locator"),
        pack=cells.context.pack,
        made_by=cells.text("made_by"),
        printed=cells.text("printed"),
        places=cells.places("places"),
        figures=cells.owned("figures"),
        events=cells.owned("events"),
        settings=checks.settings(cells),
    )


def note(cells: Cells) -> Note:
    """A row of ``notes``."""
    return Note(
        id=cells.own(),
        kind=NoteKind(cells.choice("kind") or NoteKind.WORDING),
        text=cells.text("text"),
        source=cells.own("source"),
        locator=cells.text("locator"),
        pack=cells.context.pack,
        figures=cells.owned("figures"),
        claims=cells.owned("claims"),
        events=cells.owned("events"),
        quotes=cells.owned("quotes"),
    )


def region(cells: Cells) -> Region:
    """A row of ``regions``."""
    return Region(
        place=cells.place("place"),
        forces=cells.places("forces"),
        source=cells.own("source"),
        pack=cells.context.pack,
        note=cells.text("note"),
    )


def place(cells: Cells) -> Place:
    """A row of the table ``places``, without its other names."""
    return Place(
        code=cells.text("code"),
        name=cells.text("name"),
        level=Level(cells.choice("level") or Level.LOCAL_AUTHORITY),
        parent=cells.text("parent") or None,
        order=cells.whole("order") or 0,
        members=cells.places("members"),
        former=cells.flag("former"),
        note=cells.text("note"),
    )


def other_name(cells: Cells) -> tuple[str, OtherName]:
    """A row of the table ``names``: the place's code and the name."""
    return cells.text("code"), OtherName(name=cells.text("name"), reason=cells.text("reason"))


Tile = tuple[tuple[int, int], str]
"""A cell of the tile map, column and row, and what stands on it."""


def tile(cells: Cells) -> tuple[str, Tile]:
    """A row of the table ``tiles``: the place's code, and its cell and letters."""
    return cells.text("place"), ((cells.whole("column") or 0, cells.whole("row") or 0), cells.text("short"))


Builder = Callable[[Cells], object]

BUILDERS: dict[str, Builder] = {
    "sources": source,
    "measures": measure,
    "platforms": platform,
    "figures": figure,
    "events": event,
    "quotes": quote,
    "demands": demand,
    "claims": claim,
    "notes": note,
    "regions": region,
}
