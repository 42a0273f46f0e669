"""Every command of the window as data: its words, its keys, its menu and what it needs."""

from __future__ import annotations

import enum

from msgspec import Struct


class Needs(enum.Enum):
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
    Command(id="brief-new", text="New briefing", menu="File", keys=("Ctrl+N",), needs=Needs.PAGE),
    Command(id="brief-open", text="Open briefing…", menu="File", keys=("Ctrl+O",), needs=Needs.PAGE),
    Command(id="brief-recent", text="Recent briefings…", menu="File", needs=Needs.PAGE),
    Command(id="brief-save", text="Save briefing", menu="File", keys=("Ctrl+S",), needs=Needs.PAGE),
    Command(
        id="brief-save-as",
        text="Save briefing as…",
        menu="File",
        keys=("Ctrl+Shift+S",),
        needs=Needs.PAGE,
    ),
    Command(
        id="save-chart",
        text="Save chart or table as…",
        menu="File",
        keys=("Ctrl+E",),
        needs=Needs.PAGE,
        rule_before=True,
    ),
    Command(
        id="picture",
        text="Save chart as a picture of a chosen size…",
        menu="File",
        needs=Needs.PAGE,
    ),
    Command(id="print", text="Print chart…", menu="File", needs=Needs.PAGE),
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
        id="open-pack",
        text="Open pack…",
        menu="File",
        keys=("Ctrl+Shift+O",),
        needs=Needs.PAGE,
        rule_before=True,
    ),
    Command(id="save-pack", text="Save pack as…", menu="File", needs=Needs.PAGE),
    Command(id="packs", text="List of packs…", menu="File"),
    Command(id="brief-associate", text="Open briefings by double-click…", menu="File", needs=Needs.PAGE),
    Command(id="quit", text="Quit", menu="File", keys=("Ctrl+Q",), rule_before=True),
    Command(
        id="brief-undo",
        text="Undo in the briefing",
        menu="Edit",
        keys=("Ctrl+Z",),
        needs=Needs.BRIEF_UNDO,
    ),
    Command(
        id="brief-redo",
        text="Redo in the briefing",
        menu="Edit",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        needs=Needs.BRIEF_REDO,
    ),
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
    Command(id="brief-add", text="Add to briefing", menu="Briefing", keys=("Ctrl+B",), needs=Needs.PAGE),
    Command(
        id="brief-add-figure",
        text="Add the selected figure or card",
        menu="Briefing",
        keys=("Ctrl+Shift+B",),
        needs=Needs.CARD,
    ),
    Command(id="brief-event", text="Add an event…", menu="Briefing", needs=Needs.PAGE),
    Command(id="brief-heading", text="Add heading", menu="Briefing", needs=Needs.PAGE),
    Command(id="brief-note", text="Add note", menu="Briefing", needs=Needs.PAGE),
    Command(id="brief-me", text="Brief me on this place", menu="Briefing", needs=Needs.PAGE),
    Command(id="brief-points", text="Add key points about this place", menu="Briefing", needs=Needs.PAGE),
    Command(
        id="brief-cautions",
        text="Add what to keep in mind about this place",
        menu="Briefing",
        needs=Needs.PAGE,
    ),
    Command(
        id="brief-duplicate",
        text="Duplicate item",
        menu="Briefing",
        keys=("Ctrl+D",),
        needs=Needs.ITEM,
        rule_before=True,
    ),
    Command(id="brief-remove", text="Remove item", menu="Briefing", needs=Needs.ITEM),
    Command(
        id="brief-show",
        text="Show or hide the briefing",
        menu="Briefing",
        keys=("Ctrl+9",),
        needs=Needs.PAGE,
        rule_before=True,
    ),
    Command(id="brief-details", text="Title, author and audience…", menu="Briefing", needs=Needs.PAGE),
    Command(id="brief-present", text="Present", menu="Briefing", keys=("F5",), needs=Needs.ITEMS),
    Command(
        id="brief-document",
        text="Make document…",
        menu="Briefing",
        keys=("Ctrl+Shift+E",),
        needs=Needs.ITEMS,
        rule_before=True,
    ),
    Command(id="brief-print", text="Print briefing…", menu="Briefing", keys=("Ctrl+P",), needs=Needs.ITEMS),
    Command(id="keys", text="Keyboard…", menu="Help", keys=("F1",)),
    Command(id="method", text="How numbers are worked out…", menu="Help"),
    Command(id="about", text="About and help lines…", menu="Help"),
)
"""Every command, in the order of the menus."""
