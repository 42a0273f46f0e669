"""A briefing as PowerPoint: native charts that can be edited, alt text, notes for the speaker, sources.

The slides are built on a template, ``resources/templates/briefing.pptx``, or the organisation's own of that
name in the folder ``templates`` of the person's data. Layouts are found by name: Title Slide, Section Header
and Title Only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer import paths
from explorer.briefing.document import Briefing, Kind
from explorer.pages.chart import Shape
from explorer.pages.words import MORE_RECORDING

from . import slide_parts as parts
from .leaves import Leaf, leaves, reference
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, made_on, safe, stamp

if TYPE_CHECKING:
    from pptx.presentation import Presentation

TEMPLATE = "briefing.pptx"
_SOURCES_A_SLIDE = 9
_MOST_WORDS = 800
"""The most characters of facts on one slide."""
_WIDE, _HIGH = 12_192_000, 6_858_000


def template() -> Path:
    """The template to build on: the organisation's own where there is one."""
    own = paths.user_data_folder() / "templates" / TEMPLATE
    return own if own.is_file() else paths.resources_folder() / "templates" / TEMPLATE


def slides(briefing: Briefing, from_: Path | None = None) -> Iterator[bytes | None]:
    """Make the slides step by step: None after each, and at last the file's content.

    Raises ValueError with a sentence where the template is none, or has no layout that is needed.
    """
    deck = _opened(from_ or template())
    _front(deck, briefing)
    yield None
    for leaf in leaves(briefing):
        _leaf(deck, leaf)
        yield None
    _sources(deck, briefing)
    _help(deck, briefing)
    core = deck.core_properties
    core.title, core.author = safe(briefing.name, 250), safe(briefing.author, 250)
    core.subject, core.language = safe(briefing.audience, 250), "en-GB"
    core.comments, core.keywords, core.last_modified_by = f"{made_on()} {MORE_RECORDING}"[:250], "", ""
    held = BytesIO()
    deck.save(held)
    yield held.getvalue()


