"""The side panel: Evidence, Voices, Demands, Claims and Conflicts behind five tabs.

It shows a Page and asks for moves; it decides nothing about evidence. Parts are made when they are first
opened, and a hidden part is only marked stale when a page is turned.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from explorer.pages.model import Page, PanelKind, QueryChange, filter_voices, open_panel, select_figure
from explorer.pages.panels import PANEL_TYPES
from explorer.support import LIGHT, Theme
from explorer.ui.cards import ActionKind, CardAction
from explorer.ui.theme import Typeset, build_palette, colour
from explorer.ui.widgets import TabStrip

from .discrepancies import ConflictsPart
from .evidence import EvidencePart, can_open
from .statements import ClaimsPart, DemandsPart, FilteredPart, VoicesPart
from .tab import PanelPart

_LEAST, _USUAL, _MOST = 280, 360, 640
_FONT_CHANGES = (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange)
_PARTS: dict[PanelKind, type[PanelPart]] = {
    PanelKind.EVIDENCE: EvidencePart,
    PanelKind.VOICES: VoicesPart,
    PanelKind.DEMANDS: DemandsPart,
    PanelKind.CLAIMS: ClaimsPart,
    PanelKind.CONFLICTS: ConflictsPart,
}


class StoreProtocol(Protocol):
    """What the panel needs of the store."""

    def dispatch(self, move: QueryChange) -> object:
        """Take a wish."""
        ...


class SidePanel(QWidget):
    """The panel with its five parts, 280 to 640 pixels wide."""

    collect_requested = Signal(str)
    """Something is to be added to the briefing: what ``contents.build_collect_action`` made of it."""

    def __init__(self, store: StoreProtocol, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self._open = PanelKind.EVIDENCE
        self._parts: dict[PanelKind, PanelPart] = {}
        self._typeset = Typeset(LIGHT, self._effective_font())
        self.tabs = TabStrip(self)
        self.tabs.panel_chosen.connect(self._open_tab)
        self.setAccessibleName("Evidence, voices, demands, claims and conflicts")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_MOST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._apply_typeset()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The usual width."""
        return QSize(_USUAL, 600)

    def part_for(self, panel: PanelKind) -> PanelPart:
        """The part behind a tab, made the first time it is asked for."""
        if panel not in self._parts:
            new_part = _PARTS[panel](self, self._typeset)
            new_part.action_triggered.connect(self._perform_action)
            new_part.change_requested.connect(self._dispatch)
            new_part.setVisible(False)
            new_part.place_in(self._part_rect())
            self._parts[panel] = new_part
        return self._parts[panel]

    def show_page(self, _old: Page | None, new: Page) -> None:
        """Show ``new``: the open part where its slice differs, the others when they are opened."""
        self._page = new
        counts = {kind: panel.count(new) for kind, panel in PANEL_TYPES.items()}
        if self.tabs.show_tabs(counts, new.question.panel):
            self._place_parts()
        open_part = self.part_for(new.question.panel)
        open_part.set_page(new)
        open_part.refresh()
        for part in self._parts.values():
            part.set_page(new)
        self._bring_forward(new.question.panel)

    def reveal_entry(self, panel: PanelKind, entry: str) -> None:
        """Bring the card of a quote, demand or claim to the top of the open part and the keyboard to it."""
        part = self.part_for(panel)
        if isinstance(part, FilteredPart):
            part.reveal_entry(entry)

    def focused_item(self) -> str:
        """What the card that has the keyboard adds to the briefing; empty where none has it."""
        open_part = self._parts.get(self._open)
        return open_part.column.focused_item() if open_part is not None else ""

    def apply_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        font = self._effective_font()
        if theme != self._typeset.theme or font != self._typeset.font:
            self._typeset = Typeset(theme, font)
            self._apply_typeset()

    def _effective_font(self) -> QFont:
        """The type it was given, or else the program's: Qt hands that on to a hidden widget late or never."""
        has_own_font = self.testAttribute(Qt.WidgetAttribute.WA_SetFont)
        return self.font() if has_own_font else QApplication.font(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the type size that the program is given."""
        super().changeEvent(event)
        if event.type() in _FONT_CHANGES:
            self.apply_theme(self._typeset.theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Follow a type size that was set before there was anything to see."""
        super().showEvent(event)
        self.apply_theme(self._typeset.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give every part the room under the tabs."""
        super().resizeEvent(event)
        self._place_parts()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the panel's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()

    def _apply_typeset(self) -> None:
        self.setPalette(build_palette(self._typeset.theme))
        self.tabs.apply_theme(self._typeset)
        for part in self._parts.values():
            part.apply_theme(self._typeset)
        self._place_parts()
        if self._open in self._parts:
            self._parts[self._open].refresh()
        self.update()

    def _place_parts(self) -> None:
        self.tabs.setGeometry(0, 0, self.width(), self.tabs.layout_tabs(self.width()))
        for part in self._parts.values():
            part.place_in(self._part_rect())

    def _part_rect(self) -> QRect:
        top = self.tabs.height()
        return QRect(0, top, self.width(), max(0, self.height() - top))

    def _bring_forward(self, panel: PanelKind) -> None:
        before, after = self._parts.get(self._open), self.part_for(panel)
        self._open = panel
        if before is after and not after.isHidden():
            return
        focus = QApplication.focusWidget()
        had_focus = before is not None and focus is not None and before.isAncestorOf(focus)
        after.show()
        if had_focus:
            # What had the keyboard goes away: it moves to what came in its place, not out of the panel.
            after.column.focus_first()
        if before is not None and before is not after:
            before.hide()

    def _open_tab(self, panel: PanelKind) -> None:
        self._dispatch(open_panel(panel))

    def _dispatch(self, move: QueryChange) -> None:
        self._store.dispatch(move)

    def _perform_action(self, action: CardAction) -> None:
        if action.act is ActionKind.SELECT:
            self._dispatch(select_figure(action.value))
        elif action.act is ActionKind.COPY:
            QGuiApplication.clipboard().setText(action.value)
        elif action.act is ActionKind.OPEN:
            open_address(action.value)
        elif action.act is ActionKind.COLLECT:
            self.collect_requested.emit(action.value)
        elif action.act is ActionKind.CLEAR:
            self._dispatch(filter_voices(speaker="", words=""))
        else:
            self._dispatch(filter_voices(everywhere=True))


def open_address(address: str) -> None:
    """Hand a web page's address to the system's browser: the one way anything here leaves the window."""
    if can_open(address):
        QDesktopServices.openUrl(QUrl(address.strip()))
