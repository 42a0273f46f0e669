"""Double-clicking a briefing: tells Windows or a Linux desktop which program opens .ohbrief files.

For this person only, without an administrator, and only when asked. macOS reads it from the program itself.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from explorer.support import write_atomically
from explorer.ui.widgets import SUFFIX, looks_like_briefing

_TYPE = "OnlineHarmsExplorer.Briefing"
_NAME = "Online Harms briefing"
_MIME = "application/vnd.online-harms-explorer.briefing+json"
_ID = "online-harms-explorer"
WINDOWED_EXE = "Online Harms Explorer.exe"


def program_path() -> Path | None:
    """The packaged program that is running; None where it runs from its source."""
    if not getattr(sys, "frozen", False):
        return None
    running = Path(sys.executable)
    windowed_exe = running.with_name(WINDOWED_EXE)
    return windowed_exe if windowed_exe.is_file() else running


def associate_file_type() -> tuple[bool, str]:
    """Have the system open briefings with this program: whether that was done, and a sentence about it."""
    running = program_path()
    if sys.platform == "darwin":
        return True, "The system knows from the program that it opens briefings."
    if running is None:
        return False, "Only the packaged program opens by double-click; this one runs from its source."
    if sys.platform == "win32":
        _tell_windows(running)
    else:
        try:
            _tell_desktop(running)
        except OSError as error:
            return False, f"The desktop could not be told: {error.strerror or error}."
    return True, f"Briefings ({SUFFIX}) open with this program from now on, as long as it stays at {running}."


def _tell_windows(running: Path) -> None:
    from PySide6.QtCore import QSettings

    classes = QSettings("HKEY_CURRENT_USER\\Software\\Classes", QSettings.Format.NativeFormat)
    classes.setValue(f"{SUFFIX}/.", _TYPE)
    classes.setValue(f"{_TYPE}/.", _NAME)
    classes.setValue(f"{_TYPE}/DefaultIcon/.", f'"{running}",0')
    classes.setValue(f"{_TYPE}/shell/open/command/.", f'"{running}" "%1"')
    classes.sync()
    _refresh_windows()


def _refresh_windows() -> None:
    """Tell the Explorer that associations have changed: it would notice at the next log-in only."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(0x08000000, 0, None, None)


def _tell_desktop(running: Path) -> None:
    """Write the two files that desktops of the XDG kind read, and have their lists made anew."""
    share = _data_folder()
    mime = share / "mime" / "packages" / f"{_ID}.xml"
    desktop = share / "applications" / f"{_ID}.desktop"
    for path, content in ((mime, mime_xml()), (desktop, desktop_entry(running))):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content.encode("utf-8"))
    for tool, folder in (("update-mime-database", "mime"), ("update-desktop-database", "applications")):
        tool_path = shutil.which(tool)
        if tool_path:
            subprocess.run([tool_path, str(share / folder)], check=False, capture_output=True, timeout=60)


def _data_folder() -> Path:
    from PySide6.QtCore import QStandardPaths

    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))


def mime_xml() -> str:
    """What a briefing is, as shared-mime-info reads it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n'
        f'  <mime-type type="{_MIME}">\n'
        f"    <comment>{_NAME}</comment>\n"
        f'    <glob pattern="*{SUFFIX}"/>\n'
        '    <sub-class-of type="application/json"/>\n'
        "  </mime-type>\n"
        "</mime-info>\n"
    )


def desktop_entry(running: Path) -> str:
    """The program as a desktop lists it."""
    quoted_path = str(running)
    for sign in ("\\", '"', "`", "$"):
        quoted_path = quoted_path.replace(sign, f"\\{sign}")
    quoted_path = quoted_path.replace("%", "%%").replace("\\", "\\\\")
    return (
        "[Desktop Entry]\nType=Application\nName=Online Harms Explorer\n"
        f'Exec="{quoted_path}" %f\nMimeType={_MIME};\nTerminal=false\nCategories=Education;\n'
    )


# The application, with what the system asks of it while it runs: macOS hands over files as events.


class Application(QApplication):
    """The application. A briefing that comes before anybody takes it waits."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(list(argv))
        self._take: Callable[[Path], None] | None = None
        self._waiting: list[Path] = []

    def set_file_handler(self, take: Callable[[Path], None]) -> None:
        """Give briefings to ``take`` from now on, and those that came before."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        for path in waiting:
            take(path)

    def event(self, event: QEvent) -> bool:
        """Take a briefing that the system hands over."""
        if isinstance(event, QFileOpenEvent) and looks_like_briefing(Path(event.file())):
            path = Path(event.file())
            if self._take is None:
                self._waiting.append(path)
            else:
                self._take(path)
            return True
        return super().event(event)
