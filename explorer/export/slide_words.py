"""Words on a slide: paragraphs by role, the footer that the template has, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from explorer.briefing.document import Exhibit
from explorer.pages.chart import Chart
from explorer.pages.words import BREAKS, MORE_RECORDING

from .fitting import Words, height
from .leaves import Leaf, reference
from .slide_room import Box, Room, emu, furniture, points
from .stamp import safe

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


def set_in(room: Room, text: str, role: str, *, lead: str = "", mark: str = "") -> Words:
    """A paragraph in its role, in sizes for this slide."""
    return Words(
        text=safe(text, _LONGEST),
        role=role,
        lead=safe(lead, 400),
        mark=mark,
        size=room.size(_SIZES[role]),
        after=room.size(_AFTER[role]),
        least=room.size(_LEAST[role]),
    )


def write(slide: Any, several: Sequence[Words], box: Box) -> None:
    """A box of paragraphs; nothing where there are none."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    told = [one for one in several if one.text or one.lead]
    if not told:
        return
    frame = slide.shapes.add_textbox(*emu(box)).text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, one in enumerate(told):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(one.after)
        if one.lead:
            _run(paragraph, one.lead + " ", one).font.bold = True
        for number, line in enumerate(one.text.split("\n")):
            if number:
                paragraph.add_line_break()
            _run(paragraph, line, one).font.bold = True if one.role == "eyebrow" else None
        if one.mark:
            _run(paragraph, f"\u00a0{one.mark}", one)._r.get_or_add_rPr().set("baseline", "30000")


def _run(paragraph: Any, text: str, one: Words) -> Any:
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(one.size)
    run.font.language_id = _english()
    inked(run.font, one.role)
    return run


def inked(font: Any, role: str) -> None:
    """The colour of words in their role: the template's own, so that they can be read on its background."""
    from pptx.enum.dml import MSO_THEME_COLOR

    if role == "eyebrow":
        font.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        return
    font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    if role in _QUIET:
        font.color.brightness = _LIGHTER


def _english() -> Any:
    from pptx.enum.lang import MSO_LANGUAGE_ID

    return MSO_LANGUAGE_ID.ENGLISH_UK


def eyebrow(slide: Any, room: Room, text: str) -> None:
    """The section that a slide belongs to, small over its title."""
    size = room.size(13)
    write(slide, [Words(text=safe(text, 90), role="eyebrow", size=size, after=0)], room.eyebrow)


def under(slide: Any, room: Room, text: str) -> None:
    """The line under the title."""
    told = set_in(room, text, "muted")
    wide, high = points(room.under)
    size = next((s for s in (told.size, told.size * 0.85) if height(_sized(told, s), wide) <= high * 1.1), 0)
    write(slide, [_sized(told, size or told.size * 0.7)], room.under)


def _sized(one: Words, size: float) -> Words:
    return replace(one, size=size, after=0.0)


def foot(slide: Any, room: Room, shown: Exhibit, first: Sequence[str] = ()) -> None:
    """The line of sources, and as many notes as fit, those of ``first`` before the exhibit's own.

    All of the exhibit's are in the speaker's notes.
    """
    wide, high = points(room.foot)
    notes = [note for note in (*first, *shown.notes, *shown.remarks) if note != MORE_RECORDING]
    notes.sort(key=lambda note: not note.startswith(BREAKS))  # no line of a native chart shows them
    kept = min(len(notes), _MOST_NOTES)
    told = _foot(room, shown, notes, kept)
    while kept and sum(height(one, wide) for one in told) > high:
        kept -= 1
        told = _foot(room, shown, notes, kept)
    if told:
        write(slide, told, _lowered(room.foot, sum(height(one, wide) for one in told) / 72))


