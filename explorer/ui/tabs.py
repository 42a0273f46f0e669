"""The tabs of the side panel: names with counts, in as many rows as the width and the type size need.

Not a QTabBar, because that hides tabs behind arrows where they do not fit. They exclude each other, so the
tab key reaches the open one and the arrow keys the rest.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.model.question import PanelKind

from .buttons import ButtonStyle, WordButton
from .typeset import GAP, Typeset, colour

NAMES = {
    PanelKind.EVIDENCE: ("Evidence", "figure", "figures"),
    PanelKind.VOICES: ("Voices", "quote", "quotes"),
    PanelKind.DEMANDS: ("Demands", "demand", "demands"),
    PanelKind.CLAIMS: ("Claims", "claim", "claims"),
    PanelKind.CONFLICTS: ("Conflicts", "disagreement", "disagreements"),
}
"""What each tab is called, and what it counts."""


class TabStrip(QWidget):
    """The row of tabs; emits ``chosen_size`` with a ``PanelKind``. Its owner asks for a height and places it."""

    panel_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset: Typeset | None = None
        self._counts: dict[PanelKind, int] = {}
        self.setAccessibleName("Side panel")
        self.tabs = {panel: self._build_tab(panel) for panel in NAMES}

    def _build_tab(self, panel: PanelKind) -> WordButton:
        tab = WordButton(self, ButtonStyle.TAB)
        tab.setObjectName(panel.value)
        tab.set_label(NAMES[panel][0])
        tab.clicked.connect(self._emit_panel)
        return tab

    def show_tabs(self, counts: dict[PanelKind, int], open_: PanelKind) -> bool:
        """Show the counts and which tab is open; returns whether the tabs must be placed again."""
        counts_changed = counts != self._counts
        if counts_changed:
            self._counts = counts
            for panel, number in counts.items():
                name, one, many = NAMES[panel]
                self.tabs[panel].set_label(f"{name} {number}", f"{name}, {number} {one if number == 1 else many}")
        if not self.tabs[open_].isChecked():
            self.tabs[open_].setChecked(True)
        return counts_changed

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self._typeset = typeset
        for tab in self.tabs.values():
            tab.apply_theme(typeset)
        self.update()

    def layout_tabs(self, width: int) -> int:
        """Lay the tabs out in ``width`` pixels; returns the height they need."""
        tabs, columns = list(self.tabs.values()), self._column_count(width)
        wide, top = (width - 2 * GAP) // columns, 0
        for first in range(0, len(tabs), columns):
            row = tabs[first : first + columns]
            widths = self._tab_widths(row, width - 2 * GAP) if columns == len(tabs) else [wide] * len(row)
            high, left_edge = max(tab.height_for(w) for tab, w in zip(row, widths, strict=True)), GAP
            for tab, w in zip(row, widths, strict=True):
                tab.setGeometry(left_edge, top, w, high)
                left_edge += w
            top += high
        return top + 1

    def _column_count(self, width: int) -> int:
        """One row; or one row with the counts under the names; or as many tabs a row as have their words."""
        tabs, room = list(self.tabs.values()), width - 2 * GAP
        for is_stacked in (False, True):
            for tab in tabs:
                tab.set_stacked(is_stacked)
            if sum(tab.natural_width() for tab in tabs) <= room:
                return len(tabs)
        for tab in tabs:
            tab.set_stacked(False)
        if max(tab.natural_width() for tab in tabs) <= room // 3:
            return 3
        return 2 if max(tab.least_width() for tab in tabs) <= room // 2 else 1

    @staticmethod
    def _tab_widths(row: list[WordButton], room: int) -> list[int]:
        natural = [tab.natural_width() for tab in row]
        spare = (room - sum(natural)) // len(row)
        return [width + spare for width in natural]

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the line that the tabs stand on."""
        if self._typeset is not None:
            painter = QPainter(self)
            painter.fillRect(0, self.height() - 1, self.width(), 1, colour(self._typeset.theme.hairline))
            painter.end()

    def _emit_panel(self) -> None:
        for panel, tab in self.tabs.items():
            if tab.isChecked():
                self.panel_chosen.emit(panel)
