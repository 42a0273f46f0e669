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

from explorer import __version__
from explorer.evidence import formatting
from explorer.pages.charts import chart_types
from explorer.pages.model import Question
from explorer.pages.search import measure_named

from .brief import add_brief, run_brief
from .options import OPTIONS, SWITCHES, question_from_args
from .packs import add_packs, manage_packs
from .tables import add_check, add_import, check_a_pack, check_table, import_table, is_table

if TYPE_CHECKING:
    from explorer.export.page import PageFormat
    from explorer.library import Library
    from explorer.pages.model import Page


_OK, _PROBLEM, _USAGE, _OTHER = 0, 1, 2, 3
_VOICES = ("quotes", "demands", "claims")
_VOICE_KINDS = (*_VOICES, "conflicts")
_MOST_MEANT = 4
"""How many places that a part of a name may mean are named."""
_LONGEST_NAME = 80
HEADLESS = ("places", "show", "voices", "check", "import", "packs", "brief", "smoke", "register")


def run_command_line(argv: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    _speak_utf8()
    parser = build_parser()
    try:
        args = parser.parse_args(list(argv))
    except SystemExit as stop:
        return int(stop.code or 0)
    if not hasattr(args, "run"):
        parser.print_help(sys.stderr)
        return _USAGE
    try:
        return int(args.run(args))
    except BrokenPipeError:
        sys.stdout = None  # what reads us has gone: there is nobody to tell
        return _OK
    except OSError as error:
        sys.stdout = None
        _error(f"What was found could not be written out: {error.strerror or error}.")
        return _PROBLEM


def _speak_utf8() -> None:
    """A console of another encoding shows a substitute instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def build_parser() -> argparse.ArgumentParser:
    """The commands with their options; README's tables are made of it."""
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
    add_check(commands, _check_path)
    add_import(commands, _with_library(lambda library, given: import_table(library, given, _print_text, _error)))
    add_packs(commands, _with_library(lambda library, given: manage_packs(library, given, _print_text, _error)))
    locate = partial(_place_code, surely=True)
    add_brief(commands, _with_library(lambda library, given: run_brief(library, given, _error, locate)))
    screenshots = commands.add_parser("screenshots", help="write the pictures of README to a folder")
    screenshots.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="its own where none is named")
    screenshots.set_defaults(run=_no_window)
    smoke = commands.add_parser("smoke", help="open the window off screen, walk every page, write a report")
    smoke.add_argument("folder", metavar="FOLDER", type=Path)
    smoke.set_defaults(run=_no_window)
    register = commands.add_parser(
        "register", help="have Windows or a Linux desktop open briefings with the packaged program"
    )
    register.set_defaults(run=_no_window)
    return parser


def _add_places(commands: Any) -> None:
    places = commands.add_parser("places", help="list or find places, with code and level")
    places.add_argument("text", metavar="TEXT", nargs="?", default="", help="a name, or part of one")
    places.add_argument("--format", choices=("text", "json"), default="text", help="JSON is for other programs")
    places.set_defaults(run=_with_library(_list_places))


def _add_show(commands: Any) -> None:
    show = commands.add_parser(
        "show", help="show what is recorded for a place, or write it as PNG, SVG, PDF, CSV, XLSX, JSON or text"
    )
    show.add_argument("place", metavar="PLACE", help="a name or a code, such as Cambridgeshire or E23000023")
    show.add_argument(
        "--chart",
        choices=[one.kind.value for one in chart_types().values()],
        help=f"which chart: {', '.join(one.label for one in chart_types().values())}",
    )
    show.add_argument(
        "--measure", metavar="M", default="", help="a measure's id, Home Office code or name, such as 88A"
    )
    for option in OPTIONS:
        choices = {"choices": option.choices} if option.choices else {"metavar": "PERIOD"}
        show.add_argument(f"--{option.name}", help=option.help, **choices)
    for name, help_text in SWITCHES.items():
        show.add_argument(f"--{name}", action="store_true", help=help_text)
    show.add_argument(
        "--with", dest="beside", metavar="PLACE", nargs="+", default=[], action="extend",
        help="places to set beside it",
    )  # fmt: skip
    show.add_argument(
        "--format", choices=list(_formats_by_option()), help="what is written, where the file's ending does not say"
    )
    show.add_argument(
        "-o", "--output", metavar="FILE", type=Path, action="append", default=[],
        help="write it to this file; may be given several times",
    )  # fmt: skip
    show.set_defaults(run=_with_library(_show_page))


def _add_voices(commands: Any) -> None:
    voices = commands.add_parser("voices", help="what is said, asked and claimed, and what is printed differently")
    voices.add_argument("place", metavar="PLACE", nargs="?", default="")
    voices.add_argument("--kind", metavar="KINDS", default=",".join(_VOICES), help=", ".join(_VOICE_KINDS))
    voices.add_argument("--format", choices=("text", "json"), default="text", help="JSON is for other programs")
    voices.set_defaults(run=_with_library(_list_voices))


def _with_library(
    command: Callable[[Library, argparse.Namespace], int],
) -> Callable[[argparse.Namespace], int]:
    """A command that is given the library, open for as long as it runs."""

    def run_command(args: argparse.Namespace) -> int:
        from explorer.library import open_library

        with closing(open_library()) as library:
            _tell_of_packs(library)
            return command(library, args)

    return run_command


def _tell_of_packs(library: Library) -> None:
    for state in library.packs():
        for problem in state.problems:
            _error(f"Pack {state.id} is not loaded: {problem.as_sentence()}")


def _error(sentence: str) -> None:
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)


