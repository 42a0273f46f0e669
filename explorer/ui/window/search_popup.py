"""The list under the search field: results in groups with small headings, a line each for title and detail.

It shows results and reports the one that is chosen; it never takes the keyboard from the field.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explorer.pages.search import HEADINGS, SearchResult
from explorer.support import LIGHT
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, colour, scaled_font
from explorer.ui.widgets import ThinBar

RESULT = int(Qt.ItemDataRole.UserRole)
_WIDEST, _RADIUS = 600, 6
_RECENTLY = "Chosen before"
_Index = QModelIndex | QPersistentModelIndex


class ResultDelegate(QStyledItemDelegate):
    """Draws a heading, or a result with its detail under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.apply_theme(Typeset(LIGHT, parent.font()))

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self._theme, self._font = typeset.theme, typeset.font
        self._small = scaled_font(typeset.font, SMALL)
        self._head = QFont(self._small)
        self._head.setWeight(QFont.Weight.DemiBold)
        line, small = QFontMetrics(self._font).height(), QFontMetrics(self._small).height()
        self._heading = small + GAP
        self._plain = max(TARGET, line + GAP)
        self._full = max(TARGET, line + small + GAP)

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """A line for a heading or a bare title, two for a title with its detail."""
        result = index.data(RESULT)
        height = self._heading if result is None else self._full if result.detail else self._plain
        return QSize(100, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        painter.save()
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        result = index.data(RESULT)
        if result is None:
            self._paint_heading(painter, rect, str(index.data()))
        else:
            self._paint_surface(painter, rect, option.state)  # pyright: ignore[reportAttributeAccessIssue]
            self._paint_result(painter, rect.adjusted(2 * GAP, GAP // 2, -2 * GAP, -GAP // 2), result)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        painter.setFont(self._head)
        painter.setPen(colour(self._theme.muted_text))
        painter.drawText(rect.adjusted(2 * GAP, 0, -GAP, -2), Qt.AlignmentFlag.AlignBottom, text)

    def _paint_surface(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(self._theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour(self._theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour(self._theme.hover))

    def _paint_result(self, painter: QPainter, room: QRect, result: SearchResult) -> None:
        top = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine
        if not result.detail:
            top = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._paint_line(painter, room, result.title, self._font, self._theme.text, top)
        if result.detail:
            below = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine
            self._paint_line(painter, room, result.detail, self._small, self._theme.muted_text, below)

    @staticmethod
    def _paint_line(painter: QPainter, room: QRect, text: str, font: QFont, ink: str, how: int) -> None:
        painter.setFont(font)
        painter.setPen(colour(ink))
        elided_text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, how, elided_text)


class SearchList(QWidget):
    """The list with the line over it that says how much was found."""

    result_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset = Typeset(LIGHT, self.font())
        self._line = QLabel(self)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._line.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP // 2)
        self.view = QListView(self)
        self.view.setAccessibleName("Search results")
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._bar = ThinBar(self.view)
        self.view.setVerticalScrollBar(self._bar)
        self._rows = QStandardItemModel(self.view)
        self.view.setModel(self._rows)
        self._delegate = ResultDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.clicked.connect(self._emit_result)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, GAP)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self.view, 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def summary_text(self) -> str:
        """The line over the results."""
        return self._line.text()

    def results(self) -> tuple[SearchResult, ...]:
        """What is listed."""
        row_data = (self._rows.item(row).data(RESULT) for row in range(self._rows.rowCount()))
        return tuple(result for result in row_data if result is not None)

    @property
    def current_result(self) -> SearchResult | None:
        """The result that Enter would take."""
        result = self.view.currentIndex().data(RESULT)
        return result if isinstance(result, SearchResult) else None

    def show_results(self, results: Sequence[SearchResult], summary_text: str, *, recent: bool = False) -> None:
        """List ``results`` under their headings and the line ``summary_text``; the first one is current."""
        self._line.setText(summary_text)
        self._rows.clear()
        last = ""
        for result in results:
            heading = _RECENTLY if recent else HEADINGS[result.kind]
            if heading != last:
                self._rows.appendRow(_build_heading(heading))
                last = heading
            self._rows.appendRow(_build_row(result, heading))
        self.view.setVisible(bool(results))
        if results and not recent:
            self.view.setCurrentIndex(self._rows.index(1, 0))
        self.view.scrollToTop()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        self._typeset = typeset
        self._delegate.apply_theme(typeset)
        self._bar.apply_theme(typeset.theme)
        self._line.setFont(scaled_font(typeset.font, SMALL))
        self._line.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.view.doItemsLayout()

    def place_under(self, field: QWidget) -> None:
        """Show the list under ``field``, within the window, as high as what it holds."""
        window = field.window()
        preferred_width = max(field.width(), round(_WIDEST * min(self._typeset.scale, 1.5)))
        wide = min(preferred_width, window.width() - 2 * GAP)
        corner = field.mapTo(window, QPoint(field.width(), field.height()))
        left_edge = max(GAP, corner.x() - wide)
        room = window.height() - corner.y() - 2 * GAP
        line = self._line.heightForWidth(wide - 2)
        rows = sum(self.view.sizeHintForRow(row) for row in range(self._rows.rowCount()))
        self.setGeometry(left_edge, corner.y() + 4, wide, min(line + rows + GAP + 2, room))
        self.raise_()
        self.show()

    def step_row(self, by: int) -> str:
        """Make the next result the current one, or the one before; gives what a screen reader says of it."""
        rows = self._selectable_rows()
        if not rows:
            return ""
        now = self.view.currentIndex().row()
        if now not in rows:
            at = 0 if by > 0 else len(rows) - 1
        else:
            at = max(0, min(len(rows) - 1, rows.index(now) + by))
        return self._make_current(rows[at])

    def step_group(self, by: int) -> str:
        """Go to the first result of the next group, or of this one and then of the one before."""
        starts = [row for row in self._selectable_rows() if row - 1 not in self._selectable_rows()]
        now = self.view.currentIndex().row()
        there = [row for row in starts if (row > now if by > 0 else row < now)]
        return self._make_current(there[0 if by > 0 else -1]) if there else ""

    def take_current(self) -> None:
        """Report the current result."""
        self._emit_result(self.view.currentIndex())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface and the edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour(self._typeset.theme.page))
        painter.setPen(QPen(colour(self._typeset.theme.muted_text), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        painter.end()

    def _selectable_rows(self) -> list[int]:
        return [row for row in range(self._rows.rowCount()) if self._rows.item(row).data(RESULT) is not None]

    def _make_current(self, row: int) -> str:
        index = self._rows.index(row, 0)
        self.view.setCurrentIndex(index)
        rows = self._selectable_rows()
        at_top = rows and row == rows[0]
        self.view.scrollTo(self._rows.index(0, 0) if at_top else index)
        spoken_text = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        return f"{spoken_text}, {rows.index(row) + 1} of {len(rows)}"

    def _emit_result(self, index: _Index) -> None:
        result = index.data(RESULT)
        if isinstance(result, SearchResult):
            self.result_chosen.emit(result)


def _build_heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _build_row(result: SearchResult, heading: str) -> QStandardItem:
    item = QStandardItem(result.title)
    item.setData(result, RESULT)
    spoken_text = ". ".join(part for part in (result.title, result.detail, heading) if part)
    item.setData(spoken_text, Qt.ItemDataRole.AccessibleTextRole)
    return item
