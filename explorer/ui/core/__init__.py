"""What the parts of a window share: commands, the page, settings, the context, the desktop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .commands import (
        CommandActions as CommandActions,
        CommandRequirement as CommandRequirement,
        keyboard_page as keyboard_page,
        undo_words as undo_words,
    )
    from .context import WindowContext as WindowContext
    from .desktop import Application as Application, associate_file_type as associate_file_type
    from .keys import (
        MOVING_KEYS as MOVING_KEYS,
        KeyBinding as KeyBinding,
        KeySection as KeySection,
        find_act as find_act,
        format_keys as format_keys,
    )
    from .page_store import PageStore as PageStore
    from .settings import SCALES as SCALES, UserSettings as UserSettings
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        commands="CommandActions CommandRequirement keyboard_page undo_words",
        context="WindowContext",
        desktop="Application associate_file_type",
        keys="KeyBinding KeySection MOVING_KEYS find_act format_keys",
        page_store="PageStore",
        settings="SCALES UserSettings",
    )
