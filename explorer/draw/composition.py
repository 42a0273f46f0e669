"""A chart as a whole picture: title, subtitle, plot, keys, notes and source, set for one size.

Texts wrap and nothing is cut: where the words leave too little room for the plot, the picture grows higher.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QPainter

from explorer.pages.chart import Chart, Datum, Shape

from .frame import Box, Frame, Ink, Lettering, Text
from .layout import lay_beside, lay_out
from .lettering import Type
from .paint import paint, palette, write
from .plain import plain
from .theme import Theme

_LEAST_PLOT = 0.4
"""The least part of the asked height that the plot has."""
_WORDS = 2000
_SMALLER = (0.92, 0.84, 0.76, 0.7)
"""In what part of the text size the squares of a map are tried, one after the other, until they fit."""
_ASIDE = 15.0
"""The least width, in letters' heights, of a column of words beside a map."""
_Part = tuple[str, Lettering, Ink]
_MOST_UNWRITTEN = 12
"""The most numbers that are told of in words where they find no room beside their marks."""
_NOTES = 40
"""The most notes that are set; a chart has two or three."""


class Composition(Struct, frozen=True, kw_only=True):
    """A picture laid out in logical pixels. ``left`` and ``top`` are where the frame is put."""

    width: float
    height: float
    left: float
    top: float
    frame: Frame
    texts: tuple[Text, ...]
    foot: tuple[Text, ...]
    kind: Type
    """The type that the frame and the foot are set in."""

    def lettered(self) -> tuple[Text, ...]:
        """Every text in the order it is painted in."""
        labels = (text for mark in self.frame.marks for text in mark.label)
        return (*self.texts, *self.frame.texts, *labels, *self.foot)


def body_for(width: float, height: float) -> float:
    """The body size in pixels for a picture of this size: what reads well on a slide or a page."""
    return float(round(max(13.0, min(width / 75, height / 42))))


def compose(chart: Chart, kind: Type, width: float, height: float, pixel: float) -> Composition:
    """``chart`` set on ``width`` x ``height`` logical pixels; ``pixel`` as for ``layout.lay_out``."""
    margin = round(2 * kind.body)
    room = width - 2 * margin
    head, top = _stack(
        kind,
        ((chart.title, Lettering.TITLE, Ink.TEXT), (chart.subtitle, Lettering.BODY, Ink.MUTED)),
        (margin, margin, room),
    )
    top += kind.body
    said = [*((note, Lettering.SMALL, Ink.MUTED) for note in chart.notes[:_NOTES])]
    said += [(chart.source_line, Lettering.SMALL, Ink.MUTED)]
    beside = _beside(chart, kind, said, Box(margin, top, room, height - margin - top), pixel)
    if beside is not None:
        words, foot, frame, small = beside
        end = max(height, words + margin)
        return Composition(
            width=width, height=end, left=margin, top=top, frame=frame, texts=head, foot=foot, kind=small
        )
    _, under = _stack(kind, said, (margin, 0.0, room))
    under += kind.body if under else 0.0
    plot = max(height - margin - top - under, _LEAST_PLOT * height)
    frame = lay_out(chart, kind, room, plot, pixel)
    # A picture has no pointer to rest on a mark: what found no room beside it stands below, and the picture
    # grows by it. If the plot gave the room for it, still more would find none.
    said.insert(0, (_unwritten(chart, frame), Lettering.SMALL, Ink.MUTED))
    foot, bottom = _stack(kind, said, (margin, top + frame.height + (kind.body if under else 0.0), room))
    end = max(height, bottom + margin)
    # Where the frame came out lower than its room, the foot still stands at the foot.
    return Composition(
        width=width, height=end, left=margin, top=top, frame=frame, texts=head, foot=foot, kind=kind
    )


