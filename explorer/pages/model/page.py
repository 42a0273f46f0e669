"""A page: everything on screen for one question, decided. And the outline of places beside it.

Types only; ``answer`` in ``pages.page_builder`` makes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from explorer.evidence import Figure, Place, PlaceLevel, Verdict

from .chart import Chart, ChartTimeline
from .question import Question

# One side of something that printed figures disagree on. A type only; ``list_discrepancies`` makes
# them.


class DiscrepancySide(Struct, frozen=True, kw_only=True):
    """One side of a disagreement: its number, who printed it and when, and whether it is the one drawn."""

    figure: str
    amount: str
    source: str
    preferred: bool = False
    why: str = ""
    """What is said of it, such as the pack's note."""
    printed: str = ""
    """The number as the source prints it, with where in it: "“175”, table 2"."""

    @property
    def publication_text(self) -> str:
        """How the number was published: "published as “175”, table 2", or what it is our sum of."""
        return f"published as {self.printed}" if self.printed.startswith("“") else self.printed


class OutlineRow(Struct, frozen=True, kw_only=True):
    """One place in the sidebar: how deep it stands and how much evidence it has of its own."""

    code: str
    name: str
    level: PlaceLevel
    depth: int
    parent: str | None
    figures: int
    detail: str
    """What a screen reader and a tool tip say: "Cambridgeshire, police force area, 4 figures"."""


class PlaceMatch(Struct, frozen=True, kw_only=True):
    """A place that a typed name leads to. ``why`` says how, where it is not the name itself."""

    code: str
    name: str
    level: PlaceLevel
    why: str
    figures: int


class PlaceBreadcrumb(Struct, frozen=True, kw_only=True):
    """One step of the path from the United Kingdom to the place."""

    code: str
    name: str


class ChartChoice(Struct, frozen=True, kw_only=True):
    """A chart or measure the person may choose; ``why_not`` is empty where it can be drawn."""

    id: str
    label: str
    chosen: bool
    why_not: str = ""
    group: str = ""
    """The group of measures that a measure belongs to; of anything else, nothing."""
    code: str = ""
    """The Home Office code of a measure that is one class of it."""


class ChartTableRow(Struct, frozen=True, kw_only=True):
    """A row of the table twin: its cells as text, and the figure it shows."""

    figure: str
    cells: tuple[str, ...]


class ChartTable(Struct, frozen=True, kw_only=True):
    """The chart's numbers as a table. ``numeric`` are the columns set flush right."""

    columns: tuple[str, ...] = ()
    rows: tuple[ChartTableRow, ...] = ()
    numeric: tuple[int, ...] = ()
    shorthand: tuple[str, ...] = ()
    """What each shorthand in it means: "[x] not available"."""


class CardFact(Struct, frozen=True, kw_only=True):
    """A labelled line of the evidence card: ("Published by", "Peterborough Telegraph")."""

    label: str
    text: str
    address: str = ""
    """An address to copy or to hand to the system's browser on request; text, never fetched."""


class Calculation(Struct, frozen=True, kw_only=True):
    """A worked-out figure: its sentence, how it was got, what it stands on and how far it can be trusted."""

    text: str
    amount: str
    low: str
    high: str
    formula: str
    inputs: tuple[str, ...]
    """Ids of the figures it was worked out from."""
    caveat: str = ""
    links: tuple[FigureLink, ...] = ()
    """The same inputs with their labels, for what leads to them."""
    kind: str = ""
    """What was worked out, such as "percentage change"."""
    interval: tuple[str, ...] = ()
    """The two ends of the 95% interval of a rate."""
    chance: str = ""
    """What chance alone could do to a difference: "rose", "fell", "unclear", "open"."""

    @property
    def key(self) -> str:
        """What it is known by from one state of the library to the next: how it is got, and from what."""
        return "|".join((re.sub(r"[0-9.,]+", "#", self.formula), *self.inputs))


class Annotation(Struct, frozen=True, kw_only=True):
    """Where the public record or another figure differs, and who says so."""

    heading: str
    text: str
    source: str


class EvidenceCard(Struct, frozen=True, kw_only=True):
    """The evidence card of one figure."""

    figure: str
    heading: str
    """The amount in words: "At least 1,200 offences"."""
    subheading: str
    """Measure, place and period."""
    facts: tuple[CardFact, ...]
    notes: tuple[str, ...]
    remarks: tuple[Annotation, ...]
    """What it disagrees with."""
    workings: tuple[Calculation, ...]
    citation: str
    """The figure as a sentence with its source, ready to copy."""
    disagreements: tuple[DiscrepancyView, ...] = ()
    """Everything this figure has a part in that printed figures disagree on, other sources of it first."""


class FigureLink(Struct, frozen=True, kw_only=True):
    """A figure that bears on a voice or a claim: a label and where it leads."""

    figure: str
    label: str


class QuoteView(Struct, frozen=True, kw_only=True):
    """A quote, ready to show: ``text`` carries quotation marks only where it is to the letter."""

    id: str
    text: str
    verbatim: bool
    speaker: str
    detail: str
    """Role and organisation."""
    source: str
    """Source line with its paragraph."""
    note: str
    links: tuple[FigureLink, ...]
    citation: str


class DemandView(Struct, frozen=True, kw_only=True):
    """A demand, ready to show."""

    id: str
    number: int
    title: str
    """A few words of ours that say what it is about; empty where its pack has none."""
    text: str
    verbatim: bool
    asked_by: str
    addressed_to: str
    """Of whom and by which instrument."""
    source: str
    note: str
    links: tuple[FigureLink, ...]
    citation: str


