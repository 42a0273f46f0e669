"""A chart, drawn. Importing this room first makes the Qt binding safe to use, whichever room asks for it."""

from __future__ import annotations

from .steady import workaround_refcount_bug

workaround_refcount_bug()
