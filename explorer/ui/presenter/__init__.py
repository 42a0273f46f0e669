"""A briefing on a second screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .presenter import PresentationWindow as PresentationWindow
    from .speaker_view import PRESENTER_KEYS as PRESENTER_KEYS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        presenter="PresentationWindow",
        speaker_view="PRESENTER_KEYS",
    )
