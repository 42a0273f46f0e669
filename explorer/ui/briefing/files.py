"""Briefings as files: new, open, save, recent ones, what was not saved, and two windows on one file."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFileDialog

from explorer.briefing import SUFFIX, Briefing, BriefingError, UnsavedBriefing, file_format, new_id, recovery
from explorer.support import write_atomically
from explorer.ui.briefing import dialogs as asks
from explorer.ui.widgets import TaskRunner

from .session import BriefingSession

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


# Keeps what is not saved: after every change the briefing is written beside the person's data.


_PAUSE = 300
"""Milliseconds without a letter before what is typed is written; any other change is written at once."""


class AutosaveWriter(QObject):
    """Writes the desk's unsaved state, one write at a time, beside the window."""

    write_failed = Signal(str)
    """Why it could not be written."""

    def __init__(self, desk: BriefingSession) -> None:
        super().__init__(desk)
        self._desk = desk
        self._work = TaskRunner(self)
        self._writing = self._again = False
        self._has_warned = False
        self._lock: QLockFile | None = None
        self._file: Path | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._start_write)
        desk.briefing_changed.connect(self._on_briefing_changed)

    @property
    def file(self) -> Path | None:
        """The file that holds what is not saved, once there is one."""
        return self._file

    def _on_briefing_changed(self, _old: Briefing, _new: Briefing) -> None:
        if not self._desk.is_dirty:
            self.discard_autosave()
        elif self._desk.merge_key:
            self._timer.start(_PAUSE)
        elif self._timer.isActive():
            self.flush()  # what was typed before is not to be lost with this change
        else:
            # Whoever is faster than the disk waits for it: no more than one change is ever unwritten.
            self._work.wait_for_job()
            self._writing = False
            self._start_write()

    def _start_write(self) -> None:
        if self._writing:
            self._again = True
            return
        if not self._desk.is_dirty:
            return
        self._writing = True
        job = partial(recovery.write_unsaved, self._ensure_locked_file(), self._desk.briefing, self._desk.path)
        self._work.start(job, self._on_written, self._on_write_failed)

    def _ensure_locked_file(self) -> Path:
        """The file to write, locked."""
        if self._file is None:
            folder = recovery.unsaved_folder()
            file = folder / f"{new_id()}{SUFFIX}"
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._lock = lock_of(file)
                self._lock.tryLock(0)
            except OSError:
                self._lock = None  # the write itself will say why
            self._file = file
        return self._file

    def _on_written(self, _nothing: None) -> None:
        self._writing = self._has_warned = False
        self._go_on()

    def _on_write_failed(self, error: BaseException) -> None:
        self._writing = False
        if not self._has_warned:
            self._has_warned = True
            why = (error.strerror if isinstance(error, OSError) else "") or str(error)
            self.write_failed.emit(f"What is not saved could not be kept safe: {why}. Save the briefing soon.")
        self._go_on()

    def _go_on(self) -> None:
        again, self._again = self._again, False
        if not self._desk.is_dirty:
            self._delete_file()
        elif again:
            self._start_write()

    def flush(self) -> None:
        """Write what is waiting now, and wait until it is written."""
        self._work.wait_for_job()
        if self._desk.is_dirty:
            self._timer.stop()
            try:
                recovery.write_unsaved(self._ensure_locked_file(), self._desk.briefing, self._desk.path)
            except OSError as error:
                self._on_write_failed(error)

    def discard_autosave(self) -> None:
        """Nothing is unsaved any more, or nobody wants it: take the file away."""
        self._timer.stop()
        self._again = False
        if not self._writing:
            self._delete_file()

    def shut_down(self) -> None:
        """Forget what is kept, also what is being written: the window closes."""
        self._work.wait_for_job()
        self._work.let_go()
        self._writing = False
        self.discard_autosave()

    def _delete_file(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):  # it is offered again at the next start, which does no harm
                self._file.unlink(missing_ok=True)
            if self._lock is not None:
                self._lock.unlock()
        self._file = self._lock = None


def lock_of(file: Path) -> QLockFile:
    """The lock that says a window is at work on ``file``; it never grows stale by age alone."""
    lock = QLockFile(str(file.with_name(f".{file.name}.lock")))
    lock.setStaleLockTime(0)
    return lock


def in_use(file: Path) -> bool:
    """Whether a window that is still there works on ``file``."""
    lock = lock_of(file)
    if lock.tryLock(0):
        lock.unlock()
        return False
    return lock.error() is QLockFile.LockError.LockFailedError


_FILES = f"Briefings (*{SUFFIX})"


