"""The dialog that the import's pages stand in: a heading, room that scrolls, and buttons in a row.

Which page comes next is decided by the import itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QLineEdit,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from explorer.draw.theme import Theme

from .bars import ThinBar
from .buttons import WordButton
from .import_parts import ButtonRow, TickBox, Words, button, main_button
from .messages import announce
from .palette import palette
from .typeset import GAP, Typeset, colour

Press = tuple[str, Callable[[], object]]
"""A button: its words, and what pressing it does."""
_USUAL, _LEAST = QSize(1000, 700), QSize(420, 360)
_EDGE = 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKES_KEYS = (QLineEdit, QComboBox, TickBox, QTableView)


class PagedDialog(QDialog):
    """One page at a time. A page that is to come back is named in ``staying``."""

    def __init__(self, title: str, subject: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset = Typeset(theme, self.font())
        self._subject = subject
        self.page: QWidget = QWidget(self)
        self.staying: list[QWidget] = []
        self.setWindowTitle(title)
        self.setPalette(palette(theme))
        self._lay_out()
        self._fit(parent)

    def _lay_out(self) -> None:
        self.heading = Words(self, self._typeset, strong=18 / 13)
        self.file = Words(self, self._typeset, small=True, text=self._subject)
        self._room = QScrollArea(self)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidgetResizable(True)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = ThinBar(self._room)
        bar.wear(self._typeset.theme)
        self._room.setVerticalScrollBar(bar)
        self._room.viewport().setAutoFillBackground(False)
        self.buttons = ButtonRow(self)
        rows = QVBoxLayout(self)
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        rows.setContentsMargins(_EDGE, 20, _EDGE, 16)
        rows.setSpacing(GAP // 2)
        rows.addWidget(self.heading)
        rows.addWidget(self.file)
        rows.addSpacing(GAP)
        rows.addWidget(self._room, 1)
        rows.addSpacing(GAP)
        rows.addWidget(self.buttons)

    def _fit(self, parent: QWidget) -> None:
        """As large as it needs to be, within the window it stands on."""
        self.setMinimumSize(_LEAST)
        wanted = _USUAL * min(self._typeset.scale, 1.5)
        self.resize(wanted.boundedTo(parent.window().size() - QSize(2 * GAP, 4 * GAP)).expandedTo(_LEAST))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses only the button that the keyboard is on; Escape leaves."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)

    def show_page(
        self, heading: str, page: QWidget, left: Sequence[Press] = (), right: Sequence[Press] = ()
    ) -> None:
        """Show a page with its buttons; the last on the right leads on."""
        self.heading.say(heading)
        if self._room.widget() is not page:
            before = self._room.takeWidget()
            if before is not None:
                before.setParent(self)
                before.hide()
                if before not in self.staying:
                    before.deleteLater()
            self._room.setWidget(page)
            self._room.verticalScrollBar().setValue(0)
        page.setAutoFillBackground(False)
        page.show()
        self.page = page
        made = [button(self.buttons, self._typeset, *press) for press in (*left, *right[:-1])]
        last = [main_button(self.buttons, self._typeset, *press) for press in right[-1:]]
        self.buttons.setVisible(bool(made or last))
        self.buttons.hold(made[: len(left)], [*made[len(left) :], *last])
        self._order(page, [*made, *last])
        announce(self, heading)

    def _order(self, page: QWidget, pressed: Sequence[WordButton]) -> None:
        if not pressed:
            return
        for before, after in pairwise(pressed):
            QWidget.setTabOrder(before, after)
        fields = (one for one in page.findChildren(QWidget) if isinstance(one, _TAKES_KEYS))
        next((one for one in fields if not one.isHidden()), pressed[-1]).setFocus()
