"""Small previews of a briefing's items: a chart as its picture, anything else in its own words."""

from __future__ import annotations

from collections import OrderedDict

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.briefing.document import Exhibit, Item, Kind
from explorer.draw.plain import plain
from explorer.draw.theme import LIGHT, Theme
from explorer.pages.chart import Chart

from .typeset import GAP, SMALL, Typeset, colour, scaled

ITEM = int(Qt.ItemDataRole.UserRole)
CHANGED = ITEM + 1
_Index = QModelIndex | QPersistentModelIndex
_CARD = QSize(180, 126)
_COMPACT = QSize(180, 74)
"""Where the window is low: no pictures."""
_PICTURE = QSize(520, 292)
"""A chart's picture is made at this size and shown smaller."""
_MOST_PICTURES = 60
_LONGEST = 400
_PAD = 8
_RADIUS = 6

_DIFFER = "numbers differ"


class Previews(QStyledItemDelegate):
    """Draws an item as a card: its number and kind, what it shows, what it is called."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.compact = False
        self._pictures: OrderedDict[tuple[int, str, float], tuple[Chart, QImage]] = OrderedDict()
        self.wear(Typeset(LIGHT, view.font()))

    def wear(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._theme, self._scale = typeset.theme, typeset.scale
        self._font = scaled(typeset.font, SMALL)
        self._strong = QFont(self._font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._large = scaled(typeset.font, 1.25)
        self._large.setWeight(QFont.Weight.DemiBold)
        self._tiny = scaled(typeset.font, 10 / 13)

    def card(self) -> QSize:
        """The size of every card, with the room around it."""
        size = _COMPACT if self.compact else _CARD
        return QSize(round(size.width() * self._scale) + GAP, round(size.height() * self._scale) + GAP)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        """The same for all."""
        return self.card()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the card."""
        item: Item = index.data(ITEM)
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(rect.left() + 2, rect.top() + 2, rect.width() - GAP, rect.height() - GAP)
        self._surface(painter, box, state)
        inner = box.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        line = painter.fontMetrics().height()
        painter.setFont(self._font)
        line = painter.fontMetrics().height()
        told = f"{index.row() + 1}  {item.kind.value.capitalize()}"
        head = QRect(inner.left(), inner.top(), inner.width(), line)
        if index.data(CHANGED):
            head.setRight(self._changed(painter, head) - GAP)
            painter.setFont(self._font)
        self._line(painter, head, told, self._theme.muted)
        room = inner.adjusted(0, line + 4, 0, 0)
        if self.compact:
            self._words(painter, room, _named(item), self._strong, max(1, room.height() // line))
        elif item.kind in (Kind.CHART, Kind.TABLE):
            room.setBottom(inner.bottom() - 2 * line - 3)
            self._shown(painter, room, item)
            below = QRect(inner.left(), room.bottom() + 4, inner.width(), 2 * line)
            self._words(painter, below, item.heading, self._strong, 2)
        else:
            self._said(painter, room, item, line)
        painter.restore()

    def _surface(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        held = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = self._theme.focus if held else self._theme.accent if selected else self._theme.hairline
        painter.setPen(QPen(colour(edge), 2 if selected else 1))
        painter.setBrush(colour(self._theme.hover if over and not selected else self._theme.page))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _changed(self, painter: QPainter, line: QRect) -> int:
        """Say at the right of the line that numbers differ; returns where that begins."""
        painter.setFont(self._strong)
        painter.setPen(colour(self._theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _DIFFER)
        return line.right() - painter.fontMetrics().horizontalAdvance(_DIFFER)

    def _shown(self, painter: QPainter, room: QRect, item: Item) -> None:
        shown = item.exhibit
        if shown is None:
            return
        if shown.chart is not None and not shown.chart.empty:
            image = self._picture(shown.chart, painter.device().devicePixelRatio())
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.left(), room.top(), size.width(), size.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            painter.setPen(QPen(colour(self._theme.hairline), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        elif shown.table is not None:
            self._table(painter, room, shown)

    def _picture(self, chart: Chart, ratio: float) -> QImage:
        from explorer.draw.picture import picture_image

        key = (hash(chart.alt_text), self._theme.name, ratio)
        held = self._pictures.get(key)
        if held is not None and held[0] == chart:
            return held[1]
        bare = replace(chart, title="", subtitle="", notes=(), source_line="", flags=(), keys=())
        made = picture_image(bare, self._theme, _PICTURE.width(), _PICTURE.height(), ratio)
        wide = round(_CARD.width() * self._scale * ratio)
        made = made.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        self._pictures[key] = (chart, made)
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        return made

    def _table(self, painter: QPainter, room: QRect, shown: Exhibit) -> None:
        """The head and the first rows, two columns of them."""
        table = shown.table
        if table is None:
            return
        painter.setFont(self._tiny)
        high = painter.fontMetrics().height() + 2
        rows = (tuple(table.columns), *(row.cells for row in table.rows))
        half = room.width() // 2
        for number, cells in enumerate(rows[: max(1, room.height() // high)]):
            ink = self._theme.muted if number == 0 else self._theme.text
            for at, cell in enumerate(cells[:2]):
                place = QRect(room.left() + at * half, room.top() + number * high, half - 4, high)
                self._line(painter, place, str(cell), ink)

    def _said(self, painter: QPainter, room: QRect, item: Item, line: int) -> None:
        """What is said, over who says it; a heading or an amount is set large."""
        if item.kind in (Kind.HEADING, Kind.FIGURE):
            self._words(painter, room, item.heading, self._large, room.height() // round(line * 1.3))
            return
        if item.kind is Kind.SUMMARY:
            self._points(painter, room, item, line)
            return
        text = item.notes if item.kind is Kind.NOTE else item.exhibit.text if item.exhibit else ""
        text = text or item.heading
        foot = line if text != item.heading else 0
        upper = room.adjusted(0, 0, 0, -foot - 2)
        self._words(painter, upper, text, self._font, max(1, upper.height() // line))
        if foot:
            painter.setFont(self._strong)
            place = QRect(room.left(), room.bottom() - foot + 1, room.width(), foot)
            self._line(painter, place, item.heading, self._theme.text)

    def _points(self, painter: QPainter, room: QRect, item: Item, line: int) -> None:
        """The first points, each with its lead on a line of its own, over what they are about."""
        foot = QRect(room.left(), room.bottom() - line + 1, room.width(), line)
        top, end = room.top(), foot.top() - 2
        for point in item.exhibit.points if item.exhibit else ():
            if (end - top) // line < 2:
                break
            if point.lead:
                top = self._words(
                    painter, QRect(room.left(), top, room.width(), line), point.lead, self._strong, 1
                )
            below = QRect(room.left(), top, room.width(), end - top)
            top = self._words(painter, below, point.text, self._font, 1 if point.lead else 2)
        painter.setFont(self._font)
        self._line(painter, foot, _named(item), self._theme.muted)

    def _line(self, painter: QPainter, place: QRect, text: str, ink: str) -> None:
        metrics = painter.fontMetrics()
        flat = " ".join(plain(text, _LONGEST, breaks=False).split())
        painter.setPen(colour(ink))
        shown = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _words(self, painter: QPainter, room: QRect, text: str, font: QFont, most: int) -> int:
        """Wrapped lines, the last of them shortened where there are more; returns where they end."""
        painter.setFont(font)
        metrics = painter.fontMetrics()
        flat = " ".join(plain(text, _LONGEST, breaks=False).split())
        layout = QTextLayout(flat, font)
        layout.setTextOption(_wrapping())
        layout.beginLayout()
        top = room.top()
        for number in range(max(1, most)):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            begin = line.textStart()
            more = begin + line.textLength() < len(flat)
            shown = flat[begin : begin + line.textLength()]
            if number == most - 1 and more:
                shown = metrics.elidedText(flat[begin:], Qt.TextElideMode.ElideRight, room.width())
            place = QRect(room.left(), top, room.width(), metrics.height())
            painter.setPen(colour(self._theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown.strip())
            top += metrics.height()
        layout.endLayout()
        return top

    @property
    def theme(self) -> Theme:
        """The colours it draws in."""
        return self._theme


def _named(item: Item) -> str:
    """What an item is called; a summary with its place, as there may be one of several."""
    of = item.exhibit.subtitle if item.exhibit and item.kind is Kind.SUMMARY else ""
    return ", ".join(part for part in (item.heading, of) if part)


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
