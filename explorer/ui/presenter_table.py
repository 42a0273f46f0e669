"""A table on a screen of a presentation, set large; it says how many of its rows are out of sight."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QTableView, QWidget

from explorer.pages.model.page import ChartTable
from explorer.support.theme import Theme

from .bars import ThinBar

_Index = QModelIndex | QPersistentModelIndex


class ScreenTableModel(QAbstractTableModel):
    """A table of text for a table view."""

    def __init__(self, table: ChartTable) -> None:
        super().__init__()
        self._table = table

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, ARG002
        """Its rows."""
        return len(self._table.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008, ARG002
        """Its columns."""
        return len(self._table.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, or how it is set."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table.rows[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = index.column() in self._table.numeric
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What stands over a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._table.columns[section]
        return None


class LargeTable(QWidget):
    """A table with a line under it for the rows that are out of sight."""

    def __init__(self, table: ChartTable, name: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = QTableView(self)
        self.table.setModel(ScreenTableModel(table))
        self.table.model().setParent(self.table)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setAccessibleName(name)
        self.more = QLabel(self)
        self.more.setTextFormat(Qt.TextFormat.PlainText)
        self.more.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        bar = ThinBar(self.table)
        bar.apply_theme(theme)
        self.table.setVerticalScrollBar(bar)
        self.table.verticalScrollBar().valueChanged.connect(self._update_hidden_count)

    def set_type(self, cells: QFont, heads: QFont) -> None:
        """Set it in other type, at the size that it has."""
        self.table.setFont(cells)
        # The program's style sheet keeps its own type for heads, unless they have a sheet of theirs.
        self.table.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ font-size: {heads.pixelSize()}px; }}")
        self.more.setFont(heads)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set it anew."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        line = self.more.fontMetrics().height() + 4
        self.table.setGeometry(0, 0, self.width(), max(40, self.height() - line))
        self.more.setGeometry(0, self.table.height(), self.width(), line)
        for column in range(self.table.model().columnCount() - 1):
            self.table.resizeColumnToContents(column)
            self.table.setColumnWidth(column, min(self.table.columnWidth(column) + 24, self.width() // 3))
        self.table.resizeRowsToContents()
        self._update_hidden_count()

    def _update_hidden_count(self) -> None:
        """Say how many rows are below what is seen; one that is seen in part is among them."""
        room = self.table.viewport().height()
        rows = range(self.table.model().rowCount())
        ends = (self.table.rowViewportPosition(row) + self.table.rowHeight(row) for row in rows)
        hidden_rows = sum(end > room for end in ends)
        count_text = "1 more row" if hidden_rows == 1 else f"{hidden_rows} more rows"
        self.more.setText(f"{count_text} below: the down key goes on to them." if hidden_rows else "")
