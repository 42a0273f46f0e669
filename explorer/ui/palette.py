"""A theme's colours in Qt's own roles, for the few things that the system's style draws."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from explorer.support.theme import Theme

from .typeset import colour


def build_palette(theme: Theme) -> QPalette:
    """The palette for widgets that the system's style draws."""
    qt_palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.page,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted_text,
        QPalette.ColorRole.Midlight: theme.selection,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, value in roles.items():
        qt_palette.setColor(role, colour(value))
    return qt_palette
