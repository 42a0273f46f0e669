"""A page as the JSON that ``show --format json`` promises: its keys are a contract, only ever added to."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from msgspec import to_builtins

from explorer.evidence import Figure, Place
from explorer.library import Library
from explorer.pages.model import Annotation, Calculation, ChartKind, DiscrepancyView, Page
from explorer.pages.panels import OTHER_FIGURES, kind_of, source_attribution


def page_json(library: Library, page: Page) -> str:
    """The page as indented JSON, ending in a line break."""
    return json.dumps(page_object(library, page), ensure_ascii=False, indent=2) + "\n"


def page_object(library: Library, page: Page) -> dict[str, Any]:
    """The page as plain lists and dictionaries."""
    measure = page.drawn[0].measure if page.drawn else ""
    return {
        "title": page.chart.title,
        "subtitle": page.chart.subtitle,
        "place": _place_object(page.place),
        "asked": _place_object(page.asked),
        "notice": page.notice,
        "measure": measure,
        "measure_name": library.measure(measure).name if measure else "",
        "measure_definition": page.measure_definition,
        "chart": page.chart.kind.value,
        "series": _series_objects(library, page),
        "figures": [_point_object(library, f, page) for f in library.figures(place=page.place.code)],
        "notes": list(page.chart.notes),
        "source_line": page.chart.source_line,
        "sources": [to_builtins(source) for source in page.sources],
        "conflicts": [
            *map(_discrepancy_object, page.disagreements),
            *map(_annotation_object, _select_annotations(page)),
        ],
        "derived": [_calculation_object(working) for working in page.workings],
        "alt_text": page.chart.alt_text,
        "areas": _area_objects(library, page),
        "newest": page.newest,
        "cannot_tell": list(page.cannot_tell),
        "measures": [{"id": one.id, "name": one.label, "code": one.code} for one in page.measures],
        "replaced": list(page.replaced),
    }


def _discrepancy_object(one: DiscrepancyView) -> dict[str, Any]:
    source_names = [side.source for side in one.sides]
    return {
        "heading": one.heading,
        "text": one.text,
        "source": "; ".join(dict.fromkeys(source_names)),
        "kind": one.kind,
        "sides": [to_builtins(side) for side in one.sides],
    }


def _select_annotations(page: Page) -> list[Annotation]:
    """The page's remarks, without those that a disagreement says with all of its sides."""
    return [r for r in page.remarks if r.heading != OTHER_FIGURES or not page.disagreements]


def _annotation_object(remark: Annotation) -> dict[str, Any]:
    """A note of a pack, in the shape of a disagreement without sides."""
    return {**to_builtins(remark), "kind": "Note", "sides": []}


def _calculation_object(working: Calculation) -> dict[str, Any]:
    return {
        "text": working.text,
        "amount": working.amount,
        "low": working.low or None,
        "high": working.high or None,
        "formula": working.formula,
        "inputs": list(working.inputs),
        "caveat": working.caveat,
        "interval": list(working.interval) or None,
        "chance": working.chance or None,
    }


def _place_object(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": place.name, "level": place.level.value}


def _area_objects(library: Library, page: Page) -> list[dict[str, Any]]:
    """The areas of a map, each with the figure that it is coloured by; nothing for other charts."""
    by_id = {figure.id: figure for figure in page.drawn}
    return [
        {
            "place": tile.place,
            "name": library.places.get(tile.place).name,
            "shown": tile.label,
            "said": tile.name,
            "figure": _point_object(library, by_id[tile.figure], page) if tile.figure in by_id else None,
        }
        for tile in page.chart.tiles
    ]


def _series_objects(library: Library, page: Page) -> list[dict[str, Any]]:
    by_id = {figure.id: figure for figure in page.drawn}
    return [
        {
            "name": series.name,
            "points": [_point_object(library, by_id[d.figure], page) for d in series.data if d.figure in by_id],
        }
        for series in page.chart.series
    ]


def _point_object(library: Library, figure: Figure, page: Page) -> dict[str, Any]:
    amount = figure.amount
    by_platform = page.chart.kind in {ChartKind.PLATFORMS, ChartKind.COMPARE}
    platform = library.platform(figure.platform).name if figure.platform else ""
    return {
        "label": platform if platform and by_platform else figure.period.label,
        "period": figure.period.label,
        "period_start": figure.period.start.isoformat(),
        "period_end": figure.period.end.isoformat(),
        "amount": json_number(amount.number),
        "status": amount.status.value if amount.status else None,
        "qualifier": amount.qualifier.value,
        "low": json_number(amount.low),
        "high": json_number(amount.high),
        "printed": figure.printed,
        "source": figure.source,
        "locator": figure.locator,
        "note": figure.note,
        "id": figure.id,
        "place": figure.place,
        "measure": figure.measure,
        "platform": platform or None,
        "base": figure.base,
        "forces_responding": figure.forces_responding,
        "forces_total": figure.forces_total,
        "basis": figure.basis,
        "in_doubt": figure.in_doubt.value if figure.in_doubt else None,
        "doubt": figure.doubt,
        "whose": source_attribution(library.source(figure.source)),
        "kind_of_source": kind_of(library.source(figure.source)),
    }


def json_number(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole numbers without a decimal point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
