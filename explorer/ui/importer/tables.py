"""What stands in the import's tables: first rows, what they become, problems. Nothing is copied for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from explorer.importer import PreviewRow, column_letters
from explorer.packs import Problem
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, colour, scaled_font
from explorer.ui.widgets import ThinBar

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_LONGEST = 120
_WIDEST = 260
_AT = Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT, _RIGHT = _AT | Qt.AlignmentFlag.AlignLeft, _AT | Qt.AlignmentFlag.AlignRight


class TextTableModel(QAbstractTableModel):
    """Rows of text under headings; ``cell`` is asked for what is on screen only."""

    headings: tuple[str, ...] = ()
    numeric: frozenset[int] = frozenset()
    """The columns of numbers."""
    shares: Mapping[int, int] = {}
    """The columns that divide among them the width that the others leave, and in what parts."""

    def __init__(self, parent: QWidget, typeset: Typeset) -> None:
        super().__init__(parent)
        self.typeset = typeset
        self._strong = QFont(typeset.font)
        self._strong.setWeight(QFont.Weight.DemiBold)

    def cell_text(self, row: int, column: int) -> str:
        """The words of a cell."""
        raise NotImplementedError

    def count_rows(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def is_strong(self, _row: int) -> bool:
        """Whether a row is marked."""
        return False

    def is_muted(self, _row: int) -> bool:
        """Whether a row stands back."""
        return False

    def is_number(self, _row: int, column: int) -> bool:
        """Whether a cell stands on the right."""
        return column in self.numeric

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: ARG002, N802
        """For the view."""
        return self.count_rows()

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: ARG002, N802
        """For the view."""
        return len(self.headings)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """For the view."""
        row, column = index.row(), index.column()
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole):
            return self.cell_text(row, column)
        if role == _Role.TextAlignmentRole:
            return _RIGHT if self.is_number(row, column) else _ALIGN_LEFT
        if role == _Role.FontRole and self.is_strong(row):
            return self._strong
        if role == _Role.BackgroundRole and self.is_strong(row):
            return colour(self.typeset.theme.selection)
        if role == _Role.ForegroundRole and self.is_muted(row):
            return colour(self.typeset.theme.muted_text)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """For the view."""
        if role == _Role.TextAlignmentRole:
            upright = orientation is Qt.Orientation.Vertical
            return _RIGHT if upright or section in self.numeric else _ALIGN_LEFT
        if role == _Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.headings[section]
        return None


class HeadRows(TextTableModel):
    """The first rows of a sheet, with the row of headings marked and every column titled by what it holds."""

    _rows: Sequence[Sequence[object]] = ()
    _first, _header = 1, -1

    def show_rows(self, rows: Sequence[Sequence[object]], first: int, header: int, width: int) -> None:
        """Show ``rows``; ``header`` is the one with the headings, from 0."""
        self.beginResetModel()
        self._rows, self._first, self._header = rows, first, header
        self.headings = tuple(column_letters(at) for at in range(width))
        self.endResetModel()

    def set_titles(self, meanings: dict[int, str]) -> None:
        """Title the columns by what they hold."""
        width = len(self.headings)
        self.headings = tuple(
            f"{column_letters(at)}\n{meanings[at]}" if at in meanings else column_letters(at) for at in range(width)
        )
        if width:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, width - 1)

    def count_rows(self) -> int:
        """So many rows are shown."""
        return len(self._rows)

    def cell_text(self, row: int, column: int) -> str:
        """What a cell holds, on one line."""
        cells = self._rows[row]
        value = cells[column] if column < len(cells) else None
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value)[: 4 * _LONGEST].split())[:_LONGEST]

    def is_strong(self, row: int) -> bool:
        """The headings."""
        return row == self._header

    def is_number(self, row: int, column: int) -> bool:
        """Numbers stand on the right."""
        cells = self._rows[row]
        return column < len(cells) and isinstance(cells[column], (int, float))

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Rows are numbered as a spreadsheet does."""
        if role == _Role.DisplayRole and orientation is Qt.Orientation.Vertical:
            return str(self._first + section)
        return super().headerData(section, orientation, role)


class TrialRows(TextTableModel):
    """What each of the first rows would become."""

    headings = ("Row", "What it becomes")
    numeric = frozenset({0})
    shares: Mapping[int, int] = {1: 1}
    _lines: tuple[PreviewRow, ...] = ()

    def show_lines(self, lines: tuple[PreviewRow, ...]) -> None:
        """Show ``lines``."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def count_rows(self) -> int:
        """So many rows are told of."""
        return len(self._lines)

    def cell_text(self, row: int, column: int) -> str:
        """The row's number, or what becomes of it."""
        line = self._lines[row]
        return line.text if column else str(line.row)

    def is_muted(self, row: int) -> bool:
        """What is left out stands back."""
        return not self._lines[row].accepted


class ProblemRows(TextTableModel):
    """What is wrong with a table and what ought to be looked at, as many as there are."""

    headings = ("", "Sheet", "Row", "Column", "What", "What to do")
    numeric = frozenset({2})
    shares: Mapping[int, int] = {4: 3, 5: 2}

    def __init__(
        self, parent: QWidget, typeset: Typeset, problems: Sequence[Problem], doubts: Sequence[Problem]
    ) -> None:
        super().__init__(parent, typeset)
        self._problems, self._doubts = problems, doubts

    def problem_at(self, row: int) -> Problem:
        """The problem, or the doubt, in a row."""
        here = row - len(self._problems)
        return self._doubts[here] if here >= 0 else self._problems[row]

    def count_rows(self) -> int:
        """Problems first, then doubts."""
        return len(self._problems) + len(self._doubts)

    def cell_text(self, row: int, column: int) -> str:
        """One thing about a problem."""
        one = self.problem_at(row)
        kind = "Problem" if row < len(self._problems) else "To look at"
        sheet = one.file.rpartition(", sheet ")[2] if ", sheet " in one.file else ""
        number = "" if one.row is None else f"{one.row:,}"
        what = one.what[:1].upper() + one.what[1:]
        return (kind, sheet, number, one.column[:_LONGEST], what, one.mend)[column]


# How the import's tables are shown: an edge round them, columns that fit, as tall as the rows in
# sight.


class FramedTable(QWidget):
    """A table with an edge round it. ``rows`` is how many of its rows are in sight; 0 for as many as fit."""

    on_row = Signal(object)
    """The number of the row that the keyboard or the pointer goes to."""

    def __init__(self, parent: QWidget, typeset: Typeset, model: TextTableModel, name: str, rows: int = 0) -> None:
        super().__init__(parent)
        self._typeset, self._model, self._visible_rows = typeset, model, rows
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
        if self._visible_rows:
            rows = min(self._visible_rows, view.model().rowCount())
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
        bar = view.verticalScrollBar().sizeHint().width() if self._visible_rows < self._model.count_rows() else 0
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
