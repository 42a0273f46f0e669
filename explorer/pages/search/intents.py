"""What a sentence in the search asks for: "compare Kent and Essex", "is it rising in Peterborough", "map 2024/25".

By rule: a few ways of asking, each with its words, and places or periods found in what is left of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from explorer.evidence import Period, Place, PlaceTree, formatting, normalise, periods
from explorer.pages.model import ChartKind, EvidenceLibrary, PanelKind
from explorer.support import IdentityCache

_MOST_BESIDE = 5
_UK = "K02000001"
_LONGEST_NAME = 6
_BETWEEN = frozenset({"vs", "versus", "against", "beside", "between"})
"""Words that stand between places that are compared."""
_FILLER_TEXT = """
a an about and are at been by can child children do does for from get give grooming has have how i in is it its like
many me much my number of offences on online or people please recorded report sexual show tell the there to up us used
using was we were what which who with write you
"""
_FILLERS = frozenset(_FILLER_TEXT.split())
"""Words of a question that name nothing."""
_PERIOD = re.compile(r"\b(?:[a-z]{3,9}(?:-| to )[a-z]{3,9} )?(?:\d{4}[/-]\d{2,4}|\d{2}/\d{2}|\d{4})\b", re.IGNORECASE)
"""A period as people write it: "2024/25", "24/25", "April to December 2025"."""


class Intent(Struct, frozen=True, omit_defaults=True):
    """A page that is asked for, as far as it differs from the one on screen; and a command to run there."""

    title: str
    detail: str = ""
    place: str = ""
    beside: tuple[str, ...] = ()
    chart: ChartKind | None = None
    period: str = ""
    panel: PanelKind | None = None
    command: str = ""

    def to_id(self) -> str:
        """The intent as text, by which a search result carries it."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_id(cls, text: str) -> Intent:
        """The intent that ``text`` carries. Raises msgspec.DecodeError or msgspec.ValidationError for other text."""
        return msgspec.json.decode(text, type=cls)


def find_intents(library: EvidenceLibrary, text: str) -> tuple[Intent, ...]:
    """What ``text`` asks for, the likeliest first; nothing where it is no question that is known."""
    sentence = normalise(text)
    found: list[Intent] = []
    for pattern, build in _WAYS:
        match = pattern.search(sentence)
        if match is not None:
            found += build(library, f"{sentence[: match.start()]} {sentence[match.end() :]}", text)
    return tuple(dict.fromkeys(found))[:3]


def meaningful_words(words: Iterable[str]) -> list[str]:
    """``words`` without those that only make a sentence of them."""
    return [word for word in words if word not in _FILLERS]


def _name_table(places: PlaceTree) -> dict[str, str]:
    """Every name of every place as it is compared, with the name as it is written."""
    return {
        normalise(name): name for place in places for name in (place.name, *(other.name for other in place.other_names))
    }


_names_in = IdentityCache(_name_table, 4)


def _split_places(library: EvidenceLibrary, phrase: str) -> tuple[list[Place], list[str]]:
    """The places that a phrase names, in its order, the longest names first; and the words that are left."""
    words, names = phrase.split(), _names_in(library.places)
    places: list[Place] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        length = next((one for one in lengths if " ".join(words[at : at + one]) in names), 0)
        matches = library.places.find_matches(names[" ".join(words[at : at + length])], 1) if length else ()
        if matches:
            places.append(matches[0].place)
        else:
            rest.append(words[at])
        at += max(1, length)
    return places, meaningful_words(rest)


def _only_place(library: EvidenceLibrary, phrase: str) -> Place | None:
    """The one place that a phrase names, where it names nothing else that is known of."""
    places, rest = _split_places(library, phrase)
    return places[0] if len(places) == 1 and not rest else None


