"""Briefings in files: written whole beside the old one and swapped in, read back or refused in a sentence.

The file is JSON that a person can read: ``format``, ``version``, then the fields of a Briefing. Fields that
this version does not know are passed over; a file of a newer version is refused and left alone.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any, cast

import msgspec

from .document import FORMAT, VERSION, Briefing
from .older import UPGRADES
from .sound import validation_error

_LARGEST = 64 * 1024 * 1024
"""The most bytes that a briefing's file may have."""


class BriefingError(ValueError):
    """A file that cannot be opened as a briefing. Its text is a sentence for the person."""


class NewerError(BriefingError):
    """A briefing that a newer version of this program wrote: there is nothing wrong with it."""


def to_bytes(briefing: Briefing) -> bytes:
    """The briefing as its file holds it: indented JSON in UTF-8, ending in a line break."""
    content = {"format": FORMAT, "version": VERSION, **msgspec.to_builtins(briefing)}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def from_bytes(content: bytes, name: str) -> Briefing:
    """The briefing that ``content`` holds; ``name`` is the file's, for what is said of it.

    Raises BriefingError where it is none, is damaged or is of a newer version.
    """
    try:
        raw = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BriefingError(f"“{name}” is no briefing, or only a part of one: {error}.") from error
    if not isinstance(raw, dict) or cast("dict[str, Any]", raw).get("format") != FORMAT:
        raise BriefingError(f"“{name}” is no briefing of this program. Choose a file that ends in .ohbrief.")
    upgraded_data = _upgrade_format(cast("dict[str, Any]", raw), name)
    try:
        briefing = msgspec.convert(upgraded_data, Briefing)
    except msgspec.ValidationError as error:
        raise BriefingError(f"“{name}” is a briefing, but something in it is not as expected: {error}.") from error
    for item in briefing.items:
        fault = validation_error(item)
        if fault:
            raise BriefingError(f"“{name}” is a briefing, but “{item.heading[:80]}” in it {fault}: it was not opened.")
    ids = [item.id for item in briefing.items]
    if len(set(ids)) != len(ids):
        raise BriefingError(f"“{name}” has two items of one id, so that it cannot be told which is meant.")
    return briefing


def _upgrade_format(data: dict[str, Any], name: str) -> dict[str, Any]:
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BriefingError(f"“{name}” does not say which version of the format it is in.")
    if version > VERSION:
        raise NewerError(
            f"“{name}” was written by a newer version of this program (format {version}, this one reads "
            f"up to {VERSION}). Open it there, or bring this program up to date; the file was left as it is."
        )
    for older in range(version, VERSION):
        data = UPGRADES[older](data)
    return data


def load_briefing(path: Path) -> Briefing:
    """The briefing in the file. Raises BriefingError for what it holds, OSError as the disk does."""
    if path.exists() and not path.is_file():
        raise BriefingError(f"“{path.name}” is no file. Choose a briefing, which ends in .ohbrief.")
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise BriefingError(f"“{path.name}” is larger than any briefing: it was not opened.")
    return from_bytes(content, path.name)


def save_briefing(path: Path, briefing: Briefing) -> None:
    """Write the briefing whole: whatever happens, the file is the old one or the new. Raises OSError."""
    write_whole(path, to_bytes(briefing))


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` beside the file at ``path``, sync it and swap it in. Raises OSError."""
    path = path.resolve()  # a link stays a link: what it leads to is written
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "what is there is no file", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder “{path.parent}”", str(path))
    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the swap itself safe against a pulled plug, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError:
        return  # some network folders cannot be synced: the swap is still whole
    finally:
        os.close(descriptor)
