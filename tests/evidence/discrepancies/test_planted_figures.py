"""Figures planted beside the shipped ones, published in another month than what they contradict."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.discrepancies.find import find_doubts
from explorer.evidence.discrepancies.model import Discrepancy, DiscrepancyKind
from explorer.evidence.model import Figure, Measure, Pack, Source, SourceKind, Unit
from explorer.evidence.repository import InMemoryRepository
from tests.evidence import sample_country as world

UK, NORTH_WEST, CUMBRIA = "K02000001", "E12000002", "E23000002"
NORFOLK, KENT, DORSET, GWENT = "E23000024", "E23000032", "E23000039", "W15000002"
MONTHS = ("2025-12", "2019-01", "2026-03-05")


def planted(library, month: str, *rows: tuple[str, str, str, str, dict[str, str]]) -> tuple[Discrepancy, ...]:
    """What is found of planted rows: measure, place, period, number and more, beside the shipped ones."""
    source = Source(id="mine", title="", publisher="Me", kind=SourceKind.NEWS, published=month)
    figures: list[Figure] = []
    for measure, place, period, number, more in rows:
        unit = library.measure(measure).unit if measure != "class" else Unit.OFFENCES
        shape = {Unit.PER_CENT: world.SHARE, Unit.CHANGE: world.CHANGE}.get(unit, world.COUNT)
        made = world.figure(place, period, number, shape, source="mine", **more)
        figures.append(replace(made, measure=measure, id=f"mine/{made.id}/{measure}"))
    held = [one for one in library.figures() if library.measure(one.measure).group == "Online grooming"]
    mine = Measure(id="class", name="Class", unit=Unit.OFFENCES, definition="", code="88A")
    pack = Pack(
        id="all",
        title="",
        version="1",
        publisher="",
        licence="",
        created="",
        description="",
        sources=(*library.sources(), source),
        measures=(*library.measures(), mine),
        platforms=tuple(library.platforms()),
        figures=(*held, *figures),
        regions=tuple(library.regions()),
    )
    record = InMemoryRepository([pack], library.places)
    known = {one.id: one for one in pack.sources}
    found = find_doubts(record, conflicts=find_conflicts(record.figures(), known))
    return tuple(one for one in found if any(name.startswith("mine/") for name in one.figures))


OFFENCES, SHARES = "scc-offences", "scc-platform-share"
PLANTED = [
    (
        DiscrepancyKind.PERIOD,
        [(OFFENCES, DORSET, "2010/11", "300", {}), (OFFENCES, DORSET, "2010-04/2010-06", "400", {})],
    ),
    (DiscrepancyKind.PERIOD, [(OFFENCES, UK, "2022-07/2022-09", "6900", {})]),
    (DiscrepancyKind.SUM, [(OFFENCES, KENT, "2017-04/2019-03", "9000", {})]),
    (
        DiscrepancyKind.PLATFORM,
        [(OFFENCES, GWENT, "2010", "150", {}), (OFFENCES, GWENT, "2010", "200", {"platform": "kik"})],
    ),
    (DiscrepancyKind.PLACE, [(OFFENCES, CUMBRIA, "2023/24", "1200", {})]),
    (DiscrepancyKind.PLACE, [(OFFENCES, NORFOLK, "2024/25", "9000", {})]),
    (
        DiscrepancyKind.SHARES,
        [(SHARES, NORFOLK, "2021/22", n, {"platform": p}) for p, n in (("kik", "70"), ("snapchat", "60"))],
    ),
    (
        DiscrepancyKind.CLASSES,
        [(OFFENCES, DORSET, "2030/31", "122", {}), ("class", DORSET, "2030/31", "45", {})],
    ),
    (DiscrepancyKind.NOT_WHOLE, [(OFFENCES, GWENT, "2010/11", "27.5", {})]),
    (DiscrepancyKind.BASE, [("scc-change", UK, "2023/24", "10", {"breakdown": "since 2017/18"})]),
]


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(("kind", "rows"), PLANTED)
def test_what_is_planted_is_found(library, month: str, kind: DiscrepancyKind, rows: list) -> None:
    found = planted(library, month, *rows)
    assert kind in {one.kind for one in found}
    assert {one.kind for one in found} <= {kind, DiscrepancyKind.DIFFER}


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize(
    "row",
    [
        (OFFENCES, CUMBRIA, "2017/18", "900", {}),
        (OFFENCES, UK, "2017-04/2017-06", "10", {}),
        (OFFENCES, KENT, "2010/11", "3", {}),
        (SHARES, NORFOLK, "2021/22", "100", {"platform": "kik"}),
    ],
)
def test_what_contradicts_nothing_is_left_alone(library, month: str, row: tuple) -> None:
    assert planted(library, month, row) == ()
