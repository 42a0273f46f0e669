"""What the window does with a briefing: collecting, changing, filing, presenting and making documents of it.

Made when it is first wanted, so that a start without a briefing pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from explorer.briefing import BriefingItem, ItemKind, NumberDifference, exhibits, new_id, replace_item
from explorer.evidence import formatting
from explorer.pages import answer
from explorer.pages.model import PageView, QueryChange, Question
from explorer.ui.cards import parse_collect_value

from .dialogs import DetailsDialog, build_events_dialog
from .document_export import DocumentExporter, PrintPreviewer
from .drawer import BriefingPanel
from .files import BriefingFiles
from .item_list import ItemRequest
from .session import BriefingSession, DifferenceChecker, named_kind

if TYPE_CHECKING:
    from explorer.briefing import Briefing
    from explorer.pages.model import Page
    from explorer.ui.core import WindowContext
    from explorer.ui.presenter import PresentationWindow


class DrawerHost(Protocol):
    """What a window does for the briefing that stands in it."""

    def add_drawer(self, drawer: QWidget) -> None:
        """Give the drawer its place."""
        ...

    def focus_chart(self) -> None:
        """Give the keyboard to the chart."""
        ...

    def focused_item(self) -> str:
        """What the card of the side panel is about that has the keyboard, as a button of it would carry it."""
        ...

    def show_briefing(self, items: int, *, is_open: bool) -> None:
        """Say how much the briefing holds, and whether its drawer is open."""
        ...

    def set_briefing_title(self, briefing: str, *, is_unsaved: bool) -> None:
        """Name the briefing in the title."""
        ...

    def update_actions(self) -> None:
        """Let those commands be used that can be, now."""
        ...


class BriefingController(QObject):
    """The briefing of one window."""

    def __init__(self, context: WindowContext, host: DrawerHost) -> None:
        super().__init__(context.widget)
        self._context, self._host = context, host
        self.desk = BriefingSession(self)
        self._panel: BriefingPanel | None = None
        self.dialog: QDialog | None = None
        """The dialog about the briefing that was opened last."""
        self.files = BriefingFiles(context, self.desk, self.show_drawer)
        self.documents = DocumentExporter(context, self.desk)
        self.printing = PrintPreviewer(context, self.desk)
        self.presenter: PresentationWindow | None = None
        """The presentation that is on."""
        self._check = DifferenceChecker(self.desk, context.store)
        self._check.differences_found.connect(self._show_differences)
        self.desk.briefing_changed.connect(self._on_briefing_changed)

    @property
    def panel(self) -> BriefingPanel:
        """The drawer, made when it is first wanted."""
        if self._panel is None:
            self._panel = BriefingPanel(self.desk, self._context.theme, self._context.widget)
            self._panel.button_pressed.connect(self._on_button_pressed)
            self._panel.request_sent.connect(self._on_request)
            self._panel.content_dropped.connect(self.insert_content)
            self._panel.update_requested.connect(self.update_item)
            self._panel.keep_requested.connect(self.acknowledge_item)
            self._panel.hide()
            self._host.add_drawer(self._panel)
            self._check.recheck_all()
            self._name_place()
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the drawer can be seen."""
        return self._panel is not None and not self._panel.isHidden()

    def show_drawer(self, is_visible: bool = True) -> None:
        """Open the drawer, or close it."""
        if is_visible:
            self.panel.fit_height(self._context.widget.height())
            self.panel.show()
        elif self._panel is not None:
            had_focus = self._panel.isAncestorOf(self._context.widget.focusWidget() or self._context.widget)
            self._panel.hide()
            if had_focus:
                self._host.focus_chart()
        self._host.show_briefing(len(self.desk.briefing.items), is_open=self.is_open)

    def toggle_drawer(self) -> None:
        """Open the drawer where it is closed, close it where it is open."""
        self.show_drawer(not self.is_open)
        if self.is_open and self.desk.briefing.items:
            self.panel.list.setFocus()

    # ---- collecting

    def on_screen(self) -> str:
        """What is on screen, chart or table, as a drag carries it."""
        kind = ItemKind.TABLE if self._context.store.current_page.question.view is PageView.TABLE else ItemKind.CHART
        return kind.value

    def add_shown(self) -> None:
        """Add the chart or table on screen."""
        self.add_content(self.on_screen())

    def add_figure(self) -> None:
        """Add what the card of the side panel is about that has the keyboard, or else the selected figure."""
        card = self._host.focused_item()
        if card:
            self.add_content(card)
        elif self._context.store.current_page.card is not None:
            self.collect_item(ItemKind.FIGURE, self._context.store.current_page.card.figure)

    def add_content(self, value: str) -> None:
        """Add what a card's button or a drag carries."""
        self.insert_content(value, None)

    def insert_content(self, value: str, at: int | None) -> None:
        """Add what a drag carries before place ``at``."""
        kind, of = parse_collect_value(value)
        if kind in set(ItemKind):
            self.collect_item(ItemKind(kind), of, at)

    def collect_item(self, kind: ItemKind, of: str = "", at: int | None = None) -> None:
        """Add an item about the page on screen, and say so."""
        item = exhibits.collect_item(self._context.store.library, kind, self._context.store.current_page.question, of)
        say = self._context.messages.show_message
        if item is None:
            say(f"This {named_kind(kind)} is no longer in the evidence that is loaded; nothing was added.")
            return
        self._check.mark_fresh(item.id)
        writing = self._panel.editor.writing_position() if self._panel is not None else None
        self.desk.insert_items([item], at)
        if writing is not None and self._panel is not None:  # the next words belong where the last ones did
            self._panel.list.select_item(writing[0].id)
            self._panel.editor.go_on(writing[1])
        count = len(self.desk.briefing.items)
        say(f"Added to the briefing: {item.heading} ({'1 item' if count == 1 else f'{count} items'} now).")

    def add_text_item(self, kind: ItemKind) -> None:
        """Add a heading or a note after the chosen item, and begin to write it."""
        current_item = self._panel.list.item if self._panel is not None else None
        at = self.desk.briefing.index_of(current_item.id) + 1 if current_item else None
        title = "New heading" if kind is ItemKind.HEADING else ""
        item = BriefingItem(id=new_id(), kind=kind, title=title)
        self._check.mark_fresh(item.id)
        self.show_drawer()
        self.desk.insert_items([item], at)
        self.panel.editor.focus_field("title" if kind is ItemKind.HEADING else "notes")

    # ---- what is wished of items

    def _on_request(self, wish: ItemRequest) -> None:
        acts: dict[str, Callable[[BriefingItem], None]] = {
            "remove": self.desk.remove_item,
            "duplicate": self._duplicate_item,
            "show": self._go_to,
            "present": self.present_from,
        }
        if wish.act == "move":
            self.desk.move_item(wish.item, wish.to)
        else:
            acts[wish.act](wish.item)

    def _duplicate_item(self, item: BriefingItem) -> None:
        self.desk.duplicate_item(item)

    def _go_to(self, item: BriefingItem) -> None:
        question = item.question
        if question is None:
            return
        if question.place not in self._context.store.library.places:
            self._context.messages.show_message("The place of this item is not known to this copy of the program.")
            return
        whole = tuple((name, getattr(question, name)) for name in question.__struct_fields__)
        self._context.store.dispatch(QueryChange(whole, remembered=True))

    def present_from(self, item: BriefingItem) -> None:
        """Present the briefing, this item first."""
        self.start_presentation(item)

    def start_presentation(self, first: BriefingItem | None = None) -> None:
        """Show the briefing full screen, from the item on that is given."""
        from explorer.ui.presenter import PresentationWindow

        if self.presenter is not None:
            self.presenter.end_presentation()
        presenter = PresentationWindow(
            self.desk.briefing, self._context.theme, self._evidence_page, self._context.widget
        )
        presenter.presentation_ended.connect(self._on_presentation_ended)
        self.presenter = presenter
        presenter.start_presentation(first.id if first is not None else "")

    def _on_presentation_ended(self) -> None:
        if self.presenter is not None:
            self.presenter.deleteLater()
        self.presenter = None

    def _evidence_page(self, question: Question, figure: str) -> Page | None:
        """The page with a figure's card; None for one that is no longer loaded."""
        library = self._context.store.library
        if question.place not in library.places or not library.figures(ids=(figure,)):
            return None
        return answer(library, replace(question, figure=figure))

    def edit_details(self) -> None:
        """Ask for title, author, audience and date."""
        dialog = DetailsDialog(self.desk.briefing, self._context.theme, self._context.widget)
        dialog.accepted.connect(lambda: self.desk.apply_change("change details", dialog.briefing))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def choose_event(self) -> None:
        """Show the events there are, to add from."""
        dialog = build_events_dialog(self._context.store.library.events(), self._context, self.add_content)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _on_button_pressed(self, act: str) -> None:
        commands = self._context.actions
        asks = {
            "heading": "brief-heading",
            "note": "brief-note",
            "details": "brief-details",
            "present": "brief-present",
            "document": "brief-document",
            "draft": "brief-me",
        }
        if act == "close":
            self.show_drawer(False)
        else:
            commands.action_for(asks[act]).trigger()

    def run_item_action(self, act: str) -> None:
        """Do something with the chosen item, by the name that a ``ItemRequest`` has."""
        current_item = self._panel.list.item if self._panel is not None else None
        if current_item is None:
            self._context.messages.show_message("Choose an item of the briefing first.")
        else:
            self._on_request(ItemRequest(act=act, item=current_item))

    # ---- numbers that differ

    def refresh_evidence(self) -> None:
        """The evidence has changed: look at every item again."""
        self._check.recheck_all()

    def update_item(self, item: BriefingItem) -> None:
        """Take the numbers that are held now into an item."""
        self._apply_item_change(item, exhibits.refresh(self._context.store.library, item), "update numbers")

    def acknowledge_item(self, item: BriefingItem) -> None:
        """Keep an item's numbers and ask no more about them."""
        self._apply_item_change(item, exhibits.acknowledge(self._context.store.library, item), "keep numbers")

    def _apply_item_change(self, item: BriefingItem, new_item: BriefingItem, change_name: str) -> None:
        if new_item == item:
            self._context.messages.show_message("The evidence that is loaded no longer holds this; it stays as it was.")
            return
        self.desk.apply_change(f"{change_name} of {named_kind(item.kind)}", replace_item(self.desk.briefing, new_item))

    def _show_differences(self, differences: dict[str, tuple[NumberDifference, ...]]) -> None:
        if self._panel is not None:
            self._panel.show_differences(differences)
        message = self._check.difference_message()
        if message and not self.is_open:
            self._context.messages.show_message(message)

    def _on_briefing_changed(self, _old: Briefing, new: Briefing) -> None:
        self._context.messages.let_pass()  # what it told of is no longer the latest
        self._host.show_briefing(len(new.items), is_open=self.is_open)
        self._host.update_actions()
        self._host.set_briefing_title(new.name if new.items or self.desk.path else "", is_unsaved=self.desk.is_dirty)

    # ---- the window's

    def on_page_changed(self) -> None:
        """Another page is on screen."""
        self._name_place()

    def _name_place(self) -> None:
        page = self._context.store.page
        if self._panel is not None and page is not None:
            self._panel.show_place(formatting.place_in_sentence(page.asked))

    def on_window_resized(self) -> None:
        """The window has another height."""
        if self._panel is not None:
            self._panel.fit_height(self._context.widget.height())

    def apply_theme(self) -> None:
        """Take the window's theme and type."""
        if self._panel is not None:
            self._panel.apply_theme(self._context.theme)
