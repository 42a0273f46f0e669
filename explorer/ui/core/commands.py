"""Every command of the window as data: its words, its keys, its menu and what it needs."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from explorer.pages.charts import chart_types
from explorer.pages.panels import PANEL_TYPES

if TYPE_CHECKING:
    from explorer.library import PackTransaction


class CommandRequirement(enum.Enum):
    """What a command needs before it can be used."""

    NOTHING = enum.auto()
    PAGE = enum.auto()
    CARD = enum.auto()
    BACK = enum.auto()
    FORWARD = enum.auto()
    UNDO = enum.auto()
    ITEMS = enum.auto()
    """A briefing with something in it."""
    ITEM = enum.auto()
    """An item of the briefing that is chosen."""
    BRIEF_UNDO = enum.auto()
    BRIEF_REDO = enum.auto()


class CommandSpec(Struct, frozen=True, kw_only=True):
    """One command. ``menu`` is where it stands; ``group`` makes it one of several that exclude each other."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: CommandRequirement = CommandRequirement.NOTHING
    group: str = ""
    rule_before: bool = False


_BEFORE_CHARTS = (
    CommandSpec(id="brief-new", text="New briefing", menu="File", keys=("Ctrl+N",), needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-open", text="Open briefing…", menu="File", keys=("Ctrl+O",), needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-recent", text="Recent briefings…", menu="File", needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-save", text="Save briefing", menu="File", keys=("Ctrl+S",), needs=CommandRequirement.PAGE),
    CommandSpec(
        id="brief-save-as",
        text="Save briefing as…",
        menu="File",
        keys=("Ctrl+Shift+S",),
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(
        id="save-chart",
        text="Save chart or table as…",
        menu="File",
        keys=("Ctrl+E",),
        needs=CommandRequirement.PAGE,
        rule_before=True,
    ),
    CommandSpec(
        id="picture",
        text="Save chart as a picture of a chosen size…",
        menu="File",
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(id="print", text="Print chart…", menu="File", needs=CommandRequirement.PAGE),
    CommandSpec(
        id="import",
        text="Import table…",
        menu="File",
        keys=("Ctrl+I",),
        needs=CommandRequirement.PAGE,
        rule_before=True,
    ),
    CommandSpec(id="template", text="New template…", menu="File", needs=CommandRequirement.PAGE),
    CommandSpec(
        id="open-pack",
        text="Open pack…",
        menu="File",
        keys=("Ctrl+Shift+O",),
        needs=CommandRequirement.PAGE,
        rule_before=True,
    ),
    CommandSpec(id="save-pack", text="Save pack as…", menu="File", needs=CommandRequirement.PAGE),
    CommandSpec(id="packs", text="List of packs…", menu="File"),
    CommandSpec(
        id="brief-associate",
        text="Open briefings by double-click…",
        menu="File",
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(id="quit", text="Quit", menu="File", keys=("Ctrl+Q",), rule_before=True),
    CommandSpec(
        id="brief-undo",
        text="Undo in the briefing",
        menu="Edit",
        keys=("Ctrl+Z",),
        needs=CommandRequirement.BRIEF_UNDO,
    ),
    CommandSpec(
        id="brief-redo",
        text="Redo in the briefing",
        menu="Edit",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        needs=CommandRequirement.BRIEF_REDO,
    ),
    CommandSpec(id="undo-pack", text="Undo the latest change of packs", menu="Edit", needs=CommandRequirement.UNDO),
    CommandSpec(
        id="copy-figure",
        text="Copy figure with its source",
        menu="Edit",
        keys=("Ctrl+Shift+C",),
        needs=CommandRequirement.CARD,
        rule_before=True,
    ),
    CommandSpec(
        id="copy-chart",
        text="Copy chart as a picture with its source",
        menu="Edit",
        keys=("Ctrl+Shift+P",),
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(
        id="copy-table",
        text="Copy table with its source",
        menu="Edit",
        keys=("Ctrl+Shift+T",),
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(id="search", text="Search", menu="Edit", keys=("Ctrl+K", "Ctrl+F"), rule_before=True),
    CommandSpec(id="find-place", text="Find a place", menu="Edit", keys=("Ctrl+L",)),
    CommandSpec(id="back", text="Back", menu="Go", keys=("Alt+Left",), needs=CommandRequirement.BACK),
    CommandSpec(id="forward", text="Forward", menu="Go", keys=("Alt+Right",), needs=CommandRequirement.FORWARD),
    CommandSpec(id="up", text="To the place it is part of", menu="Go", keys=("Alt+Up",), needs=CommandRequirement.PAGE),
)
_BEFORE_PANELS = (
    CommandSpec(id="measure", text="Choose a measure…", menu="View", keys=("Ctrl+M",), needs=CommandRequirement.PAGE),
    CommandSpec(id="table", text="Chart or table", menu="View", keys=("Ctrl+T",), needs=CommandRequirement.PAGE),
)
_AFTER_PANELS = (
    CommandSpec(
        id="options",
        text="Options of the chart…",
        menu="View",
        keys=("Ctrl+,",),
        needs=CommandRequirement.PAGE,
        rule_before=True,
    ),
    CommandSpec(id="places-shown", text="Show or hide the places", menu="View", keys=("Ctrl+Shift+\\",)),
    CommandSpec(id="panel-shown", text="Show or hide the side panel", menu="View", keys=("Ctrl+\\",)),
    CommandSpec(id="full-screen", text="Full screen", menu="View", keys=("F11",)),
    CommandSpec(
        id="theme-system",
        text="Colours of the system",
        menu="View",
        group="theme",
        rule_before=True,
    ),
    CommandSpec(id="theme-light", text="Light", menu="View", group="theme"),
    CommandSpec(id="theme-dark", text="Dark", menu="View", group="theme"),
    CommandSpec(id="theme-contrast", text="High contrast", menu="View", group="theme"),
    CommandSpec(
        id="larger",
        text="Larger text",
        menu="View",
        keys=("Ctrl+=", "Ctrl++"),
        rule_before=True,
    ),
    CommandSpec(id="smaller", text="Smaller text", menu="View", keys=("Ctrl+-",)),
    CommandSpec(id="usual-size", text="Usual size of text", menu="View", keys=("Ctrl+0",)),
    CommandSpec(
        id="brief-add",
        text="Add to briefing",
        menu="Briefing",
        keys=("Ctrl+B",),
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(
        id="brief-add-figure",
        text="Add the selected figure or card",
        menu="Briefing",
        keys=("Ctrl+Shift+B",),
        needs=CommandRequirement.CARD,
    ),
    CommandSpec(id="brief-event", text="Add an event…", menu="Briefing", needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-heading", text="Add heading", menu="Briefing", needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-note", text="Add note", menu="Briefing", needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-me", text="Brief me on this place", menu="Briefing", needs=CommandRequirement.PAGE),
    CommandSpec(
        id="brief-points",
        text="Add key points about this place",
        menu="Briefing",
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(
        id="brief-cautions",
        text="Add what to keep in mind about this place",
        menu="Briefing",
        needs=CommandRequirement.PAGE,
    ),
    CommandSpec(
        id="brief-duplicate",
        text="Duplicate item",
        menu="Briefing",
        keys=("Ctrl+D",),
        needs=CommandRequirement.ITEM,
        rule_before=True,
    ),
    CommandSpec(id="brief-remove", text="Remove item", menu="Briefing", needs=CommandRequirement.ITEM),
    CommandSpec(
        id="brief-show",
        text="Show or hide the briefing",
        menu="Briefing",
        keys=("Ctrl+9",),
        needs=CommandRequirement.PAGE,
        rule_before=True,
    ),
    CommandSpec(id="brief-details", text="Title, author and audience…", menu="Briefing", needs=CommandRequirement.PAGE),
    CommandSpec(id="brief-present", text="Present", menu="Briefing", keys=("F5",), needs=CommandRequirement.ITEMS),
    CommandSpec(
        id="brief-document",
        text="Make document…",
        menu="Briefing",
        keys=("Ctrl+Shift+E",),
        needs=CommandRequirement.ITEMS,
        rule_before=True,
    ),
    CommandSpec(
        id="brief-print",
        text="Print briefing…",
        menu="Briefing",
        keys=("Ctrl+P",),
        needs=CommandRequirement.ITEMS,
    ),
    CommandSpec(id="keys", text="Keyboard…", menu="Help", keys=("F1",)),
    CommandSpec(id="method", text="How numbers are worked out…", menu="Help"),
    CommandSpec(id="about", text="About and help lines…", menu="Help"),
)


def list_commands() -> tuple[CommandSpec, ...]:
    """Every command, in the order of the menus: one for each kind of chart and part of the panel among them."""
    return (
        *_BEFORE_CHARTS,
        *(_build_view_command(f"chart-{one.kind.value}", one.label, one.shortcut) for one in chart_types().values()),
        *_BEFORE_PANELS,
        *(
            _build_view_command(f"panel-{one.kind.value}", one.label, one.shortcut, rule_before=at == 0)
            for at, one in enumerate(PANEL_TYPES.values())
        ),
        *_AFTER_PANELS,
    )


def _build_view_command(command_id: str, label: str, shortcut: str, *, rule_before: bool = False) -> CommandSpec:
    return CommandSpec(
        id=command_id,
        text=label,
        menu="View",
        keys=(shortcut,) if shortcut else (),
        needs=CommandRequirement.PAGE,
        rule_before=rule_before,
    )


# The commands as Qt's actions: menus, shortcuts and the keyboard page.


_LONGEST_TITLE = 40


class CommandActions:
    """The commands as Qt's actions, in menus."""

    def __init__(self, owner: QWidget, bar: QMenuBar, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Make an action for every command; raises KeyError where a command has no handler."""
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._commands = list_commands()
        menus = {name: bar.addMenu(f"&{name}") for name in dict.fromkeys(one.menu for one in self._commands)}
        for command in self._commands:
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
            for command in self._commands
            if command.id != "search" and self._actions[command.id].isEnabled()
        )

    def set_text(self, command: str, text: str) -> None:
        """Put other words on a command; empty for its usual ones."""
        usual = next(one.text for one in self._commands if one.id == command)
        self._actions[command].setText((text or usual).replace("&", "&&"))

    def set_checked(self, command: str) -> None:
        """Mark a command as the chosen one of its group."""
        self._actions[command].setChecked(True)

    def enable_commands(self, met_requirements: frozenset[CommandRequirement]) -> None:
        """Let those commands be used whose need is met."""
        for command in self._commands:
            self._actions[command.id].setEnabled(command.needs in met_requirements)


def keyboard_page() -> tuple[tuple[str, str], ...]:
    """Each command that has keys, with them, for the keyboard page."""
    return tuple(
        (command.text, " or ".join(_format_shortcuts(command.keys))) for command in list_commands() if command.keys
    )


def _format_shortcuts(keys: Sequence[str]) -> list[str]:
    """Keys as the system writes them."""
    return [QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys]


def undo_words(move: PackTransaction | None) -> str:
    """What undoing would do, for a menu: "Undo replace “Title”"; empty where there is nothing."""
    if move is None:
        return ""
    title = move.title if len(move.title) <= _LONGEST_TITLE else f"{move.title[:_LONGEST_TITLE].rstrip()}…"
    return f"{'Redo' if move.undone else 'Undo'} {move.kind.value} “{title}”"
