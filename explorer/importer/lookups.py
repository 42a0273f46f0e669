"""What the cells of a table's columns mean: which period, which measure and which platform each value names.

Each distinct value is looked up once, however many rows it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from explorer.evidence import Measure, Period, Place, PlaceLevel, PlaceTree, Platform, Unit, index_keys, periods
from explorer.packs import INVISIBLE_CHARACTERS

from .amounts import read_amount
from .draft import ImportDraft
from .recipe import normalise_heading

_NO_PLATFORM = frozenset({"", "all", "allplatforms", "total", "any", "na"})
_QUARTER = re.compile(r"(?:q|qtr|quarter)?\s*0*([1-4])(?:\.0)?", re.IGNORECASE)
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*[-/_–]\s*(\d\d|(?:19|20)\d\d)\s*")
_FOOTNOTE_MARKS = re.compile(r"\s*(?:\[[^\]]{0,12}\]|[*†‡§¶#]{1,3})$")
_LONGEST_MEANING = 80


def period_of(value: object) -> Period | None:
    """The period that a cell or a heading names; None where it names none."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return None  # one day is no period that offences are counted for
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, bool) or (isinstance(value, int) and not 1990 <= value <= 2100):
        return None
    text = _FOOTNOTE_MARKS.sub("", str(value)[:_LONGEST_MEANING].replace("_", "-")).strip()
    try:
        return periods.parse_period(text)
    except ValueError:
        return None


def quarter_of(year: object, quarter: object) -> Period | None:
    """The quarter of a financial year, whose first is April to June; None where the cells name none."""
    year_match = _YEAR.fullmatch(str(year))
    number = _QUARTER.fullmatch(str(quarter).strip())
    if year_match is None or number is None or (int(year_match[1]) + 1) % 100 != int(year_match[2]) % 100:
        return None
    return periods.parse_period(f"Q{number[1]} {year_match[1]}/{int(year_match[2]) % 100:02d}")


class MeasureResolver:
    """Finds the measures that a table names, by id, code or name; what is not known yet becomes a new one."""

    def __init__(self, draft: ImportDraft, measures: Iterable[Measure], unit: Unit, prefix: str = "") -> None:
        self._draft = draft
        self._unit = unit
        self._prefix = prefix
        self._measure_by_text: dict[str, Measure] = {}
        for measure in measures:
            self._measure_by_text.setdefault(normalise_heading(measure.id), measure)
            self._measure_by_text.setdefault(normalise_heading(measure.name), measure)
            if measure.code and measure.unit is unit:
                self._measure_by_text.setdefault(f"code {normalise_heading(measure.code)}", measure)

    def resolve_id(self, value: object, name: object = None, group: object = None) -> str:
        """The id of the measure that a cell names, with its name and group where other columns give them."""
        text = plain_text(value)
        measure = self._measure_by_text.get(f"code {normalise_heading(text)}") or self._measure_by_text.get(
            normalise_heading(text)
        )
        if measure is None:
            measure = self._create_measure(text, plain_text(name), plain_text(group))
            self._measure_by_text[f"code {normalise_heading(text)}"] = measure
        elif measure.id in self._draft.new and name is not None:
            # Names drift from year to year: the last one stands.
            measure = replace(measure, name=plain_text(name) or measure.name, group=plain_text(group) or measure.group)
            self._measure_by_text[f"code {normalise_heading(text)}"] = measure
        self._draft.measures[measure.id] = measure
        return measure.id

    def find_id(self, measure: str) -> str | None:
        """The id of the one measure of the whole table, where it is known."""
        match = self._measure_by_text.get(normalise_heading(measure))
        if match is None:
            return None
        self._draft.measures[match.id] = match
        return match.id

    def _create_measure(self, text: str, name: str, group: str) -> Measure:
        measure = Measure(
            id=_make_unique_id(self._prefix + make_slug(text), self._draft.measures),
            name=name or text,
            unit=self._unit,
            definition=f"{name or text}, as the imported table counts it.",
            group=group,
            code=text if name else "",
        )
        self._draft.new.add(measure.id)
        return measure


class PlatformResolver:
    """Finds the platforms that a table names; what is not known yet becomes a new one."""

    def __init__(self, draft: ImportDraft, platforms: Sequence[Platform]) -> None:
        self._draft = draft
        self._platform_by_heading = {normalise_heading(word): one for one in platforms for word in (one.id, one.name)}
        self._order = max((one.order for one in platforms), default=0)

    def resolve_id(self, value: object) -> str | None:
        """The id of the platform that a cell names; None for all of them together."""
        text = plain_text(value)
        if normalise_heading(text) in _NO_PLATFORM:
            return None
        platform = self._platform_by_heading.get(normalise_heading(text))
        if platform is None:
            self._order += 1
            platform = Platform(
                id=_make_unique_id(make_slug(text).replace(".", "-"), self._draft.platforms),
                name=text,
                order=self._order,
            )
            self._platform_by_heading[normalise_heading(text)] = platform
            self._draft.new.add(platform.id)
        self._draft.platforms[platform.id] = platform
        return platform.id


