"""The words of the code, counted by reading it: what is called by one word, by a bare participle, or twice.

Every test prints its figures and lists what offends, so that a failure says what to rename.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
MOST_ONE_WORD_FUNCTIONS, MOST_ONE_WORD_CLASSES, MOST_PARTICIPLES = 0.35, 0.30, 0.02
BANNED = {"told", "held", "kept", "made", "said", "asked", "wanted", "worn"}
"""Names that say nothing of what stands behind them: none comes back."""
KEYS = {
    "said": "explorer/importer/recipe.py",
    "asked": "explorer/pages/model/page.py",
    "kept": "explorer/library/user_folder.py",
}
"""Names that stand in files or JSON that others read."""
IRREGULAR = frozenset(
    [
        "begun",
        "bound",
        "bought",
        "broken",
        "brought",
        "built",
        "cast",
        "caught",
        "chosen",
        "cut",
        "dealt",
        "done",
        "drawn",
        "driven",
        "fallen",
        "felt",
        "flown",
        "found",
        "frozen",
        "given",
        "gone",
        "grown",
        "heard",
        "held",
        "hidden",
        "hit",
        "hung",
        "kept",
        "known",
        "laid",
        "led",
        "left",
        "lent",
        "lit",
        "lost",
        "made",
        "meant",
        "met",
        "paid",
        "put",
        "read",
        "risen",
        "run",
        "said",
        "sent",
        "set",
        "shown",
        "shut",
        "sold",
        "spent",
        "split",
        "spoken",
        "spread",
        "stood",
        "struck",
        "sung",
        "sunk",
        "swept",
        "taken",
        "taught",
        "thought",
        "thrown",
        "told",
        "torn",
        "understood",
        "undone",
        "withdrawn",
        "won",
        "worn",
        "woven",
        "written",
    ]
)
NO_PARTICIPLES = {"embed", "exceed", "feed", "hundred", "indeed", "naked", "need", "sacred", "seed", "shed", "speed"}


class Name(NamedTuple):
    """A name, what kind of thing it names, and where it is given."""

    text: str
    kind: str
    place: str


def is_one_word(name: str) -> bool:
    """Whether ``name`` is a single word: no underscore within, and no capital after a small letter."""
    plain = name.strip("_")
    return "_" not in plain and not re.search("[a-z][A-Z]", plain)


def is_participle(name: str) -> bool:
    """Whether ``name`` is a past participle and nothing besides."""
    word = name.strip("_").lower()
    return word in IRREGULAR or (
        len(word) > 3 and "_" not in word and word.endswith("ed") and word not in NO_PARTICIPLES
    )


def arguments_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.arg]:
    spec = function.args
    for argument in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg):
        if argument is not None and argument.arg not in ("self", "cls"):
            yield argument


def names_in(tree: ast.AST, file: str) -> Iterator[Name]:
    """Each function, class, parameter and variable of a module; a variable once for each function that sets it."""

    def visit(node: ast.AST, seen: set[str]) -> Iterator[Name]:
        for child in ast.iter_child_nodes(node):
            place = f"{file}:{getattr(child, 'lineno', 0)}"
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Name(child.name, "function", place)
                arguments = {argument.arg for argument in arguments_of(child)}
                yield from (Name(argument, "variable", place) for argument in sorted(arguments))
                yield from visit(child, arguments)
            elif isinstance(child, ast.ClassDef):
                yield Name(child.name, "class", place)
                yield from visit(child, set())
            else:
                if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store) and child.id not in seen:
                    seen.add(child.id)
                    yield Name(child.id, "variable", place)
                yield from visit(child, seen)

    return visit(tree, set())


@cache
def names() -> tuple[Name, ...]:
    found: list[Name] = []
    for path in sorted((ROOT / "explorer").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += names_in(tree, path.relative_to(ROOT).as_posix())
    return tuple(name for name in found if not name.text.startswith("__"))


def report(what: str, offending: Iterable[Name], every: int, most: float) -> str:
    """The share that offends, against the most there may be, and every one that does."""
    listed = sorted(offending)
    lines = [f"{name.text}  ({name.place})" for name in listed]
    share = len(listed) / every
    return "\n".join([f"{what}: {len(listed)} of {every}, {share:.1%}, at most {most:.0%}", *lines])


@pytest.mark.parametrize(
    ("what", "kinds", "offends", "most"),
    [
        ("functions of one word", {"function"}, is_one_word, MOST_ONE_WORD_FUNCTIONS),
        ("classes of one word", {"class"}, is_one_word, MOST_ONE_WORD_CLASSES),
        ("bare participles", {"function", "class", "variable"}, is_participle, MOST_PARTICIPLES),
    ],
    ids=["functions", "classes", "participles"],
)
def test_names_say_what_they_name(what, kinds, offends, most):
    every = [name for name in names() if name.kind in kinds]
    offending = [name for name in every if offends(name.text)]
    told = report(what, offending, len(every), most)
    print(told.splitlines()[0])  # noqa: T201
    assert len(offending) / len(every) <= most, told


def test_no_class_name_has_two_meanings():
    places = defaultdict(list)
    for name in names():
        if name.kind == "class":
            places[name.text].append(name.place)
    assert {text: at for text, at in places.items() if len(at) > 1} == {}


def test_no_name_is_a_word_that_says_nothing():
    offending = [name for name in names() if name.text.strip("_") in BANNED]
    assert [name for name in offending if not name.place.startswith(KEYS.get(name.text, "-"))] == []


@pytest.mark.parametrize("name", ["told", "_held", "Asked", "settled", "_drawn", "KEPT"])
def test_participles_are_known(name):
    assert is_participle(name)


@pytest.mark.parametrize("name", ["is_held", "seed", "red", "figures", "held_back", "feed"])
def test_other_names_are_no_participles(name):
    assert not is_participle(name)


@pytest.mark.parametrize(("name", "one"), [("figures", True), ("_Row", True), ("FigureRow", False), ("row_at", False)])
def test_words_are_counted(name, one):
    assert is_one_word(name) is one
