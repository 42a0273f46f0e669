"""A button that carries an action of a card, and says for a moment that a copy was made.

It reports the action; the panel carries it out.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from .buttons import Look, WordButton
from .contents import Act, Action
from .messages import announce

COPIED = "Copied"
_MOMENT = 1600
"""How long "Copied" stands, in milliseconds."""


class ActionButton(WordButton):
    """Shows one ``Action`` and emits ``acted`` with it when it is pressed."""

    acted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Look.LINK)
        self._action: Action | None = None
        self._restoring: QTimer | None = None
        self.clicked.connect(self._tell)

    @property
    def action(self) -> Action | None:
        """The action it carries now."""
        return self._action

    def carry(self, action: Action) -> None:
        """Carry ``action`` from now on."""
        self._action = action
        if self._restoring is not None:
            self._restoring.stop()
        self.say(action.label, action.name)

    def natural_width(self) -> int:
        """Wide enough for its label, and for what it says after copying."""
        own = super().natural_width()
        if self._action is None or self._action.act is not Act.COPY or len(self.label) > len(COPIED):
            return own
        return own + self.fontMetrics().averageCharWidth() * (len(COPIED) + 1 - len(self.label))

    def _tell(self) -> None:
        action = self._action
        if action is None:
            return
        if action.act is Act.COPY:
            self._say_copied()
        self.acted.emit(action)

    def _say_copied(self) -> None:
        if self._restoring is None:
            self._restoring = QTimer(self)
            self._restoring.setSingleShot(True)
            self._restoring.timeout.connect(self._restore)
        self.say(COPIED, COPIED)
        self._restoring.start(_MOMENT)
        announce(self, COPIED)

    def _restore(self) -> None:
        if self._action is not None:
            self.say(self._action.label, self._action.name)
