"""Type for the drawing tests: one font at the usual size and at twice it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from explorer.render.layout.fonts import BODY, FontSet


@pytest.fixture
def normal(qapp: QApplication) -> FontSet:
    return FontSet(qapp.font(), BODY)


@pytest.fixture
def double(qapp: QApplication) -> FontSet:
    return FontSet(qapp.font(), 2 * BODY)
