"""Numbers as people type and publish them: "1,234", "12*", "<5", "[c]", a blank. What cannot be one is said.

Missing, suppressed and zero stay three things, and nothing is guessed: what may mean two things is a doubt.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from msgspec import Struct

from explorer.evidence.model import Qualifier, Status

from .csvfile import HIDDEN

BLANK = "(blank)"
"""How a cell with nothing in it is given where the printed number belongs."""
_LONGEST = 60
_NUMBER = re.compile(r"([+-]?)\s*([0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_MARKS = re.compile(
    r"\s*(?:\[(?:note|n)?\s*[0-9a-z]{1,3}\]|\((?:[a-z]|note [0-9]{1,2})\)|[*†‡§¶#]{1,3})$", re.I
)
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
_CONFIDENTIAL = frozenset(
    {"*", "**", "c", "[c]", "s", "suppressed", "withheld", "confidential", "exempt", "#"}
)
_NOT_APPLICABLE = frozenset({"z", "[z]", "not applicable", "."})
_NIL = frozenset({"nil", "zero", "none"})
_UNCLEAR = frozenset({"-", "–", "—", "--"})
_WITH_NUMBER = {
    status.value: status
    for status in Status
    if status not in (Status.NOT_AVAILABLE, Status.CONFIDENTIAL, Status.NOT_APPLICABLE)
}


class Cell(Struct, frozen=True):
    """What one cell says: a number, a reason why there is none, or neither, and then ``wrong`` says so."""

    number: Decimal | None = None
    status: Status | None = None
    qualifier: Qualifier = Qualifier.EXACT
    printed: str = ""
    doubt: str = ""
    """What ought to be looked at, though it can be read."""
    wrong: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return self.printed == BLANK


def read_amount(value: object) -> Cell:
    """What a cell of a person's table says; never raises."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return Cell(status=Status.NOT_AVAILABLE, printed=BLANK)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return Cell(printed=str(value)[:_LONGEST], wrong=f"{str(value)[:_LONGEST]!r} is no number")
    if isinstance(value, str):
        return _of_text(" ".join(HIDDEN.sub(" ", value.encode("utf-8", "replace").decode()).split()))
    return _of_number(value)


def _of_number(value: float) -> Cell:
    if not math.isfinite(value):
        return Cell(printed=str(value), wrong=f"{value} is no number")
    if isinstance(value, int) or value.is_integer():
        whole = int(value)
        return Cell(number=Decimal(whole), printed=str(whole))
    number = Decimal(f"{value:.10g}")  # a spreadsheet's 0.1 + 0.2 is 0.3
    return Cell(number=number, printed=f"{number:f}")


def _of_text(text: str) -> Cell:
    if len(text) > _LONGEST:
        return Cell(printed=text[:_LONGEST], wrong=f"“{text[:_LONGEST]}…” is no number")
    plain = text.casefold().rstrip(".") if text.strip(".") else text
    for words, status in (
        (_CONFIDENTIAL, Status.CONFIDENTIAL),
        (_NOT_AVAILABLE, Status.NOT_AVAILABLE),
        (_NOT_APPLICABLE, Status.NOT_APPLICABLE),
    ):
        if plain in words or text in words:
            return Cell(status=status, printed=text)
    if plain in _NIL:
        return Cell(number=Decimal(0), printed=text)
    if plain in _UNCLEAR:
        doubt = f"“{text}” can mean none or not known: it is taken as not available"
        return Cell(status=Status.NOT_AVAILABLE, printed=text, doubt=doubt)
    return (
        _hidden(text)
        or _numbered(text)
        or _qualified(text)
        or Cell(printed=text, wrong=f"“{text}” is no number")
    )


def _hidden(text: str) -> Cell | None:
    """ "<5" or "1-4": a small count that is not given, which is suppressed and no number."""
    found = _FEWER.fullmatch(text)
    return None if found is None else Cell(status=Status.CONFIDENTIAL, printed=text)


def _numbered(text: str) -> Cell | None:
    """A number, with or without a status, or marks that lead to footnotes."""
    plain, status, marks = text, None, ""
    code = _CODE.search(plain)
    if code is not None and code[1].casefold() in _WITH_NUMBER:
        plain, status = plain[: code.start()], _WITH_NUMBER[code[1].casefold()]
    while (mark := _MARKS.search(plain)) is not None and mark.start():
        plain, marks = plain[: mark.start()], plain[mark.start() :].strip() + marks
    number = _number(plain)
    if number is None:
        return None
    doubt = f"“{text}” carries the mark {marks}: look up what it says" if marks else ""
    return Cell(number=number, status=status, printed=text, doubt=doubt)


def _qualified(text: str) -> Cell | None:
    for pattern, qualifier in ((_MORE, Qualifier.AT_LEAST), (_ABOUT, Qualifier.ABOUT)):
        found = pattern.fullmatch(text)
        number = None if found is None else _number(next(group for group in found.groups() if group))
        if number is not None:
            return Cell(number=number, qualifier=qualifier, printed=text)
    return None


def _number(text: str) -> Decimal | None:
    plain = text.strip().removesuffix("%").strip().replace("−", "-")
    if plain.startswith("(") and plain.endswith(")") and _NUMBER.fullmatch(plain[1:-1].strip()):
        plain = f"-{plain[1:-1].strip()}"  # as accounts write it
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return None
    digits = re.sub(r"[^0-9]", "", found[2])
    return Decimal(f"{found[1]}{digits}{found[3] or ''}")
