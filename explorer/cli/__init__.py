"""The command line: pages, packs, tables, briefings and quotes as text, CSV, JSON and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import main as main
    from .main import HEADLESS as HEADLESS, run_command_line as run_command_line
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        main="HEADLESS run_command_line",
    )