class BriefingFiles(QObject):
    """What the window does with briefings as files."""

    def __init__(self, context: WindowContext, desk: BriefingSession, show_drawer: Callable[[], None]) -> None:
        super().__init__(desk)
        self._context, self._desk, self._show_drawer = context, desk, show_drawer
        self.keeper = AutosaveWriter(desk)
        self.keeper.write_failed.connect(context.messages.show_message)
        self._lock: QLockFile | None = None
        self._sum = ""
        """The SHA-256 of the file as this window last read or wrote it."""
        self._leaving = False
        self.question: QDialog | None = None
        """What is asked at the moment."""

    # ---- new and open

    def new_briefing(self) -> None:
        """Begin an empty briefing, once what is not saved is settled."""
        self._run_when_saved(self._start_empty)

    def throw_away(self) -> None:
        """Let the briefing go without asking: nobody worked on it."""
        self._replace_briefing(Briefing(), None, is_saved=True)

    def _start_empty(self) -> None:
        self._replace_briefing(Briefing(), None, is_saved=True)
        self._show_drawer()

    def create_draft(self) -> None:
        """Make a first draft about the place on screen, once what is not saved is settled."""
        self._run_when_saved(self._create_draft)

    def _create_draft(self) -> None:
        from explorer.briefing import generate_draft

        page = self._context.store.page
        if page is None:
            return
        draft = generate_draft(self._context.store.library, page.asked.code)
        if not draft.items:
            self._context.messages.show_message(f"No evidence that is loaded bears on {page.asked.name}.")
            return
        if self._desk.briefing.items or self._desk.path is not None:
            self._replace_briefing(draft, None, is_saved=False)
        else:
            self._desk.apply_change(f"first draft about {page.asked.name}", draft)
        self._show_drawer()
        self._context.messages.show_message(
            f"A first draft about {page.asked.name}: {len(draft.items)} items, by rule. Cut it and add to it."
        )

    def choose_file(self) -> None:
        """Ask for a briefing and open it."""
        start = str(self._context.default_folder())
        path, _ = QFileDialog.getOpenFileName(self._context.widget, "Open briefing", start, _FILES)
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Open the briefing at ``path``, once what is not saved is settled."""
        if self._desk.path is not None and _is_same_file(path, self._desk.path) and not self._desk.is_dirty:
            self._show_drawer()
            return
        self._run_when_saved(partial(self._load_file, path))

    def _load_file(self, path: Path) -> None:
        try:
            briefing, content = file_format.load_briefing(path), path.read_bytes()
        except BriefingError as error:
            self._context.messages.show_message(str(error))
            return
        except OSError as error:
            self._context.messages.show_message(f"“{path.name}” was not opened: {error.strerror or error}.")
            return
        lock = lock_of(path)
        lock_acquired = lock.tryLock(0)
        if not lock_acquired and lock.error() is QLockFile.LockError.LockFailedError:
            own = self._desk.path is not None and _is_same_file(path, self._desk.path)
            if not own:
                self._open_question(
                    asks.build_in_use_dialog(path, lock, self._context), yes=partial(self._open_copy, briefing)
                )
                return
        if lock_acquired:
            self._let_lock_go()
            self._lock = lock
        self._sum = _content_hash(content)
        self._replace_briefing(briefing, path, is_saved=True, has_lock=True)
        self._add_recent(path)
        self._show_drawer()

    def _open_copy(self, briefing: Briefing) -> None:
        """The content of a file that another window has: without a name, so that it is saved elsewhere."""
        self._replace_briefing(briefing, None, is_saved=False)
        self._show_drawer()

    def _replace_briefing(
        self, briefing: Briefing, path: Path | None, *, is_saved: bool, has_lock: bool = False
    ) -> None:
        if not has_lock:
            self._let_lock_go()
        self.keeper.discard_autosave()
        self._context.messages.let_pass()  # what it told of was about the briefing before
        self._desk.set_briefing(briefing, path, is_saved=is_saved)

    def _let_lock_go(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._lock = None

    # ---- save

    def save(self) -> None:
        """Save to the briefing's file; ask for one where it has none yet."""
        path = self._desk.path
        if not self._desk.briefing.items and path is None and not self._desk.is_dirty:
            self._context.messages.show_message("The briefing is empty. To save the chart on screen, press Ctrl+E.")
        elif path is None:
            self.save_as()
        elif self._changed_outside(path):
            self._open_question(asks.changed_outside(path, self._context), yes=partial(self.write, path))
        else:
            self.write(path)

    def save_as(self) -> None:
        """Ask for a file and save to it."""
        suggested_path = self._context.default_folder() / f"{asks.file_name(self._desk.briefing.name)}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(self._context.widget, "Save briefing as", str(suggested_path), _FILES)
        if path:
            self.write(Path(path) if Path(path).suffix.lower() == SUFFIX else Path(f"{path}{SUFFIX}"))

    def write(self, path: Path) -> None:
        """Save to ``path`` and say how that went."""
        say, other = (
            self._context.messages.show_message,
            self._desk.path is None or not _is_same_file(path, self._desk.path),
        )
        lock = lock_of(path) if other or self._lock is None else None
        if lock is not None and not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
            say(f"“{path.name}” is open in another window of this program. Save under another name.")
            return
        briefing = self._desk.briefing
        content = file_format.to_bytes(briefing)
        try:
            write_atomically(path, content)
        except OSError as error:
            why = error.strerror or str(error)
            say(f"“{path.name}” was not saved: {why}. The file is as it was; choose another folder or name.")
            return
        if lock is not None and lock.isLocked():
            self._let_lock_go()
            self._lock = lock
        self._sum = _content_hash(content)
        self._desk.mark_saved(briefing, path)
        self.keeper.discard_autosave()
        self._context.saved_in = path.parent
        self._add_recent(path)
        say(f"Saved: {path}")

    def _changed_outside(self, path: Path) -> bool:
        try:
            return _content_hash(path.read_bytes()) != self._sum
        except FileNotFoundError:
            return False
        except OSError:
            return False  # the write will say why

    def _add_recent(self, path: Path) -> None:
        recent_paths = [str(path.resolve()), *self._context.settings.recent_paths]
        self._context.settings.recent_paths = tuple(dict.fromkeys(recent_paths))

    def show_recent(self) -> None:
        """Show the files that were open before."""
        there = tuple(Path(one) for one in self._context.settings.recent_paths if Path(one).is_file())
        self._open_question(asks.build_recent_dialog(there, self._context, self.open_file))

    # ---- what is not saved

    def _run_when_saved(self, then: Callable[[], None]) -> None:
        """Do ``then`` at once where everything is saved; else ask first."""
        if not self._desk.is_dirty:
            then()
            return

        def save_first() -> None:
            self.save()
            if not self._desk.is_dirty:
                then()

        self._open_question(asks.build_unsaved_dialog(self._desk.briefing, self._context), yes=save_first, other=then)

    def may_close(self) -> bool:
        """Whether the window may close now; where it may not, it asks, and closes when that is answered."""
        if self._desk.is_dirty and not self._leaving:
            self.keeper.flush()
            self._run_when_saved(self._close_window)
            return False
        self.keeper.shut_down()
        self._let_lock_go()
        return True

    def _close_window(self) -> None:
        self._leaving = True
        self._context.widget.close()

    def offer_recovery(self) -> None:
        """Offer what an earlier run of the program did not save."""
        for file in recovery.quarantine(in_use):
            self._context.messages.show_message(f"An unsaved briefing could not be read. It was left as “{file}”.")
        unsaved_states = recovery.list_unsaved(in_use)
        if unsaved_states and self.question is None:
            self._open_question(
                asks.build_recovery_dialog(unsaved_states, self._context, self._take_back, self._throw_away)
            )

    def _take_back(self, one: UnsavedBriefing) -> None:
        def restore_unsaved() -> None:
            saved_path = one.of if one.of is not None and one.of.is_file() and not in_use(one.of) else None
            self._replace_briefing(one.briefing, saved_path, is_saved=False)
            if saved_path is not None:
                self._lock = lock_of(saved_path)
                self._lock.tryLock(0)
                self._sum = _content_hash(saved_path.read_bytes())
            self.keeper.flush()
            self.discard_unsaved(one)
            self._show_drawer()

        self._run_when_saved(restore_unsaved)

    def discard_unsaved(self, one: UnsavedBriefing) -> None:
        """Take an unsaved state away."""
        try:
            one.file.unlink(missing_ok=True)
        except OSError as error:
            self._context.messages.show_message(f"It could not be taken away: {error.strerror or error}.")

    def _throw_away(self, one: UnsavedBriefing) -> None:
        def discard_and_continue() -> None:
            self.discard_unsaved(one)
            self._context.messages.show_message(f"Thrown away: “{one.briefing.name}”, as it was before it was saved.")
            QTimer.singleShot(0, self, self.offer_recovery)  # there may be more

        self._open_question(asks.throw_away(one, self._context), yes=discard_and_continue)

    def _open_question(
        self, dialog: QDialog, yes: Callable[[], None] | None = None, other: Callable[[], None] | None = None
    ) -> None:
        """Open ``dialog`` over the window, and go on as it is answered."""
        if self.question is not None:
            self.question.reject()
        self.question = dialog

        def on_finished(result: int) -> None:
            self.question = None
            dialog.deleteLater()
            answer = {QDialog.DialogCode.Accepted: yes, asks.OTHER: other}.get(result)
            if answer is not None:
                answer()

        dialog.finished.connect(on_finished)
        dialog.open()


def _content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
