"""The words of a disagreement's parts: its heading, and each side with its number, source and standing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from explorer.evidence.conflicts import Subject, subject_key
from explorer.evidence.model import Figure, Unit
from explorer.library.library import Library
from explorer.pages import words

from .side import DiscrepancySide

_MOST_PLACES = 3
"""How many places a heading names."""


def with_duplicates(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures that are not alone in being about their thing: only these can differ."""
    about: dict[Subject, list[Figure]] = {}
    for figure in figures:
        about.setdefault(subject_key(figure), []).append(figure)
    return tuple(figure for several in about.values() if len(several) > 1 for figure in several)


class DiscrepancyText:
    """Puts the parts of disagreements into words, with the names that a library holds."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def format_heading(self, figures: Sequence[Figure], places: Sequence[str], claims: Sequence[str]) -> str:
        """What it is about: "Lancashire, 2017/18: offences recorded", "Wales: a published claim"."""
        where = self._format_places(places if claims or not figures else [figure.place for figure in figures])
        if claims:
            return f"{where}: a published claim" if where else "A published claim"
        periods = {figure.period.text: figure.period for figure in figures}
        when = words.periods(list(periods.values())) if len(periods) < _MOST_PLACES else ""
        if not figures:
            return where
        place_and_period = f"{where}, {when}" if when else where
        short = f"{where}, {figures[0].period.label}" if when and len(periods) == 1 else where
        thing = self._describe_subject(figures)
        return words.shorten_title(f"{place_and_period}: {thing}", f"{short}: {thing}")

    def _format_places(self, codes: Sequence[str]) -> str:
        ordered_codes = sorted(dict.fromkeys(codes), key=self._library.places.position)
        names = [self._library.places.get(code).name for code in ordered_codes]
        if len(names) <= _MOST_PLACES:
            # "England and Wales, England and Wales" would be said of a whole that is named by its parts.
            whole_names = (one for one in names if words.join_list([n for n in names if n != one]) == one)
            return next(whole_names, words.join_list(names))
        return f"{names[0]} and {len(names) - 1} others"

    def _describe_subject(self, figures: Sequence[Figure]) -> str:
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

    def build_sides(self, figures: Sequence[Figure], preferred_id: str = "") -> tuple[DiscrepancySide, ...]:
        """A side for each figure; ``preferred_id`` is the one shown, empty where none is chosen between."""
        source_names = self._source_names([figure.source for figure in figures])
        return tuple(
            DiscrepancySide(
                figure=figure.id,
                amount=self._format_amount(figure, figures),
                source=source_names[figure.source],
                preferred=figure.id == preferred_id,
                why=_explain_side(figure),
                printed=f"{words.as_printed(figure)}, {figure.locator}",
            )
            for figure in figures
        )

    def _source_names(self, ids: Sequence[str]) -> dict[str, str]:
        """Sources by publisher and date, and by title too where that alone tells two of them apart."""
        sources = {i: self._library.source(i) for i in ids}
        names = {i: words.source_named(source) for i, source in sources.items()}
        twice = {name for name, number in Counter(names.values()).items() if number > 1}
        return {i: f"{n}, “{sources[i].title}”" if n in twice else n for i, n in names.items()}

    def _format_amount(self, figure: Figure, beside: Sequence[Figure]) -> str:
        """The amount, after what tells it from the others: measure, place, period, platform, division."""
        library = self._library
        mine = library.measure(figure.measure)
        alike = [one for one in {f.measure for f in beside} if library.measure(one).unit is mine.unit]
        parts = (
            (mine.id, alike, mine.name),
            (figure.place, [f.place for f in beside], library.places.get(figure.place).name),
            (figure.period.text, [f.period.text for f in beside], words.describe_period(figure.period)),
            (
                figure.platform,
                [f.platform for f in beside],
                library.platform(figure.platform).name if figure.platform else "",
            ),
            (figure.breakdown, [f.breakdown for f in beside], figure.breakdown),
        )
        context = ", ".join(name for _, among, name in parts if name and len(set(among)) > 1)
        amount_text = words.describe_amount(figure.amount, library.measure(figure.measure).unit, figure.base)
        return words.capitalise(f"{context}: {amount_text}" if context else amount_text)


def _explain_side(figure: Figure) -> str:
    forces = words.describe_forces(figure)
    if str(figure.forces_responding) in figure.coverage:
        forces = ""  # the coverage says it in its own words
    statements = (f"Forces responding: {forces}" if forces else "", figure.coverage, figure.note)
    return " ".join(words.to_sentence(part) for part in statements if part)
