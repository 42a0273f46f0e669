"""How much work something is, counted in lines of Python that are run: the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

_LOOKED_THROUGH = "explorer.evidence.repository"
"""A record in memory is looked through from end to end for each question; a library has an index instead."""


def lines_run(work: Callable[[], object]) -> int:
    """How many lines ``work`` runs, those of all that it calls too, but for how a record finds its figures.

    It is run twice and counted the second time, when what is kept between calls is there.
    """
    work()
    count = 0

    def watch(frame: FrameType, event: str, _given: object) -> Any:
        nonlocal count
        if frame.f_globals.get("__name__") == _LOOKED_THROUGH:
            return None
        count += event == "line"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
