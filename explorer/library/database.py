"""The library's SQLite file: opening it whatever state it is in, asking it, changing it whole or not at all.

A file that is damaged, of another make or of a newer program is moved aside and made anew; one that cannot
be used is replaced by memory, with a notice. What is kept in the tables is the business of ``pack_tables``.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

VERSION = 7
_WAIT_SECONDS = 2.0
_CHECKED_WHOLE = 4 << 20
"""Files up to this size, in bytes, are checked page by page on opening; it takes a few milliseconds."""
_BESIDE = ("", "-wal", "-shm")
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pack (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, version TEXT NOT NULL, publisher TEXT NOT NULL,
    licence TEXT NOT NULL, created TEXT NOT NULL, description TEXT NOT NULL, figures INTEGER NOT NULL,
    quotes INTEGER NOT NULL, demands INTEGER NOT NULL, claims INTEGER NOT NULL, events INTEGER NOT NULL,
    verified INTEGER NOT NULL, shipped INTEGER NOT NULL, enabled INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, folder TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE item (
    pack TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, cells TEXT NOT NULL,
    PRIMARY KEY (kind, pack, position)
) WITHOUT ROWID;
CREATE TABLE figure (
    key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, pack TEXT NOT NULL, measure TEXT NOT NULL,
    place TEXT NOT NULL, place_order INTEGER NOT NULL, period TEXT NOT NULL, first INTEGER NOT NULL,
    last INTEGER NOT NULL, platform TEXT, platform_order INTEGER NOT NULL, breakdown TEXT NOT NULL,
    number TEXT, qualifier TEXT NOT NULL, status TEXT, low TEXT, high TEXT, printed TEXT NOT NULL,
    base TEXT NOT NULL, base_figure TEXT, forces_responding INTEGER, forces_total INTEGER,
    coverage TEXT NOT NULL, source TEXT NOT NULL, locator TEXT NOT NULL, note TEXT NOT NULL,
    basis TEXT NOT NULL, in_doubt TEXT, doubt TEXT NOT NULL
);
CREATE INDEX figure_by_place ON figure (place, first, last, platform_order, id);
CREATE INDEX figure_by_place_and_measure ON figure (place, measure, first, last, platform_order, id);
CREATE INDEX figure_by_measure ON figure (measure, place_order, first, last, platform_order, id);
CREATE INDEX figure_by_pack ON figure (pack);
CREATE TABLE series (
    key INTEGER PRIMARY KEY, pack TEXT NOT NULL, measure TEXT NOT NULL, place TEXT NOT NULL,
    source TEXT NOT NULL, place_order INTEGER NOT NULL
);
CREATE TABLE payload (key INTEGER PRIMARY KEY, figures BLOB NOT NULL);
CREATE INDEX series_by_place ON series (place, measure, pack);
CREATE INDEX series_by_measure ON series (measure, place_order);
CREATE INDEX series_by_pack ON series (pack, source, place_order);
CREATE TABLE tally (
    pack TEXT, place TEXT, measure TEXT, figures INTEGER NOT NULL, PRIMARY KEY (pack, place, measure)
) WITHOUT ROWID;
CREATE INDEX tally_by_place ON tally (place, measure, figures);
CREATE INDEX tally_by_measure ON tally (measure, place, figures);
CREATE VIRTUAL TABLE word USING fts5 (
    text, more, kind UNINDEXED, id UNINDEXED, pack UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE figure_word USING fts5 (
    text, more, id UNINDEXED, pack UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE series_word USING fts5 (
    text, more, kind UNINDEXED, id UNINDEXED, pack UNINDEXED, tokenize = "unicode61 remove_diacritics 2"
);
CREATE TABLE idle_item AS SELECT * FROM item WHERE 0;
CREATE TABLE idle_figure AS SELECT * FROM figure WHERE 0;
CREATE TABLE idle_series AS SELECT * FROM series WHERE 0;
CREATE TABLE idle_tally AS SELECT * FROM tally WHERE 0;
CREATE TABLE idle_word AS SELECT * FROM word WHERE 0;
CREATE TABLE idle_figure_word AS SELECT rowid AS key, * FROM figure_word WHERE 0;
CREATE TABLE idle_series_word AS SELECT * FROM series_word WHERE 0;
CREATE INDEX idle_figure_by_pack ON idle_figure (pack);
CREATE INDEX idle_series_by_pack ON idle_series (pack);
CREATE INDEX idle_word_by_pack ON idle_word (pack);
CREATE INDEX idle_figure_word_by_pack ON idle_figure_word (pack);
"""
"""The rows of a pack that is switched off lie in the ``idle`` tables, so that no query has to ask for it.

What is packed together in ``payload`` is large and stays where it is: nothing leads to it but its key."""


