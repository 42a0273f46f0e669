"""The page and the styles of a Word document: one typeface, our accent, a language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct

from explorer.briefing import Briefing
from explorer.documents import NumberedCaption, format_citations, made_on, safe_text
from explorer.support import LIGHT, PRINT

WIDE = 17.0
"""The width of the text in centimetres, on A4 with margins of 2."""
LANGUAGE = "en-GB"
_FONT = "Arial"


class _ParagraphStyle(Struct, frozen=True):
    """How a style is set, in points."""

    size: float
    before: float = 0.0
    after: float = 6.0
    bold: bool = False
    is_muted: bool = False
    keep: bool = False
    indent: float = 0.0
    """In centimetres; the first line hangs by ``hang``."""
    hang: float = 0.0
    lines: float = 1.15


_LOOKS = {
    "Normal": _ParagraphStyle(10.5),
    "Title": _ParagraphStyle(23, after=10, bold=True, keep=True, lines=1.0),
    "Subtitle": _ParagraphStyle(10.5, after=4, is_muted=True, keep=True),
    "Lede": _ParagraphStyle(9, after=10, is_muted=True),
    "Heading 1": _ParagraphStyle(15, before=22, after=6, bold=True, keep=True, lines=1.0),
    "Heading 2": _ParagraphStyle(12, before=16, after=6, bold=True, keep=True, lines=1.0),
    "Caption": _ParagraphStyle(9, before=6, after=4),
    "Quote": _ParagraphStyle(11.5, before=6, after=3, indent=0.5),
    "Speaker": _ParagraphStyle(9, after=10, indent=0.5),
    "List Bullet": _ParagraphStyle(10.5, after=5, indent=0.5, hang=0.5),
    "List Number": _ParagraphStyle(10.5, after=5, indent=0.7, hang=0.7),
    "Note": _ParagraphStyle(9, after=3, indent=0.5, hang=0.5),
    "Source": _ParagraphStyle(9, before=3, after=8, is_muted=True),
    "Reference": _ParagraphStyle(9, after=4, indent=1.0, hang=1.0),
    "Footer": _ParagraphStyle(8, after=0, is_muted=True),
}
_NEW = {
    "Lede": "Normal",
    "Speaker": "Normal",
    "Note": "List Bullet",
    "Source": "Normal",
    "Reference": "Normal",
}
"""Styles that the template does not have, with what each is based on."""


def set_up_page(document: Any) -> None:
    """A4, and the language of everything that has none of its own."""
    from docx.oxml.ns import qn
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    page.footer_distance = Cm(1)
    for one in document.styles.element.xpath(".//w:docDefaults//w:lang"):
        one.getparent().remove(one)
    for run_properties in document.styles.element.xpath(".//w:docDefaults/w:rPrDefault/w:rPr"):
        run_properties.append(build_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    for one in document.settings.element.xpath("./w:themeFontLang"):
        one.set(qn("w:val"), LANGUAGE)


def define_styles(document: Any) -> None:
    """Every style that the document uses."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    for name, base in _NEW.items():
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[base]
    for name, look in _LOOKS.items():
        _apply_style(document.styles[name], look)
    citation_style = document.styles.add_style("Cited", WD_STYLE_TYPE.CHARACTER)
    citation_style.font.color.rgb = RGBColor.from_string(PRINT.accent.removeprefix("#"))
    _add_border(document.styles["Title"], "bottom", PRINT.accent, size=16, space=6)
    _add_border(document.styles["Heading 1"], "top", LIGHT.hairline, size=4, space=8)
    _add_border(document.styles["Quote"], "left", PRINT.accent, size=18, space=8)
    set_tab_stop(document.styles["Reference"], at=1.0, align_left=True)
    set_tab_stop(document.styles["Footer"])


def _apply_style(style: Any, look: _ParagraphStyle) -> None:
    from docx.shared import Cm, Pt, RGBColor

    style.font.size, style.font.name, style.font.bold = Pt(look.size), _FONT, look.bold
    style.font.color.rgb = RGBColor.from_string((PRINT.muted_text if look.is_muted else PRINT.text).removeprefix("#"))
    style.font.italic = False
    _set_font(style)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing, form.keep_with_next, form.widow_control = look.lines, look.keep, True
    if look.indent:
        form.left_indent, form.first_line_indent = Cm(look.indent), Cm(-look.hang)
    # The template's spacing between letters and its contextual spacing would win over ours.
    for one in style.element.xpath("./w:rPr/w:spacing | ./w:rPr/w:kern | ./w:pPr/w:contextualSpacing"):
        one.getparent().remove(one)


