"""The files of a pack, wherever they lie: a folder or a .zip. Every name is checked before it is opened.

Nothing is unpacked to disk. A name that leads out of the pack, a link that does, an entry that unpacks
without bound and anything that is no plain file is refused with a problem; content is not looked at here.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from .describe import DESCRIPTOR
from .problems import ProblemCollector

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
            from .zipped import ZippedFiles, is_zip

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
