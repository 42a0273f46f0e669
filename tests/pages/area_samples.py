"""Force areas with made-up figures to map, in the shipped places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import Amount, Figure, FigureStatus, Measure, Pack, Qualifier, Source, SourceKind, Unit
from explorer.evidence.periods import parse_period
from explorer.library.library import Library
from explorer.packs.reader import read_places
from explorer.support import paths

MEASURE, OTHER, PEOPLE = "scc-offences", "ho-88a", "population"
CAMBS, NORFOLK, KENT, LANCS, MET, CITY = (
    *("E23000023", "E23000024", "E23000032", "E23000003", "E23000001", "E23000034"),
)
PSNI, NI, SCOTLAND = "PSNI", "N92000002", "S23000009"
PACK = "made"

_MEASURES = (
    Measure(id=MEASURE, name="Sexual communication with a child", unit=Unit.OFFENCES, definition="Made up."),
    Measure(id=OTHER, name="Sexual grooming", unit=Unit.OFFENCES, definition="Made up."),
    Measure(id=PEOPLE, name="Population", unit=Unit.PEOPLE, definition="Made up."),
)


def figure(
    place: str,
    period: str,
    number: int | None,
    *,
    measure: str = MEASURE,
    source: str = "first",
    **more: object,
) -> Figure:
    qualifier = more.pop("qualifier", Qualifier.EXACT)
    assert isinstance(qualifier, Qualifier)
    given = None if number is None else Decimal(number)
    low, high = (None, None) if given is None else compute_bounds(given, qualifier, Unit.OFFENCES)
    status = FigureStatus.NOT_AVAILABLE if number is None else None
    return Figure(
        id=f"{PACK}/{measure}-{place}-{period.replace('/', '-')}-{source}".lower(),
        measure=measure,
        place=place,
        period=parse_period(period),
        amount=Amount(number=given, qualifier=qualifier, status=status, low=low, high=high),
        printed="no reply" if number is None else f"{number:,}",
        source=f"{PACK}/{source}",
        locator="paragraph 1",
        pack=PACK,
        **more,  # type: ignore[arg-type]
    )


def year(text: str, numbers: Mapping[str, int], measure: str = MEASURE) -> list[Figure]:
    return [figure(place, text, number, measure=measure) for place, number in numbers.items()]


def library(figures: Iterable[Figure]) -> Library:
    sources = tuple(
        Source(
            id=f"{PACK}/{name}",
            title=name,
            publisher=f"The {name} paper",
            kind=SourceKind.NEWS,
            published=day,
        )
        for name, day in (("first", "2018-09"), ("second", "2019-03"))
    )
    opened = Library.open(None, read_places(paths.places_folder()))
    opened.manager.add_pack(
        Pack(
            id=PACK,
            title="Made",
            version="1",
            publisher="Nobody",
            licence="none",
            created="2024-01-01",
            description="",
            sources=sources,
            measures=_MEASURES,
            figures=tuple(figures),
        )
    )
    return opened


def forces() -> tuple[str, ...]:
    """The codes of every force area on the map, in place order."""
    return tuple(p.code for p in read_places(paths.places_folder()) if p.tile is not None)
