"""Words on a slide: paragraphs by role, the footer that the template has, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from explorer.briefing import Exhibit
from explorer.documents import Section, format_reference, safe_text
from explorer.pages.model import Chart
from explorer.pages.text import BREAKS, MORE_RECORDING

from .layout import Box, SlideArea, footer_placeholders, size_in_points, to_emu
from .text_fit import SlideParagraph, paragraph_height

_SIZES = {"text": 22.0, "quote": 26.0, "point": 20.0, "fact": 18.0, "muted": 16.0, "small": 12.0}
_AFTER = {"text": 12.0, "quote": 8.0, "point": 14.0, "fact": 10.0, "muted": 6.0, "small": 4.0}
_LEAST = {"text": 14.0, "quote": 16.0, "point": 13.0, "fact": 13.0, "muted": 12.0, "small": 10.0}
_QUIET = frozenset({"muted", "small"})
_LIGHTER = 0.35
"""How much lighter words that stand back are than others."""
_LONGEST = 20_000
_MOST_NOTES, _LEAST_SOURCE = 3, 8.0
_MOST_CITED = 6_000
"""The most characters of a citation in the speaker's notes."""


def set_in(room: SlideArea, text: str, role: str, *, lead: str = "", mark: str = "") -> SlideParagraph:
    """A paragraph in its role, in sizes for this slide."""
    return SlideParagraph(
        text=safe_text(text, _LONGEST),
        role=role,
        lead=safe_text(lead, 400),
        mark=mark,
        size=room.scaled_size(_SIZES[role]),
        after=room.scaled_size(_AFTER[role]),
        least=room.scaled_size(_LEAST[role]),
    )


def add_text_box(slide: Any, several: Sequence[SlideParagraph], box: Box) -> None:
    """A box of paragraphs; nothing where there are none."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    paragraphs = [one for one in several if one.text or one.lead]
    if not paragraphs:
        return
    frame = slide.shapes.add_textbox(*to_emu(box)).text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(one.after)
        if one.lead:
            _add_run(paragraph, one.lead + " ", one).font.bold = True
        for number, line in enumerate(one.text.split("\n")):
            if number:
                paragraph.add_line_break()
            _add_run(paragraph, line, one).font.bold = True if one.role == "eyebrow" else None
        if one.mark:
            _add_run(paragraph, f"\u00a0{one.mark}", one)._r.get_or_add_rPr().set("baseline", "30000")


def _add_run(paragraph: Any, text: str, one: SlideParagraph) -> Any:
    from pptx.util import Pt

    text_run = paragraph.add_run()
    text_run.text = text
    text_run.font.size = Pt(one.size)
    text_run.font.language_id = _british_english()
    text_colour(text_run.font, one.role)
    return text_run


def text_colour(font: Any, role: str) -> None:
    """The colour of words in their role: the template's own, so that they can be read on its background."""
    from pptx.enum.dml import MSO_THEME_COLOR

    if role == "eyebrow":
        font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        return
    font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    if role in _QUIET:
        font.color.brightness = _LIGHTER


def _british_english() -> Any:
    from pptx.enum.lang import MSO_LANGUAGE_ID

    return MSO_LANGUAGE_ID.ENGLISH_UK


def kicker(slide: Any, room: SlideArea, text: str) -> None:
    """The section that a slide belongs to, small over its title."""
    size = room.scaled_size(13)
    add_text_box(slide, [SlideParagraph(text=safe_text(text, 90), role="eyebrow", size=size, after=0)], room.eyebrow)


def add_subtitle(slide: Any, room: SlideArea, text: str) -> None:
    """The line under the title."""
    subtitle = set_in(room, text, "muted")
    wide, high = size_in_points(room.under)
    size = next(
        (
            s
            for s in (subtitle.size, subtitle.size * 0.85)
            if paragraph_height(_resize_paragraph(subtitle, s), wide) <= high * 1.1
        ),
        0,
    )
    add_text_box(slide, [_resize_paragraph(subtitle, size or subtitle.size * 0.7)], room.under)


def _resize_paragraph(one: SlideParagraph, size: float) -> SlideParagraph:
    return replace(one, size=size, after=0.0)


def add_footnotes(slide: Any, room: SlideArea, exhibit: Exhibit, first: Sequence[str] = ()) -> None:
    """The line of sources, and as many notes as fit, those of ``first`` before the exhibit's own.

    All of the exhibit's are in the speaker's notes.
    """
    wide, high = size_in_points(room.foot)
    notes = [note for note in (*first, *exhibit.notes, *exhibit.remarks) if note != MORE_RECORDING]
    notes.sort(key=lambda note: not note.startswith(BREAKS))  # no line of a native chart shows them
    note_count = min(len(notes), _MOST_NOTES)
    paragraphs = _footnote_paragraphs(room, exhibit, notes, note_count)
    while note_count and sum(paragraph_height(one, wide) for one in paragraphs) > high:
        note_count -= 1
        paragraphs = _footnote_paragraphs(room, exhibit, notes, note_count)
    if paragraphs:
        add_text_box(
            slide,
            paragraphs,
            _align_to_bottom(room.foot, sum(paragraph_height(one, wide) for one in paragraphs) / 72),
        )


