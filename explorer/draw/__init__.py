"""A chart, drawn. Importing this room first makes the Qt binding safe to use, whichever room asks for it."""

from __future__ import annotations

import os
import sys

# pyqtgraph would take another Qt binding that happens to be installed.
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")


def _hold_none() -> None:
    """Give None so many references that it can never be let go of.

    WORKAROUND: PySide6 6.12.0 gives None back one time too often from many calls that return nothing
    (QPainter.setPen is one), and on Python 3.11 the program ends with "none_dealloc" after some thousands of
    them. From Python 3.12 on None is immortal and nothing happens. PySide6 6.11 counts right. This can go
    when 3.11 is no longer supported: https://peps.python.org/pep-0683/
    """
    if sys.version_info >= (3, 12):
        return
    import ctypes

    ctypes.c_ssize_t.from_address(id(None)).value += 1 << 28


_hold_none()