def _print_text(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()


def _list_places(library: Library, args: argparse.Namespace) -> int:
    from explorer.pages.search import build_outline, find_places

    if args.text:
        matches = find_places(library, args.text)
        if not matches:
            _error(_unknown_place_message(args.text))
            return _PROBLEM
        rows = [to_builtins(row) for row in matches]
        lines = [
            f"{row.code:<10}{row.name} ({_format_place_details(row.level, row.figures, row.why)})" for row in matches
        ]
    else:
        outline_rows = build_outline(library)
        rows = [to_builtins(row) for row in outline_rows]
        lines = [
            f"{row.code:<10}{'  ' * row.depth}{row.name} ({_format_place_details(row.level, row.figures, '')})"
            for row in outline_rows
        ]
    _print_text(json.dumps(rows, ensure_ascii=False, indent=2) if args.format == "json" else "\n".join(lines))
    return _OK


def _format_place_details(level: str, figures: int, why: str) -> str:
    figure_count = f"{figures} figure{'s' if figures != 1 else ''}" if figures else ""
    kind = "" if level in why else level
    return "; ".join(part for part in (kind, figure_count, why) if part)


def _unknown_place_message(text: str) -> str:
    list_hint = "`harms-explorer places` lists every place that there is."
    if not text.strip():
        return f"Name a place, such as Cambridgeshire. {list_hint}"
    short_text = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
    return f"No place is called “{short_text}”. {list_hint}"


def _place_code(library: Library, text: str, *, surely: bool = False) -> str | None:
    """The code of the place that ``text`` names: a code as it stands, or the best match for a name.

    Which place is taken is said where several have the name; ``surely``, where its own name is another too.
    """
    if text in library.places:
        return text
    matches = library.places.find_matches(text)
    if not matches:
        return None
    exact = [match.place for match in matches if match.exact]
    fit = exact or [match.place for match in matches[:_MOST_MEANT]]
    if len(fit) > 1 or not exact or (surely and fit[0].name.casefold() != text.strip().casefold()):
        first_label, *others = [f"{place.name} ({place.code}, {formatting.describe_level(place)})" for place in fit]
        more = f". It may also mean {formatting.join_list(others)}; a code says which" if others else ""
        _error(f"“{text[:_LONGEST_NAME]}” is taken as {first_label}{more}.")
    return fit[0].code


def _build_question(library: Library, args: argparse.Namespace) -> Question | None:
    place = _place_code(library, args.place)
    beside = [(text, _place_code(library, text)) for text in args.beside]
    for text, code in [(args.place, place), *beside]:
        if code is None:
            _error(_unknown_place_message(text))
            return None
    if any(code == place for _, code in beside):
        _error(f"{library.places.get(place or '').name} is not compared with itself.")
    option_values = vars(args) | {"beside": [code for _, code in beside if code and code != place]}
    try:
        if args.measure:
            option_values["measure"] = measure_named(library, args.measure).id
        return question_from_args(place or "", option_values)
    except ValueError as error:
        _error(formatting.to_sentence(str(error)))
        return None


def _show_page(library: Library, args: argparse.Namespace) -> int:
    from explorer.pages import answer

    from .unused_options import describe_unused_options

    page_question = _build_question(library, args)
    if page_question is None:
        return _PROBLEM
    page = answer(library, page_question)
    if page.notice and (args.output or args.format == "csv"):
        _error(page.notice)  # the other forms carry it themselves
    if args.output:
        status = max(_write_page(library, page, path, args.format) for path in args.output)
    else:
        status = _print_page(library, page, args.format or "text")
    passed_by = describe_unused_options(page)
    for sentence in passed_by:
        _error(sentence)
    return status or (_OTHER if page.replaced or passed_by else _OK)


def _print_page(library: Library, page: Page, fmt: str) -> int:
    make_text = _formats_by_option()[fmt].make_text
    if make_text is None:
        _error(f"A {fmt} file is not for the screen: name a file with -o, such as -o chart.{fmt}.")
        return _USAGE
    _print_text(make_text(library, page))
    return _OK


def _formats_by_option() -> dict[str, PageFormat]:
    from explorer.export.page import FORMATS

    return {fmt.option: fmt for fmt in FORMATS.values()}


def _write_page(library: Library, page: Page, path: Path, fmt: str | None) -> int:
    from explorer.export.page import write_page

    try:
        write_page(library, page, path, _formats_by_option()[fmt] if fmt else None)
    except ValueError as error:
        _error(str(error))
        return _USAGE
    except OSError as error:
        _error(f"“{path}” cannot be written: {error.strerror or error}. Choose another folder or name.")
        return _PROBLEM
    return _OK


def _list_voices(library: Library, args: argparse.Namespace) -> int:
    from explorer.export.page import plain_text
    from explorer.pages import answer

    kinds = [kind.strip() for kind in args.kind.split(",") if kind.strip()]
    unknown = [kind for kind in kinds if kind not in _VOICE_KINDS]
    if unknown or not kinds:
        _error(f"“{args.kind}” is no kind of voice. There are: {', '.join(_VOICE_KINDS)}.")
        return _USAGE
    place = _place_code(library, args.place) if args.place else next(iter(library.places)).code
    if place is None:
        _error(_unknown_place_message(args.place))
        return _PROBLEM
    question = Question(place=place, everywhere=not args.place)
    page = answer(library, question)
    _print_text(plain_text.said_json(page, kinds) if args.format == "json" else plain_text.said_text(page, kinds))
    return _OK


def _check_path(args: argparse.Namespace) -> int:
    if not is_table(args.path):
        return check_a_pack(args.path, _print_text)
    return _with_library(lambda library, one: check_table(library, one.path, _print_text, _error))(args)


def _no_window(_args: argparse.Namespace) -> int:
    _error("This needs Qt, which this entry has not: run it as `harms-explorer smoke`, `screenshots` or `register`.")
    return _USAGE
