"""The questions that the sweep asks: every place, chart, measure, scale, rule and grain, pairs and sixes."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from msgspec.structs import replace

from explorer.evidence.conflicts import Preference
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PeriodGranularity, Question, TrendStyle, ValueScale
from explorer.pages.page_builder import answer

_SEED = 14
_SCALED = frozenset({ChartKind.COMPARE, ChartKind.MAP})
_STYLED = frozenset({ChartKind.TREND, ChartKind.COMPARE})
SIXES = 6
_DRAWN = 2
"""So many periods and bases of each page, where not all are taken."""


def places(library: Library) -> list[str]:
    """The codes of the places with evidence, in place order."""
    held = library.figure_counts()
    return [place.code for place in library.places if place.code in held]


def charts(library: Library, place: str, *, rule: Preference = Preference.NEWEST) -> Iterator[Question]:
    """Each chart that can be drawn of a place, by each measure that it may show."""
    for kind in ChartKind:
        asked = Question(place=place, chart=kind, rule=rule)
        page = answer(library, asked, brief=True)
        if page.chart.kind is kind:
            yield from (replace(asked, measure=one.id) for one in page.measures)


def ways(question: Question) -> Iterator[Question]:
    """A question on every scale, in every style and by both grains that its chart may have."""
    scales = tuple(ValueScale) if question.chart in _SCALED else (question.scale,)
    styles = tuple(TrendStyle) if question.chart in _STYLED else (question.style,)
    for scale in scales:
        for style in styles:
            yield replace(question, scale=scale, style=style)
            lines = question.chart is ChartKind.TREND or style is TrendStyle.LINE
            if question.chart in _STYLED and lines:
                yield replace(question, scale=scale, style=style, grain=PeriodGranularity.QUARTERS)


def periods(library: Library, question: Question) -> Iterator[Question]:
    """A question at each period, and from each base, that its page offers."""
    offered = answer(library, question, brief=True).choices
    yield from (replace(question, period=one.id) for one in offered.periods if one.id)
    yield from (replace(question, base=one.id) for one in offered.bases)


def every(library: Library, part: int = 0, parts: int = 1) -> Iterator[Question]:
    """Every page of one place: all places, charts, measures, scales, styles, grains, periods and rules.

    In ``parts``, the places are dealt out like cards; a map is in the first part. Of the periods and bases
    that a page offers, the sweep takes a few by lot; all of them where HARMS_EXPLORER_SWEEP is "whole".
    """
    chosen, whole = random.Random(_SEED), os.environ.get("HARMS_EXPLORER_SWEEP") == "whole"
    for at, place in enumerate(places(library)):
        if at % parts != part:
            continue
        for rule in Preference:
            for question in charts(library, place, rule=rule):
                if question.chart is ChartKind.MAP and at:
                    continue  # a map is the same whichever place it is opened from
                for way in ways(question):
                    yield way
                    if question.chart is not ChartKind.TREND:
                        offered = list(periods(library, way))
                        yield from offered if whole else chosen.sample(offered, min(_DRAWN, len(offered)))
        yield Question(place=place, chart=ChartKind.SHIFT, groups=True)


def few(library: Library) -> Iterator[Question]:
    """Some of them, the same each time: each place over time, and a share of all the rest."""
    chosen = random.Random(_SEED)
    for at, place in enumerate(places(library)):
        rule = tuple(Preference)[at % 2]
        first = Question(place=place, rule=rule)
        page = answer(library, first, brief=True)
        measures = [one.id for one in page.measures]
        yield replace(first, grain=PeriodGranularity.YEARS if at % 3 else PeriodGranularity.QUARTERS)
        if at % 2:
            yield replace(first, measure=chosen.choice(measures) if measures else "")
        drawn = [ChartKind(one.id) for one in page.charts if not one.why_not]
        for kind in drawn:
            if kind is ChartKind.COMPARE and at % 3 == 1:
                asked = replace(first, chart=kind, measure=chosen.choice(["", *measures]))
                yield chosen.choice(list(ways(asked)))
            elif kind not in {ChartKind.TREND, ChartKind.COMPARE, ChartKind.MAP}:
                yield replace(first, chart=kind)
    yield from maps(library, chosen)


def maps(library: Library, chosen: random.Random) -> Iterator[Question]:
    """The map of each measure on one scale, and some of the changes that it offers."""
    mapped = Question(place="K02000001", chart=ChartKind.MAP)
    for at, one in enumerate(answer(library, mapped, brief=True).measures):
        yield replace(mapped, measure=one.id, scale=tuple(ValueScale)[at % len(ValueScale)])
    change = replace(mapped, measure="ho-88a", scale=ValueScale.CHANGE)
    yield from chosen.sample(list(periods(library, change)), 3)
    yield from (replace(change, base=base, period=period) for base, period in _QUARTERS)


_QUARTERS = (("2020-04/2020-06", "2020-07/2020-09"), ("2020-04/2020-06", "2021-04/2021-06"))


def beside(several: Sequence[str], chosen: random.Random) -> Iterator[Question]:
    """Places side by side, on a scale and in a style that are drawn by lot."""
    asked = Question(place=several[0], chart=ChartKind.COMPARE, beside=tuple(several[1:]))
    yield chosen.choice(list(ways(asked)))


def together(library: Library, pairs: int | None, sixes: int) -> Iterator[Question]:
    """Pairs of places (all where ``pairs`` is None) and so many sixes, each in one way by lot."""
    chosen, codes = random.Random(_SEED), places(library)
    every_pair = list(combinations(codes, 2))
    for pair in every_pair if pairs is None else chosen.sample(every_pair, pairs):
        yield from beside(pair, chosen)
    rows = [codes[at : at + SIXES] for at in range(len(codes) - SIXES + 1)]
    drawn = (chosen.sample(codes, SIXES) for _ in range(sixes))
    for six in islice([*chosen.sample(rows, min(len(rows), sixes // 2)), *drawn], sixes):
        yield from beside(six, chosen)
