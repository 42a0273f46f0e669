"""Whatever a file held comes out as plain characters that may stand in XML."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import given, strategies as st

from explorer.support.safe_text import sanitise
from tests.render.samples import HOSTILE


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_always_well_formed_and_encodable(text: str) -> None:
    clean = sanitise(text)
    clean.encode("utf-8")
    assert ElementTree.fromstring(f"<t>{escape(clean)}</t>").text in (clean, None if clean == "" else clean)


@given(st.text(max_size=80), st.integers(2, 40))
def test_never_longer_than_asked(text: str, limit: int) -> None:
    assert len(sanitise(text, limit)) <= limit


def test_markup_is_left_as_written() -> None:
    assert sanitise("<b>a & b</b>") == "<b>a & b</b>"


def test_direction_marks_and_controls_go() -> None:
    assert sanitise("a\u202eb\u2066c\x00d\x07e\ufefff") == "abcdef"


def test_halves_of_pairs_and_unassigned_characters_are_replaced() -> None:
    assert sanitise("\ud800 \ufffe") == "\ufffd \ufffd"


def test_letters_of_every_script_stay() -> None:
    text = "Ynys Môn – Cymru, עברית, العربية, 日本 👩‍👧"
    assert sanitise(text) == text


def test_breaks_are_kept_or_become_spaces() -> None:
    assert sanitise("Apr–Jun\n2020") == "Apr–Jun\n2020"
    assert sanitise("Apr–Jun\n2020", breaks=False) == "Apr–Jun 2020"


def test_the_hostile_sample_is_shortened() -> None:
    assert sanitise(HOSTILE, 300).endswith("…")
    assert "\x00" not in sanitise(HOSTILE)
