"""The side panel: Evidence, Voices, Demands, Claims and Conflicts behind five tabs.

It shows a Page and asks for moves; it decides nothing about evidence. Parts are made when they are first
opened, and a hidden part is only marked stale when a page is turned.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QFont,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from explorer.draw.theme import LIGHT, Theme
from explorer.pages.page import Page
from explorer.pages.question import Move, Panel, listen, open_panel, select

from .claims_view import ClaimsPart
from .conflicts_view import ConflictsPart
from .contents import Act, Action
from .demands import DemandsPart
from .evidence_card import EvidencePart, can_open
from .palette import palette
from .part import PanelPart
from .tabs import TabStrip
from .typeset import Typeset, colour
from .voices import FilteredPart, VoicesPart

_LEAST, _USUAL, _MOST = 280, 360, 640
_FONT_CHANGES = (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange)
_PARTS: dict[Panel, type[PanelPart]] = {
    Panel.EVIDENCE: EvidencePart,
    Panel.VOICES: VoicesPart,
    Panel.DEMANDS: DemandsPart,
    Panel.CLAIMS: ClaimsPart,
    Panel.CONFLICTS: ConflictsPart,
}


class Asks(Protocol):
    """What the panel needs of the store."""

    def ask(self, move: Move) -> object:
        """Take a wish."""
        ...


class SidePanel(QWidget):
    """The panel with its five parts, 280 to 640 pixels wide."""

    collected = Signal(str)
    """Something is to be added to the briefing: what ``contents.collecting`` made of it."""

    def __init__(self, store: Asks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self._open = Panel.EVIDENCE
        self._parts: dict[Panel, PanelPart] = {}
        self._typeset = Typeset(LIGHT, self._type())
        self.tabs = TabStrip(self)
        self.tabs.chosen.connect(self._open_tab)
        self.setAccessibleName("Evidence, voices, demands, claims and conflicts")
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_MOST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._dress()

    def sizeHint(self) -> QSize:  # noqa: N802
        """The usual width."""
        return QSize(_USUAL, 600)

    def part(self, panel: Panel) -> PanelPart:
        """The part behind a tab, made the first time it is asked for."""
        if panel not in self._parts:
            made = _PARTS[panel](self, self._typeset)
            made.acted.connect(self._act)
            made.wished.connect(self._wish)
            made.setVisible(False)
            made.place(self._room())
            self._parts[panel] = made
        return self._parts[panel]

    def show_page(self, _old: Page | None, new: Page) -> None:
        """Show ``new``: the open part where its slice differs, the others when they are opened."""
        self._page = new
        counts = {
            Panel.EVIDENCE: len(dict.fromkeys(new.chart.figures())),
            Panel.VOICES: len(new.voices),
            Panel.DEMANDS: len(new.demands),
            Panel.CLAIMS: len(new.claims),
            Panel.CONFLICTS: len(new.disagreements),
        }
        if self.tabs.show_tabs(counts, new.question.panel):
            self._place()
        opened = self.part(new.question.panel)
        opened.offer(new)
        opened.refresh()
        for part in self._parts.values():
            part.offer(new)
        self._bring_forward(new.question.panel)

    def reveal(self, panel: Panel, entry: str) -> None:
        """Bring the card of a quote, demand or claim to the top of the open part and the keyboard to it."""
        part = self.part(panel)
        if isinstance(part, FilteredPart):
            part.reveal(entry)

    def focused(self) -> str:
        """What the card that has the keyboard adds to the briefing; empty where none has it."""
        opened = self._parts.get(self._open)
        return opened.column.focused() if opened is not None else ""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        font = self._type()
        if theme != self._typeset.theme or font != self._typeset.font:
            self._typeset = Typeset(theme, font)
            self._dress()

    def _type(self) -> QFont:
        """The type it was given, or else the program's: Qt hands that on to a hidden widget late or never."""
        given = self.testAttribute(Qt.WidgetAttribute.WA_SetFont)
        return self.font() if given else QApplication.font(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the type size that the program is given."""
        super().changeEvent(event)
        if event.type() in _FONT_CHANGES:
            self.set_theme(self._typeset.theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Follow a type size that was set before there was anything to see."""
        super().showEvent(event)
        self.set_theme(self._typeset.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Give every part the room under the tabs."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the panel's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()

    def _dress(self) -> None:
        self.setPalette(palette(self._typeset.theme))
        self.tabs.dress(self._typeset)
        for part in self._parts.values():
            part.dress(self._typeset)
        self._place()
        if self._open in self._parts:
            self._parts[self._open].refresh()
        self.update()

    def _place(self) -> None:
        self.tabs.setGeometry(0, 0, self.width(), self.tabs.place(self.width()))
        for part in self._parts.values():
            part.place(self._room())

    def _room(self) -> QRect:
        top = self.tabs.height()
        return QRect(0, top, self.width(), max(0, self.height() - top))

    def _bring_forward(self, panel: Panel) -> None:
        before, after = self._parts.get(self._open), self.part(panel)
        self._open = panel
        if before is after and not after.isHidden():
            return
        focus = QApplication.focusWidget()
        held = before is not None and focus is not None and before.isAncestorOf(focus)
        after.show()
        if held:
            # What had the keyboard goes away: it moves to what came in its place, not out of the panel.
            after.column.focus_first()
        if before is not None and before is not after:
            before.hide()

    def _open_tab(self, panel: Panel) -> None:
        self._wish(open_panel(panel))

    def _wish(self, move: Move) -> None:
        self._store.ask(move)

    def _act(self, action: Action) -> None:
        if action.act is Act.SELECT:
            self._wish(select(action.value))
        elif action.act is Act.COPY:
            QGuiApplication.clipboard().setText(action.value)
        elif action.act is Act.OPEN:
            open_address(action.value)
        elif action.act is Act.COLLECT:
            self.collected.emit(action.value)
        elif action.act is Act.CLEAR:
            self._wish(listen(speaker="", words=""))
        else:
            self._wish(listen(everywhere=True))


def open_address(address: str) -> None:
    """Hand a web page's address to the system's browser: the one way anything here leaves the window."""
    if can_open(address):
        QDesktopServices.openUrl(QUrl(address.strip()))