def _unwritten(chart: Chart, frame: Frame) -> str:
    """The numbers that found no room beside their marks, in a sentence; empty where all are written."""
    labelled = {(mark.stop.figure, mark.stop.name) for mark in frame.marks if mark.label}
    texts = [_flat(text.text) for text in frame.texts]
    for tick in (*chart.values.ticks, *chart.categories.ticks):  # a number on an axis is no mark's
        if _flat(tick.label) in texts:
            texts.remove(_flat(tick.label))
    rows = [[one for one in series.data if one.value is not None] for series in chart.series]
    left: list[Datum] = []
    # What stands at the end of a line is its last number's.
    for datum in [*(row[-1] for row in rows if row), *(one for row in rows for one in row[:-1])]:
        if (datum.figure, plain(datum.name)) in labelled:
            continue
        at = next((n for n, text in enumerate(texts) if _begins(text, _flat(datum.label))), None)
        if at is None:
            left.append(datum)
        else:
            texts.pop(at)
    told = [f"{datum.name.split(':')[0]}: {datum.label}" for row in rows for datum in row if datum in left]
    if len(told) > _MOST_UNWRITTEN:
        return f"{len(told)} numbers have no room beside their marks; the table has them."
    return f"Without room beside their marks: {'; '.join(told)}." if told else ""


def _flat(text: str) -> str:
    return "".join(plain(text).split())


def _begins(text: str, label: str) -> bool:
    """Whether a text is a label, or a label with the name of its line behind it."""
    return text == label or (text.startswith(label) and text[len(label)].isalpha())


def _beside(
    chart: Chart, kind: Type, said: list[_Part], room: Box, pixel: float
) -> tuple[float, tuple[Text, ...], Frame, Type] | None:
    """A map with its words beside it, at the foot of the column that its legend stands in.

    None for other charts, and where the column would be too narrow. First comes the y under the whole.
    """
    if chart.shape is not Shape.TILES or room.height <= 0:
        return None
    frame, small = _map(chart, kind, room, pixel)
    aside = frame.aside
    if aside is None or aside.width < _ASIDE * kind.body:
        return None
    _, high = _stack(small, said, (0.0, 0.0, aside.width))
    top = room.y + max(aside.y + 1.5 * kind.body, aside.bottom - high)
    foot, bottom = _stack(small, said, (room.x + aside.x, top, aside.width))
    return max(bottom, room.y + frame.plot.bottom), foot, frame, small


def _map(chart: Chart, kind: Type, room: Box, pixel: float) -> tuple[Frame, Type]:
    """A map with its squares set in somewhat smaller type, where it would not fit its room otherwise."""
    small, frame = kind, lay_beside(chart, kind, room.width, room.height, pixel)
    for share in _SMALLER:
        if frame.plot.bottom <= room.height:
            break
        small = kind.scaled(share)
        frame = lay_beside(chart, small, room.width, room.height, pixel)
    return frame, small


def paint_composition(painter: QPainter, made: Composition, theme: Theme, kind: Type) -> None:
    """Paints the picture at the painter's origin; the page's colour is the caller's."""
    colours = palette(theme)
    write(painter, made.texts, colours, kind)
    painter.save()
    painter.translate(made.left, made.top)
    paint(painter, made.frame, theme, made.kind)
    painter.restore()
    write(painter, made.foot, colours, made.kind)


def _stack(
    kind: Type,
    parts: list[_Part] | tuple[_Part, ...],
    place: tuple[float, float, float],
) -> tuple[tuple[Text, ...], float]:
    """Paragraphs under one another at ``place`` (left, top, width); returns them and the y under them."""
    left, y, width = place
    texts: list[Text] = []
    for said, lettering, ink in parts:
        clean = plain(said, _WORDS)
        if not clean.strip():
            continue
        lines = kind.wrap(clean, lettering, width)
        texts += kind.texts(lines, left, y + kind.baseline(lettering), lettering, ink)
        y += len(lines) * kind.line(lettering) + round(0.25 * kind.body)
    return tuple(texts), y
