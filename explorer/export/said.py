"""What is said of a place by kind - quotes, demands, claims, conflicts - as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import to_builtins

from explorer.export import text
from explorer.pages.model.page import Page

KINDS = ("quotes", "demands", "claims", "conflicts")
"""Every kind that can be asked for."""
_WRITERS: dict[str, Callable[[Any], str]] = {
    "quotes": text.voices_text,
    "demands": text.demands_text,
    "claims": text.claims_text,
    "conflicts": text.conflicts_text,
}


def said_json(page: Page, kinds: Sequence[str]) -> str:
    """Those of the page by kind, as indented JSON. Raises KeyError for a kind that is none."""
    payload = {kind: [to_builtins(item) for item in _items_by_kind(page)[kind][0]] for kind in kinds}
    return json.dumps(payload, ensure_ascii=False, indent=2)


def said_text(page: Page, kinds: Sequence[str]) -> str:
    """Those of the page under the name of each kind. Raises KeyError for a kind that is none."""
    parts: list[str] = []
    for kind in kinds:
        items, empty = _items_by_kind(page)[kind]
        parts.append(f"{kind.capitalize()}\n\n{_WRITERS[kind](items) if items else empty}".rstrip())
    return "\n\n".join(parts)


def _items_by_kind(page: Page) -> dict[str, tuple[Sequence[Any], str]]:
    return {
        "quotes": (page.voices, page.voices_empty),
        "demands": (page.demands, page.demands_empty),
        "claims": (page.claims, page.claims_empty),
        "conflicts": (page.disagreements, page.disagreements_empty),
    }
