"""The window: puts the parts together, hands each page to them, and remembers its shape.

The chart comes first: the side panel is made, and the tree of places filled, once a chart is on screen.

What commands do stands in ``commands``; what is shown stands in the parts.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from explorer.pages.model import Page
from explorer.support import Theme, sanitise
from explorer.ui.chart import ChartPane
from explorer.ui.core import SCALES, CommandActions, CommandRequirement, PageStore, UserSettings, WindowContext
from explorer.ui.theme import Typeset, apply_theme, theme_named
from explorer.ui.widgets import FileDropFilter, MessageBar, looks_like_briefing, looks_like_pack, looks_like_table

from .bars import StatusLine, TopBar
from .command_handlers import WindowCommands
from .sidebar import PlacesSidebar
from .sides import SideRooms

if TYPE_CHECKING:
    from explorer.ui.inspector import SidePanel


TITLE = "Online Harms Explorer"
_USUAL = (1280, 800)
_LAYOUTS = 4
"""A layout asks the one round it in turn: so many stand in one another, up to what scrolls."""
_FRAME = QSize(16, 48)
"""What the system's frame takes of a screen, at most: it is not known before the window is shown."""
_LEAST_PANEL = 280
_AFTER_PAINT = 1
"""Milliseconds: long enough for the paint that is already asked for to go first."""
_USUAL_SIZES = [236, 700, 344]


