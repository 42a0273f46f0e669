"""What is asked about briefings: save first, open a copy, take back what was not saved, open which again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QWidget

from explorer.briefing.document import Briefing
from explorer.briefing.unsaved import Unsaved
from explorer.draw.theme import Theme
from explorer.evidence.model import Event
from explorer.pages.words import capital, dated

from .cards_dialog import CardsDialog, QuestionDialog
from .contents import Act, Action, CardContent, Paragraph, Role, actions, collecting, prose

if TYPE_CHECKING:
    from .window import Window

OTHER = 2
"""How a dialog ends whose third button was pressed."""


class ThreeWays(QuestionDialog):
    """A question with a third answer, which stands between the other two."""

    def __init__(
        self,
        title: str,
        cards: Sequence[CardContent],
        theme: Theme,
        parent: QWidget | None,
        *,
        yes: str,
        other: str,
        no: str,
    ) -> None:
        super().__init__(title, cards, theme, parent, yes=yes, no=no)
        self.other_button = self._button(other)
        self.other_button.setAutoDefault(False)
        self.other_button.clicked.connect(lambda: self.done(OTHER))
        self.foot.insertWidget(2, self.other_button)
        self.setTabOrder(self.yes_button, self.other_button)
        self.setTabOrder(self.other_button, self.close_button)
        self.yes_button.setFocus()


class ListDialog(CardsDialog):
    """Things to choose from, a card each. A button of a card does what it says, and closes it."""

    def __init__(
        self,
        title: str,
        cards: Sequence[CardContent],
        window: Window,
        does: dict[Act, Callable[[str], None]],
        *,
        close: str = "Close",
        stays: bool = False,
    ) -> None:
        self._does, self._stays = does, stays
        super().__init__(title, cards, window.theme, window)
        self.close_button.say(close)
        self.fit()

    def _act(self, action: Action) -> None:
        act = self._does.get(action.act)
        if act is not None:
            if not self._stays:
                self.accept()
            act(action.value)


def unsaved(briefing: Briefing, window: Window) -> QuestionDialog:
    """Whether to save before the briefing goes from the window."""
    asked = f"Save “{briefing.name}” first?"
    told = f"It holds {_counted(briefing)} and was changed since it was last saved."
    return ThreeWays(
        "Briefing not saved",
        (_card(asked, told, "What is not saved is lost if you do not save it."),),
        window.theme,
        window,
        yes="Save",
        other="Do not save",
        no="Go back",
    )


def elsewhere(path: Path, lock: QLockFile, window: Window) -> QuestionDialog:
    """Whether to open a copy of a briefing that another window has."""
    process, host, program = _holder(lock)
    where = f"It is open in another window: {program} on {host}, process {process}." if process else ""
    told = where or "It is open in another window of this program."
    return QuestionDialog(
        "Briefing in use",
        (_card(f"Open a copy of “{path.name}”?", told, "A copy is saved under a name of its own."),),
        window.theme,
        window,
        yes="Open a copy",
        no="Leave it",
    )


def _holder(lock: QLockFile) -> tuple[int, str, str]:
    """The process, the machine and the program that hold a lock; 0 and empty where it does not say."""
    told = lock.getLockInfo()
    match told:
        case (int(process), str(host), str(program)):
            return process, host, program
        case _:
            return 0, "", ""


def changed_outside(path: Path, window: Window) -> QuestionDialog:
    """Whether to write over a file that something else has changed."""
    told = "Something else has changed it since it was opened or saved here. Saving replaces what it holds."
    aside = "Save briefing as… keeps both."
    return QuestionDialog(
        "File has changed",
        (_card(f"Replace “{path.name}”?", told, aside),),
        window.theme,
        window,
        yes="Replace",
        no="Leave it",
    )


def recent(paths: Sequence[Path], window: Window, open_: Callable[[Path], None]) -> CardsDialog:
    """The briefings that were open before."""
    cards = [
        _listed(path.stem, str(path.parent), Action(act=Act.SELECT, label="Open", value=str(path)))
        for path in paths
    ]
    nothing = _card("No briefing was opened before", "Those that you save or open are listed here.", "")
    shown = cards or [nothing]
    return ListDialog("Recent briefings", shown, window, {Act.SELECT: lambda path: open_(Path(path))})


def recover(
    left: Sequence[Unsaved],
    window: Window,
    take: Callable[[Unsaved], None],
    discard: Callable[[Unsaved], None],
) -> CardsDialog:
    """What was not saved when the program last ended, to take back, to throw away or to leave for later."""
    by_file = {str(one.file): one for one in left}
    told = "The program ended before these were saved. What is left for later is offered again."
    cards = [_card("Briefings that were not saved", told, "", framed=False)]
    for one in left:
        of = f"Changes to {one.of}" if one.of is not None else "Never saved to a file"
        about = f"{_counted(one.briefing)}, last changed {_when(one.when)}. {of}."
        back = Action(act=Act.SELECT, label="Take it back", value=str(one.file))
        away = Action(act=Act.REMOVE, label="Throw it away", value=str(one.file))
        cards.append(_listed(one.briefing.name, about, back, away))
    does: dict[Act, Callable[[str], None]] = {
        Act.SELECT: lambda file: take(by_file[file]),
        Act.REMOVE: lambda file: discard(by_file[file]),
    }
    return ListDialog("Not saved", cards, window, does, close="Later")


def throw_away(one: Unsaved, window: Window) -> QuestionDialog:
    """Whether to throw away what was not saved."""
    told = f"It holds {_counted(one.briefing)}, last changed {_when(one.when)}."
    return QuestionDialog(
        "Throw away",
        (_card(f"Throw away “{one.briefing.name}”?", told, "This cannot be undone."),),
        window.theme,
        window,
        yes="Throw it away",
        no="Keep it for later",
    )


def events(of: Sequence[Event], window: Window, add: Callable[[str], None]) -> CardsDialog:
    """The dated events that are loaded, each to be added."""
    cards = [
        _listed(one.name, capital(dated(one.date)), collecting("event", one.id, one.name))
        for one in sorted(of, key=lambda one: one.date)
    ]
    nothing = _card("No event is loaded", "Packs that hold dated events bring them along.", "")
    return ListDialog("Add an event", cards or [nothing], window, {Act.COLLECT: add}, stays=True)


def _card(lead: str, told: str, aside: str, *, framed: bool = True) -> CardContent:
    words = prose(
        Paragraph(role=Role.LEAD if framed else Role.HEADING, text=lead),
        Paragraph(role=Role.BODY, text=told),
        Paragraph(role=Role.CAVEAT, text=aside),
    )
    return CardContent(name=lead, parts=words, framed=framed)


def _listed(lead: str, told: str, *does: Action) -> CardContent:
    words = prose(Paragraph(role=Role.LEAD, text=lead), Paragraph(role=Role.QUIET, text=told))
    return CardContent(name=lead, parts=(*words, *actions(*does)))


def _counted(briefing: Briefing) -> str:
    number = len(briefing.items)
    return "1 item" if number == 1 else f"{number} items"


def _when(seconds: float) -> str:
    moment = datetime.datetime.fromtimestamp(seconds).astimezone()
    return f"{dated(moment.date().isoformat())}, {moment:%H:%M}"


def file_name(title: str) -> str:
    """A title as a file's name."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:80] or "briefing"
