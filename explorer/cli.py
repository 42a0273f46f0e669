"""The command line: the same pages as the window, without one. It speaks to people; deeper code raises.

Exit status: 0 done, 1 the evidence or a file has a problem that was said, 2 the command was not understood,
3 what was asked for is not held, so that something else is shown, which is said.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from . import __version__
from .cli_brief import add_brief, brief
from .cli_import import add_check, add_import, check_a_pack, check_table, import_table, is_table
from .cli_packs import add_packs, manage_packs
from .pages import words
from .pages.chart import ChartKind
from .pages.named import measure_named
from .pages.question import Question
from .pages.typed import OPTIONS, SWITCHES, question

if TYPE_CHECKING:
    from .packs.library import Library
    from .pages.page import Page

_DONE, _PROBLEM, _USAGE, _OTHER = 0, 1, 2, 3
_VOICES = ("quotes", "demands", "claims")
_SAID = (*_VOICES, "conflicts")
_MOST_MEANT = 4
"""How many places that a part of a name may mean are named."""
_LONGEST_NAME = 80
_TO_SCREEN = {"text", "json", "csv"}
HEADLESS = ("places", "show", "voices", "check", "import", "packs", "brief", "smoke", "register")


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    parser = _parser()
    try:
        given = parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    if not hasattr(given, "run"):
        parser.print_help(sys.stderr)
        return _USAGE
    try:
        return int(given.run(given))
    except BrokenPipeError:
        sys.stdout = None  # what reads us has gone: there is nobody to tell
        return _DONE
    except OSError as error:
        sys.stdout = None
        _complain(f"What was found could not be written out: {error.strerror or error}.")
        return _PROBLEM


def _speak_utf8() -> None:
    """A console of another encoding shows a substitute instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="harms-explorer",
        description="Police-recorded online grooming offences in the United Kingdom, offline. "
        "Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"harms-explorer {__version__}")
    commands = parser.add_subparsers(title="commands", required=False, metavar="COMMAND")
    _add_places(commands)
    _add_show(commands)
    _add_voices(commands)
    add_check(commands, _check)
    add_import(commands, _with_library(lambda library, given: import_table(library, given, _say, _complain)))
    add_packs(commands, _with_library(lambda library, given: manage_packs(library, given, _say, _complain)))
    locate = partial(_place_code, surely=True)
    add_brief(commands, _with_library(lambda library, given: brief(library, given, _complain, locate)))
    smoke = commands.add_parser("smoke", help="open the window off screen, walk every page, write a report")
    smoke.add_argument("folder", metavar="FOLDER", type=Path)
    smoke.set_defaults(run=_no_window)
    register = commands.add_parser("register", help="have the system open briefings with this program")
    register.set_defaults(run=_no_window)
    return parser


def _add_places(commands: Any) -> None:
    places = commands.add_parser("places", help="list or find places, with code and level")
    places.add_argument("text", metavar="TEXT", nargs="?", default="", help="a name, or part of one")
    places.add_argument("--format", choices=("text", "json"), default="text")
    places.set_defaults(run=_with_library(_places))


def _add_show(commands: Any) -> None:
    show = commands.add_parser("show", help="show what is recorded for a place, or write it to a file")
    show.add_argument("place", metavar="PLACE", help="a name or a code, such as Cambridgeshire or E23000023")
    show.add_argument("--chart", choices=[kind.value for kind in ChartKind])
    show.add_argument(
        "--measure", metavar="M", default="", help="a measure's id, Home Office code or name, such as 88A"
    )
    for option in OPTIONS:
        choices = {"choices": option.choices} if option.choices else {"metavar": "PERIOD"}
        show.add_argument(f"--{option.name}", help=option.told, **choices)
    for name, told in SWITCHES.items():
        show.add_argument(f"--{name}", action="store_true", help=told)
    show.add_argument("--with", dest="beside", metavar="PLACE", nargs="+", default=[], action="extend")
    show.add_argument("--format", choices=("text", "json", "csv", "xlsx", "png", "svg", "pdf"))
    show.add_argument("-o", "--output", metavar="FILE", type=Path, action="append", default=[])
    show.set_defaults(run=_with_library(_show))


def _add_voices(commands: Any) -> None:
    voices = commands.add_parser("voices", help="what is said, asked and claimed")
    voices.add_argument("place", metavar="PLACE", nargs="?", default="")
    voices.add_argument("--kind", metavar="KINDS", default=",".join(_VOICES), help=", ".join(_SAID))
    voices.add_argument("--format", choices=("text", "json"), default="text")
    voices.set_defaults(run=_with_library(_voices))


