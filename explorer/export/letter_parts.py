"""What a Word document is put together from: styles, pictures with alt text, tables with header rows."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from explorer.briefing.document import Briefing
from explorer.draw.theme import PRINT

from .stamp import made_on, safe

_FONT = "Arial"
_WIDE = 16.5
"""The width of a picture, in centimetres, on A4 with margins of 2.2."""


def prepare(made: Any, briefing: Briefing) -> None:
    """Page, styles, properties, language and page numbers."""
    from docx.shared import Cm

    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
    core = made.core_properties
    core.title, core.author = safe(briefing.name, 250), safe(briefing.author, 250)
    core.subject, core.language, core.comments = safe(briefing.audience, 250), "en-GB", made_on()[:250]
    _styles(made)
    _numbers(page.footer.paragraphs[0])


def _styles(made: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    ink, muted = (RGBColor.from_string(text.removeprefix("#")) for text in (PRINT.text, PRINT.muted))
    made.styles.add_style("Source", WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
    sizes = {"Normal": 11, "Title": 26, "Subtitle": 12, "Heading 1": 18, "Heading 2": 14}
    sizes |= {"Caption": 10, "Source": 9, "Quote": 13, "List Bullet": 10, "List Number": 11}
    for name, size in sizes.items():
        style = made.styles[name]
        style.font.size, style.font.name = Pt(size), _FONT
        style.font.color.rgb = muted if name in {"Subtitle", "Source"} else ink
        style.font.italic = False
        _face(style)
        style.paragraph_format.space_after = Pt(6)
    for name in ("Caption", "Heading 1", "Heading 2"):
        made.styles[name].paragraph_format.keep_with_next = True
    made.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    language = made.styles.element.xpath(".//w:docDefaults//w:lang")
    for one in language:
        one.set(f"{{{one.nsmap['w']}}}val", "en-GB")


def _face(style: Any) -> None:
    """The font for every script: theme fonts of the template would win over the name."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    space = fonts.nsmap["w"]
    for key in list(fonts.attrib):
        if "heme" in key:
            del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{{{space}}}{script}", _FONT)


def _numbers(paragraph: Any) -> None:
    """The number of the page, as a field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("Page ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def picture(made: Any, content: bytes, name: str, described: str) -> None:
    """A picture in a paragraph of its own, with its text alternative."""
    from docx.shared import Cm

    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(content), width=Cm(_WIDE))
    properties = shape._inline.docPr
    properties.set("name", safe(name, 250))
    properties.set("descr", safe(described, 4000))


def table(made: Any, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[int]) -> None:
    """A real table: its first row is a header that is repeated on every page; rows are not torn apart."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    held = made.add_table(rows=0, cols=len(columns), style="Table Grid")
    held.autofit = False
    widths = _widths(columns, rows)
    for at, cells in enumerate([columns, *rows]):
        row = held.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[number]
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(safe(text))
            run.bold, run.font.size = at == 0, Pt(9)
            paragraph.paragraph_format.space_after = Pt(1)
            if number in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """The widths of the columns, by their longest texts within bounds, filling the line together."""
    from docx.shared import Cm

    longest = [max(len(text) for text in column) for column in zip(columns, *rows, strict=True)]
    shares = [min(max(length, 9), 42) for length in longest]
    return [Cm(_WIDE * share / sum(shares)) for share in shares]


def raise_numbers(paragraph: Any, numbers: Sequence[int]) -> None:
    """The numbers of sources, raised, each a link to its place in the list."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for number in dict.fromkeys(numbers):
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"source{number}")
        run = paragraph.add_run(f"[{number}]")
        run.font.superscript = True
        link.append(run._r)
        paragraph._p.append(link)


def bookmarked(paragraph: Any, number: int) -> None:
    """Make the paragraph the place that links to source ``number`` lead to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(number))
        if name.endswith("Start"):
            mark.set(qn("w:name"), f"source{number}")
            paragraph._p.insert(1, mark)
        else:
            paragraph._p.append(mark)
