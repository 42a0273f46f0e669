"""A briefing on a second screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .presenter import PresentationWindow as PresentationWindow
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        presenter="PresentationWindow",
    )
