"""Type: the fonts of each kind of text, and how wide and how high they set. Measures, draws nothing."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from .frame import Ink, Lettering, Text

BODY = 13.0
"""The body size in pixels at the normal text size; everything else is in proportion to it."""

_SIZES = {
    Lettering.TITLE: 18.0,
    Lettering.BODY: 13.0,
    Lettering.SMALL: 12.0,
    Lettering.LABEL: 13.0,
    Lettering.STRONG: 13.0,
}
_HEAVY = (Lettering.TITLE, Lettering.STRONG)
_REMEMBERED = 4096


class Type:
    """The fonts at one text size, with a memory of what has been measured.

    ``family`` is a font of the wanted family; ``body`` the size of body text in pixels.
    """

    def __init__(self, family: QFont, body: float = BODY) -> None:
        self._family = family
        self.body = body
        self.unit = body / BODY
        self.fonts = {kind: _font(family, kind, body) for kind in Lettering}
        self._metrics = {kind: QFontMetricsF(font) for kind, font in self.fonts.items()}
        heights = {kind: metrics.height() for kind, metrics in self._metrics.items()}
        self._lines = {
            kind: float(math.ceil(max(high, _SIZES[kind] * self.unit * 1.3)))
            for kind, high in heights.items()
        }
        self._bases = {
            kind: (self._lines[kind] - heights[kind]) / 2 + metrics.ascent()
            for kind, metrics in self._metrics.items()
        }
        self._widths: dict[tuple[Lettering, str], float] = {}
        self._wrapped: dict[tuple[Lettering, str, float, int], tuple[str, ...]] = {}

    def scaled(self, share: float) -> Type:
        """The same type, larger or smaller."""
        return Type(self._family, self.body * share)

    def width(self, text: str, kind: Lettering) -> float:
        """How wide ``text`` sets on one line, in pixels."""
        key = (kind, text)
        known = self._widths.get(key)
        if known is None:
            if len(self._widths) > _REMEMBERED:
                self._widths.clear()
            known = self._widths[key] = self._metrics[kind].horizontalAdvance(text)
        return known

    def widest(self, lines: tuple[str, ...], kind: Lettering) -> float:
        """The width of the widest line, 0 where there is none."""
        return max((self.width(line, kind) for line in lines), default=0.0)

    def line(self, kind: Lettering) -> float:
        """The distance from one line of text to the next."""
        return self._lines[kind]

    def baseline(self, kind: Lettering) -> float:
        """How far the baseline lies under the top of its line."""
        return self._bases[kind]

    def texts(
        self, lines: tuple[str, ...], x: float, base: float, kind: Lettering, ink: Ink = Ink.TEXT
    ) -> tuple[Text, ...]:
        """Lines under one another from the left edge ``x``, the first with its baseline at ``base``."""
        step = self.line(kind)
        return tuple(
            Text(line, x, base + number * step, self.width(line, kind), kind, ink)
            for number, line in enumerate(lines)
        )

    def wrap(self, text: str, kind: Lettering, width: float, lines: int = 0) -> tuple[str, ...]:
        """``text`` in lines no wider than ``width``; with ``lines``, no more of them, the last one elided."""
        key = (kind, text, round(width, 1), lines)
        known = self._wrapped.get(key)
        if known is None:
            if len(self._wrapped) > _REMEMBERED:
                self._wrapped.clear()
            known = self._wrapped[key] = self._wrap(text, kind, width, lines)
        return known

    def elide(self, text: str, kind: Lettering, width: float) -> str:
        """``text`` cut with "…" where it is wider than ``width``."""
        if self.width(text, kind) <= width:
            return text
        return self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _wrap(self, text: str, kind: Lettering, width: float, limit: int) -> tuple[str, ...]:
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += self._paragraph(paragraph, kind, width)
        if limit and len(lines) > limit:
            rest = " ".join(lines[limit - 1 :])
            lines = [*lines[: limit - 1], self.elide(rest, kind, width)]
        return tuple(lines)

    def _paragraph(self, text: str, kind: Lettering, width: float) -> list[str]:
        if self.width(text, kind) <= width:
            return [text.strip()]
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.width(longer, kind) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = self._pieces(word, kind, width)
            lines += whole
        return [*lines, line] if line else lines

    def _pieces(self, word: str, kind: Lettering, width: float) -> list[str]:
        """A word cut where it must be, so that no piece is wider than ``width``."""
        pieces: list[str] = []
        while len(word) > 1 and self.width(word, kind) > width:
            size = self._fitting(word, kind, width)
            pieces.append(word[:size])
            word = word[size:]
        return [*pieces, word]

    def _fitting(self, word: str, kind: Lettering, width: float) -> int:
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._metrics[kind].horizontalAdvance(word[:middle]) <= width:
                low = middle
            else:
                high = middle - 1
        return low


def body_size(font: QFont) -> float:
    """The size in pixels that body text has where ``font`` is the widget's own."""
    return float(max(QFontInfo(font).pixelSize(), 6))


def _font(family: QFont, kind: Lettering, body: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(_SIZES[kind] * body / BODY)))
    font.setWeight(QFont.Weight.DemiBold if kind in _HEAVY else QFont.Weight.Normal)
    # Numbers under one another must line up; a font without tabular figures passes this over.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
