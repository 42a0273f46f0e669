"""The drawer that holds the briefing: previews of its items, and the words of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from explorer.briefing import Briefing, NumberDifference
from explorer.support import Theme
from explorer.ui.theme import GAP, SMALL, TARGET, Typeset, build_palette, colour, scaled_font
from explorer.ui.widgets import ButtonStyle, FlowWidget, WordButton, WordsLabel

from .item_editor import ItemEditor
from .item_list import ItemList, ItemRequest
from .session import BriefingSession

# The line over the previews of a briefing: its name, how it stands, and what may be done with it.


_LEAST = 28
Part = WordButton | QLabel


class BriefingHead(FlowWidget):
    """Places the parts it is given: those of the left one after another, those of the right at the edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._left_parts: Sequence[Part] = ()
        self._right: Sequence[Part] = ()

    def set_parts(self, left_parts: Sequence[Part], right: Sequence[Part]) -> None:
        """Take these as its own."""
        self._left_parts, self._right = left_parts, right
        for one in (*left_parts, *right):
            one.setParent(self)
        self.refresh_layout()

    def refresh_layout(self) -> None:
        """Something in it has another size."""
        self.updateGeometry()
        self.flow(self.width(), place=True)

    def flow(self, width: int, *, place: bool) -> int:
        """In one line where there is room; or else what is done in lines under what it is done to."""
        right = sum(_part_size(one, width)[0] + GAP for one in self._right if not one.isHidden()) - GAP
        left_width = sum(_part_size(one, width)[0] + GAP for one in self._left_parts if not one.isHidden())
        if left_width + right <= width:
            first = _layout_lines(self._left_parts, (0, 0), width, place=place)
            return max(first, _layout_lines(self._right, (width - right, 0), width, place=place))
        first = _layout_lines(self._left_parts, (0, 0), width, place=place) + GAP // 2
        at = max(0, width - right)
        return first + _layout_lines(self._right, (at, first), width, place=place)


def _layout_lines(each: Sequence[Part], at: tuple[int, int], width: int, *, place: bool) -> int:
    """Put parts one after another, in further lines where they do not fit; gives their height."""
    left_edge, top = at
    across, down, line = left_edge, 0, 0
    for one in each:
        if one.isHidden():
            continue
        wide, high = _part_size(one, width)
        if across > left_edge and across + wide > width:
            across, down, line = left_edge, down + line + GAP // 2, 0
        if place:
            one.setGeometry(across, top + down, wide, high)
        across, line = across + wide + GAP, max(line, high)
    return down + line


