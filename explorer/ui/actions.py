"""Every command of the window as data: its words, its keys, its menu, and when it can be used.

``window`` binds each id to what it does; menus, shortcuts and the keyboard page are made from this table.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

if TYPE_CHECKING:
    from explorer.packs.exchange import Move


class Needs(enum.Enum):
    """What a command needs before it can be used."""

    NOTHING = enum.auto()
    PAGE = enum.auto()
    CARD = enum.auto()
    BACK = enum.auto()
    FORWARD = enum.auto()
    UNDO = enum.auto()


class Command(Struct, frozen=True, kw_only=True):
    """One command. ``menu`` is where it stands; ``group`` makes it one of several that exclude each other."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    group: str = ""
    rule_before: bool = False


COMMANDS = (
    Command(id="save-chart", text="Save chart or table as…", menu="File", keys=("Ctrl+S",), needs=Needs.PAGE),
    Command(
        id="import",
        text="Import table…",
        menu="File",
        keys=("Ctrl+I",),
        needs=Needs.PAGE,
        rule_before=True,
    ),
    Command(id="template", text="New template…", menu="File", needs=Needs.PAGE),
    Command(
        id="open-pack", text="Open pack…", menu="File", keys=("Ctrl+O",), needs=Needs.PAGE, rule_before=True
    ),
    Command(id="save-pack", text="Save pack as…", menu="File", needs=Needs.PAGE),
    Command(id="packs", text="List of packs…", menu="File"),
    Command(id="quit", text="Quit", menu="File", keys=("Ctrl+Q",), rule_before=True),
    Command(id="undo-pack", text="Undo the latest change of packs", menu="Edit", needs=Needs.UNDO),
    Command(
        id="copy-figure",
        text="Copy figure with its source",
        menu="Edit",
        keys=("Ctrl+Shift+C",),
        needs=Needs.CARD,
        rule_before=True,
    ),
    Command(
        id="copy-chart",
        text="Copy chart as a picture with its source",
        menu="Edit",
        keys=("Ctrl+Shift+P",),
        needs=Needs.PAGE,
    ),
    Command(
        id="copy-table",
        text="Copy table with its source",
        menu="Edit",
        keys=("Ctrl+Shift+T",),
        needs=Needs.PAGE,
    ),
    Command(id="search", text="Search", menu="Edit", keys=("Ctrl+K", "Ctrl+F"), rule_before=True),
    Command(id="find-place", text="Find a place", menu="Edit", keys=("Ctrl+L",)),
    Command(id="back", text="Back", menu="Go", keys=("Alt+Left",), needs=Needs.BACK),
    Command(id="forward", text="Forward", menu="Go", keys=("Alt+Right",), needs=Needs.FORWARD),
    Command(id="up", text="To the place it is part of", menu="Go", keys=("Alt+Up",), needs=Needs.PAGE),
    Command(
        id="chart-trend",
        text="Over time",
        menu="View",
        keys=("Ctrl+1",),
        needs=Needs.PAGE,
    ),
    Command(id="chart-platforms", text="Platforms", menu="View", keys=("Ctrl+2",), needs=Needs.PAGE),
    Command(id="chart-shift", text="Shift", menu="View", keys=("Ctrl+3",), needs=Needs.PAGE),
    Command(id="chart-compare", text="Compare", menu="View", keys=("Ctrl+4",), needs=Needs.PAGE),
    Command(id="measure", text="Choose a measure…", menu="View", keys=("Ctrl+M",), needs=Needs.PAGE),
    Command(id="table", text="Chart or table", menu="View", keys=("Ctrl+T",), needs=Needs.PAGE),
    Command(
        id="panel-evidence",
        text="Evidence",
        menu="View",
        keys=("Ctrl+5",),
        needs=Needs.PAGE,
        rule_before=True,
    ),
    Command(id="panel-voices", text="Voices", menu="View", keys=("Ctrl+6",), needs=Needs.PAGE),
    Command(id="panel-demands", text="Demands", menu="View", keys=("Ctrl+7",), needs=Needs.PAGE),
    Command(id="panel-claims", text="Claims", menu="View", keys=("Ctrl+8",), needs=Needs.PAGE),
    Command(
        id="theme-system",
        text="Colours of the system",
        menu="View",
        group="theme",
        rule_before=True,
    ),
    Command(id="theme-light", text="Light", menu="View", group="theme"),
    Command(id="theme-dark", text="Dark", menu="View", group="theme"),
    Command(id="theme-contrast", text="High contrast", menu="View", group="theme"),
    Command(
        id="larger",
        text="Larger text",
        menu="View",
        keys=("Ctrl+=", "Ctrl++"),
        rule_before=True,
    ),
    Command(id="smaller", text="Smaller text", menu="View", keys=("Ctrl+-",)),
    Command(id="usual-size", text="Usual size of text", menu="View", keys=("Ctrl+0",)),
    Command(id="keys", text="Keyboard…", menu="Help", keys=("F1",)),
    Command(id="about", text="About and help lines…", menu="Help"),
)
"""Every command, in the order of the menus."""

