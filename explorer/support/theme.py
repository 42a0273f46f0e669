"""Colours by role: light, dark, high contrast and print, and the arithmetic of whether they can be read.

Plain data without Qt, so that the command line and the exports can name a theme. Sizes and fonts are in
``lettering``.
"""

from __future__ import annotations

from msgspec import Struct

SYSTEM = "system"
"""The name that stands for whichever theme the computer has."""
THEME_NAMES = (SYSTEM, "light", "dark", "contrast")
"""What a person may choose."""


class Theme(Struct, frozen=True, kw_only=True):
    """Colours as "#RRGGBB", each named for what it is used for.

    Text roles reach 4.5:1 and marks, focus and accent 3:1 against both ``page`` and ``panel``; a test holds
    every theme to that. ``hairline`` and ``grid`` only help the eye along and carry nothing by themselves.
    """

    name: str
    page: str
    panel: str
    hairline: str
    text: str
    muted_text: str
    accent: str
    focus: str
    on_accent: str
    """Text on a surface of the accent colour."""
    hover: str
    """Surface behind what the pointer is on."""
    selection: str
    """Surface behind what is selected."""
    series: tuple[str, ...]
    other: str
    """Every series past those: a grey, told apart by texture and symbol."""
    neutral: str
    """Marks that belong to no series: reference lines, dated marks, keys."""
    grid: str
    tones: tuple[str, ...]
    """The steps of a map from least to most: the page's end of the scale first. Text can stand on each."""
    falls: tuple[str, ...]
    """The same for what has fallen, from the smallest fall; rises have the colours of ``tones``."""
    dark: bool = False

    def series_colour(self, role: int) -> str:
        """The colour of series ``role``; past the last one, ``other``, so that no colour means two things."""
        return self.series[role] if role < len(self.series) else self.other

    def band_colour(self, value: float) -> str:
        """The colour of a map's step, from -1 (the largest fall) over 0 to 1 (the most)."""
        scale = self.falls if value < 0 else self.tones
        return scale[round(min(abs(value), 1.0) * (len(scale) - 1))]

    def text_colour_on(self, colour: str) -> str:
        """The colour of text that stands on ``colour``: that of text or of the page, as reads better."""
        return max((self.text, self.page), key=lambda ink: contrast_ratio(ink, colour))


LIGHT = Theme(
    name="light",
    page="#FFFFFF",
    panel="#F6F7F9",
    hairline="#D9DDE3",
    text="#1B1F24",
    muted_text="#57606A",
    accent="#12436D",
    focus="#1D70B8",
    on_accent="#FFFFFF",
    hover="#EEF1F5",
    selection="#DFE8F1",
    # The Analysis Function's colours; the second, fourth and sixth a shade deeper, so that they hold 3:1 on
    # the panels as well as on white.
    series=("#12436D", "#259A90", "#801650", "#EE5F17", "#3D3D3D", "#9A7BCD"),
    other="#7B828C",
    neutral="#57606A",
    grid="#E4E7EB",
    # The Analysis Function's sequence with a light end; falls in ochre, which is told from blue by everybody.
    tones=("#DCE9F6", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D"),
    falls=("#FBE8D3", "#F5C896", "#E29A4A", "#A8631A", "#6E3F0C"),
)

DARK = Theme(
    name="dark",
    page="#15181C",
    panel="#1C2026",
    hairline="#343A42",
    text="#E8EAED",
    muted_text="#A2ABB5",
    accent="#6BACE6",
    focus="#9CCBFF",
    on_accent="#10151A",
    hover="#22272E",
    selection="#26394B",
    series=("#6BACE6", "#3FC1B0", "#E06FA0", "#F5934E", "#C9CED6", "#B79CE8"),
    other="#868E98",
    neutral="#A2ABB5",
    grid="#2A2F36",
    tones=("#1F3A55", "#2A5A8A", "#4C8FCF", "#7DB8EC", "#C6E2FA"),
    falls=("#463018", "#6B4719", "#B87E33", "#DFA656", "#F8DDB2"),
    dark=True,
)

CONTRAST = Theme(
    name="contrast",
    page="#000000",
    panel="#000000",
    hairline="#FFFFFF",
    text="#FFFFFF",
    muted_text="#FFFFFF",
    accent="#8AC7FF",
    focus="#FFFF00",
    on_accent="#000000",
    hover="#262626",
    selection="#003B6F",
    series=("#8AC7FF", "#FFD24A", "#FF9BD0", "#7CE38B", "#FFFFFF", "#CDB0FF"),
    other="#ABABAB",
    neutral="#FFFFFF",
    grid="#4D4D4D",
    tones=("#00274D", "#0A4A85", "#5BA8EE", "#8AC7FF", "#DCEEFF"),
    falls=("#3A2400", "#6B4400", "#D99A35", "#FFC766", "#FFEBC7"),
    dark=True,
)

PRINT = Theme(
    name="print",
    page="#FFFFFF",
    panel="#FFFFFF",
    hairline="#BFC4CA",
    text="#000000",
    muted_text="#404750",
    accent="#12436D",
    focus="#12436D",
    on_accent="#FFFFFF",
    hover="#FFFFFF",
    selection="#FFFFFF",
    series=("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"),
    other="#7B828C",
    neutral="#404750",
    grid="#DCE0E4",
    tones=("#E6EFF8", "#B3D1EE", "#6BACE6", "#2073BC", "#12436D"),
    falls=("#FCEBD8", "#F6CC9E", "#E29A4A", "#A8631A", "#6E3F0C"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST, PRINT)}
"""Every theme by its name, as the window's settings store it."""


def relative_luminance(colour: str) -> float:
    """The relative luminance of "#RRGGBB" as WCAG 2.2 defines it, 0 (black) to 1 (white)."""
    digits = colour.lstrip("#")
    red, green, blue = (_linearise_channel(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21, whichever comes first."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _linearise_channel(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
