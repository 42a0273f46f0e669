"""What a first draft about a place takes: which charts, disagreements, claims, quotes and demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from explorer.evidence import Place, PlaceLevel, Unit
from explorer.evidence.analysis import can_lead, find_series, whole_years
from explorer.library import Library
from explorer.pages import answer
from explorer.pages.model import ChartKind, ChartShape, Page, Question, TrendStyle, ValueScale

_QUOTES, _DEMANDS, _CLAIMS, _CONFLICTS, _MOST_CHANGES = 4, 6, 4, 3, 2
"""The most of each that a draft takes: it is a draft to be cut and added to, not all that there is."""
_WIDE = frozenset({PlaceLevel.UK, PlaceLevel.NATIONS, PlaceLevel.NATION})
_FEW = 3


class DraftSelection(Struct, frozen=True, kw_only=True):
    """What a draft takes, in order: questions of charts, and ids of what is said."""

    question: Question
    page: Page
    """The page of the place over time."""
    charts: tuple[Question, ...]
    """What is recorded at the place itself."""
    platforms: Question | None
    """The platforms of the place, or of the nearest place above it that we hold any for."""
    breakdown: Question | None
    """The chart by sex and age, where the place has more than one figure of them."""
    singles: tuple[str, ...]
    """Figures by sex, age or platform that are the only ones of their kind: a chart would draw one bar."""
    printed_changes: tuple[str, ...]
    """The newest changes that sources publish of the place itself."""
    beside: tuple[Question, ...]
    conflicts: tuple[str, ...]
    claims: tuple[str, ...]
    quotes: tuple[str, ...]
    demands: tuple[str, ...]

    def chart_questions(self) -> tuple[Question, ...]:
        """Every chart of the draft in order."""
        platforms = (self.platforms,) if self.platforms else ()
        return (*self.charts, *platforms, *self.beside)


def select_draft(library: Library, place: str) -> DraftSelection:
    """What a draft about the place takes. Raises KeyError for a code that is no place."""
    library.places.get(place)
    question = Question(place=place)
    page = answer(library, question)
    charts, lone = _select_own_charts(library, page)
    platforms, single = _select_platforms(library, page)
    return DraftSelection(
        question=question,
        page=page,
        charts=charts,
        breakdown=next((one for one in charts if one.chart is ChartKind.BREAKDOWN), None),
        printed_changes=_select_printed_changes(library, page),
        platforms=platforms,
        singles=(*lone, *single),
        beside=tuple(_iter_comparisons(library, page)),
        conflicts=tuple(one.id for one in page.disagreements[:_CONFLICTS]),
        claims=_select_claims(library, page),
        quotes=_select_quotes(library, page),
        demands=_select_demands(library, page),
    )


def _available_chart_ids(page: Page) -> set[str]:
    return {choice.id for choice in page.charts if not choice.why_not}


def _find_chart_page(library: Library, question: Question) -> Page | None:
    """The page of a question, where it can be answered as asked."""
    page = answer(library, question, brief=True)
    has_chart = page.chart.kind is question.chart and page.chart.figure_ids()
    return page if has_chart else None


def _select_own_charts(library: Library, page: Page) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The charts of the place itself, and the figures of those that would draw one bar."""
    charts: list[Question] = []
    lone: list[str] = []
    for kind in (ChartKind.TREND, ChartKind.BREAKDOWN, ChartKind.SHIFT):
        question = Question(place=page.question.place, chart=kind)
        chart_page = _find_chart_page(library, question) if kind.value in _available_chart_ids(page) else None
        if chart_page is None:
            continue
        if kind is ChartKind.BREAKDOWN and len(chart_page.chart.figure_ids()) == 1:
            lone += chart_page.chart.figure_ids()
        else:
            charts.append(question)
    return tuple(charts), tuple(lone)


