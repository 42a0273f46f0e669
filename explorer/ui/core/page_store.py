"""What the window stands on: the library, the history of questions, the page on screen, and one signal.

A widget asks for a move and is told of the page that came of it; no widget talks to another.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.library import Library
from explorer.pages import PendingPage, answer_chart_first
from explorer.pages.model import Page, QueryChange, Question, QuestionHistory


class PageStore(QObject):
    """Holds the Library and the History. Empty until ``open``; a wish before that is let go."""

    page_changed = Signal(object, object)
    """The page before (None at first) and the page now, as far as its chart needs it; ``page`` has the whole."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._history: QuestionHistory | None = None
        self._page: Page | None = None
        self._pending: PendingPage | None = None
        """What completes the page on screen; None where it is whole."""

    @property
    def library(self) -> Library:
        """The evidence. Raises LookupError before ``open``."""
        if self._library is None:
            raise LookupError("no library is open yet")
        return self._library

    @property
    def page(self) -> Page | None:
        """The page on screen, whole: its card and panel are worked out the first time that it is asked for."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self._page = pending.complete()
        return self._page

    @property
    def chart_page(self) -> Page | None:
        """The page on screen as far as it is worked out: without card and panel where nothing needed them yet."""
        return self._page

    @property
    def current_page(self) -> Page:
        """The page on screen. Raises LookupError before there is one."""
        if self.page is None:
            raise LookupError("no page is on screen yet")
        return self.page

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to go back to."""
        return self._history is not None and self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something to go forward to."""
        return self._history is not None and self._history.can_go_forward

    def open(self, library: Library, question: Question) -> None:
        """Begin with ``question`` of ``library``."""
        self._library = library
        self._history = QuestionHistory((question,))
        self._turn_to(question)

    def dispatch(self, move: QueryChange) -> None:
        """Take a wish and turn to the page that answers it."""
        if self._history is not None:
            self._set_history(self._history.push(move))

    def go_back(self) -> None:
        """Go back to what was looked at before."""
        if self._history is not None:
            self._set_history(self._history.go_back())

    def go_forward(self) -> None:
        """Go forward again."""
        if self._history is not None:
            self._set_history(self._history.go_forward())

    def refresh(self) -> None:
        """Answer the same question anew: the evidence is no longer what it was."""
        if self._history is not None:
            self._turn_to(self._history.current)

    def _set_history(self, history: QuestionHistory) -> None:
        if history is self._history or (self._page is not None and history == self._history):
            return
        self._history = history
        self._turn_to(history.current)

    def _turn_to(self, question: Question) -> None:
        old, self._pending = self._page, answer_chart_first(self.library, question)
        self._page = self._pending.chart_page
        self.page_changed.emit(old, self._page)
