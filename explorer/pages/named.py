"""What a person may call a measure: its id, its Home Office code or its name, whole or begun."""

from __future__ import annotations

from explorer.evidence.model import Measure
from explorer.evidence.rates import HEADS
from explorer.packs.library import Library

from .nearby import likely

_MOST = 8


def measure_named(library: Library, text: str) -> Measure:
    """The measure that ``text`` names. Raises ValueError, with a sentence, where it names none or several.

    An id or a code comes before a name, a whole name before a part of one.
    """
    wanted = " ".join(text.casefold().split())
    measures = [one for one in library.measures() if one.id not in HEADS]
    ways = (
        [one for one in measures if one.id.casefold() == wanted],
        [one for one in measures if one.code and one.code.casefold() == wanted.removeprefix("class ")],
        [one for one in measures if one.name.casefold() == wanted],
        [one for one in measures if wanted and wanted in one.name.casefold()],
    )
    for found in ways:
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"“{text[:80]}” names several measures: {_listed(found)}. Name one by its id")
    raise ValueError(f"No measure is called “{text[:80]}”. There are: {_listed(measures)}")


def _listed(measures: list[Measure]) -> str:
    ordered = sorted(measures, key=lambda one: (likely(one.unit), one.name))
    told = [f"{one.code or one.id} ({one.name})" for one in ordered[:_MOST]]
    more = len(ordered) - _MOST
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")
