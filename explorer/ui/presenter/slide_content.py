"""The words of a presented screen: paragraphs under each other, points with their leads beside them.

It measures and sets; which size is tried first, and what is done where none fits, is the screen's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QTableView, QWidget

from explorer.documents import ScreenLine
from explorer.pages.model import ChartTable
from explorer.support import Theme, sanitise
from explorer.ui.widgets import ThinBar

from .speaker_view import add_break_points

SIZES = (44, 38, 32, 28, 24)
"""The sizes tried for words, the largest first; what does not fit at the least is scrolled."""
POINT_SIZES = (44, 38, 34, 30, 27, 24, 22, 20, 18)
"""Those for points, which there are several of and which are to be seen together."""
_SHARES = {"quote": 1.0, "text": 1.0, "speaker": 0.8, "small": 0.62}
_SOURCE = 0.66
"""How large the sources of a point are, beside its words."""
_LEADS, _BESIDE = 0.22, 0.03
"""How much of the width the leads of points take, and the gap beside them."""
_MEASURE = 1500
"""The most width of a paragraph that stands over no points, in pixels of the measured screen."""
_LONGEST, _LONGEST_LEAD = 60_000, 300


class _TextPiece(Struct, frozen=True):
    """Words of one kind of type. ``gap`` is the room over them."""

    text: str
    font: QFont
    gap: int = 0
    is_muted: bool = False


class _TextStack(Struct, frozen=True):
    """Pieces under each other, beside other stacks of the same row."""

    left_edge: int
    wide: int
    pieces: tuple[_TextPiece, ...]


class LargeWords:
    """The lines of a screen. ``type_`` makes a font of a size, ``unit`` is how large a measured pixel is."""

    def __init__(self, lines: Sequence[ScreenLine], type_: Callable[..., QFont], unit: float) -> None:
        self._lines = tuple(lines)
        self._type, self._unit = type_, unit
        self._points = any(line.role == "point" for line in lines)
        self._has_leads = any(line.lead for line in lines)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes to try."""
        return POINT_SIZES if self._points else SIZES

    def spoken_text(self) -> str:
        """All of it for a screen reader."""
        line_texts = (". ".join(part for part in (line.text, line.source) if part) for line in self._lines)
        leads = (f"{line.lead}: " if line.lead else "" for line in self._lines)
        return "\n".join(sanitise(lead + text) for lead, text in zip(leads, line_texts, strict=True))

    def height_at(self, size: int, wide: int) -> int:
        """How high it is at that size, in a room of that width."""
        rows = [self._build_stacks(line, size, wide) for line in self._lines]
        gaps = sum(self._gap_above(line, size) for line in self._lines[1:])
        return gaps + sum(max(map(_stack_height, stacks), default=0) for stacks in rows)

    def build_widget(self, size: int, wide: int) -> QWidget:
        """The words set at that size, as a page of that width."""
        holder = QWidget()
        holder.setAutoFillBackground(True)
        holder.setBackgroundRole(QPalette.ColorRole.Base)
        top = 0
        for at, line in enumerate(self._lines):
            top += self._gap_above(line, size) if at else 0
            top = max(
                (_place_stack(holder, stack, top) for stack in self._build_stacks(line, size, wide)),
                default=top,
            )
        holder.resize(wide, top)
        return holder

    def _build_stacks(self, line: ScreenLine, size: int, wide: int) -> list[_TextStack]:
        if line.role != "point":
            type_ = self._type(size * _SHARES.get(line.role, 1.0), strong=line.role == "speaker")
            piece = _TextPiece(_plain_text(line.text), type_, is_muted=line.role == "small")
            measure = wide if self._points else min(wide, round(_MEASURE * self._unit))
            return [_TextStack(0, measure, (piece,))]
        pieces = [_TextPiece(_plain_text(line.text), self._type(size))]
        if line.source:
            type_ = self._type(size * _SOURCE)
            pieces.append(_TextPiece(_plain_text(line.source), type_, round(size * 0.12 * self._unit), is_muted=True))
        if not self._has_leads:
            return [_TextStack(0, wide, tuple(pieces))]
        lead, left_edge = round(wide * _LEADS), round(wide * (_LEADS + _BESIDE))
        lead_piece = _TextPiece(_plain_text(line.lead, _LONGEST_LEAD), self._type(size, strong=True))
        return [_TextStack(0, lead, (lead_piece,)), _TextStack(left_edge, wide - left_edge, tuple(pieces))]

    def _gap_above(self, line: ScreenLine, size: int) -> int:
        near = line.role in ("speaker", "small")
        return round(size * self._unit * (0.35 if near else 0.6 if line.role == "point" else 0.7))


def _stack_height(stack: _TextStack) -> int:
    return sum(piece.gap + _piece_height(piece, stack.wide) for piece in stack.pieces)


def _piece_height(piece: _TextPiece, wide: int) -> int:
    room = QRect(0, 0, wide, 1_000_000)
    return QFontMetrics(piece.font).boundingRect(room, Qt.TextFlag.TextWordWrap, piece.text).height()


def _place_stack(holder: QWidget, stack: _TextStack, top: int) -> int:
    """Place the pieces of a stack from ``top`` on; returns where they end."""
    for piece in stack.pieces:
        if not piece.text:
            continue
        label = QLabel(holder)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(piece.font)
        label.setText(piece.text)
        if piece.is_muted:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        high = label.heightForWidth(stack.wide)
        label.setGeometry(stack.left_edge, top + piece.gap, stack.wide, high)
        top += piece.gap + high
    return top


def _plain_text(text: str, most: int = _LONGEST) -> str:
    return add_break_points(sanitise(text, most))


# A table on a screen of a presentation, set large; it says how many of its rows are out of sight.


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