def _set_font(style: Any) -> None:
    """The font for every script: theme fonts of the template would win over the name."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    space = fonts.nsmap["w"]
    for key in list(fonts.attrib):
        if "heme" in key:
            del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{{{space}}}{script}", _FONT)


def _add_border(style: Any, side: str, colour: str, *, size: int, space: int) -> None:
    """A line at one side of every paragraph of the style; ``size`` in eighths of a point."""
    properties = style.element.get_or_add_pPr()
    for one in properties.xpath("./w:pBdr"):
        properties.remove(one)
    border = build_element("w:pBdr")
    attributes = {"val": "single", "sz": str(size), "space": str(space), "color": colour.removeprefix("#")}
    border.append(build_element(f"w:{side}", **attributes))
    # The parts of a paragraph's properties have an order, and this one comes before these.
    after = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    properties.insert_element_before(border, *after, "w:outlineLvl", "w:rPr")


def set_tab_stop(style: Any, *, at: float = WIDE, align_left: bool = False) -> None:
    """One tab stop in a style, and none of those it had."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Cm(at), WD_TAB_ALIGNMENT.LEFT if align_left else WD_TAB_ALIGNMENT.RIGHT)


def build_element(name: str, /, **attributes: str) -> Any:
    """An element of the format with its attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    node = OxmlElement(name)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    return node


# What a Word document is put together from: text with its sources, captions that count, pictures,
# lists.


def prepare_document(document: Any, briefing: Briefing) -> None:
    """Page, styles, properties, language and the foot of each page."""
    set_up_page(document)
    define_styles(document)
    core = document.core_properties
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    core.title, core.author = safe_text(briefing.name, 250), safe_text(briefing.author, 250)
    core.subject, core.language, core.comments = safe_text(briefing.audience, 250), "en-GB", made_on()[:250]
    foot = document.sections[0].footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    foot.add_run(f"{safe_text(briefing.name, 90)}\tPage ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def add_field(paragraph: Any, code: str, placeholder: str) -> None:
    """A field that the word processor works out, with what it shows until then."""
    from docx.oxml.ns import qn

    for kind, text in (
        ("begin", ""),
        ("", f" {code} "),
        ("separate", ""),
        ("shown", placeholder),
        ("end", ""),
    ):
        text_run = paragraph.add_run()
        if kind == "shown":
            text_run.text = text
            continue
        part = build_element("w:fldChar", fldCharType=kind) if kind else build_element("w:instrText")
        if not kind:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        text_run._r.append(part)


def write_text(paragraph: Any, text: str, lead: str = "", cites: Sequence[int] = ()) -> None:
    """Text after a bold beginning, and the numbers of its sources behind it."""
    if lead:
        paragraph.add_run(safe_text(lead) + (" " if text else "")).bold = True
    if text:
        paragraph.add_run(safe_text(text))
    raise_numbers(paragraph, cites)


def raise_numbers(paragraph: Any, numbers: Iterable[int]) -> None:
    """The numbers of sources, raised, each a link to its place in the list."""
    for label, number in format_citations(numbers):
        gap = paragraph.add_run(" ")
        gap.font.superscript = True
        link = build_element("w:hyperlink", anchor=f"source{number}", history="1")
        text_run = paragraph.add_run(label)
        text_run.style = paragraph.part.document.styles["Cited"]
        text_run.font.superscript = True
        link.append(text_run._r)
        paragraph._p.append(link)


def add_caption(document: Any, content: NumberedCaption, *, keep: bool) -> None:
    """A caption whose number is a field, so that a list of tables or charts can be made of them."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(f"{content.name} ").bold = True
    before = len(paragraph.runs)
    add_field(paragraph, f"SEQ {content.name} \\* ARABIC", str(content.number))
    for text_run in paragraph.runs[before:]:
        text_run.bold = True
    paragraph.add_run(". ").bold = True
    paragraph.add_run(safe_text(content.text))


def add_picture(document: Any, content: bytes, name: str, alt_text: str) -> None:
    """A picture in a paragraph of its own that stays with its caption, with its text alternative."""
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(content), width=Cm(WIDE))
    for side in "TBLR":
        shape._inline.set(f"dist{side}", "0")  # where it is left out, some programs keep an eighth of an inch
    properties = shape._inline.docPr
    properties.set("name", safe_text(name, 250))
    properties.set("descr", safe_text(alt_text, 4000))


def keep_with_next(paragraph: Any) -> None:
    """Keep the paragraph in one piece and with what follows it."""
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.keep_with_next = True


def new_numbering(document: Any) -> int:
    """A numbering that begins with 1 again; every list has its own."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    numbering_instance = numbering.add_num(abstract)
    numbering_instance.add_lvlOverride(ilvl=0).add_startOverride(1)
    return numbering_instance.numId


def number_paragraph(paragraph: Any, numbering: int) -> None:
    """Make the paragraph an item of that numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def add_bookmark(paragraph: Any, number: int) -> None:
    """Make the paragraph the place that links to source ``number`` lead to."""
    paragraph._p.insert(1, build_element("w:bookmarkStart", id=str(number), name=f"source{number}"))
    paragraph._p.append(build_element("w:bookmarkEnd", id=str(number)))
