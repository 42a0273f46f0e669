"""A made-up table of offence classes, by quarter and by year, beside the shipped evidence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from explorer.evidence.model import (
    Amount,
    Figure,
    Measure,
    Pack,
    Period,
    PlaceLevel,
    Qualifier,
    Source,
    SourceKind,
    Unit,
)
from explorer.evidence.periods import parse_period
from explorer.library.library import Library
from explorer.packs.reader import read_places
from explorer.support import paths

PACK, FIRST, GROOMING = "made-table", "class-1", "ho-88a"
CAMBS, KENT, UK, EAST = "E23000023", "E23000032", "K02000001", "E12000006"
YEARS = (2019, 2020, 2021, 2022)
_GROUPS = ("Violence against the person", "Sexual offences", "Theft offences")


def measures(classes: int) -> tuple[Measure, ...]:
    """So many classes, the first of them the shipped class 88A."""
    known = Measure(
        id=GROOMING, name="Sexual Grooming", unit=Unit.OFFENCES, definition="Made up.", group="", code="88A"
    )
    rest = (
        Measure(
            id=f"class-{number}",
            name=f"Offence number {number}",
            unit=Unit.OFFENCES,
            definition="Made up.",
            group=_GROUPS[number % 3],
            code=f"{number}B",
        )
        for number in range(1, classes)
    )
    return (known, *rest)


def periods(years: Sequence[int]) -> tuple[Period, ...]:
    """Each financial year with its quarters."""
    return tuple(parse_period(text) for year in years for text in (f"{year}/{(year + 1) % 100:02d}", *quarters(year)))


def quarters(year: int) -> tuple[str, ...]:
    """The texts of a financial year's quarters."""
    starts = ((year, 4), (year, 7), (year, 10), (year + 1, 1))
    return tuple(f"{y}-{m:02d}/{y}-{m + 2:02d}" for y, m in starts)


def figure(place: str, measure: str, period: Period, number: int) -> Figure:
    """A figure as an import makes it."""
    amount = Decimal(number)
    return Figure(
        id=f"{PACK}/{measure}.{place}.{period.text.replace('/', '-')}",
        measure=measure,
        place=place,
        period=period,
        amount=Amount(number=amount, qualifier=Qualifier.EXACT, low=amount, high=amount),
        printed=str(number),
        source=f"{PACK}/table",
        locator=f"row {number + 2}",
        pack=PACK,
    )


def number_of(measure: Measure, period: Period) -> int:
    """A number for a figure: of one class a correction outweighs what was counted in some quarters."""
    if measure.id == FIRST:
        return -2 if period.text.endswith("-12") else 5
    return 100 + period.start.month + period.start.year


def table(codes: Sequence[str], classes: int = 20, years: Sequence[int] = YEARS) -> Pack:
    """The table as a pack."""
    several = measures(classes)
    return Pack(
        id=PACK,
        title="A made-up table",
        version="1.0.0",
        publisher="Home Office",
        licence="not stated",
        created="2026-01-01T00:00:00Z",
        description="Made up.",
        sources=(
            Source(
                id=f"{PACK}/table",
                title="A made-up table",
                publisher="Home Office",
                kind=SourceKind.USER,
                published="2025-07-24",
            ),
        ),
        measures=several,
        figures=tuple(
            figure(code, one.id, period, number_of(one, period))
            for code in codes
            for one in several
            for period in periods(years)
        ),
    )


def with_table(*, shipped: bool = True, **more: int) -> Library:
    """The shipped evidence, or none, and the table for every police force area."""
    places = read_places(paths.places_folder())
    library = Library.open(None, places)
    if shipped:
        library.loader.load_shipped(paths.packs_folder())
    library.manager.add_pack(table([one.code for one in places if one.level is PlaceLevel.FORCE], **more))
    return library
