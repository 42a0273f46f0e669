"""The frozen program as it is double-clicked: its window on a real X display, closed by its own command."""

from __future__ import annotations

import shutil

import pytest

from .conftest import ROOT, Frozen

NEEDED = ("xvfb-run", "openbox", "xdotool")
SESSION = """
timeout 60 "$0" 2>complaints.txt & program=$!
window=$(timeout 50 xdotool search --sync --onlyvisible --name 'Online Harms Explorer' | tail -n 1)
xdotool getwindowname "$window" >title.txt
sleep 2
xdotool windowfocus --sync "$window" key ctrl+q
wait $program
"""

pytestmark = [
    pytest.mark.bundle,
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
]


def test_a_double_click_opens_the_window_and_it_closes_when_asked(frozen: Frozen):
    display = ("bash", str(ROOT / ".ci" / "display"), "bash", "-c", SESSION)
    answer = Frozen(folder=frozen.folder, elsewhere=frozen.elsewhere, prefix=display).run()
    said = (frozen.elsewhere / "complaints.txt").read_text(encoding="utf-8")
    assert (answer.status, said) == (0, ""), answer.complained
    assert "Online Harms Explorer" in (frozen.elsewhere / "title.txt").read_text(encoding="utf-8")
