"""Files: the registry of document formats, and the writers of each below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .documents import (
        DOCUMENTS as DOCUMENTS,
        DocumentFormat as DocumentFormat,
        document_of as document_of,
        estimate_steps as estimate_steps,
        write_briefing as write_briefing,
    )
    from .pdf_writer import print_report as print_report
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        documents="DOCUMENTS DocumentFormat document_of estimate_steps write_briefing",
        pdf_writer="print_report",
    )
