"""What stands on a slide: words, a native chart, a table, a tile map of shapes, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.briefing.document import Exhibit
from explorer.draw.theme import PRINT
from explorer.pages.chart import Chart
from explorer.pages.page import Table
from explorer.pages.words import MORE_RECORDING

from .leaves import Leaf, reference
from .slide_chart import add_chart, colour
from .stamp import safe

_INCH = 914_400
Box = tuple[float, float, float, float]
"""Left, top, width and height in inches."""
UNDER_TITLE: Box = (0.6, 1.22, 12.13, 0.45)
BODY: Box = (0.6, 1.75, 12.13, 4.55)
FOOT: Box = (0.6, 6.35, 11.3, 0.95)
_NUMBER: Box = (12.03, 6.98, 0.7, 0.3)
_SIZES = {"text": 20, "quote": 24, "muted": 15, "small": 11, "fact": 17}
_NOTES_SHOWN = 2
_FIELD = "{6C5D4B3A-1F2E-4D3C-9B8A-7F6E5D4C3B2A}"
_ROWS_SHOWN = 14
_LONG = ((900, 0.55), (550, 0.7), (320, 0.85))
"""From how many characters in a box of words they are set smaller, and by how much."""


def emu(box: Box) -> tuple[int, int, int, int]:
    """A box in the units of the file."""
    return tuple(round(side * _INCH) for side in box)  # pyright: ignore[reportReturnType]


def fill(frame: Any, lines: Sequence[str]) -> None:
    """Put the lines into a frame as paragraphs."""
    frame.text = safe(lines[0]) if lines else ""
    for line in lines[1:]:
        frame.add_paragraph().text = safe(line)


def words(slide: Any, lines: Sequence[tuple[str, str]], box: Box) -> None:
    """A box of paragraphs, each in its role: text, quote, muted, small or fact. Empty ones are left out."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    told = [(safe(text, 4000), role) for text, role in lines if text]
    if not told:
        return
    frame = slide.shapes.add_textbox(*emu(box)).text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = 0
    length = sum(len(text) for text, _ in told)
    shrink = next((by for least, by in _LONG if length > least), 1.0)
    if length > 1800:
        shrink = max(0.3, 0.55 * (1800 / length) ** 0.5)
    for at, (text, role) in enumerate(told):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(round(8 * shrink) if role != "quote" else 3)
        run = paragraph.add_run()
        run.text = text
        shrinks = role in {"text", "quote", "fact"}
        run.font.size = Pt(max(8, round(_SIZES[role] * (shrink if shrinks else 1))))
        run.font.color.rgb = colour(PRINT.muted if role in {"muted", "small"} else PRINT.text)


