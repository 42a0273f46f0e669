"""Paints a Frame. The same strokes for the screen, a picture, SVG and PDF; it places and words nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from . import shapes, tiles_paint
from .frame import ANCHORED, Badge, Frame, Ink, Lettering, Mark, Sample, Stroke, Swatch, Text, Tone, Way
from .lettering import Type
from .theme import Theme


class Palette:
    """A theme's colours, ready to paint with."""

    def __init__(self, theme: Theme) -> None:
        self.page = QColor(theme.page)
        self.series = tuple(QColor(colour) for colour in theme.series)
        self.other = QColor(theme.other)
        self.inks = {
            Ink.TEXT: QColor(theme.text),
            Ink.MUTED: QColor(theme.muted),
            Ink.GRID: QColor(theme.grid),
            Ink.AXIS: QColor(theme.muted),
            Ink.NEUTRAL: QColor(theme.neutral),
            Ink.PAGE: QColor(theme.page),
        }
        self.hover = QColor(theme.hover)
        self.selection = QColor(theme.selection)
        self.accent = QColor(theme.accent)
        self.focus = QColor(theme.focus)
        self.muted = QColor(theme.muted)
        self.panel = QColor(theme.panel)
        self._theme = theme
        self._tones: dict[Tone, tuple[QColor, QColor]] = {}

    def colour(self, ink: Ink | int) -> QColor:
        """The colour of an ink or of a series' role."""
        if isinstance(ink, Ink):
            return self.inks[ink]
        return self.series[ink] if ink < len(self.series) else self.other

    def tone(self, tone: Tone) -> QColor:
        """The colour of a map's step."""
        return self._toned(tone)[0]

    def ink(self, ink: Ink | Tone) -> QColor:
        """The colour of text: of its own ink, or as reads best on the step it stands on."""
        return self.inks[ink] if isinstance(ink, Ink) else self._toned(ink)[1]

    def _toned(self, tone: Tone) -> tuple[QColor, QColor]:
        if tone not in self._tones:
            colour = self._theme.tone(tone.value)
            self._tones[tone] = (QColor(colour), QColor(self._theme.on(colour)))
        return self._tones[tone]


@lru_cache(maxsize=8)
def palette(theme: Theme) -> Palette:
    """The palette of a theme, made once."""
    return Palette(theme)


