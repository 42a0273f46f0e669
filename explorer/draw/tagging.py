"""The tree of a tagged PDF: marks that were painted off the page become marked content. No Qt.

Written after ISO 32000-2, 14.7 and 14.8: a structure tree, a parent tree, a language, a title that is shown,
and bookmarks for the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from pypdf import PdfWriter

FAR = -3000
"""Where the marks are painted: so far left of the page that nothing of them can be seen."""
_MARK = re.compile(rb"-3000 -?(\d+) 1 1 re\s+f\b")
_HIGH, _TO_POINTS = 1123.0, 0.75


class Element(Struct):
    """A part of the document: what it is, its parts, and the marks that hold its content."""

    tag: str
    kids: list[Element] = []
    marks: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Page and number of each piece of its content."""
    alt: str = ""
    box: tuple[float, float, float, float] | None = None

    def add(self, tag: str) -> Element:
        """A new part at its end."""
        made = Element(tag=tag)
        self.kids.append(made)
        return made


def tagged(
    pdf: bytes,
    root: Element,
    marks: Sequence[Sequence[Element | None]],
    headings: Sequence[tuple[int, str, int]],
    told: tuple[str, str],
) -> bytes:
    """``pdf`` as a tagged one. ``told`` are title and author. Raises ValueError where marks are missing."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    for number, opened in enumerate(marks):
        _mark_page(writer, number, opened)
    _tree(writer, root, len(marks))
    catalog: Any = writer.root_object
    catalog[NameObject("/Lang")] = TextStringObject("en-GB")
    catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    shown = {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    catalog[NameObject("/ViewerPreferences")] = DictionaryObject(shown)
    writer.add_metadata({"/Title": told[0][:500], "/Author": told[1][:500]})
    _bookmarks(writer, headings)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _mark_page(writer: PdfWriter, number: int, opened: Sequence[Element | None]) -> None:
    """Turn the painted marks of a page into marked content, and number the parts."""
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
        part.marks.append((number, which - 1))
        return b"/%s <</MCID %d>> BDC" % (part.tag.encode("ascii"), which - 1)

    data = _MARK.sub(marked, content.get_data())
    if found != len(opened):
        raise ValueError(f"page {number + 1} holds {found} marks where {len(opened)} were painted")
    made = StreamObject()
    made.set_data(data)
    page[NameObject("/Contents")] = writer._add_object(made.flate_encode())  # pyright: ignore[reportPrivateUsage]
    page[NameObject("/StructParents")] = NumberObject(number)
    page[NameObject("/Tabs")] = NameObject("/S")


def _tree(writer: PdfWriter, root: Element, pages: int) -> None:
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

    add: Any = writer._add_object  # pyright: ignore[reportPrivateUsage]
    top = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    top_ref = add(top)
    held: list[dict[int, Any]] = [{} for _ in range(pages)]
    document = _made(writer, root, top_ref, held)
    top[NameObject("/K")] = ArrayObject([document])
    numbers = ArrayObject()
    for page, refs in enumerate(held):
        last = max(refs, default=-1)
        listed = ArrayObject([refs.get(at, NullObject()) for at in range(last + 1)])
        numbers.extend([NumberObject(page), add(listed)])
    top[NameObject("/ParentTree")] = add(DictionaryObject({NameObject("/Nums"): numbers}))
    top[NameObject("/ParentTreeNextKey")] = NumberObject(pages)
    catalog: Any = writer.root_object
    catalog[NameObject("/StructTreeRoot")] = top_ref


def _made(writer: PdfWriter, part: Element, parent: Any, held: list[dict[int, Any]]) -> Any:
    """The object of a part with all below it; each of its marks is entered in ``held``."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{part.tag}"),
            NameObject("/P"): parent,
        }
    )
    ref = writer._add_object(made)  # pyright: ignore[reportPrivateUsage]
    kids = ArrayObject([_made(writer, kid, ref, held) for kid in part.kids])
    for page, number in part.marks:
        held[page][number] = ref
        at = {NameObject("/Type"): NameObject("/MCR"), NameObject("/MCID"): NumberObject(number)}
        at[NameObject("/Pg")] = writer.pages[page].indirect_reference  # pyright: ignore[reportArgumentType]
        kids.append(DictionaryObject(at))
    made[NameObject("/K")] = kids
    if part.alt:
        made[NameObject("/Alt")] = TextStringObject(part.alt)
    attributes = _attributes(part)
    if attributes is not None:
        made[NameObject("/A")] = attributes
    return ref


def _attributes(part: Element) -> Any:
    """What is said of a header cell (that it heads its column) and of a figure (where it stands)."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

    if part.tag == "TH":
        told = {NameObject("/O"): NameObject("/Table"), NameObject("/Scope"): NameObject("/Column")}
        return DictionaryObject(told)
    if part.box is None:
        return None
    left, top, right, bottom = part.box
    box = [left, _HIGH - bottom, right, _HIGH - top]
    sides = ArrayObject([FloatObject(round(side * _TO_POINTS, 2)) for side in box])
    return DictionaryObject(
        {
            NameObject("/O"): NameObject("/Layout"),
            NameObject("/Placement"): NameObject("/Block"),
            NameObject("/BBox"): sides,
        }
    )


def _bookmarks(writer: PdfWriter, headings: Sequence[tuple[int, str, int]]) -> None:
    above: Any = None
    for level, text, page in headings:
        made = writer.add_outline_item(
            title=text[:200], page_number=page, parent=above if level > 1 else None
        )
        if level == 1:
            above = made
