"""Charts and documents drawn with Qt. Importing it first makes the Qt binding safe to use."""

from __future__ import annotations
