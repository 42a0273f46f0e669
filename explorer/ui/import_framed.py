"""How the import's tables are shown: an edge round them, columns that fit, as tall as the rows in sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from .bars import ThinBar
from .import_tables import _WIDEST, TextTableModel, _Index
from .typeset import GAP, SMALL, TARGET, Typeset, colour, scaled_font


class FramedTable(QWidget):
    """A table with an edge round it. ``rows`` is how many of its rows are in sight; 0 for as many as fit."""

    on_row = Signal(object)
    """The number of the row that the keyboard or the pointer goes to."""

    def __init__(self, parent: QWidget, typeset: Typeset, model: TextTableModel, name: str, rows: int = 0) -> None:
        super().__init__(parent)
        self._typeset, self._model, self._shown = typeset, model, rows
        self.view = _build_view(self, typeset, name)
        self.view.setModel(model)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.view)
        model.modelReset.connect(self.fit_contents)
        self.view.selectionModel().currentRowChanged.connect(self._emit_row)

    def fit_contents(self) -> None:
        """Fit the columns to what is in them, and the height to the rows in sight."""
        view, scale = self.view, self._typeset.scale
        view.resizeColumnsToContents()
        for column in range(view.model().columnCount()):
            view.setColumnWidth(column, min(round(_WIDEST * scale), view.columnWidth(column) + GAP))
        self._share_width()
        if self._shown:
            rows = min(self._shown, view.model().rowCount())
            if view.wordWrap():
                self._break_lines()
            high = view.horizontalHeader().sizeHint().height() + sum(map(view.rowHeight, range(rows)))
            wide = sum(view.columnWidth(column) for column in range(view.model().columnCount()))
            self.setFixedHeight(high + (GAP * 2 if wide > view.width() else 0) + 2)

    def enable_word_wrap(self) -> None:
        """Break long sentences over lines: for a table of few rows that are not numbered beside."""
        self.view.setWordWrap(True)
        self.view.horizontalHeader().setStretchLastSection(False)
        self.view.verticalHeader().hide()

    def _break_lines(self) -> None:
        """As tall as the rows are in a little less width: Qt measures without the padding of cells."""
        view, last = self.view, len(self._model.headings) - 1
        width = view.columnWidth(last)
        view.setColumnWidth(last, width - 3 * GAP)
        view.resizeRowsToContents()
        view.setColumnWidth(last, width)

    def _share_width(self) -> None:
        """Divide the width that is left among the columns of sentences, none of them too narrow to read."""
        view, shares = self.view, self._model.shares
        used_width = sum(view.columnWidth(at) for at in range(len(self._model.headings)) if at not in shares)
        bar = view.verticalScrollBar().sizeHint().width() if self._shown < self._model.count_rows() else 0
        remaining_width = (
            self.width() - 2 - bar - used_width
        )  # the view itself learns of its width only when it is shown
        for column, part in shares.items():
            share = remaining_width * part // sum(shares.values())
            view.setColumnWidth(column, max(share, round(_WIDEST * self._typeset.scale)))

    def _emit_row(self, now: _Index) -> None:
        self.on_row.emit(now.row())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make room for the bar under the table only where there is one."""
        super().resizeEvent(event)
        self.fit_contents()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the edge; with the keyboard in the table, the ring."""
        theme = self._typeset.theme
        painter = QPainter(self)
        painter.setPen(QPen(colour(theme.focus if self.view.hasFocus() else theme.hairline), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


def _build_view(parent: QWidget, typeset: Typeset, name: str) -> QTableView:
    view = QTableView(parent)
    view.setAccessibleName(name)
    view.setFont(typeset.font)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    bar = ThinBar(view)
    bar.apply_theme(typeset.theme)
    view.setVerticalScrollBar(bar)
    across, down = view.horizontalHeader(), view.verticalHeader()
    across.setFont(scaled_font(typeset.font, SMALL))
    across.setHighlightSections(False)
    across.setStretchLastSection(True)
    across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    down.setFont(scaled_font(typeset.font, SMALL))
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setDefaultSectionSize(max(TARGET, round(26 * typeset.scale)))
    return view
