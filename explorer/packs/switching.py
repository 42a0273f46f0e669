"""Which packs the person has switched off: a small file beside the library, which a rebuilt library keeps.

It knows ids and nothing of packs; what becomes of a pack's rows is the business of ``stock``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import cast

SWITCHES_FILE = "switched-off.json"
_LARGEST = 1 << 20
_KEY = "off"
"""Bytes; a file larger than this was not written here."""


class PackSwitches:
    """The ids of the packs that are off. Without a file they are remembered until the program ends."""

    def __init__(self, path: Path | None) -> None:
        """Read the file at ``path``; one that is missing or cannot be read switches nothing off."""
        self._path = path
        self._off = frozenset[str]() if path is None else _read_switches(path)

    def is_on(self, pack: str) -> bool:
        """Whether a pack is switched on, as all are that nobody has switched off."""
        return pack not in self._off

    def set_enabled(self, pack: str, *, is_enabled: bool) -> None:
        """Switch a pack on or off and write that down. Raises OSError, with nothing changed."""
        off = self._off - {pack} if is_enabled else self._off | {pack}
        if off != self._off:
            if self._path is not None:
                _write_switches(self._path, off)
            self._off = off


def _read_switches(path: Path) -> frozenset[str]:
    try:
        if path.stat().st_size > _LARGEST:
            return frozenset()
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    names: object = cast("dict[str, object]", content).get(_KEY) if isinstance(content, dict) else None
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in cast("list[object]", names) if isinstance(name, str))


def _write_switches(path: Path, off: frozenset[str]) -> None:
    """Write the file whole beside the old one, then swap them."""
    beside = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps({_KEY: sorted(off)}, ensure_ascii=False, indent=2) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
