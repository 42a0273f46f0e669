"""How the program starts: the database, the window, and what is done beside the first chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .startup import (
        register_file_type as register_file_type,
        run_smoke_tour as run_smoke_tour,
        run_window as run_window,
        write_screenshots as write_screenshots,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        startup="register_file_type run_smoke_tour run_window write_screenshots",
    )
