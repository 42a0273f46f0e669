"""Prints every ratio, each beside what it is held to. It measures and does not judge: its status is 0."""

from __future__ import annotations

import sys

from . import choosing, starting

if __name__ == "__main__":
    for line in (*starting.measured(), *choosing.measured()):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
