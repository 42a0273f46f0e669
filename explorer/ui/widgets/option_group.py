"""The tabs of the side panel: names with counts, in as many rows as the width and the type size need.

Not a QTabBar, because that hides tabs behind arrows where they do not fit. They exclude each other, so the
tab key reaches the open one and the arrow keys the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.model import ChartChoice, PanelKind
from explorer.pages.panels import PANEL_TYPES, PanelType
from explorer.support import Theme
from explorer.ui.theme import GAP, Typeset, colour

from .buttons import ButtonStyle, WordButton


class TabStrip(QWidget):
    """The row of tabs; emits ``chosen_size`` with a ``PanelKind``. Its owner asks for a height and places it."""

    panel_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typeset: Typeset | None = None
        self._counts: dict[PanelKind, int] = {}
        self.setAccessibleName("Side panel")
        self.tabs = {kind: self._build_tab(panel) for kind, panel in PANEL_TYPES.items()}

    def _build_tab(self, panel: PanelType) -> WordButton:
        tab = WordButton(self, ButtonStyle.TAB)
        tab.setObjectName(panel.kind.value)
        tab.set_label(panel.label)
        tab.clicked.connect(self._emit_panel)
        return tab

    def show_tabs(self, counts: dict[PanelKind, int], open_: PanelKind) -> bool:
        """Show the counts and which tab is open; returns whether the tabs must be placed again."""
        counts_changed = counts != self._counts
        if counts_changed:
            self._counts = counts
            for kind, number in counts.items():
                panel = PANEL_TYPES[kind]
                unit = panel.one if number == 1 else panel.many
                self.tabs[kind].set_label(f"{panel.label} {number}", f"{panel.label}, {number} {unit}")
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


# A few words of which one is chosen. What may be chosen is decided by the page; a press is only
# reported.


class OptionButton(WordButton):
    """One of the words: muted where it cannot be drawn, and still to be reached, so that it can say why."""

    why_not = ""

    def show_choice(self, choice: ChartChoice) -> None:
        """Show ``choice``."""
        self.set_label(choice.label, f"{choice.label}. {choice.why_not}" if choice.why_not else choice.label)
        self.setChecked(choice.chosen)
        if choice.why_not != self.why_not:
            self.why_not = choice.why_not
            self.setToolTip(choice.why_not)
            self.update()

    def _ink(self, theme: Theme) -> str:
        if self.why_not and not self.isChecked():
            return theme.muted_text
        return theme.text if self.button_style is ButtonStyle.TAB else super()._ink(theme)


class OptionGroup(QWidget):
    """A few words of which one is chosen."""

    option_chosen = Signal(object)
    """The id of the option pressed."""

    def __init__(self, parent: QWidget, name: str, look: ButtonStyle = ButtonStyle.CHOICE) -> None:
        super().__init__(parent)
        self._look = look
        self._buttons: dict[str, OptionButton] = {}
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)

    def show_options(self, options: Sequence[ChartChoice]) -> None:
        """Show ``options``; one that cannot be drawn says why when it is pointed at or asked for."""
        if list(self._buttons) != [option.id for option in options]:
            self._build_buttons(options)
        for option in options:
            self._buttons[option.id].show_choice(option)

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return list(self._buttons.values())

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type; its owner places it anew."""
        self._typeset = typeset
        for button in self._buttons.values():
            button.apply_theme(typeset)

    def layout_options(self, width: int, *, place: bool) -> QSize:
        """The size that the words take in ``width``, on more than one line where one is too short."""
        left_edge = top = line = widest = 0
        for button in self._buttons.values():
            wide = min(width, button.natural_width())
            high = button.height_for(wide)
            if left_edge and left_edge + wide > width:
                left_edge, top, line = 0, top + line + 2, 0
            if place:
                button.setGeometry(left_edge, top, wide, high)
            widest, line = max(widest, left_edge + wide), max(line, high)
            left_edge += wide + 2
        return QSize(widest, top + line)

    def _build_buttons(self, options: Sequence[ChartChoice]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for option in options:
            button = OptionButton(self, self._look)
            button.setObjectName(option.id)
            button.clicked.connect(self._on_pressed)
            if self._typeset is not None:
                button.apply_theme(self._typeset)
            button.show()
            self._buttons[option.id] = button

    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, WordButton):
            self.option_chosen.emit(button.objectName())


# Two choices that exclude each other, side by side with a line in common, or one below the other.


class ChoicePair(QWidget):
    """Two choices; emits ``chosen_size`` with True where the second is pressed. Its owner places it."""

    choice_made = Signal(object)

    def __init__(self, parent: QWidget, name: str, first: str, second: str) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.first, self.second = WordButton(self, ButtonStyle.CHOICE), WordButton(self, ButtonStyle.CHOICE)
        self.first.set_label(first, f"{name}: {first}")
        self.second.set_label(second, f"{name}: {second}")
        self.first.clicked.connect(self._tell_first)
        self.second.clicked.connect(self._tell_second)

    def show_choice(self, second: bool) -> None:
        """Show which is chosen, without asking for anything."""
        self.first.setChecked(not second)
        self.second.setChecked(second)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self.first.apply_theme(typeset)
        self.second.apply_theme(typeset)

    def natural_width(self) -> int:
        """The width at which both stand side by side on one line."""
        return self.first.natural_width() + self.second.natural_width()

    def place_at(self, left_edge: int, top: int, width: int) -> int:
        """Take ``width`` pixels from this corner; returns where it ends below."""
        one, two = (min(b.natural_width(), width) for b in (self.first, self.second))
        high = max(self.first.height_for(one), self.second.height_for(two), 28)
        if one + two <= width:
            self.first.setGeometry(0, 0, one, high)
            self.second.setGeometry(one - 1, 0, two + 1, high)
            self.setGeometry(left_edge, top, one + two, high)
            return top + high
        self.first.setGeometry(0, 0, width, high)
        self.second.setGeometry(0, high - 1, width, high)
        self.setGeometry(left_edge, top, width, 2 * high - 1)
        return top + 2 * high - 1

    def _tell_first(self) -> None:
        self.choice_made.emit(False)

    def _tell_second(self) -> None:
        self.choice_made.emit(True)
