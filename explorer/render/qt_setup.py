"""pyqtgraph on PySide6: the one place it is imported, after the binding it has to take."""

from __future__ import annotations

import os
from typing import Any

import PySide6  # noqa: F401  pyqtgraph takes the binding that is already there, and PyQt6 before any other


def _import_pyqtgraph() -> Any:
    # In a function: the settings come first, and the freezer still sees what has to go along.
    import pyqtgraph

    return pyqtgraph


os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

pg: Any = _import_pyqtgraph()
"""pyqtgraph, which has no types."""