def paint(painter: QPainter, frame: Frame, theme: Theme, kind: Type, selected: str = "") -> None:
    """Paints ``frame``; the figure ``selected`` has its number set stronger."""
    colours = palette(theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in (*frame.back, *frame.links):
        _stroke(painter, stroke, colours)
    looks = {
        role: shapes.Look(colours.colour(role), colours.page, frame.unit)
        for role in {mark.role for mark in frame.marks}
    }
    # Second figures lie on columns, whichever of the two comes first.
    for mark in sorted(frame.marks, key=_lies_on):
        _mark(painter, mark, colours, looks[mark.role])
    for stroke in frame.front:
        _stroke(painter, stroke, colours)
    for swatch in frame.swatches:
        _swatch(painter, swatch, colours, frame.unit)
    for badge in frame.badges:
        _badge(painter, badge, colours, frame.unit)
    write(painter, _labels(frame, kind, selected), colours, kind)


def _lies_on(mark: Mark) -> bool:
    return mark.way is Way.POINT


def write(painter: QPainter, texts: Iterable[Text], colours: Palette, kind: Type) -> None:
    """Sets texts as characters, interpreting nothing."""
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    lettering: Lettering | None = None
    ink: Ink | Tone | None = None
    for text in texts:
        if text.lettering is not lettering:
            lettering = text.lettering
            painter.setFont(kind.fonts[lettering])
        if text.ink != ink:
            ink = text.ink
            painter.setPen(colours.ink(ink))
        painter.drawText(QPointF(text.x, text.y), text.text)


def _labels(frame: Frame, kind: Type, selected: str) -> list[Text]:
    texts = list(frame.texts)
    for mark in frame.marks:
        if selected and mark.stop.figure == selected:
            texts += [_stronger(t, kind) if t.lettering is Lettering.LABEL else t for t in mark.label]
        else:
            texts += mark.label
    return texts


def _stronger(text: Text, kind: Type) -> Text:
    width = kind.width(text.text, Lettering.STRONG)
    left = text.x + (text.width - width) * ANCHORED[text.anchor]
    return replace(text, x=left, width=width, lettering=Lettering.STRONG)


def _stroke(painter: QPainter, stroke: Stroke, colours: Palette) -> None:
    level, plumb = stroke.y1 == stroke.y2, stroke.x1 == stroke.x2
    colour = colours.colour(stroke.ink)
    if (level or plumb) and not stroke.dash:
        rect = _bar_of(stroke, level=level)
        if stroke.halo:
            rim = stroke.width * 0.75
            painter.fillRect(rect.adjusted(-rim, -rim, rim, rim), colours.page)
        painter.fillRect(rect, colour)
        return
    pen = QPen(colour, stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
    pattern = shapes.dashes(stroke.dash)
    if pattern:
        pen.setDashPattern(pattern)
    painter.setPen(pen)
    painter.drawLine(QPointF(stroke.x1, stroke.y1), QPointF(stroke.x2, stroke.y2))


def _bar_of(stroke: Stroke, *, level: bool) -> QRectF:
    """A level or plumb line as the rectangle it covers, so that a hairline lies on whole pixels."""
    back = 0.0 if stroke.width < 2 else stroke.width / 2
    if level:
        return QRectF(min(stroke.x1, stroke.x2), stroke.y1 - back, abs(stroke.x2 - stroke.x1), stroke.width)
    return QRectF(stroke.x1 - back, min(stroke.y1, stroke.y2), stroke.width, abs(stroke.y2 - stroke.y1))


def _mark(painter: QPainter, mark: Mark, colours: Palette, look: shapes.Look) -> None:
    if mark.body is None:
        return
    if mark.way is Way.TILE:
        edge = shapes.Look(colours.inks[Ink.NEUTRAL], colours.page, look.unit)
        tone = None if mark.tone is None else colours.tone(mark.tone)
        tiles_paint.square(painter, mark.body, tone, edge, mark.label)
        return
    if mark.way is Way.POINT:
        if mark.span:
            shapes.span(painter, mark.body.middle[1], *mark.span, look)
        if mark.whisker:
            shapes.whisker(painter, mark.body.middle[0], *mark.whisker, look)
        shapes.point(painter, mark.body, mark.fill, mark.texture, look)
    elif mark.body.width > 0 and mark.body.height > 0:
        shapes.bar(painter, mark.body, mark.fill, mark.texture, mark.way, look)
        if mark.whisker:
            shapes.level_whisker(painter, mark.body, *mark.whisker, look, colours.inks[Ink.TEXT])


def _swatch(painter: QPainter, swatch: Swatch, colours: Palette, unit: float) -> None:
    role = Ink.NEUTRAL if swatch.role is None else swatch.role
    look = shapes.Look(colours.colour(role), colours.page, unit)
    box = swatch.box
    y = box.middle[1]
    if swatch.way is Way.TILE:
        tiles_paint.square(painter, box, None if swatch.tone is None else colours.tone(swatch.tone), look)
        return
    if swatch.sample is Sample.RULE:
        _stroke(painter, Stroke(box.x, y, box.right, y, Ink.TEXT, 2 * unit), colours)
        return
    shapes.sample(painter, swatch, look)


def _badge(painter: QPainter, badge: Badge, colours: Palette, unit: float) -> None:
    painter.setPen(QPen(colours.inks[Ink.NEUTRAL], unit))
    painter.setBrush(colours.page)
    rect = QRectF(badge.box.x, badge.box.y, badge.box.width, badge.box.height)
    bend = 0.0 if badge.square else badge.box.width / 2
    painter.drawRoundedRect(rect.adjusted(unit / 2, unit / 2, -unit / 2, -unit / 2), bend, bend)
