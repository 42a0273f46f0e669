"""Type: the fonts of each kind of text, and how wide and how high they set. Measures, draws nothing."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QGuiApplication

from .frame import ColourRole, TextRun, TextStyle

BODY = 13.0
"""The body size in pixels at the normal text size; everything else is in proportion to it."""

_SIZES = {
    TextStyle.TITLE: 18.0,
    TextStyle.BODY: 13.0,
    TextStyle.SMALL: 12.0,
    TextStyle.LABEL: 13.0,
    TextStyle.STRONG: 13.0,
}
_HEAVY = (TextStyle.TITLE, TextStyle.STRONG)
_CACHE_LIMIT = 4096


class FontSet:
    """The fonts at one text size, with a memory of what has been measured.

    ``font_family`` is a font of the wanted family; ``body`` the size of body text in pixels.
    """

    def __init__(self, family: QFont, body: float = BODY) -> None:
        self._family = family
        self.body = body
        self.unit = body / BODY
        self.fonts = {kind: _build_font(family, kind, body) for kind in TextStyle}
        self._metrics = {kind: QFontMetricsF(font) for kind, font in self.fonts.items()}
        heights = {kind: metrics.height() for kind, metrics in self._metrics.items()}
        self._lines = {
            kind: float(math.ceil(max(high, _SIZES[kind] * self.unit * 1.3))) for kind, high in heights.items()
        }
        self._bases = {
            kind: (self._lines[kind] - heights[kind]) / 2 + metrics.ascent() for kind, metrics in self._metrics.items()
        }
        self._widths: dict[tuple[TextStyle, str], float] = {}
        self._wrap_cache: dict[tuple[TextStyle, str, float, int], tuple[str, ...]] = {}

    def at_scale(self, share: float) -> FontSet:
        """The same type, larger or smaller."""
        return FontSet(self._family, self.body * share)

    def text_width(self, text: str, kind: TextStyle) -> float:
        """How wide ``text`` sets on one line, in pixels."""
        key = (kind, text)
        cached = self._widths.get(key)
        if cached is None:
            if len(self._widths) > _CACHE_LIMIT:
                self._widths.clear()
            cached = self._widths[key] = self._metrics[kind].horizontalAdvance(text)
        return cached

    def max_line_width(self, lines: tuple[str, ...], kind: TextStyle) -> float:
        """The width of the widest line, 0 where there is none."""
        return max((self.text_width(line, kind) for line in lines), default=0.0)

    def line_height(self, kind: TextStyle) -> float:
        """The distance from one line of text to the next."""
        return self._lines[kind]

    def baseline_offset(self, kind: TextStyle) -> float:
        """How far the baseline lies under the top of its line."""
        return self._bases[kind]

    def build_text_runs(
        self,
        lines: tuple[str, ...],
        x: float,
        base: float,
        kind: TextStyle,
        ink: ColourRole = ColourRole.TEXT,
    ) -> tuple[TextRun, ...]:
        """Lines under one another from the left edge ``x``, the first with its baseline at ``base``."""
        step = self.line_height(kind)
        return tuple(
            TextRun(line, x, base + number * step, self.text_width(line, kind), kind, ink)
            for number, line in enumerate(lines)
        )

    def wrap_text(self, text: str, kind: TextStyle, width: float, lines: int = 0) -> tuple[str, ...]:
        """``text`` in lines no wider than ``width``; with ``lines``, no more of them, the last one elided."""
        key = (kind, text, round(width, 1), lines)
        cached_lines = self._wrap_cache.get(key)
        if cached_lines is None:
            if len(self._wrap_cache) > _CACHE_LIMIT:
                self._wrap_cache.clear()
            cached_lines = self._wrap_cache[key] = self._wrap_lines(text, kind, width, lines)
        return cached_lines

    def elide_text(self, text: str, kind: TextStyle, width: float) -> str:
        """``text`` cut with "…" where it is wider than ``width``."""
        if self.text_width(text, kind) <= width:
            return text
        return self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _wrap_lines(self, text: str, kind: TextStyle, width: float, limit: int) -> tuple[str, ...]:
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += self._wrap_paragraph(paragraph, kind, width)
        if limit and len(lines) > limit:
            rest = " ".join(lines[limit - 1 :])
            lines = [*lines[: limit - 1], self.elide_text(rest, kind, width)]
        return tuple(lines)

    def _wrap_paragraph(self, text: str, kind: TextStyle, width: float) -> list[str]:
        if self.text_width(text, kind) <= width:
            return [text.strip()]
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self.text_width(longer, kind) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = self._break_word(word, kind, width)
            lines += whole
        return [*lines, line] if line else lines

    def _break_word(self, word: str, kind: TextStyle, width: float) -> list[str]:
        """A word cut where it must be, so that no piece is wider than ``width``."""
        pieces: list[str] = []
        while len(word) > 1 and self.text_width(word, kind) > width:
            size = self._count_fitting_chars(word, kind, width)
            pieces.append(word[:size])
            word = word[size:]
        return [*pieces, word]

    def _count_fitting_chars(self, word: str, kind: TextStyle, width: float) -> int:
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


def _build_font(family: QFont, kind: TextStyle, body: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(_SIZES[kind] * body / BODY)))
    font.setWeight(QFont.Weight.DemiBold if kind in _HEAVY else QFont.Weight.Normal)
    # Numbers under one another must line up; a font without tabular figures passes this over.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


# The typeface of documents: the first of a list that the machine has, so that pages look alike.


_FAMILIES = ("Arial", "Helvetica Neue", "Helvetica", "Liberation Sans", "Noto Sans", "Segoe UI")


def font_family() -> str:
    """The family that documents are set in; the application's own where the machine has none of the list."""
    return next((name for name in _FAMILIES if QFontDatabase.hasFamily(name)), QGuiApplication.font().family())


@lru_cache(64)
def document_font(size: int, *, bold: bool = False) -> QFont:
    """The font of a size in pixels of 1/96 inch. It is not to be changed: everybody has the same one."""
    font = QFont(font_family())
    font.setPixelSize(size)
    font.setBold(bold)
    # Letters are measured once and drawn at another scale: a hinted font would set wider at one of them.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Numbers under one another must line up; a font without tabular figures passes this over.
    font.setFeature(QFont.Tag("tnum"), 1)
    # "ff" drawn as one letter is copied from a PDF as one, and a search for "offences" does not find it.
    font.setFeature(QFont.Tag("liga"), 0)
    return font
