"""The parts beside the chart: which of them stand there at a width, and which a person has put away or fetched."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

PANEL_FROM, PLACES_FROM = 1200, 1000
"""The widths of a window from which the side panel and the places stand beside the chart unasked.

In pixels of text at 100%.
"""
_PLACES, _CHART, _PANEL = range(3)


class SideRooms(QObject):
    """Shows and hides the first and the last part of a splitter; the middle one is the chart's."""

    changed = Signal(bool, bool)
    """Whether the places are seen, and whether the side panel is."""

    def __init__(self, splitter: QSplitter) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._wishes: dict[int, bool] = {}
        self._width = PANEL_FROM

    def fit_width(self, width: int) -> None:
        """Show what has room in a window of ``width``, unless a person wished otherwise."""
        self._width = width
        self._apply()

    def toggle_places(self) -> None:
        """Show the places or put them away."""
        self._toggle(_PLACES)

    def toggle_panel(self) -> None:
        """Show the side panel or put it away."""
        self._toggle(_PANEL)

    def reveal_places(self) -> None:
        """Show the places, as one is to be found there; the keyboard stays where it is."""
        self._reveal(_PLACES)

    def reveal_panel(self) -> None:
        """Show the side panel, as what was asked for stands in it; the keyboard stays where it is."""
        self._reveal(_PANEL)

    def _reveal(self, part: int) -> None:
        if not self._is_shown(part):
            self._wishes[part] = True
            self._apply()

    def _toggle(self, part: int) -> None:
        self._wishes[part] = not self._is_shown(part)
        self._apply()
        if self._wishes[part]:
            self._focus_part(part)

    def _focus_part(self, part: int) -> None:
        """The keyboard goes to the first thing in a part that takes it."""
        widget = self._splitter.widget(part)
        if widget is not None:
            widget.setFocus()
            if not _holds_focus(widget):
                widget.focusNextChild()

    def _is_shown(self, part: int) -> bool:
        by_width = self._width >= (PLACES_FROM if part == _PLACES else PANEL_FROM)
        return self._wishes.get(part, by_width)

    def _apply(self) -> None:
        shown = [self._is_shown(part) for part in (_PLACES, _PANEL)]
        for part, is_shown in zip((_PLACES, _PANEL), shown, strict=True):
            widget = self._splitter.widget(part)
            if widget is not None and widget.isHidden() is is_shown:
                had_focus = _holds_focus(widget)
                widget.setVisible(is_shown)
                if had_focus:  # a part that is put away leaves the keyboard to the chart
                    self._focus_part(_CHART)
        self.changed.emit(*shown)


def _holds_focus(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))
