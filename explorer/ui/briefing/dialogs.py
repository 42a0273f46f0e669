"""What is asked about briefings: save first, open a copy, take back what was not saved, open which again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QLockFile, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.briefing import Briefing, UnsavedBriefing
from explorer.evidence import Event, capitalise, format_date
from explorer.support import Theme
from explorer.ui.cards import (
    ActionKind,
    CardAction,
    CardContent,
    CardParagraph,
    CardsDialog,
    QuestionDialog,
    build_actions,
    build_collect_action,
    build_prose,
)
from explorer.ui.theme import GAP, ParagraphRole, Typeset, build_palette, colour
from explorer.ui.widgets import ButtonStyle, WordButton, WordField

if TYPE_CHECKING:
    from explorer.ui.core import WindowContext


OTHER = 2
"""How a dialog ends whose third button was pressed."""


class ThreeWays(QuestionDialog):
    """A question with a third answer, which stands between the other two."""

    def __init__(
        self,
        title: str,
        cards: Sequence[CardContent],
        theme: Theme,
        parent: QWidget | None,
        *,
        answers: tuple[str, str, str],
    ) -> None:
        """``answers`` are the words on the buttons: yes, the other, and no."""
        yes, other, no = answers
        super().__init__(title, cards, theme, parent, yes=yes, no=no)
        self.other_button = self._build_button(other)
        self.other_button.setAutoDefault(False)
        self.other_button.clicked.connect(lambda: self.done(OTHER))
        self.foot.insertWidget(2, self.other_button)
        self.setTabOrder(self.yes_button, self.other_button)
        self.setTabOrder(self.other_button, self.close_button)
        self.yes_button.setFocus()


class ListDialog(CardsDialog):
    """Things to choose from, a card each. A button of a card does what it says, and closes it."""

    def __init__(
        self,
        title: str,
        cards: Sequence[CardContent],
        context: WindowContext,
        does: dict[ActionKind, Callable[[str], None]],
        *,
        close: str = "Close",
        stays: bool = False,
    ) -> None:
        self._does, self._stays = does, stays
        super().__init__(title, cards, context.theme, context.widget)
        self.close_button.set_label(close)
        self.fit_to_content()

    def _act(self, action: CardAction) -> None:
        act = self._does.get(action.act)
        if act is not None:
            if not self._stays:
                self.accept()
            act(action.value)


def build_unsaved_dialog(briefing: Briefing, context: WindowContext) -> QuestionDialog:
    """Whether to save before the briefing goes from the window."""
    question_text = f"Save “{briefing.name}” first?"
    description = f"It holds {_format_item_count(briefing)} and was changed since it was last saved."
    return ThreeWays(
        "Briefing not saved",
        (_build_card(question_text, description, "What is not saved is lost if you do not save it."),),
        context.theme,
        context.widget,
        answers=("Save", "Do not save", "Go back"),
    )


def build_in_use_dialog(path: Path, lock: QLockFile, context: WindowContext) -> QuestionDialog:
    """Whether to open a copy of a briefing that another window has."""
    process, host, program = _lock_holder(lock)
    where = f"It is open in another window: {program} on {host}, process {process}." if process else ""
    description = where or "It is open in another window of this program."
    return QuestionDialog(
        "Briefing in use",
        (_build_card(f"Open a copy of “{path.name}”?", description, "A copy is saved under a name of its own."),),
        context.theme,
        context.widget,
        yes="Open a copy",
        no="Leave it",
    )


def _lock_holder(lock: QLockFile) -> tuple[int, str, str]:
    """The process, the machine and the program that hold a lock; 0 and empty where it does not say."""
    lock_info = lock.getLockInfo()
    match lock_info:
        case (int(process), str(host), str(program)):
            return process, host, program
        case _:
            return 0, "", ""


def changed_outside(path: Path, context: WindowContext) -> QuestionDialog:
    """Whether to write over a file that something else has changed."""
    description = "Something else has changed it since it was opened or saved here. Saving replaces what it holds."
    aside = "Save briefing as… keeps both."
    return QuestionDialog(
        "File has changed",
        (_build_card(f"Replace “{path.name}”?", description, aside),),
        context.theme,
        context.widget,
        yes="Replace",
        no="Leave it",
    )


def build_recent_dialog(paths: Sequence[Path], context: WindowContext, open_: Callable[[Path], None]) -> CardsDialog:
    """The briefings that were open before."""
    cards = [
        _build_list_card(path.stem, str(path.parent), CardAction(act=ActionKind.SELECT, label="Open", value=str(path)))
        for path in paths
    ]
    nothing = _build_card("No briefing was opened before", "Those that you save or open are listed here.", "")
    dialog_cards = cards or [nothing]
    return ListDialog("Recent briefings", dialog_cards, context, {ActionKind.SELECT: lambda path: open_(Path(path))})


def build_recovery_dialog(
    unsaved_states: Sequence[UnsavedBriefing],
    context: WindowContext,
    take: Callable[[UnsavedBriefing], None],
    discard: Callable[[UnsavedBriefing], None],
) -> CardsDialog:
    """What was not saved when the program last ended, to take back, to throw away or to leave for later."""
    by_file = {str(one.file): one for one in unsaved_states}
    description = "The program ended before these were saved. What is left for later is offered again."
    cards = [_build_card("Briefings that were not saved", description, "", has_frame=False)]
    for one in unsaved_states:
        of = f"Changes to {one.of}" if one.of is not None else "Never saved to a file"
        about = f"{_format_item_count(one.briefing)}, last changed {_format_time(one.when)}. {of}."
        back = CardAction(act=ActionKind.SELECT, label="Take it back", value=str(one.file))
        away = CardAction(act=ActionKind.REMOVE, label="Throw it away", value=str(one.file))
        cards.append(_build_list_card(one.briefing.name, about, back, away))
    does: dict[ActionKind, Callable[[str], None]] = {
        ActionKind.SELECT: lambda file: take(by_file[file]),
        ActionKind.REMOVE: lambda file: discard(by_file[file]),
    }
    return ListDialog("Not saved", cards, context, does, close="Later")


def throw_away(one: UnsavedBriefing, context: WindowContext) -> QuestionDialog:
    """Whether to throw away what was not saved."""
    description = f"It holds {_format_item_count(one.briefing)}, last changed {_format_time(one.when)}."
    return QuestionDialog(
        "Throw away",
        (_build_card(f"Throw away “{one.briefing.name}”?", description, "This cannot be undone."),),
        context.theme,
        context.widget,
        yes="Throw it away",
        no="Keep it for later",
    )


def build_events_dialog(of: Sequence[Event], context: WindowContext, add: Callable[[str], None]) -> CardsDialog:
    """The dated events that are loaded, each to be added."""
    cards = [
        _build_list_card(one.name, capitalise(format_date(one.date)), build_collect_action("event", one.id, one.name))
        for one in sorted(of, key=lambda one: one.date)
    ]
    nothing = _build_card("No event is loaded", "Packs that hold dated events bring them along.", "")
    return ListDialog("Add an event", cards or [nothing], context, {ActionKind.COLLECT: add}, stays=True)


def _build_card(lead: str, body: str, aside: str, *, has_frame: bool = True) -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD if has_frame else ParagraphRole.HEADING, text=lead),
        CardParagraph(role=ParagraphRole.BODY, text=body),
        CardParagraph(role=ParagraphRole.CAVEAT, text=aside),
    )
    return CardContent(name=lead, parts=words, has_frame=has_frame)


def _build_list_card(lead: str, description: str, *does: CardAction) -> CardContent:
    words = build_prose(
        CardParagraph(role=ParagraphRole.LEAD, text=lead),
        CardParagraph(role=ParagraphRole.QUIET, text=description),
    )
    return CardContent(name=lead, parts=(*words, *build_actions(*does)))


def _format_item_count(briefing: Briefing) -> str:
    number = len(briefing.items)
    return "1 item" if number == 1 else f"{number} items"


def _format_time(seconds: float) -> str:
    moment = datetime.datetime.fromtimestamp(seconds).astimezone()
    return f"{format_date(moment.date().isoformat())}, {moment:%H:%M}"


def file_name(title: str) -> str:
    """A title as a file's name."""
    safe_name = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in safe_name.split("-") if part)[:80] or "briefing"


