"""Words on slides: as large as they can be, over as many slides as they take, and none of them left out."""

from __future__ import annotations

import re

from hypothesis import given, strategies as st

from explorer.export.pptx.text_fit import (
    SlideParagraph,
    break_lines,
    count_lines,
    fit_to_slides,
    paragraph_height,
    text_width,
)

ROOM = (870.0, 320.0)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=3_000)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_letter_is_as_wide_as_helvetica_has_it():
    assert text_width("MMMM", 100) > 2 * text_width("iiii", 100)
    assert text_width("", 20) == 0
    assert text_width("Recorded offences", 20) == 2 * text_width("Recorded offences", 10)


@given(TEXT)
def test_lines_hold_the_whole_text_and_none_is_too_wide(text):
    told = list(break_lines(text, 20.0, ROOM[0]))
    assert "".join(line + between for line, between in told).removesuffix("\n") == text
    assert all(len(line) <= 1 or text_width(line, 20.0) <= ROOM[0] for line, _ in told)
    assert count_lines(text, 20.0, ROOM[0]) == len(told)


@given(st.lists(TEXT, max_size=12))
def test_no_word_is_left_out_and_no_slide_is_too_full(texts):
    several = [SlideParagraph(text=text, lead="Lead" if at % 2 else "", mark="[1]") for at, text in enumerate(texts)]
    pages = fit_to_slides(several, ROOM)
    told = "".join(one.text for page in pages for one in page)
    assert squeezed(told) == squeezed("".join(texts))
    for page in pages:
        assert sum(paragraph_height(one, ROOM[0]) for one in page) <= ROOM[1] * 1.2
    marks = [one.mark for page in pages for one in page if one.mark]
    assert marks == ["[1]"] * len(texts)


def test_few_words_keep_their_size_and_many_are_smaller_before_they_go_on():
    short = [SlideParagraph(text="A line.")]
    assert fit_to_slides(short, ROOM) == [tuple(short)]
    longer = [SlideParagraph(text="Some words that fill a line of the slide. " * 38)]
    (page,) = fit_to_slides(longer, ROOM)
    assert longer[0].least <= page[0].size < longer[0].size
    longest = [SlideParagraph(text="Some words that fill a line of the slide. " * 200)]
    pages = fit_to_slides(longest, ROOM)
    assert len(pages) > 1
    assert all(one.size >= one.least for page in pages for one in page)
