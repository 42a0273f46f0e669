"""The figures of places, asked of the library once for each page, and sorted into what charts draw.

Of a place with a great many figures only those of its usual measures, and of the one chosen, are asked for.
Where several sources print one thing and agree, one figure stands for them; where they differ all are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from explorer.evidence import (
    Figure,
    PeriodKind,
    Place,
    PlaceLevel,
    Preference,
    Subject,
    Unit,
    are_compatible,
    pick_preferred,
    primary_sources,
    subject_key,
)
from explorer.evidence.analysis import HEADS
from explorer.pages.model import EvidenceLibrary

from .scope import default_figures, library_stats, unit_rank

_COUNT_UNITS = frozenset({Unit.OFFENCES, Unit.PEOPLE, Unit.FORCES, Unit.PLATFORMS, Unit.AGE, Unit.CHANGE})

WHOLE_YEARS = frozenset({PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.YEAR})


class FigureQuery:
    """The figures of places, asked of the library once each. ``wanted`` is the measure that is chosen."""

    def __init__(self, library: EvidenceLibrary, rule: Preference = Preference.NEWEST, measure_id: str = "") -> None:
        self.library = library
        self.rule = rule
        self.wanted = measure_id
        self._known = library_stats(library)
        self._tables = self._known.tables
        self._units: dict[str, Unit] = {}

    def figures_for(self, place: str) -> tuple[Figure, ...]:
        """The figures of the place that a page takes in, in period order, each thing once."""
        return self._cached_figures("of", place, lambda: self._merge_agreeing(self.all_figures_for(place)))

    def all_figures_for(self, place: str) -> tuple[Figure, ...]:
        """The figures of the place that a page takes in, in period order, as often as they are printed."""
        return default_figures(self.library, place, self.wanted)

    def _cached_figures(self, what: str, place: str, make: Callable[[], tuple[Figure, ...]]) -> tuple[Figure, ...]:
        """What is made of a place's figures, once for each revision, rule and chosen measure."""
        measure_id = self.wanted if self.wanted in self.library.measure_counts(place) else ""
        return self._known.get_or_compute((what, place, measure_id, self.rule.value), make)

    def includes_measure(self, place: str, measure: str) -> bool:
        """Whether the figures of a measure are among those of ``of``."""
        return measure == self.wanted or measure in library_stats(self.library).default_measures(self.library, place)

    def crime_code_measures(self, place: str) -> tuple[str, ...]:
        """The measures that count something at the place and are taken in only where they are chosen."""
        several = (one for one in self.library.measure_counts(place) if not self.includes_measure(place, one))
        return tuple(m for m in several if m not in HEADS and self.library.measure(m).unit in _COUNT_UNITS)

    def of_table(self, figure: Figure) -> bool:
        """Whether a table of classes brings the figure."""
        return figure.pack in self._tables

    def publication_figures(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Those of ``figures`` that no table of classes brings, or all where it brings all of them."""
        return tuple(f for f in figures if not self.of_table(f)) or figures

    def _merge_agreeing(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """One figure for each thing that several agree on; those that differ are all kept, as a conflict."""
        about: dict[Subject, list[Figure]] = {}
        for figure in figures:
            about.setdefault(subject_key(figure), []).append(figure)
        if len(about) == len(figures):
            return figures
        agreeing = [s for s in about.values() if len(s) > 1 and are_compatible(tuple(f.amount for f in s))]
        preferred_ids = {self._preferred_figure(several).id for several in agreeing}
        let_go = {f.id for several in agreeing for f in several} - preferred_ids
        return tuple(figure for figure in figures if figure.id not in let_go)

    def preferred_figures(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """One figure for each thing the figures are about, by the rule; in the order given."""
        about: dict[Subject, list[Figure]] = {}
        for figure in figures:
            about.setdefault(subject_key(figure), []).append(figure)
        if len(about) == len(figures):
            return figures
        return tuple(s[0] if len(s) == 1 else self._preferred_figure(s) for s in about.values())

    def _preferred_figure(self, several: list[Figure]) -> Figure:
        sources = {f.source: self.library.source(f.source) for f in several}
        dates = {source.id: source.published for source in sources.values()}
        with_numbers = [f for f in several if f.amount.number is not None]
        return pick_preferred(with_numbers or several, dates, self.rule, primary_sources(sources.values()))

    def unit_for(self, figure: Figure) -> Unit:
        """The unit of a figure's measure."""
        unit = self._units.get(figure.measure)
        if unit is None:
            unit = self._units[figure.measure] = self.library.measure(figure.measure).unit
        return unit

    def has_offence_figures(self, place: str) -> bool:
        """Whether the place has a figure of its own that says something of offences."""
        return any(measure not in HEADS for measure in self.library.measure_counts(place))

    def measure_sort_key(self, figures: Sequence[Figure]) -> tuple[int, bool, int, int, int, int]:
        """How likely their measure is to be the one looked for: the least is the likeliest.

        Offences before what is said of them; what publications bring before a table of classes; then the one
        that holds most whole years, and of as many the one whose last is the newest, then the one that most
        packs have.
        """
        from_publications = [figure for figure in figures if not self.of_table(figure)] or list(figures)
        of_table = self.of_table(from_publications[0])
        years = {figure.period.text for figure in from_publications if figure.period.kind in WHOLE_YEARS}
        newest = max(figure.period.end for figure in from_publications).toordinal()
        packs = library_stats(self.library).packs_of[figures[0].measure]
        return (
            unit_rank(self.unit_for(figures[0])),
            of_table,
            -len(years),
            -newest,
            -packs,
            -len(from_publications),
        )

    def breakdowns_for(self, place: str) -> tuple[Figure, ...]:
        """The figures divided otherwise than by platform: by sex or age of victims, by what was recorded."""
        return tuple(
            f for f in self.figures_for(place) if f.breakdown and not f.platform and self.unit_for(f) is not Unit.CHANGE
        )

    def any_force_figure(self) -> tuple[Figure, ...]:
        """A figure of the first police force area that has any, to tell whether a map can be drawn."""
        figure_counts = self.library.figure_counts()
        for place in self.library.places:
            if place.level is PlaceLevel.FORCE and place.code in figure_counts and self.counts_for(place.code):
                return self.counts_for(place.code)[:1]
        return ()

    def counts_for(self, place: str) -> tuple[Figure, ...]:
        """The figures that count something, undivided, those of the likeliest measure first."""
        return self._cached_figures("counts", place, lambda: self._select_counts(self.figures_for(place)))

    def repeated_counts_for(self, place: str) -> tuple[Figure, ...]:
        """Those of ``counts_for`` that are not the only ones about the same thing."""

        def select_repeated() -> tuple[Figure, ...]:
            counts = self.counts_for(place)
            often = Counter(subject_key(figure) for figure in counts)
            return tuple(figure for figure in counts if often[subject_key(figure)] > 1)

        return self._cached_figures("repeated", place, select_repeated)

    def _select_counts(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        plain = (f for f in figures if not f.platform and f.measure not in HEADS)
        return tuple(f for f in plain if self._is_count(f))

    def _is_count(self, figure: Figure) -> bool:
        """Whether it counts something undivided; a published change is divided only by what it is since."""
        unit = self.unit_for(figure)
        return unit in _COUNT_UNITS and (not figure.breakdown or unit is Unit.CHANGE)

    def shares_for(self, place: str) -> tuple[Figure, ...]:
        """The figures that are shares by platform."""
        return self._cached_figures(
            "shares",
            place,
            lambda: tuple(f for f in self.figures_for(place) if f.platform and self.unit_for(f) is Unit.PER_CENT),
        )

    def sub_aggregates(self, place: Place) -> tuple[Place, ...]:
        """Nations counted together under a place, whose figures stand beside its own and are not the same."""
        below = self.library.places.children(place.code)
        return tuple(one for one in below if one.level is PlaceLevel.NATIONS)


def select_measure(figure_query: FigureQuery, figures: tuple[Figure, ...], measure_id: str) -> tuple[Figure, ...]:
    """The figures of the wanted measure, or else of the likeliest: measures are never mixed.

    The likeliest counts offences and holds most whole years for the place; see
    ``FigureQuery.measure_sort_key``. Of published changes those since one and the same year are taken.
    """
    by_measure: dict[str, list[Figure]] = {figure.measure: [] for figure in figure_query.publication_figures(figures)}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    if not by_measure:
        return ()
    selected_measure = (
        measure_id
        if measure_id in by_measure
        else min(by_measure, key=lambda one: figure_query.measure_sort_key(by_measure[one]))
    )
    several = by_measure[selected_measure]
    return of_one_base(several) if figure_query.unit_for(several[0]) is Unit.CHANGE else tuple(several)


def of_one_base(changes: Sequence[Figure]) -> tuple[Figure, ...]:
    """The published changes since the year that most of them are since, the earliest of as many."""
    since = Counter(figure.breakdown for figure in changes)
    usual = min(since, key=lambda breakdown: (-since[breakdown], breakdown), default="")
    return tuple(figure for figure in changes if figure.breakdown == usual)
