"""The files of a pack, wherever they lie: a folder or a .zip. Every name is checked before it is opened.

Nothing is unpacked to disk. A name that leads out of the pack, a link that does, an entry that unpacks
without bound and anything that is no plain file is refused with a problem; content is not looked at here.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Protocol

from .problems import ProblemCollector

DESCRIPTOR = "datapackage.json"
MOST_BYTES = 1 << 30
"""The most that one file, or a whole .zip unpacked, may hold."""


class PackFileError(Exception):
    """A file cannot be opened or read on. It says what the problem to report says of it."""

    def __init__(self, what: str, mend: str = "", row: int | None = None) -> None:
        self.what = what
        self.mend = mend
        self.row = row
        super().__init__(what)


class PackFiles(Protocol):
    """The files of one pack, by their names relative to its descriptor."""

    def names(self) -> frozenset[str]:
        """The names of the plain files at the top of the pack."""
        ...

    def open(self, name: str) -> BinaryIO:
        """The bytes of the file called ``name``. Raises Unreadable."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


def is_safe_path(name: str) -> bool:
    """Whether ``name`` is a plain relative path that cannot lead out of its folder on any system."""
    if not name or len(name) > 200 or any(mark in name for mark in ("\\", ":", "\0", "//")):
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and all(part not in ("..", ".", "") for part in name.split("/"))


class FolderFiles:
    """A pack that is a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._real = folder.resolve()

    def names(self) -> frozenset[str]:
        """The names of the plain files in the folder itself."""
        try:
            return frozenset(entry.name for entry in os.scandir(self._folder) if entry.is_file())
        except OSError:
            return frozenset()

    def open(self, name: str) -> BinaryIO:
        """The bytes of the file called ``name``. Raises Unreadable."""
        if not is_safe_path(name):
            raise PackFileError(f"the path {name[:80]!r} leads out of the pack", "Use a plain file name.")
        path = self._folder / name
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(self._real):
                raise PackFileError(
                    "the file is a link that leads out of the pack's folder", "Put the file itself there."
                )
            file_status = real.stat()
            if not stat.S_ISREG(file_status.st_mode):
                raise PackFileError("this is not a plain file", "Put a CSV file there.")
            if file_status.st_size > MOST_BYTES:
                raise PackFileError(f"the file is larger than {MOST_BYTES >> 20:,} MB", "Split the pack.")
            return real.open("rb")
        except FileNotFoundError:
            raise PackFileError("the file is missing", "Put it back, or take it off the list.") from None
        except (OSError, RuntimeError, ValueError) as error:
            raise PackFileError(f"the file cannot be read ({_describe_error(error)})") from None

    def close(self) -> None:
        """Nothing is held open."""


def open_files(path: Path, problems: ProblemCollector) -> PackFiles | None:
    """The files of the pack at ``path``: a folder, a .zip or a ``datapackage.json``. None after a problem."""
    try:
        if path.name == DESCRIPTOR and path.is_file():
            return FolderFiles(path.parent)
        if path.is_dir():
            return FolderFiles(path)
        if path.is_file():
            if is_zip(path):
                return ZippedFiles(path)
            problems.add_problem(path.name, "this is not a pack", f"Open a folder, a .zip or a {DESCRIPTOR}.")
            return None
        problems.add_problem(path.name, "there is no such file or folder", "Check the name.")
    except PackFileError as error:
        problems.add_problem(path.name, error.what, error.mend)
    except (OSError, ValueError) as error:
        problems.add_problem(path.name, f"it cannot be opened ({_describe_error(error)})")
    return None


def read_whole(files: PackFiles, name: str, most: int) -> bytes:
    """All the bytes of a small file. Raises Unreadable, also when it holds more than ``most``."""
    try:
        with files.open(name) as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise PackFileError(f"the file cannot be read ({_describe_error(error)})") from None
    if len(content) > most:
        raise PackFileError(f"the file is larger than {most >> 20} MB", "Check that it is the right file.")
    return content


def _describe_error(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


# A pack that is a .zip: its directory is checked before anything is read, and nothing is unpacked to
# disk.


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
