"""Briefings in files: written whole beside the old one and swapped in, read back or refused in a sentence.

The file is JSON that a person can read: ``format``, ``version``, then the fields of a Briefing. Fields that
this version does not know are passed over; a file of a newer version is refused and left alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from explorer.pages.model import Chart, ChartAxis, ChartShape
from explorer.support import write_atomically

from .model import FORMAT, VERSION, Briefing, BriefingItem, Exhibit

# Briefings of older versions of the file format, brought up to date one version after the other.


BriefingData = dict[str, Any]

_FIRST_COLUMNS = (
    "Place", "Code", "Measure", "Platform", "Period", "From", "To", "Number", "Qualifier", "Status", "Low",
    "High", "Printed as", "Share of", "Forces responding", "Source", "Publisher", "Date", "Where", "Address",
    "Note",
)  # fmt: skip
"""The columns of records that version 1 took for granted; it wrote others only where there were any."""


def _from_first(data: BriefingData) -> BriefingData:
    """Version 2 writes the columns of records in every file, and has summaries."""
    for item in cast("list[Any]", data.get("items") or []):
        exhibit = cast("BriefingData", item).get("exhibit") if isinstance(item, dict) else None
        if isinstance(exhibit, dict) and "records" in exhibit:
            cast("BriefingData", exhibit).setdefault("columns", list(_FIRST_COLUMNS))
    return data


UPGRADES: dict[int, Callable[[BriefingData], BriefingData]] = {1: _from_first}
"""How the content of each older version becomes that of the next."""


# Whether what a file holds can be shown: rows that fit their columns, marks that a chart can have.


_FARTHEST = 200
"""The farthest column or row of a square of a map."""


def validation_error(item: BriefingItem) -> str:
    """What is wrong with the item, as the end of a sentence about it; empty where nothing is."""
    return next(_iter_faults(item.exhibit), "") if item.exhibit is not None else ""


def _iter_faults(exhibit: Exhibit) -> Iterator[str]:
    table = exhibit.table
    if table is not None and not table.columns:
        yield "has a table without columns"
    rows = [] if table is None else [(len(row.cells), len(table.columns)) for row in table.rows]
    rows += [(len(row), len(exhibit.columns)) for row in exhibit.records]
    if any(has != wants for has, wants in rows):
        yield "has a row of a table with more or fewer cells than there are columns"
    if exhibit.chart is not None:
        yield from _iter_chart_faults(exhibit.chart)


def _iter_chart_faults(chart: Chart) -> Iterator[str]:
    data = [datum for series in chart.series for datum in series.data]
    mark_values = [(d.start, d.end, d.at, d.value, d.low, d.high) for d in data]
    mark_values += [(rule.start, rule.end, rule.value) for rule in chart.rules]
    mark_values += [(flag.at,) for flag in chart.flags]
    if not all(math.isfinite(one) for several in mark_values for one in several if one is not None):
        yield "has a chart with a number that is none"
    if any(series.role < 0 for series in chart.series):
        yield "has a chart with a colour that there is not"
    if chart.shape is not ChartShape.TILES and not all(map(_is_valid_axis, (chart.categories, chart.values))):
        yield "has a chart with an axis that ends before it begins"
    for tile in chart.tiles:
        if not (0 <= tile.column <= _FARTHEST and 0 <= tile.row <= _FARTHEST):
            yield "has a map with a square that lies off it"
        if tile.band is not None and not 0 <= tile.band < len(chart.bands):
            yield "has a map with a colour that its key does not have"


def _is_valid_axis(axis: ChartAxis) -> bool:
    ends = (axis.low, axis.high, *(tick.at for tick in axis.ticks))
    return all(map(math.isfinite, ends)) and axis.low < axis.high


_LARGEST = 64 * 1024 * 1024
"""The most bytes that a briefing's file may have."""


class BriefingError(ValueError):
    """A file that cannot be opened as a briefing. Its text is a sentence for the person."""


class NewerError(BriefingError):
    """A briefing that a newer version of this program wrote: there is nothing wrong with it."""


def to_bytes(briefing: Briefing) -> bytes:
    """The briefing as its file holds it: indented JSON in UTF-8, ending in a line break."""
    content = {"format": FORMAT, "version": VERSION, **msgspec.to_builtins(briefing)}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def from_bytes(content: bytes, name: str) -> Briefing:
    """The briefing that ``content`` holds; ``name`` is the file's, for what is said of it.

    Raises BriefingError where it is none, is damaged or is of a newer version.
    """
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BriefingError(f"“{name}” is no briefing, or only a part of one: {error}.") from error
    if not isinstance(raw, dict) or cast("dict[str, Any]", raw).get("format") != FORMAT:
        raise BriefingError(f"“{name}” is no briefing of this program. Choose a file that ends in .ohbrief.")
    upgraded_data = _upgrade_format(cast("dict[str, Any]", raw), name)
    try:
        briefing = msgspec.convert(upgraded_data, Briefing)
    except msgspec.ValidationError as error:
        raise BriefingError(f"“{name}” is a briefing, but something in it is not as expected: {error}.") from error
    for item in briefing.items:
        fault = validation_error(item)
        if fault:
            raise BriefingError(f"“{name}” is a briefing, but “{item.heading[:80]}” in it {fault}: it was not opened.")
    ids = [item.id for item in briefing.items]
    if len(set(ids)) != len(ids):
        raise BriefingError(f"“{name}” has two items of one id, so that it cannot be told which is meant.")
    return briefing


def _upgrade_format(data: dict[str, Any], name: str) -> dict[str, Any]:
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BriefingError(f"“{name}” does not say which version of the format it is in.")
    if version > VERSION:
        raise NewerError(
            f"“{name}” was written by a newer version of this program (format {version}, this one reads "
            f"up to {VERSION}). Open it there, or bring this program up to date; the file was left as it is."
        )
    for older in range(version, VERSION):
        data = UPGRADES[older](data)
    return data


def load_briefing(path: Path) -> Briefing:
    """The briefing in the file. Raises BriefingError for what it holds, OSError as the disk does."""
    if path.exists() and not path.is_file():
        raise BriefingError(f"“{path.name}” is no file. Choose a briefing, which ends in .ohbrief.")
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise BriefingError(f"“{path.name}” is larger than any briefing: it was not opened.")
    return from_bytes(content, path.name)


def save_briefing(path: Path, briefing: Briefing) -> None:
    """Write the briefing whole: whatever happens, the file is the old one or the new. Raises OSError."""
    write_atomically(path, to_bytes(briefing))
