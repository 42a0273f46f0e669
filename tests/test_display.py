"""The window on a real X display, as a process of its own: it opens, shows a chart, takes keys and ends well.

Skipped where there is no X display; `.ci/display uv run pytest -m xvfb` gives it one, with a window manager.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
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

    def title(self) -> str:
        done = subprocess.run(
            ["xdotool", "getwindowname", self.window], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def navy_pixels(self) -> int:
        """How many pixels of the whole display have the colour that data is drawn in."""
        from PIL import ImageGrab

        picture = ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).convert("RGB")
        return {colour: count for count, colour in picture.getcolors(2**24)}.get(NAVY, 0)


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "xcb", "HARMS_EXPLORER_DATA": str(tmp_path / "data")}
    with subprocess.Popen(
        [sys.executable, "-m", "explorer"], cwd=ROOT, env=surroundings, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            search = ["timeout", str(PATIENCE), "xdotool", "search", "--sync", "--onlyvisible", "--name"]
            found = subprocess.run(
                [*search, "Online Harms Explorer"], capture_output=True, text=True, check=True
            )
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
