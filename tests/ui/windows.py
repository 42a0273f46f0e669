"""What the tests of the whole window share: one window on the shipped evidence, and ways to drive it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from explorer.library.library import Library
from explorer.pages.model.question import QueryChange, Question
from explorer.ui.chart.toolbar import ChartToolbar
from explorer.ui.core.settings import UserSettings
from explorer.ui.widgets.buttons import WordButton
from explorer.ui.window.window import MainWindow


def opened(qtbot: Any, library: Library, question: Question | None = None) -> MainWindow:
    """A window on ``library`` with every part there."""
    window = MainWindow(UserSettings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.chart.build_chart_view()
    window.store.open(library, question or Question(place="E23000023"))
    qtbot.waitUntil(lambda: window.is_ready, timeout=30_000)
    return window


def ask(window: MainWindow, *moves: QueryChange) -> None:
    """Ask for one move after another."""
    for move in moves:
        window.store.dispatch(move)


def press(qtbot: Any, parent: QWidget, label: str) -> None:
    """Press the button that says ``label``, in the options of the chart where it is not seen without them."""
    buttons = [b for b in parent.findChildren(WordButton) if b.label == label and not b.isHidden()]
    if not any(b.isVisible() for b in buttons):
        next(iter(parent.window().findChildren(ChartToolbar))).open_options()
    button = next(b for b in buttons if b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