def _select_platforms(library: Library, page: Page) -> tuple[Question | None, tuple[str, ...]]:
    """The nearest chart of two platforms or more, and the figure of a platform that stands alone."""
    single: tuple[str, ...] = ()
    for code in (page.place.code, *(above.code for above in library.places.ancestors(page.place.code))):
        question = Question(place=code, chart=ChartKind.PLATFORMS)
        chart_page = _find_chart_page(library, question)
        if chart_page is None or chart_page.place.code != code:
            continue
        if len(chart_page.chart.figure_ids()) > 1:
            return question, single
        if code == page.place.code:
            single = chart_page.chart.figure_ids()
    return None, single


def _iter_comparisons(library: Library, page: Page) -> Iterator[Question]:
    """The region beside the nation, the place beside its neighbours, and the map of a nation's forces."""
    yield from _iter_wider_comparisons(library, page)
    neighbours = Question(place=page.question.place, chart=ChartKind.COMPARE)
    if ChartKind.COMPARE.value in _available_chart_ids(page):
        chart_page = _find_chart_page(library, neighbours)
        places = {f.place for f in chart_page.drawn if f.amount.number is not None} if chart_page else set[str]()
        if chart_page and len(places) >= _FEW and page.place.code in places:
            yield neighbours
    question = Question(place=page.question.place, chart=ChartKind.MAP)
    if page.place.level in _WIDE and ChartKind.MAP.value in _available_chart_ids(page):
        chart_page = _find_chart_page(library, question)
        own = {below.code for below in library.places.descendants(page.place.code)}
        if chart_page and (page.place.level is PlaceLevel.UK or own & {figure.place for figure in chart_page.drawn}):
            yield question


def _iter_wider_comparisons(library: Library, page: Page) -> Iterator[Question]:
    """The region, or the place where it is in none, beside the nearest larger place: change, platforms."""
    steps = (page.place, *library.places.ancestors(page.place.code))
    lower = next((one for one in steps if one.level is PlaceLevel.REGION), None)
    lower = lower or next((one for one in steps if one.level is PlaceLevel.NATION), None)
    if lower is None:
        return
    several = (lower.code, *(above.code for above in library.places.ancestors(lower.code)))
    change = _since_break(library, lower, _counts_of(page))
    shares = Question(place=lower.code, chart=ChartKind.COMPARE, measure=_shares_of(library, several))
    for question in (change, shares):
        comparison = _first_comparable(library, question, several[1:]) if question.measure else None
        if comparison is not None:
            yield comparison


def _since_break(library: Library, place: Place, measure: str) -> Question:
    """The question of change since the first year after the last break of the measure, if it has one."""
    question = Question(
        place=place.code,
        chart=ChartKind.COMPARE,
        scale=ValueScale.CHANGE,
        style=TrendStyle.LINE,
        measure=measure,
    )
    series_breaks = library.measure(measure).breaks if measure else ()
    if not series_breaks:
        return question
    since = max(one.day for one in series_breaks)
    years = [y for y in whole_years(find_series(library, place.code, measure)) if y.period.start >= since]
    return replace(question, since=years[0].period.text, base=years[0].period.text) if years else question


def _counts_of(page: Page) -> str:
    """The measure that the page counts over time; empty where it draws nothing."""
    return page.drawn[0].measure if page.drawn else ""


def _shares_of(library: Library, places: Iterable[str]) -> str:
    """The measure of the platform shares that we hold for the first of the places that has any."""
    for code in places:
        chart_page = _find_chart_page(library, Question(place=code, chart=ChartKind.PLATFORMS))
        if chart_page is not None and chart_page.place.code == code and chart_page.drawn:
            return chart_page.drawn[0].measure
    return ""


def _first_comparable(library: Library, question: Question, above: Iterable[str]) -> Question | None:
    """The question with the nearest larger place beside it that has a number to set against its own."""
    for code in above:
        candidate = replace(question, beside=(code,))
        page = _find_chart_page(library, candidate)
        if page is None or {f.measure for f in page.drawn} != {question.measure}:
            continue
        if {f.place for f in page.drawn} >= {question.place, code} and _is_comparable(page):
            return candidate
    return None


