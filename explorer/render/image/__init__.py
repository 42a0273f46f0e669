"""A chart as a picture that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .export import (
        ChartFigure as ChartFigure,
        ensure_application as ensure_application,
        figure_png as figure_png,
        picture_image as picture_image,
        render_picture as render_picture,
        write_picture as write_picture,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        export=("ChartFigure ensure_application figure_png picture_image render_picture write_picture"),
    )
