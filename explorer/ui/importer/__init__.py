"""The wizard that imports a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .controller import ImportController as ImportController
    from .widgets import IMPORT_KEYS as IMPORT_KEYS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        controller="ImportController",
        widgets="IMPORT_KEYS",
    )
