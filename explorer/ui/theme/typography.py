"""How each kind of paragraph is set: sizes, weights, margins and colours, for one theme and one font.

Formats are made once and kept, because a card is refilled on every page. It measures and sets; what is said
is decided elsewhere.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import cache

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextOption

from explorer.evidence import Verdict
from explorer.support import Theme

TARGET = 24
"""The least height and width of anything that is pressed, in logical pixels (WCAG 2.2, 2.5.8)."""
SMALL = 12 / 13
GAP = 8
_USUAL_SIZE = 13
_MOST_LABEL = 0.38
"""The share of the width above which a fact's label stands on a line of its own."""

_TABULAR = QFont.Tag("tnum")
_LINE_HEIGHT = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


class ParagraphRole(enum.Enum):
    """What a paragraph is for; ``typeset`` decides how each is set."""

    AMOUNT = enum.auto()
    """The figure in words, large and in tabular figures."""
    LEAD = enum.auto()
    """What a card is about: a claim, a demand, a worked-out sentence."""
    HEADING = enum.auto()
    """A heading between cards."""
    BODY = enum.auto()
    QUIET = enum.auto()
    """A line that stands back: a subheading, a source, a role."""
    EYEBROW = enum.auto()
    """A small heading inside a card: "Paraphrase", "Figures that bear on it"."""
    QUOTE = enum.auto()
    """Words to the letter."""
    SPEAKER = enum.auto()
    FACT = enum.auto()
    """A label with its value."""
    FORMULA = enum.auto()
    """A sum in numbers, in tabular figures on a tint."""
    CAVEAT = enum.auto()
    """What limits the line above it, set off by a rule."""
    VERDICT = enum.auto()
    """A verdict in words with its sign."""
    SIDE = enum.auto()
    """The number of one side of a disagreement, with a dot that says whether it is the one shown."""
    ASIDE = enum.auto()
    """A quiet line under a side."""


class RoleStyle(Struct, frozen=True, kw_only=True):
    """How one role is set. ``size`` is a multiple of the body's; ``above`` and ``below`` are the space
    before and after it in pixels, ``indent`` what stands left of it; for a ``sign`` that grows with the type.
    """

    size: float = 1.0
    bold: bool = False
    is_muted: bool = False
    tabular: bool = False
    above: int = GAP
    below: int = 0
    indent: int = 0
    sign: bool = False
    leading: int = 125


SETTINGS = {
    ParagraphRole.AMOUNT: RoleStyle(size=22 / 13, bold=True, tabular=True, leading=110),
    ParagraphRole.LEAD: RoleStyle(bold=True, above=2, leading=130, tabular=True),
    ParagraphRole.HEADING: RoleStyle(size=14 / 13, bold=True, above=0),
    ParagraphRole.BODY: RoleStyle(leading=135),
    ParagraphRole.QUIET: RoleStyle(size=SMALL, is_muted=True, above=2),
    ParagraphRole.EYEBROW: RoleStyle(size=SMALL, is_muted=True, bold=True, above=12),
    ParagraphRole.QUOTE: RoleStyle(size=14 / 13, above=10, leading=140, indent=14),
    ParagraphRole.SPEAKER: RoleStyle(bold=True, above=12),
    ParagraphRole.FACT: RoleStyle(above=6, tabular=True),
    ParagraphRole.FORMULA: RoleStyle(size=SMALL, tabular=True, above=14, below=12, indent=10),
    ParagraphRole.CAVEAT: RoleStyle(size=SMALL, is_muted=True, above=12, indent=14, leading=130),
    ParagraphRole.VERDICT: RoleStyle(bold=True, above=12, indent=26, sign=True),
    ParagraphRole.SIDE: RoleStyle(bold=True, above=12, indent=20, sign=True, tabular=True),
    ParagraphRole.ASIDE: RoleStyle(size=SMALL, is_muted=True, above=1, indent=20, sign=True),
}

_SIGN_ROLES = {
    Verdict.SUPPORTED: 1,
    Verdict.IN_LINE: 0,
    Verdict.PARTLY: 3,
    Verdict.CANNOT_JUDGE: 5,
    Verdict.CONTRADICTED: 2,
}


