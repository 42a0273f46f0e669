"""Cards in a column: pooled widgets that show ``contents.CardContent`` one below the other, and scroll.

A page is turned many times a minute, so cards are kept and refilled, are placed by hand in one pass at one
width, and a card whose content is the same is left alone.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from explorer.ui.theme import GAP, ParagraphRole, Typeset, colour
from explorer.ui.widgets import ButtonStyle, DragTracker, ThinBar, WordButton, announce, start_drag

from .model import ActionKind, ActionRow, CardAction, CardContent, CardProse, Part
from .prose import ProseView

# A button that carries an action of a card, and says for a moment that a copy was made.


COPIED_LABEL = "Copied"
_MOMENT = 1600
"""How long "Copied" stands, in milliseconds."""


class ActionButton(WordButton):
    """Shows one ``CardAction`` and emits ``action_triggered`` with it when it is pressed."""

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


MARGIN = 16
"""Space left and right of the cards; wide enough for a scroll bar, so that one never moves the text."""
_PADDING = 14
_RADIUS = 6
_LOOKS = {ActionKind.SELECT: ButtonStyle.LINK}


class CardView(QWidget):
    """One card. It keeps the text views and buttons it has made and hides what it does not need."""

    action_triggered = Signal(object)
    caret_moved = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._content: CardContent | None = None
        self._layout_key: tuple[CardContent | None, Typeset | None, int] = (None, None, 0)
        self._height = 0
        self._typeset: Typeset | None = None
        self._proses: list[ProseView] = []
        self._buttons: list[ActionButton] = []
        self._order: list[QWidget] = []
        self._column = 0
        self._pull = DragTracker()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take note of where a pull on the card begins."""
        self._pull.on_press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag what the card is about, to the briefing."""
        if self._pull.is_drag_start(event) and self._content is not None:
            start_drag(self, self._content.collect_value())

    @property
    def content(self) -> CardContent | None:
        """What it shows now."""
        return self._content

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches in this card, in reading order."""
        return self._order

    def show_card(self, content: CardContent, typeset: Typeset, width: int) -> int:
        """Show ``content`` in ``width`` pixels; returns the height it needs."""
        if (content, typeset, width) != self._layout_key:
            self._content, self._typeset = content, typeset
            self._height = self._layout_parts(content, typeset, width)
            self._layout_key = (content, typeset, width)
            if content.name != self.accessibleName():
                self.setAccessibleName(content.name)
            self.update()
        return self._height

    def _layout_parts(self, content: CardContent, typeset: Typeset, width: int) -> int:
        edge = _PADDING if content.has_frame else 0
        room, bottom, texts, button_count = width - 2 * edge, edge, 0, 0
        self._order, self._column = [], typeset.value_column(content.fact_labels(), room)
        for number, part in enumerate(content.parts):
            top = bottom + (_gap_above(part) if number else 0)
            if isinstance(part, CardProse):
                bottom = self._place_prose(texts, part, (edge, top, room), typeset)
                texts += 1
            else:
                bottom = self._place_actions(button_count, part, (edge, top, room), typeset)
                button_count += len(part.items)
        for idle in (*self._proses[texts:], *self._buttons[button_count:]):
            idle.hide()
        return bottom + edge

    def _place_prose(self, at: int, prose: CardProse, room: tuple[int, int, int], typeset: Typeset) -> int:
        if at == len(self._proses):
            prose_view = ProseView(self)
            prose_view.caret_moved.connect(self.caret_moved)
            self._proses.append(prose_view)
        view, (left_edge, top, width) = self._proses[at], room
        height = view.show_prose(prose, typeset, width, self._column)
        view.setGeometry(left_edge, top, width, height)
        has_frame = self._content is not None and self._content.has_frame
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_frame else Qt.FocusPolicy.ClickFocus)
        if self._content is not None and view.accessibleName() != self._content.name:
            view.setAccessibleName(self._content.name)
        view.show()
        self._order.append(view)
        return top + height

    def _place_actions(self, at: int, row: ActionRow, room: tuple[int, int, int], typeset: Typeset) -> int:
        left_edge, top, width = room
        if row.aside:
            left_edge, width = (
                left_edge + typeset.indent_for(ParagraphRole.SIDE),
                width - typeset.indent_for(ParagraphRole.SIDE),
            )
        buttons = [self._button_at(at + offset) for offset in range(len(row.items))]
        for button, action in zip(buttons, row.items, strict=True):
            button.apply_theme(typeset, _LOOKS.get(action.act, ButtonStyle.QUIET))
            button.set_action(action)
            button.show()
        self._order.extend(buttons)
        return layout_buttons(buttons, left_edge, top, width)

    def _button_at(self, at: int) -> ActionButton:
        if at == len(self._buttons):
            button = ActionButton(self)
            button.action_triggered.connect(self.action_triggered)
            self._buttons.append(button)
        return self._buttons[at]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the card's surface, its hairline and the ring round the text that has the focus."""
        if self._typeset is None or self._content is None:
            return
        theme = self._typeset.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._content.has_frame:
            painter.setPen(QPen(colour(theme.hairline), 1))
            painter.setBrush(colour(theme.page))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        for view in self._proses:
            if view.hasFocus():
                painter.setPen(QPen(colour(theme.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(view.geometry()).adjusted(-6, -6, 6, 6), 4, 4)
        painter.end()


def _gap_above(part: Part) -> int:
    """Links stand close to the words that introduce them; anything else keeps its distance."""
    if isinstance(part, ActionRow) and _LOOKS.get(part.items[0].act) is ButtonStyle.LINK:
        return 2
    return 10


def layout_buttons(buttons: list[ActionButton], left_edge: int, top: int, width: int) -> int:
    """Place buttons in rows that break where they do not fit; returns where the last row ends."""
    across, line = 0, 0
    for button in buttons:
        link = button.button_style is ButtonStyle.LINK
        # A link's words line up with the text above; its larger target reaches into the margin.
        inset = 4 if link else 0
        wide = min(button.natural_width(), width + inset)
        if across and across + wide > width + inset:
            top, across, line = top + line + (0 if link else 6), 0, 0
        height = button.height_for(wide)
        button.setGeometry(left_edge - inset + across, top, wide, height)
        across += wide + GAP
        line = max(line, height)
    return top + line


class CardColumn(QScrollArea):
    """Cards one below the other at the width of the panel, with one scroll bar for all."""

    action_triggered = Signal(object)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._contents: tuple[CardContent, ...] = ()
        self._typeset: Typeset | None = None
        self._cards: list[CardView] = []
        self._chain: list[QWidget] = []
        self._holder = QWidget()
        self._at_width = 0
        self._bar = ThinBar(self)
        self.setVerticalScrollBar(self._bar)
        self.setWidget(self._holder)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        self.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)
        self._bar.setSingleStep(24)

    def visible_cards(self) -> list[CardView]:
        """The cards on show, from the top."""
        return self._cards[: len(self._contents)]

    def show_cards(self, contents: tuple[CardContent, ...], typeset: Typeset, *, top: bool) -> None:
        """Show ``contents``; ``top`` scrolls back up, for a new subject."""
        focus = QApplication.focusWidget() if self.holds_focus() else None
        pressed_label = focus.label if isinstance(focus, ActionButton) else ""
        if typeset is not self._typeset:
            self._bar.apply_theme(typeset.theme)
        self._contents, self._typeset = contents, typeset
        self._lay_out()
        if top:
            self._bar.setValue(0)
        # A button that still says the same keeps the keyboard, so that "next" can be pressed again.
        keeps_focus = isinstance(focus, ActionButton) and focus in self._chain and focus.label == pressed_label
        if focus is not None and not keeps_focus and (top or focus not in self._chain):
            self.focus_first()

    def height_at(self, width: int) -> int:
        """How tall all its cards are together where it is ``width`` pixels wide; it is that wide then."""
        self.resize(width, self.height())
        self._lay_out()
        return self._holder.height()

    def holds_focus(self) -> bool:
        """Whether the keyboard is in one of its cards."""
        focus = QApplication.focusWidget()
        return focus is not None and self._holder.isAncestorOf(focus)

    def focused_item(self) -> str:
        """What the card that has the keyboard adds to the briefing; empty where none has it."""
        focus = QApplication.focusWidget()
        focused_cards = (card for card in self.visible_cards() if focus is not None and card.isAncestorOf(focus))
        return next((card.content.collect_value() for card in focused_cards if card.content is not None), "")

    def focus_first(self) -> None:
        """Put the keyboard on the first text, which a screen reader then reads, or on the first button."""
        stops = [stop for stop in self._chain if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        texts = [stop for stop in stops if isinstance(stop, ProseView)]
        for stop in (*texts, *stops)[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal_card(self, number: int) -> None:
        """Bring a card to the top as far as the column reaches, and the keyboard to its first text."""
        card = self.visible_cards()[number]
        self._bar.setValue(card.y() - GAP)
        for stop in card.tab_stops()[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay the cards out again where the width is another one."""
        super().resizeEvent(event)
        if self.width() != self._at_width:
            self._lay_out()

    def _lay_out(self) -> None:
        if self._typeset is None:
            return
        self._at_width = self.width()
        width = max(1, self.width() - 2 * MARGIN)
        top = MARGIN - 4
        for number, content in enumerate(self._contents):
            card = self._card_at(number)
            if number and not content.has_frame:
                top += GAP
            height = card.show_card(content, self._typeset, width)
            card.setGeometry(MARGIN, top, width, height)
            card.show()
            top += height + (10 if content.has_frame else 8)
        self._chain_tabs()
        for idle in self._cards[len(self._contents) :]:
            idle.hide()
        self._holder.resize(self.width(), top + GAP)

    def _card_at(self, number: int) -> CardView:
        if number == len(self._cards):
            card = CardView(self._holder)
            card.action_triggered.connect(self.action_triggered)
            card.caret_moved.connect(self._follow_caret)
            self._cards.append(card)
        return self._cards[number]

    def _chain_tabs(self) -> None:
        chain = [stop for card in self.visible_cards() for stop in card.tab_stops()]
        if chain != self._chain:
            self._chain = chain
            for one, next_ in pairwise(chain):
                QWidget.setTabOrder(one, next_)

    def _follow_caret(self, view: ProseView) -> None:
        caret = view.cursorRect()
        middle = view.viewport().mapTo(self._holder, caret.center())
        self.ensureVisible(middle.x(), middle.y(), 0, caret.height() + 2 * GAP)
