"""The items of a briefing side by side: chosen, moved and taken out by keyboard or by hand.

It reports what is wished and changes nothing itself: what it shows comes from the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QItemSelection,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QMenu, QWidget

from explorer.briefing import BriefingItem, ItemKind
from explorer.evidence import formatting
from explorer.ui.core import KeyBinding, KeySection, find_act
from explorer.ui.theme import Typeset, colour
from explorer.ui.widgets import COLLECTED_MIME

from .thumbnails import CHANGED_ROLE, ITEM, ItemPreviewDelegate

_ITEM_MIME = "application/x-online-harms-moved"
_Index = QModelIndex | QPersistentModelIndex


DRAWER_KEYS = KeySection(
    title="In the drawer of the briefing",
    bindings=(
        KeyBinding(keys=("Left", "Right"), text="to the item before or after"),
        KeyBinding(keys=("Ctrl+Left",), text="moves the item towards the beginning", act="earlier"),
        KeyBinding(keys=("Ctrl+Right",), text="moves the item towards the end", act="later"),
        KeyBinding(keys=("Ctrl+Home",), text="moves the item to the beginning", act="first"),
        KeyBinding(keys=("Ctrl+End",), text="moves the item to the end", act="last"),
        KeyBinding(keys=("Return", "Enter", "F2"), text="to the title of the item", act="title"),
        KeyBinding(keys=("Del", "Backspace"), text="takes the item out", act="remove"),
    ),
)


class ItemRequest(Struct, frozen=True, kw_only=True):
    """Something to do with an item: "move", "remove", "duplicate", "title", "notes", "show", "present"."""

    act: str
    item: BriefingItem
    to: int = 0


class ItemModel(QAbstractListModel):
    """The items, with whether the numbers of each differ from what is held now."""

    item_moved = Signal(str, int)
    """An item's id, and the place among the others before which it was let go."""
    content_dropped = Signal(str, int)
    """What was dragged here from elsewhere, and before which place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[BriefingItem, ...] = ()
        self.differing: frozenset[str] = frozenset()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        """One for each item."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item, its words, or what a screen reader says of it."""
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role == CHANGED_ROLE:
            return item.id in self.differing
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            differ = ". Its numbers differ from what is held now" if item.id in self.differing else ""
            position_text = f"{index.row() + 1} of {len(self.items)}"
            return f"{item.kind.value.capitalize()}: {_item_label(item)}, {position_text}{differ}"
        return None

    def show_items(self, items: tuple[BriefingItem, ...], differing: frozenset[str]) -> None:
        """Show ``items``; only those that are different are drawn again where their number is the same."""
        same = [one.id for one in self.items] == [one.id for one in items]
        if same:
            old, self.items, self.differing = self.items, items, differing
            for row, (before, now) in enumerate(zip(old, items, strict=True)):
                if before is not now or now.id in differing:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.beginResetModel()
        self.items, self.differing = items, differing
        self.endResetModel()

    def mark_differing(self, differing: frozenset[str]) -> None:
        """Mark other items as differing."""
        if differing != self.differing:
            self.differing = differing
            if self.items:
                self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Items are dragged; between them is where things are let go."""
        flags = super().flags(index)
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Items are moved, what comes from elsewhere is copied."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """What is taken."""
        return [_ITEM_MIME, COLLECTED_MIME]

    def mimeData(self, indexes: Sequence[_Index]) -> QMimeData:  # noqa: N802
        """The item that is dragged, by its id."""
        data = QMimeData()
        if indexes:
            data.setData(_ITEM_MIME, QByteArray(self.items[indexes[0].row()].id.encode()))
        return data

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index
    ) -> bool:
        """Report what was let go and where. Always False: the view is not to take anything out itself."""
        at = row if row >= 0 else parent.row() if parent.isValid() else len(self.items)
        if data.hasFormat(_ITEM_MIME):
            self.item_moved.emit(bytes(data.data(_ITEM_MIME).data()).decode("utf-8", "replace"), at)
        elif data.hasFormat(COLLECTED_MIME):
            self.content_dropped.emit(bytes(data.data(COLLECTED_MIME).data()).decode("utf-8", "replace"), at)
        return False


def _item_label(item: BriefingItem) -> str:
    """What an item is called; a summary also by its place and by how much it holds."""
    exhibit = item.exhibit
    if item.kind is not ItemKind.SUMMARY or exhibit is None:
        return item.heading
    point_count = formatting.pluralise(len(exhibit.points), "point")
    return ", ".join(part for part in (item.heading, exhibit.subtitle, point_count) if part)


class ItemList(QListView):
    """The previews in a row."""

    request_sent = Signal(object)
    current_item_changed = Signal(object)
    """The item that is chosen now, or None."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Items of the briefing")
        self.setObjectName("briefing")
        self.model_ = ItemModel(self)
        self.previews = ItemPreviewDelegate(self)
        self.setModel(self.model_)
        self.setItemDelegate(self.previews)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.doubleClicked.connect(lambda _index: self._send_request("show"))

    @property
    def item(self) -> BriefingItem | None:
        """The chosen item."""
        return self.currentIndex().data(ITEM) if self.currentIndex().isValid() else None

    def select_item(self, item_id: str) -> None:
        """Choose the item of that id, if it is there."""
        for row, item in enumerate(self.model_.items):
            if item.id == item_id:
                self.setCurrentIndex(self.model_.index(row))
                self.scrollTo(self.currentIndex())

    def apply_theme(self, typeset: Typeset, *, compact: bool) -> None:
        """Take another theme or size of type; ``compact`` leaves the pictures out."""
        self.previews.apply_theme(typeset)
        self.previews.compact = compact
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, colour(typeset.theme.panel))
        self.setPalette(palette)
        self.setFont(typeset.font)
        self.setFixedHeight(self.previews.card_size().height() + self.horizontalScrollBar().sizeHint().height() + 2)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Report what is chosen now."""
        super().selectionChanged(selected, deselected)
        self.current_item_changed.emit(self.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows choose; with Ctrl they move the item. Delete takes it out, Enter goes to its title."""
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        item, key = self.item, Qt.Key(event.key())
        if item is None:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            at, last = self.currentIndex().row(), len(self.model_.items) - 1
            places = {"earlier": at - 1, "later": at + 1, "first": 0, "last": last}
            act = find_act(DRAWER_KEYS, key, control=True)
            if act in places:
                self.request_sent.emit(ItemRequest(act="move", item=item, to=max(0, min(last, places[act]))))
                return True
            return False
        act = find_act(DRAWER_KEYS, key)
        if act:
            self._send_request(act)
        return bool(act)

    def _send_request(self, act: str, to: int = 0) -> None:
        if self.item is not None:
            self.request_sent.emit(ItemRequest(act=act, item=self.item, to=to))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """What can be done with the item under the pointer, or with the chosen one."""
        if self.item is not None:
            menu = self.build_menu()
            menu.popup(event.globalPos())

    def build_menu(self) -> QMenu:
        """A menu of what can be done with the chosen item. It goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.currentIndex().row()
        item = self.item
        last = len(self.model_.items) - 1
        entries = (
            ("Change title", "title", 0, True),
            ("Write notes", "notes", 0, True),
            ("Move earlier", "move", at - 1, at > 0),
            ("Move later", "move", at + 1, at < last),
            ("Duplicate", "duplicate", 0, True),
            ("Remove", "remove", 0, True),
            ("Show in the window", "show", 0, item is not None and item.question is not None),
            ("Present from here", "present", 0, True),
        )
        for text, act, to, is_enabled in entries:
            action = menu.addAction(text)
            action.setEnabled(is_enabled)
            action.triggered.connect(lambda _checked=False, act=act, to=to: self._send_request(act, to))
        return menu
