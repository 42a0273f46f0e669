"""What the window stands on: the library, the history of questions, the page on screen, and one signal.

A widget asks for a move and is told of the page that came of it; no widget talks to another.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.library import Library
from explorer.pages import answer
from explorer.pages.model import Page, QueryChange, Question, QuestionHistory


class PageStore(QObject):
    """Holds the Library and the History. Empty until ``open``; a wish before that is let go."""

    page_changed = Signal(object, object)
    """The page before (None at first) and the page now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = None
        self._history: QuestionHistory | None = None
        self._page: Page | None = None

    @property
    def library(self) -> Library:
        """The evidence. Raises LookupError before ``open``."""
        if self._library is None:
            raise LookupError("no library is open yet")
        return self._library

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        return self._page

    @property
    def current_page(self) -> Page:
        """The page on screen. Raises LookupError before there is one."""
        if self._page is None:
            raise LookupError("no page is on screen yet")
        return self._page

    @property
    def can_go_back(self) -> bool:
        """Whether there is something to go back to."""
        return self._history is not None and self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something to go forward to."""
        return self._history is not None and self._history.can_go_forward

    def open(self, library: Library, question: Question, *, brief: bool = False) -> None:
        """Begin with ``question`` of ``library``; ``brief`` leaves to ``complete`` the panel's part."""
        self._library = library
        self._history = QuestionHistory((question,))
        old, self._page = self._page, answer(library, question, brief=brief)
        self.page_changed.emit(old, self._page)

    def load_panels(self) -> Page | None:
        """The page on screen with all that a brief one leaves out; nothing that is drawn differs."""
        if self._history is not None:
            self._page = answer(self.library, self._history.current)
        return self._page

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
            old, self._page = self._page, answer(self.library, self._history.current)
            self.page_changed.emit(old, self._page)

    def _set_history(self, history: QuestionHistory) -> None:
        if history is self._history or (self._page is not None and history == self._history):
            return
        self._history = history
        old, self._page = self._page, answer(self.library, history.current)
        self.page_changed.emit(old, self._page)
