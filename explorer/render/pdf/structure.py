"""The structure of a tagged PDF: its tree, what leads back from the pages to it, and its links. No Qt.

Written after ISO 32000-1, 14.7 and 14.8. ``tagging`` puts it into a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from pypdf import PdfWriter


HIGH, TO_POINTS = 1123.0, 0.75
"""The height of a page in pixels, and how many points one is."""

Mark = tuple[int, int]
"""Page and number of a piece of content."""


class StructureElement(Struct):
    """A part of the document: what it is, and its parts and pieces of content in reading order."""

    tag: str
    kids: list[StructureElement | Mark] = field(default_factory=list["StructureElement | Mark"])
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in pixels, of a figure."""
    list_numbering: str = ""
    """Of a list, how its items are marked: "Disc" or "Decimal"."""

    def add_child(self, tag: str) -> StructureElement:
        """A new part at its end."""
        child = StructureElement(tag=tag)
        self.kids.append(child)
        return child


class Link(Struct, frozen=True, kw_only=True):
    """A link on a page: the part that it is, its box in pixels, the number it leads to and what that is."""

    part: StructureElement
    page: int
    box: tuple[float, float, float, float]
    to: int
    description: str


class StructureTree:
    """The objects of the tree while they are made."""

    def __init__(self, writer: PdfWriter, pages: int) -> None:
        self._writer: Any = writer
        self._pages = pages
        self._nodes_by_page: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._links: dict[int, tuple[int, Any]] = {}
        """By the identity of a part: its page and the annotation that it is."""
        self._link_elements: list[Any] = []
        """The part of each annotation, in the order of their numbers."""

    def add_links(self, links: Sequence[Link], targets: Mapping[int, tuple[int, float]]) -> None:
        """Make the annotations of the links; ``targets`` are page and y of each number."""
        from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

        for one in links:
            if one.to not in targets:
                continue
            page, y = targets[one.to]
            place = [
                self._page_ref(page),
                NameObject("/XYZ"),
                FloatObject(0),
                FloatObject(to_pdf_y(y)),
                FloatObject(0),
            ]
            annotation = DictionaryObject()
            annotation[NameObject("/Type")], annotation[NameObject("/Subtype")] = (
                NameObject("/Annot"),
                NameObject("/Link"),
            )
            annotation[NameObject("/Rect")] = _pdf_rect(one.box)
            annotation[NameObject("/Border")] = ArrayObject([FloatObject(0)] * 3)
            annotation[NameObject("/Dest")] = ArrayObject(place)
            annotation[NameObject("/Contents")] = TextStringObject(one.description)
            ref = self._writer._add_object(annotation)
            page_object = self._writer.pages[one.page]
            page_object.setdefault(NameObject("/Annots"), ArrayObject()).append(ref)
            self._links[id(one.part)] = (one.page, ref)

    def write_tree(self, root: StructureElement) -> None:
        """Make the tree and enter it in the file's catalogue."""
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

        top = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        top_ref = self._writer._add_object(top)
        top[NameObject("/K")] = ArrayObject([self._build_object(root, top_ref)])
        numbers = ArrayObject()
        for page, refs in enumerate(self._nodes_by_page):
            page_refs = ArrayObject([refs.get(at, NullObject()) for at in range(max(refs, default=-1) + 1)])
            numbers.extend([NumberObject(page), self._writer._add_object(page_refs)])
        for at, ref in enumerate(self._link_elements):
            numbers.extend([NumberObject(self._pages + at), ref])
        top[NameObject("/ParentTree")] = self._writer._add_object(DictionaryObject({NameObject("/Nums"): numbers}))
        top[NameObject("/ParentTreeNextKey")] = NumberObject(self._pages + len(self._link_elements))
        self._writer.root_object[NameObject("/StructTreeRoot")] = top_ref

    def _build_object(self, part: StructureElement, parent: Any) -> Any:
        """The object of a part with all below it; each of its marks is entered under its page."""
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

        struct_object = DictionaryObject({NameObject("/Type"): NameObject("/StructElem")})
        struct_object[NameObject("/S")], struct_object[NameObject("/P")] = NameObject(f"/{part.tag}"), parent
        ref = self._writer._add_object(struct_object)
        kids = ArrayObject([self._build_kid(kid, ref) for kid in part.kids])
        if id(part) in self._links:
            kids.append(self._attach_annotation(part, ref))
        struct_object[NameObject("/K")] = kids
        if part.alt:
            struct_object[NameObject("/Alt")] = TextStringObject(part.alt)
        attributes = _build_attributes(part)
        if attributes is not None:
            struct_object[NameObject("/A")] = attributes
        return ref

    def _build_kid(self, kid: StructureElement | Mark, ref: Any) -> Any:
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        if isinstance(kid, StructureElement):
            return self._build_object(kid, ref)
        page, number = kid
        self._nodes_by_page[page][number] = ref
        at = DictionaryObject({NameObject("/Type"): NameObject("/MCR")})
        at[NameObject("/MCID")], at[NameObject("/Pg")] = NumberObject(number), self._page_ref(page)
        return at

    def _attach_annotation(self, part: StructureElement, ref: Any) -> Any:
        """That the annotation belongs to the part, and to the annotation which part it belongs to."""
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        page, annotation = self._links[id(part)]
        annotation.get_object()[NameObject("/StructParent")] = NumberObject(self._pages + len(self._link_elements))
        self._link_elements.append(ref)
        at = DictionaryObject({NameObject("/Type"): NameObject("/OBJR")})
        at[NameObject("/Obj")], at[NameObject("/Pg")] = annotation, self._page_ref(page)
        return at

    def _page_ref(self, number: int) -> Any:
        return self._writer.pages[number].indirect_reference


def _build_attributes(part: StructureElement) -> Any:
    """Of a header cell that it heads its column, of a list how it is marked, of a figure where it stands."""
    from pypdf.generic import NameObject

    attributes: dict[str, Any] = {}
    if part.tag == "TH":
        attributes = {"/O": NameObject("/Table"), "/Scope": NameObject("/Column")}
    elif part.list_numbering:
        attributes = {"/O": NameObject("/List"), "/ListNumbering": NameObject(f"/{part.list_numbering}")}
    elif part.box is not None:
        attributes = {
            "/O": NameObject("/Layout"),
            "/Placement": NameObject("/Block"),
            "/BBox": _pdf_rect(part.box),
        }
    return _build_dictionary(attributes) if attributes else None


def _build_dictionary(attributes: Mapping[str, Any]) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(name): value for name, value in attributes.items()})


def to_pdf_y(y: float) -> float:
    """A height in pixels from the top of the page as points from its foot."""
    return round((HIGH - y) * TO_POINTS, 2)


def _pdf_rect(box: tuple[float, float, float, float]) -> Any:
    from pypdf.generic import ArrayObject, FloatObject

    left_edge, top, right, bottom = box
    sides = (round(left_edge * TO_POINTS, 2), to_pdf_y(bottom), round(right * TO_POINTS, 2), to_pdf_y(top))
    return ArrayObject([FloatObject(side) for side in sides])
