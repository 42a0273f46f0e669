"""What a sentence in the search asks for; nothing is guessed where words are left that name nothing known."""

import pytest
from hypothesis import given, strategies as st

from explorer.evidence.periods import parse_period
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import PanelKind, Question, ValueScale
from explorer.pages.search.intents import Intent, find_intents
from explorer.pages.search.navigation import command_of, navigation_target
from explorer.pages.search.search import ResultKind, search_library

NORFOLK, ESSEX, KENT, SUSSEX, CAMBS = "E23000024", "E23000028", "E23000032", "E23000033", "E23000023"
COMMANDS = (("brief-me", "Brief me on this place"),)
HERE = Question(place=CAMBS)


def asked(library, text):
    """The question that the first result of ``text`` leads to, and the command that is run there."""
    first = search_library(library, text, COMMANDS)[0]
    assert first.kind is ResultKind.PAGE, first
    return navigation_target(library, HERE, first).apply_to(HERE), command_of(first)


@pytest.mark.parametrize(
    ("text", "place", "beside"),
    [
        ("compare norfolk and essex", NORFOLK, (ESSEX,)),
        ("Compare Norfolk with Essex", NORFOLK, (ESSEX,)),
        ("Kent vs Essex", KENT, (ESSEX,)),
        ("comparing Kent, Sussex and Norfolk", KENT, (SUSSEX, NORFOLK)),
        ("compare West Midlands Police and Avon and Somerset", "E23000014", ("E23000036",)),
    ],
)
def test_places_are_compared(library, text, place, beside):
    question, _ = asked(library, text)
    assert (question.chart, question.place, question.beside) == (ChartKind.COMPARE, place, beside)


@pytest.mark.parametrize(
    ("text", "place", "chart"),
    [
        ("is it rising in peterborough", "E06000031", ChartKind.TREND),
        ("Has grooming increased in Kent?", KENT, ChartKind.TREND),
        ("how many offences in Norfolk", NORFOLK, ChartKind.TREND),
        ("which apps are used in the east of england", "E12000006", ChartKind.PLATFORMS),
        ("girls in the United Kingdom", "K02000001", ChartKind.BREAKDOWN),
    ],
)
def test_a_question_about_a_place_leads_to_its_chart(library, text, place, chart):
    question, command = asked(library, text)
    assert (question.place, question.chart, command) == (place, chart, "")


def test_a_briefing_is_asked_for_by_its_place(library):
    question, command = asked(library, "brief me on kent")
    assert (question.place, command) == (KENT, "brief-me")
    results = search_library(library, "brief me on kent", ())
    assert not [one for one in results if one.kind is ResultKind.PAGE]


@pytest.mark.parametrize(("text", "period"), [("map 2024/25", "2024/25"), ("map", ""), ("map of 2018/19", "2018/19")])
def test_a_map_is_asked_for_with_its_period(library, text, period):
    question, _ = asked(library, text)
    assert (question.chart, question.period, question.place) == (ChartKind.MAP, period, "K02000001")


def test_the_demands_are_a_page(library):
    question, _ = asked(library, "six demands")
    assert question.panel is PanelKind.DEMANDS


@pytest.mark.parametrize(
    "text", ["is knife crime rising in london", "is it rising?", "kent", "apps", "compare snapchat and whatsapp"]
)
def test_nothing_is_guessed(library, text):
    assert find_intents(library, text) == ()


def test_what_a_comparison_leaves_out_is_said(library):
    (one,) = find_intents(library, "compare norfolk and wibble")
    assert (one.title, one.detail) == ("Compare Norfolk with other places", "Left out: “wibble”")
    (many,) = find_intents(library, "compare kent, essex, norfolk, suffolk, sussex, surrey, devon")
    assert len(many.beside) == 5
    assert many.detail.startswith("Left out: ")
    (once,) = find_intents(library, "compare kent")
    assert once.detail == ""


def test_a_question_begins_with_the_usual_measure(library):
    first = search_library(library, "is it rising in kent", COMMANDS)[0]
    there = Question(place=CAMBS, measure="ho-71", scale=ValueScale.RATE)
    question = navigation_target(library, there, first).apply_to(there)
    assert (question.measure, question.scale) == (HERE.measure, HERE.scale)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("map 2023-24", "2023/24"),
        ("map 24/25", "2024/25"),
        ("2024/25 map", "2024/25"),
        ("MAP apr-jun 2020", "Apr-Jun 2020"),
    ],
)
def test_a_period_is_read_as_people_write_it(library, text, period):
    (intent,) = find_intents(library, text)
    assert parse_period(period).text == intent.period
    assert parse_period(period).label in intent.title


def test_nothing_that_is_only_like_a_word_stands_first(library):
    for text in ("is it worsening in wibble", "please compare wibble"):
        kinds = [one.kind for one in search_library(library, text, (*COMMANDS, ("chart-compare", "Compare")))]
        assert ResultKind.COMMAND not in kinds


def test_where_not_every_word_is_found_those_that_are_lead_on(library):
    titles = [one.title for one in search_library(library, "please show me kent snapchat banana", COMMANDS)]
    assert "Kent" in titles
    assert any("Snapchat" in title for title in titles)
    assert search_library(library, "zzz qqq xxx", COMMANDS) == ()


WORDS = ("compare", "map", "kent", "and", "essex", "in", "rising", "2024/25", ",", "?")


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_whatever_is_typed_gives_pages_that_can_be_shown(library, text):
    for intent in find_intents(library, text):
        assert Intent.from_id(intent.to_id()) == intent
        assert intent.title
        assert all(code in library.places for code in (intent.place, *intent.beside) if code)
