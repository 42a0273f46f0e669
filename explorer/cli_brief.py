"""The command that makes a document of a briefing, or of a first draft about a place."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .briefing.document import Briefing
    from .packs.library import Library

_DONE, _PROBLEM, _USAGE = 0, 1, 2
Say = Callable[[str], None]
Locate = Callable[["Library", str], str | None]


def add_brief(commands: Any, run: Callable[[argparse.Namespace], int]) -> None:
    """Add ``brief`` to the command line's commands."""
    brief = commands.add_parser(
        "brief", help="write a briefing, or a first draft about a place, as a document"
    )
    brief.add_argument(
        "briefing", metavar="BRIEFING", nargs="?", type=Path, help="a saved briefing (.ohbrief)"
    )
    brief.add_argument("--place", metavar="PLACE", default="", help="draft one about this place")
    brief.add_argument("--title", metavar="TEXT", default="", help="the title, in place of its own")
    brief.add_argument("--author", metavar="TEXT", default="")
    brief.add_argument("--audience", metavar="TEXT", default="")
    brief.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, action="append",
        help="ends in .pptx, .docx, .pdf, .xlsx or .ohbrief (to go on with); may be given several times",
    )  # fmt: skip
    brief.set_defaults(run=run)


def brief(library: Library, given: argparse.Namespace, complain: Say, locate: Locate) -> int:
    """Write the documents asked for and return the exit status."""
    if (given.briefing is None) == (not given.place):
        complain("Name one of them, a saved briefing or a place: `brief FILE.ohbrief` or `--place PLACE`.")
        return _USAGE
    if not _known(given.output, complain):
        return _USAGE
    made = _opened(given.briefing, complain) if given.briefing else _drafted(library, given, complain, locate)
    if made is None:
        return _PROBLEM
    return _written(_entitled(made, given), given.output, complain)


def _known(outputs: list[Path], complain: Say) -> bool:
    from .briefing.document import SUFFIX
    from .export.documents import document_of

    for path in outputs:
        try:
            if path.suffix.lower() != SUFFIX:
                document_of(path)
        except ValueError as error:
            complain(str(error))
            return False
    return True


def _opened(path: Path, complain: Say) -> Briefing | None:
    from .briefing.storage import BriefingError, load

    try:
        return load(path)
    except BriefingError as error:
        complain(str(error))
    except OSError as error:
        complain(f"“{path}” cannot be read: {error.strerror or error}.")
    return None


def _drafted(library: Library, given: argparse.Namespace, complain: Say, locate: Locate) -> Briefing | None:
    from .briefing.ready import brief_me

    place = locate(library, given.place)
    if place is None:
        complain(f"No place is called “{given.place[:80]}”. `harms-explorer places` lists every place.")
        return None
    return brief_me(library, place)


def _entitled(made: Briefing, given: argparse.Namespace) -> Briefing:
    from msgspec.structs import replace

    typed = {name: _typed(getattr(given, name)) for name in ("title", "author", "audience")}
    return replace(made, **{name: text for name, text in typed.items() if text})


def _typed(text: str) -> str:
    """What was typed, as text: a terminal may hand over bytes that are no letters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _written(made: Briefing, outputs: list[Path], complain: Say) -> int:
    from .briefing.document import SUFFIX
    from .briefing.storage import save
    from .export.documents import write_briefing

    for path in outputs:
        try:
            if path.suffix.lower() == SUFFIX:
                save(path, made)
            else:
                for _step in write_briefing(made, path):
                    pass
        except ValueError as error:
            complain(str(error))
            return _PROBLEM
        except OSError as error:
            complain(f"“{path}” cannot be written: {error.strerror or error}. Choose another folder or name.")
            return _PROBLEM
        except Exception as error:  # a briefing made by hand can hold what nobody thought of
            told = f"{type(error).__name__}: {error}"[:200]
            complain(f"“{path}” was not written: something in the briefing cannot be shown ({told}).")
            return _PROBLEM
    return _DONE
