"""One column of numbers as a person's table has it: whole numbers in an array, all else aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from .amount_cells import Cell

if TYPE_CHECKING:
    import numpy as np

_LARGEST = 2**53
"""Whole numbers up to this size are kept in arrays; what is larger is no count of offences."""


class Numbers:
    """The column. ``whole`` holds each plain whole number, and 0 where the cell says anything else."""

    whole: np.ndarray

    def __init__(self, read: Callable[[object], Cell], column: Sequence[object]) -> None:
        import numpy as np

        self._cells: dict[int, Cell] = {}
        self._column = column
        kinds = set(map(type, column))
        if kinds <= {int} and self._set_whole(column):
            return
        if kinds <= {int, float}:
            given = np.array(column, dtype=np.float64)
            if bool((np.isfinite(given) & (given == np.floor(given)) & (np.abs(given) < _LARGEST)).all()):
                self.whole = given.astype(np.int64)
                return
        self._read_each(read, column)

    def _set_whole(self, column: Sequence[object]) -> bool:
        import numpy as np

        try:
            self.whole = np.array(column, dtype=np.int64)
        except OverflowError:
            return False
        return bool((np.abs(self.whole) < _LARGEST).all())

    def _read_each(self, read: Callable[[object], Cell], column: Sequence[object]) -> None:
        """Read each distinct value once; 1 and True are equal and are not the same."""
        import numpy as np

        keys = list(zip(map(type, column), column, strict=True))
        told = {key: read(key[1]) for key in set(keys)}
        plain = {key: _plain(cell) for key, cell in told.items()}
        self._cells = {at: told[key] for at, key in enumerate(keys) if plain[key] is None}
        self.whole = np.fromiter((plain[key] or 0 for key in keys), np.int64, len(keys))

    def wrong(self, wanted: np.ndarray) -> Iterator[tuple[int, Cell]]:
        """The cells that cannot be read, with their positions, where ``wanted`` is true."""
        return ((at, cell) for at, cell in self._cells.items() if cell.wrong and wanted[at])

    def doubtful(self, wanted: np.ndarray) -> Iterator[tuple[int, Cell]]:
        """The cells that can be read and ought to be looked at."""
        return ((at, cell) for at, cell in self._cells.items() if cell.doubt and wanted[at])

    def odd(self) -> dict[int, Cell]:
        """By position: all that is not a plain whole number."""
        return self._cells

    def is_blank(self, at: int) -> bool:
        """Whether nothing is in the cell at a position."""
        cell = self._cells.get(at)
        return cell is not None and cell.is_blank


def _plain(cell: Cell) -> int | None:
    """The whole number that a cell says and nothing else; None for anything more or less."""
    number = cell.number
    if number is None or cell.status or cell.doubt or cell.qualifier.value != "exact":
        return None
    if number != int(number) or abs(number) >= _LARGEST:
        return None
    # How the digits are grouped or padded is not told of: 1,234 and 0012 are plain.
    digits = cell.printed.replace(",", "").lstrip("0") or "0"
    return int(number) if digits == str(int(number)) else None
