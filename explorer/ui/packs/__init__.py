"""The list of packs and what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .cards import keys_dialog as keys_dialog, packs_dialog as packs_dialog
    from .controller import PackMoves as PackMoves
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        cards="keys_dialog packs_dialog",
        controller="PackMoves",
    )
