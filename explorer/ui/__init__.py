"""The window."""

from __future__ import annotations

import explorer.draw  # noqa: F401  (makes the Qt binding safe before any part uses it)
