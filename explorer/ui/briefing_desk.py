"""The briefing that is worked on: its changes, the file it came from, and one signal. It draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from explorer.briefing import document
from explorer.briefing.changes import Changes, begun
from explorer.briefing.document import Briefing, Item, Kind


class Desk(QObject):
    """Holds one briefing. Whoever shows it listens to ``changed``."""

    changed = Signal(object, object)
    """The briefing before, and the briefing now."""
    chosen = Signal(str)
    """The id of the item to show as chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.changes: Changes = begun(Briefing())
        self.path: Path | None = None
        self._saved = Briefing()

    @property
    def briefing(self) -> Briefing:
        """The briefing as it is now."""
        return self.changes.now

    @property
    def dirty(self) -> bool:
        """Whether it holds anything that its file does not."""
        return self.briefing != self._saved

    @property
    def run(self) -> str:
        """The run of letters that the latest change belongs to; empty for a change that stands alone."""
        return self.changes.steps[self.changes.at].run

    def put(self, briefing: Briefing, path: Path | None, *, saved: bool) -> None:
        """Work on another briefing: nothing of it can be undone."""
        old = self.briefing
        self.changes, self.path = begun(briefing), path
        self._saved = briefing if saved else Briefing()
        self.changed.emit(old, briefing)

    def saved(self, briefing: Briefing, path: Path) -> None:
        """Note that ``briefing`` is what the file at ``path`` holds now."""
        self._saved, self.path = briefing, path
        self.changed.emit(self.briefing, self.briefing)

    def do(self, name: str, briefing: Briefing, run: str = "") -> None:
        """Take a change by its name; letters of one ``run`` are undone together."""
        self._take(self.changes.done(name, briefing, run))

    def undo(self) -> None:
        """Take the latest change back."""
        self._turn(self.changes.undone())

    def redo(self) -> None:
        """Do again what was undone."""
        self._turn(self.changes.redone())

    def _turn(self, changes: Changes) -> None:
        """Go to another step, and to the first item that is another there."""
        before = set(self.briefing.items)
        self._take(changes)
        differing = next((item for item in self.briefing.items if item not in before), None)
        if differing is not None:
            self.chosen.emit(differing.id)

    def _take(self, changes: Changes) -> None:
        old, self.changes = self.changes, changes
        if changes is not old:
            self.changed.emit(old.now, changes.now)

    # ---- the changes there are

    def add(self, items: Sequence[Item], at: int | None = None) -> None:
        """Put items in before place ``at``, or at the end."""
        if items:
            named = f"add {named_kind(items[0].kind)}" if len(items) == 1 else f"add {len(items)} items"
            self.do(named, document.added(self.briefing, items, at))
            self.chosen.emit(items[-1].id)

    def remove(self, item: Item) -> None:
        """Take an item out; the one that comes in its place is chosen."""
        at = self.briefing.index(item.id)
        left = document.removed(self.briefing, item.id)
        self.do(f"remove {named_kind(item.kind)}", left)
        if left.items:
            self.chosen.emit(left.items[min(at, len(left.items) - 1)].id)

    def move(self, item: Item, to: int) -> None:
        """Put an item at another place."""
        to = max(0, min(to, len(self.briefing.items) - 1))
        self.do(f"move {named_kind(item.kind)}", document.moved(self.briefing, item.id, to))
        self.chosen.emit(item.id)

    def duplicate(self, item: Item) -> None:
        """Put a copy of an item after it."""
        briefing, copy = document.duplicated(self.briefing, item.id)
        self.do(f"duplicate {named_kind(item.kind)}", briefing)
        self.chosen.emit(copy)

    def entitle(self, item: Item, title: str) -> None:
        """Give an item a title of the person's own; empty for its usual one."""
        run = f"title {item.id}"
        self.do(
            f"change title of {named_kind(item.kind)}",
            document.changed(self.briefing, replace(item, title=title)),
            run,
        )

    def annotate(self, item: Item, notes: str) -> None:
        """Write an item's notes."""
        run = f"notes {item.id}"
        named = "change note" if item.kind is Kind.NOTE else f"change notes of {named_kind(item.kind)}"
        self.do(named, document.changed(self.briefing, replace(item, notes=notes)), run)


def named_kind(kind: Kind) -> str:
    """What a kind is called within a sentence."""
    return kind.value
