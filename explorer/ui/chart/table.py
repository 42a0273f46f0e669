"""The table twin of a chart: the same figures in rows; choosing a row selects its figure."""

from __future__ import annotations

import textwrap

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from explorer.pages.model import ChartTable, ChartTableRow, Page, select_figure
from explorer.support import Theme
from explorer.ui.core import PageStore
from explorer.ui.theme import GAP

_FIGURE = int(Qt.ItemDataRole.UserRole)
_WIDEST = 320
_LEAST_HEAD = 10
"""Letters: a heading wider than this and than its column's cells is broken, so that numbers stay in sight."""


class TableFace(QWidget):
    """A table with what its shorthand means under it."""

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._current_table: ChartTable | None = None
        self.table = QTableView(self)
        self.table.setAccessibleName("The chart's figures as a table")
        self.table.setModel(QStandardItemModel(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.clicked.connect(self._on_row_chosen)
        self.table.activated.connect(self._on_row_chosen)
        self.shorthand = QLabel(self)
        self.shorthand.setTextFormat(Qt.TextFormat.PlainText)
        self.shorthand.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.shorthand)

    def show_page(self, new: Page) -> None:
        """Show the page's table where it differs, and mark the selected figure's row."""
        if new.table != self._current_table:
            self._fill_table(new.table)
        row = next((i for i, row in enumerate(new.table.rows) if row.figure == new.selected), -1)
        if row >= 0:
            self.table.setCurrentIndex(self._item_model.index(row, 0))
        else:
            self.table.clearSelection()

    def apply_theme(self, _theme: Theme) -> None:
        """Refit the columns to the new size of text."""
        self._fit_columns()

    @property
    def _item_model(self) -> QStandardItemModel:
        model = self.table.model()
        assert isinstance(model, QStandardItemModel)
        return model

    def _fill_table(self, table: ChartTable) -> None:
        self._current_table = table
        model = self._item_model
        model.clear()
        for column, name in enumerate(table.columns):
            cells = [len(row.cells[column]) for row in table.rows]
            head = QStandardItem("\n".join(textwrap.wrap(name, max(_LEAST_HEAD, *cells, 0))))
            head.setTextAlignment(_column_alignment(table, column))
            model.setHorizontalHeaderItem(column, head)
        for row in table.rows:
            model.appendRow([_build_cell(table, row, column) for column in range(len(table.columns))])
        self.shorthand.setText("\n".join(table.shorthand))
        self.shorthand.setVisible(bool(table.shorthand))
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.table.resizeColumnsToContents()
        for column in range(self._item_model.columnCount()):
            width = min(_WIDEST, self.table.columnWidth(column) + GAP)
            self.table.setColumnWidth(column, width)
        self.table.resizeRowsToContents()

    def _on_row_chosen(self, index: QModelIndex | QPersistentModelIndex) -> None:
        figure = index.data(_FIGURE)
        if figure:
            self._store.dispatch(select_figure(str(figure)))


def _column_alignment(table: ChartTable, column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in table.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _build_cell(table: ChartTable, row: ChartTableRow, column: int) -> QStandardItem:
    cell = QStandardItem(row.cells[column])
    cell.setTextAlignment(_column_alignment(table, column))
    cell.setData(row.figure, _FIGURE)
    cell.setToolTip(f"{table.columns[column]}: {row.cells[column]}" if row.cells[column] else "")
    return cell
