"""What was done to a briefing, step by step, each with its name: undo and redo. Pure values."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from .model import Briefing

MOST_STEPS = 200
"""How many steps can be undone."""


class UndoStep(Struct, frozen=True, kw_only=True):
    """A change by its name ("remove chart") and the briefing that came of it.

    Steps of one ``run`` that follow each other are undone together: the letters of one title.
    """

    name: str
    briefing: Briefing
    merge_key: str = ""


class UndoStack(Struct, frozen=True, kw_only=True):
    """The steps from a briefing as it was opened to how it is now, and those that were undone."""

    steps: tuple[UndoStep, ...]
    """The first is the briefing as it was opened; its name is never shown."""
    at: int = 0

    @property
    def current(self) -> Briefing:
        """The briefing as it is."""
        return self.steps[self.at].briefing

    @property
    def undo_name(self) -> str:
        """The name of what would be undone; empty where there is nothing."""
        return self.steps[self.at].name if self.at else ""

    @property
    def redo_name(self) -> str:
        """The name of what would be done again; empty where there is nothing."""
        return self.steps[self.at + 1].name if self.at + 1 < len(self.steps) else ""

    def push(self, name: str, briefing: Briefing, merge_key: str = "") -> UndoStack:
        """After one more change, itself where nothing is different. What was undone is then let go."""
        if briefing == self.current:
            return self
        past_steps = self.steps[: self.at + 1]
        if merge_key and self.at and past_steps[-1].merge_key == merge_key:
            past_steps = past_steps[:-1]
        past_steps = (*past_steps, UndoStep(name=name, briefing=briefing, merge_key=merge_key))[-MOST_STEPS - 1 :]
        return UndoStack(steps=past_steps, at=len(past_steps) - 1)

    def step_back(self) -> UndoStack:
        """One step back; itself where there is none."""
        return replace(self, at=self.at - 1) if self.at else self

    def step_forward(self) -> UndoStack:
        """One step forward again; itself where there is none."""
        return replace(self, at=self.at + 1) if self.redo_name else self


def new_stack(briefing: Briefing) -> UndoStack:
    """No change yet."""
    return UndoStack(steps=(UndoStep(name="", briefing=briefing),))
