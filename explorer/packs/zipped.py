"""A pack that is a .zip: its directory is checked before anything is read, and nothing is unpacked to disk.

All bounds stand here: how many entries, how much they may hold together and how steeply they may be packed.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path
from typing import IO, BinaryIO

from .describe import DESCRIPTOR
from .files import MOST_BYTES, PackFileError, is_safe_path

_MOST_ENTRIES = 200
_MOST_DIRECTORY = 1 << 16
_STEEPEST = 200
"""How many times larger than packed an entry may become; CSV packs 5 to 30 times."""
_SMALL = 1 << 20
"""Entries up to this size may be packed as steeply as they like."""
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 1 << 16
_AS_ONE = "Pack the folder again as an ordinary .zip."
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


def is_zip(path: Path) -> bool:
    """Whether the file begins as a .zip does, or is called one."""
    with path.open("rb") as stream:
        return stream.read(4) in (b"PK\x03\x04", _END) or path.suffix.lower() == ".zip"


class ZippedFiles:
    """A pack that is a .zip, with its files at the top or in one folder."""

    def __init__(self, path: Path) -> None:
        """Open and check the .zip at ``path``. Raises Unreadable with all that makes it unsafe."""
        _check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (*_FAULTS, OSError):
            raise PackFileError("the .zip is damaged", "Download it, or pack it, again.") from None
        try:
            self._entries = _select_safe_entries(self._zip.infolist())
            self._top = _find_top_folder(frozenset(self._entries))
        except PackFileError:
            self._zip.close()
            raise

    def names(self) -> frozenset[str]:
        """The names of the files beside the descriptor."""
        inside = [name[len(self._top) :] for name in self._entries if name.startswith(self._top)]
        return frozenset(name for name in inside if "/" not in name)

    def open(self, name: str) -> BinaryIO:
        """The bytes of the entry called ``name``. Raises Unreadable."""
        if not is_safe_path(name):
            raise PackFileError(f"the path {name[:80]!r} leads out of the pack", "Use a plain file name.")
        entry = self._entries.get(self._top + name)
        if entry is None:
            raise PackFileError("the file is missing", "Put it back, or take it off the list.")
        try:
            return io.BufferedReader(_GuardedEntry(self._zip.open(entry)), 1 << 16)
        except (*_FAULTS, OSError):
            raise PackFileError("this entry of the .zip is damaged", _AS_ONE) from None

    def close(self) -> None:
        """Close the .zip."""
        self._zip.close()


class _GuardedEntry(io.RawIOBase):
    """An entry being read; whatever goes wrong in unpacking comes out as one OSError."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        try:
            content = self._stream.read(len(buffer))
        except (*_FAULTS, OSError):
            raise OSError("this entry of the .zip is damaged") from None
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _check_directory(path: Path) -> None:
    """Refuse a .zip whose directory is too large to be held, before it is held."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise PackFileError(f"the .zip is larger than {MOST_BYTES >> 20:,} MB", "Split the pack.")
    with path.open("rb") as stream:
        stream.seek(max(0, size - _LONGEST_COMMENT - _END_SIZE))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise PackFileError("the .zip is damaged or cut off", "Download it, or pack it, again.")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if entries > _MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise PackFileError(f"the .zip holds more than {_MOST_ENTRIES} files", "Pack only the pack's own files.")


def _select_safe_entries(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The plain files among ``entries`` by name. Raises Unreadable for the first unsafe one."""
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise PackFileError(f"the .zip unpacks to more than {MOST_BYTES >> 20:,} MB", "Split the pack.")
    by_name: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename
        if name.startswith("__MACOSX/") or name.endswith(".DS_Store"):
            continue
        if not is_safe_path(name.removesuffix("/")):
            raise PackFileError(f"the entry {name[:80]!r} leads out of the pack", _AS_ONE)
        if entry.is_dir():
            continue
        _check_entry(entry)
        if name in by_name:
            raise PackFileError(f"the .zip holds {name[:80]!r} twice", _AS_ONE)
        by_name[name] = entry
    return by_name


def _check_entry(entry: zipfile.ZipInfo) -> None:
    label = f"the entry {entry.filename[:80]!r}"
    if entry.flag_bits & 1:
        raise PackFileError(f"{label} is locked with a password", "Pack it again without one.")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise PackFileError(f"{label} is a link and no file", "Put the file itself there.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackFileError(f"{label} is packed in an unusual way", _AS_ONE)
    if entry.file_size > max(_SMALL, _STEEPEST * entry.compress_size):
        raise PackFileError(f"{label} would unpack to more than {_STEEPEST} times its size", "Do not use this file.")


def _find_top_folder(names: frozenset[str]) -> str:
    """The folder in the .zip that holds the descriptor, with its slash; empty for the top itself."""
    if DESCRIPTOR in names:
        return ""
    tops = [name.removesuffix(DESCRIPTOR) for name in names if name.endswith("/" + DESCRIPTOR)]
    shallow = [top for top in tops if top.count("/") == 1]
    if len(shallow) > 1:
        raise PackFileError("the .zip holds more than one pack", "Pack each by itself.")
    return shallow[0] if shallow else ""
