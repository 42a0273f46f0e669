"""Conflicts as the command line and the contract give them: every side, its source and its standing."""

import json

import pytest
from msgspec.structs import replace

from explorer.export.page import json_contract, plain_text
from explorer.pages.model.question import Question
from explorer.pages.page_builder import answer
from explorer.pages.panels.discrepancies import list_discrepancies, no_discrepancies_message

LANCASHIRE, CUMBRIA = "E23000003", "E23000002"


@pytest.fixture
def page(library):
    question = Question(place=LANCASHIRE)
    told = list_discrepancies(library, question, library.places.get(LANCASHIRE))
    return replace(answer(library, question), disagreements=told)


def test_every_side_is_in_the_text_with_its_standing(page):
    told = plain_text.said_text(page, ["conflicts"])
    assert told.startswith("Conflicts\n\nLancashire, 2017/18: offences recorded (published differently)")
    flat = " ".join(told.split())
    assert "* 175 offences, shown; Burnley Express, 1 March 2019, published as “175”" in flat
    assert "o 64 offences, not shown; Lancaster & Morecambe Citizen, September 2019" in flat
    assert all(len(line) <= 96 for line in told.splitlines())


def test_sides_that_nobody_chose_between_have_no_standing(page):
    one = page.disagreements[0]
    unchosen = tuple(replace(side, preferred=False) for side in one.sides)
    told = plain_text.conflicts_text([replace(one, sides=unchosen)])
    assert "shown;" not in told
    assert told.count("\n  - ") == len(unchosen)


def test_kinds_are_told_one_after_the_other_and_an_empty_one_says_why(library, page):
    why = no_discrepancies_message(page.question, page.asked)
    told = plain_text.said_text(
        replace(page, disagreements=(), disagreements_empty=why), ["claims", "conflicts", "quotes"]
    )
    assert told.index("Claims") < told.index("Conflicts") < told.index(why) < told.index("Quotes")


def test_the_json_of_what_is_said_has_every_side(page):
    (first, *_) = json.loads(plain_text.said_json(page, ["conflicts"]))["conflicts"]
    assert [(side["amount"], side["preferred"]) for side in first["sides"]] == [
        ("175 offences", True),
        ("64 offences", False),
    ]


def test_the_contract_gives_conflicts_in_one_shape(library, page):
    conflicts = json.loads(json_contract.page_json(library, page))["conflicts"]
    assert all({"heading", "text", "source", "kind", "sides"} <= set(one) for one in conflicts)
    lancashire = next(one for one in conflicts if one["heading"].startswith("Lancashire, 2017/18"))
    assert {side["amount"] for side in lancashire["sides"]} == {"175 offences", "64 offences"}
    assert "Burnley Express, 1 March 2019" in lancashire["source"]
    assert not any(one["heading"] == "Other figures for the same thing" for one in conflicts)
