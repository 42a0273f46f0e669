"""A small made-up country with two regions, for what the first article is too small to test."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from explorer.evidence import periods
from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import (
    Amount,
    Claim,
    EvidenceNote,
    Figure,
    Measure,
    NoteKind,
    Pack,
    Place,
    PlaceLevel,
    Platform,
    Qualifier,
    RegionMembership,
    Source,
    SourceKind,
    Unit,
)
from explorer.evidence.repository import InMemoryRepository

UK, BOTH, LAND, WALES = "UK", "EW", "EN", "WA"
NORTH, SOUTH = "NORTH", "SOUTH"
A, B, C, D, E = "A", "B", "C", "D", "E"
COUNT, SHARE, CHANGE, VICTIMS, PEOPLE, AGE = (
    "scc-offences",
    "share",
    "scc-change",
    "victims",
    "population",
    "age",
)
CLASS = "ho-88a"
SPRING, AUTUMN, OLD, NEW = "spring", "autumn", "old", "new"


def _place(code: str, name: str, level: PlaceLevel, parent: str | None, **more: Any) -> Place:
    return Place(code=code, name=name, level=level, parent=parent, order=0, **more)


PLACES = tuple(
    replace(place, order=at)
    for at, place in enumerate(
        (
            _place(UK, "United Kingdom", PlaceLevel.UK, None),
            _place(BOTH, "England and Wales", PlaceLevel.NATIONS, UK, members=(LAND, WALES)),
            _place(LAND, "England", PlaceLevel.NATION, UK),
            _place(NORTH, "North", PlaceLevel.REGION, LAND),
            _place(A, "Ashire", PlaceLevel.FORCE, NORTH),
            _place(B, "Beeshire", PlaceLevel.FORCE, NORTH),
            _place(C, "Ceeshire", PlaceLevel.FORCE, NORTH),
            _place(SOUTH, "South", PlaceLevel.REGION, LAND),
            _place(D, "Deeshire", PlaceLevel.FORCE, SOUTH),
            _place(E, "Eeshire", PlaceLevel.FORCE, SOUTH),
            _place(WALES, "Wales", PlaceLevel.NATION, UK),
        )
    )
)
_GROUP = "grooming"
MEASURES = tuple(
    Measure(id=name, name=name, unit=unit, definition=name, group=_GROUP, code="88A" if name == CLASS else "")
    for name, unit in (
        (CLASS, Unit.OFFENCES),
        (COUNT, Unit.OFFENCES),
        (SHARE, Unit.PER_CENT),
        (CHANGE, Unit.CHANGE),
        (VICTIMS, Unit.PEOPLE),
        (PEOPLE, Unit.PEOPLE),
        (AGE, Unit.AGE),
    )
)
PLATFORMS = (
    Platform(id="insta", name="Insta"),
    Platform(id="snap", name="Snap"),
    Platform(id="kik", name="Kik"),
    Platform(id="insta-or-kik", name="Insta or Kik"),
    Platform(id="group", name="Insta and Snap", members=("insta", "snap")),
)
UNITS = {measure.id: measure.unit for measure in MEASURES}
SOURCES = tuple(
    Source(id=name, title=name, publisher=name.title(), kind=SourceKind.RELEASE, published=day)
    for name, day in ((OLD, "2018-06"), (SPRING, "2019-03"), (AUTUMN, "2019-09-11"), (NEW, "2025-11-13"))
)


def figure(place: str, when: str, number: str | None, measure: str = COUNT, **more: Any) -> Figure:
    period = periods.parse_period(when)
    qualifier = Qualifier(more.pop("qualifier", "exact"))
    value = None if number is None else Decimal(number)
    low, high = compute_bounds(value, qualifier, UNITS[measure])
    made: dict[str, Any] = {
        "measure": measure,
        "place": place,
        "period": period,
        "amount": Amount(number=value, qualifier=qualifier, low=low, high=high),
        "printed": number or "",
        "source": SPRING,
        "locator": "whole page",
        "pack": "world",
        **more,
    }
    parts = (place, period.text, measure, made.get("platform"), made.get("breakdown"), made["source"])
    return Figure(**{"id": " ".join(str(part) for part in parts if part), **made})


def region(place: str, forces: str, source: str) -> RegionMembership:
    return RegionMembership(place=place, forces=tuple(forces), source=source, pack="world")


def note(kind: NoteKind, text: str, *figures: Figure) -> EvidenceNote:
    ids = tuple(one.id for one in figures)
    return EvidenceNote(id=text, kind=kind, text=text, source=SPRING, locator="", pack="world", figures=ids)


def claim(check: str, source: str = NEW, **settings: str) -> Claim:
    return Claim(
        id=check,
        order=1,
        text="Something is so.",
        check=check,
        source=source,
        locator="",
        pack="world",
        places=(settings.get("place", UK),),
        settings=tuple(settings.items()),
    )


class World(InMemoryRepository):
    """A record that, like the library, can also be asked for its claims and notes."""

    def __init__(
        self,
        figures: Iterable[Figure] = (),
        *,
        regions: Sequence[RegionMembership] = (),
        claims: Sequence[Claim] = (),
        notes: Sequence[EvidenceNote] = (),
    ) -> None:
        pack = Pack(
            id="world",
            title="World",
            version="1",
            publisher="Nobody",
            licence="OGL",
            created="2026-01-01",
            description="Made up.",
            sources=SOURCES,
            measures=MEASURES,
            platforms=PLATFORMS,
            figures=tuple(figures),
            regions=tuple(regions),
        )
        super().__init__([pack], PLACES)
        self._claims, self._notes = tuple(claims), tuple(notes)

    def claims(self) -> tuple[Claim, ...]:
        """The claims."""
        return self._claims

    def notes(self) -> tuple[EvidenceNote, ...]:
        """The notes."""
        return self._notes
