"""The command that makes a document of a briefing, or of a first draft about a place."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explorer.briefing import Briefing
    from explorer.library import Library


_OK, _PROBLEM, _USAGE = 0, 1, 2
Say = Callable[[str], None]
Locate = Callable[["Library", str], str | None]


def add_brief(commands: Any, run_command: Callable[[argparse.Namespace], int]) -> None:
    """Add ``run_brief`` to the command line's commands."""
    from explorer.export import DOCUMENTS

    suffixes = [document.suffix for document in DOCUMENTS.values()]
    brief = commands.add_parser("brief", help="write a briefing, or a first draft about a place, as a document")
    brief.add_argument("briefing", metavar="BRIEFING", nargs="?", type=Path, help="a saved briefing (.ohbrief)")
    brief.add_argument("--place", metavar="PLACE", default="", help="draft one about this place")
    brief.add_argument("--title", metavar="TEXT", default="", help="the title, in place of its own")
    brief.add_argument("--author", metavar="TEXT", default="")
    brief.add_argument("--audience", metavar="TEXT", default="")
    brief.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True, action="append",
        help=f"ends in {', '.join(suffixes)} or .ohbrief (to go on with); may be given several times",
    )  # fmt: skip
    brief.set_defaults(run=run_command)


def run_brief(library: Library, args: argparse.Namespace, complain: Say, locate: Locate) -> int:
    """Write the documents asked for and return the exit status."""
    if (args.briefing is None) == (not args.place):
        complain("Name one of them, a saved briefing or a place: `brief FILE.ohbrief` or `--place PLACE`.")
        return _USAGE
    if not _has_known_formats(args.output, complain):
        return _USAGE
    document_briefing = (
        _open_briefing(args.briefing, complain) if args.briefing else _draft_briefing(library, args, complain, locate)
    )
    if document_briefing is None:
        return _PROBLEM
    return _write_documents(_apply_overrides(document_briefing, args), args.output, complain)


def _has_known_formats(outputs: list[Path], complain: Say) -> bool:
    from explorer.briefing import SUFFIX
    from explorer.export import document_of

    for path in outputs:
        try:
            if path.suffix.lower() != SUFFIX:
                document_of(path)
        except ValueError as error:
            complain(str(error))
            return False
    return True


def _open_briefing(path: Path, complain: Say) -> Briefing | None:
    from explorer.briefing import BriefingError, load_briefing

    try:
        return load_briefing(path)
    except BriefingError as error:
        complain(str(error))
    except OSError as error:
        complain(f"“{path}” cannot be read: {error.strerror or error}.")
    return None


def _draft_briefing(library: Library, args: argparse.Namespace, complain: Say, locate: Locate) -> Briefing | None:
    from explorer.briefing import generate_draft

    place = locate(library, args.place)
    if place is None:
        complain(f"No place is called “{args.place[:80]}”. `harms-explorer places` lists every place.")
        return None
    return generate_draft(library, place)


def _apply_overrides(briefing: Briefing, args: argparse.Namespace) -> Briefing:
    from msgspec.structs import replace

    overrides = {name: _replace_surrogates(getattr(args, name)) for name in ("title", "author", "audience")}
    return replace(briefing, **{name: text for name, text in overrides.items() if text})


def _replace_surrogates(text: str) -> str:
    """What was typed, as text: a terminal may hand over bytes that are no letters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _write_documents(briefing: Briefing, outputs: list[Path], complain: Say) -> int:
    from explorer.briefing import SUFFIX, save_briefing
    from explorer.export import write_briefing

    for path in outputs:
        try:
            if path.suffix.lower() == SUFFIX:
                save_briefing(path, briefing)
            else:
                for _step in write_briefing(briefing, path):
                    pass
        except ValueError as error:
            complain(str(error))
            return _PROBLEM
        except OSError as error:
            complain(f"“{path}” cannot be written: {error.strerror or error}. Choose another folder or name.")
            return _PROBLEM
        except Exception as error:  # a briefing made by hand can hold what nobody thought of
            error_text = f"{type(error).__name__}: {error}"[:200]
            complain(f"“{path}” was not written: something in the briefing cannot be shown ({error_text}).")
            return _PROBLEM
    return _OK
