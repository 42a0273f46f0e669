"""How a place is drawn in the tree and among what was found: name, number of figures, and the reason."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.support.theme import LIGHT

from .typeset import GAP, SMALL, TARGET, Typeset, colour, scaled_font

CODE = int(Qt.ItemDataRole.UserRole)
COUNT = CODE + 1
WHY = CODE + 2

_Index = QModelIndex | QPersistentModelIndex


class PlaceDelegate(QStyledItemDelegate):
    """A row of the tree: the name, muted where it has no evidence, and its number of figures at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset = Typeset(LIGHT, parent.font())

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self._typeset = typeset
        self._small = scaled_font(typeset.font, SMALL)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """One line, at least a target high."""
        height = QFontMetrics(self._typeset.font).height() + GAP
        return QSize(super().sizeHint(option, index).width(), max(TARGET, height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the row."""
        painter.save()
        self._paint_surface(painter, option)
        rect = QRect(option.rect).adjusted(4, 0, -GAP, 0)  # pyright: ignore[reportAttributeAccessIssue]
        count = int(index.data(COUNT) or 0)
        count_text = str(count) if count else ""
        theme = self._typeset.theme
        painter.setFont(self._typeset.font)
        width = painter.fontMetrics().horizontalAdvance(count_text)
        painter.setPen(colour(theme.text if count else theme.muted_text))
        name = rect.adjusted(0, 0, -(width + GAP if count_text else 0), 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, name.width())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, text)
        painter.setPen(colour(theme.muted_text))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, count_text)
        painter.restore()

    def _paint_surface(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        theme = self._typeset.theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour(theme.selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colour(theme.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour(theme.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(theme.focus), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 3, 3)


class FoundDelegate(PlaceDelegate):
    """A place that was found: its name, and under it the reason, over as many lines as it needs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002, N802
        """The name's line and the reason's."""
        view = self.parent()
        width = view.viewport().width() if hasattr(view, "viewport") else 200  # pyright: ignore
        name = QFontMetrics(self._typeset.font).height()
        room = QRect(0, 0, int(width) - 3 * GAP, 10_000)
        why = QFontMetrics(self._small).boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data(WHY)))
        return QSize(int(width), name + why.height() + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the name and the reason."""
        painter.save()
        self._paint_surface(painter, option)
        rect = QRect(option.rect).adjusted(2 * GAP, GAP // 2, -GAP, -GAP // 2)  # pyright: ignore
        painter.setFont(self._typeset.font)
        painter.setPen(colour(self._typeset.theme.text))
        line = painter.fontMetrics().height()
        painter.drawText(rect.left(), rect.top() + painter.fontMetrics().ascent(), str(index.data()))
        painter.setFont(self._small)
        painter.setPen(colour(self._typeset.theme.muted_text))
        painter.drawText(rect.adjusted(0, line, 0, 0), Qt.TextFlag.TextWordWrap, str(index.data(WHY)))
        painter.restore()
