"""The search field in the top bar: typing shows what it leads to in a list under it, by keyboard or mouse.

The list is made when it is first needed. The field only reports what was chosen; ``commands`` goes there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from explorer.pages.search import ResultKind, SearchResult
from explorer.ui.core import KeyBinding, KeySection, PageStore, find_act
from explorer.ui.theme import Typeset
from explorer.ui.widgets import WordField, announce

if TYPE_CHECKING:
    from .search_popup import SearchList


KEYS = "Ctrl+K"
CommandProvider = Callable[[], tuple[tuple[str, str, str], ...]]
"""The commands that can be used now: id, words, and where they stand with their keys."""
_USUAL, _LEAST = 230, 110
_PAUSE = 350
"""Milliseconds after the last key before a screen reader is told how much was found."""
_RECENT = 6
_OPENING = "The evidence is still being opened."


def no_commands() -> tuple[tuple[str, str, str], ...]:
    """What is offered before anybody says which commands there are."""
    return ()


class SearchBox(WordField):
    """The field, and the list that opens under it."""

    result_chosen = Signal(object)
    """Carries the ``SearchResult`` that was chosen; sources are opened in the list and not reported."""

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        keys = QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        super().__init__(parent, f"Search  {keys}", "Search places, figures, what is said, and commands")
        self._store = store
        self._typeset: Typeset | None = None
        self._list: SearchList | None = None
        self._pause: QTimer | None = None
        self._came_from: QWidget | None = None
        self._recent: tuple[int, tuple[SearchResult, ...]] = (0, ())
        self._within: SearchResult | None = None
        self.command_provider: CommandProvider = no_commands
        self.textEdited.connect(self._on_text_edited)

    @property
    def result_list(self) -> SearchList:
        """The list under the field, made when it is first asked for."""
        if self._list is None:
            from .search_popup import SearchList

            self._list = SearchList(self.window())
            self._list.result_chosen.connect(self._on_result_chosen)
            self.window().installEventFilter(self)
            self._pause = QTimer(self)
            self._pause.setSingleShot(True)
            self._pause.setInterval(_PAUSE)
            self._pause.timeout.connect(self._announce_summary)
            if self._typeset is not None:
                self._list.apply_theme(self._typeset)
        return self._list

    @property
    def is_open(self) -> bool:
        """Whether the list is on show."""
        return self._list is not None and self._list.isVisible()

    def look_for(self) -> None:
        """Put the keyboard into the field and open the list; Escape goes back to where it was."""
        focus = QApplication.focusWidget()
        if focus is not self:
            self._came_from = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._show_results(self.text())

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and the type of ``typeset``."""
        super().apply_theme(typeset)
        self._typeset = typeset
        self.updateGeometry()
        if self._list is not None:
            self._list.apply_theme(typeset)
            self._place_list()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for a few words, in any size of text."""
        scale = self._typeset.scale if self._typeset is not None else 1.0
        return QSize(round(_USUAL * scale), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Where there is little room the hint is cut off and not the window."""
        return QSize(_LEAST, super().sizeHint().height())

    def _on_text_edited(self, text: str) -> None:
        self._within = None
        self._show_results(text)

    def _show_results(self, text: str) -> None:
        """Show what ``text`` leads to."""
        from explorer.pages.search import HELP, results_for_source, search_library

        if self._store.page is None:
            self.result_list.show_results((), _OPENING)
        elif self._within is not None:
            source_results = results_for_source(self._store.library, self._within.id)
            self.result_list.show_results(
                source_results, f"{_format_count(len(source_results))} in “{self._within.title}”"
            )
        elif text.strip():
            command_details = {id_: where for id_, _, where in self.command_provider()}
            commands = tuple((id_, words) for id_, words, _ in self.command_provider())
            results = tuple(
                replace(one, detail=command_details.get(one.id, "")) if one.kind is ResultKind.COMMAND else one
                for one in search_library(self._store.library, text, commands)
            )
            self.result_list.show_results(results, _format_count(len(results)) if results else _no_match_message(text))
        else:
            self.result_list.show_results(self._recent_results(), HELP, recent=True)
        self._place_list()
        if self._pause is not None:
            self._pause.start()

    def _recent_results(self) -> tuple[SearchResult, ...]:
        """What was chosen before, as long as the evidence is the same."""
        revision, results = self._recent
        return results if revision == self._store.library.revision else ()

    def _place_list(self) -> None:
        if self._list is not None:
            self._list.place_under(self)

    def _announce_summary(self) -> None:
        if self.is_open:
            announce(self, self.result_list.summary_text)

    def _on_result_chosen(self, result: SearchResult) -> None:
        if result.kind is ResultKind.SOURCE:
            self._within = result
            self._show_results(self.text())
            return
        self._remember_result(result)
        self._close_list()
        self.result_chosen.emit(result)

    def _remember_result(self, result: SearchResult) -> None:
        other_results = tuple(one for one in self._recent_results() if (one.kind, one.id) != (result.kind, result.id))
        self._recent = (self._store.library.revision, (result, *other_results)[:_RECENT])

    def _close_list(self) -> None:
        self._within = None
        self.clear()
        if self._list is not None:
            self._list.hide()

    def _return_focus(self) -> None:
        """Close, and give the keyboard back to where it came from."""
        self._close_list()
        before = self._came_from
        self._came_from = None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step_back(self) -> None:
        if self._within is not None:
            self._within = None
            self._show_results(self.text())
        else:
            self._return_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows move in the list, Enter goes, Escape goes back; everything else is typed."""
        key = Qt.Key(event.key())
        act = find_act(SEARCH_KEYS, key)
        if act == "back" and (self.is_open or self.text()):
            self._step_back()
        elif act in _STEPS and not self.is_open:
            self._show_results(self.text())
        elif act in _STEPS:
            self._announce_row(self.result_list.step_row(_STEPS[act]))
        elif act in _GROUPS and self.is_open:
            self._announce_row(self.result_list.step_group(_GROUPS[act]))
        elif act == "open":
            if self.is_open:
                self.result_list.take_current()
        else:
            super().keyPressEvent(event)

    def _announce_row(self, sentence: str) -> None:
        if self._pause is not None:
            self._pause.stop()
        if sentence:
            announce(self, sentence)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """A press into the field opens the list."""
        super().mousePressEvent(event)
        if not self.is_open:
            self._show_results(self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Remember nothing of a tab: only the shortcut has somewhere to go back to."""
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._came_from = None
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Close the list when the keyboard goes elsewhere in the window."""
        super().focusOutEvent(event)
        if self._list is not None and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._list.hide()

    def eventFilter(self, watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the list under the field when the window takes another size."""
        if event.type() == QEvent.Type.Resize and self.is_open:
            QTimer.singleShot(0, self._place_list)
        return super().eventFilter(watched_object, event)


SEARCH_KEYS = KeySection(
    title="In the search",
    bindings=(
        KeyBinding(keys=("Down",), text="to the next result", act="next"),
        KeyBinding(keys=("Up",), text="to the result before", act="previous"),
        KeyBinding(keys=("PgDown",), text="to the next group of results", act="next-group"),
        KeyBinding(keys=("PgUp",), text="to the group of results before", act="previous-group"),
        KeyBinding(keys=("Return", "Enter"), text="opens the result", act="open"),
        KeyBinding(keys=("Esc",), text="back to where you were", act="back"),
    ),
)
_STEPS = {"next": 1, "previous": -1}
_GROUPS = {"next-group": 1, "previous-group": -1}


def _format_count(number: int) -> str:
    return f"{number} {'result' if number == 1 else 'results'}"


def _no_match_message(text: str) -> str:
    return f"Nothing found for “{text.strip()}”. Try fewer or other words."