class Typeset:
    """The formats of one theme and one body font."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self.font = QFont(font)
        self._characters: dict[tuple[ParagraphRole, bool], QTextCharFormat] = {}
        self._blocks: dict[tuple[ParagraphRole, bool, int], QTextBlockFormat] = {}
        self._advances: dict[str, float] = {}
        self._label_metrics = QFontMetricsF(scaled_font(self.font, SMALL))
        self.scale = max(1.0, QFontInfo(self.font).pixelSize() / _USUAL_SIZE)
        """How much larger than usual the type is; signs and indents grow with it."""

    def char_format(self, role: ParagraphRole, *, label: bool = False) -> QTextCharFormat:
        """The letters of ``role``, or of the label that stands before it."""
        key = (role, label)
        if key not in self._characters:
            self._characters[key] = self._made_characters(SETTINGS[role], label=label)
        return self._characters[key]

    def block_format(self, role: ParagraphRole, *, first: bool, column: int = 0) -> QTextBlockFormat:
        """The paragraph of ``role``; ``column`` is where a fact's value begins, 0 for a line of its own."""
        key = (role, first, column)
        if key not in self._blocks:
            self._blocks[key] = _made_block(SETTINGS[role], self.scale, first=first, column=column)
        return self._blocks[key]

    def value_column(self, labels: Iterable[str], width: int) -> int:
        """Where values begin beside ``labels`` in ``width`` pixels: 0 where there is too little room."""
        widest = max((self._label_width(label) for label in labels), default=0.0)
        if not widest or widest > width * _MOST_LABEL:
            return 0
        return round(widest + 1.5 * GAP)

    def _label_width(self, label: str) -> float:
        if label not in self._advances:
            self._advances[label] = self._label_metrics.horizontalAdvance(label)
        return self._advances[label]

    def indent_for(self, role: ParagraphRole) -> int:
        """How far ``role`` is set in, in logical pixels."""
        return round(self.block_format(role, first=True).leftMargin())

    def line_height(self, role: ParagraphRole) -> float:
        """How tall one line of ``role`` is, in logical pixels."""
        metrics = QFontMetricsF(self.char_format(role).font())
        return metrics.height() * SETTINGS[role].leading / 100

    def sign_colour(self, weight: Verdict) -> str:
        """The colour of a verdict's sign: calm, and never the only thing that tells verdicts apart."""
        role = _SIGN_ROLES.get(weight)
        return self.theme.neutral if role is None else self.theme.series_colour(role)

    def _made_characters(self, setting: RoleStyle, *, label: bool) -> QTextCharFormat:
        char_format = QTextCharFormat()
        font = scaled_font(self.font, SMALL if label else setting.size)
        if setting.bold and not label:
            font.setWeight(QFont.Weight.DemiBold)
        if setting.tabular:
            font.setFeature(_TABULAR, 1)
        char_format.setFont(font)
        char_format.setForeground(colour(self.theme.muted_text if setting.is_muted or label else self.theme.text))
        return char_format


def _made_block(setting: RoleStyle, scale: float, *, first: bool, column: int) -> QTextBlockFormat:
    block_format = QTextBlockFormat()
    block_format.setTopMargin(0 if first else setting.above)
    block_format.setBottomMargin(setting.below)
    block_format.setLeftMargin(round(setting.indent * (scale if setting.sign else 1)))
    block_format.setLineHeight(setting.leading, _LINE_HEIGHT)
    if column:
        block_format.setLeftMargin(column)
        block_format.setTextIndent(-column)
        block_format.setTabPositions([QTextOption.Tab(column, QTextOption.TabType.LeftTab)])
    return block_format


@cache
def colour(text: str) -> QColor:
    """The colour that "#RRGGBB" names, made once."""
    return QColor(text)


def scaled_font(font: QFont, factor: float) -> QFont:
    """``font`` at ``factor`` times its size, whether that is in points or in pixels."""
    new_font = QFont(font)
    if font.pixelSize() > 0:
        new_font.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        new_font.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    return new_font
