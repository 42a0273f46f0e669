"""Paints a Frame. The same strokes for the screen, a picture, SVG and PDF; it places and words nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from explorer.render.layout import (
    ANCHOR_SHARES,
    AXES,
    BandColour,
    ChartFrame,
    ColourRole,
    DataMark,
    FlagBadge,
    FontSet,
    LegendSwatch,
    MarkDirection,
    Stroke,
    SwatchKind,
    TextRun,
    TextStyle,
)
from explorer.render.paint import shapes
from explorer.support import Theme


class ThemePalette:
    """A theme's colours, ready to paint with."""

    def __init__(self, theme: Theme) -> None:
        self.page = QColor(theme.page)
        self.series = tuple(QColor(colour) for colour in theme.series)
        self.other = QColor(theme.other)
        self.inks = {
            ColourRole.TEXT: QColor(theme.text),
            ColourRole.MUTED: QColor(theme.muted_text),
            ColourRole.GRID: QColor(theme.grid),
            ColourRole.AXIS: QColor(theme.muted_text),
            ColourRole.NEUTRAL: QColor(theme.neutral),
            ColourRole.PAGE: QColor(theme.page),
        }
        self.hover = QColor(theme.hover)
        self.selection = QColor(theme.selection)
        self.accent = QColor(theme.accent)
        self.focus = QColor(theme.focus)
        self.muted_colour = QColor(theme.muted_text)
        self.panel = QColor(theme.panel)
        self._theme = theme
        self._tones: dict[BandColour, tuple[QColor, QColor]] = {}

    def colour_for(self, ink: ColourRole | int) -> QColor:
        """The colour of an ink or of a series' role."""
        if isinstance(ink, ColourRole):
            return self.inks[ink]
        return self.series[ink] if ink < len(self.series) else self.other

    def band_colour_for(self, tone: BandColour) -> QColor:
        """The colour of a map's step."""
        return self._colour_pair(tone)[0]

    def text_colour_for(self, ink: ColourRole | BandColour) -> QColor:
        """The colour of text: of its own ink, or as reads best on the step it stands on."""
        return self.inks[ink] if isinstance(ink, ColourRole) else self._colour_pair(ink)[1]

    def _colour_pair(self, tone: BandColour) -> tuple[QColor, QColor]:
        if tone not in self._tones:
            colour = self._theme.band_colour(tone.value)
            self._tones[tone] = (QColor(colour), QColor(self._theme.text_colour_on(colour)))
        return self._tones[tone]


@lru_cache(maxsize=8)
def palette_for(theme: Theme) -> ThemePalette:
    """The palette of a theme, made once."""
    return ThemePalette(theme)