class MainWindow(QMainWindow):
    """The one window of the program."""

    panels_ready = Signal()
    """Every part is there and shows the first page."""

    def __init__(self, settings: UserSettings) -> None:
        super().__init__()
        self.settings = settings
        self.startup: object = None
        """What opened the window and has to live as long as it does."""
        self.store = PageStore(self)
        self.context = WindowContext(self, self.store, MessageBar(self), settings, theme_named(settings.theme))
        self.messages = self.context.messages
        # Before there is any widget: one that is not on screen yet would not be told of a later font.
        self._dress_program()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(820, 520)
        self.top = TopBar(self.store, self)
        self._sidebar = PlacesSidebar(self.store, self)
        self.chart = ChartPane(self.store, self)
        self._panel: SidePanel | None = None
        self._behind: Page | None = None
        """The page that the parts beside the chart show, where that is not the one on screen yet."""
        self._beside = QTimer(self)
        self._beside.setSingleShot(True)
        self._beside.setInterval(_AFTER_PAINT)
        self._beside.timeout.connect(self._show_beside)
        self.status = StatusLine(self)
        self._lay_out()
        self._connect_commands()
        self.store.page_changed.connect(self._show_page)
        QApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress_parts()
        self._restore_layout()

    def _connect_commands(self) -> None:
        self.commands = WindowCommands(self.context, self)
        self._actions = CommandActions(self, self.menuBar(), self.commands.command_handlers())
        self.context.actions = self._actions
        self._actions.enable_commands(frozenset({CommandRequirement.NOTHING}))
        self.context.evidence_changed.connect(self.commands.refresh_evidence)
        self.status.packs_wanted.connect(self.commands.show_packs)
        self.chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.chart.customContextMenuRequested.connect(self.commands.show_menu)
        self.status.briefing_wanted.connect(self.commands.brief.toggle_drawer)
        self.status.briefing_dropped.connect(self.commands.brief.add_dropped)
        FileDropFilter(self, looks_like_pack, self.commands.take_drop)
        FileDropFilter(self, looks_like_briefing, self.commands.brief.open_briefing)
        FileDropFilter(self, looks_like_table, self.commands.take_table)
        self.top.search.command_provider = self.actions_.available_commands
        self.top.search.result_chosen.connect(self.commands.open_result)
        self.chart.evidence_wanted.connect(self._sides.reveal_panel)
        self.chart.foot.image_wanted.connect(self.commands.out.copy_chart)
        self.chart.foot.citation_wanted.connect(self.commands.out.copy_citation)
        self.chart.foot.collect_wanted.connect(self._actions.action_for("brief-add").trigger)

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        room = QWidget(self)
        room.setMinimumWidth(_LEAST_PANEL)
        for part in (self._sidebar, self.chart, room):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(_USUAL_SIZES)
        self._sides = SideRooms(self.splitter)
        self._sides.changed.connect(self.top.show_ways)
        self.top.places_wanted.connect(self.toggle_places)
        self.top.panel_wanted.connect(self.toggle_panel)
        middle = QWidget(self)
        self._column = column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.messages)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)

    def _restore_layout(self) -> None:
        self.resize(*_USUAL)
        geometry, splitter = self.settings.load_shape("window"), self.settings.load_shape("splitter")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if not splitter.isEmpty():
            self.splitter.restoreState(splitter)
        self._fit_screen()

    def _fit_screen(self) -> None:
        """No larger than the screen it opens on: the source and the status line are never below its edge."""
        room = self.screen().availableGeometry()
        fits = QSize(room.width() - _FRAME.width(), room.height() - _FRAME.height())
        self.resize(self.size().boundedTo(fits))

    def _show_page(self, old: Page | None, new: Page) -> None:
        """Hand the new page to the chart and what stands over it; the parts beside follow when that is painted.

        What has changed is painted in one pass when the event loop next comes round. Updates are not switched
        off meanwhile: switching them on again would paint the whole window, and not only that.
        """
        self.chart.show_page(old, new)
        self.top.show_page(old, new)
        self.top.enable_arrows(back=self.store.can_go_back, forward=self.store.can_go_forward)
        if old is None:
            self.status.show_packs(self.store.library.packs(), self.store.library.loader.pending_packs())
            self.update_actions()
            QTimer.singleShot(_AFTER_PAINT, self.load_panels)
            return
        self._behind = self._behind or old
        self._beside.start()
        self.messages.let_pass()
        self._give_room()

    def _show_beside(self) -> None:
        """Hand the page to the parts beside the chart, where they have not shown it yet."""
        behind, self._behind = self._behind, None
        if behind is None:
            return
        self._beside.stop()
        page = self.store.current_page
        if behind.question.panel is not page.question.panel:
            self._sides.reveal_panel()
        if self._panel is not None:
            self._sidebar.show_page(behind, page)
            self._panel.show_page(behind, page)
        self.update_actions()
        self.commands.brief.on_page_changed()

    @property
    def sidebar(self) -> PlacesSidebar:
        """The tree of places, with the page on screen."""
        self._show_beside()
        return self._sidebar

    @property
    def panel(self) -> SidePanel | None:
        """The side panel, with the page on screen; None before it is made."""
        self._show_beside()
        return self._panel

    @property
    def actions_(self) -> CommandActions:
        """The commands, those that can be used on the page on screen enabled."""
        self._show_beside()
        return self._actions

    def _give_room(self) -> None:
        """Give every part its room and lay the chart out now, so that all is painted once."""
        for _ in range(_LAYOUTS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        if self.chart.view is not None:
            self.chart.view.prepare_layout()
            if self.chart.make_room_for_chart():
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                self.chart.view.prepare_layout()

    @property
    def is_ready(self) -> bool:
        """Whether every part is there and shows the page."""
        return self._panel is not None and self.chart.view is not None

    def load_panels(self) -> None:
        """Make the side panel and fill the tree of places, once the first chart is painted."""
        page = self.store.page if self._panel is None else None
        if page is None:
            return

        from explorer.ui.inspector import SidePanel

        sizes = self.splitter.sizes()
        self._panel = SidePanel(self.store, self)
        self._panel.apply_theme(self.theme)
        self._panel.collect_requested.connect(self.commands.brief.add_dropped)
        room = self.splitter.replaceWidget(2, self._panel)
        if room is not None:
            room.deleteLater()
        self.splitter.setSizes(sizes)
        self._sides.fit_width(round(self.width() / self.settings.scale))
        self._sidebar.show_page(None, page)
        self._panel.show_page(None, page)
        self._set_tab_order()
        self.update_actions()  # the selected figure has its card now
        self.panels_ready.emit()

    def _set_tab_order(self) -> None:
        """The tab key goes from left to right: path, places, choices, chart, panel, status."""
        face = self.chart.view or self.chart.table
        stops: list[QWidget] = [
            *self.top.tab_stops(),
            *self.sidebar.tab_stops(),
            *self.chart.choices.tab_stops(),
            face,
            *self.chart.foot.tab_stops(),
        ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        last = self.panel or face
        QWidget.setTabOrder(last, self.status.packs)

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        return self.context.theme

    def find_place(self) -> None:
        """Put the keyboard into the field that finds a place, and show the places where they were put away."""
        self._sides.reveal_places()
        self.sidebar.look_for()

    def toggle_places(self) -> None:
        """Show the places, or give their room to the chart; the keyboard goes along."""
        self._sides.toggle_places()

    def toggle_panel(self) -> None:
        """Show the side panel, or give its room to the chart; the keyboard goes along."""
        self._sides.toggle_panel()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def focus_chart(self) -> None:
        """Give the keyboard to the chart."""
        self.chart.setFocus()

    def focused_item(self) -> str:
        """What the card of the side panel is about that has the keyboard; empty where none has."""
        return self.panel.focused_item() if self.panel is not None else ""

    def show_briefing(self, items: int, *, is_open: bool) -> None:
        """Say in the status line how much the briefing holds, and whether its drawer is open."""
        self.status.show_briefing(items, is_open=is_open)

    def add_drawer(self, drawer: QWidget) -> None:
        """Put the briefing's drawer under the places, the chart and the side panel."""
        self._column.insertWidget(self._column.indexOf(self.splitter) + 1, drawer)

    def set_briefing_title(self, briefing: str, *, is_unsaved: bool) -> None:
        """Name the briefing in the window's title, with the system's mark where it is not saved."""
        # As text and no more: marks that turn its direction would turn the program's name as well.
        name = sanitise(briefing, 120, breaks=False).replace("[*]", "[ * ]")
        self.setWindowTitle(f"{name}[*] - {TITLE}" if name else TITLE)
        self.setWindowModified(bool(briefing) and is_unsaved)

    def update_actions(self) -> None:
        """Let those commands be used that can be, now."""
        page = self.store.chart_page
        if page is None:
            return
        met_needs, undo = {CommandRequirement.NOTHING, CommandRequirement.PAGE}, self.commands.undo_words()
        met_needs |= self.commands.brief.met_requirements()
        need_states = (
            (CommandRequirement.CARD, page.card is not None),
            (CommandRequirement.BACK, self.store.can_go_back),
            (CommandRequirement.FORWARD, self.store.can_go_forward),
            (CommandRequirement.UNDO, bool(undo)),
        )
        met_needs |= {need for need, is_met in need_states if is_met}
        self._actions.enable_commands(frozenset(met_needs))
        self._actions.set_text("undo-pack", undo)

    def choose_theme(self, name: str) -> None:
        """Take the colours that a setting names, and remember it."""
        self.settings.theme = name
        self.context.theme = theme_named(name)
        self.apply_theme()

    def choose_scale(self, step: int) -> None:
        """Make text a step larger (1) or smaller (-1), or its usual size (0)."""
        at = SCALES.index(self.settings.scale)
        self.settings.scale = SCALES[max(0, min(len(SCALES) - 1, at + step))] if step else SCALES[0]
        self._sides.fit_width(round(self.width() / self.settings.scale))
        self.apply_theme()

    def apply_theme(self) -> None:
        """Give the program and every part of the window the theme and the size of text."""
        self._dress_program()
        self._dress_parts()

    def _dress_program(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self.theme, self.settings.scale)

    def _dress_parts(self) -> None:
        typeset = Typeset(self.theme, QApplication.font())
        self.chart.apply_theme(self.theme, self.settings.scale)
        self.sidebar.apply_theme(self.theme)
        if self.panel is not None:
            self.panel.apply_theme(self.theme)
        self.commands.brief.apply_theme()
        self.top.apply_theme(typeset)
        self.status.apply_theme(typeset)
        self.messages.apply_theme(typeset)
        self._actions.set_checked(f"theme-{self.settings.theme}")

    def _system_changed(self) -> None:
        if self.settings.theme == "system":
            self.choose_theme("system")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """The briefing takes less room in a low window."""
        super().resizeEvent(event)
        self._sides.fit_width(round(self.width() / self.settings.scale))
        self.commands.brief.on_window_resized()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask about a briefing that is not saved; remember place, view and shape."""
        if not self.commands.brief.may_close():
            event.ignore()
            return
        if self.store.page is not None:
            self.settings.question = self.store.page.question
        self.settings.keep_shape("window", self.saveGeometry())
        self.settings.keep_shape("splitter", self.splitter.saveState())
        self.settings.sync()
        super().closeEvent(event)