_LONGEST_TITLE = 40
MENUS = tuple(dict.fromkeys(command.menu for command in COMMANDS))


class Actions:
    """The commands as Qt's actions, in menus."""

    def __init__(self, owner: QWidget, bar: QMenuBar, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Make an action for every command; raises KeyError where a command has no handler."""
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
        for command in COMMANDS:
            self._add(owner, menus[command.menu], command, handlers[command.id])

    def _add(self, owner: QWidget, menu: QMenu, command: Command, handler: Callable[[], None]) -> None:
        if command.rule_before:
            menu.addSeparator()
        action = QAction(command.text, owner)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        # macOS would otherwise guess from the words which of them belong in its own menu.
        roles = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}
        action.setMenuRole(roles.get(command.id, QAction.MenuRole.NoRole))
        action.triggered.connect(handler)
        if command.group:
            group = self._groups.setdefault(command.group, QActionGroup(owner))
            action.setCheckable(True)
            group.addAction(action)
        menu.addAction(action)
        self._actions[command.id] = action

    def get(self, command: str) -> QAction:
        """The action of a command. Raises KeyError for an unknown one."""
        return self._actions[command]

    def offered(self) -> tuple[tuple[str, str, str], ...]:
        """The commands that can be used now: id, words, and the menu they stand in with their keys."""
        return tuple(
            (command.id, command.text, ", ".join((f"{command.menu} menu", *_shown(command.keys[:1]))))
            for command in COMMANDS
            if command.id != "search" and self._actions[command.id].isEnabled()
        )

    def say(self, command: str, text: str) -> None:
        """Put other words on a command; empty for its usual ones."""
        usual = next(one.text for one in COMMANDS if one.id == command)
        self._actions[command].setText((text or usual).replace("&", "&&"))

    def check(self, command: str) -> None:
        """Mark a command as the chosen one of its group."""
        self._actions[command].setChecked(True)

    def allow(self, given: frozenset[Needs]) -> None:
        """Let those commands be used whose need is met."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(command.needs in given)


def keyboard_page() -> tuple[tuple[str, str], ...]:
    """Each command that has keys, with them, for the keyboard page."""
    return tuple((command.text, " or ".join(_shown(command.keys))) for command in COMMANDS if command.keys)


def _shown(keys: Sequence[str]) -> list[str]:
    """Keys as the system writes them."""
    return [QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys]


def undo_words(move: Move | None) -> str:
    """What undoing would do, for a menu: "Undo replace “Title”"; empty where there is nothing."""
    if move is None:
        return ""
    title = move.title if len(move.title) <= _LONGEST_TITLE else f"{move.title[:_LONGEST_TITLE].rstrip()}…"
    return f"{'Redo' if move.undone else 'Undo'} {move.kind.value} “{title}”"
