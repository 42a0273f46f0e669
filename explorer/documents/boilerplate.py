"""What every document of a briefing carries: what it rests on, when it was made, and where help is."""

from __future__ import annotations

import datetime

from explorer import __version__
from explorer.briefing import Briefing
from explorer.evidence import formatting
from explorer.pages.text import phrases
from explorer.support import sanitise

HELP_HEADING = "Where help is"
HELP_LINES = (
    ("NSPCC helpline", "0808 800 5000, help@nspcc.org.uk"),
    ("Childline", "0800 1111"),
    ("CEOP Safety Centre", "for telling the police about sexual abuse or grooming online"),
)
"""Who helps, and how they are reached. No opening hours: those change."""
HELP_CHECK = "Check before you print: numbers and addresses can change."
_LONGEST = 20_000


def safe_text(text: str, limit: int = _LONGEST) -> str:
    """A text as any document can hold it: no control characters, no marks that turn its direction."""
    return sanitise(text, limit)


def made_on(day: datetime.date | None = None) -> str:
    """The sentence that says when and with what a document was made."""
    today = day or datetime.datetime.now().astimezone().date()
    return f"Made on {formatting.format_date(today.isoformat())} with Online Harms Explorer {__version__}, offline."


def provenance_line(briefing: Briefing) -> str:
    """The sentence that names the evidence packs and their versions."""
    packs = briefing.pack_versions()
    return f"Evidence packs: {'; '.join(packs)}." if packs else "It holds no evidence."


def format_byline(briefing: Briefing) -> str:
    """Author, audience and date, as far as they are given."""
    audience = f"for {briefing.audience}" if briefing.audience else ""
    return ", ".join(part for part in (briefing.author, audience, briefing.date) if part)


def boilerplate_text(briefing: Briefing) -> tuple[str, ...]:
    """The lines that stand on every document."""
    return (made_on(), provenance_line(briefing), phrases.MORE_RECORDING)
