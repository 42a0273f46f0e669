"""Where pages break, and how wide columns are: nothing overflows, and what belongs together stays so."""

from __future__ import annotations

from math import ceil

import pytest

from explorer.documents.blocks import column_widths
from explorer.render.document.blocks import TOGETHER, StripSize, find_page_breaks


def width(text: str, head: bool) -> float:
    return len(text) * (6.0 if head else 5.0)


def test_pages_are_filled_and_none_overflows():
    sizes = [StripSize(10, 2) for _ in range(100)]
    starts = find_page_breaks(sizes, 100)
    assert starts[0] == 0
    for start, end in zip(starts, [*starts[1:], len(sizes)], strict=True):
        assert sum(size.high + size.before for size in sizes[start:end]) - 2 <= 100
    assert len(starts) == 13  # eight strips to a page


def test_a_heading_goes_to_the_next_page_with_what_it_stands_over():
    sizes = [*(StripSize(10) for _ in range(8)), StripSize(10), StripSize(30, 0, TOGETHER)]
    assert find_page_breaks(sizes, 100) == [0, 8]


def test_the_cheapest_break_is_taken():
    sizes = [StripSize(10, 0, 30.0) for _ in range(12)]
    sizes[9] = StripSize(10, 0, 0.0)
    assert find_page_breaks(sizes, 100) == [0, 9]


def test_the_header_of_a_table_takes_room_where_it_is_painted_again():
    bare, headed = ([StripSize(10, 0, 0, again) for _ in range(30)] for again in (0.0, 50.0))
    assert len(find_page_breaks(bare, 100)) == 3
    assert len(find_page_breaks(headed, 100)) == 5


def test_what_is_higher_than_a_page_stands_alone():
    assert find_page_breaks([StripSize(10), StripSize(500), StripSize(10)], 100) == [0, 1, 2]


def test_nothing_needs_no_page():
    assert find_page_breaks([], 100) == []


@pytest.mark.parametrize("room", [300.0, 600.0])
def test_columns_fill_the_room_and_hold_their_longest_word(room):
    columns = [("Year", "2017/18"), ("Number", "66"), ("Source", "A paper that has a long name " * 4)]
    widths = column_widths(columns, width, room)
    assert sum(widths) == pytest.approx(room)
    for texts, wide in zip(columns, widths, strict=True):
        assert wide >= max(width(word, False) for text in texts for word in text.split())
    assert widths[2] == max(widths)


def test_rows_are_lower_than_in_columns_of_one_width():
    columns = [
        ("When", *("April to June 2020",) * 5),
        ("Number", *("66",) * 5),
        ("Where", *("Many words that can be broken anywhere they are " * 2,) * 5),
    ]

    def high(widths: list[float]) -> int:
        rows = zip(*columns, strict=True)
        return sum(max(ceil(width(t, False) / w) for t, w in zip(r, widths, strict=True)) for r in rows)

    assert high(column_widths(columns, width, 400.0)) < high([400.0 / 3] * 3)


def test_a_word_of_ten_thousand_letters_leaves_room_for_the_others():
    widths = column_widths([("A", "x" * 10_000), ("B", "short words")], width, 300.0)
    assert sum(widths) == pytest.approx(300.0)
    assert widths[1] >= width("short", False)
