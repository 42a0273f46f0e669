"""Start-up: the composition root. It puts settings, library and window together and runs them.

The window is on screen before the evidence is read and before pyqtgraph is imported: the one is done in a
thread, the other when the event loop first comes round.
"""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.library import Library
    from explorer.ui.window import MainWindow


_OBJECTS_PER_SEARCH = 50_000
"""A page makes some thousands of objects; hardly one of them is garbage that needs searching for."""
_NO_DISPLAY = (
    "There is no display to open a window on. These commands need none: {commands}. `harms-explorer --help` says more."
)


def run_window(argv: Sequence[str] = ()) -> int:
    """Open the window, on the briefing that is named if one is, and stay until it is closed.

    Returns 2, with a sentence, where there is no display.
    """
    if not _has_display():
        from explorer.cli import HEADLESS

        _error(_NO_DISPLAY.format(commands=", ".join(HEADLESS)))
        return 2
    from PySide6.QtWidgets import QApplication

    app = make_application()
    startup = AppStartup(Path(argv[0]) if argv else None)
    startup.show_window()
    assert isinstance(app, QApplication)
    status = app.exec()
    startup.shut_down()
    # Qt ends while Python is still there, so that what was copied is handed over and nothing is left to it.
    app.shutdown()
    return status


def _error(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_application() -> object:
    """The Qt application with its name and icon; the one there is, where there is one."""
    # PySide6 looks at the source of every module that is imported after it: what needs no Qt comes first.
    import numpy  # noqa: F401  pyqtgraph would import it next
    from PySide6.QtGui import QIcon

    _import_plainly()
    from PySide6.QtWidgets import QApplication

    from explorer import __version__
    from explorer.support import paths
    from explorer.ui.core import Application

    app = QApplication.instance() or Application(sys.argv[:1])
    app.setApplicationName("Online Harms Explorer")
    app.setApplicationVersion(__version__)
    if isinstance(app, QApplication):
        app.setWindowIcon(QIcon(str(paths.resources_folder() / "app" / "icon.ico")))
    return app


def _import_plainly() -> None:
    """Import modules as Python does: PySide6 would read the source of each, a tenth of the start.

    It looks there for its `__feature__` switches, which nothing here uses.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


class AppStartup:
    """Opens the window at once and fills it when the evidence has been read."""

    def __init__(self, briefing: Path | None = None) -> None:
        self._briefing = briefing
        # Opening makes no garbage worth the search: a tenth of the way to the first chart was spent on it.
        gc.disable()
        from explorer.ui.core import UserSettings
        from explorer.ui.widgets import ExceptionHook, TaskRunner
        from explorer.ui.window import MainWindow

        self.watch = ExceptionHook()
        self.watch.install()
        self.window: MainWindow = MainWindow(UserSettings())
        self.watch.report_to(self.window.messages)
        self.work = TaskRunner(self.window)

    def show_window(self) -> None:
        """Show the window; read the packs beside it, and make the chart view meanwhile."""
        from PySide6.QtCore import QTimer

        self.work.start(_load_library, self._open_library, self._on_load_failed)
        self.window.show()
        QTimer.singleShot(0, self.window.chart.build_chart_view)

    def shut_down(self) -> None:
        """Close the library; what is still being read is let go."""
        self.work.let_go()
        if self.window.store.page is not None:
            self.window.store.library.close()

    def _open_library(self, library: Library) -> None:
        from PySide6.QtCore import QTimer

        from explorer.pages.search import select_opening_question

        QTimer.singleShot(0, _search_for_garbage)
        saved_question = self.window.settings.question
        # A place that a newer or an older edition of the evidence does not know is no way to begin.
        is_known_place = saved_question is not None and saved_question.place in library.places
        first = saved_question if saved_question is not None and is_known_place else select_opening_question(library)
        self.window.panels_ready.connect(
            lambda: self.work.start(lambda: _verify_library(library), self._on_verified, self._on_load_failed)
        )
        self.window.panels_ready.connect(self._take_up)
        self.window.store.open(library, first)
        if library.notice:
            self.window.messages.show_message(library.notice)

    def _take_up(self) -> None:
        """Open the briefing that the program was started with, and offer what was not saved the last time."""
        from PySide6.QtWidgets import QApplication

        from explorer.ui.core import Application

        brief, app = self.window.commands.brief, QApplication.instance()
        brief.offer_recovery()
        if isinstance(app, Application):
            app.set_file_handler(brief.open_briefing)
        if self._briefing is not None:
            brief.open_briefing(self._briefing)

    def _on_verified(self, is_changed: bool) -> None:
        """Show the evidence as it is now, where it is not what the library had kept."""
        if is_changed:
            self.window.commands.refresh_evidence()

    def _on_load_failed(self, error: BaseException) -> None:
        import traceback

        _search_for_garbage()
        details = "".join(traceback.format_exception(error))
        self.window.messages.show_message(
            "The evidence that belongs to the program could not be read. Install the program anew.", details
        )


def _verify_library(library: Library) -> bool:
    """Check the packs against their folders, and find what figures disagree on, beside the window."""
    from explorer.pages.panels import discrepancy_index

    is_changed = library.loader.verify_packs()
    discrepancy_index(library)
    return is_changed


def _search_for_garbage() -> None:
    """What start-up made stays: later searches pass it over, and come after a page or two, not within one."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_PER_SEARCH, 10, 10)
    gc.enable()


def _load_library() -> Library:
    from explorer.library import open_library
    from explorer.pages.panels import discrepancy_index

    library = open_library(trusting=True)
    discrepancy_index(library)
    return library


def run_smoke_tour(argv: Sequence[str]) -> int:
    """Walk the whole program off screen and write what was seen to a folder; 0 only if all of it worked."""
    if len(argv) != 1:
        _error("usage: harms-explorer smoke FOLDER")
        return 2
    _off_screen()
    import tempfile

    from explorer.cli import main
    from explorer.selftest import SmokeTour
    from explorer.support import paths

    folder = Path(argv[0])
    if not _ensure_folder(folder):
        return 2
    with tempfile.TemporaryDirectory(prefix="harms-explorer-") as own:
        os.environ[paths.USER_DATA_VARIABLE] = own
        return SmokeTour(folder, start=_start_window, command=main.run_command_line).run_all()


def _ensure_folder(folder: Path) -> bool:
    """Whether ``folder`` is there, made where it was not; else a sentence says why it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _error(f"“{folder}” cannot be used as a folder: {error.strerror or error}.")
        return False
    return True


def _off_screen() -> None:
    """Keep the window off the screen. On Windows Qt's platform for that has no letters: see ``_start_window``."""
    if sys.platform != "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _start_window() -> MainWindow:
    from PySide6.QtCore import Qt

    make_application()
    startup = AppStartup()
    startup.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, sys.platform == "win32")
    startup.show_window()
    startup.window.startup = startup  # it lives as long as its window
    return startup.window


def register_file_type() -> int:
    """Have the system open briefings with this program, and say so; 0 where that was done."""
    from explorer.ui.core import associate_file_type as tell

    is_done, sentence = tell()
    if is_done and sys.stdout is not None:
        sys.stdout.write(f"{sentence}\n")
    elif not is_done:
        _error(sentence)
    return 0 if is_done else 2


def write_screenshots(argv: Sequence[str]) -> int:
    """Write the pictures of the README from the running program to a folder."""
    _off_screen()
    import tempfile

    from explorer.selftest import SmokeTour
    from explorer.support import paths

    folder = Path(argv[0]) if argv else paths.resources_folder() / "screenshots"
    if not _ensure_folder(folder):
        return 2
    with tempfile.TemporaryDirectory(prefix="harms-explorer-") as own:
        os.environ[paths.USER_DATA_VARIABLE] = own
        return SmokeTour(folder, start=_start_window, command=None).take_pictures()
