"""The charts: how each kind is composed of figures, as data and without drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import ChartContext as ChartContext, build_context as build_context
    from .data_table import build_table as build_table
    from .options import build_choices as build_choices, comparison_candidates as comparison_candidates
    from .registry import compose_chart as compose_chart
    from .tile_map import map_selection_for as map_selection_for
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        context="ChartContext build_context",
        data_table="build_table",
        options="build_choices comparison_candidates",
        registry="compose_chart",
        tile_map="map_selection_for",
    )
