"""A button that carries an action of a card, and says for a moment that a copy was made.

It reports the action; the panel carries it out.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from .buttons import ButtonStyle, WordButton
from .contents import ActionKind, CardAction
from .messages import announce

COPIED_LABEL = "Copied"
_MOMENT = 1600
"""How long "Copied" stands, in milliseconds."""


class ActionButton(WordButton):
    """Shows one ``CardAction`` and emits ``acted`` with it when it is pressed."""

    action_triggered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, ButtonStyle.LINK)
        self._action: CardAction | None = None
        self._restoring: QTimer | None = None
        self.clicked.connect(self._trigger_action)

    @property
    def action(self) -> CardAction | None:
        """The action it carries now."""
        return self._action

    def set_action(self, action: CardAction) -> None:
        """Carry ``action`` from now on."""
        self._action = action
        if self._restoring is not None:
            self._restoring.stop()
        self.set_label(action.label, action.name)

    def natural_width(self) -> int:
        """Wide enough for its label, and for what it says after copying."""
        own = super().natural_width()
        if self._action is None or self._action.act is not ActionKind.COPY or len(self.label) > len(COPIED_LABEL):
            return own
        return own + self.fontMetrics().averageCharWidth() * (len(COPIED_LABEL) + 1 - len(self.label))

    def _trigger_action(self) -> None:
        action = self._action
        if action is None:
            return
        if action.act is ActionKind.COPY:
            self._say_copied()
        self.action_triggered.emit(action)

    def _say_copied(self) -> None:
        if self._restoring is None:
            self._restoring = QTimer(self)
            self._restoring.setSingleShot(True)
            self._restoring.timeout.connect(self._restore_label)
        self.set_label(COPIED_LABEL, COPIED_LABEL)
        self._restoring.start(_MOMENT)
        announce(self, COPIED_LABEL)

    def _restore_label(self) -> None:
        if self._action is not None:
            self.set_label(self._action.label, self._action.name)
