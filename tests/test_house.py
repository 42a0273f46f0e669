"""The house rules, held by reading the code: floors, Qt's rooms, no network, sizes, docstrings, tidy files.

Nothing of the program is imported here: it is parsed, so this runs without Qt as well.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "explorer").rglob("*.py"))
OURS = [*MODULES, ROOT / "explorer.spec", *sorted((ROOT / ".ci").glob("*.py"))]
FLOORS = {
    "evidence": 1,
    "paths": 1,
    "packs": 2,
    "pages": 3,
    "draw": 4,
    "briefing": 4,
    "export": 5,
    "cli_brief": 6,
    "cli_import": 6,
    "cli_packs": 6,
    "ui": 7,
    "cli": 7,
    "app": 8,
    "__main__": 9,
}
QT_ROOMS = {"draw", "ui", "app"}
QT = {"PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6"}
NETWORK = {
    "socket", "ssl", "urllib", "http", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc", "socketserver",
    "webbrowser", "asyncio", "requests", "urllib3", "httpx", "aiohttp",
}  # fmt: skip
NETWORK_OF_QT = {
    "QtNetwork",
    "QtNetworkAuth",
    "QtWebSockets",
    "QtWebEngineCore",
    "QtHttpServer",
    "QtBluetooth",
}
LONGEST_FILE, LONGEST_FUNCTION = 500, 40


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "explorer").parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every import, wherever it stands, as a line and a dotted name; relative ones are made whole."""
    package = ["explorer", *path.relative_to(ROOT / "explorer").parts[:-1]]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def plain_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every string that is no docstring: a module can be named in one, for importlib."""
    for node in ast.walk(tree_of(path)):
        for child in ast.iter_child_nodes(node):
            if (
                not isinstance(node, ast.Expr)
                and isinstance(child, ast.Constant)
                and isinstance(child.value, str)
            ):
                yield child.lineno, child.value


def test_there_is_something_to_hold_to_the_rules():
    assert {room_of(path) for path in MODULES} >= {
        "evidence",
        "packs",
        "pages",
        "draw",
        "export",
        "ui",
        "cli",
    }


def test_every_room_is_on_a_floor():
    assert {room_of(path) for path in MODULES} - {"__init__"} <= set(FLOORS)


def test_imports_point_down_only():
    wrong = []
    for path in MODULES:
        floor, room = FLOORS.get(room_of(path), 0), room_of(path)
        for line, name in imports_of(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "explorer" and len(parts) > 1 else ""
            if other in FLOORS and other != room and FLOORS[other] >= floor:
                wrong.append(f"{name_of(path)}:{line} imports {name}")
    assert wrong == []


def test_qt_is_named_in_its_rooms_only():
    wrong = []
    for path in MODULES:
        if room_of(path) in QT_ROOMS:
            continue
        named = [*imports_of(path), *((n, s) for n, s in plain_strings(path) if re.fullmatch(r"[\w.]+", s))]
        wrong += [f"{name_of(path)}:{line} names {name}" for line, name in named if name.split(".")[0] in QT]
    assert wrong == []


def test_nothing_reaches_for_a_network():
    wrong = []
    for path in MODULES:
        for line, name in imports_of(path):
            parts = name.split(".")
            if name.startswith("urllib.parse."):  # it takes an address apart and goes nowhere
                continue
            if parts[0] in NETWORK or (parts[0] in QT and NETWORK_OF_QT & set(parts)):
                wrong.append(f"{name_of(path)}:{line} imports {name}")
    assert wrong == []


def test_every_module_says_what_it_is_for():
    empty = [
        name_of(p)
        for p in OURS
        if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(p))
    ]
    assert empty == []


def test_every_test_module_says_what_it_is_for():
    paths = sorted((ROOT / "tests").rglob("*.py"))
    assert [name_of(p) for p in paths if p.stat().st_size and not ast.get_docstring(tree_of(p))] == []


def test_no_file_is_too_long():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long():
    long = {}
    for path in OURS:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{name_of(path)}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_every_return_is_typed():
    untyped = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None
    ]
    assert untyped == []


@cache
def tracked() -> tuple[Path, ...]:
    """The files that are, or would be, in the repository."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


# In pieces, so that this file is not among those it finds.
HOSTS = ("pypi" + ".org", "python" + "hosted", "npm" + "js.org", "deb.debian" + ".org", "conda" + ".anaconda")
MACHINE = re.compile(r"(?<![\w.])/(?:root|home|Users|work|workspace)/|[A-Z]:\\Users\\")


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_a_package_registry(host: str):
    assert [name_of(path) for path in tracked() if host.encode() in path.read_bytes()] == []


def test_no_file_holds_a_path_of_somebodys_machine():
    me = Path(__file__).resolve()
    texts = ((path, path.read_bytes()) for path in tracked() if path.resolve() != me)
    found = [
        name_of(p)
        for p, held in texts
        if b"\0" not in held and MACHINE.search(held.decode("utf-8", "replace"))
    ]
    assert found == []


def test_names_are_distinct_where_case_does_not_count():
    names = [name_of(path).casefold() for path in tracked()]
    assert len(names) == len(set(names))


def test_every_file_is_small_enough_to_read_and_to_clone():
    assert {name_of(p): p.stat().st_size for p in tracked() if p.stat().st_size > 3 * 2**20} == {}
