"""The window's commands that are about briefings. What they stand on is made when the first is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import paths
from explorer.pages import words

from .command_list import Needs
from .drops import SUFFIX

if TYPE_CHECKING:
    from .briefings import Briefings
    from .window import Window


class BriefCommands:
    """The commands about the briefing of one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._made: Briefings | None = None

    @property
    def briefings(self) -> Briefings:
        """The briefing and all that is done with it."""
        if self._made is None:
            from .briefings import Briefings

            self._made = Briefings(self._window)
        return self._made

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What to call for each command's id."""
        acts: dict[str, Callable[[Briefings], object]] = {
            "brief-new": lambda b: b.files.new(),
            "brief-open": lambda b: b.files.choose(),
            "brief-recent": lambda b: b.files.show_recent(),
            "brief-save": lambda b: b.files.save(),
            "brief-save-as": lambda b: b.files.save_as(),
            "brief-undo": lambda b: b.desk.undo(),
            "brief-redo": lambda b: b.desk.redo(),
            "brief-add": lambda b: b.add_shown(),
            "brief-add-figure": lambda b: b.add_figure(),
            "brief-event": lambda b: b.choose_event(),
            "brief-me": lambda b: b.files.draft(),
            "brief-duplicate": lambda b: b.act("duplicate"),
            "brief-remove": lambda b: b.act("remove"),
            "brief-details": lambda b: b.details(),
            "brief-present": lambda b: b.present(),
            "brief-document": lambda b: b.documents.choose(),
            "brief-print": lambda b: b.printing.show_briefing(),
            "print": lambda b: b.printing.show_chart(),
        }
        told = {name: partial(self._do, act) for name, act in acts.items()}
        return told | {
            "brief-points": self._add_points,
            "brief-cautions": self._add_cautions,
            "brief-heading": partial(self._write, "heading"),
            "brief-note": partial(self._write, "note"),
            "brief-show": self.toggle,
            "brief-associate": self._associate,
        }

    def _do(self, act: Callable[[Briefings], object]) -> None:
        act(self.briefings)

    def _add_points(self) -> None:
        from explorer.briefing.document import Kind
        from explorer.briefing.summaries import POINTS

        self.briefings.collect(Kind.SUMMARY, POINTS)

    def _add_cautions(self) -> None:
        from explorer.briefing.document import Kind
        from explorer.briefing.summaries import CAUTIONS

        self.briefings.collect(Kind.SUMMARY, CAUTIONS)

    def _write(self, kind: str) -> None:
        from explorer.briefing.document import Kind

        self.briefings.write(Kind(kind))

    def _associate(self) -> None:
        from .association import associate

        self._window.messages.say(associate()[1])

    def toggle(self) -> None:
        """Open the drawer, or close it."""
        self.briefings.toggle()

    def drop(self, value: str) -> None:
        """Add what a card's button or a drag carries."""
        if self._window.store.page is not None:
            self.briefings.add(value)

    def open(self, path: Path) -> None:
        """Open a briefing that was dropped on the window, or that the system hands over."""
        if self._window.store.page is not None:
            self.briefings.files.open(path.resolve())

    def recover(self) -> None:
        """Offer what was not saved when the program last ended; nothing is made where there is nothing."""
        kept = paths.user_data_folder() / "briefings" / "unsaved"
        if any(kept.glob(f"*{SUFFIX}")):
            self.briefings.files.recover()

    def allowed(self) -> set[Needs]:
        """Which needs of commands the briefing meets; and their words are brought up to date."""
        page, say = self._window.store.page, self._window.actions_.say
        if page is not None:
            place = words.placed(page.asked)
            say("brief-me", f"Brief me on {place}")
            say("brief-points", f"Add key points about {place}")
            say("brief-cautions", f"Add what to keep in mind about {place}")
        if self._made is None:
            return set()
        desk = self._made.desk
        undo, redo = desk.changes.undo, desk.changes.redo
        say("brief-undo", f"Undo {undo}" if undo else "")
        say("brief-redo", f"Redo {redo}" if redo else "")
        items = bool(desk.briefing.items)
        met = (
            (Needs.ITEMS, items),
            (Needs.ITEM, items),
            (Needs.BRIEF_UNDO, bool(undo)),
            (Needs.BRIEF_REDO, bool(redo)),
        )
        return {need for need, is_met in met if is_met}

    def turn(self) -> None:
        """Another page is on screen."""
        if self._made is not None:
            self._made.turn()

    def renew(self) -> None:
        """The evidence has changed."""
        if self._made is not None:
            self._made.renew()

    def resized(self) -> None:
        """The window has another height."""
        if self._made is not None:
            self._made.resized()

    def dress(self) -> None:
        """Take the window's theme and type."""
        if self._made is not None:
            self._made.dress()

    def may_close(self) -> bool:
        """Whether the window may close now; where a briefing is not saved it asks, and closes later."""
        return self._made is None or self._made.files.may_close()
