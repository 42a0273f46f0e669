"""What the plain run leaves to the slow one: most examples of a property, and most cases of a long sweep.

The profile says how many of a hundred examples are tried; ``tests/conftest.py`` chooses it by the run.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

PLAIN, WHOLE = "plain", "whole"
_OF_A_HUNDRED = {PLAIN: 10, WHOLE: 100}

for _name, _many in _OF_A_HUNDRED.items():
    # How long an example takes says how fast the machine is: there is no deadline.
    settings.register_profile(
        _name, settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=_many
    )


def scale_examples(whole: int) -> int:
    """How many examples this run tries of a property that the slow run tries on ``whole``."""
    return max(5, whole * settings.default.max_examples // 100)


def plain_and_slow(cases: Iterable[Any], plain: int = 1) -> list[Any]:
    """The cases of a parametrised test: the first ``plain`` of them in every run, the others in the slow one."""
    several = list(cases)
    return [*several[:plain], *(pytest.param(case, marks=pytest.mark.slow) for case in several[plain:])]


def plain_and_slow_rows(rows: Iterable[tuple[Any, ...]], plain: int = 1) -> list[Any]:
    """``plain_and_slow`` for a test of several parameters: each row is a case."""
    several = list(rows)
    return [*several[:plain], *(pytest.param(*row, marks=pytest.mark.slow) for row in several[plain:])]


def count_kills(plain: int, whole: int) -> list[Any]:
    """How many times a process is killed: a few in every run, ``whole`` or as many as are asked for in the slow one."""
    return plain_and_slow([plain, int(os.environ.get("HARMS_EXPLORER_KILLS", whole))])