def _is_comparable(page: Page) -> bool:
    """Whether two places have a number at one mark; of lines, whether each has two."""
    points = [
        (number, datum.at if page.chart.shape is ChartShape.LINES else round(datum.at))
        for number, series in enumerate(page.chart.series)
        for datum in series.data
        if datum.value is not None
    ]
    marks: dict[float, set[int]] = {}
    for number, at in points:
        marks.setdefault(at, set()).add(number)
    common_mark_count = sum(len(series_numbers) > 1 for series_numbers in marks.values())
    return common_mark_count >= (2 if page.chart.shape is ChartShape.LINES else 1)


def _select_printed_changes(library: Library, page: Page) -> tuple[str, ...]:
    """Published changes of the place, the newest first."""
    changes = [
        figure
        for figure in library.figures(place=page.asked.code, platform="")
        if library.measure(figure.measure).unit is Unit.CHANGE and can_lead(figure)
    ]
    changes.sort(key=lambda figure: (figure.period.end, figure.id), reverse=True)
    return tuple(figure.id for figure in changes[:_MOST_CHANGES])


def _select_demands(library: Library, page: Page) -> tuple[str, ...]:
    """Those of the latest publication that has any, and those of the one that has the most."""
    demands_by_id = {demand.id: demand for demand in library.demands()}
    groups: dict[str, list[str]] = {}
    for one in page.demands:
        if one.id in demands_by_id:
            groups.setdefault(demands_by_id[one.id].source, []).append(one.id)
    if not groups:
        return ()
    latest = max(groups, key=lambda source: library.source(source).published)
    most = max(groups, key=lambda source: len(groups[source]))
    return tuple(one for source in dict.fromkeys((latest, most)) for one in groups[source][:_DEMANDS])


def _select_claims(library: Library, page: Page) -> tuple[str, ...]:
    """Those about the place first, then those about what holds it, and of these the latest published."""
    claims = {claim.id: claim for claim in library.claims()}
    near = _distances_by_id(library, page.asked, {claim.id: claim.places for claim in claims.values()})
    nearby_ids = [one.id for one in page.claims if one.id in near]
    nearby_ids.sort(key=lambda one: library.source(claims[one].source).published, reverse=True)
    nearby_ids.sort(key=lambda one: near[one])
    selected_ids = set(nearby_ids[:_CLAIMS])
    return tuple(one.id for one in page.claims if one.id in selected_ids)


def _select_quotes(library: Library, page: Page) -> tuple[str, ...]:
    """Those to the letter first, and those that name the place before those that name its nation."""
    near = _distances_by_id(library, page.asked, {quote.id: quote.places for quote in library.quotes()})
    quote_views = sorted((v for v in page.voices if v.id in near), key=lambda v: (near[v.id], not v.verbatim))
    return tuple(voice.id for voice in quote_views[:_QUOTES])


def _distances_by_id(library: Library, place: Place, about: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Those about the place, what holds it or everywhere, with how many steps above it that is.

    What names a place and the country that it lies in is about that place, and not about the country.
    """
    steps = [place.code, *(above.code for above in library.places.ancestors(place.code))]
    towns = {one.code for one in library.places.descendants(place.code) if one.level is PlaceLevel.LOCAL_AUTHORITY}
    own = towns if place.level is PlaceLevel.FORCE else set[str]()
    distances: dict[str, int] = {}
    for one, codes in about.items():
        specific_codes = [code for code in codes if not any(code in _ancestor_codes(library, other) for other in codes)]
        if not specific_codes:
            distances[one] = len(steps)
        elif own & set(specific_codes):
            distances[one] = 0
        elif set(specific_codes) & set(steps):
            distances[one] = min(steps.index(code) for code in specific_codes if code in steps)
    return distances


def _ancestor_codes(library: Library, code: str) -> set[str]:
    """The codes of what holds a place; of nations counted together, also what they are part of."""
    return {above.code for above in library.places.ancestors(code)} if code in library.places else set()
