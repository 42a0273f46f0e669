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

from explorer.packs import travel
from explorer.packs.describe import DESCRIPTOR
from explorer.packs.exchange import Move, MoveKind
from explorer.packs.library import Library, PackState
from explorer.packs.problems import PackError, Problem
from explorer.packs.travel import Arrival, Standing

from .actions import undo_words
from .cards_dialog import CardsDialog, QuestionDialog
from .contents import Act, Action
from .pack_cards import problem_cards, remove_cards, replace_cards
from .packs_dialog import PacksDialog
from .work import Work

if TYPE_CHECKING:
    from .window import Window

_PACKS = f"Packs (*.zip {DESCRIPTOR})"
_ZIP = "Packs (*.zip)"


class PackMoves(QObject):
    """What the window does with packs as wholes."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._work = Work(self)
        self._doing = ""
        self.question: QDialog | None = None
        """What is asked, or told, at the moment."""

    @property
    def _library(self) -> Library:
        return self._window.store.library

    def wait(self) -> None:
        """Wait for what is being done in the thread; how it ended is told by the event loop."""
        self._work.wait()

    def act(self, action: Action) -> None:
        """Do what a button of the list of packs asks for."""
        if action.act is Act.UNDO:
            self.undo()
            return
        state = next((state for state in self._library.packs() if state.id == action.value), None)
        if state is not None and action.act is Act.SAVE:
            self.save(state)
        elif state is not None and action.act is Act.REMOVE:
            self.remove(state)

    # ---- opening

    def choose(self) -> None:
        """Ask for a pack and open it."""
        start = str(self._window.commands.folder())
        path, _ = QFileDialog.getOpenFileName(self._over(), "Open pack", start, _PACKS)
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Read the pack at ``path``, and keep it, ask about it, or say why not."""
        name = path.parent.name if path.name == DESCRIPTOR else path.name
        job = partial(travel.open_pack, self._library, path)
        self._start(f"Reading “{name}”…", job, self._arrived, partial(self._refused, name, "opened"))

    def _arrived(self, arrival: Arrival) -> None:
        present = arrival.present
        named = f"“{arrival.pack.title}” {arrival.pack.version}"
        if arrival.standing is Standing.SAME or present is None:
            if arrival.standing is Standing.NEW:
                self._keep(arrival, f"{named} was added, with {len(arrival.pack.figures):,} figures.")
                return
            arrival.let_go()
            off = (
                "" if present is None or present.enabled else " It is switched off; the list of packs has it."
            )
            self._say(f"{named} is in the library already, with the same content.{off}")
            return
        self._ask(
            QuestionDialog(
                "Replace pack",
                replace_cards(arrival, present),
                self._window.theme,
                self._over(),
                yes="Replace",
                no="Keep the one there is",
            ),
            yes=partial(self._keep, arrival, f"{named} has replaced {present.version}. {_BACK}"),
            no=arrival.let_go,
        )

    def _keep(self, arrival: Arrival, told: str) -> None:
        library, title = self._library, arrival.pack.title

        def job() -> str:
            try:
                travel.keep(library, arrival)
            finally:
                arrival.let_go()
            return told

        self._start(f"Adding “{title}”…", job, self._settled, partial(self._refused, title, "added"))

    # ---- saving

    def save_one(self) -> None:
        """Save the only pack there is; where there are several, show them to choose from."""
        states = [state for state in self._library.packs() if not state.problems]
        if len(states) == 1:
            self.save(states[0])
        else:
            self._window.commands.show_packs()

    def save(self, state: PackState) -> None:
        """Ask where to save a pack to, and save it there as a .zip."""
        suggested = self._window.commands.folder() / f"{state.id}-{_file_name(state.version)}.zip"
        path, _ = QFileDialog.getSaveFileName(self._over(), "Save pack as", str(suggested), _ZIP)
        if path:
            self.write(state, Path(path))

    def write(self, state: PackState, path: Path) -> None:
        """Save a pack to ``path`` and say how that went."""
        if not path.suffix:
            path = path.with_name(f"{path.name}.zip")
            if path.exists():
                self._say(f"“{path.name}” is there already. Choose it by its full name to replace it.")
                return
        self._window.commands.saved_in = path.parent
        try:
            source = self._library.lies_in(state.id)
        except KeyError:
            self._say(f"“{state.title}” is held in memory only and cannot be saved.")
            return

        def job() -> str:
            travel.save(source, path)
            return f"Saved: {path}"

        refused = partial(self._refused, path.name, "saved")
        self._start(f"Saving “{state.title}”…", job, self._done, refused)

    # ---- removing and undoing

    def remove(self, state: PackState) -> None:
        """Ask whether to remove one of the person's own packs, and do so."""
        title = state.title or state.id

        def job() -> str:
            self._library.remove(state.id)
            return f"“{title}” was removed. {_BACK}"

        asked = QuestionDialog(
            "Remove pack", remove_cards(state), self._window.theme, self._over(), yes="Remove", no="Keep it"
        )
        refused = partial(self._refused, title, "removed")
        self._ask(asked, yes=partial(self._start, f"Removing “{title}”…", job, self._settled, refused))

    def undo(self) -> None:
        """Turn the latest change of the packs back, or do it again."""
        move = self._library.latest
        if move is None:
            self._say("There is no change of the packs to undo.")
            return

        def job() -> str:
            return _undone(self._library.undo())

        doing = f"{undo_words(move)}…"
        self._start(doing, job, self._settled, partial(self._refused, move.title, "changed"))

    # ---- saying and asking

    def _start(
        self,
        doing: str,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Do ``job`` in the thread, unless something else is being done there."""
        if self._doing:
            self._say(f"{self._doing} Try again when that is done.")
            return
        self._doing = doing
        self._say(doing)

        def then(call: Callable[[Any], None], outcome: object) -> None:
            self._doing = ""
            call(outcome)

        self._work.start(job, partial(then, done), partial(then, failed))

    def _settled(self, told: str) -> None:
        """The packs are others now: show that everywhere, and say what was done."""
        self._window.commands.renew()
        self._done(told)

    def _done(self, told: str) -> None:
        self._say(told)

    def _refused(self, name: str, verb: str, error: BaseException) -> None:
        """Say why something was not done to what is called ``name``."""
        if isinstance(error, PackError):
            self._tell(name, verb, error.problems)
        elif isinstance(error, (OSError, LookupError)):
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self._say(f"“{name}” was not {verb}: {why}. Nothing has changed.")
        else:
            details = "".join(traceback.format_exception(error))
            self._say(f"“{name}” was not {verb}. What you see is still there; you can go on.", details)

    def _tell(self, name: str, verb: str, problems: tuple[Problem, ...]) -> None:
        self._say(f"“{name}” was not {verb}.")
        cards = problem_cards(name, verb, problems)
        self._ask(CardsDialog("What is wrong", cards, self._window.theme, self._over()))

    def _ask(
        self, dialog: QDialog, yes: Callable[[], None] | None = None, no: Callable[[], None] | None = None
    ) -> None:
        """Open ``dialog`` over whatever is there, and go on as it is answered."""
        self.question = dialog

        def answered(result: int) -> None:
            self.question = None
            dialog.deleteLater()
            answer = yes if result == QDialog.DialogCode.Accepted else no
            if answer is not None:
                answer()

        dialog.finished.connect(answered)
        dialog.open()

    def _over(self) -> QWidget:
        """What a question stands over: the list of packs where it is open."""
        return self._list() or self._window

    def _list(self) -> PacksDialog | None:
        dialog = self._window.commands.dialog
        return dialog if isinstance(dialog, PacksDialog) and dialog.isVisible() else None

    def _say(self, sentence: str, details: str = "") -> None:
        listed = self._list()
        if listed is not None:
            listed.refresh(self._library.packs(), sentence, undo_words(self._library.latest))
        self._window.messages.say(sentence, details)


_BACK = "Undo in the Edit menu brings it back."


def _undone(move: Move) -> str:
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
