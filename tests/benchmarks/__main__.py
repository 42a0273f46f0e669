"""Prints every ratio, each beside what it is held to. It measures and does not judge: its status is 0."""

from __future__ import annotations

import sys

from . import briefings, choosing, importing, large, starting

if __name__ == "__main__":
    measures = (starting.measured, choosing.measured, briefings.measured, importing.measured, large.measured)
    for line in (line for measured in measures for line in measured()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
