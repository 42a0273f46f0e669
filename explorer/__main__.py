"""Entry point: the window where no command is given, or only a briefing to open; the command line otherwise.

Its imports are written out in full: the frozen program runs this file as a script, which has no package.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the process's own arguments and return its exit status."""
    words = sys.argv[1:]
    if not words or (len(words) == 1 and words[0].lower().endswith(".ohbrief")):
        from explorer.app import run_window

        return run_window(words)
    is_question = "-h" in words or "--help" in words
    if words[0] == "smoke" and not is_question:
        from explorer.app import run_smoke_tour

        return run_smoke_tour(words[1:])
    if words == ["register"]:
        from explorer.app import register_file_type

        return register_file_type()
    if words[0] == "screenshots" and not is_question:
        from explorer.app import write_screenshots

        return write_screenshots(words[1:])
    from explorer.cli import run_command_line as command

    return command(words)


if __name__ == "__main__":
    sys.exit(main())
