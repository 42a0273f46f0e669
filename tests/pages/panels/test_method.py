"""The method page: its numbers are those that the rules use."""

from __future__ import annotations

from explorer.evidence.analysis import chance
from explorer.evidence.model import Verdict
from explorer.pages.panels.method import as_text, method_topics
from explorer.pages.panels.statements import VERDICT_WORDS


def test_the_numbers_of_the_page_follow_the_rules(monkeypatch):
    assert f"is {chance.SMALLEST_BASE} or more" in as_text(method_topics())
    monkeypatch.setattr("explorer.pages.panels.method.SMALLEST_BASE", 37)
    monkeypatch.setattr("explorer.pages.panels.method.RELIABLE_RATE", 41)
    changed = as_text(method_topics())
    assert "starts from is 37 or more" in changed
    assert "fewer than 41 offences is marked [u]" in changed


def test_every_verdict_is_defined():
    said = as_text(method_topics())
    assert all(f"{VERDICT_WORDS[weight]}: " in said for weight in Verdict)