def paint_frame(painter: QPainter, frame: ChartFrame, theme: Theme, kind: FontSet, selected_figure: str = "") -> None:
    """Paints ``frame``; the figure ``selected_figure`` has its number set stronger.

    For maps, and for pages of documents; other charts are drawn by the items of ``render.plot``.
    """
    colours = palette_for(theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in (*frame.back, *frame.links):
        draw_stroke(painter, stroke, colours)
    looks = looks_for(frame, colours)
    for mark in in_painting_order(frame.marks):
        _draw_mark(painter, mark, colours, looks[mark.role])
    for stroke in frame.front:
        draw_stroke(painter, stroke, colours)
    paint_keys(painter, frame, colours)
    draw_texts(painter, collect_texts(frame, kind, selected_figure), colours, kind)


def looks_for(frame: ChartFrame, colours: ThemePalette) -> dict[int, shapes.MarkLook]:
    """What the marks of each series are painted with, by the series' role."""
    return {
        role: shapes.MarkLook(colours.colour_for(role), colours.page, frame.unit)
        for role in {mark.role for mark in frame.marks}
    }


def in_painting_order(marks: Iterable[DataMark]) -> list[DataMark]:
    """The marks in order: second figures lie on columns, whichever of the two comes first."""
    return sorted(marks, key=lambda mark: mark.way is MarkDirection.POINT)


def paint_keys(painter: QPainter, frame: ChartFrame, colours: ThemePalette) -> None:
    """Paints the samples of legends and keys, and the badges of dated marks."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for swatch in frame.swatches:
        _draw_swatch(painter, swatch, colours, frame.unit)
    for badge in frame.badges:
        _draw_badge(painter, badge, colours, frame.unit)


def draw_texts(painter: QPainter, texts: Iterable[TextRun], colours: ThemePalette, kind: FontSet) -> None:
    """Sets texts as characters, interpreting nothing."""
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    lettering: TextStyle | None = None
    ink: ColourRole | BandColour | None = None
    for text in texts:
        if text.lettering is not lettering:
            lettering = text.lettering
            painter.setFont(kind.fonts[lettering])
        if text.ink != ink:
            ink = text.ink
            painter.setPen(colours.text_colour_for(ink))
        painter.drawText(QPointF(text.x, text.y), text.text)


def collect_texts(frame: ChartFrame, kind: FontSet, selected_figure: str = "", *, axes: bool = True) -> list[TextRun]:
    """Every text in the order it is painted in, with or without the labels of the axes."""
    texts = [text for text in frame.texts if axes or text.place not in AXES]
    for mark in frame.marks:
        if selected_figure and mark.stop.figure == selected_figure:
            texts += [_emphasise_text(t, kind) if t.lettering is TextStyle.LABEL else t for t in mark.label]
        else:
            texts += mark.label
    return texts


def _emphasise_text(text: TextRun, kind: FontSet) -> TextRun:
    width = kind.text_width(text.text, TextStyle.STRONG)
    left_edge = text.x + (text.width - width) * ANCHOR_SHARES[text.anchor]
    return replace(text, x=left_edge, width=width, lettering=TextStyle.STRONG)


def draw_stroke(painter: QPainter, stroke: Stroke, colours: ThemePalette) -> None:
    """Draws a straight line; what is level or plumb lies on whole pixels."""
    level, plumb = stroke.y1 == stroke.y2, stroke.x1 == stroke.x2
    colour = colours.colour_for(stroke.ink)
    if (level or plumb) and not stroke.dash:
        rect = _bar_of(stroke, level=level)
        if stroke.halo:
            rim = stroke.width * 0.75
            painter.fillRect(rect.adjusted(-rim, -rim, rim, rim), colours.page)
        painter.fillRect(rect, colour)
        return
    pen = QPen(colour, stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
    pattern = shapes.dash_pattern(stroke.dash)
    if pattern:
        pen.setDashPattern(pattern)
    painter.setPen(pen)
    painter.drawLine(QPointF(stroke.x1, stroke.y1), QPointF(stroke.x2, stroke.y2))


def _bar_of(stroke: Stroke, *, level: bool) -> QRectF:
    """A level or plumb line as the rectangle it covers, so that a hairline lies on whole pixels."""
    back = 0.0 if stroke.width < 2 and not stroke.centred else stroke.width / 2
    if level:
        return QRectF(min(stroke.x1, stroke.x2), stroke.y1 - back, abs(stroke.x2 - stroke.x1), stroke.width)
    return QRectF(stroke.x1 - back, min(stroke.y1, stroke.y2), stroke.width, abs(stroke.y2 - stroke.y1))


def _draw_mark(painter: QPainter, mark: DataMark, colours: ThemePalette, look: shapes.MarkLook) -> None:
    if mark.body is None:
        return
    if mark.way is MarkDirection.TILE:
        edge = shapes.MarkLook(colours.inks[ColourRole.NEUTRAL], colours.page, look.unit)
        tone = None if mark.tone is None else colours.band_colour_for(mark.tone)
        shapes.draw_tile_square(painter, mark.body, tone, edge, mark.label)
        return
    if mark.way is MarkDirection.POINT:
        if mark.span:
            shapes.draw_span(painter, mark.body.centre[1], *mark.span, look)
        if mark.whisker:
            shapes.draw_whisker(painter, mark.body.centre[0], *mark.whisker, look)
        shapes.draw_point(painter, mark.body, mark.fill, mark.texture, look)
    elif mark.body.width > 0 and mark.body.height > 0:
        shapes.draw_bar(painter, mark.body, mark.fill, mark.texture, mark.way, look)
        if mark.whisker:
            shapes.level_whisker(painter, mark.body, *mark.whisker, look, colours.inks[ColourRole.TEXT])


def _draw_swatch(painter: QPainter, swatch: LegendSwatch, colours: ThemePalette, unit: float) -> None:
    role = ColourRole.NEUTRAL if swatch.role is None else swatch.role
    look = shapes.MarkLook(colours.colour_for(role), colours.page, unit)
    box = swatch.box
    y = box.centre[1]
    if swatch.way is MarkDirection.TILE:
        shapes.draw_tile_square(
            painter, box, None if swatch.tone is None else colours.band_colour_for(swatch.tone), look
        )
        return
    if swatch.sample is SwatchKind.RULE:
        draw_stroke(painter, Stroke(box.x, y, box.right, y, ColourRole.TEXT, 2 * unit), colours)
        return
    shapes.draw_sample(painter, swatch, look)


def _draw_badge(painter: QPainter, badge: FlagBadge, colours: ThemePalette, unit: float) -> None:
    painter.setPen(QPen(colours.inks[ColourRole.NEUTRAL], unit))
    painter.setBrush(colours.page)
    rect = QRectF(badge.box.x, badge.box.y, badge.box.width, badge.box.height)
    bend = 0.0 if badge.square else badge.box.width / 2
    painter.drawRoundedRect(rect.adjusted(unit / 2, unit / 2, -unit / 2, -unit / 2), bend, bend)
