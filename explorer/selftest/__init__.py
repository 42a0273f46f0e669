"""The program walking through itself: the smoke test and the pictures of the README."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .runner import SmokeTour as SmokeTour
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        runner="SmokeTour",
    )
