"""The figures of a settled draft, as the evidence has them: ids, amounts as printed, where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from explorer.evidence.model import Amount, Figure, Qualifier, Unit

from .amount_cells import Cell
from .amounts import bounds
from .bulk import in_id
from .draft import Draft, Thing
from .meanings import slug
from .settled import Settled

YEAR_NOTE = "The sum of its four quarters in the table."
_PER_CENT_BASE = "as the imported table says"


def figures(
    draft: Draft, settled: Settled, pack: str, source: str, only: Collection[int] | None = None
) -> Iterator[Figure]:
    """Each figure with its id and source made those of ``pack``; ``only`` those at some positions."""
    if only is not None and not only:
        return
    names = [thing_name(thing) for thing in draft.things]
    single = len(draft.sheets) <= 1
    whole: list[int] = settled.number.tolist()
    rows: list[tuple[int, int, int]] = list(
        zip(settled.place.tolist(), settled.thing.tolist(), settled.period.tolist(), strict=True)
    )
    for at in range(len(rows)) if only is None else sorted(only):
        place, thing, period = rows[at]
        counted, when = draft.things[thing], draft.periods[period]
        unit = draft.measures[counted.measure].unit
        cell = settled.odd.get(at) or Cell(number=Decimal(whole[at]), printed=str(whole[at]))
        base, note = settled.extra.get(at, ("", ""))
        yield Figure(
            id=f"{pack}/{names[thing][0]}.{draft.places[place]}.{in_id(when.text)}{names[thing][1]}",
            pack=pack,
            measure=counted.measure,
            place=draft.places[place],
            period=when,
            platform=counted.platform,
            breakdown=counted.breakdown,
            amount=_amount(cell, unit),
            printed=cell.printed,
            base=base or (_PER_CENT_BASE if unit is Unit.PER_CENT else ""),
            source=f"{pack}/{source}",
            locator=locator(draft.sheets[int(settled.sheet[at])], int(settled.row[at]), single=single),
            note=" ".join(part for part in (note, added_note(int(settled.added[at]))) if part),
        )


def thing_name(thing: Thing) -> tuple[str, str]:
    """What stands in an id for what is counted: before the place, and after the period."""
    parts = [slug(part).replace(".", "-") for part in (thing.platform or "", thing.breakdown) if part]
    return thing.measure, "".join(f"_{part}" for part in parts)


def locator(sheet: str, row: int, *, single: bool) -> str:
    """Where in the table a figure stands."""
    return f"row {row}" if single or not sheet else f"sheet {sheet}, row {row}"


def added_note(rows: int) -> str:
    """What is said of a figure that more than one row stands behind."""
    if rows == 1:
        return ""
    return f"The sum of {rows} rows of the table." if rows else YEAR_NOTE


def _amount(cell: Cell, unit: Unit) -> Amount:
    qualifier = cell.qualifier if cell.number is not None else Qualifier.EXACT
    low, high = bounds(cell.number, qualifier, unit)
    return Amount(number=cell.number, qualifier=qualifier, status=cell.status, low=low, high=high)
