"""A table of a Word document: hairlines between rows, columns as wide as they need, a header that repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.documents import DocumentTable, TextCell, column_widths, safe_text
from explorer.support import LIGHT, PRINT

from .elements import WIDE, build_element, write_text

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


def add_table(document: Any, content: DocumentTable) -> None:
    """A real table, its first row marked as its header; rows are not torn apart."""
    from docx.shared import Pt

    docx_table = document.add_table(rows=0, cols=len(content.columns))
    docx_table.autofit = False
    widths = _column_widths(content)
    _set_table_properties(docx_table, widths, content)
    several = [[TextCell(text=name) for name in content.columns], *content.rows]
    size = _SMALL if len(content.columns) >= _MANY else _SIZE
    for at, cells in enumerate(several):
        row = docx_table.add_row()
        _set_row_properties(row, cells, head=at == 0)
        keep_next = at == 0 or len(several) <= _SHORT or at == 1
        for number, cell in enumerate(cells):
            width, right = widths[number], number in content.numeric
            _fill_cell(row.cells[number], cell, (width, size), right=right, head=at == 0, keep_next=keep_next)
    # Two tables without a paragraph between them would be one; a small one also keeps the next words apart.
    after = document.add_paragraph()
    after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(5)
    after.paragraph_format.keep_with_next = len(several) <= _SHORT


def _set_row_properties(row: Any, cells: Sequence[TextCell], *, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    if sum(len(cell.text) + len(cell.small) for cell in cells) <= _LONG_ROW:
        properties.append(build_element("w:cantSplit"))
    if head:
        properties.append(build_element("w:tblHeader"))


def _set_table_properties(docx_table: Any, widths: Sequence[int], content: DocumentTable) -> None:
    """Fixed widths, lines under rows only, and what the table is called."""
    properties = docx_table._tbl.tblPr
    for name in ("w:tblStyle", "w:tblW", "w:tblLook", "w:tblBorders"):
        for one in properties.xpath(f"./{name}"):
            properties.remove(one)
    line = {"val": "single", "sz": "4", "space": "0", "color": LIGHT.hairline.removeprefix("#")}
    borders = build_element("w:tblBorders")
    borders.append(build_element("w:bottom", **line))
    borders.append(build_element("w:insideH", **line))
    margins = build_element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(build_element(f"w:{side}", w=str(_PAD), type="dxa"))
    layout = properties.xpath("./w:tblLayout")
    for one in layout:
        properties.remove(one)
    look = build_element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0")
    properties.append(build_element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(build_element("w:tblInd", w="0", type="dxa"))
    properties.append(borders)
    properties.append(build_element("w:tblLayout", type="fixed"))
    properties.append(margins)
    properties.append(look)
    properties.append(
        build_element("w:tblCaption", val=safe_text(f"{content.caption.label}. {content.caption.text}", 250))
    )
    for column, wide in zip(docx_table._tbl.tblGrid.xpath("./w:gridCol"), widths, strict=True):
        column.w = wide * 635


def _fill_cell(
    docx_cell: Any,
    cell: TextCell,
    width_and_size: tuple[int, float],
    *,
    right: bool,
    head: bool,
    keep_next: bool,
) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.shared import Pt, Twips

    width, size = width_and_size
    docx_cell.width = Twips(width)
    paragraph = docx_cell.paragraphs[0]
    write_text(paragraph, cell.text, cites=cell.cites)
    _format_paragraph(paragraph, size, right=right, keep_next=keep_next)
    if head:
        docx_cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        _add_header_rule(docx_cell)
        for text_run in paragraph.runs:
            text_run.bold = True
    if cell.small:
        from docx.shared import RGBColor

        small = docx_cell.add_paragraph()
        write_text(small, cell.small)
        _format_paragraph(small, _SMALL, right=right, keep_next=keep_next)
        for text_run in small.runs:
            text_run.font.color.rgb = RGBColor.from_string(PRINT.muted_text.removeprefix("#"))
    docx_cell.paragraphs[0].paragraph_format.space_before = Pt(2.5)
    docx_cell.paragraphs[-1].paragraph_format.space_after = Pt(2.5)


def _format_paragraph(paragraph: Any, size: float, *, right: bool, keep_next: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing, form.keep_with_next = 1.05, keep_next
    if right:
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text_run in paragraph.runs:
        text_run.font.size = Pt(size)


def _add_header_rule(docx_cell: Any) -> None:
    """The darker line under a cell of the header."""
    border = build_element("w:tcBorders")
    border.append(build_element("w:bottom", val="single", sz="8", space="0", color=PRINT.muted_text.removeprefix("#")))
    docx_cell._tc.get_or_add_tcPr().insert_element_before(border, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def _column_widths(content: DocumentTable) -> list[int]:
    """The widths of the columns, by what each holds, filling the line together."""
    size = _SMALL if len(content.columns) >= _MANY else _SIZE
    around = 2 * _PAD * len(content.columns)

    def estimate_width(text: str, head: bool) -> float:
        # Nothing here knows the font's letters: half its size is about their mean, and capitals are wider.
        wide = sum(0.7 if one.isupper() else 0.3 if one in " .,:;il[]()'’" else 0.56 for one in text)
        return wide * size * 20 * (1.08 if head else 1.0)

    rows = [[safe_text(cell.text, 2000) for cell in cells] for cells in content.rows]
    columns = list(zip(content.columns, *rows, strict=True))
    widths = [round(wide) + 2 * _PAD for wide in column_widths(columns, estimate_width, WIDE * _TWIPS - around)]
    widths[-1] += round(WIDE * _TWIPS) - sum(widths)
    return widths
