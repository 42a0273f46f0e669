"""The last touches to an SVG that Qt wrote: fonts others have, anchors, and a name for screen readers.

Qt places each text by its left edge as its own font measures it. Another program's font is wider or narrower,
so each text is anchored here at the end that must stay put. Qt writes texts in the order they are painted.
"""

from __future__ import annotations

import re

from .composition import Composition
from .frame import ANCHORED, Anchor

_FALLBACKS = "'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
_ANCHORS = {Anchor.START: "start", Anchor.MIDDLE: "middle", Anchor.END: "end"}
_TEXT = re.compile(r'(<text [^>]*? x=")([^"]*)(")')
_FAMILY = re.compile(r'font-family="([^"]*)"')
_ROOT = re.compile(r'<svg width="[^"]*" height="[^"]*"')
_GENERIC = ("sans serif", "sans-serif", "sans")


def finished(svg: str, made: Composition) -> str:
    """``svg`` as Qt wrote it for ``made``, with its fonts, anchors and name in order."""
    root = (
        f'<svg width="{round(made.width)}" height="{round(made.height)}" role="img" xml:lang="en-GB" '
        'aria-labelledby="title desc"'
    )
    svg = _ROOT.sub(root, svg, count=1)
    svg = svg.replace("<title>", '<title id="title">', 1).replace("<desc>", '<desc id="desc">', 1)
    svg = _FAMILY.sub(_family, svg)
    return _anchored(svg, made)


def _family(found: re.Match[str]) -> str:
    family = found.group(1)
    own = "" if family.lower() in _GENERIC else f"'{family}', "
    return f'font-family="{own}{_FALLBACKS}"'


def _anchored(svg: str, made: Composition) -> str:
    texts = made.lettered()
    if len(_TEXT.findall(svg)) != len(texts):
        return svg
    coming = iter(texts)

    def anchor(found: re.Match[str]) -> str:
        text = next(coming)
        x = float(found.group(2)) + text.width * ANCHORED[text.anchor]
        return f'{found.group(1)}{x:.6g}" text-anchor="{_ANCHORS[text.anchor]}{found.group(3)}'

    return _TEXT.sub(anchor, svg)
