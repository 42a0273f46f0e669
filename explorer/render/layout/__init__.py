"""A chart and a size make a frame: where every mark and word goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .annotation_layout import numbered_events as numbered_events
    from .engine import lay_beside as lay_beside, lay_out as lay_out
    from .fonts import FontSet as FontSet, body_size as body_size, document_font as document_font
    from .frame import (
        ANCHOR_SHARES as ANCHOR_SHARES,
        AXES as AXES,
        BandColour as BandColour,
        Box as Box,
        ChartFrame as ChartFrame,
        ColourRole as ColourRole,
        DataMark as DataMark,
        FlagBadge as FlagBadge,
        LegendSwatch as LegendSwatch,
        LinearScale as LinearScale,
        MarkDirection as MarkDirection,
        Stroke as Stroke,
        SwatchKind as SwatchKind,
        Target as Target,
        TextAnchor as TextAnchor,
        TextPlace as TextPlace,
        TextRun as TextRun,
        TextStyle as TextStyle,
    )
    from .value_labels import OPEN_EXTRA as OPEN_EXTRA
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        annotation_layout="numbered_events",
        engine="lay_beside lay_out",
        fonts="FontSet body_size document_font",
        frame=(
            "ANCHOR_SHARES AXES BandColour Box ChartFrame ColourRole DataMark FlagBadge LegendSwatch "
            "LinearScale MarkDirection Stroke SwatchKind Target TextAnchor TextPlace TextRun TextStyle"
        ),
        value_labels="OPEN_EXTRA",
    )
