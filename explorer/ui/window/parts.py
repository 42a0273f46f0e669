"""What the window's own commands do to its parts."""

from __future__ import annotations

from typing import Protocol

from explorer.ui.briefing import DrawerHost
from explorer.ui.chart import ChartPane
from explorer.ui.inspector import SidePanel

from .bars import StatusLine, TopBar
from .sidebar import PlacesSidebar


class WindowParts(DrawerHost, Protocol):
    """The parts of a window, and what is done to all of them at once."""

    top: TopBar
    sidebar: PlacesSidebar
    chart: ChartPane
    status: StatusLine
    panel: SidePanel | None

    def choose_theme(self, name: str) -> None:
        """Take the colours that a setting names, and remember it."""
        ...

    def choose_scale(self, step: int) -> None:
        """Make text a step larger (1) or smaller (-1), or its usual size (0)."""
        ...