def make_slug(text: str) -> str:
    """An id made of ``text``: small letters, digits, dots and hyphens."""
    plain = re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-.")
    return plain[:_LONGEST_MEANING] or "unnamed"


def _make_unique_id(base_id: str, existing_ids: Iterable[str]) -> str:
    used_ids, number, candidate = set(existing_ids), 2, base_id
    while candidate in used_ids:
        candidate, number = f"{base_id}-{number}", number + 1
    return candidate


def plain_text(value: object, most: int = 2 * _LONGEST_MEANING) -> str:
    """A cell's words on one line, without characters that cannot be seen; empty for a blank one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return ""
    sound = str(value).encode("utf-8", "replace").decode()
    return " ".join(INVISIBLE_CHARACTERS.sub(" ", sound).split())[:most].strip()


# Where in a table its headings stand.


def find_header_row(rows: Sequence[Sequence[object]]) -> int:
    """Which row holds the headings: the first that has the most words, with something below it."""
    best, most = 0, 0
    for at, row in enumerate(rows[:-1]):
        words = sum(1 for cell in row if isinstance(cell, str) and cell.strip() and not is_number(cell))
        words += sum(1 for cell in row if period_of(cell) is not None and not isinstance(cell, str))
        if words > most and any(cell not in (None, "") for cell in rows[at + 1]):
            best, most = at, words
    return best


def is_number(cell: object) -> bool:
    """Whether a cell holds a number."""
    return not isinstance(cell, bool) and read_amount(cell).number is not None


# Which place a table means by a name of its own; nothing is guessed, but what is near can be asked
# for.


_PLACE_MARKS = re.compile(r"(?:\s*(?:\[[^\]]{0,12}\]|\([a-z0-9]\)|[*†‡§¶#]{1,3}|[0-9¹²³]{1,2}))+$", re.IGNORECASE)
_AND_PARTS = re.compile(r"\s*[/+]\s*")
_LONGEST_PLACE = 200


class PlaceLabels:
    """Finds the places that labels mean. ``local_id`` are names that a recipe gives places itself."""

    def __init__(self, places: PlaceTree, own: Mapping[str, str] | None = None) -> None:
        self._places = places
        self._own = {_normalise_label(label): code for label, code in (own or {}).items()}
        self._place_by_label: dict[str, Place | None] = {}
        self._name_index = _build_index(places)

    def find_place(self, label: object) -> Place | None:
        """The place that ``label`` names, its whole name or code; None where it is not sure."""
        text = _clean_label(label)
        if text not in self._place_by_label:
            self._place_by_label[text] = self._own_or_known(text)
        return self._place_by_label[text]

    def find_nearest(self, label: object, most: int = 5) -> tuple[Place, ...]:
        """The places that ``label`` may mean, the likeliest first; perhaps none."""
        text = _clean_label(label)
        by_code: dict[str, Place] = {}
        search_texts = [text, _PLACE_MARKS.sub("", text), *_AND_PARTS.split(text), *text.split()]
        for words in search_texts:
            if len(words) < 3:
                continue
            for match in self._places.find_matches(words, limit=most):
                by_code.setdefault(match.place.code, match.place)
        forces_first = sorted(by_code.values(), key=lambda place: place.level is not PlaceLevel.FORCE)
        return tuple(forces_first[:most])

    def _own_or_known(self, text: str) -> Place | None:
        own_code = self._own.get(_normalise_label(text))
        if own_code is not None:
            return self._places.get(own_code) if own_code in self._places else None
        if not text:
            return None
        return (
            self._find_exact(text)
            or self._find_exact(_PLACE_MARKS.sub("", text))
            or self._find_exact(_swap_comma_parts(text))
        )

    def _find_exact(self, text: str) -> Place | None:
        """The place of that name; a police force area before any other, where several share it."""
        for key in index_keys(text):
            matches = self._name_index.get(key, ())
            forces = [place for place in matches if place.level is PlaceLevel.FORCE]
            if matches:
                return (forces or matches)[0]
        return None


def _build_index(places: PlaceTree) -> dict[tuple[str, ...], list[Place]]:
    """The places by the words of each of their names, whole and in any order."""
    index: dict[tuple[str, ...], list[Place]] = {}
    for place in places:
        for name in (place.name, place.code, *(other.name for other in place.other_names)):
            for key in index_keys(name)[:1]:
                same_key = index.setdefault(key, [])
                if place not in same_key:
                    same_key.append(place)
    return index


def _clean_label(label: object) -> str:
    return " ".join(str(label).split())[:_LONGEST_PLACE] if label is not None else ""


def _normalise_label(label: str) -> str:
    return _clean_label(label).casefold()


def _swap_comma_parts(text: str) -> str:
    """ "London, City of" the other way round: "City of London"."""
    first, comma, last = text.partition(",")
    return f"{last.strip()} {first.strip()}" if comma else text
