"""The briefing that is worked on: its changes, the file it came from, and one signal. It draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from explorer.briefing import Briefing, BriefingItem, ItemKind, NumberDifference, UndoStack, exhibits, model, new_stack
from explorer.ui.core import PageStore


class BriefingSession(QObject):
    """Holds one briefing. Whoever shows it listens to ``replace_item``."""

    briefing_changed = Signal(object, object)
    """The briefing before, and the briefing now."""
    item_selected = Signal(str)
    """The id of the item to show as chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.changes: UndoStack = new_stack(Briefing())
        self.path: Path | None = None
        self._saved_briefing = Briefing()

    @property
    def briefing(self) -> Briefing:
        """The briefing as it is now."""
        return self.changes.current

    @property
    def is_dirty(self) -> bool:
        """Whether it holds anything that its file does not."""
        return self.briefing != self._saved_briefing

    @property
    def merge_key(self) -> str:
        """The run of letters that the latest change belongs to; empty for a change that stands alone."""
        return self.changes.steps[self.changes.at].merge_key

    def set_briefing(self, briefing: Briefing, path: Path | None, *, is_saved: bool) -> None:
        """Work on another briefing: nothing of it can be undone."""
        old = self.briefing
        self.changes, self.path = new_stack(briefing), path
        self._saved_briefing = briefing if is_saved else Briefing()
        self.briefing_changed.emit(old, briefing)

    def mark_saved(self, briefing: Briefing, path: Path) -> None:
        """Note that ``briefing`` is what the file at ``path`` holds now."""
        self._saved_briefing, self.path = briefing, path
        self.briefing_changed.emit(self.briefing, self.briefing)

    def apply_change(self, name: str, briefing: Briefing, merge_key: str = "") -> None:
        """Take a change by its name; letters of one ``merge_key`` are undone together."""
        self._set_undo_stack(self.changes.push(name, briefing, merge_key))

    def undo(self) -> None:
        """Take the latest change back."""
        self._go_to_step(self.changes.step_back())

    def redo(self) -> None:
        """Do again what was undone."""
        self._go_to_step(self.changes.step_forward())

    def _go_to_step(self, changes: UndoStack) -> None:
        """Go to another step, and to the first item that is another there."""
        before = set(self.briefing.items)
        self._set_undo_stack(changes)
        differing = next((item for item in self.briefing.items if item not in before), None)
        if differing is not None:
            self.item_selected.emit(differing.id)

    def _set_undo_stack(self, changes: UndoStack) -> None:
        old, self.changes = self.changes, changes
        if changes is not old:
            self.briefing_changed.emit(old.current, changes.current)

    # ---- the changes there are

    def insert_items(self, items: Sequence[BriefingItem], at: int | None = None) -> None:
        """Put items in before place ``at``, or at the end."""
        if items:
            change_name = f"add {named_kind(items[0].kind)}" if len(items) == 1 else f"add {len(items)} items"
            self.apply_change(change_name, model.insert_items(self.briefing, items, at))
            self.item_selected.emit(items[-1].id)

    def remove_item(self, item: BriefingItem) -> None:
        """Take an item out; the one that comes in its place is chosen."""
        at = self.briefing.index_of(item.id)
        remaining = model.remove_item(self.briefing, item.id)
        self.apply_change(f"remove {named_kind(item.kind)}", remaining)
        if remaining.items:
            self.item_selected.emit(remaining.items[min(at, len(remaining.items) - 1)].id)

    def move_item(self, item: BriefingItem, to: int) -> None:
        """Put an item at another place."""
        to = max(0, min(to, len(self.briefing.items) - 1))
        self.apply_change(f"move {named_kind(item.kind)}", model.move_item(self.briefing, item.id, to))
        self.item_selected.emit(item.id)

    def duplicate_item(self, item: BriefingItem) -> None:
        """Put a copy of an item after it."""
        briefing, copy = model.duplicate_item(self.briefing, item.id)
        self.apply_change(f"duplicate {named_kind(item.kind)}", briefing)
        self.item_selected.emit(copy)

    def set_title(self, item: BriefingItem, title: str) -> None:
        """Give an item a title of the person's own; empty for its usual one."""
        merge_key = f"title {item.id}"
        self.apply_change(
            f"change title of {named_kind(item.kind)}",
            model.replace_item(self.briefing, replace(item, title=title)),
            merge_key,
        )

    def set_notes(self, item: BriefingItem, notes: str) -> None:
        """Write an item's notes."""
        merge_key = f"notes {item.id}"
        change_name = "change note" if item.kind is ItemKind.NOTE else f"change notes of {named_kind(item.kind)}"
        self.apply_change(change_name, model.replace_item(self.briefing, replace(item, notes=notes)), merge_key)


def named_kind(kind: ItemKind) -> str:
    """What a kind is called within a sentence."""
    return kind.value


# Which numbers of a briefing the evidence holds otherwise now: an item at a time, between events.


class DifferenceChecker(QObject):
    """Looks at every item of the desk's briefing, and again at those that change."""

    differences_found = Signal(object)
    """Every item's differences by its id, once all are looked at."""

    def __init__(self, desk: BriefingSession, store: PageStore) -> None:
        super().__init__(desk)
        self._desk, self._store = desk, store
        self._differences_by_item: dict[str, tuple[NumberDifference, ...]] = {}
        self._reported_items: frozenset[str] = frozenset()
        """The items that somebody was told of."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_next_item)
        desk.briefing_changed.connect(self._on_briefing_changed)

    def mark_fresh(self, item_id: str) -> None:
        """An item was collected a moment ago: there is nothing to look for."""
        self._differences_by_item[item_id] = ()

    def recheck_all(self) -> None:
        """The evidence has changed: look at every item again."""
        self._differences_by_item.clear()
        self._timer.start(0)

    def difference_message(self) -> str:
        """What to say to somebody who does not see the items, where more of them differ than before."""
        item_ids = (item.id for item in self._desk.briefing.items)
        before, self._reported_items = (
            self._reported_items,
            frozenset(one for one in item_ids if self._differences_by_item.get(one)),
        )
        if not self._reported_items - before:
            return ""
        number = len(self._reported_items)
        items = "1 item of the briefing has" if number == 1 else f"{number} items of the briefing have"
        return f"{items} numbers that differ now. Open the briefing to keep or take them."

    def _on_briefing_changed(self, old: Briefing, new: Briefing) -> None:
        old_by_id = {item.id: item for item in old.items}
        for item in new.items:
            before = old_by_id.get(item.id)
            if before is not None and (before.exhibit, before.accepted) != (item.exhibit, item.accepted):
                self._differences_by_item.pop(item.id, None)
        self._timer.start(0)

    def _check_next_item(self) -> None:
        """Look at one item that was not looked at yet; the window goes on between them."""
        if self._store.page is None:
            return
        item = next((item for item in self._desk.briefing.items if item.id not in self._differences_by_item), None)
        if item is not None:
            self._differences_by_item[item.id] = exhibits.find_differences(self._store.library, item)
            self._timer.start(0)
        else:
            self.differences_found.emit(dict(self._differences_by_item))
