"""The words on a briefing's first page: title, author, audience and date."""

from __future__ import annotations

import datetime

from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.briefing.model import Briefing
from explorer.pages.text.phrases import format_date
from explorer.support.theme import Theme

from .buttons import ButtonStyle, WordButton
from .fields import WordField
from .palette import build_palette
from .typeset import GAP, Typeset, colour

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
