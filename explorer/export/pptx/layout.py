"""Where things stand on a slide: read from the template's own layout, so that another template is followed.

All lengths are inches. Sizes of letters are made for a slide that is 7.5 inches high and scale with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from explorer.documents import safe_text

from .text_fit import LEADING, count_lines

if TYPE_CHECKING:
    from pptx.presentation import Presentation


INCH = 914_400
_HIGH = 7.5
_POINTS = 72.0
Box = tuple[float, float, float, float]
"""Left, top, width and height."""
_EYEBROW, _UNDER, _FOOT, _GAP = 0.3, 0.4, 1.0, 0.1
_TITLE = 28.0
_BOLD = 1.08
"""How much wider bold letters are."""
_SMALLER = (1.0, 0.86, 0.75, 0.64)
"""In what part of its size a title is tried, until it fits into its box."""
_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class SlideArea(Struct, frozen=True, kw_only=True):
    """The boxes of a slide."""

    title: str
    """As much of the title as its box holds."""
    title_size: float | None
    """In points; None where the template's own size does."""
    eyebrow: Box
    under: Box
    body: Box
    foot: Box
    scale: float

    def full_body(self) -> Box:
        """The room from under the title to the foot of the slide, where no line stands there."""
        left_edge, top, wide, high = self.under
        return left_edge, top + high / 2, wide, self.foot[1] + self.foot[3] - top - high / 2

    def scaled_size(self, points: float) -> float:
        """A size of letters, made for a slide of the usual height, on this one."""
        return round(points * self.scale, 1)


def to_emu(box: Box) -> tuple[int, int, int, int]:
    """A box in the units of the file."""
    left_edge, top, wide, high = (round(side * INCH) for side in box)
    return left_edge, top, wide, high


def size_in_points(box: Box) -> tuple[float, float]:
    """The width and the height of a box in points."""
    return box[2] * _POINTS, box[3] * _POINTS


def content_area(deck: Presentation, layout: Any, title: str) -> SlideArea:
    """The room that a slide of that layout has under a title. Raises ValueError where it has no title."""
    holder = next((one for one in layout.placeholders if one.placeholder_format.idx == 0), None)
    if holder is None:
        raise ValueError(f"The layout “{layout.name}” of the slide template has no title: give it one.")
    scale = (deck.slide_height or round(_HIGH * INCH)) / INCH / _HIGH
    left_edge, top, wide, high = (side / INCH for side in (holder.left, holder.top, holder.width, holder.height))
    usual = _size_of(layout, holder) or _TITLE * scale
    fitted_title, size = _fit_title(safe_text(title, 1000), usual, wide * _POINTS, high * _POINTS)
    title_height = high
    if _is_top_anchored(holder):
        title_height = min(high, count_lines(fitted_title, size * _BOLD, wide * _POINTS) * size * LEADING / _POINTS)
    under = top + title_height + _GAP * scale
    end = _footer_top(layout, (deck.slide_height or 0) / INCH) - _GAP * scale
    body = under + (_UNDER + _GAP) * scale
    foot = end - _FOOT * scale
    return SlideArea(
        title=fitted_title,
        title_size=size if size != usual else None,
        eyebrow=(left_edge, max(0.0, top - _EYEBROW * scale), wide, _EYEBROW * scale),
        under=(left_edge, under, wide, _UNDER * scale),
        body=(left_edge, body, wide, max(1.0, foot - _GAP * scale - body)),
        foot=(left_edge, foot, wide, _FOOT * scale),
        scale=scale,
    )


def _fit_title(title: str, usual: float, wide: float, high: float) -> tuple[str, float]:
    """The title and its size: smaller where it is long, and cut where no size is small enough."""
    size = usual
    for share in _SMALLER:
        size = round(usual * share)
        if count_lines(title, size * _BOLD, wide) * size * LEADING <= high:
            return title, usual if share == 1.0 else size
    while len(title) > 20 and count_lines(f"{title}…", size * _BOLD, wide) * size * LEADING > high:
        title = title[: round(len(title) * 0.9)].rstrip()
    return f"{title}…", size


def _size_of(layout: Any, holder: Any) -> float | None:
    """The size of the title's letters in points, from the layout, its master or the master's styles."""
    master = layout.slide_master
    own = [holder._element, *(p._element for p in master.placeholders if p.placeholder_format.idx == 0)]
    own += [style for style in master._element.iter() if str(style.tag).endswith("}titleStyle")]
    for element in own:
        for level in element.iter(f"{_MAIN}lvl1pPr"):
            for run_properties in level.iter(f"{_MAIN}defRPr"):
                if run_properties.get("sz"):
                    return int(run_properties.get("sz")) / 100
    return None


def _is_top_anchored(holder: Any) -> bool:
    """Whether the title's first line stands at the top of its box."""
    return any(body.get("anchor") == "t" for body in holder._element.iter(f"{_MAIN}bodyPr"))


def _footer_top(layout: Any, high: float) -> float:
    """Where the footer and the number of the slide begin; the slide's edge where it has none."""
    tops = [one.top / INCH for one in footer_placeholders(layout)]
    return min([top for top in tops if top > high * 0.75], default=high - 0.3)


def footer_placeholders(layout: Any) -> list[Any]:
    """The layout's footer and number of the slide."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    placeholder_types = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    return [one for one in layout.placeholders if one.placeholder_format.type in placeholder_types]


# PowerPoint's own list of sections: a name over the slides from one on, to find the way in a long
# deck.


_LISTS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""What the file format calls a list of sections."""
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


def add_sections(deck: Presentation, sections: Sequence[tuple[str, int]]) -> None:
    """Enter the sections: each name with the number of its first slide, 0 first. Empty ones are left out.

    What the template had of its own is taken out, as its slides are.
    """
    root: Any = deck.part._element  # pyright: ignore[reportPrivateUsage]
    for old in root.xpath("./p:extLst/p:ext"):
        if old.get("uri") == _LISTS:
            old.getparent().remove(old)
    ids = [node.get("id") for node in root.xpath("./p:sldIdLst/p:sldId")]
    node = root.makeelement(f"{{{_P14}}}sectionLst", {}, {"p14": _P14})
    for (name, first), (_, last) in pairwise([*sections, ("", len(ids))]):
        if first < last:
            node.append(_build_section(node, safe_text(name, 200) or "Section", ids[first:last]))
    lists = root.xpath("./p:extLst")
    above = lists[0] if lists else root.makeelement(f"{{{_P}}}extLst", {})
    if not lists:
        root.append(above)
    extension = above.makeelement(f"{{{_P}}}ext", {"uri": _LISTS})
    extension.append(node)
    above.append(extension)


def _build_section(parent: Any, name: str, ids: Sequence[str]) -> Any:
    mark = f"{{{uuid.uuid4()}}}".upper()
    section = parent.makeelement(f"{{{_P14}}}section", {"name": name, "id": mark})
    slide_id_list = section.makeelement(f"{{{_P14}}}sldIdLst", {})
    for one in ids:
        slide_id_list.append(slide_id_list.makeelement(f"{{{_P14}}}sldId", {"id": one}))
    section.append(slide_id_list)
    return section
