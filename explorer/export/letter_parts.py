"""What a Word document is put together from: text with its sources, captions that count, pictures, lists.

Its page and its styles are in ``letter_styles``, its tables in ``letter_table``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from explorer.briefing.document import Briefing
from explorer.draw.parts import Caption, citation

from .letter_styles import WIDE, element, paged, styled
from .stamp import made_on, safe


def prepare(made: Any, briefing: Briefing) -> None:
    """Page, styles, properties, language and the foot of each page."""
    paged(made)
    styled(made)
    core = made.core_properties
    core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    core.title, core.author = safe(briefing.name, 250), safe(briefing.author, 250)
    core.subject, core.language, core.comments = safe(briefing.audience, 250), "en-GB", made_on()[:250]
    foot = made.sections[0].footer.paragraphs[0]
    foot.style = made.styles["Footer"]
    foot.add_run(f"{safe(briefing.name, 90)}\tPage ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field that the word processor works out, with what it shows until then."""
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", f" {code} "), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
            continue
        part = element("w:fldChar", fldCharType=kind) if kind else element("w:instrText")
        if not kind:
            part.set(qn("xml:space"), "preserve")
            part.text = text
        run._r.append(part)


def write(paragraph: Any, text: str, lead: str = "", cites: Sequence[int] = ()) -> None:
    """Text after a bold beginning, and the numbers of its sources behind it."""
    if lead:
        paragraph.add_run(safe(lead) + (" " if text else "")).bold = True
    if text:
        paragraph.add_run(safe(text))
    raise_numbers(paragraph, cites)


def raise_numbers(paragraph: Any, numbers: Iterable[int]) -> None:
    """The numbers of sources, raised, each a link to its place in the list."""
    for label, number in citation(numbers):
        gap = paragraph.add_run(" ")
        gap.font.superscript = True
        link = element("w:hyperlink", anchor=f"source{number}", history="1")
        run = paragraph.add_run(label)
        run.style = paragraph.part.document.styles["Cited"]
        run.font.superscript = True
        link.append(run._r)
        paragraph._p.append(link)


def caption(made: Any, told: Caption, *, keep: bool) -> None:
    """A caption whose number is a field, so that a list of tables or charts can be made of them."""
    paragraph = made.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(f"{told.name} ").bold = True
    before = len(paragraph.runs)
    field(paragraph, f"SEQ {told.name} \\* ARABIC", str(told.number))
    for run in paragraph.runs[before:]:
        run.bold = True
    paragraph.add_run(". ").bold = True
    paragraph.add_run(safe(told.text))


def picture(made: Any, content: bytes, name: str, described: str) -> None:
    """A picture in a paragraph of its own that stays with its caption, with its text alternative."""
    from docx.shared import Cm

    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(content), width=Cm(WIDE))
    for side in "TBLR":
        shape._inline.set(f"dist{side}", "0")  # where it is left out, some programs keep an eighth of an inch
    properties = shape._inline.docPr
    properties.set("name", safe(name, 250))
    properties.set("descr", safe(described, 4000))


def kept(paragraph: Any) -> None:
    """Keep the paragraph in one piece and with what follows it."""
    paragraph.paragraph_format.keep_together = True
    paragraph.paragraph_format.keep_with_next = True


def new_numbering(made: Any) -> int:
    """A numbering that begins with 1 again; every list has its own."""
    numbering = made.part.numbering_part.element
    style = made.styles["List Number"].element
    abstract = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    added = numbering.add_num(abstract)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return added.numId


def number(paragraph: Any, numbering: int) -> None:
    """Make the paragraph an item of that numbering."""
    held = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    held.get_or_add_ilvl().val = 0
    held.get_or_add_numId().val = numbering


def bookmarked(paragraph: Any, number: int) -> None:
    """Make the paragraph the place that links to source ``number`` lead to."""
    paragraph._p.insert(1, element("w:bookmarkStart", id=str(number), name=f"source{number}"))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))
