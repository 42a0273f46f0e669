"""A record held in memory answers what reasoning asks."""

from __future__ import annotations

import pytest

from explorer.evidence.model import Pack
from explorer.evidence.repository import InMemoryRepository, Repository
from tests.evidence.first_article import ARTICLE, CAMBS, COUNT, EAST, FIGURES, Q1, SHARE, UK, count, record, share


def answers(held: Repository) -> Repository:
    """A record in memory is a Record: the type checker sees it here."""
    return held


def test_figures_come_in_place_order_then_period_order_then_platform_order() -> None:
    backwards = record(drop=[f.id for f in FIGURES], add=reversed(FIGURES))
    ids = [figure.id for figure in answers(backwards).figures()]
    assert ids == [
        *("uk-ig-before", "uk-q1", "uk-ig-q1", "east-q1", "east-fb-q1", "east-ig-q1"),
        *("cambs-17", "cambs-18", "cambs-19", "cambs-q1"),
    ]


def test_figures_are_chosen_by_everything_asked_for() -> None:
    held = record()
    assert [f.id for f in held.figures(place=EAST, platform="")] == ["east-q1"]
    assert [f.id for f in held.figures(place=EAST, platform="instagram")] == ["east-ig-q1"]
    assert {f.place for f in held.figures(measure=SHARE)} == {UK, EAST}
    assert [f.id for f in held.figures(ids=["cambs-q1", "uk-q1", "gone"])] == ["uk-q1", "cambs-q1"]
    assert held.figures(place=CAMBS, measure=SHARE) == ()
    assert held.figures(ids=[]) == ()
    assert held.figure_counts()[CAMBS] == 4
    assert held.figure_counts().get("E07000008", 0) == 0


def test_things_are_known_by_id() -> None:
    held = record()
    assert held.measure(COUNT).id == COUNT
    assert held.platform("instagram").name == "Instagram"
    assert held.source(ARTICLE).publisher == "A paper"
    assert held.regions() == ()
    for ask in (held.measure, held.platform, held.source):
        with pytest.raises(KeyError):
            ask("nothing")


def test_events_come_the_earliest_first() -> None:
    assert [event.date for event in record().events()] == sorted(event.date for event in record().events())


def test_unknown_places_and_platforms_are_refused() -> None:
    with pytest.raises(ValueError, match='unknown place "nowhere"'):
        record(add=[count("nowhere", Q1, "3")])
    with pytest.raises(ValueError, match='unknown platform "smoke"'):
        record(add=[share(UK, Q1, "smoke", "3")])


def test_an_empty_record() -> None:
    none: list[Pack] = []
    held = InMemoryRepository(none, [])
    assert held.figures() == ()
    assert list(held.places) == []
