"""Text made safe to draw: whatever a file held, it comes out as plain characters on a line. No Qt.

Nothing is interpreted: markup stays visible as the characters it is written with.
"""

from __future__ import annotations

import unicodedata

LIMIT = 2000
"""The most characters of one text that are drawn; the whole of it is in the table and the card."""

_JOINERS = "\u200c\u200d"
_BLANKS = {"\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\u2028": " ", "\u2029": " ", "\x85": " "}


def sanitise(text: str, limit: int = LIMIT, *, breaks: bool = True) -> str:
    """``text`` without control characters, with at most ``limit`` characters; longer ends in "…".

    Marks that turn the direction of text are left out, so that a label cannot turn the number beside it.
    Line breaks are kept, or become spaces where ``breaks`` is False.
    """
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    if not breaks:
        text = text.replace("\n", " ")
    if text.isprintable():
        return text
    return "".join(_printable_char(character) for character in text)


def _printable_char(character: str) -> str:
    if character == "\n" or character.isprintable() or character in _JOINERS:
        return character
    if character in _BLANKS:
        return " "
    kind = unicodedata.category(character)
    if kind == "Zs":
        return character
    # Cc and Cf are controls and direction marks; Cs, Cn and Co are halves of pairs and characters that are
    # not assigned, some of which may not stand in XML at all.
    return "" if kind in ("Cc", "Cf") else "\ufffd"
