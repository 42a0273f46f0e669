"""What stands on the slides of each kind of item: as many slides as its words take, and no word cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explorer.briefing.document import Exhibit, Kind
from explorer.briefing.said import of_its_own
from explorer.pages.chart import Fill, Shape
from explorer.pages.words import counted, sentence

from . import slide_tables as tables
from . import slide_words as words
from .fitting import Words, fitted, height
from .leaves import Leaf
from .manuscript import joined
from .slide_chart import add_chart
from .slide_room import Box, Room, emu, points
from .slide_tiles import tiles

Sheet = Callable[[Any, Room], None]
"""Puts onto a new slide, in its room, what belongs there."""
Numbers = Mapping[str, int]
"""The number of each source by its id."""
_MARKS = {Fill.PART: "Hatched", Fill.OPEN_ENDED: "With a broken edge", Fill.HOLLOW: "Outlined"}
"""How each mark that needs a word looks in PowerPoint."""
_MOST_SLIDES = 3
"""The most slides that the table of one item goes on over; the workbook has the rest."""


class _Asked(Struct, frozen=True):
    """A leaf with the exhibit of its first item, the room of a slide and the numbers of sources."""

    leaf: Leaf
    shown: Exhibit
    room: Room
    numbers: Numbers

    def around(self) -> Sheet:
        """The line under the title, and the sources and notes at the foot."""
        return _around(self.shown, self.leaf.first.subtitle)


def sheets(leaf: Leaf, room: Room, numbers: Numbers) -> Sequence[Sheet]:
    """The slides of a leaf, one at the least."""
    if leaf.first.kind is Kind.NOTE or leaf.first.exhibit is None:
        return _told([words.set_in(room, leaf.first.notes, "text")], room)
    return _MAKERS.get(leaf.first.kind, _facts)(_Asked(leaf, leaf.first.exhibit, room, numbers))


def _told(several: Sequence[Words], room: Room, beside: Sheet | None = None) -> list[Sheet]:
    """Slides of paragraphs; ``beside`` puts onto each what stands with them."""
    box = room.body if beside else room.whole()
    pages = fitted(several, points(box)) or [()]
    return [partial(_page, page=page, beside=beside) for page in pages]


def _page(slide: Any, room: Room, *, page: Sequence[Words], beside: Sheet | None) -> None:
    words.write(slide, page, room.body if beside else room.whole())
    if beside is not None:
        beside(slide, room)


def _around(shown: Exhibit, subtitle: str | None = None, first: Sequence[str] = ()) -> Sheet:
    """The line under the title, and the sources and notes at the foot."""

    def put(slide: Any, room: Room) -> None:
        words.under(slide, room, shown.subtitle if subtitle is None else subtitle)
        words.foot(slide, room, shown, first)

    return put


def _chart(asked: _Asked) -> Sequence[Sheet]:
    shown, room = asked.shown, asked.room
    chart = shown.chart
    if chart is None or chart.empty:
        return _told([words.set_in(room, chart.empty if chart else "", "text")], room, _around(shown))

    def put(slide: Any, room: Room) -> None:
        _around(shown, first=[f"{_MARKS[fill]}: {told}." for fill, told in chart.keys if fill in _MARKS])(
            slide, room
        )
        if chart.shape is Shape.TILES:
            tiles(slide, chart, shown.table, room)
        else:
            add_chart(slide, chart, emu(room.body), room.scale)

    return [put]


def _table(asked: _Asked) -> Sequence[Sheet]:
    shown, room = asked.shown, asked.room
    if shown.table is None:
        return _told([], room, _around(shown))
    cells = [row.cells for row in shown.table.rows]
    made = tables.sized(room, shown.table.columns, cells, shown.table.numeric)
    return _tabled(made, shown, room, _around(shown))


def _tabled(
    made: tables.Rows, shown: Exhibit, room: Room, around: Sheet, over: Words | None = None
) -> list[Sheet]:
    """Slides of a table, under a paragraph on the first; what goes on past the last is said."""
    first = _below(room.body, over)
    pages = tables.shared(made, first, room.body)
    several: list[Sheet] = []
    for number, page in enumerate(pages[:_MOST_SLIDES]):
        left = sum(len(page.rows) for page in pages[_MOST_SLIDES:]) if number == _MOST_SLIDES - 1 else 0
        several.append(
            partial(
                _rows,
                made=page,
                shown=shown,
                around=around,
                over=(over if number == 0 else None, left),
            )
        )
    return several


def _below(box: Box, over: Words | None) -> Box:
    """What a paragraph leaves of a box."""
    if over is None:
        return box
    left, top, wide, high = box
    used = height(over, points(box)[0]) / 72
    return left, top + used, wide, max(0.3, high - used)


def _rows(
    slide: Any,
    room: Room,
    *,
    made: tables.Rows,
    shown: Exhibit,
    around: Sheet,
    over: tuple[Words | None, int],
) -> None:
    told, left = over
    around(slide, room)
    if told is not None:
        words.write(slide, [told], room.body)
    if not made.rows:
        return
    alternative = f"Table of {counted(len(made.rows), 'row')}: {', '.join(made.columns)}."
    end = tables.put(slide, made, _below(room.body, told), (shown.title, alternative))
    if left:
        more = words.set_in(room, f"{left} more rows are in the workbook of this briefing.", "small")
        words.write(slide, [more], (room.body[0], end + 0.05, room.body[2], 0.3))


def _claims(asked: _Asked) -> Sequence[Sheet]:
    leaf, shown, room = asked.leaf, asked.shown, asked.room
    held = [item.exhibit for item in leaf.items if item.exhibit is not None]
    rows = [
        (f"{one.text} {sentence(one.subtitle)}", _fact(one, "Against the figures"), _fact(one, "Why"))
        for one in held
    ]
    made = tables.sized(room, ("Published claim", "Against the figures", "Why"), rows, ())
    sources = joined(one.source_line for one in held if one.source_line)
    notes = tuple(dict.fromkeys(note for one in held for note in one.notes))
    both = replace(shown, source_line=sources, notes=notes, remarks=())
    return _tabled(made, both, room, _around(both, "Published claims, compared with the published figures"))


def _fact(shown: Exhibit, label: str) -> str:
    return next((fact.text for fact in shown.facts if fact.label == label), "")


def _conflict(asked: _Asked) -> Sequence[Sheet]:
    shown, room = asked.shown, asked.room
    rows = [(fact.label, fact.text) for fact in shown.facts]
    made = tables.sized(room, ("As published", "Where, and what it covers"), rows, ())
    over = replace(words.set_in(room, shown.text, "fact"), after=12.0)
    return _tabled(made, shown, room, asked.around(), over)


def _quotes(asked: _Asked) -> Sequence[Sheet]:
    leaf, room, numbers = asked.leaf, asked.room, asked.numbers
    told: list[Words] = []
    for item in leaf.items:
        one = item.exhibit
        if one is not None:
            gist = "" if one.text.startswith("“") else " (paraphrase)"
            mark = marked(one, numbers)
            told += [words.set_in(room, one.text + gist, "quote", mark=mark)]
            told += [words.set_in(room, one.speaker, "muted")]
            told += [replace(words.set_in(room, one.source_line, "small"), after=room.size(18))]
            told += [words.set_in(room, note, "small") for note in one.notes]
    return _told(told, room)


def _demands(asked: _Asked) -> Sequence[Sheet]:
    leaf, shown, room = asked.leaf, asked.shown, asked.room
    held = [item.exhibit for item in leaf.items if item.exhibit is not None]
    leads = [_numbered(at, one) if len(held) > 1 else "" for at, one in enumerate(held, start=1)]
    told = [words.set_in(room, one.text, "text", lead=lead) for lead, one in zip(leads, held, strict=True)]
    under = f"{shown.speaker}. {shown.subtitle}." if shown.speaker else f"{shown.subtitle}."
    all_of = replace(shown, source_line=joined(one.source_line for one in held if one.source_line))
    return _told(told, room, _around(all_of, under))


def _numbered(at: int, shown: Exhibit) -> str:
    """ "2. Legal but harmful content."; the number alone where a demand has no title of its own."""
    title = of_its_own(shown)
    return f"{at}. {title}." if title else f"{at}."


def _points(asked: _Asked) -> Sequence[Sheet]:
    shown, room, numbers = asked.shown, asked.room, asked.numbers
    told = [
        words.set_in(
            room,
            point.text,
            "point",
            lead=f"{point.lead}." if point.lead else "",
            mark=_bracketed({numbers[one] for one in point.sources if one in numbers}),
        )
        for point in shown.points
    ]
    return _told(told, room)


def _facts(asked: _Asked) -> Sequence[Sheet]:
    """A figure, a worked-out figure or an event: its text and what is known of it."""
    shown, room = asked.shown, asked.room
    told = [words.set_in(room, shown.text, "text")] if shown.text else []
    told += [words.set_in(room, fact.text, "fact", lead=f"{fact.label}:") for fact in shown.facts]
    return _told(told, room, asked.around())


def marked(shown: Exhibit, numbers: Numbers) -> str:
    """The numbers of an item's sources."""
    return _bracketed({numbers[source.id] for source in shown.sources if source.id in numbers})


def _bracketed(several: set[int]) -> str:
    return f"[{', '.join(map(str, sorted(several)))}]" if several else ""


_MAKERS: dict[Kind, Callable[[_Asked], Sequence[Sheet]]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _table,
    Kind.QUOTE: _quotes,
    Kind.DEMAND: _demands,
    Kind.CLAIM: _claims,
    Kind.CONFLICT: _conflict,
    Kind.SUMMARY: _points,
}
