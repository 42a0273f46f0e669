"""A briefing as screens to present: one for each item, a first one, and one with the help lines."""

from __future__ import annotations

from msgspec import Struct

from explorer.briefing.document import Briefing, Exhibit, Item, Kind
from explorer.pages.chart import Chart
from explorer.pages.page import Table
from explorer.pages.question import Question
from explorer.pages.summary import Point

from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, stamp


class Line(Struct, frozen=True, kw_only=True):
    """A paragraph of a screen. ``role`` is "text", "quote", "speaker", "point" or "small"."""

    text: str
    role: str = "text"
    lead: str = ""
    """Of a point: the few words that say what it is about."""
    source: str = ""
    """Of a point: its own sources, set small under it."""


class Screen(Struct, frozen=True, kw_only=True):
    """One screen: a chart, a table or lines, under a heading and over a source line."""

    heading: str
    subtitle: str = ""
    chart: Chart | None = None
    table: Table | None = None
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    """What has to be said with it, on the screen."""
    source: str = ""
    spoken: str = ""
    """The person's own notes: for the presenter's eyes."""
    question: Question | None = None
    items: tuple[str, ...] = ()
    """The ids of the items on it."""
    opening: bool = False
    """Whether it is set as a title: the first screen, and headings."""


def screens(briefing: Briefing) -> tuple[Screen, ...]:
    """The screens in order; never none."""
    told = tuple(Line(text=line, role="small") for line in stamp(briefing))
    first = Screen(heading=briefing.name, subtitle=byline(briefing), lines=told, opening=True)
    help_ = Screen(
        heading=HELP_HEADING,
        lines=(
            *(Line(text=f"{name}: {how}") for name, how in HELP_LINES),
            Line(text=HELP_CHECK, role="small"),
        ),
    )
    return (first, *map(_screen, briefing.items), help_)


def _screen(item: Item) -> Screen:
    shown, ids = item.exhibit, (item.id,)
    if item.kind is Kind.HEADING:
        under = (Line(text=item.notes),) if item.notes else ()
        return Screen(heading=item.heading, lines=under, items=ids, opening=True)
    if item.kind is Kind.NOTE or shown is None:
        return Screen(heading=item.heading, lines=(Line(text=item.notes),), items=ids)
    return Screen(
        heading=item.heading,
        subtitle=_subtitle(item, shown),
        chart=shown.chart if item.kind is Kind.CHART else None,
        table=shown.table if item.kind is Kind.TABLE else None,
        lines=_lines(item, shown),
        notes=(*shown.notes, *shown.remarks),
        source=shown.source_line if item.kind is not Kind.QUOTE else "",
        spoken=item.notes,
        question=item.question,
        items=ids,
    )


def _subtitle(item: Item, shown: Exhibit) -> str:
    if item.kind is Kind.DEMAND:
        return f"{shown.speaker}. {shown.subtitle}." if shown.speaker else shown.subtitle
    return item.subtitle if item.kind is not Kind.QUOTE else ""


def _lines(item: Item, shown: Exhibit) -> tuple[Line, ...]:
    if item.kind is Kind.QUOTE:
        return _quoted(shown)
    if item.kind is Kind.SUMMARY:
        return tuple(_point(point) for point in shown.points)
    if item.kind in (Kind.CHART, Kind.TABLE):
        told = shown.chart.empty if shown.chart is not None else ""
        return (Line(text=told),) if told else ()
    own = (Line(text=shown.text),) if shown.text else ()
    return (*own, *(Line(text=fact.text, lead=fact.label, role="point") for fact in shown.facts))


def _point(point: Point) -> Line:
    source = f"Source: {point.source}" if point.source else ""
    return Line(text=point.text, lead=point.lead, source=source, role="point")


def _quoted(shown: Exhibit) -> tuple[Line, ...]:
    gist = "" if shown.text.startswith("“") else " (paraphrase)"
    told = (
        Line(text=shown.text + gist, role="quote"),
        Line(text=shown.speaker, role="speaker"),
        Line(text=shown.source_line, role="small"),
    )
    return tuple(line for line in told if line.text)
