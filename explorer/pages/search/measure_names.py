"""What a person may call a measure: its id, its Home Office code or its name, whole or begun."""

from __future__ import annotations

from explorer.evidence import Measure
from explorer.evidence.analysis import HEADS
from explorer.pages.model import EvidenceLibrary
from explorer.pages.selection import unit_rank

_MOST = 8


def measure_named(library: EvidenceLibrary, text: str) -> Measure:
    """The measure that ``text`` names. Raises ValueError, with a sentence, where it names none or several.

    An id or a code comes before a name, a whole name before a part of one.
    """
    search_text = " ".join(text.casefold().split())
    measures = [one for one in library.measures() if one.id not in HEADS]
    ways = (
        [one for one in measures if one.id.casefold() == search_text],
        [one for one in measures if one.code and one.code.casefold() == search_text.removeprefix("class ")],
        [one for one in measures if one.name.casefold() == search_text],
        [one for one in measures if search_text and search_text in one.name.casefold()],
    )
    for matches in ways:
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise ValueError(
                f"“{text[:80]}” names several measures: {_format_measure_list(matches)}. Name one by its id"
            )
    raise ValueError(f"No measure is called “{text[:80]}”. There are: {_format_measure_list(measures)}")


def _format_measure_list(measures: list[Measure]) -> str:
    sorted_measures = sorted(measures, key=lambda one: (unit_rank(one.unit), one.name))
    labels = [f"{one.code or one.id} ({one.name})" for one in sorted_measures[:_MOST]]
    more = len(sorted_measures) - _MOST
    return ", ".join(labels) + (f" and {more} more" if more > 0 else "")
