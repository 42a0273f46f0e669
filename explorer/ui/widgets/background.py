"""Work that would hold up the window, done beside it. A late answer to a question let go is dropped.

The dispatcher lives on the main thread and owns the signal, so what is called back is called there; the
worker gets plain data and owns nothing of Qt's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal


class _TaskOutcome(Struct, frozen=True):
    ticket: int
    value: Any
    error: BaseException | None


class TaskRunner(QObject):
    """Runs one kind of job at a time; starting another lets the one before go."""

    _job_finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._on_done: Callable[[Any], None] | None = None
        self._on_failed: Callable[[BaseException], None] | None = None
        self._thread: threading.Thread | None = None
        self._job_finished.connect(self._deliver_outcome, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        job: Callable[[], Any],
        on_success: Callable[[Any], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        """Run ``job`` in a thread; ``on_success`` or ``on_failure`` is called on the main thread."""
        self._ticket += 1
        self._on_done, self._on_failed = on_success, on_failure
        self._thread = threading.Thread(target=self._run_job, args=(self._ticket, job), daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """Drop whatever answer is still to come."""
        self._ticket += 1

    def wait_for_job(self) -> None:
        """Wait for the running job to end; its answer still comes by the event loop."""
        if self._thread is not None:
            self._thread.join()

    def _run_job(self, ticket: int, job: Callable[[], Any]) -> None:
        try:
            outcome = _TaskOutcome(ticket, job(), None)
        except BaseException as error:  # whatever happened there is told here
            outcome = _TaskOutcome(ticket, None, error)
        self._job_finished.emit(outcome)

    def _deliver_outcome(self, outcome: _TaskOutcome) -> None:
        if outcome.ticket != self._ticket:
            return
        if outcome.error is not None and self._on_failed is not None:
            self._on_failed(outcome.error)
        elif outcome.error is None and self._on_done is not None:
            self._on_done(outcome.value)
