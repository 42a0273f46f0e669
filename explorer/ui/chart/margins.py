"""What stands over and under a chart, in lines; and what of it gives way to the plot in a pane with little height."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from explorer.evidence import formatting
from explorer.ui.theme import GAP, SMALL, Typeset, scaled_font
from explorer.ui.widgets import ButtonStyle, FlowWidget, WordButton, WordsLabel

_LEAST_SOURCE = 160
STRIP_FROM, SUBTITLE_FROM, NEWEST_FROM = 520, 420, 330
"""The heights of a pane, in pixels of text at 100%, from which each is seen; what is first here goes first."""


class PaneRoom(Struct, frozen=True):
    """What there is room for beside title, caution, tabs, plot and source, which are always seen."""

    strip: bool
    subtitle: bool
    newest: bool


def choose_room(height: float, scale: float) -> PaneRoom:
    """What there is room for in a pane of ``height`` pixels with text at ``scale`` times its usual size."""
    unscaled = height / scale
    return PaneRoom(strip=unscaled >= STRIP_FROM, subtitle=unscaled >= SUBTITLE_FROM, newest=unscaled >= NEWEST_FROM)


class LabelRow(FlowWidget):
    """Labels beside one another where each fits on its line, and below one another where not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: list[WordsLabel] = []

    def add_label(self, label: WordsLabel) -> None:
        """Put ``label`` at the end."""
        label.setParent(self)
        self._labels.append(label)

    def refresh(self) -> None:
        """The words are others: take another height where that is needed, or none where there are none."""
        self.setVisible(any(not label.isHidden() for label in self._labels))
        self.updateGeometry()
        self.flow(self.width(), place=True)

    def flow(self, width: int, *, place: bool) -> int:
        """The height in ``width`` pixels; ``place`` also puts everything where it belongs."""
        labels = [label for label in self._labels if not label.isHidden()]
        widths = [label.fontMetrics().horizontalAdvance(label.text()) + 4 for label in labels]
        is_one_line = sum(widths) + 2 * GAP * (len(labels) - 1) <= width
        left_edge = top = line = 0
        for label, natural in zip(labels, widths, strict=True):
            wide = natural if is_one_line else width
            high = label.heightForWidth(wide)
            if place:
                label.setGeometry(QRect(QPoint(left_edge, top), QPoint(left_edge + wide - 1, top + high - 1)))
            if is_one_line:
                left_edge, line = left_edge + wide + 2 * GAP, max(line, high)
            else:
                top += high + GAP // 2
        return line if is_one_line else max(0, top - GAP // 2)


class LineLabel(QLabel):
    """Plain words on one line, ending in dots where the line is too short."""

    def __init__(self, parent: QWidget, caption: str) -> None:
        super().__init__(parent)
        self._caption = caption
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(caption)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show other words."""
        if text != self.text():
            super().setText(text)
            self.setAccessibleName(f"{self._caption}: {text}" if text else self._caption)

    def natural_width(self) -> int:
        """The width at which the whole of it is seen."""
        return self.fontMetrics().horizontalAdvance(self.text()) + 2

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw as much of it as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.end()


class ChartFoot(FlowWidget):
    """The line; it takes a second one where the first is too short for the source."""

    notes_toggled = Signal(bool)
    """Whether the notes are wanted."""
    image_wanted = Signal()
    citation_wanted = Signal()
    collect_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._note_count = 0
        self.source = LineLabel(self, "Source")
        self.notes = self._build_button("", "Notes")
        self.notes.setCheckable(True)
        self.notes.clicked.connect(self._toggle_notes)
        self.image = self._build_button("Copy image", "Copy the chart as a picture with its source")
        self.image.clicked.connect(self.image_wanted)
        self.cite = self._build_button("Cite", "Copy the finding as a sentence with its sources")
        self.cite.clicked.connect(self.citation_wanted)
        self.collect = self._build_button("Add to briefing", "Add the chart to the briefing")
        self.collect.clicked.connect(self.collect_wanted)

    def _toggle_notes(self, is_wanted: bool) -> None:
        self._name_notes()
        self.notes_toggled.emit(is_wanted)

    def _name_notes(self) -> None:
        label = formatting.pluralise(self._note_count, "note") if self._note_count else "Whole source"
        is_open = self.notes.isChecked()
        name = "the notes and the whole source" if self._note_count else "the whole source"
        self.notes.set_label(f"{label} {'▴' if is_open else '▾'}", f"{label}: {'hide' if is_open else 'show'} {name}")

    def _build_button(self, label: str, name: str) -> WordButton:
        button = WordButton(self, ButtonStyle.LINK)
        button.set_label(label or name, name)
        return button

    def show_source(self, source: str, notes: int) -> None:
        """Show where the numbers are from, and how many notes there are."""
        self.source.setText(source)
        self._note_count = notes
        self._name_notes()
        self.notes.setVisible(bool(notes or source))
        self.flow(self.width(), place=True)

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return [self.notes, self.image, self.cite, self.collect]

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the colours and type of ``typeset``."""
        self.source.setFont(scaled_font(typeset.font, SMALL))
        for button in (self.notes, self.image, self.cite, self.collect):
            button.apply_theme(typeset)
        self.updateGeometry()
        self.flow(self.width(), place=True)

    def flow(self, width: int, *, place: bool) -> int:
        """The height in ``width`` pixels; ``place`` also puts everything where it belongs."""
        ways = [self.image, self.cite, self.collect]
        first = [self.notes] if not self.notes.isHidden() else []
        sizes = {button: self._size_of(button, width) for button in (*first, *ways)}
        high = max((size.height() for size in sizes.values()), default=24)
        after = sum(sizes[button].width() + GAP for button in ways)
        before = sum(sizes[button].width() + GAP for button in first)
        is_one_line = width - after - before >= _LEAST_SOURCE
        room = width - before - (after if is_one_line else 0)
        if place:
            wide = min(self.source.natural_width(), room)
            self.source.setGeometry(0, 0, wide, high)
            self._place_row(first, sizes, QPoint(wide + GAP, 0))
            self._place_row(ways, sizes, QPoint(width - after + GAP if is_one_line else -4, 0 if is_one_line else high))
        return high if is_one_line else 2 * high

    def _place_row(self, buttons: list[WordButton], sizes: dict[WordButton, QSize], corner: QPoint) -> None:
        for button in buttons:
            button.setGeometry(QRect(corner, sizes[button]))
            corner = corner + QPoint(sizes[button].width() + GAP, 0)

    @staticmethod
    def _size_of(button: WordButton, width: int) -> QSize:
        wide = min(button.natural_width(), width)
        return QSize(wide, button.height_for(wide))
