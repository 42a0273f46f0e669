"""What a document has said so far, so that a note that belongs to several items is not said under each."""

from __future__ import annotations

from explorer.briefing.document import Briefing, Exhibit, ItemKind


class NoteDeduplicator:
    """Notes and remarks as a document comes to them: one for each document, asked in order of its items."""

    def __init__(self, briefing: Briefing) -> None:
        self._apart = {
            point.text
            for item in briefing.items
            if item.kind is ItemKind.SUMMARY and item.exhibit is not None
            for point in item.exhibit.points
        }
        self._said: set[str] = set()

    def new_notes(self, exhibit: Exhibit) -> tuple[str, ...]:
        """What has to be said under an item and does not stand above already."""
        notes = [note for note in exhibit.notes if note not in self._apart and note not in self._said]
        remarks = [remark for remark in exhibit.remarks if remark not in self._said]
        self._said |= {*notes, *remarks}
        return (*notes, *remarks)
