"""The house rules, held by reading the code: layers, faces, Qt's rooms, no network, sizes, docstrings, tidy files.

Nothing of the program is imported here: it is parsed, so this runs without Qt as well.
"""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "explorer").rglob("*.py"))
OURS = [*MODULES, ROOT / "explorer.spec", *sorted((ROOT / ".ci").glob("*.py"))]
QT_ROOMS = {"render", "ui", "selftest", "app"}
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
LONGEST_FILE, LONGEST_FUNCTION, MOST_MODULES, USUAL_MODULES = 500, 40, 12, 6
SMALLEST_FILE = 40
FACE = "explorer.support.faces.lazy_face"
"""What every face is made with."""
SHORT_BY_NATURE = {
    "explorer/__main__.py": "the entry point",
    "explorer/export/pdf_writer.py": "Qt comes in only where a PDF is made",
    "explorer/pages/panels/limits.py": "a table of sentences",
    "explorer/render/qt_setup.py": "the one place that pyqtgraph is imported",
    "explorer/support/faces.py": "the faces of all packages",
    "explorer/support/memo.py": "remembered values",
    "explorer/ui/window/parts.py": "a protocol between two modules that may not know one another",
}
"""Modules of few lines, and why they are no fragments of another."""
CLOCKS = {
    "perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "process_time", "process_time_ns",
    "thread_time", "thread_time_ns", "time.time", "time.time_ns", "timeit", "elapsed", "nsecsElapsed",
}  # fmt: skip
TIMED = {
    "tests/library/test_pack_transfer.py test_ended_at_any_moment_it_holds_the_old_or_the_new": "the time is a seed",
}
"""The tests that assert something a clock has a part in, and why that is no limit on time."""


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
            if not isinstance(node, ast.Expr) and isinstance(child, ast.Constant) and isinstance(child.value, str):
                yield child.lineno, child.value


