"""What the cells of a table's columns mean: which period, which measure and which platform each value names.

Each distinct value is looked up once, however many rows it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from explorer.evidence import periods
from explorer.evidence.model import Measure, Period, Platform, Unit

from .csvfile import HIDDEN
from .draft import Draft
from .recipes import folded

_NO_PLATFORM = frozenset({"", "all", "allplatforms", "total", "any", "na"})
_QUARTER = re.compile(r"(?:q|qtr|quarter)?\s*0*([1-4])(?:\.0)?", re.IGNORECASE)
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*[-/_–]\s*(\d\d|(?:19|20)\d\d)\s*")
_MARKS = re.compile(r"\s*(?:\[[^\]]{0,12}\]|[*†‡§¶#]{1,3})$")
_LONGEST = 80


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
    text = _MARKS.sub("", str(value)[:_LONGEST].replace("_", "-")).strip()
    try:
        return periods.parse(text)
    except ValueError:
        return None


def quarter_of(year: object, quarter: object) -> Period | None:
    """The quarter of a financial year, whose first is April to June; None where the cells name none."""
    found = _YEAR.fullmatch(str(year))
    number = _QUARTER.fullmatch(str(quarter).strip())
    if found is None or number is None or (int(found[1]) + 1) % 100 != int(found[2]) % 100:
        return None
    return periods.parse(f"Q{number[1]} {found[1]}/{int(found[2]) % 100:02d}")


class Measures:
    """Finds the measures that a table names, by id, code or name; what is not known yet becomes a new one."""

    def __init__(self, draft: Draft, known: Iterable[Measure], unit: Unit, prefix: str = "") -> None:
        self._draft = draft
        self._unit = unit
        self._prefix = prefix
        self._known: dict[str, Measure] = {}
        for measure in known:
            self._known.setdefault(folded(measure.id), measure)
            self._known.setdefault(folded(measure.name), measure)
            if measure.code and measure.unit is unit:
                self._known.setdefault(f"code {folded(measure.code)}", measure)

    def named(self, value: object, name: object = None, group: object = None) -> str:
        """The id of the measure that a cell names, with its name and group where other columns give them."""
        text = plain_text(value)
        known = self._known.get(f"code {folded(text)}") or self._known.get(folded(text))
        if known is None:
            known = self._new(text, plain_text(name), plain_text(group))
            self._known[f"code {folded(text)}"] = known
        elif known.id in self._draft.new and name is not None:
            # Names drift from year to year: the last one stands.
            known = replace(
                known, name=plain_text(name) or known.name, group=plain_text(group) or known.group
            )
            self._known[f"code {folded(text)}"] = known
        self._draft.measures[known.id] = known
        return known.id

    def fixed(self, measure: str) -> str | None:
        """The id of the one measure of the whole table, where it is known."""
        known = self._known.get(folded(measure))
        if known is None:
            return None
        self._draft.measures[known.id] = known
        return known.id

    def _new(self, text: str, name: str, group: str) -> Measure:
        made = Measure(
            id=_unused(self._prefix + slug(text), self._draft.measures),
            name=name or text,
            unit=self._unit,
            definition=f"{name or text}, as the imported table counts it.",
            group=group,
            code=text if name else "",
        )
        self._draft.new.add(made.id)
        return made


class Platforms:
    """Finds the platforms that a table names; what is not known yet becomes a new one."""

    def __init__(self, draft: Draft, known: Sequence[Platform]) -> None:
        self._draft = draft
        self._known = {folded(word): one for one in known for word in (one.id, one.name)}
        self._order = max((one.order for one in known), default=0)

    def named(self, value: object) -> str | None:
        """The id of the platform that a cell names; None for all of them together."""
        text = plain_text(value)
        if folded(text) in _NO_PLATFORM:
            return None
        known = self._known.get(folded(text))
        if known is None:
            self._order += 1
            known = Platform(
                id=_unused(slug(text).replace(".", "-"), self._draft.platforms), name=text, order=self._order
            )
            self._known[folded(text)] = known
            self._draft.new.add(known.id)
        self._draft.platforms[known.id] = known
        return known.id


def slug(text: str) -> str:
    """An id made of ``text``: small letters, digits, dots and hyphens."""
    plain = re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-.")
    return plain[:_LONGEST] or "unnamed"


def _unused(wanted: str, taken: Iterable[str]) -> str:
    held, number, made = set(taken), 2, wanted
    while made in held:
        made, number = f"{wanted}-{number}", number + 1
    return made


def plain_text(value: object, most: int = 2 * _LONGEST) -> str:
    """A cell's words on one line, without characters that cannot be seen; empty for a blank one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return ""
    sound = str(value).encode("utf-8", "replace").decode()
    return " ".join(HIDDEN.sub(" ", sound).split())[:most].strip()
