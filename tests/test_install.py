"""What a person gets who installs it: the wheel with its data, and the commands of the README.

The frozen program has tests of its own in `tests/bundle/`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from explorer.cli import main

from .readme_tables import renew

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands_under(heading: str) -> list[str]:
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert section, f"README has no section “{heading}”"
    return re.findall(r"^    (\S.*)$", section[1], re.MULTILINE)


def test_the_two_commands_are_the_ones_that_ci_and_this_project_stand_on():
    assert commands_under("Open it") == ["pip install uv && uv run harms-explorer"]
    assert commands_under("Run the tests") == ["pip install uv && uv run pytest"]


def test_ci_takes_the_test_command_from_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert """bash -c "$(readme 'Run the tests')\"""" in script


def test_the_workflow_runs_what_ci_runs():
    workflow = (ROOT / ".github" / "workflows" / "build.yml").read_text(encoding="utf-8")
    for system in ("ubuntu", "windows", "macos"):
        assert system in workflow
    assert ".ci/freeze" in workflow
    assert "uv run pytest" in workflow


EXAMPLES = [line for line in commands_under("The command line") if line.startswith("uv run harms-explorer")]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.usefixtures("started_data")
def test_each_example_of_the_readme_works(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    words = shlex.split(example)[3:]
    if any(word.endswith((".svg", ".png", ".pdf")) for word in words):
        pytest.importorskip("PySide6.QtSvg")
    monkeypatch.chdir(tmp_path)
    assert main.run_command_line(words) == 0


def test_there_are_examples():
    assert len(EXAMPLES) >= 4


def test_the_tables_of_the_readme_are_what_the_program_has_now():
    assert renew(README) == README, "run: uv run python -m tests.readme_tables"


def test_a_readme_that_lost_a_mark_is_told_so():
    with pytest.raises(ValueError, match="0 places for “options”"):
        renew(README.replace("<!-- end of options -->", ""))


def test_every_picture_and_file_that_the_readme_points_to_is_there():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_version_has_its_paragraph_in_the_changelog():
    from explorer import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built here from this checkout."""
    if not find_spec("hatchling"):
        pytest.skip("hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_all_data_and_no_tests(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        folders = ("data/packs", "data/places", "resources")
        inside = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.is_file()]
        for path in [p for p in inside if "screenshots" not in p.parts]:  # those are the README's
            place = f"explorer/_shipped/{path.relative_to(ROOT).as_posix()}"
            assert archive.read(place) == path.read_bytes()
    assert {name.split("/")[0] for name in names} == {
        "explorer",
        next(n for n in names if "METADATA" in n).split("/")[0],
    }


def test_the_installed_wheel_finds_its_data_from_anywhere(wheel: Path, tmp_path: Path):
    home = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    code = (
        "import explorer, sys; from explorer.cli import run_command_line; "
        "print(explorer.__file__); run_command_line(sys.argv[1:])"
    )
    # The wheel comes before the checkout, which the environment may hold; what it needs stays in reach.
    surroundings = os.environ | {"PYTHONPATH": str(home), "HARMS_EXPLORER_DATA": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", code, "places", "peterborough"],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith(str(home))
    assert "Cambridgeshire" in done.stdout
