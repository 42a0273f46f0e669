"""The charts: how each kind is composed of figures, as data and without drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import ChartContext as ChartContext, build_context as build_context
    from .options import (
        build_choices as build_choices,
        comparison_candidates as comparison_candidates,
        set_in_timeline as set_in_timeline,
    )
    from .registry import build_table as build_table, chart_types as chart_types, compose_chart as compose_chart
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        context="ChartContext build_context",
        options="build_choices comparison_candidates set_in_timeline",
        registry="build_table chart_types compose_chart",
    )