def _opened(path: Path) -> Presentation:
    import pptx
    from pptx.exc import PackageNotFoundError

    try:
        deck = pptx.Presentation(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise ValueError(f"The slide template “{path}” is no PowerPoint file: {error}.") from error
    for index in reversed(range(len(deck.slides))):  # pictures of how it looks are not ours to keep
        held: Any = deck.slides._sldIdLst  # pyright: ignore[reportPrivateUsage]
        deck.part.drop_rel(held[index].rId)
        del held[index]
    deck.slide_width, deck.slide_height = _WIDE, _HIGH  # pyright: ignore[reportAttributeAccessIssue]
    return deck


def _new(deck: Presentation, layout: str, title: str) -> Any:
    named = {one.name: one for one in deck.slide_layouts}
    if layout not in named:
        raise ValueError(f"The slide template has no layout “{layout}”: add one, or take the template away.")
    slide = deck.slides.add_slide(named[layout])
    if slide.shapes.title is not None:
        slide.shapes.title.text_frame.text = safe(title, 300)
    parts.number(slide)
    return slide


def _front(deck: Presentation, briefing: Briefing) -> None:
    slide = _new(deck, "Title Slide", briefing.name)
    below = [holder for holder in slide.placeholders if holder.placeholder_format.idx == 1]
    lines = [byline(briefing), *stamp(briefing)]
    if below:
        parts.fill(below[0].text_frame, [line for line in lines if line])


def _leaf(deck: Presentation, leaf: Leaf) -> None:
    item = leaf.first
    if item.kind is Kind.HEADING:
        slide = _new(deck, "Section Header", item.heading)
        parts.drop_empty(slide)
    else:
        slide = _new(deck, "Title Only", leaf.heading)
        _WRITERS.get(item.kind, _facts)(slide, leaf)
    parts.speak(slide, leaf)


def _note(slide: Any, leaf: Leaf) -> None:
    parts.words(slide, [(leaf.first.notes, "text")], parts.BODY)


def _chart(slide: Any, leaf: Leaf) -> None:
    shown = leaf.first.exhibit
    if shown is None or shown.chart is None:
        return
    parts.words(slide, [(shown.subtitle, "muted")], parts.UNDER_TITLE)
    if shown.chart.shape is Shape.TILES:
        parts.tiles(slide, shown.chart)
    elif shown.chart.series:
        parts.chart(slide, shown.chart)
    else:
        parts.words(slide, [(shown.chart.empty, "text")], parts.BODY)
    parts.foot(slide, shown)


def _table(slide: Any, leaf: Leaf) -> None:
    shown = leaf.first.exhibit
    if shown is None:
        return
    parts.words(slide, [(shown.subtitle, "muted")], parts.UNDER_TITLE)
    if shown.table is not None:
        parts.table(slide, shown.table, shown.title)
    parts.foot(slide, shown)


def _quotes(slide: Any, leaf: Leaf) -> None:
    lines: list[tuple[str, str]] = []
    for item in leaf.items:
        if item.exhibit is not None:
            gist = "" if item.exhibit.text.startswith("“") else " (paraphrase)"
            lines += [(item.exhibit.text + gist, "quote"), (item.exhibit.speaker, "muted")]
            lines.append((item.exhibit.source_line, "small"))
    parts.words(slide, lines, parts.BODY)


def _demands(slide: Any, leaf: Leaf) -> None:
    lines: list[tuple[str, str]] = []
    for number, item in enumerate(leaf.items, start=1):
        if item.exhibit is not None:
            lead = f"{number}.  " if len(leaf.items) > 1 else ""
            lines.append((lead + item.exhibit.text, "text"))
    shown = leaf.first.exhibit
    if shown is not None:
        under = f"{shown.speaker}. {shown.subtitle}." if shown.speaker else f"{shown.subtitle}."
        parts.words(slide, [(under, "muted")], parts.UNDER_TITLE)
        parts.foot(slide, shown)
    parts.words(slide, lines, parts.BODY)


def _facts(slide: Any, leaf: Leaf) -> None:
    """A figure, a claim, a disagreement or an event: its text and what is known of it."""
    shown = leaf.first.exhibit
    if shown is None:
        return
    parts.words(slide, [(shown.subtitle, "muted")], parts.UNDER_TITLE)
    lines = [(shown.text, "text")] if shown.text else []
    lines += [(f"{fact.label}: {fact.text}", "fact") for fact in shown.facts]
    lines = _fitting(lines)
    parts.words(slide, lines, parts.BODY)
    parts.foot(slide, shown)


def _fitting(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As many of the lines as can be read from the back of a room; that there are more is said."""
    room, kept = _MOST_WORDS, list[tuple[str, str]]()
    for text, role in lines:
        room -= len(text)
        if kept and room < 0:
            break
        kept.append((text, role))
    left = len(lines) - len(kept)
    return [*kept, (f"And {left} more, in the speaker’s notes.", "muted")] if left else kept


_WRITERS: dict[Kind, Callable[[Any, Leaf], None]] = {
    Kind.CHART: _chart,
    Kind.TABLE: _table,
    Kind.QUOTE: _quotes,
    Kind.DEMAND: _demands,
    Kind.NOTE: _note,
}


def _sources(deck: Presentation, briefing: Briefing) -> None:
    """Every source with a number, nine on a slide, and what the whole rests on."""
    told = [f"{number}.  {reference(source)}" for number, source in enumerate(briefing.sources(), start=1)]
    for first in range(0, max(len(told), 1), _SOURCES_A_SLIDE):
        slide = _new(deck, "Title Only", "Sources" if first == 0 else "Sources, continued")
        lines = [(line, "small") for line in told[first : first + _SOURCES_A_SLIDE]]
        parts.words(slide, lines or [("No source is named in this briefing.", "small")], parts.BODY)


def _help(deck: Presentation, briefing: Briefing) -> None:
    slide = _new(deck, "Title Only", HELP_HEADING)
    lines = [(f"{name}: {how}", "text") for name, how in HELP_LINES]
    parts.words(slide, [*lines, (HELP_CHECK, "muted")], parts.BODY)
    parts.words(slide, [(line, "small") for line in stamp(briefing)], parts.FOOT)