# The words on a briefing's first page: title, author, audience and date.


_FIELDS = (
    ("title", "Title", "Untitled briefing"),
    ("author", "Author", "Who made it"),
    ("audience", "Audience", "Who it is for"),
    ("date", "Date", "As it is to be printed"),
)


class DetailsDialog(QDialog):
    """Asks for the four lines. ``briefing`` is what they make of the one it was given."""

    def __init__(self, briefing: Briefing, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._briefing = briefing
        typeset = Typeset(theme, self.font())
        self._typeset = typeset
        self.setWindowTitle("Title, author and audience")
        self.setPalette(build_palette(theme))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP)
        self.fields: dict[str, WordField] = {}
        for row, (name, label, hint) in enumerate(_FIELDS):
            field = WordField(self, hint, label)
            field.apply_theme(typeset)
            field.setText(getattr(briefing, name))
            label_widget = QLabel(label, self)
            label_widget.setBuddy(field)
            grid.addWidget(label_widget, row, 0)
            grid.addWidget(field, row, 1)
            self.fields[name] = field
        if not briefing.date and not briefing.items:
            self.fields["date"].setText(format_today())
        grid.setColumnStretch(1, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        rows.setSpacing(2 * GAP)
        # Otherwise the layout changes the least size once more when the window is already there.
        rows.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        rows.addLayout(grid)
        rows.addStretch(1)
        rows.addLayout(self._build_button_row())
        self.resize(QSize(round(460 * typeset.scale), self.sizeHint().height()))
        self.fields["title"].setFocus()

    def _build_button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for label, does in (("Take these", self.accept), ("Leave as it was", self.reject)):
            button = WordButton(self, ButtonStyle.QUIET)
            button.set_label(label)
            button.apply_theme(self._typeset)
            button.clicked.connect(does)
            button.setDefault(label == "Take these")
            row.addWidget(button)
        return row

    @property
    def briefing(self) -> Briefing:
        """The briefing with the four lines as they stand in the fields."""
        lines = {name: " ".join(field.text().split()) for name, field in self.fields.items()}
        return replace(self._briefing, **lines)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the dialog's surface."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._typeset.theme.panel))
        painter.end()


def format_today() -> str:
    """Today's date in words."""
    return format_date(datetime.datetime.now().astimezone().date().isoformat())
