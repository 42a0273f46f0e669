"""The frozen program, as a person gets it, ready to be driven from somewhere else.

It is built only when asked for, since that takes a minute:

    HARMS_EXPLORER_BUNDLE=1 uv run pytest -n 0 tests/bundle        builds it with .ci/freeze and drives it
    HARMS_EXPLORER_BUNDLE=dist/online-harms-explorer uv run ...    drives one that is there
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec import Struct, field

ROOT = Path(__file__).parents[2]
WISH = os.environ.get("HARMS_EXPLORER_BUNDLE", "")
SECONDS = 300
WALK = 900
"""How long a walk through every page may take before it counts as stuck, on the slowest machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a bundle the tests that need one are skipped, and say how to have one."""
    if WISH:
        return
    skip = pytest.mark.skip(reason="drives the frozen program: set HARMS_EXPLORER_BUNDLE=1 or to a built folder")
    for item in items:
        if item.get_closest_marker("bundle"):
            item.add_marker(skip)


class Answer(Struct, frozen=True, kw_only=True):
    """What one run of the frozen program said, and how it ended."""

    status: int
    said: str
    complained: str


class Frozen(Struct, frozen=True, kw_only=True):
    """The frozen program in a folder of its own. ``command`` answers on the command line, on every system."""

    folder: Path
    elsewhere: Path
    prefix: tuple[str, ...] = field(default=())

    @property
    def command(self) -> Path:
        """The program to start."""
        return self.folder / ("harms-explorer.exe" if sys.platform == "win32" else "harms-explorer")

    @property
    def inner(self) -> Path:
        """Where its libraries and data are."""
        return self.folder / "_internal"

    def run(self, *words: str, **more: str) -> Answer:
        """Run it from another folder, in an environment that knows nothing of Python or this repository."""
        kept = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMP", "HOMEDRIVE", "HOMEPATH", "USERPROFILE")
        surroundings = {name: os.environ[name] for name in kept if name in os.environ}
        surroundings |= {"HOME": str(self.elsewhere), "HARMS_EXPLORER_DATA": str(self.elsewhere / "Däta")}
        done = subprocess.run(
            [*self.prefix, str(self.command), *words],
            cwd=self.elsewhere,
            env=surroundings | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WALK if words[:1] == ("smoke",) else SECONDS,
            check=False,
        )
        return Answer(
            status=done.returncode,
            said=done.stdout.decode("utf-8"),
            complained=done.stderr.decode("utf-8", "replace"),
        )


def _built() -> Path:
    if WISH != "1":
        return (ROOT / WISH).resolve()
    subprocess.run(["bash", str(ROOT / ".ci" / "freeze")], check=True)
    return ROOT / "dist" / "online-harms-explorer"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, moved to a folder with a space and letters beyond ASCII in its name."""
    folder = tmp_path_factory.mktemp("Prüf ordner") / "online-harms-explorer"
    shutil.copytree(_built(), folder, symlinks=True)
    return folder


@pytest.fixture
def frozen(bundle: Path, tmp_path: Path) -> Frozen:
    """The frozen program with the network as it is."""
    return Frozen(folder=bundle, elsewhere=tmp_path)


def _prison() -> tuple[str, ...]:
    for prefix in (("unshare", "--user", "--map-root-user", "--net"), ("unshare", "--net")):
        if (
            shutil.which("unshare")
            and subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
        ):
            return prefix
    return ()


@pytest.fixture
def cut_off(bundle: Path, tmp_path: Path) -> Frozen:
    """The frozen program where there is no network at all, not even a loopback that answers."""
    prison = _prison()
    if not prison:
        pytest.skip("this machine cannot take the network away from a program (unshare)")
    return Frozen(folder=bundle, elsewhere=tmp_path, prefix=prison)
