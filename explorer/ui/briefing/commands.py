"""The window's commands that are about briefings. What they stand on is made when the first is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.evidence import formatting
from explorer.support import paths
from explorer.ui.core import CommandRequirement
from explorer.ui.widgets import SUFFIX

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext

    from .controller import BriefingController, DrawerHost


class BriefCommands:
    """The commands about the briefing of one window."""

    def __init__(self, context: WindowContext, host: DrawerHost) -> None:
        self._context, self._host = context, host
        self._controller: BriefingController | None = None

    @property
    def briefings(self) -> BriefingController:
        """The briefing and all that is done with it."""
        if self._controller is None:
            from .controller import BriefingController

            self._controller = BriefingController(self._context, self._host)
        return self._controller

    def command_handlers(self) -> dict[str, Callable[[], None]]:
        """What to call for each command's id."""
        acts: dict[str, Callable[[BriefingController], object]] = {
            "brief-new": lambda b: b.files.new_briefing(),
            "brief-open": lambda b: b.files.choose_file(),
            "brief-recent": lambda b: b.files.show_recent(),
            "brief-save": lambda b: b.files.save(),
            "brief-save-as": lambda b: b.files.save_as(),
            "brief-undo": lambda b: b.desk.undo(),
            "brief-redo": lambda b: b.desk.redo(),
            "brief-add": lambda b: b.add_shown(),
            "brief-add-figure": lambda b: b.add_figure(),
            "brief-event": lambda b: b.choose_event(),
            "brief-me": lambda b: b.files.create_draft(),
            "brief-duplicate": lambda b: b.run_item_action("duplicate"),
            "brief-remove": lambda b: b.run_item_action("remove"),
            "brief-details": lambda b: b.edit_details(),
            "brief-present": lambda b: b.start_presentation(),
            "brief-document": lambda b: b.documents.choose_kind(),
            "brief-print": lambda b: b.printing.show_briefing(),
            "print": lambda b: b.printing.show_chart(),
        }
        handler_by_id = {name: partial(self._run_action, act) for name, act in acts.items()}
        return handler_by_id | {
            "brief-points": self._add_points,
            "brief-cautions": self._add_cautions,
            "brief-heading": partial(self._add_text_item, "heading"),
            "brief-note": partial(self._add_text_item, "note"),
            "brief-show": self.toggle_drawer,
            "brief-associate": self._associate_file_type,
        }

    def _run_action(self, act: Callable[[BriefingController], object]) -> None:
        act(self.briefings)

    def _add_points(self) -> None:
        from explorer.briefing import POINTS, ItemKind

        self.briefings.collect_item(ItemKind.SUMMARY, POINTS)

    def _add_cautions(self) -> None:
        from explorer.briefing import CAUTIONS, ItemKind

        self.briefings.collect_item(ItemKind.SUMMARY, CAUTIONS)

    def _add_text_item(self, kind: str) -> None:
        from explorer.briefing import ItemKind

        self.briefings.add_text_item(ItemKind(kind))

    def _associate_file_type(self) -> None:
        from explorer.ui.core import associate_file_type

        self._context.messages.show_message(associate_file_type()[1])

    def toggle_drawer(self) -> None:
        """Open the drawer, or close it."""
        self.briefings.toggle_drawer()

    def add_dropped(self, value: str) -> None:
        """Add what a card's button or a drag carries."""
        if self._context.store.page is not None:
            self.briefings.add_content(value)

    def open_briefing(self, path: Path) -> None:
        """Open a briefing that was dropped on the window, or that the system hands over."""
        if self._context.store.page is not None:
            self.briefings.files.open_file(path.resolve())

    def offer_recovery(self) -> None:
        """Offer what was not saved when the program last ended; nothing is made where there is nothing."""
        unsaved_folder = paths.user_data_folder() / "briefings" / "unsaved"
        if any(unsaved_folder.glob(f"*{SUFFIX}")):
            self.briefings.files.offer_recovery()

    def met_requirements(self) -> set[CommandRequirement]:
        """Which needs of commands the briefing meets; and their words are brought up to date."""
        page, say = self._context.store.page, self._context.actions.set_text
        if page is not None:
            place = formatting.place_in_sentence(page.asked)
            say("brief-me", f"Brief me on {place}")
            say("brief-points", f"Add key points about {place}")
            say("brief-cautions", f"Add what to keep in mind about {place}")
        if self._controller is None:
            return set()
        desk = self._controller.desk
        undo, redo = desk.changes.undo_name, desk.changes.redo_name
        say("brief-undo", f"Undo {undo}" if undo else "")
        say("brief-redo", f"Redo {redo}" if redo else "")
        items = bool(desk.briefing.items)
        conditions = (
            (CommandRequirement.ITEMS, items),
            (CommandRequirement.ITEM, items),
            (CommandRequirement.BRIEF_UNDO, bool(undo)),
            (CommandRequirement.BRIEF_REDO, bool(redo)),
        )
        return {need for need, is_met in conditions if is_met}

    def on_page_changed(self) -> None:
        """Another page is on screen."""
        if self._controller is not None:
            self._controller.on_page_changed()

    def refresh_evidence(self) -> None:
        """The evidence has changed."""
        if self._controller is not None:
            self._controller.refresh_evidence()

    def on_window_resized(self) -> None:
        """The window has another height."""
        if self._controller is not None:
            self._controller.on_window_resized()

    def apply_theme(self) -> None:
        """Take the window's theme and type."""
        if self._controller is not None:
            self._controller.apply_theme()

    def may_close(self) -> bool:
        """Whether the window may close now; where a briefing is not saved it asks, and closes later."""
        return self._controller is None or self._controller.files.may_close()