class ClaimView(Struct, frozen=True, kw_only=True):
    """A claim and how it stands against the figures, with the reason in a sentence."""

    id: str
    number: int
    text: str
    weight: Verdict
    words: str
    """The verdict as shown: "Not shown by the figures"."""
    reason: str
    caveats: tuple[str, ...]
    check: str
    """What was checked, in words."""
    source: str
    remarks: tuple[Annotation, ...]
    links: tuple[FigureLink, ...]
    citation: str
    meaning: str = ""
    """What the verdict means, in a sentence."""
    not_checked: tuple[str, ...] = ()
    """What was not checked, in sentences."""


class SourceRef(Struct, frozen=True, kw_only=True):
    """A source named on the page."""

    id: str
    title: str
    publisher: str
    address: str
    date: str


class DiscrepancyView(Struct, frozen=True, kw_only=True):
    """Something that printed figures disagree on: what it is, who prints what, and how it is read."""

    id: str
    heading: str
    """What it is about: "Lancashire, 2017/18: offences recorded"."""
    kind: str
    """In two or three words, why it is listed: "published differently", "parts exceed the whole"."""
    text: str
    """What differs and which figure is preferred, in a sentence or two."""
    sides: tuple[DiscrepancySide, ...]
    links: tuple[FigureLink, ...] = ()
    citation: str = ""
    """All of it as sentences with their sources, ready to copy."""


class ChartChoices(Struct, frozen=True, kw_only=True):
    """What may be chosen for the chart besides its kind and measure; a choice of nothing is empty."""

    scales: tuple[ChartChoice, ...] = ()
    bases: tuple[ChartChoice, ...] = ()
    """Periods that change may be counted from."""
    periods: tuple[ChartChoice, ...] = ()
    """Periods of a chart that shows one at a time."""
    since: tuple[ChartChoice, ...] = ()
    until: tuple[ChartChoice, ...] = ()
    """Bounds of a chart over time."""
    beside: tuple[PlaceBreadcrumb, ...] = ()
    """The places set beside this one, which can be taken away."""
    can_add: bool = False
    """Whether one more place can be set beside it."""
    events: bool | None = None
    """Whether events are shown; None where none could be."""
    groups: bool | None = None
    by_value: bool | None = None
    rules: tuple[ChartChoice, ...] = ()
    """Which of several figures is preferred; empty where the place has no two that differ."""
    styles: tuple[ChartChoice, ...] = ()
    """Bars or line; empty where the chart has one way only."""
    grains: tuple[ChartChoice, ...] = ()
    """By year or by quarter; empty where only one of them is counted."""


class Page(Struct, frozen=True, kw_only=True):
    """Everything on screen for one question, decided: chart, table, evidence, what is said, and every choice.

    Whatever shows a page works nothing out, chooses nothing and words nothing: each sentence, amount and reason
    stands here. Where what is shown is not what was asked for, ``question`` is still as asked, ``place`` is what
    is shown, ``notice`` says so in a sentence and ``replaced`` names it for other programs.

    Invariants: it is frozen and compares by value, so the window redraws a part only where that part's slice of
    two pages differs. ``drawn`` is what the chart draws and the table lists, in that order. A list of the side
    panel that is empty has a sentence beside it that says why (``..._empty``). A page made with ``brief`` has no
    card and no panel, and differs in nothing else; one for its chart alone has no words to copy and no figures
    beside it either.

    ``pages.answer`` makes it and never fails for what is asked. The window, the command line, every export and
    the exhibits of a briefing take the very same page.
    """

    question: Question
    place: Place
    """The place whose evidence is shown: the one asked for, or the nearest that has any."""
    asked: Place
    notice: str
    """One sentence where what is shown is not what was asked for; otherwise empty."""
    crumbs: tuple[PlaceBreadcrumb, ...]
    charts: tuple[ChartChoice, ...]
    measures: tuple[ChartChoice, ...]
    chart: Chart
    drawn: tuple[Figure, ...]
    """The figures that the chart draws and the table lists, in that order."""
    table: ChartTable
    """What the chart shows, row by row; empty in a page for its chart alone, where the table is not on screen."""
    measure_definition: str
    selected: str
    """The id of the selected figure, or empty."""
    speakers: tuple[str, ...] = ()
    others: tuple[FigureLink, ...] = ()
    """Figures of the place that this chart does not draw."""
    workings: Sequence[Calculation] = ()
    """Every worked-out figure that stands on the chart's figures."""
    remarks: tuple[Annotation, ...] = ()
    """Every difference that touches the chart's figures."""
    sources: tuple[SourceRef, ...] = ()
    citation: str = ""
    """The chart as a sentence with its sources, ready to copy."""
    card: EvidenceCard | None = None
    voices: tuple[QuoteView, ...] = ()
    voices_empty: str = ""
    demands: tuple[DemandView, ...] = ()
    demands_empty: str = ""
    claims: tuple[ClaimView, ...] = ()
    claims_empty: str = ""
    choices: ChartChoices = field(default_factory=ChartChoices)
    disagreements: tuple[DiscrepancyView, ...] = ()
    """Everything that printed figures disagree on at this place, or everywhere if that was asked for."""
    disagreements_empty: str = ""
    timeline: ChartTimeline | None = None
    """All periods of a chart over time, where there are enough of them to move through."""
    caution: str = ""
    """The one caution that would change most what a reader takes from the chart, in a line."""
    newest: str = ""
    """The newest figure of any kind that we hold for the place, in a line."""
    cannot_tell: tuple[str, ...] = ()
    """What these numbers cannot tell, a sentence each."""
    replaced: tuple[str, ...] = ()
    """What was asked for and is not there, so that something else is shown: "chart", "measure", "period"."""
