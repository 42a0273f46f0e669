"""The side panel: evidence, quotes, demands, claims, conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .evidence import evidence_contents as evidence_contents
    from .inspector import SidePanel as SidePanel
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        evidence="evidence_contents",
        inspector="SidePanel",
    )
