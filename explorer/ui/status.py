"""The line under the window: how many packs are loaded, and that nothing of it came over a network."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from explorer.packs.library import PackState

from .buttons import Look, WordButton
from .typeset import GAP, Typeset


class StatusLine(QStatusBar):
    """Packs, offline, and the way to the list of packs."""

    packs_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._told = QLabel("Opening the evidence…", self)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setContentsMargins(GAP, 0, 0, 0)
        self.addWidget(self._told)
        self.packs = WordButton(self, Look.LINK)
        self.packs.say("List of packs")
        self.packs.clicked.connect(self.packs_wanted)
        self.addPermanentWidget(self.packs)
        self.setContentsMargins(0, 0, GAP, 0)

    def show_packs(self, states: Sequence[PackState], unread: Sequence[str] = ()) -> None:
        """Say what is loaded, and name the packs that are not, or not yet."""
        loaded = [state for state in states if not state.problems and state.enabled]
        off = sum(not state.enabled and not state.problems for state in states)
        failed = [state.id for state in states if state.problems]
        word = "pack" if len(loaded) == 1 else "packs"
        aside = f", {off} switched off" if off else ""
        told = f"{len(loaded)} {word}{aside}, offline: no network used"
        if failed:
            told += f". Not loaded: {', '.join(failed)}; the list of packs says why"
        if unread:
            told += f". Still being read: {', '.join(unread)}"
        self._told.setText(told)

    @property
    def text(self) -> str:
        """What the line says."""
        return self._told.text()

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self.packs.wear(typeset)
