"""PowerPoint's own list of sections: a name over the slides from one on, to find the way in a long deck."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .stamp import safe_text

if TYPE_CHECKING:
    from pptx.presentation import Presentation

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
