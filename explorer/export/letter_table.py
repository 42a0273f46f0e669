"""A table of a Word document: hairlines between rows, columns as wide as they need, a header that repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.draw.parts import Cell, Rows
from explorer.draw.tabled import column_widths
from explorer.draw.theme import LIGHT, PRINT

from .letter_parts import write
from .letter_styles import WIDE, element
from .stamp import safe

_TWIPS = 567
"""How many of the format's units make a centimetre."""
_SIZE, _SMALL, _MANY = 9.0, 8.0, 7
"""The type of a table in points, that of small words and of a table of so many columns."""
_PAD = 100
"""Beside the text of a cell, in the format's units."""
_SHORT = 7
"""The most rows of a table that is kept on one page, with what follows it."""
_LONG_ROW = 900
"""The most characters of a row that is kept on one page."""


def table(made: Any, told: Rows) -> None:
    """A real table, its first row marked as its header; rows are not torn apart."""
    from docx.shared import Pt

    held = made.add_table(rows=0, cols=len(told.columns))
    held.autofit = False
    widths = _widths(told)
    _properties(held, widths, told)
    several = [[Cell(text=name) for name in told.columns], *told.rows]
    size = _SMALL if len(told.columns) >= _MANY else _SIZE
    for at, cells in enumerate(several):
        row = held.add_row()
        _marked(row, cells, head=at == 0)
        kept = at == 0 or len(several) <= _SHORT or at == 1
        for number, cell in enumerate(cells):
            width, right = widths[number], number in told.numeric
            _cell(row.cells[number], cell, (width, size), right=right, head=at == 0, kept=kept)
    # Two tables without a paragraph between them would be one; a small one also keeps the next words apart.
    after = made.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(5)
    after.paragraph_format.keep_with_next = len(several) <= _SHORT


def _marked(row: Any, cells: Sequence[Cell], *, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    if sum(len(cell.text) + len(cell.small) for cell in cells) <= _LONG_ROW:
        properties.append(element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))


def _properties(held: Any, widths: Sequence[int], told: Rows) -> None:
    """Fixed widths, lines under rows only, and what the table is called."""
    properties = held._tbl.tblPr
    for name in ("w:tblStyle", "w:tblW", "w:tblLook", "w:tblBorders"):
        for one in properties.xpath(f"./{name}"):
            properties.remove(one)
    line = {"val": "single", "sz": "4", "space": "0", "color": LIGHT.hairline.removeprefix("#")}
    borders = element("w:tblBorders")
    borders.append(element("w:bottom", **line))
    borders.append(element("w:insideH", **line))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(_PAD), type="dxa"))
    layout = properties.xpath("./w:tblLayout")
    for one in layout:
        properties.remove(one)
    look = element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("w:tblInd", w="0", type="dxa"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(margins)
    properties.append(look)
    properties.append(element("w:tblCaption", val=safe(f"{told.caption.label}. {told.caption.text}", 250)))
    for column, wide in zip(held._tbl.tblGrid.xpath("./w:gridCol"), widths, strict=True):
        column.w = wide * 635


def _cell(held: Any, cell: Cell, set_: tuple[int, float], *, right: bool, head: bool, kept: bool) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.shared import Pt, Twips

    width, size = set_
    held.width = Twips(width)
    paragraph = held.paragraphs[0]
    write(paragraph, cell.text, cites=cell.cites)
    _set(paragraph, size, right=right, kept=kept)
    if head:
        held.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        _ruled(held)
        for run in paragraph.runs:
            run.bold = True
    if cell.small:
        from docx.shared import RGBColor

        small = held.add_paragraph()
        write(small, cell.small)
        _set(small, _SMALL, right=right, kept=kept)
        for run in small.runs:
            run.font.color.rgb = RGBColor.from_string(PRINT.muted.removeprefix("#"))
    held.paragraphs[0].paragraph_format.space_before = Pt(2.5)
    held.paragraphs[-1].paragraph_format.space_after = Pt(2.5)


def _set(paragraph: Any, size: float, *, right: bool, kept: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing, form.keep_with_next = 1.05, kept
    if right:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for run in paragraph.runs:
        run.font.size = Pt(size)


def _ruled(held: Any) -> None:
    """The darker line under a cell of the header."""
    border = element("w:tcBorders")
    border.append(element("w:bottom", val="single", sz="8", space="0", color=PRINT.muted.removeprefix("#")))
    held._tc.get_or_add_tcPr().insert_element_before(border, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def _widths(told: Rows) -> list[int]:
    """The widths of the columns, by what each holds, filling the line together."""
    size = _SMALL if len(told.columns) >= _MANY else _SIZE
    around = 2 * _PAD * len(told.columns)

    def measure(text: str, head: bool) -> float:
        # Nothing here knows the font's letters: half its size is about their mean, and capitals are wider.
        wide = sum(0.7 if one.isupper() else 0.3 if one in " .,:;il[]()'’" else 0.56 for one in text)
        return wide * size * 20 * (1.08 if head else 1.0)

    rows = [[safe(cell.text, 2000) for cell in cells] for cells in told.rows]
    columns = list(zip(told.columns, *rows, strict=True))
    found = [round(wide) + 2 * _PAD for wide in column_widths(columns, measure, WIDE * _TWIPS - around)]
    found[-1] += round(WIDE * _TWIPS) - sum(found)
    return found
