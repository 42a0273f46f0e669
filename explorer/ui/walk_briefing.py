"""The walk's way through briefings: collecting, undoing, saving, every document, presenting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.briefing import file_format
from explorer.export.documents import DOCUMENTS
from explorer.pages.model.question import select_place

if TYPE_CHECKING:
    from .briefings import BriefingController
    from .window import MainWindow


_PLACE = "E23000023"
_LEAST = 1000
"""The fewest bytes that a document can have."""


def walk_briefing(window: MainWindow, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    """Do all that is done with a briefing; gives a sentence for each thing that is not as it should be."""
    brief = window.commands.brief.briefings
    window.store.dispatch(select_place(_PLACE))
    window.actions_.action_for("brief-me").trigger()
    for command in ("brief-add", "brief-add-figure", "brief-heading", "brief-note"):
        window.actions_.action_for(command).trigger()
    settle()
    full = brief.desk.briefing
    if len(full.items) < 10:
        yield f"a draft about {_PLACE} holds only {len(full.items)} items"
    while brief.desk.changes.undo_name:
        brief.desk.undo()
    while brief.desk.changes.redo_name:
        brief.desk.redo()
    if brief.desk.briefing != full:
        yield "undoing and redoing all of a briefing does not come back to it"
    window.grab().save(str(folder / "window-briefing.png"))
    yield from _check_saved_file(brief, folder)
    yield from _check_documents(brief, folder, settle)
    yield from _check_presentation(brief, folder, settle)
    brief.files.new_briefing()
    settle()
    if brief.desk.briefing.items:
        yield "a new briefing is not empty"


def _check_saved_file(brief: BriefingController, folder: Path) -> Iterator[str]:
    path = folder / "walk.ohbrief"
    brief.files.write(path)
    if brief.desk.is_dirty or file_format.load_briefing(path) != brief.desk.briefing:
        yield "a saved briefing does not read back as it was"


def _check_documents(brief: BriefingController, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    for document in DOCUMENTS.values():
        path = folder / f"briefing{document.suffix}"
        brief.documents.start_export(path)
        while brief.documents.progress is not None:
            settle()
        if not path.is_file() or path.stat().st_size < _LEAST:
            yield f"{path.name} was not written"


def _check_presentation(brief: BriefingController, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    brief.start_presentation()
    presenter = brief.presenter
    if presenter is None:
        yield "the presentation did not open"
        return
    for at in range(len(presenter.screens)):
        presenter.go_to_screen(at)
        settle()
        if presenter.view.heading.text() == "" or presenter.at != at:
            yield f"screen {at + 1} of the presentation is not shown"
        presenter.grab().save(str(folder / f"screen-{at + 1:02}.png"))
    presenter.end_presentation()
    settle()
