"""Keys of the parts of the window that are no commands: what each does, as data, for its part and the keyboard page."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence


class KeyBinding(Struct, frozen=True, kw_only=True):
    """Keys that do one thing, written as ``QKeySequence`` reads them. ``act`` is what their part calls it.

    Without an ``act`` Qt does it by itself.
    """

    keys: tuple[str, ...]
    text: str
    act: str = ""
    brief: str = ""
    """The same in a word or two, where keys stand in one line."""


class KeySection(Struct, frozen=True, kw_only=True):
    """The keys of one part of the window."""

    title: str
    bindings: tuple[KeyBinding, ...]


MOVING_KEYS = KeySection(
    title="Moving about",
    bindings=(
        KeyBinding(keys=("Tab",), text="from part to part; Shift and Tab back"),
        KeyBinding(keys=("Arrows",), text="in the places, the chart, the table and the tabs"),
        KeyBinding(keys=("Home", "End"), text="to the first or the last bar"),
        KeyBinding(keys=("Enter",), text="opens the place, or the evidence of a bar or row"),
        KeyBinding(keys=("Escape",), text="from the search, or from the places found, back to where you were"),
    ),
)


def find_act(section: KeySection, key: Qt.Key, *, control: bool = False) -> str:
    """What a key does in a part; empty for a key that it leaves alone."""
    pressed = QKeySequence(Qt.KeyboardModifier.ControlModifier | key if control else key).toString()
    return next((one.act for one in section.bindings if pressed in one.keys), "")


def format_keys(keys: Sequence[str]) -> str:
    """Keys as the system writes them; a word that is no key stays as it is."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key for key in keys)
