"""The library as the program opens it: the shipped places and packs, and the person's own beside them."""

from __future__ import annotations

from explorer.support import paths

from .library import Library
from .read import read_places

LIBRARY_FILE = "library.sqlite3"


def open_library(*, is_persistent: bool = True, trusting: bool = False) -> Library:
    """The library with every shipped pack loaded or listed with what is wrong with it.

    ``is_persistent`` false holds it in memory only. A user's folder that cannot be written to leads to memory too:
    the evidence opens all the same. ``trusting`` gives it as it was left, where this version left it whole:
    ``verify`` is then to be called. Raises PackError only where the shipped places cannot be read.
    """
    places = read_places(paths.places_folder())
    folder = paths.user_data_folder() if is_persistent else None
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            folder = None
    file, shipped_folder = folder / LIBRARY_FILE if folder else None, paths.packs_folder()
    if trusting:
        return Library.open(file, places, trusting=shipped_folder)
    library = Library.open(file, places)
    library.load_shipped(shipped_folder)
    return library
