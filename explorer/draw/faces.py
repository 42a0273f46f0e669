"""The typeface of documents: the first of a list that the machine has, so that pages look alike."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

_FAMILIES = ("Arial", "Helvetica Neue", "Helvetica", "Liberation Sans", "Noto Sans", "Segoe UI")


def font_family() -> str:
    """The family that documents are set in; the application's own where the machine has none of the list."""
    return next((name for name in _FAMILIES if QFontDatabase.hasFamily(name)), QGuiApplication.font().family())


@lru_cache(64)
def document_font(size: int, *, bold: bool = False) -> QFont:
    """The font of a size in pixels of 1/96 inch. It is not to be changed: everybody has the same one."""
    font = QFont(font_family())
    font.setPixelSize(size)
    font.setBold(bold)
    # Letters are measured once and drawn at another scale: a hinted font would set wider at one of them.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Numbers under one another must line up; a font without tabular figures passes this over.
    font.setFeature(QFont.Tag("tnum"), 1)
    # "ff" drawn as one letter is copied from a PDF as one, and a search for "offences" does not find it.
    font.setFeature(QFont.Tag("liga"), 0)
    return font
