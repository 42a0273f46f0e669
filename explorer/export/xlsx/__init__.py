"""A briefing as an Excel workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .workbook import build_workbook as build_workbook
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        workbook="build_workbook",
    )
