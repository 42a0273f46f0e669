"""A frame, painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import shapes as shapes
    from .painter import (
        ThemePalette as ThemePalette,
        collect_texts as collect_texts,
        draw_stroke as draw_stroke,
        draw_texts as draw_texts,
        in_painting_order as in_painting_order,
        looks_for as looks_for,
        paint_frame as paint_frame,
        paint_keys as paint_keys,
        palette_for as palette_for,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        painter=(
            "ThemePalette collect_texts draw_stroke draw_texts in_painting_order looks_for paint_frame paint_keys "
            "palette_for"
        ),
    )
