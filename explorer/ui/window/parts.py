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
    chart: ChartPane
    status: StatusLine

    @property
    def sidebar(self) -> PlacesSidebar:
        """The tree of places, with the page on screen."""
        ...

    @property
    def panel(self) -> SidePanel | None:
        """The side panel, with the page on screen; None before it is made."""
        ...

    def find_place(self) -> None:
        """Put the keyboard into the field that finds a place, and show the places where they were put away."""
        ...

    def toggle_places(self) -> None:
        """Show the places, or give their room to the chart."""
        ...

    def toggle_panel(self) -> None:
        """Show the side panel, or give its room to the chart."""
        ...

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        ...

    def choose_theme(self, name: str) -> None:
        """Take the colours that a setting names, and remember it."""
        ...

    def choose_scale(self, step: int) -> None:
        """Make text a step larger (1) or smaller (-1), or its usual size (0)."""
        ...
