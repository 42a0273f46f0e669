"""The structure that makes a PDF readable by assistive technology."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .structure import Link as Link, StructureElement as StructureElement
    from .tagging import (
        BEGINS as BEGINS,
        ENDS as ENDS,
        FAR as FAR,
        PdfTagging as PdfTagging,
        tag_pdf as tag_pdf,
        tag_single_figure as tag_single_figure,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        structure="Link StructureElement",
        tagging="BEGINS ENDS FAR PdfTagging tag_pdf tag_single_figure",
    )
