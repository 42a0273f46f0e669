"""pyqtgraph on PySide6: the one place it is imported, after the binding it has to take."""

from __future__ import annotations

import os
from typing import Any

import PySide6  # noqa: F401  pyqtgraph takes the binding that is already there, and PyQt6 before any other

from .steady import hold_constants


def _pyqtgraph() -> Any:
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    import pyqtgraph

    return pyqtgraph


hold_constants()
pg = _pyqtgraph()
"""pyqtgraph, which has no types."""
