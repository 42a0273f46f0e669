"""What a page can be written as, and by whom. Pictures are drawn by ``draw``, asked for only when wanted.

Files are written beside the old one and swapped in whole, so a failure leaves what was there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from explorer.library import Library
from explorer.pages.model import Page
from explorer.support import write_atomically


class PageFormat(Struct, frozen=True, kw_only=True):
    """A kind of file that a page can be written as."""

    id: str
    name: str
    build: Callable[[Library, Page], bytes]
    """Gives the content of the file."""
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


def _text_builder(make_text: Callable[[Library, Page], str]) -> Callable[[Library, Page], bytes]:
    def build_text(library: Library, page: Page) -> bytes:
        return make_text(library, page).encode()

    return build_text


def _build_csv(library: Library, page: Page) -> bytes:
    from .tables import build_csv

    return build_csv(library, page)


def _build_xlsx(library: Library, page: Page) -> bytes:
    from .tables import build_xlsx

    return build_xlsx(library, page)


def _picture_builder(fmt: str) -> Callable[[Library, Page], bytes]:
    def build_picture(_library: Library, page: Page) -> bytes:
        from explorer.render.image import render_picture

        return render_picture(page.chart, fmt)

    return build_picture


FORMATS = {
    fmt.id: fmt
    for fmt in (
        PageFormat(id="png", name="Picture (PNG)", build=_picture_builder("png"), picture=True),
        PageFormat(id="svg", name="Vector picture (SVG)", build=_picture_builder("svg"), picture=True),
        PageFormat(id="pdf", name="PDF", build=_picture_builder("pdf"), picture=True),
        PageFormat(id="csv", name="Table (CSV)", build=_build_csv, make_text=_make_csv),
        PageFormat(id="xlsx", name="Workbook (XLSX)", build=_build_xlsx),
        PageFormat(id="json", name="JSON", build=_text_builder(_make_json), make_text=_make_json),
        PageFormat(id="txt", name="Text", build=_text_builder(_make_text), make_text=_make_text, word="text"),
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
    content = page_format.build(library, page)
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a device has no file beside it to swap with
    else:
        write_atomically(path, content)
