"""Which numbers of a briefing the evidence holds otherwise now: an item at a time, between events."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.briefing import exhibits
from explorer.briefing.exhibits import NumberDifference
from explorer.briefing.model import Briefing

from .briefing_desk import BriefingSession
from .store import PageStore


class DifferenceChecker(QObject):
    """Looks at every item of the desk's briefing, and again at those that change."""

    differences_found = Signal(object)
    """Every item's differences by its id, once all are looked at."""

    def __init__(self, desk: BriefingSession, store: PageStore) -> None:
        super().__init__(desk)
        self._desk, self._store = desk, store
        self._known: dict[str, tuple[NumberDifference, ...]] = {}
        self._told: frozenset[str] = frozenset()
        """The items that somebody was told of."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_next_item)
        desk.briefing_changed.connect(self._on_briefing_changed)

    def mark_fresh(self, item_id: str) -> None:
        """An item was collected a moment ago: there is nothing to look for."""
        self._known[item_id] = ()

    def recheck_all(self) -> None:
        """The evidence has changed: look at every item again."""
        self._known.clear()
        self._timer.start(0)

    def difference_message(self) -> str:
        """What to say to somebody who does not see the items, where more of them differ than before."""
        item_ids = (item.id for item in self._desk.briefing.items)
        before, self._told = self._told, frozenset(one for one in item_ids if self._known.get(one))
        if not self._told - before:
            return ""
        number = len(self._told)
        items = "1 item of the briefing has" if number == 1 else f"{number} items of the briefing have"
        return f"{items} numbers that differ now. Open the briefing to keep or take them."

    def _on_briefing_changed(self, old: Briefing, new: Briefing) -> None:
        old_by_id = {item.id: item for item in old.items}
        for item in new.items:
            before = old_by_id.get(item.id)
            if before is not None and (before.exhibit, before.accepted) != (item.exhibit, item.accepted):
                self._known.pop(item.id, None)
        self._timer.start(0)

    def _check_next_item(self) -> None:
        """Look at one item that was not looked at yet; the window goes on between them."""
        if self._store.page is None:
            return
        item = next((item for item in self._desk.briefing.items if item.id not in self._known), None)
        if item is not None:
            self._known[item.id] = exhibits.find_differences(self._store.library, item)
            self._timer.start(0)
        else:
            self.differences_found.emit(dict(self._known))
