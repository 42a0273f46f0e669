"""Which figures bear on a question: scope, measures, periods, scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import scope as scope
    from .by_chart import (
        MOST_PLACES as MOST_PLACES,
        breakdown_figures as breakdown_figures,
        by_platform as by_platform,
        can_compare as can_compare,
        comparison_figures as comparison_figures,
        over_time as over_time,
        platforms_over_time as platforms_over_time,
    )
    from .chart_selector import ChartOption as ChartOption, ChartSelector as ChartSelector
    from .figures import FigureQuery as FigureQuery
    from .force_areas import (
        ForceArea as ForceArea,
        MapSelection as MapSelection,
        base_periods as base_periods,
        build_areas as build_areas,
        map_figures as map_figures,
        map_measures as map_measures,
        population as population,
        select_map as select_map,
    )
    from .periods import WHOLE as WHOLE, filter_by_granularity as filter_by_granularity, years_first as years_first
    from .resolved_query import ResolvedQuery as ResolvedQuery, resolve as resolve
    from .scaling import (
        HEADS as HEADS,
        INTERVALS as INTERVALS,
        WITH_INTERVALS as WITH_INTERVALS,
        ScaledFigures as ScaledFigures,
        ScaledValue as ScaledValue,
        find_base_periods as find_base_periods,
        rate_note as rate_note,
        scale_figures as scale_figures,
    )
    from .scope import (
        DefaultMeasuresRepository as DefaultMeasuresRepository,
        SearchableRepository as SearchableRepository,
        default_figures as default_figures,
        unit_rank as unit_rank,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        by_chart=(
            "MOST_PLACES breakdown_figures by_platform can_compare comparison_figures over_time platforms_over_time"
        ),
        chart_selector="ChartOption ChartSelector",
        figures="FigureQuery",
        force_areas=("ForceArea MapSelection base_periods build_areas map_figures map_measures population select_map"),
        periods="WHOLE filter_by_granularity years_first",
        resolved_query="ResolvedQuery resolve",
        scaling=("HEADS INTERVALS ScaledFigures ScaledValue WITH_INTERVALS find_base_periods rate_note scale_figures"),
        scope="DefaultMeasuresRepository SearchableRepository default_figures unit_rank",
    )
