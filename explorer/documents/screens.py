"""A briefing as screens to present: one for each item, a first one, and one with the help lines."""

from __future__ import annotations

from msgspec import Struct

from explorer.briefing import Briefing, BriefingItem, Exhibit, ItemKind
from explorer.pages import SummaryPoint
from explorer.pages.model import Chart, ChartTable, Question

from .boilerplate import HELP_CHECK, HELP_HEADING, HELP_LINES, boilerplate_text, format_byline


class ScreenLine(Struct, frozen=True, kw_only=True):
    """A paragraph of a screen. ``role`` is "text", "quote", "speaker", "point" or "small"."""

    text: str
    role: str = "text"
    lead: str = ""
    """Of a point: the few words that say what it is about."""
    source: str = ""
    """Of a point: its own sources, set small under it."""


class BriefingScreen(Struct, frozen=True, kw_only=True):
    """One screen: a chart, a table or lines, under a heading and over a source line."""

    heading: str
    subtitle: str = ""
    chart: Chart | None = None
    table: ChartTable | None = None
    lines: tuple[ScreenLine, ...] = ()
    notes: tuple[str, ...] = ()
    """What has to be said with it, on the screen."""
    source: str = ""
    speaker_notes: str = ""
    """The person's own notes: for the presenter's eyes."""
    question: Question | None = None
    items: tuple[str, ...] = ()
    """The ids of the items on it."""
    opening: bool = False
    """Whether it is set as a title: the first screen, and headings."""


def build_screens(briefing: Briefing) -> tuple[BriefingScreen, ...]:
    """The screens in order; never none."""
    boilerplate_lines = tuple(ScreenLine(text=line, role="small") for line in boilerplate_text(briefing))
    first = BriefingScreen(
        heading=briefing.name, subtitle=format_byline(briefing), lines=boilerplate_lines, opening=True
    )
    help_ = BriefingScreen(
        heading=HELP_HEADING,
        lines=(
            *(ScreenLine(text=f"{name}: {how}") for name, how in HELP_LINES),
            ScreenLine(text=HELP_CHECK, role="small"),
        ),
    )
    return (first, *map(_build_screen, briefing.items), help_)


def _build_screen(item: BriefingItem) -> BriefingScreen:
    exhibit, ids = item.exhibit, (item.id,)
    if item.kind is ItemKind.HEADING:
        under = (ScreenLine(text=item.notes),) if item.notes else ()
        return BriefingScreen(heading=item.heading, lines=under, items=ids, opening=True)
    if item.kind is ItemKind.NOTE or exhibit is None:
        return BriefingScreen(heading=item.heading, lines=(ScreenLine(text=item.notes),), items=ids)
    return BriefingScreen(
        heading=item.heading,
        subtitle=_screen_subtitle(item, exhibit),
        chart=exhibit.chart if item.kind is ItemKind.CHART else None,
        table=exhibit.table if item.kind is ItemKind.TABLE else None,
        lines=_build_lines(item, exhibit),
        notes=(*exhibit.notes, *exhibit.remarks),
        source=exhibit.source_line if item.kind is not ItemKind.QUOTE else "",
        speaker_notes=item.notes,
        question=item.question,
        items=ids,
    )


def _screen_subtitle(item: BriefingItem, exhibit: Exhibit) -> str:
    if item.kind is ItemKind.DEMAND:
        return f"{exhibit.speaker}. {exhibit.subtitle}." if exhibit.speaker else exhibit.subtitle
    return item.subtitle if item.kind is not ItemKind.QUOTE else ""


def _build_lines(item: BriefingItem, exhibit: Exhibit) -> tuple[ScreenLine, ...]:
    if item.kind is ItemKind.QUOTE:
        return _quote_lines(exhibit)
    if item.kind is ItemKind.SUMMARY:
        return tuple(_point_line(point) for point in exhibit.points)
    if item.kind in (ItemKind.CHART, ItemKind.TABLE):
        empty_text = exhibit.chart.empty if exhibit.chart is not None else ""
        return (ScreenLine(text=empty_text),) if empty_text else ()
    own = (ScreenLine(text=exhibit.text),) if exhibit.text else ()
    return (*own, *(ScreenLine(text=fact.text, lead=fact.label, role="point") for fact in exhibit.facts))


def _point_line(point: SummaryPoint) -> ScreenLine:
    source = f"Source: {point.source}" if point.source else ""
    return ScreenLine(text=point.text, lead=point.lead, source=source, role="point")


def _quote_lines(exhibit: Exhibit) -> tuple[ScreenLine, ...]:
    gist = "" if exhibit.text.startswith("“") else " (paraphrase)"
    lines = (
        ScreenLine(text=exhibit.text + gist, role="quote"),
        ScreenLine(text=exhibit.speaker, role="speaker"),
        ScreenLine(text=exhibit.source_line, role="small"),
    )
    return tuple(line for line in lines if line.text)
