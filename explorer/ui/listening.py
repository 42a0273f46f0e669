"""Writes down whatever is complained of while the program walks: by Python, by its logs, by Qt."""

from __future__ import annotations

import logging
import warnings
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_HARMLESS = (
    "does not support propagateSizeHints",  # Qt's off-screen platform says so of every dialog
    # a Windows too old for per-monitor scaling, or an emulator of one: letters are a little less sharp there
    "DpiAwareness::PerMonitorVersion2 is not supported",
    "EnableNonClientDpiScaling() failed",
)


class WarningRecorder(logging.Handler):
    """Takes log records, warnings and Qt's messages, and adds each to a list as a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        """Write a log record down."""
        self._problems.append(f"log: {record.getMessage()}")

    def record_warning(self, message: Warning | str, *_details: Any, **_more: Any) -> None:
        """Write a warning down."""
        self._problems.append(f"warning: {message}")

    def record_qt_message(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        """Write down what Qt says, unless it only informs."""
        harmless = any(part in message for part in _HARMLESS)
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not harmless:
            self._problems.append(f"Qt: {message}")


def install(problems: list[str]) -> None:
    """From now on add every complaint to ``problems``. For a process that does nothing but walk."""
    complaints = WarningRecorder(problems)
    logging.getLogger().addHandler(complaints)
    warnings.simplefilter("always")
    warnings.showwarning = complaints.record_warning
    qInstallMessageHandler(complaints.record_qt_message)
