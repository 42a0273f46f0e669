"""A chart as a whole picture: title, subtitle, plot, keys, notes and source, set for one size.

Texts wrap and nothing is cut: where the words leave too little room for the plot, the picture grows higher.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QPainter

from explorer.pages.model import Chart, ChartShape, DataPoint
from explorer.render.layout import (
    Box,
    ChartFrame,
    ColourRole,
    FontSet,
    TextPlace,
    TextRun,
    TextStyle,
    lay_beside,
    lay_out,
)
from explorer.render.paint import collect_texts, draw_texts, palette_for
from explorer.render.plot import has_plot, render_frame
from explorer.support import Theme, sanitise

_LEAST_PLOT = 0.4
"""The least part of the asked height that the plot has."""
_WORDS = 2000
_SMALLER = (0.92, 0.84, 0.76, 0.7)
"""In what part of the text size the squares of a map are tried, one after the other, until they fit."""
_ASIDE = 15.0
"""The least width, in letters' heights, of a column of words beside a map."""
_Part = tuple[str, TextStyle, ColourRole]
_MOST_UNWRITTEN = 12
"""The most numbers that are told of in words where they find no room beside their marks."""
_NOTES = 40
"""The most notes that are set; a chart has two or three."""


class PictureComposition(Struct, frozen=True, kw_only=True):
    """A picture laid out in logical pixels. ``left`` and ``top`` are where the frame is put."""

    width: float
    height: float
    left_edge: float
    top: float
    frame: ChartFrame
    texts: tuple[TextRun, ...]
    foot: tuple[TextRun, ...]
    kind: FontSet
    """The type that the frame and the foot are set in."""

    def texts_in_order(self) -> tuple[TextRun, ...]:
        """Every text in the order it is painted in."""
        if not has_plot(self.frame):
            return (*self.texts, *collect_texts(self.frame, self.kind), *self.foot)
        axes = [text for place in (TextPlace.CATEGORY_AXIS, TextPlace.VALUE_AXIS) for text in self._texts_at(place)]
        if self.frame.shape is ChartShape.ROWS:  # the axis at the foot is painted before that at the left
            axes = [*self._texts_at(TextPlace.VALUE_AXIS), *self._texts_at(TextPlace.CATEGORY_AXIS)]
        return (*self.texts, *axes, *collect_texts(self.frame, self.kind, axes=False), *self.foot)

    def _texts_at(self, place: TextPlace) -> list[TextRun]:
        return [text for text in self.frame.texts if text.place is place]


def body_for(width: float, height: float) -> float:
    """The body size in pixels for a picture of this size: what reads well on a slide or a page."""
    return float(round(max(13.0, min(width / 75, height / 42))))


def compose_chart(chart: Chart, kind: FontSet, width: float, height: float, pixel: float) -> PictureComposition:
    """``chart`` set on ``width`` x ``height`` logical pixels; ``pixel`` as for ``layout.lay_out``."""
    margin = round(2 * kind.body)
    room = width - 2 * margin
    head, top = _stack_texts(
        kind,
        ((chart.title, TextStyle.TITLE, ColourRole.TEXT), (chart.subtitle, TextStyle.BODY, ColourRole.MUTED)),
        (margin, margin, room),
    )
    top += kind.body
    foot_parts = [*((note, TextStyle.SMALL, ColourRole.MUTED) for note in chart.notes[:_NOTES])]
    foot_parts += [(chart.source_line, TextStyle.SMALL, ColourRole.MUTED)]
    beside = _compose_beside(chart, kind, foot_parts, Box(margin, top, room, height - margin - top), pixel)
    if beside is not None:
        words, foot, frame, small = beside
        end = max(height, words + margin)
        return PictureComposition(
            width=width, height=end, left_edge=margin, top=top, frame=frame, texts=head, foot=foot, kind=small
        )
    _, under = _stack_texts(kind, foot_parts, (margin, 0.0, room))
    under += kind.body if under else 0.0
    plot = max(height - margin - top - under, _LEAST_PLOT * height)
    frame = lay_out(chart, kind, room, plot, pixel)
    # A picture has no pointer to rest on a mark: what found no room beside it stands below, and the picture
    # grows by it. If the plot gave the room for it, still more would find none.
    foot_parts.insert(0, (_describe_unwritten(chart, frame), TextStyle.SMALL, ColourRole.MUTED))
    foot, bottom = _stack_texts(kind, foot_parts, (margin, top + frame.height + (kind.body if under else 0.0), room))
    end = max(height, bottom + margin)
    # Where the frame came out lower than its room, the foot still stands at the foot.
    return PictureComposition(
        width=width, height=end, left_edge=margin, top=top, frame=frame, texts=head, foot=foot, kind=kind
    )