def _footnote_paragraphs(
    room: SlideArea, exhibit: Exhibit, notes: Sequence[str], note_count: int
) -> list[SlideParagraph]:
    source = exhibit.source_line.split(" Pack: ")[0]  # the packs stand in the speaker's notes
    source = source if not source or source.startswith("Source") else f"Source: {source}"
    more = ("More in the speaker’s notes.",) if note_count < len(notes) else ()
    lines = [set_in(room, line, "small") for line in (source, " ".join((*notes[:note_count], *more))) if line]
    wide, high = size_in_points(room.foot)
    while (
        not note_count
        and lines
        and lines[0].size > _LEAST_SOURCE
        and sum(paragraph_height(one, wide) for one in lines) > high
    ):
        lines = [replace(one, size=one.size - 1, after=1.0) for one in lines]
    return lines


def _align_to_bottom(box: Box, high: float) -> Box:
    """The box with its words at its foot."""
    left_edge, top, wide, room = box
    used_height = min(high, room)
    return left_edge, top + room - used_height, wide, used_height


def fill_footer(slide: Any, footer: str) -> None:
    """The footer and the number of the slide, where the template has them and as it has them."""
    tree = slide.shapes._spTree
    for holder in footer_placeholders(slide.slide_layout):
        copy = deepcopy(holder._element)
        name_properties = copy.xpath(".//p:cNvPr")[0]
        name_properties.set("id", str(max(int(one.get("id")) for one in tree.xpath(".//p:cNvPr")) + 1))
        for box in copy.xpath("./p:spPr/a:xfrm"):  # where it stands is the layout's to say
            box.getparent().remove(box)
        if "ftr" in [one.get("type") for one in copy.xpath(".//p:ph")]:
            body = copy.xpath("./p:txBody")[0]
            for paragraph in body.xpath("./a:p")[1:]:
                body.remove(paragraph)
            paragraph = body.xpath("./a:p")[0]
            for child in list(paragraph):
                paragraph.remove(child)
            paragraph.add_r().text = safe_text(footer, 120)
        tree.append(copy)


def fill_paragraphs(frame: Any, lines: Sequence[str]) -> None:
    """Put the lines into a frame as paragraphs."""
    frame.text = safe_text(lines[0]) if lines else ""
    for line in lines[1:]:
        frame.add_paragraph().text = safe_text(line)


def drop_empty(slide: Any) -> None:
    """Take out the placeholders that hold nothing, which would show a prompt."""
    for holder in list(slide.placeholders):
        if not holder.has_text_frame or not holder.text_frame.text:
            holder._element.getparent().remove(holder._element)


def write_notes(slide: Any, leaf: Section) -> None:
    """What the speaker has beside the slide: own notes, then caveats, workings and sources."""
    note_lines: list[str] = []
    for item in leaf.items:
        note_lines += [item.notes, *_note_details(item.exhibit)] if item.exhibit else [item.notes]
    note_lines += [f"Source: {format_reference(source)}" for source in leaf.sources()]
    packs = dict.fromkeys(pack for item in leaf.items if item.exhibit for pack in item.exhibit.packs)
    note_lines += [f"Evidence pack: {pack}" for pack in packs]
    note_lines = [line for line in note_lines if line]
    if note_lines:
        frame = slide.notes_slide.notes_text_frame
        fill_paragraphs(frame, note_lines)
        for paragraph in frame.paragraphs:
            for text_run in paragraph.runs:
                text_run.font.language_id = _british_english()


def _note_details(exhibit: Exhibit) -> list[str]:
    """What is known of an item beyond what stands on its slide."""
    return [
        exhibit.definition and f"What is counted: {exhibit.definition}",
        *(f"{fact.label}: {fact.text}" for fact in exhibit.facts),
        *(f"{point.lead}: {point.text} ({point.source})" for point in exhibit.points if point.source),
        *(f"Note: {note}" for note in exhibit.notes),
        *(f"Where the record differs: {remark}" for remark in exhibit.remarks),
        _event_line(exhibit.chart) if exhibit.chart else "",
        *(f"Worked out: {one}" for one in exhibit.workings),
        _citation_line(exhibit.citation),
    ]


def _citation_line(citation: str) -> str:
    """How to cite the item; of very many numbers the workbook has it, each beside its own."""
    if len(citation) <= _MOST_CITED:
        return f"To cite: {citation}" if citation else ""
    return "To cite: the workbook of this briefing names the source of each number."


def _event_line(chart: Chart) -> str:
    """The dated events that the chart marks on screen and a native chart does not."""
    event_names = "; ".join(flag.name.rstrip(".") for flag in chart.flags)
    return f"In this time: {event_names}." if event_names else ""
