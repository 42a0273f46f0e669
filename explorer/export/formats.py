"""What a page can be written as, and by whom. Pictures are drawn by ``draw``, asked for only when wanted.

Files are written beside the old one and swapped in whole, so a failure leaves what was there.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from explorer.packs.library import Library
from explorer.pages.page import Page


class Format(Struct, frozen=True, kw_only=True):
    """A kind of file that a page can be written as."""

    id: str
    name: str
    write: Callable[[Library, Page, Path], None]

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""
        return f".{self.id}"


def _text(_library: Library, page: Page, path: Path) -> None:
    from .text import page_text

    path.write_text(page_text(page), encoding="utf-8", newline="\n")


def _json(library: Library, page: Page, path: Path) -> None:
    from .contract import page_json

    path.write_text(page_json(library, page), encoding="utf-8", newline="\n")


def _csv(library: Library, page: Page, path: Path) -> None:
    from .table import write_csv

    write_csv(library, page, path)


def _xlsx(library: Library, page: Page, path: Path) -> None:
    from .table import write_xlsx

    write_xlsx(library, page, path)


def _picture(fmt: str) -> Callable[[Library, Page, Path], None]:
    def write(_library: Library, page: Page, path: Path) -> None:
        from explorer.draw.picture import write_picture

        write_picture(page.chart, path, fmt)

    return write


FORMATS = {
    fmt.id: fmt
    for fmt in (
        Format(id="png", name="Picture (PNG)", write=_picture("png")),
        Format(id="svg", name="Vector picture (SVG)", write=_picture("svg")),
        Format(id="pdf", name="PDF", write=_picture("pdf")),
        Format(id="csv", name="Table (CSV)", write=_csv),
        Format(id="xlsx", name="Workbook (XLSX)", write=_xlsx),
        Format(id="json", name="JSON", write=_json),
        Format(id="txt", name="Text", write=_text),
    )
}


def format_of(path: Path) -> Format:
    """The format that a file name's ending asks for. Raises ValueError with a sentence for an unknown one."""
    wanted = path.suffix.removeprefix(".").lower()
    if wanted not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise ValueError(f"“{path}” has no ending that says what to write it as: use one of {known}.")
    return FORMATS[wanted]


def write_page(library: Library, page: Page, path: Path, fmt: Format | None = None) -> None:
    """Write ``page`` to ``path`` whole. Raises ValueError for an unknown ending, OSError as the disk does."""
    chosen = fmt or format_of(path)
    path = path.resolve()  # a link stays a link: what it leads to is written
    if path.exists() and not path.is_file():
        chosen.write(library, page, path)  # a device has no file beside it to swap with
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder “{path.parent}”", str(path))
    part = path.with_name(f".{path.name}.part{os.getpid()}{chosen.suffix}")
    try:
        chosen.write(library, page, part)
        _sync(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
