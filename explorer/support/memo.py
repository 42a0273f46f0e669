"""What was made of one and the same object before: looked up by identity, which costs nothing.

The figures of a record come back as the same tuple while nothing changes, and their hash would cost more than
what is made of them. It holds what it has made something of, so that no other object can take its identity.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

_Of = TypeVar("_Of")
_Result = TypeVar("_Result")


class IdentityCache(Generic[_Of, _Result]):
    """Remembers what a function made of the objects it was given last."""

    __slots__ = ("_kept", "_make", "_most")

    def __init__(self, make: Callable[[_Of], _Result], most: int = 32) -> None:
        """Remember what ``make`` gives for as many as ``most`` objects."""
        self._make = make
        self._most = most
        self._kept: OrderedDict[int, tuple[_Of, _Result]] = OrderedDict()

    def __call__(self, of: _Of) -> _Result:
        """What ``make`` gives for this very object."""
        cached_entry = self._kept.get(id(of))
        if cached_entry is not None:
            return cached_entry[1]
        result = self._make(of)
        self._kept[id(of)] = (of, result)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return result
