"""Files written whole: whatever happens, what stands at the target is the old file or the new one.

The content goes to a temporary file beside the target, is synced and takes its place; then the folder is
synced too, so that not even a pulled plug brings the old name back. Where any of it fails the old file stays
as it was and the temporary one goes. Every file that the program keeps or hands out is written through here.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_LONGEST_STEM = 40
"""Characters of the target's name in the temporary one: with four bytes each they stay under 255 bytes."""


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole. Raises OSError, which names ``path``."""
    with open_atomically(path) as stream:
        stream.write(content)


@contextmanager
def open_atomically(path: Path) -> Generator[BinaryIO]:
    """A stream to write to, which stands at ``path`` once the block has ended without an error.

    It can be read and sought in. Raises OSError, which names ``path``; what the block raises goes through.
    """
    path = path.resolve()  # a link stays a link: what it leads to is written
    _check_target(path)
    # The random part keeps two programs, or two threads, from writing to one temporary file.
    temporary_path = path.with_name(f".{path.name[:_LONGEST_STEM]}.{os.urandom(4).hex()}.part")
    try:
        with temporary_path.open("x+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary_path.replace(path)
    except OSError as error:
        if error.errno is None or error.filename not in (None, str(temporary_path)):
            raise  # of another file, which the block read
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            temporary_path.unlink(missing_ok=True)
    sync_folder(path.parent)


def _check_target(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "what is there is no file", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder “{path.parent}”", str(path))


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` written to the disk, where the system can be asked for that.

    Windows cannot, and some network folders refuse: a swap of files is whole all the same.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
