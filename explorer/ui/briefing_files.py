"""Briefings as files: new, open, save, recent ones, what was not saved, and two windows on one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from explorer.briefing import storage, unsaved
from explorer.briefing.document import SUFFIX, Briefing
from explorer.briefing.storage import BriefingError
from explorer.briefing.unsaved import Unsaved

from . import briefing_asks as asks
from .briefing_desk import Desk
from .briefing_keeper import Keeper, in_use, lock_of

if TYPE_CHECKING:
    from .window import Window

_FILES = f"Briefings (*{SUFFIX})"


class BriefingFiles(QObject):
    """What the window does with briefings as files."""

    def __init__(self, window: Window, desk: Desk, shown: Callable[[], None]) -> None:
        super().__init__(desk)
        self._window, self._desk, self._shown = window, desk, shown
        self.keeper = Keeper(desk)
        self.keeper.failed.connect(window.messages.say)
        self._lock: QLockFile | None = None
        self._sum = ""
        """The SHA-256 of the file as this window last read or wrote it."""
        self._leaving = False
        self.question: QDialog | None = None
        """What is asked at the moment."""

    # ---- new and open

    def new(self) -> None:
        """Begin an empty briefing, once what is not saved is settled."""
        self._settled(self._begin)

    def throw_away(self) -> None:
        """Let the briefing go without asking: nobody worked on it."""
        self._put(Briefing(), None, saved=True)

    def _begin(self) -> None:
        self._put(Briefing(), None, saved=True)
        self._shown()

    def draft(self) -> None:
        """Make a first draft about the place on screen, once what is not saved is settled."""
        self._settled(self._draft)

    def _draft(self) -> None:
        from explorer.briefing.ready import brief_me

        page = self._window.store.page
        if page is None:
            return
        made = brief_me(self._window.store.library, page.asked.code)
        if not made.items:
            self._window.messages.say(f"No evidence that is loaded bears on {page.asked.name}.")
            return
        if self._desk.briefing.items or self._desk.path is not None:
            self._put(made, None, saved=False)
        else:
            self._desk.do(f"first draft about {page.asked.name}", made)
        self._shown()
        self._window.messages.say(
            f"A first draft about {page.asked.name}: {len(made.items)} items, by rule. Cut it and add to it."
        )

    def choose(self) -> None:
        """Ask for a briefing and open it."""
        start = str(self._window.commands.folder())
        path, _ = QFileDialog.getOpenFileName(self._window, "Open briefing", start, _FILES)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open the briefing at ``path``, once what is not saved is settled."""
        if self._desk.path is not None and _same(path, self._desk.path) and not self._desk.dirty:
            self._shown()
            return
        self._settled(partial(self._open, path))

    def _open(self, path: Path) -> None:
        try:
            briefing, content = storage.load(path), path.read_bytes()
        except BriefingError as error:
            self._window.messages.say(str(error))
            return
        except OSError as error:
            self._window.messages.say(f"“{path.name}” was not opened: {error.strerror or error}.")
            return
        lock = lock_of(path)
        taken = lock.tryLock(0)
        if not taken and lock.error() is QLockFile.LockError.LockFailedError:
            own = self._desk.path is not None and _same(path, self._desk.path)
            if not own:
                self._ask(asks.elsewhere(path, lock, self._window), yes=partial(self._copy, briefing))
                return
        if taken:
            self._let_lock_go()
            self._lock = lock
        self._sum = _sum(content)
        self._put(briefing, path, saved=True, locked=True)
        self._remember(path)
        self._shown()

    def _copy(self, briefing: Briefing) -> None:
        """The content of a file that another window has: without a name, so that it is saved elsewhere."""
        self._put(briefing, None, saved=False)
        self._shown()

    def _put(self, briefing: Briefing, path: Path | None, *, saved: bool, locked: bool = False) -> None:
        if not locked:
            self._let_lock_go()
        self.keeper.forget()
        self._window.messages.let_pass()  # what it told of was about the briefing before
        self._desk.put(briefing, path, saved=saved)

    def _let_lock_go(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    # ---- save

    def save(self) -> None:
        """Save to the briefing's file; ask for one where it has none yet."""
        path = self._desk.path
        if not self._desk.briefing.items and path is None and not self._desk.dirty:
            self._window.messages.say("The briefing is empty. To save the chart on screen, press Ctrl+E.")
        elif path is None:
            self.save_as()
        elif self._changed_outside(path):
            self._ask(asks.changed_outside(path, self._window), yes=partial(self.write, path))
        else:
            self.write(path)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        suggested = self._window.commands.folder() / f"{asks.file_name(self._desk.briefing.name)}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(self._window, "Save briefing as", str(suggested), _FILES)
        if path:
            self.write(Path(path) if Path(path).suffix.lower() == SUFFIX else Path(f"{path}{SUFFIX}"))

    def write(self, path: Path) -> None:
        """Save to ``path`` and say how that went."""
        say, other = self._window.messages.say, self._desk.path is None or not _same(path, self._desk.path)
        lock = lock_of(path) if other or self._lock is None else None
        if lock is not None and not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            say(f"“{path.name}” is open in another window of this program. Save under another name.")
            return
        briefing = self._desk.briefing
        content = storage.to_bytes(briefing)
        try:
            storage.write_whole(path, content)
        except OSError as error:
            why = error.strerror or str(error)
            say(f"“{path.name}” was not saved: {why}. The file is as it was; choose another folder or name.")
            return
        if lock is not None and lock.isLocked():
            self._let_lock_go()
            self._lock = lock
        self._sum = _sum(content)
        self._desk.saved(briefing, path)
        self.keeper.forget()
        self._window.commands.saved_in = path.parent
        self._remember(path)
        say(f"Saved: {path}")

    def _changed_outside(self, path: Path) -> bool:
        try:
            return _sum(path.read_bytes()) != self._sum
        except FileNotFoundError:
            return False
        except OSError:
            return False  # the write will say why

    def _remember(self, path: Path) -> None:
        known = [str(path.resolve()), *self._window.settings.recent]
        self._window.settings.recent = tuple(dict.fromkeys(known))

    def show_recent(self) -> None:
        """Show the files that were open before."""
        there = tuple(Path(one) for one in self._window.settings.recent if Path(one).is_file())
        self._ask(asks.recent(there, self._window, self.open))

    # ---- what is not saved

    def _settled(self, then: Callable[[], None]) -> None:
        """Do ``then`` at once where everything is saved; else ask first."""
        if not self._desk.dirty:
            then()
            return

        def save_first() -> None:
            self.save()
            if not self._desk.dirty:
                then()

        self._ask(asks.unsaved(self._desk.briefing, self._window), yes=save_first, other=then)

    def may_close(self) -> bool:
        """Whether the window may close now; where it may not, it asks, and closes when that is answered."""
        if self._desk.dirty and not self._leaving:
            self.keeper.flush()
            self._settled(self._leave)
            return False
        self.keeper.end()
        self._let_lock_go()
        return True

    def _leave(self) -> None:
        self._leaving = True
        self._window.close()

    def recover(self) -> None:
        """Offer what an earlier run of the program did not save."""
        for file in unsaved.set_aside(in_use):
            self._window.messages.say(f"An unsaved briefing could not be read. It was left as “{file}”.")
        left = unsaved.found(in_use)
        if left and self.question is None:
            self._ask(asks.recover(left, self._window, self._take_back, self._throw_away))

    def _take_back(self, one: Unsaved) -> None:
        def take() -> None:
            known = one.of if one.of is not None and one.of.is_file() and not in_use(one.of) else None
            self._put(one.briefing, known, saved=False)
            if known is not None:
                self._lock = lock_of(known)
                self._lock.tryLock(0)
                self._sum = _sum(known.read_bytes())
            self.keeper.flush()
            self.discard(one)
            self._shown()

        self._settled(take)

    def discard(self, one: Unsaved) -> None:
        """Take an unsaved state away."""
        try:
            one.file.unlink(missing_ok=True)
        except OSError as error:
            self._window.messages.say(f"It could not be taken away: {error.strerror or error}.")

    def _throw_away(self, one: Unsaved) -> None:
        def throw() -> None:
            self.discard(one)
            self._window.messages.say(f"Thrown away: “{one.briefing.name}”, as it was before it was saved.")
            QTimer.singleShot(0, self, self.recover)  # there may be more

        self._ask(asks.throw_away(one, self._window), yes=throw)

    def _ask(
        self, dialog: QDialog, yes: Callable[[], None] | None = None, other: Callable[[], None] | None = None
    ) -> None:
        """Open ``dialog`` over the window, and go on as it is answered."""
        if self.question is not None:
            self.question.reject()
        self.question = dialog

        def answered(result: int) -> None:
            self.question = None
            dialog.deleteLater()
            answer = {QDialog.DialogCode.Accepted: yes, asks.OTHER: other}.get(result)
            if answer is not None:
                answer()

        dialog.finished.connect(answered)
        dialog.open()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
