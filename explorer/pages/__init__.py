"""A question and a library make a page: everything that a surface shows, decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import key_points as key_points
    from .flat_records import (
        COLUMNS as COLUMNS,
        Cell as Cell,
        build_missing_records as build_missing_records,
        build_record as build_record,
    )
    from .key_points import SummaryPoint as SummaryPoint
    from .page_builder import PendingPage as PendingPage, answer as answer, answer_chart_first as answer_chart_first
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        flat_records="COLUMNS Cell build_missing_records build_record",
        key_points="SummaryPoint",
        page_builder="PendingPage answer answer_chart_first",
    )
