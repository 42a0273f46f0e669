"""One side of something that printed figures disagree on. A type only; ``list_discrepancies`` makes them."""

from __future__ import annotations

from msgspec import Struct


class DiscrepancySide(Struct, frozen=True, kw_only=True):
    """One side of a disagreement: its number, who printed it and when, and whether it is the one drawn."""

    figure: str
    amount: str
    source: str
    preferred: bool = False
    why: str = ""
    """What is said of it, such as the pack's note."""
    printed: str = ""
    """The number as the source prints it, with where in it: "“175”, table 2"."""

    @property
    def publication_text(self) -> str:
        """How the number was published: "published as “175”, table 2", or what it is our sum of."""
        return f"published as {self.printed}" if self.printed.startswith("“") else self.printed
