"""Figures of very large packs: one row of the tables for each place and measure, its figures packed together.

A row for each figure would take far longer to put than the table that it came from takes to read. How they
are got back stands in ``bulk_asked``: a test holds them against the other way of keeping them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from explorer.evidence.model import Figure, Qualifier
from explorer.evidence.places import PlaceTree

MANY = 20_000
"""Packs with more figures are kept this way, where their ids allow it."""
_INSERT = "INSERT INTO series (key, pack, measure, place, source, place_order) VALUES (?, ?, ?, ?, ?, ?)"
_LARGEST = 1 << 63
"""A number from here on is no plain one: it would not go into the columns."""


class PackedSeries(Struct, array_like=True):
    """The figures of one pack, place and measure, in columns of equal length."""

    source: str
    after: str
    """What stands in each id after its period."""
    rest: list[str]
    """What stands in each id after the place; empty where it is the period and ``after``."""
    period: list[str]
    number: list[int]
    where: list[int]
    """Of each figure: which of ``wheres`` its locator begins with."""
    row: list[int]
    """Of each figure: the number that its locator ends with; -1 for none."""
    wheres: list[str]
    notes: list[str]
    note: list[int]
    """Of each figure: which of ``notes`` it has."""
    more: dict[int, Extras]
    """By position: figures that are more or other than a plain whole number."""


class Extras(Struct, array_like=True):
    """What a figure has that is not a whole number and nothing else."""

    number: str | None
    qualifier: str
    status: str | None
    low: str | None
    high: str | None
    printed: str
    platform: str | None
    breakdown: str
    base: str
    base_figure: str | None
    forces_responding: int | None
    forces_total: int | None
    coverage: str
    basis: str = ""
    in_doubt: str | None = None
    doubt: str = ""


_ENCODER = msgspec.msgpack.Encoder()
KeyedSeries = tuple[str, str, PackedSeries]
"""A place, a measure and the figures of both."""


def insert_series(connection: sqlite3.Connection, pack: str, places: PlaceTree, several: Iterable[KeyedSeries]) -> int:
    """Put all series of a pack into the tables, with their tally; gives how many figures there are."""
    tally: dict[tuple[str, str, str], int] = {}
    series_rows: list[tuple[int, str, str, str, str, int]] = []
    last = connection.execute("SELECT max(key) FROM payload").fetchone()[0] or 0

    def iter_payloads() -> Iterator[tuple[int, bytes]]:
        for key, (place, measure, series) in enumerate(several, start=last + 1):
            tally_key = (pack, place, measure)
            tally[tally_key] = tally.get(tally_key, 0) + len(series.period)
            series_rows.append((key, pack, measure, place, series.source, places.position(place)))
            yield key, _ENCODER.encode(series)

    connection.executemany("INSERT INTO payload VALUES (?, ?)", iter_payloads())
    connection.executemany(_INSERT, series_rows)
    counts = ((*key, count) for key, count in tally.items())
    connection.executemany("INSERT INTO tally VALUES (?, ?, ?, ?)", counts)
    return sum(tally.values())


def delete_series(connection: sqlite3.Connection, pack: str) -> None:
    """Take out what is packed of a pack, while its series are still listed, switched on or off."""
    for table in ("series", "idle_series"):
        sql = f"DELETE FROM payload WHERE key IN (SELECT key FROM {table} WHERE pack = ?)"
        connection.execute(sql, (pack,))


def is_bulk_storable(figures: Sequence[Figure]) -> bool:
    """Whether a pack's figures are many, with ids that say which series each is in."""
    return len(figures) > MANY and all(_has_series_id(figure) for figure in figures)


def _has_series_id(figure: Figure) -> bool:
    return (parse_figure_id(figure.id) or ("",) * 4)[:3] == (figure.pack, figure.measure, figure.place)


def id_segment(period: str) -> str:
    """A period's text as it stands in an id."""
    return period.replace("/", "-")


def parse_figure_id(figure: str) -> tuple[str, str, str, str] | None:
    """The pack, the measure, the place and the rest that a figure's id says; None where it says none."""
    pack, _, local = figure.partition("/")
    parts = local.rsplit(".", 2)
    return (pack, parts[0], parts[1], parts[2]) if len(parts) == 3 else None


def series_of(figures: Iterable[Figure]) -> Iterator[KeyedSeries]:
    """The figures of one pack as series, places and measures in the order they first come in."""
    several: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        several.setdefault((figure.place, figure.measure), []).append(figure)
    for (place, measure), own in several.items():
        for source, part in _by_source(own).items():
            yield place, measure, _pack_series(source, part)


def _by_source(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    by_source: dict[str, list[Figure]] = {}
    for figure in figures:
        by_source.setdefault(figure.source, []).append(figure)
    return by_source


def _pack_series(source: str, figures: Sequence[Figure]) -> PackedSeries:
    wheres = list(dict.fromkeys(figure.locator for figure in figures))
    notes = list(dict.fromkeys(figure.note for figure in figures))
    plain = [_is_plain(figure) for figure in figures]
    return PackedSeries(
        source=source,
        after="",
        rest=[figure.id.rsplit(".", 1)[1] for figure in figures],
        period=[figure.period.text for figure in figures],
        number=[
            int(figure.amount.number or 0) if is_plain else 0 for figure, is_plain in zip(figures, plain, strict=True)
        ],
        where=[wheres.index(figure.locator) for figure in figures],
        row=[-1] * len(figures),
        wheres=wheres,
        notes=notes,
        note=[notes.index(figure.note) for figure in figures],
        more={at: build_extras(figure) for at, figure in enumerate(figures) if not plain[at]},
    )


def _is_plain(figure: Figure) -> bool:
    """Whether a figure is a whole number as printed, and nothing else is said of it."""
    amount = figure.amount
    number = amount.number
    if number is None or not -_LARGEST < number < _LARGEST or figure.printed != f"{number}":
        return False
    exact = amount.qualifier is Qualifier.EXACT and amount.status is None
    optional_fields = (figure.platform, figure.base_figure, figure.forces_responding, figure.forces_total)
    return (
        exact
        and number == int(number)
        and str(int(number)) == figure.printed
        and amount.low == amount.high == number
        and optional_fields == (None, None, None, None)
        and not (figure.breakdown or figure.base or figure.coverage or figure.basis or figure.in_doubt)
    )


def build_extras(figure: Figure) -> Extras:
    """All that a figure has beside its id, place, measure, period, source, locator and note."""
    amount = figure.amount
    return Extras(
        number=_format_decimal(amount.number),
        qualifier=amount.qualifier.value,
        status=amount.status.value if amount.status else None,
        low=_format_decimal(amount.low),
        high=_format_decimal(amount.high),
        printed=figure.printed,
        platform=figure.platform,
        breakdown=figure.breakdown,
        base=figure.base,
        base_figure=figure.base_figure,
        forces_responding=figure.forces_responding,
        forces_total=figure.forces_total,
        coverage=figure.coverage,
        basis=figure.basis,
        in_doubt=figure.in_doubt.value if figure.in_doubt else None,
        doubt=figure.doubt,
    )


def _format_decimal(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
