"""The words of a disagreement's parts: its heading, and each side with its number, source and standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from explorer.evidence.conflicts import Subject, subject
from explorer.evidence.model import Figure, Unit
from explorer.packs.library import Library

from . import words
from .side import Side

_MOST_PLACES = 3
"""How many places a heading names."""


def shared(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that are not alone in being about their thing: only these can differ."""
    about: dict[Subject, list[Figure]] = {}
    for figure in figures:
        about.setdefault(subject(figure), []).append(figure)
    return tuple(figure for several in about.values() if len(several) > 1 for figure in several)


class Words:
    """Puts the parts of disagreements into words, with the names that a library holds."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def heading(self, figures: Sequence[Figure], places: Sequence[str], claims: Sequence[str]) -> str:
        """What it is about: "Lancashire, 2017/18: offences recorded", "Wales: a published claim"."""
        where = self._places(places if claims or not figures else [figure.place for figure in figures])
        if claims:
            return f"{where}: a published claim" if where else "A published claim"
        periods = {figure.period.text: figure.period for figure in figures}
        when = words.periods(list(periods.values())) if len(periods) < _MOST_PLACES else ""
        if not figures:
            return where
        told = f"{where}, {when}" if when else where
        short = f"{where}, {figures[0].period.label}" if when and len(periods) == 1 else where
        thing = self._thing(figures)
        return words.short(f"{told}: {thing}", f"{short}: {thing}")

    def _places(self, codes: Sequence[str]) -> str:
        ordered = sorted(dict.fromkeys(codes), key=self._library.places.position)
        names = [self._library.places.get(code).name for code in ordered]
        if len(names) <= _MOST_PLACES:
            # "England and Wales, England and Wales" would be said of a whole that is named by its parts.
            told = (one for one in names if words.listed([n for n in names if n != one]) == one)
            return next(told, words.listed(names))
        return f"{names[0]} and {len(names) - 1} others"

    def _thing(self, figures: Sequence[Figure]) -> str:
        """What is counted: the platform and the division where all the figures share one."""
        measures = {figure.measure for figure in figures}
        unit = self._library.measure(figures[0].measure).unit
        lead = words.AXIS[unit] if unit is Unit.OFFENCES else words.LEAD[unit]
        if unit is Unit.PEOPLE and len(measures) == 1:
            lead = self._library.measure(figures[0].measure).name.replace(" living there,", "")
        platforms = {figure.platform for figure in figures}
        if len(measures) == 1 and len(platforms) == 1 and figures[0].platform:
            lead = f"{self._library.platform(figures[0].platform).name}, {lead[:1].lower()}{lead[1:]}"
        else:
            lead = lead[:1].lower() + lead[1:]
        breakdowns = {figure.breakdown for figure in figures}
        return f"{lead} ({figures[0].breakdown})" if len(breakdowns) == 1 and figures[0].breakdown else lead

    def sides(self, figures: Sequence[Figure], preferred: str = "") -> tuple[Side, ...]:
        """A side for each figure; ``preferred`` is the one shown, empty where none is chosen between."""
        named = self._sources([figure.source for figure in figures])
        return tuple(
            Side(
                figure=figure.id,
                amount=self._amount(figure, figures),
                source=named[figure.source],
                preferred=figure.id == preferred,
                why=_why(figure),
                printed=f"{words.as_printed(figure)}, {figure.locator}",
            )
            for figure in figures
        )

    def _sources(self, ids: Sequence[str]) -> dict[str, str]:
        """Sources by publisher and date, and by title too where that alone tells two of them apart."""
        sources = {i: self._library.source(i) for i in ids}
        named = {i: words.source_named(source) for i, source in sources.items()}
        twice = {name for name, number in Counter(named.values()).items() if number > 1}
        return {i: f"{n}, “{sources[i].title}”" if n in twice else n for i, n in named.items()}

    def _amount(self, figure: Figure, beside: Sequence[Figure]) -> str:
        """The amount, after what tells it from the others: measure, place, period, platform, division."""
        library = self._library
        mine = library.measure(figure.measure)
        alike = [one for one in {f.measure for f in beside} if library.measure(one).unit is mine.unit]
        parts = (
            (mine.id, alike, mine.name),
            (figure.place, [f.place for f in beside], library.places.get(figure.place).name),
            (figure.period.text, [f.period.text for f in beside], words.period(figure.period)),
            (
                figure.platform,
                [f.platform for f in beside],
                library.platform(figure.platform).name if figure.platform else "",
            ),
            (figure.breakdown, [f.breakdown for f in beside], figure.breakdown),
        )
        told = ", ".join(name for _, among, name in parts if name and len(set(among)) > 1)
        said = words.amount(figure.amount, library.measure(figure.measure).unit, figure.base)
        return words.capital(f"{told}: {said}" if told else said)


def _why(figure: Figure) -> str:
    forces = words.forces(figure)
    if str(figure.forces_responding) in figure.coverage:
        forces = ""  # the coverage says it in its own words
    said = (f"Forces responding: {forces}" if forces else "", figure.coverage, figure.note)
    return " ".join(words.sentence(part) for part in said if part)
