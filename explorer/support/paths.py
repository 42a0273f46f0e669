"""Where things are: what is shipped with the program, and where the person's own data is kept.

It names folders and does not read or write in them, apart from making the user's own folder on request.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

USER_DATA_VARIABLE = "HARMS_EXPLORER_DATA"
"""Set it to keep the person's data somewhere else: on a memory stick, or in a test."""


def _shipped_root() -> Path:
    bundle_folder = getattr(sys, "_MEIPASS", None)
    if bundle_folder:
        return Path(bundle_folder)
    package = Path(__file__).resolve().parents[1]
    package_data = package / "_shipped"
    return package_data if package_data.is_dir() else package.parent


def places_folder() -> Path:
    """The folder of the shipped places."""
    return _shipped_root() / "data" / "places"


def packs_folder() -> Path:
    """The folder of the shipped packs, one folder each."""
    return _shipped_root() / "data" / "packs"


def recipes_folder() -> Path:
    """The recipes that come with the program."""
    return _shipped_root() / "data" / "recipes"


def resources_folder() -> Path:
    """The folder of icons, templates and notices."""
    return _shipped_root() / "resources"


def user_data_folder() -> Path:
    """The folder for the person's own packs, library and settings. It may not exist yet."""
    override = os.environ.get(USER_DATA_VARIABLE)
    if override:
        return Path(override)
    import platformdirs

    return Path(platformdirs.user_data_dir("Online Harms Explorer", appauthor=False))
