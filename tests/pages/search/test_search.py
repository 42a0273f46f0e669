"""The search: what is typed and what it leads to, on the shipped evidence."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from explorer.evidence.model import Pack
from explorer.library import full_text
from explorer.library.library import Library
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PanelKind, Question
from explorer.pages.page_builder import answer
from explorer.pages.search.navigation import navigation_target, panel_of
from explorer.pages.search.search import (
    HEADINGS,
    ResultKind,
    SearchResult,
    cut_excerpt,
    results_for_source,
    search_library,
)
from tests.run_sizes import scale_examples

CAMBRIDGESHIRE, EAST = "E23000023", "E12000006"
COMMANDS = (("theme-dark", "Dark"), ("packs", "List of packs…"), ("chart-trend", "Trend"))
HERE = Question(place=CAMBRIDGESHIRE)


def found(library, text, kind):
    return [result for result in search_library(library, text, COMMANDS) if result.kind is kind]


def first(library, text, kind):
    results = found(library, text, kind)
    assert results, f"{text!r} finds no {kind}"
    return results[0]


def shown(library, text, kind, question=HERE):
    """The page that the first result of a kind leads to."""
    result = first(library, text, kind)
    move = navigation_target(library, question, result)
    assert move is not None
    return result, answer(library, move.apply_to(question))


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("peterborough", ResultKind.PLACE, "Peterborough"),
        ("lancashre", ResultKind.PLACE, "Lancashire"),
        ("cambridgeshire 2018/19", ResultKind.FIGURE, "Cambridgeshire, 2018/19: 88 offences"),
        ("2018/19 cambridgeshire", ResultKind.FIGURE, "Cambridgeshire, 2018/19: 88 offences"),
        ("CAMBRIDGESHIRE 2018-19", ResultKind.FIGURE, "Cambridgeshire, 2018/19: 88 offences"),
        (
            "instagram 36% east of england",
            ResultKind.FIGURE,
            "East of England, April to June 2020, Instagram: "
            "36% of the 114 recorded offences, as the article prints it",
        ),
        (
            "36 percent instagram east",
            ResultKind.FIGURE,
            "East of England, April to June 2020, Instagram: "
            "36% of the 114 recorded offences, as the article prints it",
        ),
        (
            "kingdom 1,200",
            ResultKind.FIGURE,
            "United Kingdom, April to June 2020: at least 1,200 offences",
        ),
        ("kingdom 1200", ResultKind.FIGURE, "United Kingdom, April to June 2020: at least 1,200 offences"),
        (
            "east england june 2020 114",
            ResultKind.FIGURE,
            "East of England, April to June 2020: 114 offences",
        ),
        ("white paper published", ResultKind.EVENT, "Online Harms White Paper published"),
        ("sexual communication with", ResultKind.MEASURE, "Sexual communication with a child"),
        ("dark", ResultKind.COMMAND, "Dark"),
        ("list pac", ResultKind.COMMAND, "List of packs…"),
    ],
)
def test_what_is_typed_finds(library, text, kind, title):
    assert first(library, text, kind).title == title


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "cambridgeshire 2018/19",
            [
                "Cambridgeshire, 2018/19: 88 offences",
                "Cambridgeshire, 2018/19: 8 offences",
                "Cambridgeshire, 2018/19: 71 offences",
            ],
        ),
        (
            "east england june 2020 114",
            [
                "East of England, April to June 2020: 114 offences",
                "South East, April to June 2020: 114 offences",
            ],
        ),
    ],
)
def test_the_counts_of_every_source_are_found_the_newest_source_first(library, text, titles):
    assert [result.title for result in found(library, text, ResultKind.FIGURE)] == titles


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("duty of ca", ResultKind.DEMAND, "duty of care"),
        ("blind eye", ResultKind.QUOTE, "“"),
        ("simon bailey child", ResultKind.QUOTE, "child"),
        ("surge", ResultKind.CLAIM, "surge"),
        ("peterborough telegraph", ResultKind.SOURCE, "Instagram"),
    ],
)
def test_words_find_what_was_said(library, text, kind, part):
    assert part in first(library, text, kind).title


@pytest.mark.parametrize("text", ["", "   ", "!!!", '"', "zqxvj", "(", "AND zqxvj", "*", "\x00", "\ud800", "^:{}"])
def test_what_says_nothing_finds_nothing(library, text):
    assert search_library(library, text) == ()


@settings(
    max_examples=scale_examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(max_size=40) | st.text(alphabet='"*^:(){}+-ANDORNT kent2018/,\x00\ud800', max_size=20))
def test_anything_may_be_typed(library, text):
    for result in search_library(library, text, COMMANDS):
        assert result.title
        assert "\n" not in result.title


@settings(
    max_examples=scale_examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_figure_is_found_by_its_place_and_number(library, data):
    figure = data.draw(st.sampled_from(library.figures()))
    place = library.places.get(figure.place)
    assert figure.id in {
        one.id for one in library.find_figures(f"{figure.printed} {place.name} {figure.period.label}", 500)
    }


def test_case_and_accents_are_folded_and_order_is_free(library):
    assert search_library(library, "WÁNLESS Péter") == search_library(library, "peter wanless")


def test_groups_come_whole_and_in_order(library):
    kinds = [result.kind for result in search_library(library, "cambridgeshire", COMMANDS)]
    assert kinds[0] is ResultKind.PLACE
    assert [kind for kind in HEADINGS if kind in kinds] == list(dict.fromkeys(kinds))


def test_a_command_that_begins_as_typed_comes_first_and_a_mistyped_place_last(library):
    assert search_library(library, "dark", COMMANDS)[0].kind is ResultKind.COMMAND
    assert search_library(library, "trend", COMMANDS)[0].kind is ResultKind.COMMAND


def test_the_newest_undivided_count_comes_before_shares(library):
    titles = [result.title for result in found(library, "east of england", ResultKind.FIGURE)]
    assert "offences" in titles[0]
    assert "%" not in titles[0]


def test_one_publication_that_several_packs_hold_is_offered_once(library):
    sources = found(library, "peterborough telegraph", ResultKind.SOURCE)
    assert len({(source.title, source.detail) for source in sources}) == len(sources)


def test_a_limit_is_kept(library):
    assert len(search_library(library, "a", limit=5)) == 5


@pytest.mark.parametrize("typed", ["cambridgeshire 2018/19", "instagram 36%", "online harms white paper"])
def test_every_key_is_answered(library, typed: str):
    assert all(search_library(library, typed[:end], COMMANDS) for end in range(1, len(typed) + 1))


# ---- where results lead


def led(library, result):
    """The question that a result leads to from Cambridgeshire."""
    move = navigation_target(library, HERE, result)
    assert move is not None
    return move.apply_to(HERE)


def test_a_place_is_gone_to(library):
    result = first(library, "peterborough", ResultKind.PLACE)
    assert led(library, result).place == "E06000031"


@pytest.mark.parametrize(
    ("text", "chart"),
    [
        ("cambridgeshire 2018/19", ChartKind.TREND),
        ("instagram 36% east of england", ChartKind.PLATFORMS),
    ],
)
def test_a_figure_is_shown_drawn_and_selected(library, text, chart):
    bound = replace(HERE, since="2017/18", until="2017/18", panel=PanelKind.CLAIMS)
    result, page = shown(library, text, ResultKind.FIGURE, bound)
    assert page.selected == result.id
    assert page.chart.kind is chart
    assert result.id in page.chart.figure_ids()
    assert page.question.panel is PanelKind.EVIDENCE
    assert page.card is not None
    assert page.card.figure == result.id


@pytest.mark.parametrize("step", [37, pytest.param(1, marks=pytest.mark.slow)])
def test_every_figure_that_is_found_opens_its_evidence(library, step):
    for figure in library.figures()[::step]:
        result = SearchResult(kind=ResultKind.FIGURE, id=figure.id, title="")
        page = answer(library, led(library, result))
        assert page.card is not None
        assert page.card.figure == figure.id


@pytest.mark.parametrize(
    ("text", "kind", "panel"),
    [
        ("wanless", ResultKind.QUOTE, PanelKind.VOICES),
        ("duty of ca", ResultKind.DEMAND, PanelKind.DEMANDS),
        ("surge", ResultKind.CLAIM, PanelKind.CLAIMS),
    ],
)
def test_a_voice_is_in_the_part_that_opens(library, text, kind, panel):
    filtered = replace(HERE, words="nothing says this", speaker="Nobody")
    result, page = shown(library, text, kind, filtered)
    assert page.question.panel is panel is panel_of(result)
    assert result.id in {one.id for one in (*page.voices, *page.demands, *page.claims)}


def test_a_voice_that_bears_on_this_place_does_not_send_one_away(library):
    _, page = shown(library, "blind eye", ResultKind.QUOTE)
    assert page.asked.code == CAMBRIDGESHIRE


def test_an_event_leads_to_a_trend(library):
    _, page = shown(library, "white paper published", ResultKind.EVENT, replace(HERE, events=False))
    assert page.chart.kind is ChartKind.TREND
    assert page.question.events


def test_a_measure_is_shown_where_the_person_is(library):
    result, page = shown(library, "sexual communication with", ResultKind.MEASURE)
    assert page.asked.code == CAMBRIDGESHIRE
    assert {library.figure(figure.id).measure for figure in page.drawn} == {result.id}


def test_a_share_is_shown_where_there_is_one(library):
    result = next(r for r in found(library, "platform share", ResultKind.MEASURE))
    page = answer(library, led(library, result))
    assert page.chart.kind is ChartKind.PLATFORMS
    assert page.drawn


def test_what_is_there_no_longer_leads_nowhere(library):
    for kind in ResultKind:
        assert navigation_target(library, HERE, SearchResult(kind=kind, id="gone/away", title="")) is None


def test_a_source_gives_what_it_holds(library):
    source = library.figure("lockdown-2020/cambridgeshire-offences-2018-19").source
    held = results_for_source(library, source)
    assert held
    assert {result.kind for result in held} <= set(HEADINGS) - {ResultKind.PLACE, ResultKind.COMMAND}
    assert results_for_source(library, "no/such") == ()


# ---- text and large packs


def test_untrusted_text_stays_as_it_is_on_one_line():
    assert cut_excerpt("<b>x</b>\n & y", ()) == "<b>x</b> & y"
    long = "word " * 60 + "needle " + "word " * 60
    cut = cut_excerpt(long, ("needle",))
    assert "needle" in cut
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert len(cut) < 160


def test_a_large_pack_is_found_by_what_is_in_it_and_not_by_every_number(library, monkeypatch):
    monkeypatch.setattr(full_text, "EVERY_FIGURE", 30)
    some = next(f for f in library.figures() if f.id == "lockdown-2020/cambridgeshire-offences-2018-19")
    source = replace(library.source(some.source), id="large/one")
    many = tuple(
        replace(some, id=f"large/f{at}", pack="large", source="large/one", base_figure=None) for at in range(31)
    )
    opened = Library.open(None, library.places)
    opened.manager.add_pack(
        Pack(
            id="large",
            title="Large",
            version="1",
            publisher="",
            licence="CC0-1.0",
            created="2026-11-23T00:00:00Z",
            description="",
            sources=(source,),
            measures=(library.measure(some.measure),),
            figures=many,
        )
    )
    assert len(opened.find_figures("cambridgeshire", 100)) == 1
    assert opened.find_figures("71", 100) == ()
    opened.close()
