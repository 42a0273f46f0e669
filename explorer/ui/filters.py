"""What narrows the voices: words, a speaker, and whether only this place counts. It asks; the store decides.

The same three stand above quotes, demands and claims, because the page narrows all of them alike.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QWidget

from explorer.pages.model.page import Page
from explorer.pages.model.question import Question, filter_voices

from .buttons import ButtonStyle, WordButton
from .cards import MARGIN
from .fields import ChoiceField, WordField
from .typeset import GAP, Typeset

EVERYONE = "Everyone"
_ABOVE = 12
_HEIGHT = 28
_LEAST_SPEAKER = 120


class VoiceFilter(QWidget):
    """The filter row: shows what the question says and emits ``wished`` with a ``Move``."""

    change_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = WordField(self, "Find words", "Words to find")
        self.speaker = ChoiceField(self, "Speaker")
        self.here = WordButton(self, ButtonStyle.CHOICE)
        self.everywhere = WordButton(self, ButtonStyle.CHOICE)
        self._speakers: tuple[str, ...] = ()
        self.words.textEdited.connect(self._ask_words)
        self.speaker.activated.connect(self._ask_speaker)
        self.here.clicked.connect(self._ask_here)
        self.everywhere.clicked.connect(self._ask_everywhere)

    def show_question(self, page: Page) -> None:
        """Show the filters as the page's question has them, without asking for anything."""
        question = page.question
        with QSignalBlocker(self.words), QSignalBlocker(self.speaker):
            if self.words.text() != question.words:
                self.words.setText(question.words)
            self._show_speakers(page.speakers, question)
        self.here.set_label("This place", f"This place: {page.asked.name}")
        self.everywhere.set_label("Everywhere")
        self.here.setChecked(not question.everywhere)
        self.everywhere.setChecked(question.everywhere)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        for button in (self.here, self.everywhere):
            button.apply_theme(typeset)
        for field in (self.words, self.speaker):
            field.apply_theme(typeset)

    def layout_rows(self, width: int) -> int:
        """Lay its rows out in ``width`` pixels; returns the height they need."""
        places = self._widget_rects(width)
        for widget, rect in places.items():
            widget.setGeometry(rect)
        return max(rect.bottom() for rect in places.values()) + 1

    def _widget_rects(self, width: int) -> dict[QWidget, QRect]:
        """Words on one row; speaker and place beside each other where there is room, else below."""
        room = width - 2 * MARGIN
        high = max(_HEIGHT, self.words.sizeHint().height(), self.speaker.sizeHint().height())
        top = _ABOVE + high + GAP
        natural = self.here.natural_width() + self.everywhere.natural_width()
        speaker = room - natural - GAP
        if speaker >= _LEAST_SPEAKER:
            choices = QRect(MARGIN + speaker + GAP, top, natural, high)
        else:
            speaker, choices = room, QRect(MARGIN, top + high + GAP, room, high)
        return {
            self.words: QRect(MARGIN, _ABOVE, room, high),
            self.speaker: QRect(MARGIN, top, speaker, high),
            **self._choice_rects(choices),
        }

    def _choice_rects(self, room: QRect) -> dict[QWidget, QRect]:
        """The two choices side by side with a line in common, or one below the other in large type."""
        here = min(self.here.natural_width(), room.width())
        everywhere = min(self.everywhere.natural_width(), room.width())
        side_by_side = here + everywhere <= room.width()
        high = max(room.height(), self.here.height_for(here), self.everywhere.height_for(everywhere))
        corner = QPoint(here - 1, 0) if side_by_side else QPoint(0, high - 1)
        return {
            self.here: QRect(room.topLeft(), QSize(here, high)),
            self.everywhere: QRect(room.topLeft() + corner, QSize(everywhere + 1, high)),
        }

    def _show_speakers(self, speakers: tuple[str, ...], question: Question) -> None:
        current_speaker = question.speaker
        speaker_names = speakers if not current_speaker or current_speaker in speakers else (*speakers, current_speaker)
        if speaker_names != self._speakers or not self.speaker.count():
            self._speakers = speaker_names
            self.speaker.clear()
            self.speaker.addItems([EVERYONE, *speaker_names])
        self.speaker.setCurrentIndex(1 + speaker_names.index(current_speaker) if current_speaker else 0)

    def _ask_words(self, words: str) -> None:
        self.change_requested.emit(filter_voices(words=words))

    def _ask_speaker(self, index: int) -> None:
        self.change_requested.emit(filter_voices(speaker=self._speakers[index - 1] if index else ""))

    def _ask_here(self) -> None:
        self.change_requested.emit(filter_voices(everywhere=False))

    def _ask_everywhere(self) -> None:
        self.change_requested.emit(filter_voices(everywhere=True))
