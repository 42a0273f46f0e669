"""What was made before, kept for as long as what it was made of stays what it is.

``per_revision`` keeps what is made of something that changes and counts its changes, such as a library;
``IdentityCache`` what is made of objects that never change, looked up by identity, which costs nothing.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary


class Revised(Protocol):
    """Something whose content changes, and that says when."""

    @property
    def revision(self) -> int:
        """A number that is another one whenever the content is."""
        ...


_Of = TypeVar("_Of")
_Revised = TypeVar("_Revised", bound=Revised)
_Keys = TypeVarTuple("_Keys")
_Result = TypeVar("_Result")


def per_revision(make: Callable[[_Revised, *_Keys], _Result]) -> Callable[[_Revised, *_Keys], _Result]:
    """``make``, called once for each revision of its first argument and for each choice of the others.

    What it gives must not hold on to that first argument (a weak reference may), or neither would ever be
    let go.
    """
    by_object: WeakKeyDictionary[_Revised, tuple[int, dict[tuple[*_Keys], _Result]]] = WeakKeyDictionary()

    def recall_or_make(of: _Revised, *keys: *_Keys) -> _Result:
        # The revision is read first: what is made while the content changes counts as made of the older one.
        revision = of.revision
        entry = by_object.get(of)
        if entry is None or entry[0] != revision:
            entry = by_object[of] = (revision, {})
        results = entry[1]
        if keys not in results:
            results[keys] = make(of, *keys)
        return results[keys]

    return recall_or_make


class IdentityCache(Generic[_Of, _Result]):
    """Remembers what a function made of the objects it was given last.

    The figures of a record come back as the same tuple while nothing changes, and their hash would cost more
    than what is made of them. It holds what it has made something of, so that no other object can take its
    identity.
    """

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


@contextmanager
def nothing_collected() -> Generator[None]:
    """Put Python's collector off meanwhile: what is made is no garbage, or what goes must not go now."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
