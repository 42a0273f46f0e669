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
    from explorer.packs.library import Library
    from explorer.ui.window import Window

_OBJECTS_PER_SEARCH = 50_000
"""A page makes some thousands of objects; hardly one of them is garbage that needs searching for."""
_NO_DISPLAY = (
    "There is no display to open a window on. These commands need none: {commands}. "
    "`harms-explorer --help` says more."
)


def run(argv: Sequence[str] = ()) -> int:
    """Open the window, on the briefing that is named if one is, and stay until it is closed.

    Returns 2, with a sentence, where there is no display.
    """
    if not _has_display():
        from explorer.cli import HEADLESS

        _complain(_NO_DISPLAY.format(commands=", ".join(HEADLESS)))
        return 2
    from PySide6.QtWidgets import QApplication

    app = make_application()
    started = Start(Path(argv[0]) if argv else None)
    started.begin()
    assert isinstance(app, QApplication)
    status = app.exec()
    started.end()
    # Qt ends while Python is still there, so that what was copied is handed over and nothing is left to it.
    app.shutdown()
    return status


def _complain(sentence: str) -> None:
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

    from explorer import __version__, paths
    from explorer.ui.opened_files import Program

    app = QApplication.instance() or Program(sys.argv[:1])
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


class Start:
    """Opens the window at once and fills it when the evidence has been read."""

    def __init__(self, briefing: Path | None = None) -> None:
        self._briefing = briefing
        # Opening makes no garbage worth the search: a tenth of the way to the first chart was spent on it.
        gc.disable()
        from explorer.ui.messages import Watch
        from explorer.ui.settings import Settings
        from explorer.ui.window import Window
        from explorer.ui.work import Work

        self.watch = Watch()
        self.watch.install()
        self.window: Window = Window(Settings())
        self.watch.tell(self.window.messages)
        self.work = Work(self.window)

    def begin(self) -> None:
        """Show the window; read the packs beside it, and make the chart view meanwhile."""
        from PySide6.QtCore import QTimer

        self.work.start(_read, self._open, self._failed)
        self.window.show()
        QTimer.singleShot(0, self.window.chart.equip)

    def end(self) -> None:
        """Close the library; what is still being read is let go."""
        self.work.let_go()
        if self.window.store.page is not None:
            self.window.store.library.close()

    def _open(self, library: Library) -> None:
        from PySide6.QtCore import QTimer

        from explorer.pages.outline import opening

        QTimer.singleShot(0, _search_for_garbage)
        asked = self.window.settings.question
        # A place that a newer or an older edition of the evidence does not know is no way to begin.
        known = asked is not None and asked.place in library.places
        first = asked if asked is not None and known else opening(library)
        self.window.furnished.connect(
            lambda: self.work.start(lambda: _settle(library), self._verified, self._failed)
        )
        self.window.furnished.connect(self._take_up)
        self.window.store.open(library, first, brief=True)
        if library.notice:
            self.window.messages.say(library.notice)

    def _take_up(self) -> None:
        """Open the briefing that the program was started with, and offer what was not saved the last time."""
        from PySide6.QtWidgets import QApplication

        from explorer.ui.opened_files import Program

        brief, app = self.window.commands.brief, QApplication.instance()
        brief.recover()
        if isinstance(app, Program):
            app.hand_to(brief.open)
        if self._briefing is not None:
            brief.open(self._briefing)

    def _verified(self, changed: bool) -> None:
        """Show the evidence as it is now, where it is not what the library had kept."""
        if changed:
            self.window.commands.renew()

    def _failed(self, error: BaseException) -> None:
        import traceback

        _search_for_garbage()
        details = "".join(traceback.format_exception(error))
        self.window.messages.say(
            "The evidence that belongs to the program could not be read. Install the program anew.", details
        )


def _settle(library: Library) -> bool:
    """Check the packs against their folders, and find what figures disagree on, beside the window."""
    from explorer.pages.disagreements import known

    changed = library.verify()
    known(library)
    return changed


def _search_for_garbage() -> None:
    """What start-up made stays: later searches pass it over, and come after a page or two, not within one."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_PER_SEARCH, 10, 10)
    gc.enable()


def _read() -> Library:
    from explorer.packs.shelf import open_library
    from explorer.pages.disagreements import known

    library = open_library(trusting=True)
    known(library)
    return library


def smoke(argv: Sequence[str]) -> int:
    """Walk the whole program off screen and write what was seen to a folder; 0 only if all of it worked."""
    if len(argv) != 1:
        _complain("usage: harms-explorer smoke FOLDER")
        return 2
    _off_screen()
    import tempfile

    from explorer import cli, paths
    from explorer.ui.walk import Walk

    folder = Path(argv[0])
    if not _made(folder):
        return 2
    with tempfile.TemporaryDirectory(prefix="harms-explorer-") as own:
        os.environ[paths.USER_DATA_VARIABLE] = own
        return Walk(folder, start=_started, command=cli.main).run()


def _made(folder: Path) -> bool:
    """Whether ``folder`` is there, made where it was not; else a sentence says why it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _complain(f"“{folder}” cannot be used as a folder: {error.strerror or error}.")
        return False
    return True


def _off_screen() -> None:
    """Keep the window off the screen. On Windows Qt's platform for that has no letters: see ``_started``."""
    if sys.platform != "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _started() -> Window:
    from PySide6.QtCore import Qt

    make_application()
    started = Start()
    started.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, sys.platform == "win32")
    started.begin()
    started.window.started = started  # it lives as long as its window
    return started.window


def associate() -> int:
    """Have the system open briefings with this program, and say so; 0 where that was done."""
    from explorer.ui.association import associate as tell

    done, sentence = tell()
    if done and sys.stdout is not None:
        sys.stdout.write(f"{sentence}\n")
    elif not done:
        _complain(sentence)
    return 0 if done else 2


def screenshots(argv: Sequence[str]) -> int:
    """Write the pictures of the README from the running program to a folder."""
    _off_screen()
    import tempfile

    from explorer import paths
    from explorer.ui.walk import Walk

    folder = Path(argv[0]) if argv else paths.resources_folder() / "screenshots"
    if not _made(folder):
        return 2
    with tempfile.TemporaryDirectory(prefix="harms-explorer-") as own:
        os.environ[paths.USER_DATA_VARIABLE] = own
        return Walk(folder, start=_started, command=None).take_pictures()
