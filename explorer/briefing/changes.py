"""What was done to a briefing, step by step, each with its name: undo and redo. Pure values."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from .document import Briefing

MOST_STEPS = 200
"""How many steps can be undone."""


class Step(Struct, frozen=True, kw_only=True):
    """A change by its name ("remove chart") and the briefing that came of it.

    Steps of one ``run`` that follow each other are undone together: the letters of one title.
    """

    name: str
    briefing: Briefing
    run: str = ""


class Changes(Struct, frozen=True, kw_only=True):
    """The steps from a briefing as it was opened to how it is now, and those that were undone."""

    steps: tuple[Step, ...]
    """The first is the briefing as it was opened; its name is never shown."""
    at: int = 0

    @property
    def now(self) -> Briefing:
        """The briefing as it is."""
        return self.steps[self.at].briefing

    @property
    def undo(self) -> str:
        """The name of what would be undone; empty where there is nothing."""
        return self.steps[self.at].name if self.at else ""

    @property
    def redo(self) -> str:
        """The name of what would be done again; empty where there is nothing."""
        return self.steps[self.at + 1].name if self.at + 1 < len(self.steps) else ""

    def done(self, name: str, briefing: Briefing, run: str = "") -> Changes:
        """After one more change, itself where nothing is different. What was undone is then let go."""
        if briefing == self.now:
            return self
        kept = self.steps[: self.at + 1]
        if run and self.at and kept[-1].run == run:
            kept = kept[:-1]
        kept = (*kept, Step(name=name, briefing=briefing, run=run))[-MOST_STEPS - 1 :]
        return Changes(steps=kept, at=len(kept) - 1)

    def undone(self) -> Changes:
        """One step back; itself where there is none."""
        return replace(self, at=self.at - 1) if self.at else self

    def redone(self) -> Changes:
        """One step forward again; itself where there is none."""
        return replace(self, at=self.at + 1) if self.redo else self


def begun(briefing: Briefing) -> Changes:
    """No change yet."""
    return Changes(steps=(Step(name="", briefing=briefing),))
