"""What exhibits are put together from: sources, numbers and remarks in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from explorer.evidence import Figure, Period, formatting
from explorer.evidence.analysis import DerivedKind
from explorer.library import Library
from explorer.pages import answer
from explorer.pages.model import Annotation, Calculation, Page, Question, SourceRef
from explorer.pages.text import phrases

from .model import ItemNumber


def format_annotations(several: Iterable[Annotation]) -> tuple[str, ...]:
    """Where the record differs, each once, with everybody who says so."""
    sources_by_text: dict[tuple[str, str], list[str]] = {}
    for one in several:
        sources_by_text.setdefault((one.heading, one.text), []).append(one.source)
    return tuple(
        f"{heading}: {text} ({'; '.join(dict.fromkeys(sources))})"
        for (heading, text), sources in sources_by_text.items()
    )


_LEADING = (
    DerivedKind.CHANGE,
    DerivedKind.PERCENTAGE_CHANGE,
    DerivedKind.AGAINST_AVERAGE_QUARTER,
    DerivedKind.RATE,
    DerivedKind.NATIONAL_SHARE,
)
"""The kinds of worked-out figures that are asked for first."""


def rank_calculations(several: Iterable[Calculation], figures: Iterable[Figure]) -> list[Calculation]:
    """Worked-out figures with one of each kind first: of the longest stretch, and of these the latest."""
    period_by_id = {figure.id: figure.period for figure in figures}
    rest = list(several)
    first: list[Calculation] = []
    for kind in _LEADING:
        alike = [one for one in rest if one.kind == kind]
        if alike:
            best = max(
                alike,
                key=lambda one: _period_span([period_by_id[i] for i in one.inputs if i in period_by_id]),
            )
            first.append(best)
            rest.remove(best)
    return [*first, *rest]


def _period_span(periods: Sequence[Period]) -> tuple[int, int]:
    """How many days lie between the ends of the periods, and the day of the last."""
    ends = [period.end.toordinal() for period in periods]
    return (max(ends) - min(ends), max(ends)) if ends else (0, 0)


def describe_calculation(one: Calculation) -> str:
    """A worked-out figure in a sentence, with how it was got."""
    return " ".join(part for part in (one.text, f"({one.formula})", one.caveat) if part)


def split_calculation(sentence: str) -> tuple[str, str, str]:
    """The text, the formula and the caveat of a sentence that ``describe_calculation`` made.

    No caveat holds brackets, so the formula is the last group of them, with what it has inside. Of any other
    sentence all is text.
    """
    depth, start, bracket_span = 0, 0, None
    for at, character in enumerate(sentence):
        if character == "(":
            start = start if depth else at
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            bracket_span = bracket_span if depth else (start, at)
    if bracket_span is None or depth or not sentence[: bracket_span[0]].strip():
        return sentence, "", ""
    start, end = bracket_span
    return sentence[:start].rstrip(), sentence[start + 1 : end], sentence[end + 1 :].strip()


def build_numbers(library: Library, figures: Iterable[Figure]) -> tuple[ItemNumber, ...]:
    """The figures as an item showed them."""
    return tuple(
        ItemNumber(
            figure=f.id,
            label=_describe_figure(library, f),
            amount=formatting.format_amount(f.amount, library.measure(f.measure).unit),
        )
        for f in figures
    )


def _describe_figure(library: Library, figure: Figure) -> str:
    platform = library.platform(figure.platform).name if figure.platform else ""
    parts = (platform, library.places.get(figure.place).name, formatting.period_in_sentence(figure.period))
    return ", ".join(part for part in parts if part)


def join_citations(library: Library, figures: Iterable[Figure]) -> str:
    """The sources of the figures, each once, with where in them."""
    citations = (phrases.citation(library.source(f.source), f.locator) for f in figures)
    return "; ".join(dict.fromkeys(citations))


def build_source_refs(library: Library, ids: Iterable[str]) -> tuple[SourceRef, ...]:
    """The sources of those ids, each once."""
    several = [library.source(one) for one in dict.fromkeys(ids)]
    return tuple(
        SourceRef(id=s.id, title=s.title, publisher=s.publisher, address=s.address, date=s.published) for s in several
    )


def build_unfiltered_page(library: Library, question: Question) -> Page:
    """The question's page with what is said and disputed of all places."""
    return answer(library, replace(question, everywhere=True, speaker="", words=""))
