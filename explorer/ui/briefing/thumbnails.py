"""Small previews of a briefing's items: a chart as its picture, anything else in its own words."""

from __future__ import annotations

from collections import OrderedDict

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.briefing import BriefingItem, Exhibit, ItemKind
from explorer.pages.model import Chart
from explorer.support import LIGHT, Theme, sanitise
from explorer.ui.theme import GAP, SMALL, Typeset, colour, scaled_font

ITEM = int(Qt.ItemDataRole.UserRole)
CHANGED_ROLE = ITEM + 1
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


class ItemPreviewDelegate(QStyledItemDelegate):
    """Draws an item as a card: its number and kind, what it shows, what it is called."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.compact = False
        self._pictures: OrderedDict[tuple[int, str, float], tuple[Chart, QImage]] = OrderedDict()
        self.apply_theme(Typeset(LIGHT, view.font()))

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._theme, self._scale = typeset.theme, typeset.scale
        self._font = scaled_font(typeset.font, SMALL)
        self._strong = QFont(self._font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._large = scaled_font(typeset.font, 1.25)
        self._large.setWeight(QFont.Weight.DemiBold)
        self._tiny = scaled_font(typeset.font, 10 / 13)

    def card_size(self) -> QSize:
        """The size of every card, with the room around it."""
        size = _COMPACT if self.compact else _CARD
        return QSize(round(size.width() * self._scale) + GAP, round(size.height() * self._scale) + GAP)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        """The same for all."""
        return self.card_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the card."""
        item: BriefingItem = index.data(ITEM)
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(rect.left() + 2, rect.top() + 2, rect.width() - GAP, rect.height() - GAP)
        self._paint_surface(painter, box, state)
        inner = box.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD + 2)
        line = painter.fontMetrics().height()
        painter.setFont(self._font)
        line = painter.fontMetrics().height()
        kind_label = f"{index.row() + 1}  {item.kind.value.capitalize()}"
        head = QRect(inner.left(), inner.top(), inner.width(), line)
        if index.data(CHANGED_ROLE):
            head.setRight(self._draw_difference_note(painter, head) - GAP)
            painter.setFont(self._font)
        self._draw_line(painter, head, kind_label, self._theme.muted_text)
        room = inner.adjusted(0, line + 4, 0, 0)
        if self.compact:
            self._draw_wrapped_text(painter, room, _item_label(item), self._strong, max(1, room.height() // line))
        elif item.kind in (ItemKind.CHART, ItemKind.TABLE):
            room.setBottom(inner.bottom() - 2 * line - 3)
            self._draw_exhibit(painter, room, item)
            below = QRect(inner.left(), room.bottom() + 4, inner.width(), 2 * line)
            self._draw_wrapped_text(painter, below, item.heading, self._strong, 2)
        else:
            self._draw_text_item(painter, room, item, line)
        painter.restore()

    def _paint_surface(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = is_selected and bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        edge = self._theme.focus if has_focus else self._theme.accent if is_selected else self._theme.hairline
        painter.setPen(QPen(colour(edge), 2 if is_selected else 1))
        painter.setBrush(colour(self._theme.hover if over and not is_selected else self._theme.page))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _draw_difference_note(self, painter: QPainter, line: QRect) -> int:
        """Say at the right of the line that numbers differ; returns where that begins."""
        painter.setFont(self._strong)
        painter.setPen(colour(self._theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _DIFFER)
        return line.right() - painter.fontMetrics().horizontalAdvance(_DIFFER)

    def _draw_exhibit(self, painter: QPainter, room: QRect, item: BriefingItem) -> None:
        exhibit = item.exhibit
        if exhibit is None:
            return
        if exhibit.chart is not None and not exhibit.chart.empty:
            image = self._chart_image(exhibit.chart, painter.device().devicePixelRatio())
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.left(), room.top(), size.width(), size.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            painter.setPen(QPen(colour(self._theme.hairline), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5))
        elif exhibit.table is not None:
            self._draw_table(painter, room, exhibit)

    def _chart_image(self, chart: Chart, ratio: float) -> QImage:
        from explorer.render.image import picture_image

        key = (hash(chart.alt_text), self._theme.name, ratio)
        cached = self._pictures.get(key)
        if cached is not None and cached[0] == chart:
            return cached[1]
        bare = replace(chart, title="", subtitle="", notes=(), source_line="", flags=(), keys=())
        image = picture_image(bare, self._theme, _PICTURE.width(), _PICTURE.height(), ratio)
        wide = round(_CARD.width() * self._scale * ratio)
        image = image.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        self._pictures[key] = (chart, image)
        while len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        return image

    def _draw_table(self, painter: QPainter, room: QRect, exhibit: Exhibit) -> None:
        """The head and the first rows, two columns of them."""
        table = exhibit.table
        if table is None:
            return
        painter.setFont(self._tiny)
        high = painter.fontMetrics().height() + 2
        rows = (tuple(table.columns), *(row.cells for row in table.rows))
        half = room.width() // 2
        for number, cells in enumerate(rows[: max(1, room.height() // high)]):
            ink = self._theme.muted_text if number == 0 else self._theme.text
            for at, cell in enumerate(cells[:2]):
                place = QRect(room.left() + at * half, room.top() + number * high, half - 4, high)
                self._draw_line(painter, place, str(cell), ink)

    def _draw_text_item(self, painter: QPainter, room: QRect, item: BriefingItem, line: int) -> None:
        """What is said, over who says it; a heading or an amount is set large."""
        if item.kind in (ItemKind.HEADING, ItemKind.FIGURE):
            self._draw_wrapped_text(painter, room, item.heading, self._large, room.height() // round(line * 1.3))
            return
        if item.kind is ItemKind.SUMMARY:
            self._draw_points(painter, room, item, line)
            return
        text = item.notes if item.kind is ItemKind.NOTE else item.exhibit.text if item.exhibit else ""
        text = text or item.heading
        foot = line if text != item.heading else 0
        upper = room.adjusted(0, 0, 0, -foot - 2)
        self._draw_wrapped_text(painter, upper, text, self._font, max(1, upper.height() // line))
        if foot:
            painter.setFont(self._strong)
            place = QRect(room.left(), room.bottom() - foot + 1, room.width(), foot)
            self._draw_line(painter, place, item.heading, self._theme.text)

    def _draw_points(self, painter: QPainter, room: QRect, item: BriefingItem, line: int) -> None:
        """The first points, each with its lead on a line of its own, over what they are about."""
        foot = QRect(room.left(), room.bottom() - line + 1, room.width(), line)
        top, end = room.top(), foot.top() - 2
        for point in item.exhibit.points if item.exhibit else ():
            if (end - top) // line < 2:
                break
            if point.lead:
                top = self._draw_wrapped_text(
                    painter, QRect(room.left(), top, room.width(), line), point.lead, self._strong, 1
                )
            below = QRect(room.left(), top, room.width(), end - top)
            top = self._draw_wrapped_text(painter, below, point.text, self._font, 1 if point.lead else 2)
        painter.setFont(self._font)
        self._draw_line(painter, foot, _item_label(item), self._theme.muted_text)

    def _draw_line(self, painter: QPainter, place: QRect, text: str, ink: str) -> None:
        metrics = painter.fontMetrics()
        flat = " ".join(sanitise(text, _LONGEST, breaks=False).split())
        painter.setPen(colour(ink))
        elided_text = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided_text)

    def _draw_wrapped_text(self, painter: QPainter, room: QRect, text: str, font: QFont, most: int) -> int:
        """Wrapped lines, the last of them shortened where there are more; returns where they end."""
        painter.setFont(font)
        metrics = painter.fontMetrics()
        flat = " ".join(sanitise(text, _LONGEST, breaks=False).split())
        layout = QTextLayout(flat, font)
        layout.setTextOption(_build_wrap_option())
        layout.beginLayout()
        top = room.top()
        for number in range(max(1, most)):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            begin = line.textStart()
            more = begin + line.textLength() < len(flat)
            line_text = flat[begin : begin + line.textLength()]
            if number == most - 1 and more:
                line_text = metrics.elidedText(flat[begin:], Qt.TextElideMode.ElideRight, room.width())
            place = QRect(room.left(), top, room.width(), metrics.height())
            painter.setPen(colour(self._theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line_text.strip())
            top += metrics.height()
        layout.endLayout()
        return top

    @property
    def theme(self) -> Theme:
        """The colours it draws in."""
        return self._theme


def _item_label(item: BriefingItem) -> str:
    """What an item is called; a summary with its place, as there may be one of several."""
    of = item.exhibit.subtitle if item.exhibit and item.kind is ItemKind.SUMMARY else ""
    return ", ".join(part for part in (item.heading, of) if part)


def _build_wrap_option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
