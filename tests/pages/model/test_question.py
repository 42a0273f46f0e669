"""Questions as JSON, the moves that change them, and the way back."""

import json

import msgspec
import pytest
from hypothesis import given, strategies as st

from explorer.pages.model import question as q
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import Question, QuestionHistory

questions = st.builds(
    Question,
    place=st.text(min_size=1, max_size=12),
    chart=st.sampled_from(ChartKind),
    view=st.sampled_from(q.PageView),
    style=st.sampled_from(q.TrendStyle),
    measure=st.text(max_size=8),
    beside=st.lists(st.text(max_size=8), max_size=6).map(tuple),
    figure=st.text(max_size=8),
    panel=st.sampled_from(q.PanelKind),
    speaker=st.text(max_size=8),
    words=st.text(max_size=8),
    everywhere=st.booleans(),
)
moves = st.one_of(
    st.builds(q.select_place, st.sampled_from(["E1", "E2", "W1"])),
    st.builds(q.select_chart, st.sampled_from(ChartKind)),
    st.builds(q.set_style, st.sampled_from(q.TrendStyle)),
    st.builds(q.select_figure, st.sampled_from(["a", "b"])),
    st.builds(q.filter_voices, words=st.sampled_from(["", "law"])),
)


@given(questions)
def test_a_question_survives_json(question):
    assert Question.from_json(question.to_json()) == question


def test_unknown_fields_are_passed_over():
    assert Question.from_json('{"place": "E1", "from a later version": 3}') == Question(place="E1")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"place": 3}', '{"place": "E1", "chart": "pie"}', '{"place": "E1", "beside": "E2"}'],
)
def test_what_is_no_question_is_refused(text):
    with pytest.raises(ValueError, match="not a question"):
        Question.from_json(text)


def test_going_elsewhere_lets_the_selected_figure_go():
    assert q.select_place("E2").apply_to(Question(place="E1", figure="f")).figure == ""


def test_setting_places_beside_asks_for_the_comparison():
    asked = q.compare_with("E2", "E3").apply_to(Question(place="E1"))
    assert (asked.beside, asked.chart) == (("E2", "E3"), ChartKind.COMPARE)


@given(st.lists(moves, max_size=30))
def test_back_and_forward_retrace_every_remembered_step(several):
    history = QuestionHistory((Question(place="UK"),))
    for move in several:
        history = history.push(move)
    end = history.current
    steps = 0
    while history.can_go_back:
        history, steps = history.go_back(), steps + 1
    assert history.current.place == "UK"
    assert not history.can_go_back
    for _ in range(steps):
        history = history.go_forward()
    assert history.current == end
    assert not history.can_go_forward


def test_filtering_is_not_a_step_back():
    history = QuestionHistory((Question(place="UK"),)).push(q.select_place("E1")).push(q.filter_voices(words="law"))
    assert history.current.words == "law"
    assert history.go_back().current == Question(place="UK")


def test_asking_anew_after_going_back_drops_what_was_ahead():
    history = QuestionHistory((Question(place="UK"),)).push(q.select_place("E1")).go_back().push(q.select_place("E2"))
    assert [step.place for step in history.questions] == ["UK", "E2"]


def test_a_long_walk_keeps_a_bounded_memory():
    history = QuestionHistory((Question(place="UK"),))
    for number in range(500):
        history = history.push(q.select_place(f"E{number}"))
    assert len(history.questions) == 200
    assert history.current.place == "E499"


def test_every_field_of_a_question_is_read_back():
    """A field that was written and not read would be lost from bookmarks."""
    written = json.loads(Question(place="E1").to_json())
    assert set(written) == {field.name for field in msgspec.structs.fields(Question)}
