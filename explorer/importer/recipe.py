"""Recipes: what the columns of a known table mean, as data that a person can read and add to.

A recipe is a small TOML file. Those that come with the program lie in ``data/recipes``, a person's own in the
folder ``recipes`` beside the library. Reading a table by one is ``intake``'s business.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct, field

from explorer.evidence import SourceKind, Unit
from explorer.packs import PackError, Problem
from explorer.support import write_atomically

SUFFIX = ".toml"
ID = "[a-z0-9][a-z0-9-]{0,60}"
_MOST_BYTES = 200_000


class TableShape(enum.StrEnum):
    """How a table holds its figures."""

    LONG = "long"
    """One figure a row, its place and period in columns."""
    WIDE = "wide"
    """One place a row, and periods across: each column of numbers is a period."""


class DuplicatePolicy(enum.StrEnum):
    """What several rows about one and the same thing mean."""

    ADD = "add"
    """Parts of one count: they are added up."""
    REFUSE = "refuse"
    """A mistake, to be told of."""


Heading = list[str]
"""The headings that a column may have, the likeliest first; "#3" is the third column, whatever it says."""


class RecipeColumns(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which column holds what. One that is empty is not in the table."""

    place: Heading = []
    period: Heading = []
    year: Heading = []
    quarter: Heading = []
    measure: Heading = []
    measure_name: Heading = []
    measure_group: Heading = []
    platform: Heading = []
    breakdown: Heading = []
    amount: Heading = []
    base: Heading = []
    note: Heading = []
    periods: Heading = []
    """Of a wide table: the columns of numbers; where empty, every column whose heading is a period."""

    def headings_by_field(self) -> dict[str, Heading]:
        """The columns that are named, by what they hold."""
        by_field = {name: list(getattr(self, name)) for name in self.__struct_fields__ if name != "periods"}
        return {name: headings for name, headings in by_field.items() if headings}


