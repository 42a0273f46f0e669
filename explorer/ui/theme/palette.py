"""The look of the whole program: the system's font at the chosen size, one plain style, a theme's palette."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from explorer.support import CONTRAST, DARK, LIGHT, SYSTEM, THEMES, Theme, nothing_collected

from .typography import colour

# A theme's colours in Qt's own roles, for the few things that the system's style draws.


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


BODY = 13
"""The body's size in logical pixels at 100%."""
TITLE_SIZE, SMALL_SIZE = 18, 12

_SHEET = """
QMainWindow, QDialog {{ background: {panel}; }}
QSplitter::handle {{ background: {hairline}; }}
QToolTip {{ background: {page}; color: {text}; border: 1px solid {muted}; padding: 6px; }}
QMenuBar {{ background: {panel}; color: {text}; border-bottom: 1px solid {hairline}; padding: 2px 8px; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {selection}; }}
QMenu {{ background: {page}; color: {text}; border: 1px solid {hairline}; padding: 4px; }}
QMenu::item {{ padding: 5px 28px 5px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 4px 8px; }}
QStatusBar {{ background: {panel}; color: {muted}; border-top: 1px solid {hairline}; }}
QStatusBar::item {{ border: 0; }}
QTreeView, QListView, QTableView {{ background: {page}; color: {text}; border: 0;
    selection-background-color: {selection}; selection-color: {text}; outline: 0; }}
QTreeView#places {{ background: {panel}; }}
QListView#found {{ background: {panel}; }}
QTableView::item {{ padding: 4px 8px; }}
QTableView QScrollBar:horizontal, QListView QScrollBar:horizontal {{ background: transparent; height: 12px; }}
QTableView QScrollBar::handle:horizontal, QListView QScrollBar::handle:horizontal {{ background: {muted};
    border-radius: 3px; margin: 3px 2px; min-width: 32px; }}
QTableView QScrollBar::add-line, QTableView QScrollBar::sub-line,
    QListView QScrollBar::add-line, QListView QScrollBar::sub-line {{ width: 0; }}
QListView#briefing {{ background: {panel}; }}
QPlainTextEdit#notes {{ background: {page}; color: {text}; border: 1px solid {muted}; border-radius: 4px;
    padding: 2px; }}
QPlainTextEdit#notes:focus {{ border: 2px solid {focus}; padding: 1px; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: 0;
    border-bottom: 1px solid {hairline}; padding: 6px 8px; }}
QTableCornerButton::section {{ background: {panel}; border: 0; }}
QScrollArea {{ background: transparent; border: 0; }}
"""


_STYLED = "_harms_explorer_styled"


def system_theme() -> Theme:
    """The theme that the system asks for."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    preference = accessibility().contrastPreference() if accessibility else None
    if preference is not None and preference == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def theme_named(name: str) -> Theme:
    """The theme that a setting asks for; the system's where it asks for none."""
    return system_theme() if name == SYSTEM else THEMES[name]


def apply_theme(app: QApplication, theme: Theme, scale: float) -> None:
    """Give every widget the theme and the size of text; does nothing where they have them already."""
    if not app.property(_STYLED):  # under a style sheet the style no longer tells its name
        app.setStyle("fusion")
        app.setProperty(_STYLED, True)
    sheet = _SHEET.format(
        page=theme.page,
        panel=theme.panel,
        text=theme.text,
        muted=theme.muted_text,
        hairline=theme.hairline,
        focus=theme.focus,
        selection=theme.selection,
    )
    palette, font = build_palette(theme), system_font(scale)
    if (app.styleSheet(), app.font()) == (sheet, font) and app.palette() == palette:
        return  # each of the three has every widget of the program measured again
    with nothing_collected():  # a widget deleted while Qt goes through all of them ends the program
        app.setPalette(palette)
        app.setFont(font)
        # The sheet comes last: widgets that it touches take the new font and colours only with it.
        app.setStyleSheet(sheet)


def system_font(scale: float, size: int = BODY, *, strong: bool = False) -> QFont:
    """The system's font at ``size`` logical pixels, times the chosen scale, with tabular figures."""
    new_font = QFont(QGuiApplication.font())
    new_font.setPixelSize(max(1, round(size * scale)))
    new_font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    new_font.setFeature(QFont.Tag("tnum"), 1)
    return new_font
