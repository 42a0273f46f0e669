"""The dialog that the import's pages stand in: a heading, room that scrolls, and buttons in a row.

Which page comes next is decided by the import itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from explorer.support import Theme
from explorer.ui.theme import GAP, Typeset, build_palette, colour
from explorer.ui.widgets import ThinBar, WordButton, announce

from .widgets import ButtonRow, ParagraphLabel, TickBox, build_button, main_button

Press = tuple[str, Callable[[], object]]
"""A button: its words, and what pressing it does."""
_USUAL, _LEAST = QSize(1000, 700), QSize(420, 360)
_EDGE = 24
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_FIELDS = (QLineEdit, QComboBox, TickBox)


class PagedDialog(QDialog):
    """One page at a time. A page that is to come back is named in ``staying``."""

    def __init__(self, title: str, subject: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset = Typeset(theme, self.font())
        self._subject = subject
        self.page: QWidget = QWidget(self)
        self.staying: list[QWidget] = []
        self._pressed_buttons: list[WordButton] = []
        self.setWindowTitle(title)
        self.setPalette(build_palette(theme))
        self._lay_out()
        self._fit_window(parent)

    def _lay_out(self) -> None:
        self.heading = ParagraphLabel(self, self._typeset, strong=18 / 13)
        self.file = ParagraphLabel(self, self._typeset, small=True, text=self._subject)
        self._room = QScrollArea(self)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidgetResizable(True)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar = ThinBar(self._room)
        bar.apply_theme(self._typeset.theme)
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

    def _fit_window(self, parent: QWidget) -> None:
        """As large as it needs to be, within the window it stands on."""
        self.setMinimumSize(_LEAST)
        preferred_size = _USUAL * min(self._typeset.scale, 1.5)
        self.resize(preferred_size.boundedTo(parent.window().size() - QSize(2 * GAP, 4 * GAP)).expandedTo(_LEAST))

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
        self, heading: str, page: QWidget, left_buttons: Sequence[Press] = (), right: Sequence[Press] = ()
    ) -> None:
        """Show a page with its buttons; the last on the right leads on."""
        self.heading.show_text(heading)
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
        new_buttons = [build_button(self.buttons, self._typeset, *press) for press in (*left_buttons, *right[:-1])]
        last = [main_button(self.buttons, self._typeset, *press) for press in right[-1:]]
        self.buttons.setVisible(bool(new_buttons or last))
        self.buttons.set_buttons(new_buttons[: len(left_buttons)], [*new_buttons[len(left_buttons) :], *last])
        self._pressed_buttons = [*new_buttons, *last]
        self._focus_first(page)
        announce(self, heading)

    def _focus_first(self, page: QWidget) -> None:
        """Put the keyboard on the first field, or else on the button that leads on."""
        fields = [one for one in tab_stops(page) if isinstance(one, _FIELDS)]
        first = next(iter((*fields, *self._pressed_buttons[-1:])), None)
        if first is not None:
            first.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Go from part to part as they stand, whenever they came to stand there."""
        chain = [*tab_stops(self.page), *self._pressed_buttons]
        now = self.focusWidget()
        if not chain:
            return False
        step = 1 if forward else -1
        at = chain.index(now) + step if now in chain else 0 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        there = chain[at % len(chain)]
        there.setFocus(reason)
        if self.page.isAncestorOf(there):
            self._room.ensureWidgetVisible(there, 0, 3 * GAP)
        return True


def tab_stops(page: QWidget) -> list[QWidget]:
    """What the tab key reaches on a page, in the order in which it is laid out."""
    if not page.isEnabled() or page.isHidden():
        return []
    if page.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return [page]
    layout = page.layout()
    parts = _widgets_in(layout) if layout is not None else page.findChildren(QWidget, options=_DIRECT)
    return [stop for part in parts for stop in tab_stops(part)]


def _widgets_in(layout: QLayout) -> list[QWidget]:
    widgets: list[QWidget] = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        widgets += [widget] if widget is not None else _widgets_in(inner) if inner is not None else []
    return widgets
