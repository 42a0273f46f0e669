"""Briefings of older versions of the file format, brought up to date one version after the other.

Plain values in and out: what a version looked like is told here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

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
