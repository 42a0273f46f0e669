"""A dialog that is a column of cards, with its buttons under them; and one that asks a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from explorer.support import Theme
from explorer.ui.theme import GAP, Typeset, build_palette, colour
from explorer.ui.widgets import ButtonStyle, WordButton

from .card_list import CardColumn
from .model import ActionKind, CardAction, CardContent

_LEAST = QSize(320, 240)
_USUAL = QSize(560, 520)
_EDGES = 24
"""What a dialog that asks takes beside its cards: the space round them and between them and the buttons."""


class CardsDialog(QDialog):
    """A dialog that is a column of cards and a button that closes it."""

    def __init__(self, title: str, cards: Sequence[CardContent], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typeset = Typeset(theme, self.font())
        self.setWindowTitle(title)
        self.setPalette(build_palette(theme))
        self.column = CardColumn(self, title)
        self.column.action_triggered.connect(self._act)
        self.close_button = self._build_button("Close")
        self.close_button.clicked.connect(self.reject)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        self.foot.addStretch(1)
        self.foot.addWidget(self.close_button)
        self.setMinimumSize(_LEAST)
        rows = QVBoxLayout(self)
        # Otherwise the layout changes the least size once more when the window is already there.
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.column, 1)
        rows.addLayout(self.foot)
        self.resize(_USUAL)
        self.column.show_cards(tuple(cards), self._typeset, top=True)
        self.close_button.setFocus()

    def fit_to_content(self) -> None:
        """As tall as what it holds and its buttons, where the screen has room."""
        content = self.column.height_at(_USUAL.width()) + self.foot.sizeHint().height() + _EDGES
        room = self.screen().availableGeometry().height() - 2 * _EDGES
        self.resize(_USUAL.width(), max(_LEAST.height(), min(content, room)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()

    def _build_button(self, label: str) -> WordButton:
        button = WordButton(self, ButtonStyle.QUIET)
        button.apply_theme(self._typeset)
        button.set_label(label)
        return button

    def _act(self, action: CardAction) -> None:
        if action.act is ActionKind.COPY:
            QGuiApplication.clipboard().setText(action.value)


class QuestionDialog(CardsDialog):
    """Asks whether to do something. The keyboard is on the button that leaves everything as it is."""

    def __init__(
        self,
        title: str,
        cards: Sequence[CardContent],
        theme: Theme,
        parent: QWidget | None,
        *,
        yes: str,
        no: str,
    ) -> None:
        super().__init__(title, cards, theme, parent)
        self.close_button.set_label(no)
        self.yes_button = self._build_button(yes)
        self.yes_button.clicked.connect(self.accept)
        # Neither is pressed by Enter from elsewhere: an answer is chosen.
        for button in (self.yes_button, self.close_button):
            button.setAutoDefault(False)
        self.foot.insertWidget(1, self.yes_button)
        self.setTabOrder(self.yes_button, self.close_button)
        self.close_button.setFocus()
        self.fit_to_content()
