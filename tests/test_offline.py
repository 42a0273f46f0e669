"""Offline is a promise: under Python's own audit, the whole program asks for no socket and for no browser.

What Qt does by itself is not seen here; `tests/bundle/` takes the network away from the frozen program, which
has no QtNetwork in it at all.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run_sizes import plain_and_slow

ROOT = Path(__file__).parents[1]
AUDITED = """
import sys

def refuse(event, given):
    if event.partition(".")[0] in {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "webbrowser"}:
        sys.stderr.write(f"AUDIT {event} {given!r}\\n")
        raise RuntimeError(event)

sys.addaudithook(refuse)
from explorer.__main__ import main
sys.argv[0] = "harms-explorer"
sys.exit(main())
"""


def audited(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {
        "HARMS_EXPLORER_DATA": str(folder / "data"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "HARMS_EXPLORER_BRIEF": "1",  # the bundle's own smoke walks every place
    }
    return subprocess.run(
        [sys.executable, "-c", AUDITED, *words],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=170,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    plain_and_slow(
        [
            ("show", "Cambridgeshire", "-o", "trend.xlsx"),
            ("voices",),
            ("places", "cambridge"),
            ("show", "East of England", "--chart", "platforms", "--format", "json"),
        ]
    ),
    ids=lambda words: words[0],
)
def test_the_command_line_asks_for_no_socket(tmp_path: Path, words: tuple[str, ...]):
    done = audited(tmp_path, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout or (tmp_path / words[-1]).is_file()


@pytest.mark.slow
def test_the_window_and_every_format_ask_for_no_socket(tmp_path: Path):
    pytest.importorskip("PySide6.QtWidgets")
    done = audited(tmp_path, "smoke", "seen")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "seen" / "report.json").is_file()


def test_the_audit_would_notice(tmp_path: Path):
    code = AUDITED.replace("from explorer.__main__ import main", "import socket; socket.create_connection(('::1', 9))")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "AUDIT socket." in done.stderr