def _compare(library: EvidenceLibrary, rest: str, _typed: str) -> list[Intent]:
    places, others = _split_places(library, rest)
    codes = list(dict.fromkeys(place.code for place in places))
    if not codes:
        return []
    names = [library.places.get(code).name for code in codes]
    left_out = [*(f"“{word}”" for word in others if word not in _BETWEEN), *names[_MOST_BESIDE + 1 :]]
    beside = "" if len(codes) > 1 else " with other places"
    return [
        Intent(
            title=f"Compare {formatting.join_list(names[: _MOST_BESIDE + 1])}{beside}",
            detail=f"Left out: {formatting.join_list(left_out)}" if left_out else "",
            place=codes[0],
            beside=tuple(codes[1 : _MOST_BESIDE + 1]),
            chart=ChartKind.COMPARE,
        )
    ]


def _of_place(title: str, chart: ChartKind | None, panel: PanelKind | None = None, command: str = "") -> _Build:
    def build(library: EvidenceLibrary, rest: str, _typed: str) -> list[Intent]:
        place = _only_place(library, rest)
        if place is None:
            return []
        named = formatting.capitalise(title.format(formatting.place_in_sentence(place)))
        return [Intent(title=named, place=place.code, chart=chart, panel=panel, command=command)]

    return build


def _map(_library: EvidenceLibrary, _rest: str, typed: str) -> list[Intent]:
    written = _PERIOD.search(typed)
    period: Period | None = None
    if written is not None:
        try:
            period = periods.parse_period(_as_written(written[0]))
        except ValueError:
            return []
    when = f" of {period.label}" if period else ""
    return [
        Intent(
            title=f"Map{when}: every police force area",
            place=_UK,
            chart=ChartKind.MAP,
            period=period.text if period else "",
        )
    ]


def _as_written(period: str) -> str:
    """A period as ``parse_period`` reads it: "24/25" and "2024-25" are 2024/25, and months have large letters."""
    years = re.fullmatch(r"(\d{2}|\d{4})[/-](\d{2}|\d{4})", period)
    if years is not None:
        return f"{years[1] if len(years[1]) == 4 else '20' + years[1]}/{years[2][-2:]}"
    return re.sub(r"[a-z]+", lambda word: word[0] if word[0] == "to" else word[0].capitalize(), period.casefold())


def _demands(library: EvidenceLibrary, rest: str, _typed: str) -> list[Intent]:
    place = _only_place(library, rest)
    of = f" of {formatting.place_in_sentence(place)}" if place is not None else ""
    return [Intent(title=f"The demands{of}", place=place.code if place else "", panel=PanelKind.DEMANDS)]


_RISING = re.compile(
    r"\b(?:ris\w+|rose|getting (?:worse|better)|fall\w*|fell|going (?:up|down)|grow\w*|increas\w*|decreas\w*|trend)\b"
)
_Build = Callable[[EvidenceLibrary, str, str], list[Intent]]
_WAYS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (re.compile(r"\bcompar\w*\b"), _compare),
    (re.compile(r"(?=\b(?:vs|versus|against|beside)\b)"), _compare),
    (
        re.compile(r"\b(?:brief me|briefing|make a briefing)\b"),
        _of_place("Draft a briefing about {}", None, command="brief-me"),
    ),
    (_RISING, _of_place("{}: is it rising?", ChartKind.TREND)),
    (re.compile(r"\b(?:apps?|platforms?)\b"), _of_place("{}: which apps are used", ChartKind.PLATFORMS)),
    (re.compile(r"\bhow many\b"), _of_place("{}: how many offences are recorded", ChartKind.TREND)),
    (
        re.compile(r"\b(?:victims?|girls|boys|children|ages?)\b"),
        _of_place("{}: who the victims are", ChartKind.BREAKDOWN),
    ),
    (re.compile(r"\bwho says\b"), _of_place("{}: what people say", None, PanelKind.VOICES)),
    (re.compile(r"^map\b|\bmap$|\bon (?:a|the) map\b"), _map),
    (re.compile(r"\b(?:demands?|asked for)\b"), _demands),
)
"""The ways of asking: what gives each away, and what it makes of the rest of the sentence."""
