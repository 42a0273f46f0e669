"""One column of numbers as a person's table has it: whole numbers in an array, all else aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from .amount_cells import AmountCell

if TYPE_CHECKING:
    import numpy as np

_LARGEST = 2**53
"""Whole numbers up to this size are kept in arrays; what is larger is no count of offences."""


class NumberColumn:
    """The column. ``whole`` holds each plain whole number, and 0 where the cell says anything else."""

    whole: np.ndarray

    def __init__(self, parse_cell: Callable[[object], AmountCell], column: Sequence[object]) -> None:
        import numpy as np

        self._cells: dict[int, AmountCell] = {}
        self._column = column
        kinds = set(map(type, column))
        if kinds <= {int} and self._set_whole(column):
            return
        if kinds <= {int, float}:
            floats = np.array(column, dtype=np.float64)
            if bool((np.isfinite(floats) & (floats == np.floor(floats)) & (np.abs(floats) < _LARGEST)).all()):
                self.whole = floats.astype(np.int64)
                return
        self._read_each(parse_cell, column)

    def _set_whole(self, column: Sequence[object]) -> bool:
        import numpy as np

        try:
            self.whole = np.array(column, dtype=np.int64)
        except OverflowError:
            return False
        return bool((np.abs(self.whole) < _LARGEST).all())

    def _read_each(self, parse_cell: Callable[[object], AmountCell], column: Sequence[object]) -> None:
        """Read each distinct value once; 1 and True are equal and are not the same."""
        import numpy as np

        keys = list(zip(map(type, column), column, strict=True))
        cells_by_key = {key: parse_cell(key[1]) for key in set(keys)}
        plain = {key: _plain_whole_number(cell) for key, cell in cells_by_key.items()}
        self._cells = {at: cells_by_key[key] for at, key in enumerate(keys) if plain[key] is None}
        self.whole = np.fromiter((plain[key] or 0 for key in keys), np.int64, len(keys))

    def unreadable_cells(self, mask: np.ndarray) -> Iterator[tuple[int, AmountCell]]:
        """The cells that cannot be read, with their positions, where ``mask`` is true."""
        return ((at, cell) for at, cell in self._cells.items() if cell.wrong and mask[at])

    def suspicious_cells(self, mask: np.ndarray) -> Iterator[tuple[int, AmountCell]]:
        """The cells that can be read and ought to be looked at."""
        return ((at, cell) for at, cell in self._cells.items() if cell.doubt and mask[at])

    def special_cells(self) -> dict[int, AmountCell]:
        """By position: all that is not a plain whole number."""
        return self._cells

    def is_blank(self, at: int) -> bool:
        """Whether nothing is in the cell at a position."""
        cell = self._cells.get(at)
        return cell is not None and cell.is_blank


def _plain_whole_number(cell: AmountCell) -> int | None:
    """The whole number that a cell says and nothing else; None for anything more or less."""
    number = cell.number
    if number is None or cell.status or cell.doubt or cell.qualifier.value != "exact":
        return None
    if number != int(number) or abs(number) >= _LARGEST:
        return None
    # How the digits are grouped or padded is not told of: 1,234 and 0012 are plain.
    digits = cell.printed_text.replace(",", "").lstrip("0") or "0"
    return int(number) if digits == str(int(number)) else None
