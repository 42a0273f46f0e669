"""Documents made of a briefing from the window: which kind, to which file, how far it is, and stopping it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressDialog

from explorer.export.documents import DOCUMENTS, Document, document_of, steps, write_briefing

from .briefing_asks import ListDialog, file_name
from .briefing_desk import Desk
from .contents import Act, Action, CardContent, Paragraph, Role, actions, prose

if TYPE_CHECKING:
    from .window import Window

_WHAT = {
    "pptx": "Slides, 16:9, with charts to edit in PowerPoint, notes for the speaker, sources and help lines.",
    "docx": "Headings, charts with captions, tables of every number and numbered sources, to edit in Word.",
    "pdf": "Tagged for screen readers, with charts that stay sharp at any size. Not for editing.",
    "xlsx": "Every number behind the briefing, a table a sheet, with a cover and notes.",
}


class Documents(QObject):
    """Makes documents of the desk's briefing, a step at a time, so that the window goes on meanwhile."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self._steps: Iterator[None] | None = None
        self._path = Path()
        self.dialog: QDialog | None = None
        """The choice of a kind, while it is open."""
        self.progress: QProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)  # a modal progress dialog handles events itself: one step at a time
        self._timer.timeout.connect(self._step)

    def choose(self) -> None:
        """Ask which kind of document to make."""
        cards = [_card(one) for one in DOCUMENTS.values()]
        dialog = ListDialog("Make document", cards, self._window, {Act.SAVE: self._ask_where})
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _ask_where(self, kind: str) -> None:
        document = DOCUMENTS[kind]
        name = file_name(self._desk.briefing.name) + document.suffix
        suggested = str(self._window.commands.folder() / name)
        path, _ = QFileDialog.getSaveFileName(
            self._window, document.name, suggested, f"{document.name} (*{document.suffix})"
        )
        if path:
            whole = path if path.lower().endswith(document.suffix) else path + document.suffix
            self.make(Path(whole))

    def make(self, path: Path) -> None:
        """Begin to write the document whose kind the ending of ``path`` says."""
        if self._steps is not None:
            return
        briefing = self._desk.briefing
        self._path, self._steps = path, write_briefing(briefing, path)
        most = steps(briefing, document_of(path))
        progress = QProgressDialog(f"Making “{path.name}”…", "Cancel", 0, most, self._window)
        progress.setWindowTitle("Make document")
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(300)
        progress.setAutoClose(False)
        progress.setAutoReset(False)
        progress.canceled.connect(self._cancel)
        self.progress = progress
        self._timer.start(0)

    def _step(self) -> None:
        """Do one step, and say how far it is."""
        if self._steps is None or self.progress is None:
            return
        try:
            next(self._steps)
        except StopIteration:
            self._end(f"Saved: {self._path}", done=True)
        except (ValueError, OSError) as error:
            why = (error.strerror if isinstance(error, OSError) else "") or str(error)
            told = f"“{self._path.name}” was not written: {why.rstrip('.')}. "
            self._end(f"{told}Choose another folder or name, or close the program that has it open.")
        except Exception as error:
            details = "".join(traceback.format_exception(error))
            self._end(f"“{self._path.name}” was not written. The briefing is as it was.", details)
        else:
            self.progress.setValue(min(self.progress.value() + 1, self.progress.maximum() - 1))
            if self._steps is not None:
                self._timer.start(0)

    def _cancel(self) -> None:
        if self._steps is not None:
            left = " The file that was there is as it was." if self._path.exists() else ""
            self._end(f"“{self._path.name}” was not written: it was cancelled.{left}")

    def _end(self, told: str, details: str = "", *, done: bool = False) -> None:
        self._timer.stop()
        self._steps = None
        if self.progress is not None:
            self.progress.canceled.disconnect(self._cancel)
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None
        if done:
            self._window.commands.saved_in = self._path.parent
            self._window.messages.say(told, opening=partial(_open, self._path))
        else:
            self._window.messages.say(told, details)


def _card(document: Document) -> CardContent:
    words = prose(
        Paragraph(role=Role.LEAD, text=document.name),
        Paragraph(role=Role.BODY, text=_WHAT.get(document.id, "")),
    )
    act = Action(act=Act.SAVE, label="Save as…", value=document.id, name=f"Save as {document.name}")
    return CardContent(name=document.name, parts=(*words, *actions(act)))


def _open(path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
