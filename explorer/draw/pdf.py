"""A chart's PDF as a tagged one: a figure with its text alternative, a title and a language. No Qt.

Whoever paints the chart paints ``BEGINS`` before it and ``ENDS`` after it, which nobody sees.
"""

from __future__ import annotations

from .structure import HIGH, StructureElement
from .tagging import FAR, PdfTagging, tag_pdf

BEGINS, ENDS = (FAR, -1, 1, 1), (FAR, 0, 1, 1)
"""Rectangles that become the marks round the figure."""


def tag_single_figure(pdf: bytes, title: str, description: str, size: tuple[float, float]) -> bytes:
    """``pdf``, of one page of ``size`` pixels that a chart fills, with what a reader is to be told of it."""
    wide, high = size
    root = StructureElement(tag="Document")
    figure = root.add_child("Figure")
    figure.alt = description
    figure.box = (0.0, HIGH - high, wide, HIGH)  # the tree counts from the foot of a page of that height
    tagging = PdfTagging(root=root, marks=((figure,),), targets={}, title=title, author="", subject=description)
    return tag_pdf(pdf, tagging)
