"""One screen of a presentation: heading, a live chart, a table or words set large, and the source."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScrollBar, QWidget

from explorer.draw.plain import plain
from explorer.draw.plot import ChartView
from explorer.draw.theme import Theme
from explorer.export.screens import Screen
from explorer.pages import words

from .bars import ThinBar
from .palette import palette
from .presenter_parts import breaking, events_of
from .presenter_table import LargeTable
from .presenter_words import LargeWords
from .style import font
from .typeset import colour

_NARROW, _HIGH = 1200, 1080
"""The least room that sizes are given for; in less, everything is set smaller."""
_HEADING, _OPENING, _SUBTITLE, _SMALL = (46, 38, 30), (72, 56, 44, 34), (28, 24), 20
"""The sizes tried for what stands over a screen, until it leaves the rest its room."""
_CHART = (24, 21, 18, 16, 14)
"""The sizes tried for the letters of a chart, until all of it is seen at once."""
_OPENING_WORDS = (34,)
_BESIDE_BAR = 16
"""The room beside words, where a bar may stand that scrolls them."""
_EDGE = 110
_HEAD, _UNDER, _FOOT = 0.2, 0.12, 0.1
"""The most of the height that heading, subtitle and source line take."""
_NOTES = 0.12
_MOST_EVENTS = 420
_POINT = "Point at a number over the chart to read which event it is."
"""The most of the height that notes on a screen take."""


class ScreenView(QWidget):
    """Shows one screen at a time. ``chosen`` carries the id of the figure that was pressed on a chart."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._screen = Screen(heading="")
        self._told = ""
        self.setPalette(palette(theme))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.heading, self.subtitle = self._label(), self._label(muted=True)
        self.notes, self.source = self._label(muted=True), self._label(muted=True)
        self.count = self._label(muted=True)
        self.words = QScrollArea(self)
        self._bar = ThinBar(self.words)
        self._bar.wear(theme)
        self.words.setVerticalScrollBar(self._bar)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart: ChartView | None = None
        self.table: LargeTable | None = None

    def _label(self, *, muted: bool = False) -> QLabel:
        made = QLabel(self)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setWordWrap(True)
        if muted:
            made.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return made

    @property
    def screen_shown(self) -> Screen:
        """What it shows."""
        return self._screen

    @property
    def unit(self) -> float:
        """How large a pixel of the measured screen is on this one."""
        return max(0.4, min(self.width() / _NARROW, self.height() / _HIGH))

    def show_screen(self, screen: Screen, counted: str) -> None:
        """Show ``screen``; ``counted`` says which of how many it is."""
        self._screen, self._told = screen, counted
        self.heading.setAccessibleName(plain(screen.heading, breaks=False))
        self.count.setText(counted)
        self._show_chart()
        self._show_table()
        self._lay_out()

    def _show_chart(self) -> None:
        chart = self._screen.chart
        drawn = chart is not None and not chart.empty
        if drawn and self.chart is None:
            self.chart = ChartView(self)
            # A press opens evidence and leaves the arrows to the presentation.
            self.chart.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.chart.chosen.connect(self.chosen)
            self.chart.went.connect(self._went)
        if self.chart is not None:
            self.chart.setVisible(drawn)
            if drawn and chart is not None:
                self.chart.show_chart(chart, self._theme)

    def _show_table(self) -> None:
        if self.table is not None:
            self.table.deleteLater()
            self.table = None
        shown = self._screen.table
        if shown is None:
            return
        self.table = LargeTable(shown, self._screen.heading, self._theme, self)
        self.table.show()

    @property
    def bar(self) -> QScrollBar | None:
        """What scrolls words or a table that are too long for the screen; None where all is seen."""
        bars = [self.words.verticalScrollBar()] if not self.words.isHidden() else []
        bars += [self.table.table.verticalScrollBar()] if self.table is not None else []
        return next((bar for bar in bars if bar.maximum() > 0), None)

    def _went(self, place: object) -> None:
        """A square of a map was entered: here that opens its evidence."""
        tiles = self._screen.chart.tiles if self._screen.chart is not None else ()
        self.chosen.emit(next((tile.figure for tile in tiles if tile.place == place), ""))

    # ---- where things stand

    def _font(self, size: float, *, strong: bool = False) -> QFont:
        return font(1.0, max(9, round(size * self.unit)), strong=strong)

    def _lay_out(self) -> None:
        unit, edge = self.unit, round(_EDGE * self.unit)
        wide = self.width() - 2 * edge
        shown, opening = self._screen, self._screen.opening
        top, sizes = (round(self.height() * 0.32), _OPENING) if opening else (round(70 * unit), _HEADING)
        most = _HEAD * (1.6 if opening else 1)
        top = self._put(self.heading, shown.heading, sizes, QRect(edge, top, wide, self._share(most)))
        below = QRect(edge, top + round((16 if opening else 10) * unit), wide, self._share(_UNDER))
        top = self._put(self.subtitle, shown.subtitle, _SUBTITLE, below)
        foot = self._put_foot(edge, wide)
        room = QRect(edge, top + round(28 * unit), wide, max(60, foot - top - round(48 * unit)))
        self._put_body(room)
        self.update()

    def _share(self, share: float) -> int:
        return round(self.height() * share)

    def _put(self, label: QLabel, text: str, sizes: tuple[int, ...], room: QRect) -> int:
        """Place a label in as large letters as fit into the room, cut where none do; returns its end."""
        told = breaking(plain(text, 800, breaks=False))
        for size in sizes:
            label.setFont(self._font(size, strong=label is self.heading))
            label.setText(told)
            if label.heightForWidth(room.width()) <= room.height():
                break
        while len(told) > 20 and label.heightForWidth(room.width()) > room.height():
            told = told[: round(len(told) * 0.9)].rstrip(" …") + "…"
            label.setText(told)
        label.setVisible(bool(told))
        high = label.heightForWidth(room.width()) if told else 0
        label.setGeometry(room.x(), room.y(), room.width(), high)
        return room.y() + high

    def _put_foot(self, edge: int, wide: int) -> int:
        """Place notes, source and count at the foot; returns where they begin."""
        unit = self.unit
        self.count.setFont(self._font(_SMALL))
        size = self.count.sizeHint()
        bottom = self.height() - round(40 * unit)
        self.count.setGeometry(
            edge + wide - size.width(), bottom - size.height(), size.width(), size.height()
        )
        room = wide - size.width() - round(30 * unit)
        top = bottom
        for label in (self.source, self.notes):
            label.setFont(self._font(_SMALL))
            if label is self.notes:
                label.setText(self._most_notes(room))
            else:
                self._put(label, self._screen.source, (_SMALL,), QRect(edge, 0, room, self._share(_FOOT)))
            high = label.heightForWidth(room) if label.text() else 0
            label.setVisible(bool(label.text()))
            top -= high
            label.setGeometry(edge, top, room, high)
            top -= round(8 * unit) if high else 0
        self._rule = top - round(4 * unit) if top < bottom else -1
        return min(top, bottom - size.height()) - round(16 * unit)

    def _most_notes(self, wide: int) -> str:
        """As many of the notes as leave the chart its room; that there are more is said."""
        told = self._screen.notes
        events = events_of(self._screen)
        told = (events if len(events) <= _MOST_EVENTS else _POINT, *told) if events else told
        # What a rise does not mean is said on the screen, whatever else has to be left to the notes.
        told = tuple(sorted(told, key=lambda note: note != words.MORE_RECORDING))
        notes = [breaking(plain(note, 1_200, breaks=False)) for note in told]
        metrics, most = QFontMetrics(self._font(_SMALL)), round(self.height() * _NOTES)
        for kept in range(len(notes), 0, -1):
            left = len(notes) - kept
            more = [f"And {left} more in the notes and in every document."] if left else []
            told = " ".join([*notes[:kept], *more])
            box = metrics.boundingRect(QRect(0, 0, wide, 100_000), Qt.TextFlag.TextWordWrap, told)
            if box.height() <= most or kept == 1:
                return told
        return ""

    def _put_body(self, room: QRect) -> None:
        if self.chart is not None and not self.chart.isHidden():
            self.chart.setGeometry(room)
            for size in _CHART:
                self.chart.setFont(self._font(size))
                self.chart.settle()
                if not self.chart.scrolls:
                    break
        if self.table is not None:
            self.table.setGeometry(room)
            self.table.set_type(self._font(24), self._font(22))
        self.words.setVisible(bool(self._screen.lines))
        if self._screen.lines:
            self.words.setGeometry(room)
            self._put_words(room)

    def _put_words(self, room: QRect) -> None:
        """The largest size at which all words fit; the least, scrolled, where none does."""
        told = LargeWords(self._screen.lines, self._font, self.unit)
        wide = room.width() - _BESIDE_BAR
        sizes = told.sizes if not self._screen.opening else _OPENING_WORDS
        size = next((one for one in sizes if told.height(one, wide) <= room.height()), sizes[-1])
        self.words.setWidget(told.widget(size, wide))
        self.words.setAccessibleName(told.spoken()[:2000])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set everything anew at the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the hairline over the foot."""
        if getattr(self, "_rule", -1) > 0:
            painter = QPainter(self)
            painter.setPen(QPen(colour(self._theme.hairline), 1))
            edge = round(_EDGE * self.unit)
            painter.drawLine(edge, self._rule, self.width() - edge, self._rule)
            painter.end()
