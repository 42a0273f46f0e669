"""Process start to first chart painted, and the memory it takes, against the floor."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 9
_LIMITS = (1.3, 1.5)


def measured(rounds: int = ROUNDS) -> Iterator[str]:
    """Run both in turn; yields a line for time and one for memory, medians of the pairs' ratios."""
    with tempfile.TemporaryDirectory() as own:
        pairs = [(run("ours.py", own), run("floor.py", own)) for _ in range(rounds + 1)][1:]
    seconds = [ours[0] / floor[0] for ours, floor in pairs]
    memory = [ours[1] / floor[1] for ours, floor in pairs]
    ours_s, floor_s = (statistics.median(run[side][0] for run in pairs) for side in (0, 1))
    ours_m, floor_m = (statistics.median(run[side][1] for run in pairs) for side in (0, 1))
    yield (
        f"start to first chart painted: {statistics.median(seconds):.2f} x the floor "
        f"(at most {_LIMITS[0]} x; {ours_s * 1000:.0f} ms against {floor_s * 1000:.0f} ms)"
    )
    yield (
        f"memory at first chart: {statistics.median(memory):.2f} x the floor "
        f"(at most {_LIMITS[1]} x; {ours_m:.0f} MB against {floor_m:.0f} MB)"
    )


def run(script: str, own: str) -> tuple[float, float]:
    """Seconds of the whole process and its largest resident size in MB, with byte code kept, as installed."""
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "HARMS_EXPLORER_DATA": own}
    words = [sys.executable, str(HERE / script)]
    began = time.perf_counter()
    process = subprocess.Popen(words, env=surroundings, stdout=subprocess.DEVNULL, cwd=HERE.parents[1])
    _, status, usage = os.wait4(process.pid, 0)
    spent = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{script} ended with {process.returncode}")
    return spent, usage.ru_maxrss / 1024
