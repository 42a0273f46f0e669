"""The places: a tree with how much evidence each has, and a field that finds one by any of its names.

What is typed shows the places it leads to, with the reason, in the tree's stead; Escape brings the tree back.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from explorer.evidence import PlaceLevel
from explorer.pages.model import OutlineRow, Page, PlaceMatch, select_place
from explorer.pages.search import build_outline, find_places
from explorer.support import LIGHT, Theme
from explorer.ui.core import PageStore
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, colour, scaled_font
from explorer.ui.widgets import ThinBar, WordField

# How a place is drawn in the tree and among what was found: name, number of figures, and the reason.


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


_LEAST, _USUAL = 200, 260
_KEYS = QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText)
_SETTLE_DELAY = 200
"""Milliseconds after which a new window has its size."""
_OPEN = frozenset({PlaceLevel.UK, PlaceLevel.NATIONS, PlaceLevel.NATION, PlaceLevel.REGION})
"""Levels that stand open at first; force areas hold their local authorities folded."""


class PlacesSidebar(QWidget):
    """The places at the left of the window."""

    def __init__(self, store: PageStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._items: dict[str, QStandardItem] = {}
        self.setAccessibleName("Places")
        self.setMinimumWidth(_LEAST)
        self.setAutoFillBackground(True)
        self.field = WordField(self, f"Find a place ({_KEYS})", "Find a place by name or code")
        self.field.textEdited.connect(self._on_text_edited)
        self.field.returnPressed.connect(self._take_first)
        self.field.installEventFilter(self)
        self.tree = self._make_tree()
        self.matches_list = self._make_found()
        self.none = QLabel(self)
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.none.setContentsMargins(2 * GAP, GAP, GAP, GAP)
        self._stack = QStackedWidget(self)
        for face in (self.tree, self.matches_list, self.none):
            self._stack.addWidget(face)
        self._lay_out()
        self.apply_theme(LIGHT)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(GAP, GAP, GAP, GAP)
        head.addWidget(self.field)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.resize(_USUAL, self.height())

    def _make_tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setObjectName("places")
        tree.setAccessibleName("Places, each with its number of figures")
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setIndentation(14)
        self._bars = [ThinBar(tree)]
        tree.setVerticalScrollBar(self._bars[0])
        tree.setModel(QStandardItemModel(tree))
        self._rows = PlaceDelegate(tree)
        tree.setItemDelegate(self._rows)
        tree.clicked.connect(self._on_place_chosen)
        tree.activated.connect(self._on_place_chosen)
        tree.setExpandsOnDoubleClick(False)
        return tree

    def _make_found(self) -> QListView:
        list_view = QListView(self)
        list_view.setObjectName("found")
        list_view.setAccessibleName("Places found")
        list_view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        list_view.setModel(QStandardItemModel(list_view))
        self._bars.append(ThinBar(list_view))
        list_view.setVerticalScrollBar(self._bars[1])
        list_view.setResizeMode(QListView.ResizeMode.Adjust)
        list_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hits = FoundDelegate(list_view)
        list_view.setItemDelegate(self._hits)
        list_view.clicked.connect(self._on_place_chosen)
        list_view.activated.connect(self._on_place_chosen)
        return list_view

    def fill_tree(self) -> None:
        """Put every place in the tree; called once, when the library is open."""
        model = _item_model(self.tree)
        model.clear()
        self._items.clear()
        for row in build_outline(self._store.library):
            item = _build_item(row)
            self._items[row.code] = item
            above = self._items.get(row.parent or "")
            (above or model.invisibleRootItem()).appendRow(item)
        for code, item in self._items.items():
            if self._store.library.places.get(code).level in _OPEN:
                self.tree.expand(item.index())

    def refresh_counts(self) -> None:
        """Say anew how many figures each place has: the evidence is no longer what it was."""
        for row in build_outline(self._store.library):
            item = self._items.get(row.code)
            if item is not None:
                _update_item(item, row)

    def show_page(self, old: Page | None, new: Page) -> None:
        """Mark the place asked for and bring it into view."""
        if old is not None and old.asked.code == new.asked.code:
            return
        if old is None:
            self.fill_tree()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        item = self._items.get(new.asked.code)
        if item is not None:
            self.tree.setCurrentIndex(item.index())
            self._bring_into_view()
            if old is None:
                # The window has not its last height yet: once more when it has.
                QTimer.singleShot(_SETTLE_DELAY, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """Show the current place; one that was out of sight comes to the middle, with what is round it."""
        index = self.tree.currentIndex()
        is_in_view = self.tree.viewport().rect().contains(self.tree.visualRect(index))
        hint = QAbstractItemView.ScrollHint
        self.tree.scrollTo(index, hint.EnsureVisible if is_in_view else hint.PositionAtCenter)

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        typeset = Typeset(theme, self.font())
        self.field.apply_theme(typeset)
        self._rows.apply_theme(typeset)
        self._hits.apply_theme(typeset)
        for bar in self._bars:
            bar.apply_theme(theme)
        # The views keep the heights of rows until told that they are others now.
        self.tree.doItemsLayout()
        self.matches_list.doItemsLayout()

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return [self.field, self.tree, self.matches_list]

    def look_for(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_text_edited(self, text: str) -> None:
        hits = find_places(self._store.library, text) if text.strip() else ()
        model = _item_model(self.matches_list)
        model.clear()
        for match in hits:
            model.appendRow(_build_match_item(match))
        self.none.setText(f"No place is called “{text.strip()}”. Try part of its name, a council or a code.")
        nothing = self.none if text.strip() else self.tree
        self._stack.setCurrentWidget(self.matches_list if hits else nothing)

    def _take_first(self) -> None:
        model = _item_model(self.matches_list)
        if self._stack.currentWidget() is self.matches_list and model.rowCount():
            index = self.matches_list.currentIndex()
            self._on_place_chosen(index if index.isValid() else model.index(0, 0))

    def _on_place_chosen(self, index: QModelIndex | QPersistentModelIndex) -> None:
        code = index.data(CODE)
        if code:
            self._clear_search()
            self._store.dispatch(select_place(str(code)))

    def _clear_search(self) -> None:
        was_searching = self._stack.currentWidget() is not self.tree
        self.field.clear()
        self._stack.setCurrentWidget(self.tree)
        if was_searching:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """From the field, Down goes into what was found and Escape back to the tree."""
        if watched_object is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self._clear_search()
                return True
            if event.key() == Qt.Key.Key_Down:
                face: QWidget = self._stack.currentWidget() or self.tree
                face.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(face, QListView):
                    face.setCurrentIndex(_item_model(face).index(0, 0))
                return True
        return super().eventFilter(watched_object, event)


def _item_model(view: QAbstractItemView) -> QStandardItemModel:
    model = view.model()
    assert isinstance(model, QStandardItemModel)
    return model


def _build_item(row: OutlineRow) -> QStandardItem:
    item = QStandardItem(row.name)
    item.setData(row.code, CODE)
    _update_item(item, row)
    return item


def _update_item(item: QStandardItem, row: OutlineRow) -> None:
    item.setData(row.figures, COUNT)
    item.setData(row.detail, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(row.detail)


def _build_match_item(match: PlaceMatch) -> QStandardItem:
    item = QStandardItem(match.name)
    item.setData(match.code, CODE)
    item.setData(match.figures, COUNT)
    why = match.why or f"{match.level.value}, {match.code}"
    item.setData(why, WHY)
    item.setData(f"{match.name}: {why}", Qt.ItemDataRole.AccessibleTextRole)
    return item
