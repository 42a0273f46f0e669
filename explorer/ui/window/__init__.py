"""The main window: its bars, its sidebar, its search, and what its commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .window import MainWindow as MainWindow
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        window="MainWindow",
    )
