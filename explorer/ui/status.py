"""The line under the window: how many packs are loaded, and that nothing of it came over a network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from explorer.library.pack_tables import PackState

from .buttons import ButtonStyle, WordButton
from .typeset import GAP, Typeset

_UP, _DOWN = "\u25b4", "\u25be"


class StatusLine(QStatusBar):
    """Packs, offline, and the way to the list of packs."""

    packs_wanted = Signal()
    briefing_wanted = Signal()
    briefing_dropped = Signal(str)
    """Something was dragged to the briefing's button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._told = QLabel("Opening the evidence…", self)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setContentsMargins(GAP, 0, 0, 0)
        self.addWidget(self._told)
        self.briefing = WordButton(self, ButtonStyle.QUIET)
        self.briefing.clicked.connect(self.briefing_wanted)
        self.briefing.setAcceptDrops(True)
        self.briefing.installEventFilter(self)
        self.show_briefing(0, is_open=False)
        self.addPermanentWidget(self.briefing)
        self.packs = WordButton(self, ButtonStyle.LINK)
        self.packs.set_label("List of packs")
        self.packs.clicked.connect(self.packs_wanted)
        self.addPermanentWidget(self.packs)
        self.setContentsMargins(0, 0, GAP, 0)

    def show_packs(self, states: Sequence[PackState], unread: Sequence[str] = ()) -> None:
        """Say what is loaded, and name the packs that are not, or not yet."""
        loaded_packs = [state for state in states if not state.problems and state.enabled]
        off = sum(not state.enabled and not state.problems for state in states)
        failed_ids = [state.id for state in states if state.problems]
        word = "pack" if len(loaded_packs) == 1 else "packs"
        aside = f", {off} switched off" if off else ""
        status_text = f"{len(loaded_packs)} {word}{aside}, offline: no network used"
        if failed_ids:
            status_text += f". Not loaded: {', '.join(failed_ids)}; the list of packs says why"
        if unread:
            status_text += f". Still being read: {', '.join(unread)}"
        self._told.setText(status_text)

    def show_briefing(self, items: int, *, is_open: bool) -> None:
        """Say how much is collected, and whether the button opens the drawer or closes it."""
        count_text = "1 item" if items == 1 else f"{items} items"
        does = "Hide" if is_open else "Show"
        self.briefing.set_label(
            f"Briefing: {count_text} {_DOWN if is_open else _UP}", f"{does} the briefing, {count_text}"
        )

    def eventFilter(self, _watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what is dragged to the briefing's button."""
        if not isinstance(event, (QDragEnterEvent, QDragMoveEvent, QDropEvent)):
            return False
        from .dragging import read_mime_data

        value = read_mime_data(event.mimeData())
        if value:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() is QEvent.Type.Drop:
                self.briefing_dropped.emit(value)
        return bool(value)

    @property
    def text(self) -> str:
        """What the line says."""
        return self._told.text()

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self.packs.apply_theme(typeset)
        self.briefing.apply_theme(typeset)
