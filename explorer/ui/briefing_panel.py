"""The drawer that holds the briefing: previews of its items, and the words of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.briefing.document import Briefing
from explorer.briefing.exhibits import Difference
from explorer.draw.theme import Theme

from .briefing_desk import Desk
from .briefing_editor import ItemEditor
from .briefing_head import BriefingHead
from .briefing_list import ItemList, Wish
from .buttons import Look, WordButton
from .palette import palette
from .typeset import GAP, SMALL, Typeset, colour, scaled
from .words_label import WordsLabel

_EDITOR = 320
_LOW = 780
_EMPTY = (
    "Nothing is collected yet. Add the chart on screen with Ctrl+B, press “Add to briefing” on a card, or "
    "drag either of them here. A first draft about the place on screen is made by the button below."
)
_BUTTONS = (
    ("heading", "Add heading"),
    ("note", "Add note"),
    ("details", "Details…"),
    ("present", "Present"),
    ("document", "Make document…"),
    ("close", "Close"),
)


class BriefingPanel(QWidget):
    """Shows the desk's briefing and reports what is wished."""

    asked = Signal(str)
    """A button: "heading", "note", "details", "present", "document", "close" or "draft"."""
    wished = Signal(object)
    """Something to do with an item: a ``Wish``."""
    dropped = Signal(str, int)
    """Something was dragged here, and before which place it is to go."""
    updated = Signal(object)
    kept = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._compact = False
        self._found: dict[str, tuple[Difference, ...]] = {}
        self.setAccessibleName("Briefing")
        self.name = WordButton(self, Look.LINK)
        self.name.clicked.connect(lambda: self.asked.emit("details"))
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.differing = WordButton(self, Look.LINK)
        self.differing.clicked.connect(self._to_first_differing)
        self.buttons = {act: self._button(act, label) for act, label in _BUTTONS}
        self.list = ItemList(self)
        self.editor = ItemEditor(self)
        self.empty = WordsLabel(self, "An empty briefing")
        self.empty.setText(_EMPTY)
        self.draft = WordButton(self, Look.QUIET)
        self.draft.clicked.connect(lambda: self.asked.emit("draft"))
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._show(Briefing(), desk.briefing)

    def _button(self, act: str, label: str) -> WordButton:
        made = WordButton(self, Look.QUIET)
        made.say(label, "Close the briefing's drawer" if act == "close" else "")
        made.clicked.connect(lambda: self.asked.emit(act))
        return made

    def _lay_out(self) -> None:
        self.head = BriefingHead(self)
        self.head.hold((self.name, self.told, self.differing), tuple(self.buttons.values()))
        nothing = QWidget(self)
        told = QVBoxLayout(nothing)
        told.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        told.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.draft)
        row.addStretch(1)
        told.addLayout(row)
        told.addStretch(1)
        self._something = QWidget(self)
        body = QHBoxLayout(self._something)
        body.setContentsMargins(2 * GAP - 2, 0, 2 * GAP, GAP)
        body.setSpacing(2 * GAP)
        body.addWidget(self.list, 1, Qt.AlignmentFlag.AlignTop)
        body.addWidget(self.editor)
        self._faces = QStackedWidget(self)
        self._faces.addWidget(nothing)
        self._faces.addWidget(self._something)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 1, 0, 0)
        rows.setSpacing(0)
        over = QVBoxLayout()
        over.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP // 2)
        over.addWidget(self.head)
        rows.addLayout(over)
        rows.addWidget(self._faces, 1)

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.list.wished.connect(self._wish)
        self.list.chosen.connect(self._chosen)
        self.list.model_.dropped.connect(self.dropped)
        self.list.model_.moved.connect(self._moved)
        self.editor.entitled.connect(self._desk.entitle)
        self.editor.annotated.connect(self._desk.annotate)
        self.editor.updated.connect(self.updated)
        self.editor.kept.connect(self.kept)
        self.editor.settled.connect(self.list.setFocus)
        self._desk.changed.connect(self._show)
        self._desk.chosen.connect(self.list.choose)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its previews."""
        return QSize(800, self.minimumSizeHint().height())

    # ---- what is shown

    def _show(self, old: Briefing, new: Briefing) -> None:
        held = self.list.item
        at = self.list.currentIndex().row()
        if not {item.id for item in old.items} & {item.id for item in new.items}:
            at = 0  # another briefing: from its beginning
        self.list.model_.show(new.items, frozenset(key for key, found in self._found.items() if found))
        if held is not None and self.list.item is None and new.items:
            stays = held.id in {item.id for item in new.items}
            self.list.choose(held.id if stays else new.items[min(max(at, 0), len(new.items) - 1)].id)
        self._faces.setCurrentIndex(1 if new.items else 0)
        self._tell(new)
        self._chosen(self.list.item)

    def _tell(self, new: Briefing) -> None:
        counted = "1 item" if len(new.items) == 1 else f"{len(new.items)} items"
        state = ", not saved" if self._desk.dirty else ", saved" if self._desk.path else ""
        self.name.say(_short(new.name), f"Briefing: {new.name}. Change title, author and audience")
        self.told.setText(f"{counted}{state}")
        number = sum(bool(found) for key, found in self._found.items() if key in self._ids(new))
        items = "1 item has" if number == 1 else f"{number} items have"
        self.differing.say(f"{items} numbers that differ now")
        self.differing.setVisible(number > 0)
        for act in ("present", "document"):
            self.buttons[act].setEnabled(bool(new.items))
        self._settle()

    def _ids(self, briefing: Briefing) -> frozenset[str]:
        return frozenset(item.id for item in briefing.items)

    def show_place(self, name: str) -> None:
        """Name the place that a draft would be about."""
        self.draft.say(f"Brief me on {name}")

    def show_differences(self, found: dict[str, tuple[Difference, ...]]) -> None:
        """Mark the items whose numbers differ from what is held now."""
        self._found = found
        self.list.model_.mark(frozenset(key for key, several in found.items() if several))
        self._tell(self._desk.briefing)
        self._chosen(self.list.item)

    def _chosen(self, _item: object) -> None:
        held = self.list.item
        self.editor.show_item(held, self._found.get(held.id, ()) if held else ())

    def _to_first_differing(self) -> None:
        found = (item.id for item in self._desk.briefing.items if self._found.get(item.id))
        self.list.choose(next(found, ""))

    # ---- what is wished

    def _wish(self, wish: Wish) -> None:
        if wish.act in ("title", "notes"):
            self.editor.begin(wish.act)
        else:
            self.wished.emit(wish)

    def _moved(self, item_id: str, before: int) -> None:
        """An item was let go before place ``before``, counted with it still at its own."""
        items = self._desk.briefing.items
        at = next((row for row, item in enumerate(items) if item.id == item_id), -1)
        if at >= 0:
            to = before - 1 if before > at else before
            # Once the drag has ended: Qt still holds on to the row it began with.
            QTimer.singleShot(0, self, lambda: self.wished.emit(Wish(act="move", item=items[at], to=to)))

    # ---- how it looks

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme`` and the type of the program."""
        typeset = Typeset(theme, QApplication.font())
        self._typeset = typeset
        self.setPalette(palette(theme))
        for button in (self.name, self.differing, self.draft, *self.buttons.values()):
            button.wear(typeset)
        self.told.setFont(scaled(typeset.font, SMALL))
        self.told.setStyleSheet("")
        self.list.dress(typeset, compact=self._compact)
        self.editor.dress(typeset)
        self.editor.setFixedWidth(round(_EDITOR * min(1.4, typeset.scale)))
        self._settle()
        self.update()

    def _settle(self) -> None:
        """As high as its head, in as many lines as that takes, and its previews."""
        self.head.again()
        head = self.head.heightForWidth(max(200, self.width() - 4 * GAP))
        self.setFixedHeight(self.list.height() + head + 3 * GAP)

    def fit(self, height: int) -> None:
        """Take less room in a window of so little height that the chart would have none."""
        compact = height < _LOW * self._typeset.scale
        if compact is not self._compact:
            self._compact = compact
            self.set_theme(self._typeset.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In another width its head may take another number of lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._settle()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface and the hairline above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.fillRect(0, 0, self.width(), 1, colour(self._typeset.theme.hairline))
        painter.end()


def _short(name: str) -> str:
    return name if len(name) <= 48 else f"{name[:47].rstrip()}…"
