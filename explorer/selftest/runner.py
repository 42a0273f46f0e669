"""A walk through the whole program by itself: every page, view, theme and format, with a report.

The frozen program is proved by it (`smoke`), and the README's pictures are taken on it. What goes wrong is
written down and the walk goes on, so that one report tells all.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer import __version__
from explorer.pages.charts import chart_types
from explorer.pages.model import Page, QueryChange, select_chart, select_figure, select_place
from explorer.support import write_atomically
from explorer.ui.window import MainWindow

from .scenarios import LOOKED_AT, WITHOUT, page_tour, take_pictures, tool_moves

# Writes down whatever is complained of while the program walks: by Python, by its logs, by Qt.


_HARMLESS = (
    "does not support propagateSizeHints",  # Qt's off-screen platform says so of every dialog
    # a Windows too old for per-monitor scaling, or an emulator of one: letters are a little less sharp there
    "DpiAwareness::PerMonitorVersion2 is not supported",
    "EnableNonClientDpiScaling() failed",
)


class WarningRecorder(logging.Handler):
    """Takes log records, warnings and Qt's messages, and adds each to a list as a sentence."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._problems = problems

    def emit(self, record: logging.LogRecord) -> None:
        """Write a log record down."""
        self._problems.append(f"log: {record.getMessage()}")

    def record_warning(self, message: Warning | str, *_details: Any, **_more: Any) -> None:
        """Write a warning down."""
        self._problems.append(f"warning: {message}")

    def record_qt_message(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        """Write down what Qt says, unless it only informs."""
        harmless = any(part in message for part in _HARMLESS)
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not harmless:
            self._problems.append(f"Qt: {message}")


def install(problems: list[str]) -> None:
    """From now on add every complaint to ``problems``. For a process that does nothing but walk."""
    complaints = WarningRecorder(problems)
    logging.getLogger().addHandler(complaints)
    warnings.simplefilter("always")
    warnings.showwarning = complaints.record_warning
    qInstallMessageHandler(complaints.record_qt_message)


_PATIENCE = 120.0
"""Seconds to wait for the first page; a slow machine under an emulator needs some."""
_QUICK = frozenset({".json", ".csv"})
"""The formats that a page of every place is written in; the others are for those looked at closely."""
_SIZE = (1280, 800)
BRIEF = "HARMS_EXPLORER_BRIEF"
"""Set it to have a walk pass by most places, where what it proves does not need each."""
_EACH = 16


class SmokeTour:
    """One walk. ``start`` makes and shows the window; ``command`` is the command line, run in-process."""

    def __init__(
        self,
        folder: Path,
        *,
        start: Callable[[], MainWindow],
        command: Callable[[Sequence[str]], int] | None,
    ) -> None:
        self._folder = folder
        self._proving = command is not None
        self._start = start
        self._command = command
        self._problems: list[str] = []
        self._has_failed = False
        self._counts: dict[str, int] = {}
        self._seconds: dict[str, float] = {}
        self._began = time.perf_counter()
        self._window: MainWindow | None = None
        self._closely = LOOKED_AT[:2] if os.environ.get(BRIEF) else LOOKED_AT

    def run_all(self) -> int:
        """Walk all of it and write ``report.json``; 0 where nothing went wrong."""
        install(self._problems)
        for step in (
            self._open,
            self._pages,
            self._tools,
            self._figures,
            self._dialogs,
            self._briefing,
            self._formats,
            self._commands,
        ):
            self._run_step(step)
        self._run_step(self._close)
        self._write_report(is_done=True)
        return 1 if self._problems else 0

    def _close(self) -> None:
        window = self._open_window
        window.close()
        # The off-screen clipboard lives longer than Python, and so would what was copied to it.
        QGuiApplication.clipboard().clear()
        self._process_events()
        window.store.library.close()

    def take_pictures(self) -> int:
        """Take the README's pictures; 0 where nothing went wrong."""
        install(self._problems)
        self._run_step(self._open)
        take_pictures(self._open_window, self._folder, self._process_events)
        self._run_step(self._close)
        return 1 if self._problems else 0

    @property
    def _open_window(self) -> MainWindow:
        if self._window is None:
            raise LookupError("the window did not open")
        return self._window

    def _run_step(self, step: Callable[[], None]) -> None:
        name = step.__name__.strip("_")
        began = time.perf_counter()
        try:
            step()
        except Exception:  # the report tells it, and the walk goes on
            self._problems.append(f"{name}: {traceback.format_exc()}")
        self._seconds[name] = round(time.perf_counter() - began, 3)
        self._write_report(is_done=False)

    def _open(self) -> None:
        window = self._start()
        self._window = window
        window.resize(*_SIZE)
        watch = getattr(window.startup, "watch", None)
        if watch is not None:
            watch.error_caught.connect(self._record_error)
        while not window.is_ready:
            if self._has_failed:
                raise RuntimeError("the window did not open")
            if time.perf_counter() - self._began > _PATIENCE:
                raise TimeoutError(f"no page after {_PATIENCE:.0f} seconds")
            self._process_events()
        self._seconds["to first page"] = round(time.perf_counter() - self._began, 3)
        if self._proving:
            self._take_picture("first")

    def _record_error(self, details: str) -> None:
        self._has_failed = True
        self._problems.append(details)

    def _pages(self) -> None:
        for theme in ("light", "dark", "contrast"):
            self._open_window.choose_theme(theme)
            every = theme == "light"
            for place in self._iter_places():
                if every or place in self._closely:
                    for move in page_tour(full=every and place in self._closely):
                        self._dispatch_moves(select_place(place), move)
                    self._take_picture(f"{place}-{theme}")
        self._open_window.choose_theme("system")
        for step in (1, 1, 1, 1, 0):
            self._open_window.choose_scale(step)
            self._process_events()
        while self._open_window.store.can_go_back:
            self._open_window.store.go_back()
            self._increment("steps back")

    def _iter_places(self) -> Iterator[str]:
        yield from self._places_with_figures()
        yield from (code for code in WITHOUT if code in self._open_window.store.library.places)

    def _places_with_figures(self, *, some: bool = False) -> list[str]:
        """The places with figures; ``some``, and with ``BRIEF``, those looked at closely and a few others."""
        every = list(self._open_window.store.library.figure_counts())
        if not some and not os.environ.get(BRIEF):
            return every
        return [code for at, code in enumerate(every) if code in self._closely or not at % _EACH]

    def _dispatch_moves(self, *moves: QueryChange) -> None:
        window = self._open_window
        for move in moves:
            window.store.dispatch(move)
        self._process_events()
        page = window.store.page
        assert page is not None
        if window.chart.title.text() != page.chart.title:
            self._problems.append(f"the window does not show {page.question.to_json()}")
        if page.chart.series and not page.chart.source_line:
            self._problems.append(f"no source under {page.question.to_json()}")
        self._increment("pages")

    def _tools(self) -> None:
        """Every choice over a chart, at places that have something to choose."""
        for place in self._closely:
            for move in tool_moves():
                self._dispatch_moves(select_place(place), move)
                self._increment("choices")

    def _figures(self) -> None:
        library = self._open_window.store.library
        for place in self._places_with_figures():
            for figure in library.figures(place=place):
                self._dispatch_moves(select_place(place), select_figure(figure.id))
                self._increment("figures")
                page = self._open_window.store.page
                if page is None or page.card is None or page.card.figure != figure.id:
                    self._problems.append(f"no card for {figure.id}")

    def _dialogs(self) -> None:
        commands = self._open_window.commands
        for show in (commands.show_packs, commands.show_keys, commands.show_about):
            show()
            self._process_events()
            self._increment("dialogs")
        commands.close_dialog()
        commands.copy_figure()
        commands.out.copy_table()
        commands.out.copy_chart()
        self._process_events()

    def _briefing(self) -> None:
        from .scenarios import walk_briefing

        self._problems.extend(walk_briefing(self._open_window, self._folder, self._process_events))
        self._increment("briefings")

    def _formats(self) -> None:
        from explorer.export.page import FORMATS

        for place in self._places_with_figures(some=True):  # the pages of all were walked
            for kind in chart_types():
                self._dispatch_moves(select_place(place), select_chart(kind))
                page = self._open_window.store.page
                if page is not None and page.chart.kind is kind:
                    for fmt in FORMATS.values():
                        if place in self._closely or fmt.suffix in _QUICK:
                            self._write_page(page, place, fmt.suffix)

    def _write_page(self, page: Page, place: str, suffix: str) -> None:
        from explorer.export.page import write_page

        path = self._folder / f"{place}-{page.chart.kind.value}{suffix}"
        write_page(self._open_window.store.library, page, path)
        if path.stat().st_size < 100:
            self._problems.append(f"{path.name} is nearly empty")
        self._increment(f"files {suffix}")

    def _commands(self) -> None:
        if self._command is None:
            return
        from explorer.support import paths

        output_path = self._folder / "command.json"
        pack = next(iter(sorted(paths.packs_folder().iterdir())))
        for words in (
            ["places", "peterborough"],
            ["show", "East of England", "--chart", "platforms", "-o", str(output_path)],
            ["voices", "--kind", "quotes,demands,claims,conflicts"],
            ["check", str(pack)],
            ["brief", "--place", "E23000023", "-o", str(self._folder / "command.pptx")],
        ):
            status = self._run_quietly(words)
            self._increment("commands")
            if status:
                self._problems.append(f"{' '.join(words)} ended with {status}")

    def _run_quietly(self, words: list[str]) -> int:
        """Run a command without its words coming between the walk's; they are kept in the folder."""
        assert self._command is not None
        original_stdout = sys.stdout
        with (self._folder / f"command-{words[0]}.txt").open("w", encoding="utf-8") as file:
            sys.stdout = file
            try:
                return self._command(words)
            finally:
                sys.stdout = original_stdout

    def _process_events(self) -> None:
        for _ in range(3):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def _take_picture(self, name: str) -> None:
        self._process_events()
        self._open_window.chart.range_row.show_timeline()
        picture = self._open_window.grab()
        if picture.isNull() or not picture.save(str(self._folder / f"window-{name}.png")):
            self._problems.append(f"no picture of {name}")
        self._increment("pictures")

    def _increment(self, what: str) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1

    def _write_report(self, *, is_done: bool) -> None:
        """Write what is known so far, whole: a walk that ends early leaves a report that says how far."""
        if not self._proving:
            return
        report = {
            "program": __version__,
            "done": is_done,
            "ok": is_done and not self._problems,
            "system": platform.platform(),
            "python": platform.python_version(),
            "qt": qVersion(),
            "frozen": bool(getattr(sys, "frozen", False)),
            "counts": self._counts,
            "seconds": self._seconds,
            "problems": self._problems,
        }
        content = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
        write_atomically(self._folder / "report.json", content.encode("utf-8"))