def _with_library(
    command: Callable[[Library, argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """A command that is given the library, open for as long as it runs."""

    def run(given: argparse.Namespace) -> int:
        from .packs.shelf import open_library

        with closing(open_library()) as library:
            _tell_of_packs(library)
            return command(library, given)

    return run


def _tell_of_packs(library: Library) -> None:
    for state in library.packs():
        for problem in state.problems:
            _complain(f"Pack {state.id} is not loaded: {problem.sentence()}")


def _complain(sentence: str) -> None:
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)


def _say(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()


def _places(library: Library, given: argparse.Namespace) -> int:
    from .pages.outline import find, outline

    if given.text:
        found = find(library, given.text)
        if not found:
            _complain(_unknown(given.text))
            return _PROBLEM
        rows = [to_builtins(row) for row in found]
        lines = [f"{row.code:<10}{row.name} ({_told(row.level, row.figures, row.why)})" for row in found]
    else:
        listed = outline(library)
        rows = [to_builtins(row) for row in listed]
        lines = [
            f"{row.code:<10}{'  ' * row.depth}{row.name} ({_told(row.level, row.figures, '')})"
            for row in listed
        ]
    _say(json.dumps(rows, ensure_ascii=False, indent=2) if given.format == "json" else "\n".join(lines))
    return _DONE


def _told(level: str, figures: int, why: str) -> str:
    held = f"{figures} figure{'s' if figures != 1 else ''}" if figures else ""
    kind = "" if level in why else level
    return "; ".join(part for part in (kind, held, why) if part)


def _unknown(text: str) -> str:
    known = "`harms-explorer places` lists every place that there is."
    if not text.strip():
        return f"Name a place, such as Cambridgeshire. {known}"
    shown = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
    return f"No place is called “{shown}”. {known}"


def _place_code(library: Library, text: str, *, surely: bool = False) -> str | None:
    """The code of the place that ``text`` names: a code as it stands, or the best match for a name.

    Which place is taken is said where several have the name; ``surely``, where its own name is another too.
    """
    if text in library.places:
        return text
    found = library.places.find(text)
    if not found:
        return None
    exact = [match.place for match in found if match.exact]
    fit = exact or [match.place for match in found[:_MOST_MEANT]]
    if len(fit) > 1 or not exact or (surely and fit[0].name.casefold() != text.strip().casefold()):
        taken, *others = [f"{place.name} ({place.code}, {words.level(place)})" for place in fit]
        more = f". It may also mean {words.listed(others)}; a code says which" if others else ""
        _complain(f"“{text[:_LONGEST_NAME]}” is taken as {taken}{more}.")
    return fit[0].code


def _question(library: Library, given: argparse.Namespace) -> Question | None:
    place = _place_code(library, given.place)
    beside = [(text, _place_code(library, text)) for text in given.beside]
    for text, code in [(given.place, place), *beside]:
        if code is None:
            _complain(_unknown(text))
            return None
    if any(code == place for _, code in beside):
        _complain(f"{library.places.get(place or '').name} is not compared with itself.")
    typed = vars(given) | {"beside": [code for _, code in beside if code and code != place]}
    try:
        if given.measure:
            typed["measure"] = measure_named(library, given.measure).id
        return question(place or "", typed)
    except ValueError as error:
        _complain(words.sentence(str(error)))
        return None


def _show(library: Library, given: argparse.Namespace) -> int:
    from .cli_unused import unused
    from .pages.answer import answer

    asked = _question(library, given)
    if asked is None:
        return _PROBLEM
    page = answer(library, asked)
    if page.notice and (given.output or given.format == "csv"):
        _complain(page.notice)  # the other forms carry it themselves
    if given.output:
        status = max(_write(library, page, path, given.format) for path in given.output)
    else:
        status = _print(library, page, given.format or "text")
    passed_by = unused(page)
    for sentence in passed_by:
        _complain(sentence)
    return status or (_OTHER if page.replaced or passed_by else _DONE)


def _print(library: Library, page: Page, fmt: str) -> int:
    from .export import contract, table, text

    if fmt not in _TO_SCREEN:
        _complain(f"A {fmt} file is not for the screen: name a file with -o, such as -o chart.{fmt}.")
        return _USAGE
    makers: dict[str, Callable[[], str]] = {
        "text": lambda: text.page_text(page),
        "json": lambda: contract.page_json(library, page),
        "csv": lambda: table.csv_text(library, page),
    }
    _say(makers[fmt]())
    return _DONE


def _write(library: Library, page: Page, path: Path, fmt: str | None) -> int:
    from .export.formats import FORMATS, write_page

    try:
        write_page(library, page, path, FORMATS["txt" if fmt == "text" else fmt] if fmt else None)
    except ValueError as error:
        _complain(str(error))
        return _USAGE
    except OSError as error:
        _complain(f"“{path}” cannot be written: {error.strerror or error}. Choose another folder or name.")
        return _PROBLEM
    return _DONE


def _voices(library: Library, given: argparse.Namespace) -> int:
    from .export import said
    from .pages.answer import answer

    kinds = [kind.strip() for kind in given.kind.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in _SAID]
    if unknown or not kinds:
        _complain(f"“{given.kind}” is no kind of voice. There are: {', '.join(_SAID)}.")
        return _USAGE
    place = _place_code(library, given.place) if given.place else next(iter(library.places)).code
    if place is None:
        _complain(_unknown(given.place))
        return _PROBLEM
    question = Question(place=place, everywhere=not given.place)
    page = answer(library, question)
    _say(said.said_json(page, kinds) if given.format == "json" else said.said_text(page, kinds))
    return _DONE


def _check(given: argparse.Namespace) -> int:
    if not is_table(given.path):
        return check_a_pack(given.path, _say)
    return _with_library(lambda library, one: check_table(library, one.path, _say, _complain))(given)


def _no_window(_given: argparse.Namespace) -> int:
    _complain("This needs Qt, which this entry has not: run it as `harms-explorer smoke` or `register`.")
    return _USAGE
