"""A briefing as a PowerPoint deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .deck import iter_pptx as iter_pptx
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        deck="iter_pptx",
    )
