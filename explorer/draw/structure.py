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


class Element(Struct):
    """A part of the document: what it is, and its parts and pieces of content in reading order."""

    tag: str
    kids: list[Element | Mark] = field(default_factory=list["Element | Mark"])
    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in pixels, of a figure."""
    listed: str = ""
    """Of a list, how its items are marked: "Disc" or "Decimal"."""

    def add(self, tag: str) -> Element:
        """A new part at its end."""
        made = Element(tag=tag)
        self.kids.append(made)
        return made


class Leading(Struct, frozen=True, kw_only=True):
    """A link on a page: the part that it is, its box in pixels, the number it leads to and what that is."""

    part: Element
    page: int
    box: tuple[float, float, float, float]
    to: int
    told: str


class Tree:
    """The objects of the tree while they are made."""

    def __init__(self, writer: PdfWriter, pages: int) -> None:
        self._writer: Any = writer
        self._pages = pages
        self._held: list[dict[int, Any]] = [{} for _ in range(pages)]
        self._links: dict[int, tuple[int, Any]] = {}
        """By the identity of a part: its page and the annotation that it is."""
        self._linked: list[Any] = []
        """The part of each annotation, in the order of their numbers."""

    def link(self, links: Sequence[Leading], targets: Mapping[int, tuple[int, float]]) -> None:
        """Make the annotations of the links; ``targets`` are page and y of each number."""
        from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

        for one in links:
            if one.to not in targets:
                continue
            page, y = targets[one.to]
            place = [self._page(page), NameObject("/XYZ"), FloatObject(0), FloatObject(up(y)), FloatObject(0)]
            made = DictionaryObject()
            made[NameObject("/Type")], made[NameObject("/Subtype")] = (
                NameObject("/Annot"),
                NameObject("/Link"),
            )
            made[NameObject("/Rect")] = _sides(one.box)
            made[NameObject("/Border")] = ArrayObject([FloatObject(0)] * 3)
            made[NameObject("/Dest")] = ArrayObject(place)
            made[NameObject("/Contents")] = TextStringObject(one.told)
            ref = self._writer._add_object(made)
            held = self._writer.pages[one.page]
            held.setdefault(NameObject("/Annots"), ArrayObject()).append(ref)
            self._links[id(one.part)] = (one.page, ref)

    def make(self, root: Element) -> None:
        """Make the tree and enter it in the file's catalogue."""
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject

        top = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        top_ref = self._writer._add_object(top)
        top[NameObject("/K")] = ArrayObject([self._made(root, top_ref)])
        numbers = ArrayObject()
        for page, refs in enumerate(self._held):
            listed = ArrayObject([refs.get(at, NullObject()) for at in range(max(refs, default=-1) + 1)])
            numbers.extend([NumberObject(page), self._writer._add_object(listed)])
        for at, ref in enumerate(self._linked):
            numbers.extend([NumberObject(self._pages + at), ref])
        top[NameObject("/ParentTree")] = self._writer._add_object(
            DictionaryObject({NameObject("/Nums"): numbers})
        )
        top[NameObject("/ParentTreeNextKey")] = NumberObject(self._pages + len(self._linked))
        self._writer.root_object[NameObject("/StructTreeRoot")] = top_ref

    def _made(self, part: Element, parent: Any) -> Any:
        """The object of a part with all below it; each of its marks is entered under its page."""
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

        made = DictionaryObject({NameObject("/Type"): NameObject("/StructElem")})
        made[NameObject("/S")], made[NameObject("/P")] = NameObject(f"/{part.tag}"), parent
        ref = self._writer._add_object(made)
        kids = ArrayObject([self._kid(kid, ref) for kid in part.kids])
        if id(part) in self._links:
            kids.append(self._annotation(part, ref))
        made[NameObject("/K")] = kids
        if part.alt:
            made[NameObject("/Alt")] = TextStringObject(part.alt)
        attributes = _attributes(part)
        if attributes is not None:
            made[NameObject("/A")] = attributes
        return ref

    def _kid(self, kid: Element | Mark, ref: Any) -> Any:
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        if isinstance(kid, Element):
            return self._made(kid, ref)
        page, number = kid
        self._held[page][number] = ref
        at = DictionaryObject({NameObject("/Type"): NameObject("/MCR")})
        at[NameObject("/MCID")], at[NameObject("/Pg")] = NumberObject(number), self._page(page)
        return at

    def _annotation(self, part: Element, ref: Any) -> Any:
        """That the annotation belongs to the part, and to the annotation which part it belongs to."""
        from pypdf.generic import DictionaryObject, NameObject, NumberObject

        page, annotation = self._links[id(part)]
        annotation.get_object()[NameObject("/StructParent")] = NumberObject(self._pages + len(self._linked))
        self._linked.append(ref)
        at = DictionaryObject({NameObject("/Type"): NameObject("/OBJR")})
        at[NameObject("/Obj")], at[NameObject("/Pg")] = annotation, self._page(page)
        return at

    def _page(self, number: int) -> Any:
        return self._writer.pages[number].indirect_reference


def _attributes(part: Element) -> Any:
    """Of a header cell that it heads its column, of a list how it is marked, of a figure where it stands."""
    from pypdf.generic import NameObject

    told: dict[str, Any] = {}
    if part.tag == "TH":
        told = {"/O": NameObject("/Table"), "/Scope": NameObject("/Column")}
    elif part.listed:
        told = {"/O": NameObject("/List"), "/ListNumbering": NameObject(f"/{part.listed}")}
    elif part.box is not None:
        told = {"/O": NameObject("/Layout"), "/Placement": NameObject("/Block"), "/BBox": _sides(part.box)}
    return _dictionary(told) if told else None


def _dictionary(told: Mapping[str, Any]) -> Any:
    from pypdf.generic import DictionaryObject, NameObject

    return DictionaryObject({NameObject(name): value for name, value in told.items()})


def up(y: float) -> float:
    """A height in pixels from the top of the page as points from its foot."""
    return round((HIGH - y) * TO_POINTS, 2)


def _sides(box: tuple[float, float, float, float]) -> Any:
    from pypdf.generic import ArrayObject, FloatObject

    left, top, right, bottom = box
    sides = (round(left * TO_POINTS, 2), up(bottom), round(right * TO_POINTS, 2), up(top))
    return ArrayObject([FloatObject(side) for side in sides])
