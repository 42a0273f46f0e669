"""A PDF becomes a tagged one: marks that were painted off the page become marked content. No Qt.

It is given the structure tree of ``structure``, a language, a title that is shown, what it is as metadata,
and bookmarks for the headings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from msgspec import Struct

from .plain import plain
from .structure import Element, Leading, Tree, up

if TYPE_CHECKING:
    from pypdf import PdfWriter

FAR = -3000
"""Where the marks are painted: so far left of the page that nothing of them can be seen."""
LANGUAGE = "en-GB"
_MARK = re.compile(rb"-3000 -?(\d+) 1 1 re\s+f\b")
_GLYPHS = re.compile(rb"\[[^\]]*\]")
"""In a table of what the glyphs of a font mean, their characters."""
_TABULATOR = re.compile(rb"<0009>|<000D>")
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
{creator}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"


class Tagging(Struct, frozen=True, kw_only=True):
    """What a painted document is, beside its pages."""

    root: Element
    marks: Sequence[Sequence[Element | None]]
    """For each page the part that each mark opens, in order; None for what is no part, such as a rule."""
    headings: Sequence[tuple[int, str, int, float]] = ()
    """Level, text, page and y of each heading."""
    links: Sequence[Leading] = ()
    targets: Mapping[int, tuple[int, float]]
    """Page and y of each number that a link leads to."""
    title: str
    author: str
    subject: str = ""


def tagged(pdf: bytes, told: Tagging) -> bytes:
    """``pdf`` as a tagged one. Raises ValueError where marks are missing."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.pdf_header = "%PDF-1.7"  # the version that what is added here belongs to
    for number, opened in enumerate(told.marks):
        _mark_page(writer, number, opened)
    _spaces(writer)
    tree = Tree(writer, len(told.marks))
    tree.link(told.links, told.targets)
    tree.make(told.root)
    catalog: Any = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    shown = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(shown)
    title, author = (plain(text, 500, breaks=False) for text in (told.title, told.author))
    about = {"/Title": title, "/Author": author, "/Subject": told.subject}
    writer.add_metadata({name: text for name, text in about.items() if text})
    _metadata(writer, title, author)
    _bookmarks(writer, told.headings)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _mark_page(writer: PdfWriter, number: int, opened: Sequence[Element | None]) -> None:
    """Turn the painted marks of a page into marked content."""
    from pypdf.generic import NameObject, NumberObject, StreamObject

    page: Any = writer.pages[number]
    content = page["/Contents"].get_object()
    found = 0

    def marked(match: re.Match[bytes]) -> bytes:
        nonlocal found
        which = int(match.group(1))
        if which == 0:
            return b"EMC"
        found += 1
        part = opened[which - 1]
        if part is None:
            return b"/Artifact BMC"
        return b"/%s <</MCID %d>> BDC" % (part.tag.encode("ascii"), which - 1)

    data = _MARK.sub(marked, content.get_data())
    if found != len(opened):
        raise ValueError(f"page {number + 1} holds {found} marks where {len(opened)} were painted")
    made = StreamObject()
    made.set_data(data)
    page[NameObject("/Contents")] = writer._add_object(made.flate_encode())  # pyright: ignore[reportPrivateUsage]
    page[NameObject("/StructParents")] = NumberObject(number)
    page[NameObject("/Tabs")] = NameObject("/S")


def _spaces(writer: PdfWriter) -> None:
    """Have what is copied from the pages hold spaces.

    WORKAROUND: Qt gives a glyph the first character that a font has for it, and for the space of many fonts
    that is the tabulator. It can go when Qt writes U+0020 there.
    """
    from pypdf.generic import NameObject, StreamObject

    fonts: dict[int, Any] = {}
    for page in writer.pages:
        held: Any = page.get("/Resources", {}).get("/Font", {})
        fonts |= {font.indirect_reference.idnum: font for font in (held[name] for name in held)}
    for font in fonts.values():
        if "/ToUnicode" in font:
            told = font["/ToUnicode"].get_data()
            made = StreamObject()
            made.set_data(_GLYPHS.sub(lambda match: _TABULATOR.sub(b"<0020>", match.group()), told))
            font[NameObject("/ToUnicode")] = writer._add_object(made.flate_encode())  # pyright: ignore[reportPrivateUsage]


def _metadata(writer: PdfWriter, title: str, author: str) -> None:
    """Title, author and language once more, as XMP: where readers and archives look for them."""
    from pypdf.generic import NameObject, StreamObject

    creator = _CREATOR.format(author=escape(author)) if author.strip() else ""
    told = _PACKET.format(title=escape(title), language=LANGUAGE, creator=creator)
    made = StreamObject()
    made.set_data(told.encode("utf-8"))
    made[NameObject("/Type")], made[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    catalog: Any = writer.root_object
    catalog[NameObject("/Metadata")] = writer._add_object(made)  # pyright: ignore[reportPrivateUsage]


def _bookmarks(writer: PdfWriter, headings: Sequence[tuple[int, str, int, float]]) -> None:
    from pypdf.generic import Fit

    above: Any = None
    for level, text, page, y in headings:
        made = writer.add_outline_item(
            title=text[:200],
            page_number=page,
            parent=above if level > 1 else None,
            fit=Fit.xyz(left=0, top=up(y), zoom=0),
        )
        if level == 1:
            above = made
