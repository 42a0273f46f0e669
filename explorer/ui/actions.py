"""The commands of ``command_list`` as Qt's actions: menus, shortcuts and the keyboard page.

``window`` binds each id to what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from .command_list import COMMANDS, CommandRequirement, CommandSpec

if TYPE_CHECKING:
    from explorer.library.user_folder import PackTransaction


_LONGEST_TITLE = 40
MENUS = tuple(dict.fromkeys(command.menu for command in COMMANDS))


class CommandActions:
    """The commands as Qt's actions, in menus."""

    def __init__(self, owner: QWidget, bar: QMenuBar, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Make an action for every command; raises KeyError where a command has no handler."""
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        menus = {name: bar.addMenu(f"&{name}") for name in MENUS}
        for command in COMMANDS:
            self._add_action(owner, menus[command.menu], command, handlers[command.id])

    def _add_action(self, owner: QWidget, menu: QMenu, command: CommandSpec, handler: Callable[[], None]) -> None:
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

    def action_for(self, command: str) -> QAction:
        """The action of a command. Raises KeyError for an unknown one."""
        return self._actions[command]

    def available_commands(self) -> tuple[tuple[str, str, str], ...]:
        """The commands that can be used now: id, words, and the menu they stand in with their keys."""
        return tuple(
            (
                command.id,
                command.text,
                ", ".join((f"{command.menu} menu", *_format_shortcuts(command.keys[:1]))),
            )
            for command in COMMANDS
            if command.id != "search" and self._actions[command.id].isEnabled()
        )

    def set_text(self, command: str, text: str) -> None:
        """Put other words on a command; empty for its usual ones."""
        usual = next(one.text for one in COMMANDS if one.id == command)
        self._actions[command].setText((text or usual).replace("&", "&&"))

    def set_checked(self, command: str) -> None:
        """Mark a command as the chosen one of its group."""
        self._actions[command].setChecked(True)

    def enable_commands(self, met_requirements: frozenset[CommandRequirement]) -> None:
        """Let those commands be used whose need is met."""
        for command in COMMANDS:
            self._actions[command.id].setEnabled(command.needs in met_requirements)


def keyboard_page() -> tuple[tuple[str, str], ...]:
    """Each command that has keys, with them, for the keyboard page."""
    return tuple((command.text, " or ".join(_format_shortcuts(command.keys))) for command in COMMANDS if command.keys)


def _format_shortcuts(keys: Sequence[str]) -> list[str]:
    """Keys as the system writes them."""
    return [QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys]


def undo_words(move: PackTransaction | None) -> str:
    """What undoing would do, for a menu: "Undo replace “Title”"; empty where there is nothing."""
    if move is None:
        return ""
    title = move.title if len(move.title) <= _LONGEST_TITLE else f"{move.title[:_LONGEST_TITLE].rstrip()}…"
    return f"{'Redo' if move.undone else 'Undo'} {move.kind.value} “{title}”"
