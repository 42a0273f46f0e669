"""The first pack that is shipped, and the kind of fixture that does harm to a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.support import paths

SHIPPED = paths.packs_folder() / "lockdown-2020"

Edit = Callable[[str, str, str], Path]