class FixedValues(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is the same for the whole table, because no column says it."""

    place: str = ""
    """A place's code or name."""
    period: str = ""
    measure: str = ""
    """The id of a measure."""
    said: str = ""
    """A pattern: the measure is taken unasked only where the table's words or its file's name fit it."""
    unit: Unit = Unit.OFFENCES
    """The unit of measures that the table brings."""


class RecipeRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be known to read the rows right."""

    repeated: DuplicatePolicy = DuplicatePolicy.REFUSE
    whole_years: bool = False
    """Whether a financial year is added up where all four quarters of it are there."""
    no_place: list[str] = []
    """Names that are no place of the explorer's; their rows are left out."""
    totals: list[str] = []
    """Names of rows that add others up; they are compared with what they add up, and left out."""
    places: dict[str, str] = {}
    """The codes of places that the table calls by names of its own."""


class RecipeSource(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who published the table, as far as it is always the same."""

    title: str = ""
    publisher: str = ""
    kind: SourceKind = SourceKind.USER
    address: str = ""
    licence: str = ""
    note: str = ""


class Recipe(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the columns of one kind of table mean."""

    name: str
    """Its id: small letters, digits and hyphens."""
    title: str
    about: str = ""
    shape: TableShape = TableShape.LONG
    sheets: str = ""
    """A pattern that the names of the sheets to read fit; empty for each that has the headings."""
    needs: list[Heading] = []
    """The headings that a table is known by: one of each list must be there. Empty: chosen by hand only."""
    columns: RecipeColumns = field(default_factory=RecipeColumns)
    fixed: FixedValues = field(default_factory=FixedValues)
    rules: RecipeRules = field(default_factory=RecipeRules)
    source: RecipeSource = field(default_factory=RecipeSource)


def normalise_heading(heading: object) -> str:
    """A heading with all but its letters and digits taken out: "Force_Name" is "Force name"."""
    return re.sub(r"[^0-9a-z]+", "", str(heading).casefold()) if heading is not None else ""


def find_column(headings: Sequence[object], alternatives: Heading) -> int | None:
    """The column, from 0, that has one of the ``alternatives`` headings, the first of them that is there."""
    heading_keys = [normalise_heading(heading) for heading in headings]
    for one in alternatives:
        if re.fullmatch(r"#\d{1,5}", one):
            at = int(one[1:]) - 1
            if 0 <= at < len(heading_keys):
                return at
        elif normalise_heading(one) and normalise_heading(one) in heading_keys:
            return heading_keys.index(normalise_heading(one))
    return None


def has_needed_headings(recipe: Recipe, headings: Sequence[object]) -> bool:
    """Whether a row of headings has all that ``recipe`` is known by."""
    return bool(recipe.needs) and all(find_column(headings, one) is not None for one in recipe.needs)


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file. Raises PackError with what is wrong with it."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError(f"the file is larger than {_MOST_BYTES:,} bytes")
        recipe = msgspec.toml.decode(path.read_bytes(), type=Recipe)
        _check_recipe(recipe)
    except OSError as error:
        raise _build_error(path, f"it cannot be read ({error.strerror or error})") from None
    except (msgspec.MsgspecError, ValueError, RecursionError, re.error) as error:
        raise _build_error(path, f"it is no recipe ({error})") from None
    return recipe


def _check_recipe(recipe: Recipe) -> None:
    if not re.fullmatch(ID, recipe.name):
        raise ValueError(f"{recipe.name!r} is no name: use small letters, digits and hyphens")
    re.compile(recipe.sheets)
    re.compile(recipe.fixed.said)
    if recipe.shape is TableShape.LONG and not recipe.columns.amount:
        raise ValueError("a long table needs a column for the amount")
    if not recipe.columns.place and not recipe.fixed.place:
        raise ValueError("it names neither a column for the place nor a place")


def _build_error(path: Path, what: str) -> PackError:
    mend = "Mend it by the examples that come with the program, or take it away."
    return PackError([Problem(file=path.name, what=what, mend=mend)])


def read_recipes(folders: Iterable[Path]) -> tuple[tuple[Recipe, ...], tuple[Problem, ...]]:
    """The recipes of several folders, a later one in place of an earlier; and what cannot be read."""
    by_name: dict[str, Recipe] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
            try:
                recipe = read_recipe(path)
            except PackError as error:
                problems += error.problems
            else:
                by_name[recipe.name] = recipe
    return tuple(by_name.values()), tuple(problems)


def to_text(recipe: Recipe) -> str:
    """``recipe`` as it is written to a file: what is left at its default is left out."""
    lines: list[str] = []
    sections: list[str] = []
    for name in recipe.__struct_fields__:
        value, usual = getattr(recipe, name), getattr(_BARE, name)
        if isinstance(value, Struct):
            entries = [
                f"{key} = {_format_value(getattr(value, key))}"
                for key in value.__struct_fields__
                if getattr(value, key) != getattr(usual, key)
            ]
            sections += ["", f"[{name}]", *entries] if entries else []
        elif name in ("name", "title") or value != usual:
            lines.append(f"{name} = {_format_value(value)}")
    return "\n".join((*lines, *sections)) + "\n"


_BARE = Recipe(name="", title="")


def _format_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_format_value(item) for item in cast('list[object]', value))}]"
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return f"{{ {', '.join(f'{_format_string(key)} = {_format_value(item)}' for key, item in pairs)} }}"
    return _format_string(str(value))


def _format_string(text: str) -> str:
    """A basic string of TOML; a JSON string is one, once DEL is written out."""
    return msgspec.json.encode(text.encode("utf-8", "replace").decode()).decode().replace("\x7f", "\\u007f")


def save_recipe(recipe: Recipe, folder: Path) -> Path:
    """Write ``recipe`` into ``folder``, whole. Raises OSError; ValueError for a bad one."""
    _check_recipe(recipe)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{recipe.name}{SUFFIX}"
    write_atomically(path, to_text(recipe).encode())
    return path
