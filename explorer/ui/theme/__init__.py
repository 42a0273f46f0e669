"""Colours and type of the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .palette import (
        SMALL_SIZE as SMALL_SIZE,
        TITLE_SIZE as TITLE_SIZE,
        apply_theme as apply_theme,
        build_palette as build_palette,
        system_font as system_font,
        theme_named as theme_named,
    )
    from .typography import (
        GAP as GAP,
        SMALL as SMALL,
        TARGET as TARGET,
        ParagraphRole as ParagraphRole,
        Typeset as Typeset,
        colour as colour,
        scaled_font as scaled_font,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        palette="SMALL_SIZE TITLE_SIZE apply_theme build_palette system_font theme_named",
        typography="GAP ParagraphRole SMALL TARGET Typeset colour scaled_font",
    )
