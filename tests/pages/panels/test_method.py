"""The method page: README says the same, and its numbers are those that the rules use."""

from __future__ import annotations

import re
from pathlib import Path

from explorer.evidence.analysis import chance
from explorer.evidence.model import Verdict
from explorer.pages.panels.method import NAME, as_text, method_topics
from explorer.pages.panels.statements import VERDICT_WORDS

README = Path(__file__).parents[3] / "README.md"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_readme_has_every_rule_and_reference_of_the_method_page():
    section = _flat(README.read_text(encoding="utf-8").partition(f"## {NAME}\n")[2].partition("\n## ")[0])
    for topic in method_topics():
        assert f"**{topic.heading}**" in section
        for line in (*topic.rules, *topic.references):
            assert _flat(line) in section, line


def test_the_readme_has_no_rule_that_the_method_page_has_not():
    section = README.read_text(encoding="utf-8").partition(f"## {NAME}\n")[2].partition("\n## ")[0]
    listed = [_flat(one) for one in re.findall(r"(?ms)^- (.*?)(?=^- |^\*\*|^$|\Z)", section)]
    known = {_flat(line) for topic in method_topics() for line in topic.rules}
    known |= {f"*{_flat(line)}.*" for topic in method_topics() for line in topic.references}
    assert {one.strip() for one in listed} == known


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
