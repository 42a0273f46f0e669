"""What was not saved yet, kept beside the person's data so that nothing is lost when the program ends badly.

Each is a briefing's file with one field more: the file that it is a newer state of. Whole writes, as always.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from explorer.support import paths, write_atomically

from .file_format import BriefingError, NewerError, load_briefing, to_bytes
from .model import SUFFIX, Briefing

_OF = "unsaved_of"


class UnsavedBriefing(Struct, frozen=True, kw_only=True):
    """A state that was not saved. ``of`` is the file it belongs to, None for one that had none yet."""

    file: Path
    of: Path | None
    when: float
    """Seconds since 1970, as the disk has it."""
    briefing: Briefing


def unsaved_folder() -> Path:
    """Where they are kept. It may not exist yet."""
    return paths.user_data_folder() / "briefings" / "unsaved"


def write_unsaved(file: Path, briefing: Briefing, of: Path | None) -> None:
    """Write the state whole. Raises OSError as the disk does."""
    briefing_data = cast("dict[str, Any]", msgspec.json.decode(to_bytes(briefing)))
    content = {**briefing_data, _OF: str(of) if of else ""}
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")


def list_unsaved(in_use: Callable[[Path], bool]) -> tuple[UnsavedBriefing, ...]:
    """Those that no window is working on, the latest first. What cannot be read is passed over and left."""
    several: list[UnsavedBriefing] = []
    for file in sorted(unsaved_folder().glob(f"*{SUFFIX}")):
        if in_use(file):
            continue
        try:
            several.append(_read_unsaved(file))
        except (BriefingError, OSError):
            continue
    return tuple(sorted(several, key=lambda one: one.when, reverse=True))


def quarantine(in_use: Callable[[Path], bool]) -> tuple[Path, ...]:
    """Give those that cannot be read another name, so that they are told of once and are not lost.

    Returns where they are now.
    """
    aside: list[Path] = []
    for file in sorted(unsaved_folder().glob(f"*{SUFFIX}")):
        if in_use(file):
            continue
        try:
            _read_unsaved(file)
        except NewerError:
            continue  # the program that wrote it will find it
        except BriefingError:
            aside.append(file.rename(file.with_name(f"{file.name}.unreadable")))
        except OSError:
            continue
    return tuple(aside)


def _read_unsaved(file: Path) -> UnsavedBriefing:
    briefing = load_briefing(file)
    of = cast("dict[str, Any]", msgspec.json.decode(file.read_bytes())).get(_OF)
    original_path = Path(of) if isinstance(of, str) and of else None
    return UnsavedBriefing(file=file, of=original_path, when=file.stat().st_mtime, briefing=briefing)
