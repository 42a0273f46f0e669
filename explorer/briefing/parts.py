"""What exhibits are put together from: sources, numbers and remarks in the words of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from explorer.evidence.derived import DerivedKind
from explorer.evidence.model import Figure, Period
from explorer.packs.library import Library
from explorer.pages import words
from explorer.pages.answer import answer
from explorer.pages.page import Cited, Page, Remark, Working
from explorer.pages.question import Question

from .document import Number


def remarks(several: Iterable[Remark]) -> tuple[str, ...]:
    """Where the record differs, each once, with everybody who says so."""
    told: dict[tuple[str, str], list[str]] = {}
    for one in several:
        told.setdefault((one.heading, one.text), []).append(one.source)
    return tuple(
        f"{heading}: {text} ({'; '.join(dict.fromkeys(sources))})"
        for (heading, text), sources in told.items()
    )


_LEADING = (
    DerivedKind.CHANGE,
    DerivedKind.PERCENTAGE_CHANGE,
    DerivedKind.AGAINST_AVERAGE_QUARTER,
    DerivedKind.RATE,
    DerivedKind.NATIONAL_SHARE,
)
"""The kinds of worked-out figures that are asked for first."""


def leading(several: Iterable[Working], figures: Iterable[Figure]) -> list[Working]:
    """Worked-out figures with one of each kind first: of the longest stretch, and of these the latest."""
    held = {figure.id: figure.period for figure in figures}
    rest = list(several)
    first: list[Working] = []
    for kind in _LEADING:
        alike = [one for one in rest if one.kind == kind]
        if alike:
            best = max(alike, key=lambda one: _stretch([held[i] for i in one.inputs if i in held]))
            first.append(best)
            rest.remove(best)
    return [*first, *rest]


def _stretch(periods: Sequence[Period]) -> tuple[int, int]:
    """How many days lie between the ends of the periods, and the day of the last."""
    ends = [period.end.toordinal() for period in periods]
    return (max(ends) - min(ends), max(ends)) if ends else (0, 0)


def worked(one: Working) -> str:
    """A worked-out figure in a sentence, with how it was got."""
    return " ".join(part for part in (one.text, f"({one.formula})", one.caveat) if part)


def apart(told: str) -> tuple[str, str, str]:
    """The text, the formula and the caveat of a sentence that ``worked`` made.

    No caveat holds brackets, so the formula is the last group of them, with what it has inside. Of any other
    sentence all is text.
    """
    depth, start, found = 0, 0, None
    for at, character in enumerate(told):
        if character == "(":
            start = start if depth else at
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            found = found if depth else (start, at)
    if found is None or depth or not told[: found[0]].strip():
        return told, "", ""
    start, end = found
    return told[:start].rstrip(), told[start + 1 : end], told[end + 1 :].strip()


def numbers(library: Library, figures: Iterable[Figure]) -> tuple[Number, ...]:
    """The figures as an item showed them."""
    return tuple(
        Number(
            figure=f.id,
            label=_about(library, f),
            amount=words.numbers(f.amount, library.measure(f.measure).unit),
        )
        for f in figures
    )


def _about(library: Library, figure: Figure) -> str:
    platform = library.platform(figure.platform).name if figure.platform else ""
    parts = (platform, library.places.get(figure.place).name, words.period(figure.period))
    return ", ".join(part for part in parts if part)


def named(library: Library, figures: Iterable[Figure]) -> str:
    """The sources of the figures, each once, with where in them."""
    told = (words.cited(library.source(f.source), f.locator) for f in figures)
    return "; ".join(dict.fromkeys(told))


def cited(library: Library, ids: Iterable[str]) -> tuple[Cited, ...]:
    """The sources of those ids, each once."""
    several = [library.source(one) for one in dict.fromkeys(ids)]
    return tuple(
        Cited(id=s.id, title=s.title, publisher=s.publisher, address=s.address, date=s.published)
        for s in several
    )


def everywhere(library: Library, question: Question) -> Page:
    """The question's page with what is said and disputed of all places."""
    return answer(library, replace(question, everywhere=True, speaker="", words=""))
