"""What a page can be written as, and by whom. Pictures are drawn by ``draw``, asked for only when wanted.

Files are written beside the old one and swapped in whole, so a failure leaves what was there.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from explorer.library import Library
from explorer.pages.model import Page


class PageFormat(Struct, frozen=True, kw_only=True):
    """A kind of file that a page can be written as."""

    id: str
    name: str
    write: Callable[[Library, Page, Path], None]
    make_text: Callable[[Library, Page], str] | None = None
    """The same as text for the screen; None where a file is no text."""
    picture: bool = False
    """Whether it is a picture of the chart, of any size and colours."""
    word: str = ""
    """What is typed for it on the command line, where that is not its id."""

    @property
    def option(self) -> str:
        """What is typed for it on the command line."""
        return self.word or self.id

    @property
    def suffix(self) -> str:
        """The file name's ending, with its dot."""
        return f".{self.id}"


def _make_text(_library: Library, page: Page) -> str:
    from .plain_text import page_text

    return page_text(page)


def _make_json(library: Library, page: Page) -> str:
    from .json_contract import page_json

    return page_json(library, page)


def _make_csv(library: Library, page: Page) -> str:
    from .tables import csv_text

    return csv_text(library, page)


def _text_writer(make_text: Callable[[Library, Page], str]) -> Callable[[Library, Page, Path], None]:
    def write(library: Library, page: Page, path: Path) -> None:
        path.write_text(make_text(library, page), encoding="utf-8", newline="\n")

    return write


def _write_csv(library: Library, page: Page, path: Path) -> None:
    from .tables import write_csv

    write_csv(library, page, path)


def _write_xlsx(library: Library, page: Page, path: Path) -> None:
    from .tables import write_xlsx

    write_xlsx(library, page, path)


def _picture_writer(fmt: str) -> Callable[[Library, Page, Path], None]:
    def write(_library: Library, page: Page, path: Path) -> None:
        from explorer.render.image import write_picture

        write_picture(page.chart, path, fmt)

    return write


FORMATS = {
    fmt.id: fmt
    for fmt in (
        PageFormat(id="png", name="Picture (PNG)", write=_picture_writer("png"), picture=True),
        PageFormat(id="svg", name="Vector picture (SVG)", write=_picture_writer("svg"), picture=True),
        PageFormat(id="pdf", name="PDF", write=_picture_writer("pdf"), picture=True),
        PageFormat(id="csv", name="Table (CSV)", write=_write_csv, make_text=_make_csv),
        PageFormat(id="xlsx", name="Workbook (XLSX)", write=_write_xlsx),
        PageFormat(id="json", name="JSON", write=_text_writer(_make_json), make_text=_make_json),
        PageFormat(id="txt", name="Text", write=_text_writer(_make_text), make_text=_make_text, word="text"),
    )
}


def format_of(path: Path) -> PageFormat:
    """The format that a file name's ending asks for. Raises ValueError with a sentence for an unknown one."""
    extension = path.suffix.removeprefix(".").lower()
    if extension not in FORMATS:
        known_extensions = ", ".join(f".{name}" for name in FORMATS)
        raise ValueError(f"“{path}” has no ending that says what to write it as: use one of {known_extensions}.")
    return FORMATS[extension]


def write_page(library: Library, page: Page, path: Path, fmt: PageFormat | None = None) -> None:
    """Write ``page`` to ``path`` whole. Raises ValueError for an unknown ending, OSError as the disk does."""
    page_format = fmt or format_of(path)
    path = path.resolve()  # a link stays a link: what it leads to is written
    if path.exists() and not path.is_file():
        page_format.write(library, page, path)  # a device has no file beside it to swap with
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder “{path.parent}”", str(path))
    part = path.with_name(f".{path.name}.part{os.getpid()}{page_format.suffix}")
    try:
        page_format.write(library, page, part)
        _sync_file(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
