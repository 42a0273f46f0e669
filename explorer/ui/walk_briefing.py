"""The walk's way through briefings: collecting, undoing, saving, every document, presenting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.briefing import storage
from explorer.export.documents import DOCUMENTS
from explorer.pages.question import go

if TYPE_CHECKING:
    from .briefings import Briefings
    from .window import Window

_PLACE = "E23000023"
_LEAST = 1000
"""The fewest bytes that a document can have."""


def walk_briefing(window: Window, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    """Do all that is done with a briefing; gives a sentence for each thing that is not as it should be."""
    brief = window.commands.brief.briefings
    window.store.ask(go(_PLACE))
    window.actions_.get("brief-me").trigger()
    for command in ("brief-add", "brief-add-figure", "brief-heading", "brief-note"):
        window.actions_.get(command).trigger()
    settle()
    full = brief.desk.briefing
    if len(full.items) < 10:
        yield f"a draft about {_PLACE} holds only {len(full.items)} items"
    while brief.desk.changes.undo:
        brief.desk.undo()
    while brief.desk.changes.redo:
        brief.desk.redo()
    if brief.desk.briefing != full:
        yield "undoing and redoing all of a briefing does not come back to it"
    window.grab().save(str(folder / "window-briefing.png"))
    yield from _filed(brief, folder)
    yield from _documents(brief, folder, settle)
    yield from _presented(brief, folder, settle)
    brief.files.new()
    settle()
    if brief.desk.briefing.items:
        yield "a new briefing is not empty"


def _filed(brief: Briefings, folder: Path) -> Iterator[str]:
    path = folder / "walk.ohbrief"
    brief.files.write(path)
    if brief.desk.dirty or storage.load(path) != brief.desk.briefing:
        yield "a saved briefing does not read back as it was"


def _documents(brief: Briefings, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    for document in DOCUMENTS.values():
        path = folder / f"briefing{document.suffix}"
        brief.documents.make(path)
        while brief.documents.progress is not None:
            settle()
        if not path.is_file() or path.stat().st_size < _LEAST:
            yield f"{path.name} was not written"


def _presented(brief: Briefings, folder: Path, settle: Callable[[], None]) -> Iterator[str]:
    brief.present()
    presenter = brief.presenter
    if presenter is None:
        yield "the presentation did not open"
        return
    for at in range(len(presenter.screens)):
        presenter.go(at)
        settle()
        if presenter.view.heading.text() == "" or presenter.at != at:
            yield f"screen {at + 1} of the presentation is not shown"
        presenter.grab().save(str(folder / f"screen-{at + 1:02}.png"))
    presenter.end()
    settle()
