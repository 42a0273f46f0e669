"""What stands on the slides of each kind of item: as many slides as its words take, and no word cut off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from explorer.briefing import Exhibit, ItemKind, of_its_own
from explorer.documents import Section, merge_source_lines
from explorer.evidence import pluralise, to_sentence
from explorer.export.pptx import tables, text as words
from explorer.pages.model import ChartShape, MarkFill

from .charts import add_chart
from .layout import Box, SlideArea, size_in_points, to_emu
from .tables import add_tile_map
from .text_fit import SlideParagraph, fit_to_slides, paragraph_height

Sheet = Callable[[Any, SlideArea], None]
"""Puts onto a new slide, in its room, what belongs there."""
Numbers = Mapping[str, int]
"""The number of each source by its id."""
_MARKS = {MarkFill.PART: "Hatched", MarkFill.OPEN_ENDED: "With a broken edge", MarkFill.HOLLOW: "Outlined"}
"""How each mark that needs a word looks in PowerPoint."""
_MOST_SLIDES = 3
"""The most slides that the table of one item goes on over; the workbook has the rest."""


class _SlideRequest(Struct, frozen=True):
    """A leaf with the exhibit of its first item, the room of a slide and the numbers of sources."""

    leaf: Section
    exhibit: Exhibit
    room: SlideArea
    numbers: Numbers

    def header_and_footer(self) -> Sheet:
        """The line under the title, and the sources and notes at the foot."""
        return _header_and_footer(self.exhibit, self.leaf.first_item.subtitle)


def slide_builders(leaf: Section, room: SlideArea, numbers: Numbers) -> Sequence[Sheet]:
    """The slides of a leaf, one at the least."""
    if leaf.first_item.kind is ItemKind.NOTE or leaf.first_item.exhibit is None:
        return _text_slides([words.set_in(room, leaf.first_item.notes, "text")], room)
    return _MAKERS.get(leaf.first_item.kind, _fact_slides)(_SlideRequest(leaf, leaf.first_item.exhibit, room, numbers))


def _text_slides(several: Sequence[SlideParagraph], room: SlideArea, beside: Sheet | None = None) -> list[Sheet]:
    """Slides of paragraphs; ``beside`` puts onto each what stands with them."""
    box = room.body if beside else room.full_body()
    pages = fit_to_slides(several, size_in_points(box)) or [()]
    return [partial(_fill_text_slide, page=page, beside=beside) for page in pages]


def _fill_text_slide(slide: Any, room: SlideArea, *, page: Sequence[SlideParagraph], beside: Sheet | None) -> None:
    words.add_text_box(slide, page, room.body if beside else room.full_body())
    if beside is not None:
        beside(slide, room)


def _header_and_footer(exhibit: Exhibit, subtitle: str | None = None, first: Sequence[str] = ()) -> Sheet:
    """The line under the title, and the sources and notes at the foot."""

    def fill_slide(slide: Any, room: SlideArea) -> None:
        words.add_subtitle(slide, room, exhibit.subtitle if subtitle is None else subtitle)
        words.add_footnotes(slide, room, exhibit, first)

    return fill_slide


def _chart_slides(request: _SlideRequest) -> Sequence[Sheet]:
    exhibit, room = request.exhibit, request.room
    chart = exhibit.chart
    if chart is None or chart.empty:
        return _text_slides(
            [words.set_in(room, chart.empty if chart else "", "text")], room, _header_and_footer(exhibit)
        )

    def fill_slide(slide: Any, room: SlideArea) -> None:
        _header_and_footer(
            exhibit, first=[f"{_MARKS[fill]}: {meaning}." for fill, meaning in chart.keys if fill in _MARKS]
        )(slide, room)
        if chart.shape is ChartShape.TILES:
            add_tile_map(slide, chart, exhibit.table, room)
        else:
            add_chart(slide, chart, to_emu(room.body), room.scale)

    return [fill_slide]


def _table_slides(request: _SlideRequest) -> Sequence[Sheet]:
    exhibit, room = request.exhibit, request.room
    if exhibit.table is None:
        return _text_slides([], room, _header_and_footer(exhibit))
    cells = [row.cells for row in exhibit.table.rows]
    slide_table = tables.build_table(room, exhibit.table.columns, cells, exhibit.table.numeric)
    return _paginated_table_slides(slide_table, exhibit, room, _header_and_footer(exhibit))


def _paginated_table_slides(
    slide_table: tables.SlideTable,
    exhibit: Exhibit,
    room: SlideArea,
    around: Sheet,
    over: SlideParagraph | None = None,
) -> list[Sheet]:
    """Slides of a table, under a paragraph on the first; what goes on past the last is said."""
    first = _area_below(room.body, over)
    pages = tables.paginate_table(slide_table, first, room.body)
    several: list[Sheet] = []
    for number, page in enumerate(pages[:_MOST_SLIDES]):
        remaining = sum(len(page.rows) for page in pages[_MOST_SLIDES:]) if number == _MOST_SLIDES - 1 else 0
        several.append(
            partial(
                _fill_table_slide,
                slide_table=page,
                exhibit=exhibit,
                around=around,
                over=(over if number == 0 else None, remaining),
            )
        )
    return several


def _area_below(box: Box, over: SlideParagraph | None) -> Box:
    """What a paragraph leaves of a box."""
    if over is None:
        return box
    left_edge, top, wide, high = box
    used_height = paragraph_height(over, size_in_points(box)[0]) / 72
    return left_edge, top + used_height, wide, max(0.3, high - used_height)


def _fill_table_slide(
    slide: Any,
    room: SlideArea,
    *,
    slide_table: tables.SlideTable,
    exhibit: Exhibit,
    around: Sheet,
    over: tuple[SlideParagraph | None, int],
) -> None:
    paragraph, remaining = over
    around(slide, room)
    if paragraph is not None:
        words.add_text_box(slide, [paragraph], room.body)
    if not slide_table.rows:
        return
    alternative = f"Table of {pluralise(len(slide_table.rows), 'row')}: {', '.join(slide_table.columns)}."
    end = tables.add_table(slide, slide_table, _area_below(room.body, paragraph), (exhibit.title, alternative))
    if remaining:
        more = words.set_in(room, f"{remaining} more rows are in the workbook of this briefing.", "small")
        words.add_text_box(slide, [more], (room.body[0], end + 0.05, room.body[2], 0.3))


def _claim_slides(request: _SlideRequest) -> Sequence[Sheet]:
    leaf, exhibit, room = request.leaf, request.exhibit, request.room
    exhibits = [item.exhibit for item in leaf.items if item.exhibit is not None]
    rows = [
        (
            f"{one.text} {to_sentence(one.subtitle)}",
            _fact_text(one, "Against the figures"),
            _fact_text(one, "Why"),
        )
        for one in exhibits
    ]
    slide_table = tables.build_table(room, ("Published claim", "Against the figures", "Why"), rows, ())
    sources = merge_source_lines(one.source_line for one in exhibits if one.source_line)
    notes = tuple(dict.fromkeys(note for one in exhibits for note in one.notes))
    both = replace(exhibit, source_line=sources, notes=notes, remarks=())
    return _paginated_table_slides(
        slide_table,
        both,
        room,
        _header_and_footer(both, "Published claims, compared with the published figures"),
    )


def _fact_text(exhibit: Exhibit, label: str) -> str:
    return next((fact.text for fact in exhibit.facts if fact.label == label), "")


def _discrepancy_slides(request: _SlideRequest) -> Sequence[Sheet]:
    exhibit, room = request.exhibit, request.room
    rows = [(fact.label, fact.text) for fact in exhibit.facts]
    slide_table = tables.build_table(room, ("As published", "Where, and what it covers"), rows, ())
    over = replace(words.set_in(room, exhibit.text, "fact"), after=12.0)
    return _paginated_table_slides(slide_table, exhibit, room, request.header_and_footer(), over)


def _quote_slides(request: _SlideRequest) -> Sequence[Sheet]:
    leaf, room, numbers = request.leaf, request.room, request.numbers
    paragraphs: list[SlideParagraph] = []
    for item in leaf.items:
        one = item.exhibit
        if one is not None:
            gist = "" if one.text.startswith("“") else " (paraphrase)"
            mark = source_marks(one, numbers)
            paragraphs += [words.set_in(room, one.text + gist, "quote", mark=mark)]
            paragraphs += [words.set_in(room, one.speaker, "muted")]
            paragraphs += [replace(words.set_in(room, one.source_line, "small"), after=room.scaled_size(18))]
            paragraphs += [words.set_in(room, note, "small") for note in one.notes]
    return _text_slides(paragraphs, room)


def _demand_slides(request: _SlideRequest) -> Sequence[Sheet]:
    leaf, exhibit, room = request.leaf, request.exhibit, request.room
    exhibits = [item.exhibit for item in leaf.items if item.exhibit is not None]
    leads = [_numbered_title(at, one) if len(exhibits) > 1 else "" for at, one in enumerate(exhibits, start=1)]
    paragraphs = [words.set_in(room, one.text, "text", lead=lead) for lead, one in zip(leads, exhibits, strict=True)]
    under = f"{exhibit.speaker}. {exhibit.subtitle}." if exhibit.speaker else f"{exhibit.subtitle}."
    all_of = replace(exhibit, source_line=merge_source_lines(one.source_line for one in exhibits if one.source_line))
    return _text_slides(paragraphs, room, _header_and_footer(all_of, under))


def _numbered_title(at: int, exhibit: Exhibit) -> str:
    """ "2. Legal but harmful content."; the number alone where a demand has no title of its own."""
    title = of_its_own(exhibit)
    return f"{at}. {title}." if title else f"{at}."


def _point_slides(request: _SlideRequest) -> Sequence[Sheet]:
    exhibit, room, numbers = request.exhibit, request.room, request.numbers
    paragraphs = [
        words.set_in(
            room,
            point.text,
            "point",
            lead=f"{point.lead}." if point.lead else "",
            mark=_format_numbers({numbers[one] for one in point.sources if one in numbers}),
        )
        for point in exhibit.points
    ]
    return _text_slides(paragraphs, room)


def _fact_slides(request: _SlideRequest) -> Sequence[Sheet]:
    """A figure, a worked-out figure or an event: its text and what is known of it."""
    exhibit, room = request.exhibit, request.room
    paragraphs = [words.set_in(room, exhibit.text, "text")] if exhibit.text else []
    paragraphs += [words.set_in(room, fact.text, "fact", lead=f"{fact.label}:") for fact in exhibit.facts]
    return _text_slides(paragraphs, room, request.header_and_footer())


def source_marks(exhibit: Exhibit, numbers: Numbers) -> str:
    """The numbers of an item's sources."""
    return _format_numbers({numbers[source.id] for source in exhibit.sources if source.id in numbers})


def _format_numbers(several: set[int]) -> str:
    return f"[{', '.join(map(str, sorted(several)))}]" if several else ""


_MAKERS: dict[ItemKind, Callable[[_SlideRequest], Sequence[Sheet]]] = {
    ItemKind.CHART: _chart_slides,
    ItemKind.TABLE: _table_slides,
    ItemKind.QUOTE: _quote_slides,
    ItemKind.DEMAND: _demand_slides,
    ItemKind.CLAIM: _claim_slides,
    ItemKind.CONFLICT: _discrepancy_slides,
    ItemKind.SUMMARY: _point_slides,
}
