"""What stands in the import's tables: first rows, what they become, problems. Nothing is copied for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from explorer.importer.preview import PreviewRow, column_letters
from explorer.packs.problems import Problem

from .typeset import Typeset, colour

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
