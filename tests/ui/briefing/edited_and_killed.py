"""A window that collects one item after another until it is killed, and tells of each."""

from __future__ import annotations

import sys

from explorer.app.startup import make_application
from explorer.library.library import open_library
from explorer.pages.model.question import Question
from explorer.ui.core.settings import UserSettings
from explorer.ui.window.window import MainWindow


def main() -> None:
    """Add items for ever; a line to standard output for each."""
    app = make_application()
    window = MainWindow(UserSettings())
    window.resize(1000, 700)
    window.store.open(open_library(is_persistent=False), Question(place="E23000023"))
    briefings = window.commands.brief.briefings
    for number in range(100_000):
        briefings.add_content("chart" if number % 2 else "table")
        for _ in range(3):
            app.processEvents()
        sys.stdout.write(f"{len(briefings.desk.briefing.items)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
