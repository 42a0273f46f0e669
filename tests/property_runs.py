"""How many examples a property is tried on: a few in the plain run, all of them in the slow one.

The profile says how many of a hundred are tried; ``tests/conftest.py`` chooses it by the run.
"""

from __future__ import annotations

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
