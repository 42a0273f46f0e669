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

from explorer.support import sanitise

from .structure import HIGH, Link, StructureElement, StructureTree, to_pdf_y

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


class PdfTagging(Struct, frozen=True, kw_only=True):
    """What a painted document is, beside its pages."""

    root: StructureElement
    marks: Sequence[Sequence[StructureElement | None]]
    """For each page the part that each mark opens, in order; None for what is no part, such as a rule."""
    headings: Sequence[tuple[int, str, int, float]] = ()
    """Level, text, page and y of each heading."""
    links: Sequence[Link] = ()
    targets: Mapping[int, tuple[int, float]]
    """Page and y of each number that a link leads to."""
    title: str
    author: str
    subject: str = ""


def tag_pdf(pdf: bytes, tagging: PdfTagging) -> bytes:
    """``pdf`` as a tagged one. Raises ValueError where marks are missing."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.pdf_header = "%PDF-1.7"  # the version that what is added here belongs to
    for number, page_marks in enumerate(tagging.marks):
        _mark_page(writer, number, page_marks)
    _restore_spaces(writer)
    tree = StructureTree(writer, len(tagging.marks))
    tree.add_links(tagging.links, tagging.targets)
    tree.write_tree(tagging.root)
    catalog: Any = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    viewer_preferences = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(viewer_preferences)
    title, author = (sanitise(text, 500, breaks=False) for text in (tagging.title, tagging.author))
    about = {"/Title": title, "/Author": author, "/Subject": tagging.subject}
    writer.add_metadata({name: text for name, text in about.items() if text})
    _write_metadata(writer, title, author)
    _add_bookmarks(writer, tagging.headings)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _mark_page(writer: PdfWriter, number: int, page_marks: Sequence[StructureElement | None]) -> None:
    """Turn the painted marks of a page into marked content."""
    from pypdf.generic import NameObject, NumberObject, StreamObject

    page: Any = writer.pages[number]
    content = page["/Contents"].get_object()
    mark_count = 0

    def replace_mark(match: re.Match[bytes]) -> bytes:
        nonlocal mark_count
        which = int(match.group(1))
        if which == 0:
            return b"EMC"
        mark_count += 1
        part = page_marks[which - 1]
        if part is None:
            return b"/Artifact BMC"
        return b"/%s <</MCID %d>> BDC" % (part.tag.encode("ascii"), which - 1)

    data = _MARK.sub(replace_mark, content.get_data())
    if mark_count != len(page_marks):
        raise ValueError(f"page {number + 1} holds {mark_count} marks where {len(page_marks)} were painted")
    stream = StreamObject()
    stream.set_data(data)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())  # pyright: ignore[reportPrivateUsage]
    page[NameObject("/StructParents")] = NumberObject(number)
    page[NameObject("/Tabs")] = NameObject("/S")


def _restore_spaces(writer: PdfWriter) -> None:
    """Have what is copied from the pages hold spaces.

    WORKAROUND: Qt gives a glyph the first character that a font has for it, and for the space of many fonts
    that is the tabulator. It can go when Qt writes U+0020 there.
    """
    from pypdf.generic import NameObject, StreamObject

    fonts: dict[int, Any] = {}
    for page in writer.pages:
        page_fonts: Any = page.get("/Resources", {}).get("/Font", {})
        fonts |= {font.indirect_reference.idnum: font for font in (page_fonts[name] for name in page_fonts)}
    for font in fonts.values():
        if "/ToUnicode" in font:
            glyph_map = font["/ToUnicode"].get_data()
            stream = StreamObject()
            stream.set_data(_GLYPHS.sub(lambda match: _TABULATOR.sub(b"<0020>", match.group()), glyph_map))
            font[NameObject("/ToUnicode")] = writer._add_object(stream.flate_encode())  # pyright: ignore[reportPrivateUsage]


def _write_metadata(writer: PdfWriter, title: str, author: str) -> None:
    """Title, author and language once more, as XMP: where readers and archives look for them."""
    from pypdf.generic import NameObject, StreamObject

    creator = _CREATOR.format(author=escape(author)) if author.strip() else ""
    packet = _PACKET.format(title=escape(title), language=LANGUAGE, creator=creator)
    stream = StreamObject()
    stream.set_data(packet.encode("utf-8"))
    stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    catalog: Any = writer.root_object
    catalog[NameObject("/Metadata")] = writer._add_object(stream)  # pyright: ignore[reportPrivateUsage]


def _add_bookmarks(writer: PdfWriter, headings: Sequence[tuple[int, str, int, float]]) -> None:
    from pypdf.generic import Fit

    above: Any = None
    for level, text, page, y in headings:
        bookmark = writer.add_outline_item(
            title=text[:200],
            page_number=page,
            parent=above if level > 1 else None,
            fit=Fit.xyz(left=0, top=to_pdf_y(y), zoom=0),
        )
        if level == 1:
            above = bookmark


# A chart's PDF as a tagged one: a figure with its text alternative, a title and a language. No Qt.


BEGINS, ENDS = (FAR, -1, 1, 1), (FAR, 0, 1, 1)
"""Rectangles that become the marks round the figure."""


def tag_single_figure(pdf: bytes, title: str, description: str, size: tuple[float, float]) -> bytes:
    """``pdf``, of one page of ``size`` pixels that a chart fills, with what a reader is to be told of it."""
    wide, high = size
    root = StructureElement(tag="Document")
    figure = root.add_child("Figure")
    figure.alt = description
    figure.box = (0.0, HIGH - high, wide, HIGH)  # the tree counts from the foot of a page of that height
    tagging = PdfTagging(root=root, marks=((figure,),), targets={}, title=title, author="", subject=description)
    return tag_pdf(pdf, tagging)
