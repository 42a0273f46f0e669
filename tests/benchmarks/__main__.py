"""Prints every ratio, each beside what it is held to. It measures and does not judge: its status is 0."""

from __future__ import annotations

import sys

from . import briefings, charting, choosing, importing, large, parts, starting

if __name__ == "__main__":
    measures = (starting, choosing, charting, parts, briefings, importing, large)
    for line in (line for one in measures for line in one.measured()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
