"""The evidence of the first article, small and in memory, and the few words to change it with."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from explorer.evidence import periods
from explorer.evidence.amounts import compute_bounds
from explorer.evidence.model import (
    Amount,
    Claim,
    Event,
    Figure,
    FigureStatus,
    Measure,
    OtherName,
    Pack,
    Place,
    PlaceLevel,
    Platform,
    Qualifier,
    Source,
    SourceKind,
    Unit,
)
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import InMemoryRepository

UK, BOTH, ENGLAND, WALES = "K02000001", "K04000001", "E92000001", "W92000004"
EAST, CAMBS, NORFOLK, PETERBOROUGH = "E12000006", "E23000023", "E23000024", "E06000031"
COUNT, SHARE = "scc-offences", "scc-platform-share"
ARTICLE, LATER = "article", "restated"


def place(code: str, name: str, level: PlaceLevel, parent: str | None, *others: str, **more: Any) -> Place:
    named = tuple(OtherName(name=other, reason=f"another name for {name}") for other in others)
    return Place(code=code, name=name, level=level, parent=parent, order=0, other_names=named, **more)


PLACES = tuple(
    replace(one, order=at)
    for at, one in enumerate(
        (
            place(UK, "United Kingdom", PlaceLevel.UK, None, "UK"),
            place(BOTH, "England and Wales", PlaceLevel.NATIONS, UK, members=(ENGLAND, WALES)),
            place(ENGLAND, "England", PlaceLevel.NATION, UK),
            place(EAST, "East of England", PlaceLevel.REGION, ENGLAND),
            place(CAMBS, "Cambridgeshire", PlaceLevel.FORCE, EAST, "Cambs", "Cambridgeshire Constabulary"),
            place(PETERBOROUGH, "Peterborough", PlaceLevel.LOCAL_AUTHORITY, CAMBS),
            place("E07000008", "Cambridge", PlaceLevel.LOCAL_AUTHORITY, CAMBS),
            place("E07000009", "East Cambridgeshire", PlaceLevel.LOCAL_AUTHORITY, CAMBS),
            place(NORFOLK, "Norfolk", PlaceLevel.FORCE, EAST),
            place("E07000146", "King's Lynn and West Norfolk", PlaceLevel.LOCAL_AUTHORITY, NORFOLK),
            place("E23000025", "Suffolk", PlaceLevel.FORCE, EAST),
            place("E07000205", "Suffolk Coastal", PlaceLevel.LOCAL_AUTHORITY, "E23000025", former=True),
            place("E23000027", "Hertfordshire", PlaceLevel.FORCE, EAST),
            place("E07000240", "St Albans", PlaceLevel.LOCAL_AUTHORITY, "E23000027"),
            place(WALES, "Wales", PlaceLevel.NATION, UK, "Cymru"),
            place("W15000004", "Dyfed-Powys", PlaceLevel.FORCE, WALES),
            place("W06000002", "Gwynedd", PlaceLevel.LOCAL_AUTHORITY, "W15000004"),
            place("E23000034", "London, City of", PlaceLevel.FORCE, ENGLAND),
        )
    )
)

MEASURES = (
    Measure(id=COUNT, name="Offences", unit=Unit.OFFENCES, definition="Counted.", group="grooming"),
    Measure(id=SHARE, name="Shares", unit=Unit.PER_CENT, definition="Shared.", group="grooming"),
    Measure(id="class-88a", name="Class 88A", unit=Unit.OFFENCES, definition="Another.", group="home office"),
)
PLATFORMS = (
    Platform(id="facebook-owned", name="Facebook-owned apps", members=("facebook", "instagram", "whatsapp")),
    Platform(id="facebook", name="Facebook", order=1),
    Platform(id="instagram", name="Instagram", order=2),
    Platform(id="whatsapp", name="WhatsApp", order=3),
    Platform(id="snapchat", name="Snapchat", order=4),
)
SOURCES = (
    Source(id=ARTICLE, title="Article", publisher="A paper", kind=SourceKind.NEWS, published="2020-11"),
    Source(id=LATER, title="Release", publisher="NSPCC", kind=SourceKind.RELEASE, published="2025-11-13"),
    Source(id="law", title="The law", publisher="GOV.UK", kind=SourceKind.LAW, published="2017"),
)


def amount(number: str | None, unit: Unit = Unit.OFFENCES, qualifier: str = "exact", **more: Any) -> Amount:
    if number is None:
        return Amount(number=None, status=FigureStatus.NOT_AVAILABLE)
    value = Decimal(number)
    low, high = compute_bounds(value, Qualifier(qualifier), unit)
    given = {"low": low, "high": high, **more}
    return Amount(number=value, qualifier=Qualifier(qualifier), **given)


def count(where: str, when: str, number: str | None, qualifier: str = "exact", **more: Any) -> Figure:
    low = more.pop("low", None)
    bounded = {"low": Decimal(low)} if low else {}
    period = periods.parse_period(when)
    made: dict[str, Any] = {
        "id": f"{where}-{period.text}-{more.get('source', ARTICLE)}",
        "measure": COUNT,
        "place": where,
        "period": period,
        "amount": amount(number, Unit.OFFENCES, qualifier, **bounded),
        "printed": number or "",
        "source": ARTICLE,
        "locator": "paragraph 5",
        "pack": "seed",
    }
    return Figure(**{**made, **more})


def share(where: str, when: str, platform: str, number: str, **more: Any) -> Figure:
    figure_id = f"{where}-{periods.parse_period(when).text}-{platform}-{more.get('source', ARTICLE)}"
    made = {"id": figure_id, "measure": SHARE, "amount": amount(number, Unit.PER_CENT), **more}
    return count(where, when, number, platform=platform, **made)


Q1 = "2020-04/2020-06"
FIGURES = (
    count(UK, Q1, "1200", "at least", low="1201", id="uk-q1", forces_responding=38),
    share(UK, Q1, "instagram", "37", id="uk-ig-q1", base_figure="uk-q1", forces_responding=38),
    share(UK, "2017-04/2020-03", "instagram", "29", id="uk-ig-before"),
    count(EAST, Q1, "114", id="east-q1"),
    share(EAST, Q1, "instagram", "36", id="east-ig-q1", base_figure="east-q1"),
    share(EAST, Q1, "facebook-owned", "52", id="east-fb-q1", base_figure="east-q1"),
    count(CAMBS, "2017/18", "66", id="cambs-17"),
    count(CAMBS, "2018/19", "71", id="cambs-18"),
    count(CAMBS, "2019/20", "77", id="cambs-19"),
    count(CAMBS, Q1, "22", id="cambs-q1"),
)


def event(event_id: str, name: str, date: str, **more: Any) -> Event:
    return Event(**{"id": event_id, "name": name, "date": date, "source": "law", "pack": "seed", **more})


EVENTS = (
    event("offence-in-force", "The offence comes into force", "2017-04-03", measure=COUNT, places=(BOTH,)),
    event("white-paper", "Online Harms White Paper published", "2019-04-08"),
    event("initial-response", "Initial government response", "2020-02"),
    event("response-with-pm", "Response said to be signed off", "2020-11", reported=True),
    event("full-response", "Full government response", "2020-12-15"),
)


def claim(check: str, **settings: str) -> Claim:
    return Claim(
        id=check,
        order=1,
        text="Something printed.",
        check=check,
        source=ARTICLE,
        locator="paragraph 1",
        pack="seed",
        figures=("uk-q1", "cambs-q1"),
        settings=tuple(settings.items()),
    )


def places() -> PlaceTree:
    return PlaceTree(PLACES)


def record(
    *,
    add: Iterable[Figure] = (),
    drop: Iterable[str] = (),
    events: Iterable[Event] = EVENTS,
    change: Iterable[tuple[str, Amount]] = (),
) -> InMemoryRepository:
    """The seed's evidence with figures added, dropped by id, or given another amount."""
    dropped, amounts = set(drop), dict(change)
    kept = [
        replace(figure, amount=amounts.get(figure.id, figure.amount)) for figure in FIGURES if figure.id not in dropped
    ]
    pack = Pack(
        id="seed",
        title="Seed",
        version="1",
        publisher="A paper",
        licence="OGL",
        created="2020-11-16",
        description="The article.",
        sources=SOURCES,
        measures=MEASURES,
        platforms=PLATFORMS,
        figures=(*kept, *add),
        events=tuple(events),
    )
    return InMemoryRepository([pack], places())
