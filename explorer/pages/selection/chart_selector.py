"""What selection needs to know of a kind of chart: which figures it takes, why it has none, what may be chosen.

The kinds themselves are registered in ``charts``; whoever resolves a question hands them in.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from explorer.evidence import Place
from explorer.pages.model import ChartKind, Question, ValueScale

from .figures import FigureQuery
from .periods import ChartSelection


class ChartOption(enum.Enum):
    """Something that may be chosen for a chart besides its place and measure."""

    RANGE = enum.auto()
    """From which period to which, on a chart over time."""
    EVENTS = enum.auto()
    """Whether dated events are marked."""
    PERIOD = enum.auto()
    """Which one of its periods a chart shows that shows one at a time."""
    PART_PERIOD = enum.auto()
    """Which part of a year is shown beside what its source publishes with it."""
    PLACES = enum.auto()
    """Which places stand beside the place."""
    GROUPS = enum.auto()
    """Groups of apps in place of single platforms."""
    STYLE = enum.auto()
    """Bars or a line."""
    ORDER = enum.auto()
    """Order of value in place of place order."""


Select: TypeAlias = Callable[[FigureQuery, Place, Question], ChartSelection]


class ChartSelector(Struct, frozen=True, kw_only=True):
    """How a kind of chart chooses from the evidence. ``shortcut`` is the key of its command."""

    kind: ChartKind
    label: str
    shortcut: str
    select: Select
    """What it would draw for the place; nothing where it cannot be drawn."""
    why_empty: Callable[[FigureQuery, Place], str]
    """A sentence that says why it cannot be drawn for the place."""
    measures: Callable[[FigureQuery, Place], Sequence[str]]
    """The ids of the measures that it could show for the place; one may stand there more than once."""
    options: frozenset[ChartOption] = frozenset()
    scales: tuple[tuple[ValueScale, str], ...] = ()
    """The scales that counts can be shown on, with what each is called here."""
    can_draw: Callable[[FigureQuery, Place, Question], bool] | None = None
    """Whether it can be drawn, where that is told without choosing all that it would draw."""
    of_every_place: bool = False
    """Whether it draws the same places wherever it is asked for, so that the others are not the place's own."""

    def offers(self, option: ChartOption) -> bool:
        """Whether ``option`` may be chosen."""
        return option in self.options

    def is_possible(self, figure_query: FigureQuery, place: Place, question: Question) -> bool:
        """Whether it can be drawn for the place."""
        if self.can_draw is not None:
            return self.can_draw(figure_query, place, question)
        return bool(self.select(figure_query, place, question).figures)
