"""Golden files, which a change has to be looked at to renew; and what says one text wherever it can."""

import os
from datetime import date
from pathlib import Path

import pytest

from explorer.briefing.model import Exhibit
from explorer.pages.key_points import SummaryPoint
from explorer.pages.model.page import CardFact, SourceRef
from explorer.pages.panels import provenance

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(monkeypatch):
    """Compare with a kept file. RENEW_GOLDEN=1 writes it anew; read the difference before it is committed."""
    monkeypatch.setattr(provenance, "today", lambda: date(2026, 11, 28))  # figures say how old they are

    def check(name, text):
        path = GOLDEN / name
        if os.environ.get("RENEW_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return check


@pytest.fixture
def saying():
    """What an item shows whose every word is the text that is given."""

    def made(text):
        return Exhibit(
            title=text,
            subtitle=text,
            text=f"“{text}\n\n{text}”",
            speaker=text,
            facts=(CardFact(label="Why", text=text), CardFact(label=text, text=text)),
            points=(SummaryPoint(lead=text, text=text, sources=("s",)),),
            notes=(text,),
            workings=(f"{text} ({text}) {text}",),
            source_line=text,
            sources=(SourceRef(id="s", title=text, publisher=text, address=text, date=text),),
        )

    return made
