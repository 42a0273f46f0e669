"""The last touches to an SVG that Qt wrote: fonts others have, anchors, and a name for screen readers.

Qt places each text by its left edge as its own font measures it. Another program's font is wider or narrower,
so each text is anchored here at the end that must stay put. Qt writes texts in the order they are painted.
"""

from __future__ import annotations

import re

from .composition import PictureComposition
from .frame import ANCHOR_SHARES, TextAnchor

_FALLBACKS = "'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
_ANCHORS = {TextAnchor.START: "start", TextAnchor.MIDDLE: "middle", TextAnchor.END: "end"}
_TEXT = re.compile(r'(<text [^>]*? x=")([^"]*)(")')
_FAMILY = re.compile(r'font-family="([^"]*)"')
_ROOT = re.compile(r'<svg width="[^"]*" height="[^"]*"')
_GENERIC = ("sans serif", "sans-serif", "sans")


def postprocess_svg(svg: str, composition: PictureComposition) -> str:
    """``svg`` as Qt wrote it for ``composition``, with its fonts, anchors and name in order."""
    root = (
        f'<svg width="{round(composition.width)}" height="{round(composition.height)}" role="img" xml:lang="en-GB" '
        'aria-labelledby="title desc"'
    )
    svg = _ROOT.sub(root, svg, count=1)
    svg = svg.replace("<title>", '<title id="title">', 1).replace("<desc>", '<desc id="desc">', 1)
    svg = _FAMILY.sub(_replace_family, svg)
    return _anchor_texts(svg, composition)


def _replace_family(match: re.Match[str]) -> str:
    family = match.group(1)
    own = "" if family.lower() in _GENERIC else f"'{family}', "
    return f'font-family="{own}{_FALLBACKS}"'


def _anchor_texts(svg: str, composition: PictureComposition) -> str:
    texts = composition.texts_in_order()
    if len(_TEXT.findall(svg)) != len(texts):
        return svg
    coming = iter(texts)

    def replace_anchor(match: re.Match[str]) -> str:
        text = next(coming)
        x = float(match.group(2)) + text.width * ANCHOR_SHARES[text.anchor]
        return f'{match.group(1)}{x:.6g}" text-anchor="{_ANCHORS[text.anchor]}{match.group(3)}'

    return _TEXT.sub(replace_anchor, svg)
