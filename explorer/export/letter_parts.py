"""What a Word document is put together from: text with its sources, captions that count, pictures, lists.

Its page and its styles are in ``letter_styles``, its tables in ``letter_table``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from explorer.briefing.document import Briefing
from explorer.draw.parts import NumberedCaption, format_citations

from .letter_styles import WIDE, build_element, define_styles, set_up_page
from .stamp import made_on, safe_text


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
