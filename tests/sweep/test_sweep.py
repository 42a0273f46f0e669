"""No page and no draft says of two figures what they cannot bear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from explorer.briefing.draft import generate_draft
from explorer.library.library import Library
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.support import paths
from tests.sweep import walk
from tests.sweep.ledger import Ledger
from tests.sweep.pages import Reader

_PARTS = 6
"""The slow sweep is run in so many parts, side by side."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Ledger(paths.packs_folder(), paths.places_folder()))


def _swept(
    library: Library, reader: Reader, questions: Iterable[Question], *, deep: bool = True, whole: bool = False
) -> int:
    """How many pages were read. Fails with each fault, the page that shows it and how many show it."""
    found: Counter[str] = Counter()
    shown: dict[str, str] = {}
    pages = 0
    for question in questions:
        pages += 1
        for fault in reader.page(library, answer(library, question, brief=not whole), deep=deep):
            found[fault] += 1
            shown.setdefault(fault, question.to_json())
    told = [f"{many} x {fault}\n    {shown[fault]}" for fault, many in found.most_common(40)]
    assert not found, f"{len(found)} faults on {pages} pages:\n" + "\n".join(told)
    return pages


def _drafted(library: Library, reader: Reader, places: Iterable[str]) -> int:
    items, found = 0, list[str]()
    for place in places:
        for item in generate_draft(library, place).items:
            items += 1
            found += [f"{place}: {item.heading}: {fault}" for fault in reader.item(item)]
    assert not found, f"{len(found)} faults:\n" + "\n".join(found[:40])
    return items


def test_no_page_of_a_place_says_what_its_figures_cannot_bear(library: Library, reader: Reader):
    assert _swept(library, reader, walk.few(library), deep=False) > 140


def test_a_whole_page_says_no_more_than_its_figures_bear(library: Library, reader: Reader):
    questions = [Question(place=code) for code in walk.places(library)[::15]]
    assert _swept(library, reader, questions, whole=True) > 3


def test_no_pair_or_six_of_places_says_what_its_figures_cannot_bear(library: Library, reader: Reader):
    assert _swept(library, reader, walk.together(library, pairs=24, sixes=8), deep=False) == 32


def test_no_draft_says_what_its_figures_cannot_bear(library: Library, reader: Reader):
    assert _drafted(library, reader, walk.places(library)[4::30]) > 20


@pytest.mark.slow
@pytest.mark.parametrize("part", range(_PARTS))
def test_no_page_at_all_says_what_its_figures_cannot_bear(library: Library, reader: Reader, part: int):
    assert _swept(library, reader, walk.every(library, part, _PARTS)) > 1000


@pytest.mark.slow
def test_every_whole_page_says_no_more_than_its_figures_bear(library: Library, reader: Reader):
    questions = [Question(place=code) for code in walk.places(library)]
    assert _swept(library, reader, questions, whole=True) == len(questions)


@pytest.mark.slow
def test_every_pair_of_places_and_many_sixes_say_no_more(library: Library, reader: Reader):
    pairs = len(walk.places(library)) * (len(walk.places(library)) - 1) // 2
    assert _swept(library, reader, walk.together(library, pairs=None, sixes=200)) == pairs + 200


@pytest.mark.slow
def test_no_draft_of_any_place_says_what_its_figures_cannot_bear(library: Library, reader: Reader):
    assert _drafted(library, reader, walk.places(library)) > 400
