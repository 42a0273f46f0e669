"""What the parts of one window share: evidence, messages, settings, colours, and where files go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from explorer.support import Theme

if TYPE_CHECKING:
    from explorer.ui.widgets import MessageBar

    from .commands import CommandActions
    from .page_store import PageStore
    from .settings import UserSettings


class WindowContext(QObject):
    """What a controller may use of the window that it works in, and nothing besides.

    The window makes one, keeps ``theme`` and ``actions`` up to date, and listens to ``evidence_changed``.
    Controllers take it instead of the window, so that nothing below the window knows the window.
    """

    evidence_changed = Signal()
    """The evidence that is loaded is another: everything in the window has to be brought up to date."""
    actions: CommandActions
    """The commands that a person can give; there from the time that the window stands."""

    def __init__(
        self, widget: QWidget, store: PageStore, messages: MessageBar, settings: UserSettings, theme: Theme
    ) -> None:
        super().__init__(widget)
        self.widget = widget
        """The window, as what dialogs stand over."""
        self.store = store
        self.messages = messages
        self.settings = settings
        self.theme = theme
        self.saved_in: Path | None = None
        """The folder that something was saved in last."""

    def default_folder(self) -> Path:
        """Where something was saved last, or else where the system keeps documents."""
        if self.saved_in is not None and self.saved_in.is_dir():
            return self.saved_in
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def page_file_name(self, suffix: str) -> str:
        """A name for a file about the page on screen."""
        page = self.store.current_page
        safe_name = "".join(letter if letter.isalnum() else "-" for letter in page.place.name.lower())
        return f"{safe_name}-{page.chart.kind.value}{suffix}"
