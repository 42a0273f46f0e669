"""The parts of the side panel, each registered once: its name, its key, and what it counts of a page.

Tabs, the View menu, the keyboard page and search are made from it; the widget of each part stands in the inspector.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from explorer.pages.model import Page, PanelKind


class PanelType(Struct, frozen=True, kw_only=True):
    """A part of the side panel. ``one`` and ``many`` are what it counts, in words."""

    kind: PanelKind
    label: str
    shortcut: str
    one: str
    many: str
    count: Callable[[Page], int]


PANEL_TYPES = {
    panel.kind: panel
    for panel in (
        PanelType(
            kind=PanelKind.EVIDENCE,
            label="Evidence",
            shortcut="Ctrl+5",
            one="figure",
            many="figures",
            count=lambda page: len(dict.fromkeys(page.chart.figure_ids())),
        ),
        PanelType(
            kind=PanelKind.VOICES,
            label="Voices",
            shortcut="Ctrl+6",
            one="quote",
            many="quotes",
            count=lambda page: len(page.voices),
        ),
        PanelType(
            kind=PanelKind.DEMANDS,
            label="Demands",
            shortcut="Ctrl+7",
            one="demand",
            many="demands",
            count=lambda page: len(page.demands),
        ),
        PanelType(
            kind=PanelKind.CLAIMS,
            label="Claims",
            shortcut="Ctrl+8",
            one="claim",
            many="claims",
            count=lambda page: len(page.claims),
        ),
        PanelType(
            kind=PanelKind.CONFLICTS,
            label="Conflicts",
            shortcut="Ctrl+Shift+K",
            one="disagreement",
            many="disagreements",
            count=lambda page: len(page.disagreements),
        ),
    )
}
"""Every part, in the order of the tabs."""
