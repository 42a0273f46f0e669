"""What pages are made of: questions, charts and pages as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import axes as axes
    from .chart import (
        LEAST_PERIODS as LEAST_PERIODS,
        AxisTick as AxisTick,
        Chart as Chart,
        ChartAxis as ChartAxis,
        ChartKind as ChartKind,
        ChartShape as ChartShape,
        ChartTimeline as ChartTimeline,
        ColourBand as ColourBand,
        DataPoint as DataPoint,
        DataSeries as DataSeries,
        DateFlag as DateFlag,
        MapTile as MapTile,
        MarkFill as MarkFill,
        ReferenceLine as ReferenceLine,
        TimelinePeriod as TimelinePeriod,
    )
    from .evidence_library import EvidenceLibrary as EvidenceLibrary
    from .page import (
        Annotation as Annotation,
        Calculation as Calculation,
        CardFact as CardFact,
        ChartChoice as ChartChoice,
        ChartChoices as ChartChoices,
        ChartTable as ChartTable,
        ChartTableRow as ChartTableRow,
        ClaimView as ClaimView,
        DemandView as DemandView,
        DiscrepancySide as DiscrepancySide,
        DiscrepancyView as DiscrepancyView,
        EvidenceCard as EvidenceCard,
        FigureLink as FigureLink,
        OutlineRow as OutlineRow,
        Page as Page,
        PlaceBreadcrumb as PlaceBreadcrumb,
        PlaceMatch as PlaceMatch,
        QuoteView as QuoteView,
        SourceRef as SourceRef,
    )
    from .question import (
        PageView as PageView,
        PanelKind as PanelKind,
        PeriodGranularity as PeriodGranularity,
        QueryChange as QueryChange,
        Question as Question,
        QuestionHistory as QuestionHistory,
        TrendStyle as TrendStyle,
        ValueScale as ValueScale,
        compare_with as compare_with,
        filter_voices as filter_voices,
        mark_events as mark_events,
        open_panel as open_panel,
        open_place as open_place,
        select_chart as select_chart,
        select_figure as select_figure,
        select_period as select_period,
        select_place as select_place,
        set_base_period as set_base_period,
        set_granularity as set_granularity,
        set_grouping as set_grouping,
        set_measure as set_measure,
        set_period_range as set_period_range,
        set_preference as set_preference,
        set_scale as set_scale,
        set_style as set_style,
        set_value_order as set_value_order,
        set_view as set_view,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        chart=(
            "LEAST_PERIODS AxisTick Chart ChartAxis ChartKind ChartShape ChartTimeline ColourBand DataPoint "
            "DataSeries DateFlag MapTile MarkFill ReferenceLine TimelinePeriod"
        ),
        evidence_library="EvidenceLibrary",
        page=(
            "Annotation Calculation CardFact ChartChoice ChartChoices ChartTable ChartTableRow ClaimView "
            "DemandView DiscrepancySide DiscrepancyView EvidenceCard FigureLink OutlineRow Page "
            "PlaceBreadcrumb PlaceMatch QuoteView SourceRef"
        ),
        question=(
            "PageView PanelKind PeriodGranularity QueryChange Question QuestionHistory TrendStyle ValueScale "
            "compare_with filter_voices mark_events open_panel open_place select_chart select_figure "
            "select_period select_place set_base_period set_granularity set_grouping set_measure "
            "set_period_range set_preference set_scale set_style set_value_order set_view"
        ),
    )
