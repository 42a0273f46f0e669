"""The drawer of the briefing and everything that is done with a briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .commands import BriefCommands as BriefCommands
    from .controller import BriefingController as BriefingController, DrawerHost as DrawerHost
    from .item_list import DRAWER_KEYS as DRAWER_KEYS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        commands="BriefCommands",
        controller="BriefingController DrawerHost",
        item_list="DRAWER_KEYS",
    )