def _foot(room: Room, shown: Exhibit, notes: Sequence[str], kept: int) -> list[Words]:
    source = shown.source_line.split(" Pack: ")[0]  # the packs stand in the speaker's notes
    source = source if not source or source.startswith("Source") else f"Source: {source}"
    more = ("More in the speaker’s notes.",) if kept < len(notes) else ()
    lines = [set_in(room, line, "small") for line in (source, " ".join((*notes[:kept], *more))) if line]
    wide, high = points(room.foot)
    while (
        not kept
        and lines
        and lines[0].size > _LEAST_SOURCE
        and sum(height(one, wide) for one in lines) > high
    ):
        lines = [replace(one, size=one.size - 1, after=1.0) for one in lines]
    return lines


def _lowered(box: Box, high: float) -> Box:
    """The box with its words at its foot."""
    left, top, wide, room = box
    used = min(high, room)
    return left, top + room - used, wide, used


def furnish(slide: Any, footer: str) -> None:
    """The footer and the number of the slide, where the template has them and as it has them."""
    tree = slide.shapes._spTree
    for holder in furniture(slide.slide_layout):
        copy = deepcopy(holder._element)
        named = copy.xpath(".//p:cNvPr")[0]
        named.set("id", str(max(int(one.get("id")) for one in tree.xpath(".//p:cNvPr")) + 1))
        for box in copy.xpath("./p:spPr/a:xfrm"):  # where it stands is the layout's to say
            box.getparent().remove(box)
        if "ftr" in [one.get("type") for one in copy.xpath(".//p:ph")]:
            body = copy.xpath("./p:txBody")[0]
            for paragraph in body.xpath("./a:p")[1:]:
                body.remove(paragraph)
            paragraph = body.xpath("./a:p")[0]
            for child in list(paragraph):
                paragraph.remove(child)
            paragraph.add_r().text = safe(footer, 120)
        tree.append(copy)


def fill(frame: Any, told: Sequence[str]) -> None:
    """Put the lines into a frame as paragraphs."""
    frame.text = safe(told[0]) if told else ""
    for line in told[1:]:
        frame.add_paragraph().text = safe(line)


def drop_empty(slide: Any) -> None:
    """Take out the placeholders that hold nothing, which would show a prompt."""
    for holder in list(slide.placeholders):
        if not holder.has_text_frame or not holder.text_frame.text:
            holder._element.getparent().remove(holder._element)


def speak(slide: Any, leaf: Leaf) -> None:
    """What the speaker has beside the slide: own notes, then caveats, workings and sources."""
    told: list[str] = []
    for item in leaf.items:
        told += [item.notes, *_beside(item.exhibit)] if item.exhibit else [item.notes]
    told += [f"Source: {reference(source)}" for source in leaf.sources()]
    packs = dict.fromkeys(pack for item in leaf.items if item.exhibit for pack in item.exhibit.packs)
    told += [f"Evidence pack: {pack}" for pack in packs]
    told = [line for line in told if line]
    if told:
        frame = slide.notes_slide.notes_text_frame
        fill(frame, told)
        for paragraph in frame.paragraphs:
            for run in paragraph.runs:
                run.font.language_id = _english()


def _beside(shown: Exhibit) -> list[str]:
    """What is known of an item beyond what stands on its slide."""
    return [
        shown.definition and f"What is counted: {shown.definition}",
        *(f"{fact.label}: {fact.text}" for fact in shown.facts),
        *(f"{point.lead}: {point.text} ({point.source})" for point in shown.points if point.source),
        *(f"Note: {note}" for note in shown.notes),
        *(f"Where the record differs: {remark}" for remark in shown.remarks),
        _events(shown.chart) if shown.chart else "",
        *(f"Worked out: {one}" for one in shown.workings),
        _cited(shown.citation),
    ]


def _cited(citation: str) -> str:
    """How to cite the item; of very many numbers the workbook has it, each beside its own."""
    if len(citation) <= _MOST_CITED:
        return f"To cite: {citation}" if citation else ""
    return "To cite: the workbook of this briefing names the source of each number."


def _events(chart: Chart) -> str:
    """The dated events that the chart marks on screen and a native chart does not."""
    named = "; ".join(flag.name.rstrip(".") for flag in chart.flags)
    return f"In this time: {named}." if named else ""
