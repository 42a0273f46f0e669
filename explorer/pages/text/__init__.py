"""The phrases that a person reads, each in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import phrases as phrases
    from .phrases import BREAKS as BREAKS, CANNOT_TELL as CANNOT_TELL, MORE_RECORDING as MORE_RECORDING
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        phrases="BREAKS CANNOT_TELL MORE_RECORDING",
    )
