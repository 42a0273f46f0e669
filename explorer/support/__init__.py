"""What every package may use: paths, whole files, safe text, themes, remembered values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import paths as paths
    from .atomic_file import (
        open_atomically as open_atomically,
        sync_folder as sync_folder,
        write_atomically as write_atomically,
    )
    from .memo import (
        IdentityCache as IdentityCache,
        nothing_collected as nothing_collected,
        per_revision as per_revision,
    )
    from .paths import resources_folder as resources_folder
    from .safe_text import sanitise as sanitise
    from .theme import (
        CONTRAST as CONTRAST,
        DARK as DARK,
        LIGHT as LIGHT,
        PRINT as PRINT,
        SYSTEM as SYSTEM,
        THEME_NAMES as THEME_NAMES,
        THEMES as THEMES,
        Theme as Theme,
    )
else:
    from .faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        atomic_file="open_atomically sync_folder write_atomically",
        memo="IdentityCache nothing_collected per_revision",
        paths="resources_folder",
        safe_text="sanitise",
        theme="CONTRAST DARK LIGHT PRINT SYSTEM THEMES THEME_NAMES Theme",
    )
