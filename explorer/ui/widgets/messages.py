"""The one door for messages to the person: a quiet bar in the window, said to screen readers too.

It also stands behind what nobody caught: the program says so in a sentence and goes on.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.ui.theme import GAP, Typeset

from .buttons import ButtonStyle, WordButton

_UNEXPECTED_ERROR = "Something unexpected happened. What you see is still there; you can go on."


class MessageBar(QWidget):
    """Shows one message at a time, until it is dismissed or the next one comes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._details = ""
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._opening: Callable[[], object] | None = None
        self._open = WordButton(self, ButtonStyle.LINK)
        self._open.set_label("Open", "Open the file")
        self._open.clicked.connect(self._open_file)
        self._copy = WordButton(self, ButtonStyle.LINK)
        self._copy.set_label("Copy details")
        self._copy.clicked.connect(self._copy_details)
        self._close = WordButton(self, ButtonStyle.LINK)
        self._close.set_label("Dismiss", "Dismiss this message")
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        row.addWidget(self._label, 1)
        row.addWidget(self._open)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        self.setAutoFillBackground(True)
        self.hide()

    @property
    def text(self) -> str:
        """The message on show, or empty."""
        return "" if self.isHidden() else self._label.text()

    def show_message(self, sentence: str, details: str = "", opening: Callable[[], object] | None = None) -> None:
        """Show ``sentence``; ``details`` can be copied; ``opening`` opens the file that it tells of."""
        self._details, self._opening = details, opening
        self._open.setVisible(opening is not None)
        self._label.setText(sentence)
        self._copy.setVisible(bool(details))
        self.show()
        announce(self, sentence)

    def let_pass(self) -> None:
        """Put away a message that only told of something done; one with details stays until dismissed."""
        if not self._details:
            self.hide()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours."""
        for button in (self._open, self._copy, self._close):
            button.apply_theme(typeset)

    def _open_file(self) -> None:
        if self._opening is not None:
            self._opening()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say ``sentence``."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class ExceptionHook(QObject):
    """Catches what nobody caught, on any thread, and hands it on: first in, before any widget."""

    error_caught = Signal(object)
    """The details as text."""

    def install(self) -> None:
        """Stand behind the main thread and all others."""
        sys.excepthook = self.stand_in
        threading.excepthook = self._on_thread_error

    def report_to(self, bar: MessageBar) -> None:
        """Show what is caught from now on in ``bar``."""
        self._bar = bar
        self.error_caught.connect(self._show_error)

    def _show_error(self, details: str) -> None:
        self._bar.show_message(_UNEXPECTED_ERROR, details)

    def stand_in(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What nobody caught: written to standard error where there is one, and shown."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(details)
        self.error_caught.emit(details)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.stand_in(args.exc_type, args.exc_value, args.exc_traceback)