class DatabaseFailure(Exception):  # noqa: N818 - a state of the file that is mended by making it anew
    """The file cannot be asked or changed. ``held``: it is sound, but in use, full or not ours to write."""

    def __init__(self, reason: str, *, is_unavailable: bool = False) -> None:
        super().__init__(reason)
        self.held = is_unavailable


_UNAVAILABLE_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
    }
)


def _is_fault(error: BaseException) -> bool:
    """Whether ``error`` says something of the file, and not of how it was asked."""
    ours = (sqlite3.IntegrityError, sqlite3.ProgrammingError)
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, ours)


def _translate_error(error: BaseException) -> DatabaseFailure:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return DatabaseFailure(str(error), is_unavailable=code & 0xFF in _UNAVAILABLE_CODES)


class LibraryDatabase:
    """One connection to the library's tables. Calls from several threads wait for one another."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, notice: str = "") -> None:
        """Hold an opened connection. ``path`` is None for one in memory."""
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path
        self.notice = notice
        """One sentence for the person where the file could not be used as it was; otherwise empty."""

    @classmethod
    def open(cls, path: Path | None) -> LibraryDatabase:
        """The tables in the file at ``path``, or in memory for None. Never fails on account of the file."""
        if path is None:
            return cls(_create_tables(_connect(None)), None)
        try:
            return cls(_open_checked(path), path)
        except DatabaseFailure as error:
            return cls.in_memory(str(error)) if error.held else cls._recreate_file(path)
        except OSError as error:
            return cls.in_memory(str(error))

    @classmethod
    def in_memory(cls, reason: str) -> LibraryDatabase:
        """Tables in memory, because the file cannot be used."""
        notice = f"The library file cannot be used ({reason}), so it is read anew each time."
        return cls(_create_tables(_connect(None)), None, notice)

    @classmethod
    def _recreate_file(cls, path: Path) -> LibraryDatabase:
        try:
            aside = _set_aside(path)
            notice = f"The library file could not be read and was made anew; the old one is kept as {aside.name}."
            return cls(_open_checked(path), path, notice)
        except (OSError, DatabaseFailure) as error:
            return cls.in_memory(str(error))

    def open_separate_connection(self) -> LibraryDatabase:
        """A second connection to the file: a long change made by it holds up nobody who asks this one.

        In memory there is only this one. Raises Damaged or OSError where the file cannot be used.
        """
        return self if self.path is None else LibraryDatabase(_open_checked(self.path), self.path)

    def query_rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that ``sql`` asks for. Raises Damaged where the file cannot be read."""
        with self._lock:
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except sqlite3.ProgrammingError:
                raise
            except (sqlite3.DatabaseError, UnicodeError) as error:
                raise _translate_error(error) from None

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """A change that is made whole when the block ends, and not at all when it raises.

        Raises Damaged where the file is damaged, full or held by another program.
        """
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                if _is_fault(error):
                    raise _translate_error(error) from None
                raise

    def close(self) -> None:
        """Close the file; what was changed is in it."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()


def recreate_database(old: LibraryDatabase, fault: DatabaseFailure) -> LibraryDatabase:
    """A fresh library file in place of ``old``, which turned out damaged; memory where that cannot be."""
    old.close()
    if old.path is None:
        return LibraryDatabase.open(None)
    if fault.held:
        return LibraryDatabase.in_memory(str(fault))
    return LibraryDatabase._recreate_file(old.path)  # pyright: ignore[reportPrivateUsage]


def _connect(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(
        ":memory:" if path is None else str(path),
        timeout=_WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )


def _open_checked(path: Path) -> sqlite3.Connection:
    """A connection to a sound file of this version. Raises Damaged or OSError."""
    try:
        connection = _connect(path)
    except sqlite3.Error as error:  # the folder is gone or is none
        raise _translate_error(error) from None
    try:
        _prepare_connection(connection, path)
    except (sqlite3.Error, UnicodeError) as error:
        connection.close()
        raise _translate_error(error) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_connection(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA cache_size = -16000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _create_tables(connection)
    elif version != VERSION:
        raise DatabaseFailure(f"its version is {version}")
    else:
        _check_integrity(connection, path)


def _create_tables(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection


def _check_integrity(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size <= _CHECKED_WHOLE:
        check_row = connection.execute("PRAGMA quick_check(1)").fetchone()
        if check_row is None or check_row[0] != "ok":
            raise DatabaseFailure("pages of it are damaged")
    connection.execute("SELECT max(key) FROM figure").fetchone()
    connection.execute("SELECT count(*) FROM pack").fetchone()


def _set_aside(path: Path) -> Path:
    """Move the file and what SQLite keeps beside it out of the way, over an earlier one set aside."""
    aside = path.with_name(f"{path.stem}.set-aside{path.suffix}")
    for ending in _BESIDE:
        old = path.with_name(path.name + ending)
        new = aside.with_name(aside.name + ending)
        if old.exists():
            old.replace(new)
        else:
            new.unlink(missing_ok=True)
    return aside


# The library's hold on its database: asked through here, a file that fails is made anew and filled
# again.


_Result = TypeVar("_Result")


class SelfHealingDatabase:
    """The database as the library holds it, with what was asked of it; it outlives the file it began with.

    ``refill`` fills a fresh file, and is set by whoever knows how (the loader). Until then a file that fails
    is made anew and stays empty.
    """

    def __init__(self, database: LibraryDatabase) -> None:
        """Hold an opened database."""
        self.current = database
        self.lock = threading.RLock()
        """Held for moments: while something is asked, and while what is remembered is let go."""
        self.refill: Callable[[], None] = self.invalidate_cache
        self.revision = 1
        """A number that is another one whenever the content is, as long as the library is open."""
        self._cache: dict[str, object] = {}

    def close(self) -> None:
        """Close the file."""
        with self.lock:
            self.current.close()

    def query_rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that ``sql`` asks for, of a file made anew where this one fails."""
        with self.lock:
            try:
                return self.current.query_rows(sql, parameters)
            except DatabaseFailure as fault:
                self._rebuild(fault)
                return self.current.query_rows(sql, parameters)

    def retry_after_rebuild(self, work: Callable[[], _Result]) -> _Result:
        """What ``work`` gives; where the file fails under it, once more on one made anew."""
        try:
            return work()
        except DatabaseFailure as fault:
            with self.lock:
                self._rebuild(fault)
                return work()

    def run_separately(self, work: Callable[[LibraryDatabase], None]) -> None:
        """Change the tables by a connection of its own, while others go on asking.

        Where the file fails, ``work`` is done once more on one made anew.
        """

        def run_on_connection() -> None:
            original_database = self.current
            with self._separate_connection() as database:
                work(database)
            if self.current is not original_database:  # it was mended meanwhile, from folders as they were then
                work(self.current)

        self.retry_after_rebuild(run_on_connection)

    def invalidate_cache(self) -> None:
        """Let go of what is remembered: the content has changed."""
        with self.lock:
            self.revision += 1
            self._cache.clear()

    def get_cached(self, name: str, make: Callable[[], _Result]) -> _Result:
        """What ``make`` gives, kept until the content changes."""
        value = self._cache.get(name)  # without the lock: most of what is asked was made before
        if value is None:
            with self.lock:
                value = self._cache.get(name)
                if value is None:
                    value = self._cache[name] = self.retry_after_rebuild(make)
        return cast("_Result", value)

    @contextmanager
    def _separate_connection(self) -> Generator[LibraryDatabase]:
        database = self.current.open_separate_connection()
        try:
            yield database
        finally:
            if database is not self.current:
                database.close()

    def _rebuild(self, fault: DatabaseFailure) -> None:
        """Put a fresh file, or memory where that fails too, in the place of the database, and fill it."""
        self.current = recreate_database(self.current, fault)
        try:
            self.refill()
        except DatabaseFailure as again:
            self.current.close()
            self.current = LibraryDatabase.in_memory(str(again))
            self.refill()
