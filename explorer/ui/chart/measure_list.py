"""The list of very many measures: names in groups, each with its code, and the chosen one marked.

It shows what it is given and reports the one that is taken; it never takes the keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.pages.model import ChartChoice
from explorer.support import LIGHT
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, colour, scaled_font
from explorer.ui.widgets import ThinBar

MEASURE = int(Qt.ItemDataRole.UserRole)
_MARK = 22
"""The room for the sign of the chosen one, left of every name."""
_MOST_LINES = 2
_Index = QModelIndex | QPersistentModelIndex
_WORD_WRAP = Qt.TextFlag.TextWordWrap


class _MeasureDelegate(QStyledItemDelegate):
    """Draws a group's heading, or a measure with its code at the right."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self.apply_theme(Typeset(LIGHT, view.font()))

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._theme, self._font = typeset.theme, typeset.font
        self._strong = QFont(typeset.font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._head = scaled_font(typeset.font, SMALL)
        self._head.setWeight(QFont.Weight.DemiBold)
        self._mark = round(_MARK * typeset.scale)
        self._code = QFontMetrics(self._font).horizontalAdvance("000AA")

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """A line for a heading, one or two for a name."""
        measure = index.data(MEASURE)
        if measure is None:
            return QSize(100, QFontMetrics(self._head).height() + (GAP if index.row() == 0 else 2 * GAP))
        metrics = QFontMetrics(self._strong if measure.chosen else self._font)
        room = QRect(0, 0, self._name_width(self._view.viewport().width(), measure), 10_000)
        high = metrics.boundingRect(room, _WORD_WRAP, measure.label).height()
        return QSize(100, max(TARGET, min(high, _MOST_LINES * metrics.lineSpacing()) + GAP))

    def _name_width(self, width: int, measure: ChartChoice) -> int:
        """What a name may take of a row's width."""
        return max(60, width - self._mark - GAP - (self._code + GAP if measure.code else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        measure = index.data(MEASURE)
        if measure is None:
            painter.setFont(self._head)
            painter.setPen(colour(self._theme.muted_text))
            line = rect.adjusted(4, 0, -GAP, -2)
            elided_text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignBottom, elided_text)
        else:
            self._paint_surface(painter, rect, option.state)  # pyright: ignore[reportAttributeAccessIssue]
            self._paint_measure(painter, rect, measure)
        painter.restore()

    def _paint_surface(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(self._theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour(self._theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour(self._theme.hover))

    def _paint_measure(self, painter: QPainter, rect: QRect, measure: ChartChoice) -> None:
        if measure.chosen:
            self._paint_tick(painter, rect)
        name = QRect(rect.left() + self._mark, rect.top(), self._name_width(rect.width(), measure), rect.height())
        painter.setFont(self._strong if measure.chosen else self._font)
        painter.setPen(colour(self._theme.text))
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignVCenter | _WORD_WRAP,
            _elide_lines(painter, measure.label, name.width()),
        )
        painter.setFont(self._font)
        painter.setPen(colour(self._theme.muted_text))
        painter.drawText(
            rect.adjusted(0, 0, -GAP, 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            measure.code,
        )

    def _paint_tick(self, painter: QPainter, rect: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._theme.accent), 2))
        middle = QPointF(rect.left() + self._mark / 2 + 1, rect.center().y())
        painter.drawPolyline([middle + QPointF(-4, 0), middle + QPointF(-1, 3), middle + QPointF(5, -4)])


def _elide_lines(painter: QPainter, text: str, width: int) -> str:
    """``text``, shortened where it would take more than two lines."""
    metrics = painter.fontMetrics()
    room = QRect(0, 0, width, 10_000)
    most = _MOST_LINES * metrics.lineSpacing()
    if metrics.boundingRect(room, _WORD_WRAP, text).height() <= most:
        return text
    words = text.split()
    while words and metrics.boundingRect(room, _WORD_WRAP, " ".join(words) + "…").height() > most:
        words.pop()
    return " ".join(words) + "…"


class MeasureList(QListView):
    """The list."""

    measure_chosen = Signal(str)
    """The id of the measure that was taken."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Measures")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._bar = ThinBar(self)
        self.setVerticalScrollBar(self._bar)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self._delegate = _MeasureDelegate(self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._emit_measure)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._delegate.apply_theme(typeset)
        self._bar.apply_theme(typeset.theme)
        self.doItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Names break anew in another width."""
        super().resizeEvent(event)
        self.doItemsLayout()

    def measures(self) -> tuple[ChartChoice, ...]:
        """What is listed."""
        row_data = (self._rows.item(row).data(MEASURE) for row in range(self._rows.rowCount()))
        return tuple(one for one in row_data if one is not None)

    @property
    def current_measure(self) -> ChartChoice | None:
        """The measure that Enter would take."""
        row_data = self.currentIndex().data(MEASURE)
        return row_data if isinstance(row_data, ChartChoice) else None

    def show_groups(self, groups: Sequence[tuple[str, Sequence[ChartChoice]]], current: ChartChoice | None) -> None:
        """List the groups; ``current`` is where the arrows begin."""
        self._rows.clear()
        for group, several in groups:
            self._rows.appendRow(_build_heading(group))
            for one in several:
                self._rows.appendRow(_build_row(one, group))
                if one is current:
                    self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, 0))
        self.setVisible(bool(groups))
        self.show_current()

    def show_current(self) -> None:
        """Bring the current measure into view, with its heading where it is the first."""
        index = self.currentIndex()
        if index.row() <= 1:
            self.scrollToTop()
        else:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def full_height(self) -> int:
        """The height at which every row is in view."""
        return sum(self.sizeHintForRow(row) for row in range(self._rows.rowCount())) + GAP

    def step_row(self, by: int) -> str:
        """Make the next measure the current one, or the one before; gives what a screen reader says of it."""
        rows = self._selectable_rows()
        if not rows:
            return ""
        now = self.currentIndex().row()
        at = rows.index(now) + by if now in rows else 0
        return self._make_current(rows, max(0, min(len(rows) - 1, at)))

    def step_group(self, by: int) -> str:
        """Go to the first measure of the next group, or of this one and then of the one before."""
        rows = self._selectable_rows()
        starts = [row for row in rows if row - 1 not in rows]
        now = self.currentIndex().row()
        there = [row for row in starts if (row > now if by > 0 else row < now)]
        return self._make_current(rows, rows.index(there[0 if by > 0 else -1])) if there else ""

    def take_current(self) -> None:
        """Report the current measure."""
        self._emit_measure(self.currentIndex())

    def _selectable_rows(self) -> list[int]:
        return [row for row in range(self._rows.rowCount()) if self._rows.item(row).data(MEASURE) is not None]

    def _make_current(self, rows: list[int], at: int) -> str:
        index = self._rows.index(rows[at], 0)
        self.setCurrentIndex(index)
        self.scrollTo(self._rows.index(0, 0) if at == 0 else index)
        return f"{index.data(Qt.ItemDataRole.AccessibleTextRole)}, {at + 1} of {len(rows)}"

    def _emit_measure(self, index: _Index) -> None:
        measure = index.data(MEASURE)
        if isinstance(measure, ChartChoice):
            self.measure_chosen.emit(measure.id)


def _build_heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _build_row(measure: ChartChoice, group: str) -> QStandardItem:
    item = QStandardItem(measure.label)
    item.setData(measure, MEASURE)
    item.setToolTip(measure.label)
    code = f"class {measure.code}" if measure.code else ""
    spoken_parts = (measure.label, code, group, "chosen" if measure.chosen else "")
    item.setData(", ".join(part for part in spoken_parts if part), Qt.ItemDataRole.AccessibleTextRole)
    return item
