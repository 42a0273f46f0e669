"""Questions as JSON, the moves that change them, and the way back."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.pages import question as q
from explorer.pages.chart import ChartKind
from explorer.pages.question import History, Question

questions = st.builds(
    Question,
    place=st.text(min_size=1, max_size=12),
    chart=st.sampled_from(ChartKind),
    view=st.sampled_from(q.View),
    style=st.sampled_from(q.Style),
    measure=st.text(max_size=8),
    beside=st.lists(st.text(max_size=8), max_size=6).map(tuple),
    figure=st.text(max_size=8),
    panel=st.sampled_from(q.Panel),
    speaker=st.text(max_size=8),
    words=st.text(max_size=8),
    everywhere=st.booleans(),
)
moves = st.one_of(
    st.builds(q.go, st.sampled_from(["E1", "E2", "W1"])),
    st.builds(q.draw, st.sampled_from(ChartKind)),
    st.builds(q.style, st.sampled_from(q.Style)),
    st.builds(q.select, st.sampled_from(["a", "b"])),
    st.builds(q.listen, words=st.sampled_from(["", "law"])),
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
    with pytest.raises(ValueError, match=r"a question|beside|not a valid|Expecting"):
        Question.from_json(text)


def test_going_elsewhere_lets_the_selected_figure_go():
    assert q.go("E2").applied(Question(place="E1", figure="f")).figure == ""


def test_setting_places_beside_asks_for_the_comparison():
    asked = q.beside("E2", "E3").applied(Question(place="E1"))
    assert (asked.beside, asked.chart) == (("E2", "E3"), ChartKind.COMPARE)


@given(st.lists(moves, max_size=30))
def test_back_and_forward_retrace_every_remembered_step(several):
    history = History((Question(place="UK"),))
    for move in several:
        history = history.asked(move)
    end = history.now
    steps = 0
    while history.can_go_back:
        history, steps = history.back(), steps + 1
    assert history.now.place == "UK"
    assert not history.can_go_back
    for _ in range(steps):
        history = history.forward()
    assert history.now == end
    assert not history.can_go_forward


def test_filtering_is_not_a_step_back():
    history = History((Question(place="UK"),)).asked(q.go("E1")).asked(q.listen(words="law"))
    assert history.now.words == "law"
    assert history.back().now == Question(place="UK")


def test_asking_anew_after_going_back_drops_what_was_ahead():
    history = History((Question(place="UK"),)).asked(q.go("E1")).back().asked(q.go("E2"))
    assert [step.place for step in history.questions] == ["UK", "E2"]


def test_a_long_walk_keeps_a_bounded_memory():
    history = History((Question(place="UK"),))
    for number in range(500):
        history = history.asked(q.go(f"E{number}"))
    assert len(history.questions) == 200
    assert history.now.place == "E499"


def test_every_field_of_a_question_is_read_back():
    """A field added to Question without its reader would be lost from bookmarks."""
    assert set(q._FIELDS) == {field.name for field in msgspec.structs.fields(Question)}
