"""What the tests of the whole window share: one window on the shipped evidence, and ways to drive it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from explorer.packs.library import Library
from explorer.pages.question import Move, Question
from explorer.ui.buttons import WordButton
from explorer.ui.settings import Settings
from explorer.ui.window import Window


def opened(qtbot: Any, library: Library, question: Question | None = None) -> Window:
    """A window on ``library`` with every part there."""
    window = Window(Settings())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.chart.equip()
    window.store.open(library, question or Question(place="E23000023"))
    qtbot.waitUntil(lambda: window.ready, timeout=30_000)
    return window


def ask(window: Window, *moves: Move) -> None:
    """Ask for one move after another."""
    for move in moves:
        window.store.ask(move)


def press(qtbot: Any, parent: QWidget, label: str) -> None:
    """Press the button that says ``label``."""
    button = next(b for b in parent.findChildren(WordButton) if b.label == label and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
