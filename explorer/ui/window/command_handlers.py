"""What the window's commands do: each by the id it has in ``list_commands``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QMenu
from shiboken6 import isValid

from explorer.pages.charts import chart_types
from explorer.pages.model import PageView, open_panel, select_chart, select_place, set_view
from explorer.pages.panels import PANEL_TYPES
from explorer.pages.search import ResultKind, SearchResult
from explorer.support import THEME_NAMES
from explorer.ui.briefing import BriefCommands
from explorer.ui.core import undo_words

from .page_export import PageOut

if TYPE_CHECKING:
    from explorer.library import PackState, PackTransaction
    from explorer.ui.core import WindowContext
    from explorer.ui.importer import ImportController
    from explorer.ui.packs import PackMoves

    from .parts import WindowParts


_CHART_MENU = ("brief-add", "copy-chart", "copy-table", "save-chart", "picture", "print")


class WindowCommands:
    """The commands of one window."""

    def __init__(self, context: WindowContext, window: WindowParts) -> None:
        self._context, self._window = context, window
        self._dialog: QDialog | None = None
        self.brief = BriefCommands(context, window)
        self.out = PageOut(context)
        self._moves: PackMoves | None = None
        self._imports: ImportController | None = None
        self._latest: tuple[int, PackTransaction | None] = (0, None)

    def command_handlers(self) -> dict[str, Callable[[], None]]:
        """What to call for each command's id."""
        window = self._window
        handler_by_id: dict[str, Callable[[], None]] = {
            "save-chart": self.save,
            "picture": self.out.open_picture_dialog,
            "import": self.import_table,
            "template": self.write_template,
            "open-pack": self.open_pack,
            "save-pack": self.save_pack,
            "packs": self.show_packs,
            "undo-pack": self.undo_pack,
            "quit": self._close_window,
            "copy-figure": self.copy_figure,
            "copy-chart": self.out.copy_chart,
            "copy-table": self.out.copy_table,
            "search": window.top.search.look_for,
            "find-place": window.find_place,
            "back": self._context.store.go_back,
            "forward": self._context.store.go_forward,
            "up": self._go_up,
            "keys": self.show_keys,
            "method": self.show_method,
            "about": self.show_about,
        }
        handler_by_id |= self._view_handlers() | self.brief.command_handlers()
        handler_by_id |= {
            f"chart-{kind.value}": partial(self._context.store.dispatch, select_chart(kind)) for kind in chart_types()
        }
        handler_by_id |= {
            f"panel-{kind.value}": partial(self._context.store.dispatch, open_panel(kind)) for kind in PANEL_TYPES
        }
        return handler_by_id

    def _view_handlers(self) -> dict[str, Callable[[], None]]:
        """What to call for the commands that change how the window looks, and nothing that it says."""
        window = self._window
        return {
            "measure": self._choose_measure,
            "table": self._turn_face,
            "options": window.chart.choices.open_options,
            "places-shown": window.toggle_places,
            "panel-shown": window.toggle_panel,
            "full-screen": window.toggle_full_screen,
            "larger": partial(window.choose_scale, 1),
            "smaller": partial(window.choose_scale, -1),
            "usual-size": partial(window.choose_scale, 0),
        } | {f"theme-{name}": partial(window.choose_theme, name) for name in THEME_NAMES}

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that is open."""
        return self._dialog

    def _close_window(self) -> None:
        self._context.widget.close()

    def _go_up(self) -> None:
        crumbs = self._context.store.current_page.crumbs
        if len(crumbs) > 1:
            self._context.store.dispatch(select_place(crumbs[-2].code))

    def _choose_measure(self) -> None:
        if not self._window.chart.choices.choose_measure():
            self._context.messages.show_message("There is only one measure to show here.")

    def _turn_face(self) -> None:
        current_view = self._context.store.current_page.question.view
        self._context.store.dispatch(set_view(PageView.CHART if current_view is PageView.TABLE else PageView.TABLE))

    def open_result(self, result: SearchResult) -> None:
        """Go to what a search found: a page, a card of the side panel, or a command."""
        from explorer.pages.search import command_of, navigation_target, panel_of

        window = self._window
        if result.kind is ResultKind.COMMAND:
            self._context.actions.action_for(result.id).trigger()
            return
        move = navigation_target(self._context.store.library, self._context.store.current_page.question, result)
        if move is None:
            self._context.messages.show_message(f"“{result.title}” is no longer loaded.")
            return
        self._context.store.dispatch(move)
        if command_of(result):
            self._context.actions.action_for(command_of(result)).trigger()
            return
        panel = panel_of(result)
        if panel is not None and window.panel is not None:
            window.panel.reveal_entry(panel, result.id)
        else:
            (window.chart.faces.currentWidget() or window.chart).setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_figure(self) -> None:
        """Put the selected figure with its citation on the clipboard."""
        self.out.copy_figure()

    def save(self) -> None:
        """Ask for a file and write the page to it."""
        self.out.save()

    def write(self, path: Path) -> None:
        """Write the page to ``path`` and say how that went."""
        self.out.write(path)

    def show_menu(self, at: QPoint) -> None:
        """What is done with the chart, as a menu at a point of the chart pane."""
        self.chart_menu().popup(self._window.chart.mapToGlobal(at))

    def chart_menu(self) -> QMenu:
        """A menu of what is done with the chart. It goes when it is closed."""
        menu = QMenu(self._context.widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in _CHART_MENU:
            menu.addAction(self._context.actions.action_for(command))
        return menu

    def show_packs(self) -> None:
        """Show the list of packs."""
        from explorer.ui.packs import packs_dialog

        dialog = packs_dialog(
            self._context.store.library.packs(),
            self._context.theme,
            self._context.widget,
            self._switch_pack,
            moving=True,
            undo=self.undo_words(),
        )
        dialog.action_requested.connect(self.pack_moves.perform_action)
        self._open_dialog(dialog)

    @property
    def pack_moves(self) -> PackMoves:
        """What is done with packs as wholes; made when it is first wanted."""
        if self._moves is None:
            from explorer.ui.packs import PackMoves

            self._moves = PackMoves(self._context, self.show_packs, lambda: self._dialog)
        return self._moves

    @property
    def imports(self) -> ImportController:
        """What is done with people's tables; made when it is first wanted."""
        if self._imports is None:
            from explorer.ui.importer import ImportController

            self._imports = ImportController(self._context)
        return self._imports

    def import_table(self) -> None:
        """Ask for a table and import it."""
        self.imports.choose_table()

    def write_template(self) -> None:
        """Write an empty table to fill in."""
        self.imports.write_template()

    def take_table(self, path: Path) -> None:
        """Import a table that was dropped on the window."""
        if self._context.store.page is not None:
            self.imports.import_table(path)

    def undo_words(self) -> str:
        """What undoing would do to the packs; empty where there is nothing to undo."""
        library = self._context.store.library
        if self._latest[0] != library.revision:
            self._latest = library.revision, library.manager.latest_change
        return undo_words(self._latest[1])

    def open_pack(self) -> None:
        """Ask for a pack and open it."""
        self.pack_moves.choose_pack()

    def save_pack(self) -> None:
        """Save a pack, or show the packs to choose from."""
        self.pack_moves.save_one()

    def undo_pack(self) -> None:
        """Undo the latest change of the packs, or do it again."""
        self.pack_moves.undo()

    def take_drop(self, path: Path) -> None:
        """Open a pack that was dropped on the window."""
        if self._context.store.page is not None:
            self.pack_moves.open_pack(path)

    def _switch_pack(self, pack: str, is_enabled: bool) -> Sequence[PackState]:
        """Switch a pack and bring everything in the window up to date."""
        self._context.store.library.manager.set_enabled(pack, is_enabled)
        return self.refresh_evidence()

    def refresh_evidence(self) -> Sequence[PackState]:
        """Bring everything in the window up to date: the evidence has changed."""
        window = self._window
        self._context.store.refresh()
        self.brief.refresh_evidence()
        window.sidebar.refresh_counts()
        packs = self._context.store.library.packs()
        window.status.show_packs(packs, self._context.store.library.loader.pending_packs())
        return packs

    def show_keys(self) -> None:
        """Show the keyboard page."""
        from explorer.ui.briefing import DRAWER_KEYS
        from explorer.ui.chart import CHART_KEYS, MEASURE_KEYS
        from explorer.ui.importer import IMPORT_KEYS
        from explorer.ui.packs import keys_dialog
        from explorer.ui.presenter import PRESENTER_KEYS

        from .search_box import SEARCH_KEYS

        parts = (CHART_KEYS, MEASURE_KEYS, SEARCH_KEYS, IMPORT_KEYS, DRAWER_KEYS, PRESENTER_KEYS)
        self._open_dialog(keys_dialog(self._context.theme, self._context.widget, parts))

    def show_method(self) -> None:
        """Show how numbers are worked out."""
        from .about import method_dialog

        self._open_dialog(method_dialog(self._context.theme, self._context.widget))

    def show_about(self) -> None:
        """Show what the program is."""
        from .about import AboutDialog

        loaded_packs = self._context.store.library.packs() if self._context.store.page else ()
        packs = [state for state in loaded_packs if state.enabled and not state.problems]
        self._open_dialog(AboutDialog(packs, self._context.theme, self._context.widget))

    def close_dialog(self) -> None:
        """Close the dialog that is open, if any."""
        if self._dialog is not None and isValid(self._dialog):  # Qt deletes what is closed with its owner
            self._dialog.close()
            self._dialog.deleteLater()
        self._dialog = None

    def _open_dialog(self, dialog: QDialog) -> None:
        self.close_dialog()
        self._dialog = dialog
        dialog.open()
