"""What may be chosen for a chart, and what choosing it does."""

from __future__ import annotations

from explorer.evidence.conflicts import Preference
from explorer.pages.charts.options import comparison_candidates
from explorer.pages.model.chart import ChartKind, MarkFill
from explorer.pages.model.question import (
    Question,
    TrendStyle,
    ValueScale,
    mark_events,
    select_period,
    select_place,
    set_period_range,
    set_preference,
)
from explorer.pages.page_builder import answer

UK, KENT, LANCASHIRE, NI = "K02000001", "E23000032", "E23000003", "N92000002"


def asked(library, *moves, **fields):
    question = Question(**fields)
    for move in moves:
        question = move.apply_to(question)
    return answer(library, question)


def test_a_range_leaves_out_what_lies_outside_and_says_so(library):
    page = asked(library, set_period_range("2019/20", "2021/22"), place=NI)
    assert {f.period.label for f in page.drawn} == {"2019/20", "2020/21", "2021/22"}
    assert any("from 2019/20 to 2021/22" in note for note in page.chart.notes)
    assert [c.id for c in page.choices.since if c.chosen] == ["2019/20"]
    assert [c.id for c in page.choices.until if c.chosen] == ["2021/22"]


def test_a_range_that_holds_nothing_or_is_none_shows_everything(library):
    every = asked(library, place=NI).drawn
    assert asked(library, set_period_range("1999/00", "2000/01"), place=NI).drawn == every
    assert asked(library, set_period_range("someday", "never"), place=NI).drawn == every


def test_events_are_marked_where_they_lie_once_they_are_asked_for(library):
    page = asked(library, mark_events(True), place=UK)
    events = {flag.name: flag.at for flag in page.chart.flags if not flag.break_}
    paper = next(at_ for name, at_ in events.items() if "Online Harms White Paper published" in name)
    assert abs(paper - (2019 + (3 + 7.5 / 30) / 12)) < 0.01
    hidden = asked(library, place=UK)
    assert not [flag for flag in hidden.chart.flags if not flag.break_]
    assert [flag for flag in hidden.chart.flags if flag.break_]
    assert (page.choices.events, hidden.choices.events) == (True, False)


def test_each_event_is_marked_once_and_only_where_it_bears(library):
    kent = [flag.name for flag in asked(library, mark_events(True), place=KENT).chart.flags if not flag.break_]
    assert kent
    assert len(kent) == len(set(kent))
    assert not any("Scotland" in name or "Northern Ireland" in name for name in kent)


def test_the_rule_is_offered_only_where_sources_differ(library):
    assert asked(library, place=KENT).choices.rules == ()
    page = asked(library, place=NI, measure="scc-offences")
    assert [c.id for c in page.choices.rules if c.chosen] == [Preference.NEWEST.value]
    assert _shown(page, "2019/20") == [184]
    first = asked(library, set_preference(Preference.FIRST), place=NI, measure="scc-offences")
    assert [c.id for c in first.choices.rules if c.chosen] == [Preference.FIRST.value]
    assert _shown(first, "2019/20") == [186]


def test_no_rule_prefers_a_figure_in_doubt(library):
    """Lancashire's 64 of 2017/18 is newer than 175, and its own release shows that it cannot be."""
    for rule in Preference:
        page = asked(library, set_preference(rule), place=LANCASHIRE, measure="scc-offences")
        assert _shown(page, "2017/18") == [175]
        assert page.chart.title == "Lancashire: up from 175 to 252 offences since 2017/18"
        drawn = {d.label: d.fill for series in page.chart.series for d in series.data}
        assert (drawn["175"], drawn["64 in doubt"]) == (MarkFill.SOLID, MarkFill.HOLLOW)


def _shown(page, period):
    """The numbers of a period that are drawn as the ones to read."""
    told = {d.figure: d for series in page.chart.series for d in series.data}
    own = [f for f in page.drawn if f.period.label == period and f.id in told]
    return [told[f.id].value for f in own if told[f.id].fill is MarkFill.SOLID]


def test_a_period_of_a_chart_that_shows_one_can_be_chosen(library):
    page = asked(library, select_period("2023/24"), place=UK, chart=ChartKind.PLATFORMS)
    assert {f.period.label for f in page.drawn} == {"2023/24"}
    assert [c.label for c in page.choices.periods if c.chosen] == ["2023/24"]
    assert {f.period.label for f in asked(library, place=UK, chart=ChartKind.PLATFORMS).drawn} == {"2024/25"}


def test_a_map_has_its_periods_scales_and_bases(library):
    page = asked(library, place=UK, chart=ChartKind.MAP, scale=ValueScale.CHANGE)
    assert {c.id for c in page.choices.scales} == {"count", "change", "rate", "children"}
    assert [c.id for c in page.choices.bases if c.chosen] == ["2017/18"]
    assert len(page.choices.periods) > 1


def test_what_a_chart_cannot_use_is_not_offered(library):
    page = asked(library, place=KENT)
    assert page.choices.scales == page.choices.beside == page.choices.periods == ()
    assert page.choices.by_value is None
    assert not page.choices.can_add
    lines = asked(library, place=KENT, chart=ChartKind.COMPARE, style=TrendStyle.LINE)
    assert lines.choices.by_value is None
    assert lines.choices.events is None


def test_candidates_share_a_period_and_are_not_taken(library):
    found = comparison_candidates(library, Question(place=KENT, beside=(LANCASHIRE,)))
    codes = [one.code for one in found]
    assert "E23000028" in codes
    assert KENT not in codes
    assert LANCASHIRE not in codes
    assert all(one.figures > 0 for one in found)
    assert [one.code for one in comparison_candidates(library, Question(place=KENT), "esse")] == ["E23000028"]


def test_going_elsewhere_keeps_how_one_looks(library):
    page = asked(library, select_place(LANCASHIRE), place=KENT, chart=ChartKind.COMPARE, scale=ValueScale.CHANGE)
    assert page.question.scale is ValueScale.CHANGE
    assert page.chart.kind is ChartKind.COMPARE