def _part_size(one: Part, width: int) -> tuple[int, int]:
    """The width and the height of a part in a line so wide."""
    if isinstance(one, QLabel):
        hint = one.sizeHint()
        return min(width, hint.width() + 2), max(_LEAST, hint.height())
    wide = min(width, one.natural_width())
    return wide, max(TARGET, _LEAST, one.height_for(wide))


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

    button_pressed = Signal(str)
    """A button: "heading", "note", "details", "present", "document", "close" or "draft"."""
    request_sent = Signal(object)
    """Something to do with an item: a ``ItemRequest``."""
    content_dropped = Signal(str, int)
    """Something was dragged here, and before which place it is to go."""
    update_requested = Signal(object)
    keep_requested = Signal(object)

    def __init__(self, desk: BriefingSession, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._compact = False
        self._differences_by_item: dict[str, tuple[NumberDifference, ...]] = {}
        self.setAccessibleName("Briefing")
        self.name = WordButton(self, ButtonStyle.LINK)
        self.name.clicked.connect(lambda: self.button_pressed.emit("details"))
        self.status_label = QLabel(self)
        self.status_label.setTextFormat(Qt.TextFormat.PlainText)
        self.differing = WordButton(self, ButtonStyle.LINK)
        self.differing.clicked.connect(self._to_first_differing)
        self.buttons = {act: self._build_button(act, label) for act, label in _BUTTONS}
        self.list = ItemList(self)
        self.editor = ItemEditor(self)
        self.empty = WordsLabel(self, "An empty briefing")
        self.empty.setText(_EMPTY)
        self.draft = WordButton(self, ButtonStyle.QUIET)
        self.draft.clicked.connect(lambda: self.button_pressed.emit("draft"))
        self._lay_out()
        self._connect_signals()
        self.apply_theme(theme)
        self._show_briefing(Briefing(), desk.briefing)

    def _build_button(self, act: str, label: str) -> WordButton:
        button = WordButton(self, ButtonStyle.QUIET)
        button.set_label(label, "Close the briefing's drawer" if act == "close" else "")
        button.clicked.connect(lambda: self.button_pressed.emit(act))
        return button

    def _lay_out(self) -> None:
        self.head = BriefingHead(self)
        self.head.set_parts((self.name, self.status_label, self.differing), tuple(self.buttons.values()))
        nothing = QWidget(self)
        empty_layout = QVBoxLayout(nothing)
        empty_layout.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        empty_layout.addWidget(self.empty)
        row = QHBoxLayout()
        row.addWidget(self.draft)
        row.addStretch(1)
        empty_layout.addLayout(row)
        empty_layout.addStretch(1)
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

    def _connect_signals(self) -> None:
        self.setAcceptDrops(True)
        self.list.request_sent.connect(self._on_request)
        self.list.current_item_changed.connect(self._on_current_item_changed)
        self.list.model_.content_dropped.connect(self.content_dropped)
        self.list.model_.item_moved.connect(self._on_item_moved)
        self.editor.title_edited.connect(self._desk.set_title)
        self.editor.notes_edited.connect(self._desk.set_notes)
        self.editor.update_requested.connect(self.update_requested)
        self.editor.keep_requested.connect(self.keep_requested)
        self.editor.focus_released.connect(self.list.setFocus)
        self._desk.briefing_changed.connect(self._show_briefing)
        self._desk.item_selected.connect(self.list.select_item)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as its previews."""
        return QSize(800, self.minimumSizeHint().height())

    # ---- what is shown

    def _show_briefing(self, old: Briefing, new: Briefing) -> None:
        current_item = self.list.item
        at = self.list.currentIndex().row()
        if not {item.id for item in old.items} & {item.id for item in new.items}:
            at = 0  # another briefing: from its beginning
        self.list.model_.show_items(
            new.items, frozenset(key for key, differences in self._differences_by_item.items() if differences)
        )
        if current_item is not None and self.list.item is None and new.items:
            stays = current_item.id in {item.id for item in new.items}
            self.list.select_item(current_item.id if stays else new.items[min(max(at, 0), len(new.items) - 1)].id)
        self._faces.setCurrentIndex(1 if new.items else 0)
        self._update_header(new)
        self._on_current_item_changed(self.list.item)

    def _update_header(self, new: Briefing) -> None:
        count_text = "1 item" if len(new.items) == 1 else f"{len(new.items)} items"
        state = ", not saved" if self._desk.is_dirty else ", saved" if self._desk.path else ""
        self.name.set_label(_shorten_name(new.name), f"Briefing: {new.name}. Change title, author and audience")
        self.status_label.setText(f"{count_text}{state}")
        number = sum(
            bool(differences) for key, differences in self._differences_by_item.items() if key in self._item_ids(new)
        )
        items = "1 item has" if number == 1 else f"{number} items have"
        self.differing.set_label(f"{items} numbers that differ now")
        self.differing.setVisible(number > 0)
        for act in ("present", "document"):
            self.buttons[act].setEnabled(bool(new.items))
        self._fit_to_content()

    def _item_ids(self, briefing: Briefing) -> frozenset[str]:
        return frozenset(item.id for item in briefing.items)

    def show_place(self, name: str) -> None:
        """Name the place that a draft would be about."""
        self.draft.set_label(f"Brief me on {name}")

    def show_differences(self, differences: dict[str, tuple[NumberDifference, ...]]) -> None:
        """Mark the items whose numbers differ from what is held now."""
        self._differences_by_item = differences
        self.list.model_.mark_differing(frozenset(key for key, several in differences.items() if several))
        self._update_header(self._desk.briefing)
        self._on_current_item_changed(self.list.item)

    def _on_current_item_changed(self, _item: object) -> None:
        current_item = self.list.item
        self.editor.show_item(current_item, self._differences_by_item.get(current_item.id, ()) if current_item else ())

    def _to_first_differing(self) -> None:
        differing_ids = (item.id for item in self._desk.briefing.items if self._differences_by_item.get(item.id))
        self.list.select_item(next(differing_ids, ""))

    # ---- what is wished

    def _on_request(self, wish: ItemRequest) -> None:
        if wish.act in ("title", "notes"):
            self.editor.focus_field(wish.act)
        else:
            self.request_sent.emit(wish)

    def _on_item_moved(self, item_id: str, before: int) -> None:
        """An item was let go before place ``before``, counted with it still at its own."""
        items = self._desk.briefing.items
        at = next((row for row, item in enumerate(items) if item.id == item_id), -1)
        if at >= 0:
            to = before - 1 if before > at else before
            # Once the drag has ended: Qt still holds on to the row it began with.
            QTimer.singleShot(0, self, lambda: self.request_sent.emit(ItemRequest(act="move", item=items[at], to=to)))

    # ---- how it looks

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme`` and the type of the program."""
        typeset = Typeset(theme, QApplication.font())
        self._typeset = typeset
        self.setPalette(build_palette(theme))
        for button in (self.name, self.differing, self.draft, *self.buttons.values()):
            button.apply_theme(typeset)
        self.status_label.setFont(scaled_font(typeset.font, SMALL))
        self.status_label.setStyleSheet("")
        self.list.apply_theme(typeset, compact=self._compact)
        self.editor.apply_theme(typeset)
        self.editor.setFixedWidth(round(_EDITOR * min(1.4, typeset.scale)))
        self._fit_to_content()
        self.update()

    def _fit_to_content(self) -> None:
        """As high as its head, in as many lines as that takes, and its previews."""
        self.head.refresh_layout()
        head = self.head.heightForWidth(max(200, self.width() - 4 * GAP))
        self.setFixedHeight(self.list.height() + head + 3 * GAP)

    def fit_height(self, height: int) -> None:
        """Take less room in a window of so little height that the chart would have none."""
        compact = height < _LOW * self._typeset.scale
        if compact is not self._compact:
            self._compact = compact
            self.apply_theme(self._typeset.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In another width its head may take another number of lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_to_content()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the surface and the hairline above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.fillRect(0, 0, self.width(), 1, colour(self._typeset.theme.hairline))
        painter.end()


def _shorten_name(name: str) -> str:
    return name if len(name) <= 48 else f"{name[:47].rstrip()}…"