@cache
def layers() -> dict[str, int]:
    """The packages by the layer they stand on, from the contract in pyproject.toml that import-linter holds too."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    contract = next(one for one in contracts if one["type"] == "layers" and "containers" not in one)
    return {
        name.strip().removeprefix("explorer."): layer
        for layer, names in enumerate(reversed(contract["layers"]))
        for name in names.split("|")
    }


def package_of(path: Path) -> str:
    return ".".join(("explorer", *path.relative_to(ROOT / "explorer").parts[:-1]))


@cache
def packages() -> frozenset[str]:
    return frozenset(package_of(path) for path in MODULES if path.name == "__init__.py")


def test_there_is_something_to_hold_to_the_rules():
    assert {room_of(path) for path in MODULES} >= {"evidence", "packs", "pages", "render", "export", "ui", "cli"}


def test_every_package_is_on_a_layer():
    assert {room_of(path) for path in MODULES} - {"__init__"} == set(layers())


@pytest.mark.slow
def test_imports_point_down_only():
    wrong = []
    for path in MODULES:
        room = room_of(path)
        for line, name in imports_of(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "explorer" and len(parts) > 1 else ""
            if other in layers() and other != room and layers()[other] >= layers().get(room, 0):
                wrong.append(f"{name_of(path)}:{line} imports {name}")
    assert wrong == []


def test_nothing_reaches_past_a_face():
    """A package is asked by its ``__init__``; its own modules, and those of the packages in it, ask one another."""
    wrong = []
    for path in MODULES:
        own = package_of(path)
        for line, name in imports_of(path):
            home = ".".join(name.split(".")[:-1])  # what the last word is taken from
            if not home.startswith("explorer.") or home in packages() or name == FACE:
                continue
            package = home.rpartition(".")[0]
            if own != package and not own.startswith(f"{package}."):
                wrong.append(f"{name_of(path)}:{line} takes {name} past the face of {package}")
    assert wrong == []


def face_tables(path: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The names of a face by module: as types are checked, and as they are fetched when the program runs."""
    typed: dict[str, set[str]] = {}
    fetched: dict[str, set[str]] = {}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module not in (None, "faces"):
            typed.setdefault(node.module, set()).update(alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "lazy_face":
            fetched = {str(word.arg): set(ast.literal_eval(word.value).split()) for word in node.keywords}
    return typed, fetched


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=name_of)
def test_a_face_hands_out_what_it_says(path: Path):
    typed, fetched = face_tables(path)
    assert typed == fetched
    for module, names in fetched.items():
        held = tree_of(path.with_name(f"{module}.py"))
        there = {
            target.id
            for node in ast.walk(held)
            for target in ([node] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else [])
        } | {node.name for node in held.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        assert names <= there, module
        # A module that is imported stands in its package under its own name, and would hide the thing.
        assert not [name for name in names if path.with_name(f"{name}.py").exists()]


def test_the_architecture_page_names_what_there_is():
    """Each file that the table of changes names is there, and has the names that stand before it."""
    rows = [line for line in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    assert len(rows) > 20
    wrong = []
    for places in (row.split("|")[2] for row in rows):
        for names, file in re.findall(r"((?:`\w+`(?:, | and )?)*)(?: in | of )`([\w/]+\.py)`", places):
            path = ROOT / "explorer" / file
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            wrong += [(name, file) for name in ("", *re.findall(r"`(\w+)`", names)) if name not in text or not text]
        wrong += [
            ("", file) for file in re.findall(r"`([\w/]+\.py)`", places) if not (ROOT / "explorer" / file).is_file()
        ]
    assert wrong == []


def test_packages_are_small():
    sizes = {
        package: sum(1 for path in MODULES if package_of(path) == package) for package in packages() - {"explorer"}
    }
    assert {package: size for package, size in sizes.items() if size > MOST_MODULES} == {}
    assert statistics.median(sizes.values()) <= USUAL_MODULES


def test_no_module_is_a_fragment():
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
        if path.name != "__init__.py"
    }
    assert {name for name, length in lengths.items() if length < SMALLEST_FILE} <= set(SHORT_BY_NATURE)


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


def asks_a_clock(node: ast.AST, timed: set[str]) -> bool:
    """Whether a clock is read within ``node``, or one of the names is used that hold what a clock said."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and inner.id in timed:
            return True
        if isinstance(inner, ast.Call):
            called = ast.unparse(inner.func)
            if called in CLOCKS or called.rpartition(".")[2] in CLOCKS:
                return True
    return False


def filled(node: ast.AST) -> tuple[list[ast.expr], ast.AST | None]:
    """What ``node`` puts something into, and what it puts there: by ``=``, ``+=``, ``:=`` or ``append``."""
    match node:
        case ast.Assign(targets=targets, value=value):
            return targets, value
        case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
            return [target], node.value
        case ast.Call(func=ast.Attribute(value=ast.Name() as held, attr="append" | "add" | "extend")):
            return [held], ast.Tuple(elts=node.args)
    return [], None


def timed_asserts(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The asserts whose outcome a clock has a part in: the function that each stands in, and its line."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        timed: set[str] = set()
        before = -1
        while before < len(timed):
            before = len(timed)
            for node in ast.walk(function):
                targets, value = filled(node)
                if value is not None and asks_a_clock(value, timed):
                    timed |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
                if isinstance(node, ast.FunctionDef) and node is not function:
                    returns = (inner for inner in ast.walk(node) if isinstance(inner, ast.Return))
                    timed |= {node.name} if any(asks_a_clock(one, timed) for one in returns) else set()
        for node in ast.walk(function):
            if isinstance(node, ast.Assert) and asks_a_clock(node.test, timed):
                yield function.name, node.lineno


def test_no_test_asserts_how_long_something_takes():
    """How long says how fast the machine is: speed is held to ratios, in ``tests/benchmarks``."""
    found = {
        f"{name_of(path)} {function}": line
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path.parent != ROOT / "tests" / "benchmarks"
        if any(clock in path.read_text(encoding="utf-8") for clock in CLOCKS)
        for function, line in timed_asserts(tree_of(path))
    }
    assert {name: line for name, line in found.items() if name not in TIMED} == {}
    assert set(found) == set(TIMED)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["began = time.perf_counter()", "work()", "assert time.perf_counter() - began < 3"], 1),
        (["taken = []", "taken.append(perf_counter() - 1)", "assert sorted(taken)[9] < 0.01"], 1),
        (["best = 9.0", "best = min(best, monotonic() - 1)", "assert best < 5"], 1),
        (["def taken():", "    return process_time() - 1", "assert taken() < 3"], 1),
        (["assert timeit.timeit(work, number=9) < 1"], 1),
        (["end = time.monotonic() + 40", "while time.monotonic() < end:", "    work()", "assert done"], 0),
        (["clock.setattr(notes.time, 'monotonic', lambda: 125)", "assert said == '2:05'"], 0),
    ],
)
def test_a_limit_on_time_is_known_by_its_clock(lines: list[str], found: int):
    tree = ast.parse("\n    ".join(["def test():", *lines]))
    assert len(list(timed_asserts(tree))) == found


def test_every_module_says_what_it_is_for():
    empty = [name_of(p) for p in OURS if p.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree_of(p))]
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
    found = [name_of(p) for p, held in texts if b"\0" not in held and MACHINE.search(held.decode("utf-8", "replace"))]
    assert found == []


def test_names_are_distinct_where_case_does_not_count():
    names = [name_of(path).casefold() for path in tracked()]
    assert len(names) == len(set(names))


def test_every_file_is_small_enough_to_read_and_to_clone():
    assert {name_of(p): p.stat().st_size for p in tracked() if p.stat().st_size > 3 * 2**20} == {}