def _describe_unwritten(chart: Chart, frame: ChartFrame) -> str:
    """The numbers that found no room beside their marks, in a sentence; empty where all are written."""
    labelled_keys = {(mark.stop.figure, mark.stop.name) for mark in frame.marks if mark.label}
    texts = [_strip_spaces(text.text) for text in frame.texts]
    for tick in (*chart.values.ticks, *chart.categories.ticks):  # a number on an axis is no mark's
        if _strip_spaces(tick.label) in texts:
            texts.remove(_strip_spaces(tick.label))
    rows = [[one for one in series.data if one.value is not None] for series in chart.series]
    remaining: list[DataPoint] = []
    # What stands at the end of a line is its last number's.
    for datum in [*(row[-1] for row in rows if row), *(one for row in rows for one in row[:-1])]:
        if (datum.figure, sanitise(datum.name)) in labelled_keys:
            continue
        at = next((n for n, text in enumerate(texts) if _matches_label(text, _strip_spaces(datum.label))), None)
        if at is None:
            remaining.append(datum)
        else:
            texts.pop(at)
    phrases = [f"{datum.name.split(':')[0]}: {datum.label}" for row in rows for datum in row if datum in remaining]
    if len(phrases) > _MOST_UNWRITTEN:
        return f"{len(phrases)} numbers have no room beside their marks; the table has them."
    return f"Without room beside their marks: {'; '.join(phrases)}." if phrases else ""


def _strip_spaces(text: str) -> str:
    return "".join(sanitise(text).split())


def _matches_label(text: str, label: str) -> bool:
    """Whether a text is a label, or a label with the name of its line behind it."""
    return text == label or (text.startswith(label) and text[len(label)].isalpha())


def _compose_beside(
    chart: Chart, kind: FontSet, foot_parts: list[_Part], room: Box, pixel: float
) -> tuple[float, tuple[TextRun, ...], ChartFrame, FontSet] | None:
    """A map with its words beside it, at the foot of the column that its legend stands in.

    None for other charts, and where the column would be too narrow. First comes the y under the whole.
    """
    if chart.shape is not ChartShape.TILES or room.height <= 0:
        return None
    frame, small = _layout_map(chart, kind, room, pixel)
    aside = frame.aside
    if aside is None or aside.width < _ASIDE * kind.body:
        return None
    _, high = _stack_texts(small, foot_parts, (0.0, 0.0, aside.width))
    top = room.y + max(aside.y + 1.5 * kind.body, aside.bottom - high)
    foot, bottom = _stack_texts(small, foot_parts, (room.x + aside.x, top, aside.width))
    return max(bottom, room.y + frame.plot.bottom), foot, frame, small


def _layout_map(chart: Chart, kind: FontSet, room: Box, pixel: float) -> tuple[ChartFrame, FontSet]:
    """A map with its squares set in somewhat smaller type, where it would not fit its room otherwise."""
    small, frame = kind, lay_beside(chart, kind, room.width, room.height, pixel)
    for share in _SMALLER:
        if frame.plot.bottom <= room.height:
            break
        small = kind.at_scale(share)
        frame = lay_beside(chart, small, room.width, room.height, pixel)
    return frame, small


def paint_composition(painter: QPainter, composition: PictureComposition, theme: Theme, kind: FontSet) -> None:
    """Paints the picture at the painter's origin; the page's colour is the caller's."""
    colours = palette_for(theme)
    draw_texts(painter, composition.texts, colours, kind)
    painter.save()
    painter.translate(composition.left_edge, composition.top)
    render_frame(painter, composition.frame, theme, composition.kind)
    painter.restore()
    draw_texts(painter, composition.foot, colours, composition.kind)


def _stack_texts(
    kind: FontSet,
    parts: list[_Part] | tuple[_Part, ...],
    place: tuple[float, float, float],
) -> tuple[tuple[TextRun, ...], float]:
    """Paragraphs under one another at ``place`` (left, top, width); returns them and the y under them."""
    left_edge, y, width = place
    texts: list[TextRun] = []
    for text, lettering, ink in parts:
        clean = sanitise(text, _WORDS)
        if not clean.strip():
            continue
        lines = kind.wrap_text(clean, lettering, width)
        texts += kind.build_text_runs(lines, left_edge, y + kind.baseline_offset(lettering), lettering, ink)
        y += len(lines) * kind.line_height(lettering) + round(0.25 * kind.body)
    return tuple(texts), y
