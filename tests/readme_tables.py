"""What README says that the program knows better, written anew from the program.

    uv run python -m tests.readme_tables        writes the tables and the rules into README.md

Each stands between two marks that a reader does not see: ``<!-- commands -->`` to ``<!-- end of commands -->``.
A test holds README to it.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.cli.main import build_parser
from explorer.pages.charts import chart_types
from explorer.pages.panels import PANEL_TYPES
from explorer.pages.panels.method import method_topics

README = Path(__file__).parents[1] / "README.md"
_WIDTH = 118
_MOST_OPTIONS = 6


def _subparsers() -> Iterator[tuple[argparse.ArgumentParser, str]]:
    """Each command, with what it does."""
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._choices_actions:
                yield action.choices[listed.dest], listed.help or ""


def _usage(command: argparse.ArgumentParser) -> str:
    """How it is typed: what it is about, then its options, or that there are many, which ``--help`` lists."""
    actions = [action for action in command._actions if action.dest != "help"]
    about = [f"[{one.metavar}]" if one.nargs == "?" else f"{one.metavar}" for one in actions if not one.option_strings]
    needed = [_typed(one) for one in actions if one.option_strings and one.required]
    optional = [f"[{_typed(one)}]" for one in actions if one.option_strings and not one.required]
    if len(optional) > _MOST_OPTIONS:
        optional = ["[OPTION …]"]
    return " ".join([command.prog, *about, *needed, *optional])


def _typed(option: argparse.Action) -> str:
    if option.nargs == 0:
        return option.option_strings[0]
    return f"{option.option_strings[0]} {option.metavar or '|'.join(option.choices or ())}".replace("|", "\\|")


def commands_table() -> str:
    """One row for each command."""
    rows = [f"| `{_usage(command)}` | {does} |" for command, does in _subparsers()]
    return "\n".join(["| command | does |", "| --- | --- |", *rows])


def options_table() -> str:
    """One row for each option of ``show``."""
    show = next(command for command, _ in _subparsers() if command.prog.endswith(" show"))
    rows: list[str] = []
    for action in show._actions:
        if not action.option_strings or action.dest == "help":
            continue
        values = ", ".join(f"`{choice}`" for choice in action.choices or ())
        rows.append(f"| `{'`, `'.join(action.option_strings)}` | {action.help} | {values} |")
    return "\n".join(["| option of `show` | does | values |", "| --- | --- | --- |", *rows])


def charts_table() -> str:
    """One row for each kind of chart and each panel, with the key that leads to it."""
    rows = [f"| {one.label} | chart | {one.shortcut} | `{one.kind}` |" for one in chart_types().values()]
    rows += [f"| {one.label} | panel | {one.shortcut} | |" for one in PANEL_TYPES.values()]
    return "\n".join(["| what | where | key | `--chart` |", "| --- | --- | --- | --- |", *rows])


def method_text() -> str:
    """The rules of Help > How numbers are worked out."""
    parts: list[str] = []
    for topic in method_topics():
        lines = [*topic.rules, *(f"*{reference}.*" for reference in topic.references)]
        items = [textwrap.fill(line, _WIDTH, initial_indent="- ", subsequent_indent="  ") for line in lines]
        parts += [f"**{topic.heading}**", "\n".join(items)]
    return "\n\n".join(parts)


PARTS: dict[str, Callable[[], str]] = {
    "charts": charts_table,
    "commands": commands_table,
    "options": options_table,
    "method": method_text,
}


def renew(text: str) -> str:
    """``text`` with every part as the program has it now. Raises ValueError for a part without its marks."""
    for name, write in PARTS.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end of {name} -->)", re.DOTALL)
        part = f"\n{write()}\n"
        text, found = marks.subn(lambda match, part=part: f"{match[1]}{part}{match[2]}", text)
        if found != 1:
            raise ValueError(f"README has {found} places for “{name}”, and needs one")
    return text


if __name__ == "__main__":
    README.write_text(renew(README.read_text(encoding="utf-8")), encoding="utf-8")
