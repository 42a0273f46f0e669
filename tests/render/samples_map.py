"""Tile maps to draw: the shipped squares with made-up numbers, falls among them, and gaps."""

from __future__ import annotations

import csv

from msgspec.structs import replace

from explorer.pages.model.chart import Chart, ChartAxis, ChartKind, ChartShape, ColourBand, MapTile, MarkFill
from explorer.support import paths

NOTHING = ChartAxis(title="", low=0.0, high=1.0, ticks=())
BANDS = tuple(
    ColourBand(label=label, tone=at / 4)
    for at, label in enumerate(("under 20", "20 to 49", "50 to 99", "100 to 199", "200 or more"))
)
CHANGES = tuple(
    ColourBand(label=label, tone=tone)
    for label, tone in (
        ("−50% or lower", -2 / 3),
        ("−49% to −1%", -1 / 3),
        ("0% to +49%", 1 / 3),
        ("+50% to +99%", 2 / 3),
        ("+100% or more", 1.0),
    )
)


def squares() -> list[dict[str, str]]:
    with (paths.places_folder() / "tiles.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tile(number: int, row: dict[str, str], label: str, band: int | None) -> MapTile:
    return MapTile(
        place=row["place"],
        column=int(row["column"]),
        row=int(row["row"]),
        short=row["short"],
        name=f"Area {row['place']}, 2017/18: {label}",
        label=label,
        figure="" if band is None else f"f{number}",
        band=band,
    )


def counts() -> Chart:
    """Every third square without a figure, the others from 11 to 1,207."""
    tiles = tuple(
        tile(at, row, "[x]", None) if at % 3 == 2 else tile(at, row, f"{at * 27 + 11:,}", at % 5)
        for at, row in enumerate(squares())
    )
    told = "; ".join(one.name for one in tiles)
    return Chart(
        kind=ChartKind.MAP,
        shape=ChartShape.TILES,
        title="30 of 45 force areas have a figure for 2017/18",
        subtitle="Sexual communication with a child, police force areas, United Kingdom, 2017/18",
        categories=NOTHING,
        values=replace(NOTHING, title="Offences recorded"),
        series=(),
        tiles=tiles,
        bands=BANDS,
        keys=((MarkFill.MISSING, "no figure"),),
        notes=("Each square is one police force area.", "More offences recorded does not mean more abuse."),
        source_line="Source: a paper, 2018. Pack: made.",
        alt_text=f"Tile map. {told}",
    )


def changes() -> Chart:
    """Falls and rises."""
    tiles = tuple(
        tile(at, row, f"{'−' if at % 5 < 2 else '+'}{at * 4 + 1}", at % 5) for at, row in enumerate(squares())
    )
    return replace(counts(), tiles=tiles, bands=CHANGES)
