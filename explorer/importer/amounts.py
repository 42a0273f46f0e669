"""Numbers as people type and publish them: "1,234", "12*", "<5", "[c]", a blank. What cannot be one is said.

Missing, suppressed and zero stay three things, and nothing is guessed: what may mean two things is a doubt.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.evidence import FigureStatus, Qualifier
from explorer.packs import INVISIBLE_CHARACTERS

if TYPE_CHECKING:
    import numpy as np


BLANK = "(blank)"
"""How a cell with nothing in it is given where the printed number belongs."""
_LONGEST = 60
_NUMBER = re.compile(r"([+-]?)\s*([0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_MARKS = re.compile(r"\s*(?:\[(?:note|n)?\s*[0-9a-z]{1,3}\]|\((?:[a-z]|note [0-9]{1,2})\)|[*†‡§¶#]{1,3})$", re.I)
_CODE = re.compile(r"\s*\[([a-z])\]$", re.I)
_FEWER = re.compile(
    r"(?:<|≤|less than|fewer than|under)\s*=?\s*([0-9]{1,2})|([0-9]{1,2})\s*(?:-|–|to)\s*([0-9]{1,2})", re.I
)
_MORE = re.compile(r"(?:>|≥|over|more than|at least)\s*=?\s*(.+)|(.+)\+", re.I)
_ABOUT = re.compile(r"(?:~|c\.|ca\.|about|around|approx\.?|approximately|circa)\s*(.+)", re.I)
_NOT_AVAILABLE = frozenset(
    {
        *("..", "...", "…", ":", "x", "[x]", "n/a", "na", "not available", "no data", "not known", "unknown"),
        *(
            "not held",
            "not provided",
            "no response",
            "no reply",
            "did not respond",
            "refused",
            "none provided",
        ),
        *("information not held", "missing", "null", "nan", "none held"),
    }
)
_CONFIDENTIAL = frozenset({"*", "**", "c", "[c]", "s", "suppressed", "withheld", "confidential", "exempt", "#"})
_NOT_APPLICABLE = frozenset({"z", "[z]", "not applicable", "."})
_NIL = frozenset({"nil", "zero", "none"})
_UNCLEAR = frozenset({"-", "–", "—", "--"})
_WITH_NUMBER = {
    status.value: status
    for status in FigureStatus
    if status not in (FigureStatus.NOT_AVAILABLE, FigureStatus.CONFIDENTIAL, FigureStatus.NOT_APPLICABLE)
}


class AmountCell(Struct, frozen=True):
    """What one cell says: a number, a reason why there is none, or neither, and then ``wrong`` says so."""

    number: Decimal | None = None
    status: FigureStatus | None = None
    qualifier: Qualifier = Qualifier.EXACT
    printed_text: str = ""
    doubt: str = ""
    """What ought to be looked at, though it can be read."""
    wrong: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return self.printed_text == BLANK


def read_amount(value: object) -> AmountCell:
    """What a cell of a person's table says; never raises."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return AmountCell(status=FigureStatus.NOT_AVAILABLE, printed_text=BLANK)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return AmountCell(printed_text=str(value)[:_LONGEST], wrong=f"{str(value)[:_LONGEST]!r} is no number")
    if isinstance(value, str):
        return _of_text(" ".join(INVISIBLE_CHARACTERS.sub(" ", value.encode("utf-8", "replace").decode()).split()))
    return _of_number(value)


def _of_number(value: float) -> AmountCell:
    if not math.isfinite(value):
        return AmountCell(printed_text=str(value), wrong=f"{value} is no number")
    if isinstance(value, int) or value.is_integer():
        whole = int(value)
        return AmountCell(number=Decimal(whole), printed_text=str(whole))
    number = Decimal(f"{value:.10g}")  # a spreadsheet's 0.1 + 0.2 is 0.3
    return AmountCell(number=number, printed_text=f"{number:f}")


def _of_text(text: str) -> AmountCell:
    if len(text) > _LONGEST:
        return AmountCell(printed_text=text[:_LONGEST], wrong=f"“{text[:_LONGEST]}…” is no number")
    plain = text.casefold().rstrip(".") if text.strip(".") else text
    for words, status in (
        (_CONFIDENTIAL, FigureStatus.CONFIDENTIAL),
        (_NOT_AVAILABLE, FigureStatus.NOT_AVAILABLE),
        (_NOT_APPLICABLE, FigureStatus.NOT_APPLICABLE),
    ):
        if plain in words or text in words:
            return AmountCell(status=status, printed_text=text)
    if plain in _NIL:
        return AmountCell(number=Decimal(0), printed_text=text)
    if plain in _UNCLEAR:
        doubt = f"“{text}” can mean none or not known: it is taken as not available"
        return AmountCell(status=FigureStatus.NOT_AVAILABLE, printed_text=text, doubt=doubt)
    return (
        _parse_suppressed(text)
        or _parse_number_with_marks(text)
        or _parse_qualified_number(text)
        or AmountCell(printed_text=text, wrong=f"“{text}” is no number")
    )


def _parse_suppressed(text: str) -> AmountCell | None:
    """ "<5" or "1-4": a small count that is not given, which is suppressed and no number."""
    match = _FEWER.fullmatch(text)
    return None if match is None else AmountCell(status=FigureStatus.CONFIDENTIAL, printed_text=text)


def _parse_number_with_marks(text: str) -> AmountCell | None:
    """A number, with or without a status, or marks that lead to footnotes."""
    plain, status, marks = text, None, ""
    code = _CODE.search(plain)
    if code is not None and code[1].casefold() in _WITH_NUMBER:
        plain, status = plain[: code.start()], _WITH_NUMBER[code[1].casefold()]
    while (mark := _MARKS.search(plain)) is not None and mark.start():
        plain, marks = plain[: mark.start()], plain[mark.start() :].strip() + marks
    number = _parse_number(plain)
    if number is None:
        return None
    doubt = f"“{text}” carries the mark {marks}: look up what it says" if marks else ""
    return AmountCell(number=number, status=status, printed_text=text, doubt=doubt)


def _parse_qualified_number(text: str) -> AmountCell | None:
    for pattern, qualifier in ((_MORE, Qualifier.AT_LEAST), (_ABOUT, Qualifier.ABOUT)):
        match = pattern.fullmatch(text)
        number = None if match is None else _parse_number(next(group for group in match.groups() if group))
        if number is not None:
            return AmountCell(number=number, qualifier=qualifier, printed_text=text)
    return None


def _parse_number(text: str) -> Decimal | None:
    plain = text.strip().removesuffix("%").strip().replace("−", "-")
    if plain.startswith("(") and plain.endswith(")") and _NUMBER.fullmatch(plain[1:-1].strip()):
        plain = f"-{plain[1:-1].strip()}"  # as accounts write it
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    digits = re.sub(r"[^0-9]", "", match[2])
    return Decimal(f"{match[1]}{digits}{match[3] or ''}")


# One column of numbers as a person's table has it: whole numbers in an array, all else aside.


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
