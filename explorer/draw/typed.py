"""Text broken into lines of a width, with a bold beginning and the numbers of sources at its end."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from .faces import face
from .marked import Marked
from .parts import citation
from .plain import plain
from .structure import Element
from .theme import PRINT

LONGEST = 20_000
"""The most characters of a paragraph that are set."""


class Style(Struct, frozen=True):
    """How text is set: its size in pixels, its weight and colour, and how far its lines stand apart."""

    size: int
    bold: bool = False
    muted: bool = False
    leading: float = 1.22
    right: bool = False

    @property
    def ink(self) -> str:
        """Its colour."""
        return PRINT.muted if self.muted else PRINT.text

    @property
    def font(self) -> QFont:
        """Its font."""
        return face(self.size, bold=self.bold)


class Line(Struct):
    """A line of text: its height, and what stands on it. A line may hold numbers of sources only."""

    style: Style
    layout: QTextLayout
    """What ``text`` belongs to, and is gone without."""
    text: QTextLine | None
    high: float
    cites: list[tuple[float, str, int]]
    """Of each number of a source after the text: its x, how it is written and where it leads."""

    def paint(self, sheet: Marked, part: Element | None, left: float, y: float) -> None:
        """Paint it with its top at ``y``; a number of a source is a link of its own within ``part``."""
        metrics = QFontMetricsF(self.style.font)
        if self.text is not None:
            painter = sheet.within(part)
            painter.setPen(QColor(self.style.ink))
            self.text.draw(painter, QPointF(left, y - self.text.y()))
        for x, label, number in self.cites:
            link = part.add("Link") if part is not None else None
            sheet.within(link).setFont(self.style.font)
            sheet.write(left + x, y + metrics.ascent(), label, PRINT.accent)
            if link is not None:
                wide = metrics.horizontalAdvance(label)
                sheet.link(link, (left + x, y, left + x + wide, y + metrics.height()), number)


def typed(
    text: str, style: Style, width: float, lead: str = "", cites: tuple[int, ...] = ()
) -> tuple[Line, ...]:
    """The text in lines no wider than ``width``; a word that is wider is broken. Nothing for no text."""
    lead, text = plain(lead, LONGEST), plain(text, LONGEST)
    whole = f"{lead} {text}" if lead and text else lead or text
    if not whole.strip():
        return ()
    layout = QTextLayout(whole.replace("\n", "\u2028"), style.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if lead:
        layout.setFormats([_bold(len(lead.encode("utf-16-le")) // 2, style)])
    lines = _broken(layout, style, width)
    _cite(lines, style, width, cites)
    return tuple(lines)


def _bold(length: int, style: Style) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = 0, length
    form = QTextCharFormat()
    form.setFont(face(style.size, bold=True))
    made.format = form
    return made


def _broken(layout: QTextLayout, style: Style, width: float) -> list[Line]:
    lines: list[Line] = []
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(width - line.naturalTextWidth() if style.right else 0.0, y))
        high = line.height() * style.leading
        lines.append(Line(style=style, layout=layout, text=line, high=high, cites=[]))
        y += high
    layout.endLayout()
    return lines


def _cite(lines: list[Line], style: Style, width: float, cites: tuple[int, ...]) -> None:
    """Put the numbers of sources after the last line's text, and on new lines where it is full."""
    metrics = QFontMetricsF(style.font)
    space = metrics.horizontalAdvance(" ")
    last = lines[-1]
    x = last.text.naturalTextWidth() + space if last.text is not None else 0.0
    for label, number in citation(cites):
        wide = metrics.horizontalAdvance(label)
        if x + wide > width and x > 0:
            last = Line(style=style, layout=last.layout, text=None, high=last.high, cites=[])
            lines.append(last)
            x = 0.0
        last.cites.append((x, label, number))
        x += wide + space


def high(lines: tuple[Line, ...]) -> float:
    """How high the lines are together."""
    return sum(line.high for line in lines)
