"""A frame, painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import shapes as shapes
    from .painter import (
        ThemePalette as ThemePalette,
        draw_texts as draw_texts,
        paint_frame as paint_frame,
        palette_for as palette_for,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        painter="ThemePalette draw_texts paint_frame palette_for",
    )
