"""The window on a real X display, as a process of its own: it opens, shows a chart, takes keys and ends well.

Skipped where there is no X display; `.ci/display uv run pytest -n 0 -m xvfb` gives it one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="there is no X display"),
    pytest.mark.skipif(not shutil.which("xdotool"), reason="xdotool is not installed"),
]

ROOT = Path(__file__).parents[1]
PATIENCE = 40
NAVY = (0x12, 0x43, 0x6D)
"""What bars and lines are drawn in, in the light theme."""


class Shown:
    """The running program and its window, worked from outside as a hand and an eye would."""

    def __init__(self, process: subprocess.Popen[str], window: str) -> None:
        self.process = process
        self.window = window

    def press(self, *keys: str) -> None:
        subprocess.run(["xdotool", "windowactivate", "--sync", self.window, "key", *keys], check=True)

    def drag(self, *way: tuple[int, int]) -> None:
        """Pull something from the first point of the window to the last."""
        (left, top), *rest = way
        moves = ["windowactivate", "--sync", self.window, "mousemove", "--window", self.window]
        words = [*moves, str(left), str(top), "mousedown", "1"]
        for across, down in rest:
            words += ["sleep", "0.1", "mousemove", "--window", self.window, str(across), str(down)]
        subprocess.run(["xdotool", *words, "sleep", "0.3", "mouseup", "1"], check=True)

    def size(self) -> tuple[int, int]:
        told = ["xdotool", "getwindowgeometry", "--shell", self.window]
        done = subprocess.run(told, check=True, capture_output=True, text=True)
        held = dict(line.split("=") for line in done.stdout.split())
        return int(held["WIDTH"]), int(held["HEIGHT"])

    def title(self) -> str:
        done = subprocess.run(["xdotool", "getwindowname", self.window], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def navy_pixels(self) -> int:
        """How many pixels of the whole display have the colour that data is drawn in."""
        from PIL import ImageGrab

        picture = ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).convert("RGB")
        return {colour: count for count, colour in picture.getcolors(2**24)}.get(NAVY, 0)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    with started(tmp_path) as window:
        yield window


@contextmanager
def started(folder: Path, *words: str) -> Iterator[Shown]:
    """The program with its data in ``folder``, and its window once that can be seen."""
    surroundings = os.environ | {"QT_QPA_PLATFORM": "xcb", "HARMS_EXPLORER_DATA": str(folder / "data")}
    program = [sys.executable, "-m", "explorer", *words]
    with subprocess.Popen(program, cwd=ROOT, env=surroundings, stderr=subprocess.PIPE, text=True) as process:
        try:
            search = ["timeout", str(PATIENCE), "xdotool", "search", "--sync", "--onlyvisible", "--name"]
            found = subprocess.run([*search, "Online Harms Explorer"], capture_output=True, text=True, check=True)
            yield Shown(process, found.stdout.split()[-1])
        finally:
            process.kill()


def eventually(truth) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if truth():
            return True
        time.sleep(0.2)
    return False


def test_the_window_opens_with_a_chart_takes_keys_and_closes(shown: Shown):
    assert "Online Harms Explorer" in shown.title()
    assert eventually(lambda: shown.navy_pixels() > 2_000), "no chart was painted"
    shown.press("ctrl+q")
    assert shown.process.wait(PATIENCE) == 0
    assert shown.process.stderr is not None
    assert shown.process.stderr.read() == ""


def kept(folder: Path) -> list[dict]:
    """The items of the briefing that is kept unsaved."""
    files = list((folder / "data" / "briefings" / "unsaved").glob("*.ohbrief"))
    return json.loads(files[0].read_bytes()).get("items", []) if files else []


def test_a_briefing_by_hand(shown: Shown, tmp_path: Path):
    assert eventually(lambda: shown.navy_pixels() > 2_000), "no chart was painted"
    shown.press("ctrl+b")
    assert eventually(lambda: len(kept(tmp_path)) == 1)
    wide, high = shown.size()
    middle, button = (round(wide * 0.38), round(high * 0.55)), (wide - 150, high - 14)
    shown.drag(middle, (middle[0] + 30, middle[1] + 30), (wide // 2, high - 60), button)
    assert eventually(lambda: len(kept(tmp_path)) == 2), "the chart was not dragged to the briefing"
    shown.press("ctrl+z")
    assert eventually(lambda: len(kept(tmp_path)) == 1)
    shown.press("ctrl+shift+z")
    assert eventually(lambda: len(kept(tmp_path)) == 2)
    shown.process.kill()
    assert len(kept(tmp_path)) == 2


def test_a_briefing_is_opened_by_its_name_and_presented(tmp_path: Path):
    path = tmp_path / "Käthe's briefing.ohbrief"
    brief = [sys.executable, "-m", "explorer", "brief", "--place", "E23000023", "-o", str(path)]
    surroundings = os.environ | {"HARMS_EXPLORER_DATA": str(tmp_path / "data")}
    subprocess.run(brief, cwd=ROOT, env=surroundings, check=True, capture_output=True)
    with started(tmp_path, str(path)) as shown:
        assert eventually(lambda: shown.title().startswith("Online grooming offences: Cambridgeshire"))
        before = shown.navy_pixels()
        shown.press("F5")
        to_the_chart = ["key", "Right"] * 3  # past the points and the first heading
        subprocess.run(["xdotool", "sleep", "1.5", *to_the_chart], check=True)
        # The same chart, on the whole screen in place of the middle of the window.
        assert eventually(lambda: shown.navy_pixels() > 1.3 * before), "no chart was presented"
        subprocess.run(["xdotool", "key", "Escape", "sleep", "1"], check=True)
        shown.press("ctrl+q")
        assert shown.process.wait(PATIENCE) == 0
        assert shown.process.stderr.read() == ""
