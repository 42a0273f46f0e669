"""How each kind of paragraph is set: sizes, weights, margins and colours, for one theme and one font.

Formats are made once and kept, because a card is refilled on every page. It measures and sets; what is said
is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec import Struct
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextOption,
)

from explorer.draw.theme import Theme
from explorer.evidence.model import Weight

from .contents import Role

TARGET = 24
"""The least height and width of anything that is pressed, in logical pixels (WCAG 2.2, 2.5.8)."""
SMALL = 12 / 13
GAP = 8
_USUAL_SIZE = 13
_MOST_LABEL = 0.38
"""The share of the width above which a fact's label stands on a line of its own."""

_TABULAR = QFont.Tag("tnum")
_LINE_HEIGHT = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class Setting(Struct, frozen=True, kw_only=True):
    """How one role is set. ``size`` is a multiple of the body's; ``above`` and ``below`` are the space
    before and after it in pixels, ``indent`` what stands left of it; for a ``sign`` that grows with the type.
    """

    size: float = 1.0
    bold: bool = False
    muted: bool = False
    tabular: bool = False
    above: int = GAP
    below: int = 0
    indent: int = 0
    sign: bool = False
    leading: int = 125


SETTINGS = {
    Role.AMOUNT: Setting(size=22 / 13, bold=True, tabular=True, leading=110),
    Role.LEAD: Setting(bold=True, above=2, leading=130, tabular=True),
    Role.HEADING: Setting(size=14 / 13, bold=True, above=0),
    Role.BODY: Setting(leading=135),
    Role.QUIET: Setting(size=SMALL, muted=True, above=2),
    Role.EYEBROW: Setting(size=SMALL, muted=True, bold=True, above=12),
    Role.QUOTE: Setting(size=14 / 13, above=10, leading=140, indent=14),
    Role.SPEAKER: Setting(bold=True, above=12),
    Role.FACT: Setting(above=6, tabular=True),
    Role.FORMULA: Setting(size=SMALL, tabular=True, above=14, below=12, indent=10),
    Role.CAVEAT: Setting(size=SMALL, muted=True, above=12, indent=14, leading=130),
    Role.VERDICT: Setting(bold=True, above=12, indent=26, sign=True),
    Role.SIDE: Setting(bold=True, above=12, indent=20, sign=True, tabular=True),
    Role.ASIDE: Setting(size=SMALL, muted=True, above=1, indent=20, sign=True),
}

_SIGN_ROLES = {
    Weight.SUPPORTED: 1,
    Weight.IN_LINE: 0,
    Weight.PARTLY: 3,
    Weight.CANNOT_JUDGE: 5,
    Weight.CONTRADICTED: 2,
}


class Typeset:
    """The formats of one theme and one body font."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font = QFont(font)
        self._characters: dict[tuple[Role, bool], QTextCharFormat] = {}
        self._blocks: dict[tuple[Role, bool, int], QTextBlockFormat] = {}
        self._advances: dict[str, float] = {}
        self._label_metrics = QFontMetricsF(scaled(self.font, SMALL))
        self.scale = max(1.0, QFontInfo(self.font).pixelSize() / _USUAL_SIZE)
        """How much larger than usual the type is; signs and indents grow with it."""

    def characters(self, role: Role, *, label: bool = False) -> QTextCharFormat:
        """The letters of ``role``, or of the label that stands before it."""
        key = (role, label)
        if key not in self._characters:
            self._characters[key] = self._made_characters(SETTINGS[role], label=label)
        return self._characters[key]

    def block(self, role: Role, *, first: bool, column: int = 0) -> QTextBlockFormat:
        """The paragraph of ``role``; ``column`` is where a fact's value begins, 0 for a line of its own."""
        key = (role, first, column)
        if key not in self._blocks:
            self._blocks[key] = _made_block(SETTINGS[role], self.scale, first=first, column=column)
        return self._blocks[key]

    def column(self, labels: Iterable[str], width: int) -> int:
        """Where values begin beside ``labels`` in ``width`` pixels: 0 where there is too little room."""
        widest = max((self._label_width(label) for label in labels), default=0.0)
        if not widest or widest > width * _MOST_LABEL:
            return 0
        return round(widest + 1.5 * GAP)

    def _label_width(self, label: str) -> float:
        if label not in self._advances:
            self._advances[label] = self._label_metrics.horizontalAdvance(label)
        return self._advances[label]

    def indent(self, role: Role) -> int:
        """How far ``role`` is set in, in logical pixels."""
        return round(self.block(role, first=True).leftMargin())

    def line_height(self, role: Role) -> float:
        """How tall one line of ``role`` is, in logical pixels."""
        metrics = QFontMetricsF(self.characters(role).font())
        return metrics.height() * SETTINGS[role].leading / 100

    def sign_colour(self, weight: Weight) -> str:
        """The colour of a verdict's sign: calm, and never the only thing that tells verdicts apart."""
        role = _SIGN_ROLES.get(weight)
        return self.theme.neutral if role is None else self.theme.colour(role)

    def _made_characters(self, setting: Setting, *, label: bool) -> QTextCharFormat:
        made = QTextCharFormat()
        font = scaled(self.font, SMALL if label else setting.size)
        if setting.bold and not label:
            font.setWeight(QFont.Weight.DemiBold)
        if setting.tabular:
            font.setFeature(_TABULAR, 1)
        made.setFont(font)
        made.setForeground(colour(self.theme.muted if setting.muted or label else self.theme.text))
        return made


def _made_block(setting: Setting, scale: float, *, first: bool, column: int) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(0 if first else setting.above)
    made.setBottomMargin(setting.below)
    made.setLeftMargin(round(setting.indent * (scale if setting.sign else 1)))
    made.setLineHeight(setting.leading, _LINE_HEIGHT)
    if column:
        made.setLeftMargin(column)
        made.setTextIndent(-column)
        made.setTabPositions([QTextOption.Tab(column, QTextOption.TabType.LeftTab)])
    return made


@cache
def colour(text: str) -> QColor:
    """The colour that "#RRGGBB" names, made once."""
    return QColor(text)


def scaled(font: QFont, factor: float) -> QFont:
    """``font`` at ``factor`` times its size, whether that is in points or in pixels."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        made.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    return made
