"""Where each check of a claim is registered: its name, its settings and its function, in one place.

Adding a check is writing one function under ``claim_check`` in a module that ``claims`` imports.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from explorer.evidence.model import Claim
from explorer.evidence.repository import Repository

from .base import CheckResult

Check = Callable[[Claim, Repository], CheckResult]


class RegisteredCheck(Struct, frozen=True, kw_only=True):
    """A check, by what name it is called and which settings it takes."""

    name: str
    weigh: Check
    needs: tuple[str, ...]
    """The settings it cannot do without."""
    may: tuple[str, ...] = ()
    """The settings it can take besides."""
    one_of: tuple[str, ...] = ()
    """Settings of which it needs at least one."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Every setting that it reads."""
        return (*self.needs, *self.one_of, *self.may)


_REGISTERED_CHECKS: dict[str, RegisteredCheck] = {}
REGISTERED_CHECKS: Mapping[str, RegisteredCheck] = MappingProxyType(_REGISTERED_CHECKS)
"""Every check by its name, in the order in which they were registered."""


def claim_check(
    name: str, *, needs: tuple[str, ...], may: tuple[str, ...] = (), one_of: tuple[str, ...] = ()
) -> Callable[[Check], Check]:
    """Register the function below as the check ``name``. Raises ValueError where the name is taken."""

    def register_check(check: Check) -> Check:
        if name in _REGISTERED_CHECKS:
            raise ValueError(f'there are two checks called "{name}"')
        _REGISTERED_CHECKS[name] = RegisteredCheck(name=name, weigh=check, needs=needs, may=may, one_of=one_of)
        return check

    return register_check
