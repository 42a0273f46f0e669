"""Keeps what is not saved: after every change the briefing is written beside the person's data.

A lock says that a window is at work on it; where a lock is left by a program that ended, the file is offered
when the next window opens.
"""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from explorer.briefing import recovery
from explorer.briefing.model import SUFFIX, Briefing, new_id

from .briefing_desk import BriefingSession
from .work import TaskRunner

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
        self._told = False
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
        self._writing = self._told = False
        self._go_on()

    def _on_write_failed(self, error: BaseException) -> None:
        self._writing = False
        if not self._told:
            self._told = True
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
