"""What the window does with a briefing: collecting, changing, filing, presenting and making documents of it.

Made when it is first wanted, so that a start without a briefing pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from explorer.briefing import exhibits
from explorer.briefing.document import Item, Kind, changed, new_id
from explorer.briefing.exhibits import Difference
from explorer.pages import words
from explorer.pages.answer import answer
from explorer.pages.question import Move, Question, View

from .briefing_asks import events
from .briefing_check import Check
from .briefing_desk import Desk, named_kind
from .briefing_details import DetailsDialog
from .briefing_documents import Documents
from .briefing_files import BriefingFiles
from .briefing_list import Wish
from .briefing_panel import BriefingPanel
from .contents import collected
from .printing import Printing

if TYPE_CHECKING:
    from explorer.briefing.document import Briefing
    from explorer.pages.page import Page

    from .presenter import Presenter
    from .window import Window


class Briefings(QObject):
    """The briefing of one window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.desk = Desk(self)
        self._panel: BriefingPanel | None = None
        self.dialog: QDialog | None = None
        """The dialog about the briefing that was opened last."""
        self.files = BriefingFiles(window, self.desk, self.show)
        self.documents = Documents(window, self.desk)
        self.printing = Printing(window, self.desk)
        self.presenter: Presenter | None = None
        """The presentation that is on."""
        self._check = Check(self.desk, window.store)
        self._check.found.connect(self._show_differences)
        self.desk.changed.connect(self._changed)

    @property
    def panel(self) -> BriefingPanel:
        """The drawer, made when it is first wanted."""
        if self._panel is None:
            self._panel = BriefingPanel(self.desk, self._window.theme, self._window)
            self._panel.asked.connect(self._asked)
            self._panel.wished.connect(self._wished)
            self._panel.dropped.connect(self.drop)
            self._panel.updated.connect(self.update)
            self._panel.kept.connect(self.keep)
            self._panel.hide()
            self._window.take_drawer(self._panel)
            self._check.again()
            self._name_place()
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the drawer can be seen."""
        return self._panel is not None and not self._panel.isHidden()

    def show(self, shown: bool = True) -> None:
        """Open the drawer, or close it."""
        if shown:
            self.panel.fit(self._window.height())
            self.panel.show()
        elif self._panel is not None:
            held = self._panel.isAncestorOf(self._window.focusWidget() or self._window)
            self._panel.hide()
            if held:
                self._window.chart.setFocus()
        self._window.status.show_briefing(len(self.desk.briefing.items), opened=self.is_open)

    def toggle(self) -> None:
        """Open the drawer where it is closed, close it where it is open."""
        self.show(not self.is_open)
        if self.is_open and self.desk.briefing.items:
            self.panel.list.setFocus()

    # ---- collecting

    def on_screen(self) -> str:
        """What is on screen, chart or table, as a drag carries it."""
        kind = Kind.TABLE if self._window.store.shown.question.view is View.TABLE else Kind.CHART
        return kind.value

    def add_shown(self) -> None:
        """Add the chart or table on screen."""
        self.add(self.on_screen())

    def add_figure(self) -> None:
        """Add what the card of the side panel is about that has the keyboard, or else the selected figure."""
        panel = self._window.panel
        card = panel.focused() if panel is not None else ""
        if card:
            self.add(card)
        elif self._window.store.shown.card is not None:
            self.collect(Kind.FIGURE, self._window.store.shown.card.figure)

    def add(self, value: str) -> None:
        """Add what a card's button or a drag carries."""
        self.drop(value, None)

    def drop(self, value: str, at: int | None) -> None:
        """Add what a drag carries before place ``at``."""
        kind, of = collected(value)
        if kind in set(Kind):
            self.collect(Kind(kind), of, at)

    def collect(self, kind: Kind, of: str = "", at: int | None = None) -> None:
        """Add an item about the page on screen, and say so."""
        item = exhibits.collect(self._window.store.library, kind, self._window.store.shown.question, of)
        say = self._window.messages.say
        if item is None:
            say(f"This {named_kind(kind)} is no longer in the evidence that is loaded; nothing was added.")
            return
        self._check.fresh(item.id)
        writing = self._panel.editor.writing() if self._panel is not None else None
        self.desk.add([item], at)
        if writing is not None and self._panel is not None:  # the next words belong where the last ones did
            self._panel.list.choose(writing[0].id)
            self._panel.editor.go_on(writing[1])
        count = len(self.desk.briefing.items)
        say(f"Added to the briefing: {item.heading} ({'1 item' if count == 1 else f'{count} items'} now).")

    def write(self, kind: Kind) -> None:
        """Add a heading or a note after the chosen item, and begin to write it."""
        chosen = self._panel.list.item if self._panel is not None else None
        at = self.desk.briefing.index(chosen.id) + 1 if chosen else None
        title = "New heading" if kind is Kind.HEADING else ""
        item = Item(id=new_id(), kind=kind, title=title)
        self._check.fresh(item.id)
        self.show()
        self.desk.add([item], at)
        self.panel.editor.begin("title" if kind is Kind.HEADING else "notes")

    # ---- what is wished of items

    def _wished(self, wish: Wish) -> None:
        acts: dict[str, Callable[[Item], None]] = {
            "remove": self.desk.remove,
            "duplicate": self._duplicate,
            "show": self._go_to,
            "present": self.present_from,
        }
        if wish.act == "move":
            self.desk.move(wish.item, wish.to)
        else:
            acts[wish.act](wish.item)

    def _duplicate(self, item: Item) -> None:
        self.desk.duplicate(item)

    def _go_to(self, item: Item) -> None:
        asked = item.question
        if asked is None:
            return
        if asked.place not in self._window.store.library.places:
            self._window.messages.say("The place of this item is not known to this copy of the program.")
            return
        whole = tuple((name, getattr(asked, name)) for name in asked.__struct_fields__)
        self._window.store.ask(Move(whole, remembered=True))

    def present_from(self, item: Item) -> None:
        """Present the briefing, this item first."""
        self.present(item)

    def present(self, first: Item | None = None) -> None:
        """Show the briefing full screen, from the item on that is given."""
        from .presenter import Presenter

        if self.presenter is not None:
            self.presenter.end()
        presenter = Presenter(self.desk.briefing, self._window.theme, self._evidence, self._window)
        presenter.ended.connect(self._presented)
        self.presenter = presenter
        presenter.start(first.id if first is not None else "")

    def _presented(self) -> None:
        if self.presenter is not None:
            self.presenter.deleteLater()
        self.presenter = None

    def _evidence(self, question: Question, figure: str) -> Page | None:
        """The page with a figure's card; None for one that is no longer loaded."""
        library = self._window.store.library
        if question.place not in library.places or not library.figures(ids=(figure,)):
            return None
        return answer(library, replace(question, figure=figure))

    def details(self) -> None:
        """Ask for title, author, audience and date."""
        dialog = DetailsDialog(self.desk.briefing, self._window.theme, self._window)
        dialog.accepted.connect(lambda: self.desk.do("change details", dialog.briefing))
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def choose_event(self) -> None:
        """Show the events there are, to add from."""
        dialog = events(self._window.store.library.events(), self._window, self.add)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    def _asked(self, act: str) -> None:
        commands = self._window.actions_
        asks = {
            "heading": "brief-heading",
            "note": "brief-note",
            "details": "brief-details",
            "present": "brief-present",
            "document": "brief-document",
            "draft": "brief-me",
        }
        if act == "close":
            self.show(False)
        else:
            commands.get(asks[act]).trigger()

    def act(self, act: str) -> None:
        """Do something with the chosen item, by the name that a ``Wish`` has."""
        chosen = self._panel.list.item if self._panel is not None else None
        if chosen is None:
            self._window.messages.say("Choose an item of the briefing first.")
        else:
            self._wished(Wish(act=act, item=chosen))

    # ---- numbers that differ

    def renew(self) -> None:
        """The evidence has changed: look at every item again."""
        self._check.again()

    def update(self, item: Item) -> None:
        """Take the numbers that are held now into an item."""
        self._settle(item, exhibits.updated(self._window.store.library, item), "update numbers")

    def keep(self, item: Item) -> None:
        """Keep an item's numbers and ask no more about them."""
        self._settle(item, exhibits.kept(self._window.store.library, item), "keep numbers")

    def _settle(self, item: Item, settled: Item, named: str) -> None:
        if settled == item:
            self._window.messages.say("The evidence that is loaded no longer holds this; it stays as it was.")
            return
        self.desk.do(f"{named} of {named_kind(item.kind)}", changed(self.desk.briefing, settled))

    def _show_differences(self, found: dict[str, tuple[Difference, ...]]) -> None:
        if self._panel is not None:
            self._panel.show_differences(found)
        told = self._check.news()
        if told and not self.is_open:
            self._window.messages.say(told)

    def _changed(self, _old: Briefing, new: Briefing) -> None:
        self._window.messages.let_pass()  # what it told of is no longer the latest
        self._window.status.show_briefing(len(new.items), opened=self.is_open)
        self._window.allow()
        self._window.name(new.name if new.items or self.desk.path else "", unsaved=self.desk.dirty)

    # ---- the window's

    def turn(self) -> None:
        """Another page is on screen."""
        self._name_place()

    def _name_place(self) -> None:
        page = self._window.store.page
        if self._panel is not None and page is not None:
            self._panel.show_place(words.placed(page.asked))

    def resized(self) -> None:
        """The window has another height."""
        if self._panel is not None:
            self._panel.fit(self._window.height())

    def dress(self) -> None:
        """Take the window's theme and type."""
        if self._panel is not None:
            self._panel.set_theme(self._window.theme)
