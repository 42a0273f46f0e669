"""The phrases that a person reads, each in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import phrases as phrases
    from .phrases import (
        BREAKS as BREAKS,
        CANNOT_TELL as CANNOT_TELL,
        MORE_RECORDING as MORE_RECORDING,
        STATUS_WORDS as STATUS_WORDS,
        capitalise as capitalise,
        format_date as format_date,
        place_in_sentence as place_in_sentence,
        pluralise as pluralise,
        to_sentence as to_sentence,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        phrases=(
            "BREAKS CANNOT_TELL MORE_RECORDING STATUS_WORDS capitalise format_date place_in_sentence "
            "pluralise to_sentence"
        ),
    )
