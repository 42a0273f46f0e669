"""Opening, saving, removing and undoing packs: what is asked, what is done beside the window, what is said.

Reading and writing is done in a thread, one thing at a time, and the window goes on meanwhile.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from explorer.library import Library, MoveKind, PackState, PackTransaction, StagedPack, VersionComparison, pack_transfer
from explorer.packs import DESCRIPTOR, PackError, Problem
from explorer.ui.cards import ActionKind, CardAction, CardsDialog, QuestionDialog
from explorer.ui.core import undo_words
from explorer.ui.widgets import TaskRunner

from .cards import PacksDialog, problem_cards, remove_cards, replace_cards

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


_PACKS = f"Packs (*.zip {DESCRIPTOR})"
_ZIP = "Packs (*.zip)"


class PackMoves(QObject):
    """What the window does with packs as wholes."""

    def __init__(
        self, context: WindowContext, show_packs: Callable[[], None], open_dialog: Callable[[], QDialog | None]
    ) -> None:
        super().__init__(context.widget)
        self._context = context
        self._show_packs, self._find_dialog = show_packs, open_dialog
        self._work = TaskRunner(self)
        self._doing = ""
        self.question: QDialog | None = None
        """What is asked, or told, at the moment."""

    @property
    def _library(self) -> Library:
        return self._context.store.library

    def wait_for_job(self) -> None:
        """Wait for what is being done in the thread; how it ended is told by the event loop."""
        self._work.wait_for_job()

    def perform_action(self, action: CardAction) -> None:
        """Do what a button of the list of packs asks for."""
        if action.act is ActionKind.UNDO:
            self.undo()
            return
        state = next((state for state in self._library.packs() if state.id == action.value), None)
        if state is not None and action.act is ActionKind.SAVE:
            self.save(state)
        elif state is not None and action.act is ActionKind.REMOVE:
            self.remove_pack(state)

    # ---- opening

    def choose_pack(self) -> None:
        """Ask for a pack and open it."""
        start = str(self._context.default_folder())
        path, _ = QFileDialog.getOpenFileName(self._dialog_parent(), "Open pack", start, _PACKS)
        if path:
            self.open_pack(Path(path))

    def open_pack(self, path: Path) -> None:
        """Read the pack at ``path``, and keep it, ask about it, or say why not."""
        name = path.parent.name if path.name == DESCRIPTOR else path.name
        job = partial(pack_transfer.open_pack, self._library, path)
        self._start_job(f"Reading “{name}”…", job, self._on_pack_staged, partial(self._report_failure, name, "opened"))

    def _on_pack_staged(self, arrival: StagedPack) -> None:
        present = arrival.present
        pack_label = f"“{arrival.pack.title}” {arrival.pack.version}"
        if arrival.standing is VersionComparison.SAME or present is None:
            if arrival.standing is VersionComparison.NEW:
                self._install_pack(arrival, f"{pack_label} was added, with {len(arrival.pack.figures):,} figures.")
                return
            arrival.let_go()
            off = "" if present is None or present.enabled else " It is switched off; the list of packs has it."
            self._show_message(f"{pack_label} is in the library already, with the same content.{off}")
            return
        self._open_dialog(
            QuestionDialog(
                "Replace pack",
                replace_cards(arrival, present),
                self._context.theme,
                self._dialog_parent(),
                yes="Replace",
                no="Keep the one there is",
            ),
            yes=partial(self._install_pack, arrival, f"{pack_label} has replaced {present.version}. {_BACK}"),
            no=arrival.let_go,
        )

    def _install_pack(self, arrival: StagedPack, message: str) -> None:
        library, title = self._library, arrival.pack.title

        def install_job() -> str:
            try:
                pack_transfer.install(library, arrival)
            finally:
                arrival.let_go()
            return message

        self._start_job(
            f"Adding “{title}”…",
            install_job,
            self._on_packs_changed,
            partial(self._report_failure, title, "added"),
        )

    # ---- saving

    def save_one(self) -> None:
        """Save the only pack there is; where there are several, show them to choose from."""
        states = [state for state in self._library.packs() if not state.problems]
        if len(states) == 1:
            self.save(states[0])
        else:
            self._show_packs()

    def save(self, state: PackState) -> None:
        """Ask where to save a pack to, and save it there as a .zip."""
        default_path = self._context.default_folder() / f"{state.id}-{_file_name(state.version)}.zip"
        path, _ = QFileDialog.getSaveFileName(self._dialog_parent(), "Save pack as", str(default_path), _ZIP)
        if path:
            self.write(state, Path(path))

    def write(self, state: PackState, path: Path) -> None:
        """Save a pack to ``path`` and say how that went."""
        if not path.suffix:
            path = path.with_name(f"{path.name}.zip")
            if path.exists():
                self._show_message(f"“{path.name}” is there already. Choose it by its full name to replace it.")
                return
        self._context.saved_in = path.parent
        try:
            source = self._library.manager.lies_in(state.id)
        except KeyError:
            self._show_message(f"“{state.title}” is held in memory only and cannot be saved.")
            return

        def save_job() -> str:
            pack_transfer.save_zip(source, path)
            return f"Saved: {path}"

        on_failure = partial(self._report_failure, path.name, "saved")
        self._start_job(f"Saving “{state.title}”…", save_job, self._on_job_done, on_failure)

    # ---- removing and undoing

    def remove_pack(self, state: PackState) -> None:
        """Ask whether to remove one of the person's own packs, and do so."""
        title = state.title or state.id

        def remove_job() -> str:
            self._library.manager.remove_pack(state.id)
            return f"“{title}” was removed. {_BACK}"

        confirm_dialog = QuestionDialog(
            "Remove pack",
            remove_cards(state),
            self._context.theme,
            self._dialog_parent(),
            yes="Remove",
            no="Keep it",
        )
        on_failure = partial(self._report_failure, title, "removed")
        self._open_dialog(
            confirm_dialog,
            yes=partial(self._start_job, f"Removing “{title}”…", remove_job, self._on_packs_changed, on_failure),
        )

    def undo(self) -> None:
        """Turn the latest change of the packs back, or do it again."""
        move = self._library.manager.latest_change
        if move is None:
            self._show_message("There is no change of the packs to undo.")
            return

        def undo_job() -> str:
            return _describe_undo(self._library.manager.undo())

        doing = f"{undo_words(move)}…"
        self._start_job(doing, undo_job, self._on_packs_changed, partial(self._report_failure, move.title, "changed"))

    # ---- saying and asking

    def _start_job(
        self,
        doing: str,
        job: Callable[[], Any],
        on_success: Callable[[Any], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        """Do ``job`` in the thread, unless something else is being done there."""
        if self._doing:
            self._show_message(f"{self._doing} Try again when that is done.")
            return
        self._doing = doing
        self._show_message(doing)

        def finish_job(call: Callable[[Any], None], outcome: object) -> None:
            self._doing = ""
            call(outcome)

        self._work.start(job, partial(finish_job, on_success), partial(finish_job, on_failure))

    def _on_packs_changed(self, message: str) -> None:
        """The packs are others now: show that everywhere, and say what was done."""
        self._context.evidence_changed.emit()
        self._on_job_done(message)

    def _on_job_done(self, message: str) -> None:
        self._show_message(message)

    def _report_failure(self, name: str, verb: str, error: BaseException) -> None:
        """Say why something was not done to what is called ``name``."""
        if isinstance(error, PackError):
            self._show_problems(name, verb, error.problems)
        elif isinstance(error, (OSError, LookupError)):
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self._show_message(f"“{name}” was not {verb}: {why}. Nothing has changed.")
        else:
            details = "".join(traceback.format_exception(error))
            self._show_message(f"“{name}” was not {verb}. What you see is still there; you can go on.", details)

    def _show_problems(self, name: str, verb: str, problems: tuple[Problem, ...]) -> None:
        self._show_message(f"“{name}” was not {verb}.")
        cards = problem_cards(name, verb, problems)
        self._open_dialog(CardsDialog("What is wrong", cards, self._context.theme, self._dialog_parent()))

    def _open_dialog(
        self, dialog: QDialog, yes: Callable[[], None] | None = None, no: Callable[[], None] | None = None
    ) -> None:
        """Open ``dialog`` over whatever is there, and go on as it is answered."""
        self.question = dialog

        def on_finished(result: int) -> None:
            self.question = None
            dialog.deleteLater()
            answer = yes if result == QDialog.DialogCode.Accepted else no
            if answer is not None:
                answer()

        dialog.finished.connect(on_finished)
        dialog.open()

    def _dialog_parent(self) -> QWidget:
        """What a question stands over: the list of packs where it is open."""
        return self._packs_dialog() or self._context.widget

    def _packs_dialog(self) -> PacksDialog | None:
        dialog = self._find_dialog()
        return dialog if isinstance(dialog, PacksDialog) and dialog.isVisible() else None

    def _show_message(self, sentence: str, details: str = "") -> None:
        packs_dialog = self._packs_dialog()
        if packs_dialog is not None:
            packs_dialog.refresh(self._library.packs(), sentence, undo_words(self._library.manager.latest_change))
        self._context.messages.show_message(sentence, details)


_BACK = "Undo in the Edit menu brings it back."


def _describe_undo(move: PackTransaction) -> str:
    there = {
        (MoveKind.ADD, True): "was taken away again",
        (MoveKind.ADD, False): "was added again",
        (MoveKind.REPLACE, True): "is what it was before it was replaced",
        (MoveKind.REPLACE, False): "was replaced again",
        (MoveKind.REMOVE, True): "is back",
        (MoveKind.REMOVE, False): "was removed again",
    }
    return f"“{move.title}” {there[move.kind, move.undone]}."


def _file_name(version: str) -> str:
    return "".join(letter if letter.isalnum() or letter in ".-" else "-" for letter in version)