def foot(slide: Any, shown: Exhibit) -> None:
    """The line of sources, and what has to be said with the numbers; all of it is in the speaker's notes."""
    notes = [note for note in (*shown.notes, *shown.remarks) if note != MORE_RECORDING][:_NOTES_SHOWN]
    lines = [shown.source_line, " ".join(notes)]
    left = len(shown.notes) + len(shown.remarks) - len(notes)
    more = " More in the speaker’s notes." if left > 0 else ""
    words(slide, [(_cut(lines[0], 260), "small"), (_cut(lines[1], 330) + more, "small")], FOOT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def chart(slide: Any, given: Chart) -> None:
    """A native chart with the numbers in it, and its text alternative."""
    add_chart(slide, given, emu(BODY))


def describe(shape: Any, name: str, text: str) -> None:
    """Give a shape its name and its text alternative."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", safe(name, 250))
    properties.set("descr", safe(text, 4000))


def tiles(slide: Any, given: Chart) -> None:
    """A tile map of squares in one group, and its steps in words beside it."""
    group = slide.shapes.add_group_shape()
    columns = 1 + max((tile.column for tile in given.tiles), default=0)
    rows = 1 + max((tile.row for tile in given.tiles), default=0)
    side = min(8.6 / columns, BODY[3] / rows)
    tones = {at: PRINT.tone(band.tone) for at, band in enumerate(given.bands)}
    for tile in given.tiles:
        box = (BODY[0] + tile.column * side, BODY[1] + tile.row * side, side * 0.94, side * 0.94)
        fill_ = tones[tile.band] if tile.band is not None else PRINT.panel
        _square(group, box, fill_, f"{tile.short}\n{tile.label}")
    describe(group, given.title, given.alt_text)
    for at, band in enumerate(given.bands):
        top = BODY[1] + at * 0.42
        _square(slide, (10.0, top, 0.3, 0.3), tones[at], "")
        words(slide, [(band.label, "muted")], (10.45, top - 0.04, 2.3, 0.4))
    top = BODY[1] + len(given.bands) * 0.42
    words(slide, [("[x] no figure is printed", "muted")], (10.0, top, 2.7, 0.4))


def _square(where: Any, box: Box, fill_: str, text: str) -> None:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    shapes = getattr(where, "shapes", where)
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *emu(box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(fill_)
    shape.line.color.rgb = colour(PRINT.hairline)
    shape.shadow.inherit = False
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = safe(line, 12)
        run.font.size = Pt(8)
        run.font.color.rgb = colour(PRINT.on(fill_))


def table(slide: Any, given: Table, name: str) -> None:
    """A real table with a header row; what does not fit on the slide is said."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    rows = given.rows[:_ROWS_SHOWN]
    height = min(BODY[3] - 0.3, 0.34 * (len(rows) + 1))
    box = (BODY[0], BODY[1], BODY[2], height)
    frame = slide.shapes.add_table(len(rows) + 1, len(given.columns), *emu(box))
    describe(frame, name, f"Table of {len(given.rows)} rows: {', '.join(given.columns)}.")
    for number_, cells in enumerate([given.columns, *(row.cells for row in rows)]):
        for at, text in enumerate(cells):
            cell = frame.table.cell(number_, at)
            cell.text = safe(text, 300)
            cell.margin_top = cell.margin_bottom = 20_000
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size = Pt(11)
            paragraph.alignment = PP_ALIGN.RIGHT if at in given.numeric else PP_ALIGN.LEFT
    hidden = len(given.rows) - len(rows)
    if hidden:
        under = (BODY[0], BODY[1] + BODY[3] - 0.3, BODY[2], 0.3)
        words(slide, [(f"{hidden} more rows are in the workbook of this briefing.", "small")], under)


def number(slide: Any) -> None:
    """The slide's number, as a field that PowerPoint keeps right."""
    frame = slide.shapes.add_textbox(*emu(_NUMBER)).text_frame
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    paragraph = frame.paragraphs[0]._p
    field = paragraph.makeelement(f"{{{space}}}fld", {"id": _FIELD, "type": "slidenum"})
    paragraph.append(field)
    field.append(field.makeelement(f"{{{space}}}rPr", {"lang": "en-GB", "sz": "1000"}))
    shown = field.makeelement(f"{{{space}}}t", {})
    shown.text = "‹#›"
    field.append(shown)


def drop_empty(slide: Any) -> None:
    """Take out the placeholders that hold nothing, which would show a prompt."""
    for holder in list(slide.placeholders):
        if not holder.has_text_frame or not holder.text_frame.text:
            holder._element.getparent().remove(holder._element)


def speak(slide: Any, leaf: Leaf) -> None:
    """What the speaker has beside the slide: own notes, then caveats, workings and sources."""
    lines: list[str] = []
    for item in leaf.items:
        shown = item.exhibit
        lines.append(item.notes)
        if shown is None:
            continue
        lines += [shown.definition and f"What is counted: {shown.definition}"]
        lines += [f"{fact.label}: {fact.text}" for fact in shown.facts]
        lines += [f"Note: {note}" for note in shown.notes]
        lines += [f"Where the record differs: {remark}" for remark in shown.remarks]
        lines += [f"Worked out: {one}" for one in shown.workings]
        lines += [shown.citation and f"To cite: {shown.citation}"]
    lines += [f"Source: {reference(source)}" for source in leaf.sources()]
    packs = dict.fromkeys(pack for item in leaf.items if item.exhibit for pack in item.exhibit.packs)
    lines += [f"Evidence pack: {pack}" for pack in packs]
    told = [line for line in lines if line]
    if told:
        fill(slide.notes_slide.notes_text_frame, told)
