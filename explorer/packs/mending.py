"""The library's hold on its database: asked through here, a file that fails is made anew and filled again.

The file is only a copy of what lies in folders, so nothing raises on its account.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from .database import DatabaseFailure, LibraryDatabase, recreate_database

_Result = TypeVar("_Result")


class SelfHealingDatabase:
    """Holds the database and what was asked of it. ``PackLoader`` says how a fresh one is filled."""

    def __init__(self, database: LibraryDatabase) -> None:
        """Hold an opened database."""
        self._database = database
        self._lock = threading.RLock()
        """Held for moments: while something is asked, and while what is remembered is let go."""
        self._moving = threading.RLock()
        """Held for as long as packs are being brought in or taken away."""
        self._cache: dict[str, object] = {}
        self._revision = 1

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    @property
    def revision(self) -> int:
        """A number that is another one whenever the content is, as long as the library is open."""
        return self._revision

    @property
    def notice(self) -> str:
        """One sentence where the library file could not be used as it was; otherwise empty."""
        return self._database.notice

    def _fill(self) -> None:
        """Bring everything into a fresh database."""
        raise NotImplementedError

    @contextmanager
    def _separate_connection(self) -> Generator[LibraryDatabase]:
        """A connection to change the tables by while others go on asking."""
        database = self._database.open_separate_connection()
        try:
            yield database
        finally:
            if database is not self._database:
                database.close()

    def _query_rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            try:
                return self._database.query_rows(sql, parameters)
            except DatabaseFailure as fault:
                self._rebuild_database(fault)
                return self._database.query_rows(sql, parameters)

    def _retry_after_rebuild(self, work: Callable[[], _Result]) -> _Result:
        """What ``work`` gives; where the file fails under it, once more on one made anew."""
        try:
            return work()
        except DatabaseFailure as fault:
            with self._lock:
                self._rebuild_database(fault)
                return work()

    def _rebuild_database(self, fault: DatabaseFailure) -> None:
        """Put a fresh file, or memory where that fails too, in the place of the database, and fill it."""
        self._database = recreate_database(self._database, fault)
        try:
            self._fill()
        except DatabaseFailure as again:
            self._database.close()
            self._database = LibraryDatabase.in_memory(str(again))
            self._fill()

    def _invalidate_cache(self) -> None:
        with self._lock:
            self._revision += 1
            self._cache.clear()

    def _get_cached(self, name: str, make: Callable[[], _Result]) -> _Result:
        """What ``make`` gives, kept until the content changes."""
        value = self._cache.get(name)  # without the lock: most of what is asked was made before
        if value is None:
            with self._lock:
                value = self._cache.get(name)
                if value is None:
                    value = self._cache[name] = self._retry_after_rebuild(make)
        return cast("_Result", value)
