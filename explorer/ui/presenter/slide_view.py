"""One screen of a presentation: heading, a live chart, a table or words set large, and the source."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QScrollBar, QWidget

from explorer.documents import BriefingScreen
from explorer.pages.text import phrases
from explorer.render.view import ChartView
from explorer.support import Theme, sanitise
from explorer.ui.theme import build_palette, colour, system_font
from explorer.ui.widgets import ThinBar

from .slide_content import LargeTable, LargeWords
from .speaker_view import add_break_points, events_of

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
    """Shows one screen at a time. ``chosen_size`` carries the id of the figure that was pressed on a chart."""

    figure_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._screen = BriefingScreen(heading="")
        self._announced_text = ""
        self.setPalette(build_palette(theme))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.heading, self.subtitle = self._build_label(), self._build_label(is_muted=True)
        self.notes, self.source = self._build_label(is_muted=True), self._build_label(is_muted=True)
        self.count = self._build_label(is_muted=True)
        self.words = QScrollArea(self)
        self._bar = ThinBar(self.words)
        self._bar.apply_theme(theme)
        self.words.setVerticalScrollBar(self._bar)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chart: ChartView | None = None
        self.table: LargeTable | None = None

    def _build_label(self, *, is_muted: bool = False) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if is_muted:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label

    @property
    def screen_shown(self) -> BriefingScreen:
        """What it shows."""
        return self._screen

    @property
    def pixel_scale(self) -> float:
        """How large a pixel of the measured screen is on this one."""
        return max(0.4, min(self.width() / _NARROW, self.height() / _HIGH))

    def show_screen(self, screen: BriefingScreen, position_text: str) -> None:
        """Show ``screen``; ``position_text`` says which of how many it is."""
        self._screen, self._announced_text = screen, position_text
        self.heading.setAccessibleName(sanitise(screen.heading, breaks=False))
        self.count.setText(position_text)
        self._show_chart()
        self._show_table()
        self._lay_out()

    def _show_chart(self) -> None:
        chart = self._screen.chart
        has_chart = chart is not None and not chart.empty
        if has_chart and self.chart is None:
            self.chart = ChartView(self)
            # A press opens evidence and leaves the arrows to the presentation.
            self.chart.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.chart.figure_chosen.connect(self.figure_chosen)
            self.chart.went.connect(self._on_tile_entered)
        if self.chart is not None:
            self.chart.setVisible(has_chart)
            if has_chart and chart is not None:
                self.chart.show_chart(chart, self._theme)

    def _show_table(self) -> None:
        if self.table is not None:
            self.table.deleteLater()
            self.table = None
        table = self._screen.table
        if table is None:
            return
        self.table = LargeTable(table, self._screen.heading, self._theme, self)
        self.table.show()

    @property
    def active_scroll_bar(self) -> QScrollBar | None:
        """What scrolls words or a table that are too long for the screen; None where all is seen."""
        bars = [self.words.verticalScrollBar()] if not self.words.isHidden() else []
        bars += [self.table.table.verticalScrollBar()] if self.table is not None else []
        return next((bar for bar in bars if bar.maximum() > 0), None)

    def _on_tile_entered(self, place: object) -> None:
        """A square of a map was entered: here that opens its evidence."""
        tiles = self._screen.chart.tiles if self._screen.chart is not None else ()
        self.figure_chosen.emit(next((tile.figure for tile in tiles if tile.place == place), ""))

    # ---- where things stand

    def _scaled_font(self, size: float, *, strong: bool = False) -> QFont:
        return system_font(1.0, max(9, round(size * self.pixel_scale)), strong=strong)

    def _lay_out(self) -> None:
        unit, edge = self.pixel_scale, round(_EDGE * self.pixel_scale)
        wide = self.width() - 2 * edge
        screen, opening = self._screen, self._screen.opening
        top, sizes = (round(self.height() * 0.32), _OPENING) if opening else (round(70 * unit), _HEADING)
        most = _HEAD * (1.6 if opening else 1)
        top = self._place_label(self.heading, screen.heading, sizes, QRect(edge, top, wide, self._height_share(most)))
        below = QRect(edge, top + round((16 if opening else 10) * unit), wide, self._height_share(_UNDER))
        top = self._place_label(self.subtitle, screen.subtitle, _SUBTITLE, below)
        foot = self._put_foot(edge, wide)
        room = QRect(edge, top + round(28 * unit), wide, max(60, foot - top - round(48 * unit)))
        self._put_body(room)
        self.update()

    def _height_share(self, share: float) -> int:
        return round(self.height() * share)

    def _place_label(self, label: QLabel, text: str, sizes: tuple[int, ...], room: QRect) -> int:
        """Place a label in as large letters as fit into the room, cut where none do; returns its end."""
        label_text = add_break_points(sanitise(text, 800, breaks=False))
        for size in sizes:
            label.setFont(self._scaled_font(size, strong=label is self.heading))
            label.setText(label_text)
            if label.heightForWidth(room.width()) <= room.height():
                break
        while len(label_text) > 20 and label.heightForWidth(room.width()) > room.height():
            label_text = label_text[: round(len(label_text) * 0.9)].rstrip(" …") + "…"
            label.setText(label_text)
        label.setVisible(bool(label_text))
        high = label.heightForWidth(room.width()) if label_text else 0
        label.setGeometry(room.x(), room.y(), room.width(), high)
        return room.y() + high

    def _put_foot(self, edge: int, wide: int) -> int:
        """Place notes, source and count at the foot; returns where they begin."""
        unit = self.pixel_scale
        self.count.setFont(self._scaled_font(_SMALL))
        size = self.count.sizeHint()
        bottom = self.height() - round(40 * unit)
        self.count.setGeometry(edge + wide - size.width(), bottom - size.height(), size.width(), size.height())
        room = wide - size.width() - round(30 * unit)
        top = bottom
        for label in (self.source, self.notes):
            label.setFont(self._scaled_font(_SMALL))
            if label is self.notes:
                label.setText(self._most_notes(room))
            else:
                self._place_label(
                    label, self._screen.source, (_SMALL,), QRect(edge, 0, room, self._height_share(_FOOT))
                )
            high = label.heightForWidth(room) if label.text() else 0
            label.setVisible(bool(label.text()))
            top -= high
            label.setGeometry(edge, top, room, high)
            top -= round(8 * unit) if high else 0
        self._rule = top - round(4 * unit) if top < bottom else -1
        return min(top, bottom - size.height()) - round(16 * unit)

    def _most_notes(self, wide: int) -> str:
        """As many of the notes as leave the chart its room; that there are more is said."""
        notes_text = self._screen.notes
        events = events_of(self._screen)
        notes_text = (events if len(events) <= _MOST_EVENTS else _POINT, *notes_text) if events else notes_text
        # What a rise does not mean is said on the screen, whatever else has to be left to the notes.
        notes_text = tuple(sorted(notes_text, key=lambda note: note != phrases.MORE_RECORDING))
        notes = [add_break_points(sanitise(note, 1_200, breaks=False)) for note in notes_text]
        metrics, most = QFontMetrics(self._scaled_font(_SMALL)), round(self.height() * _NOTES)
        for shown_count in range(len(notes), 0, -1):
            remaining = len(notes) - shown_count
            more = [f"And {remaining} more in the notes and in every document."] if remaining else []
            notes_text = " ".join([*notes[:shown_count], *more])
            box = metrics.boundingRect(QRect(0, 0, wide, 100_000), Qt.TextFlag.TextWordWrap, notes_text)
            if box.height() <= most or shown_count == 1:
                return notes_text
        return ""

    def _put_body(self, room: QRect) -> None:
        if self.chart is not None and not self.chart.isHidden():
            self.chart.setGeometry(room)
            for size in _CHART:
                self.chart.setFont(self._scaled_font(size))
                self.chart.ensure_layout()
                if not self.chart.is_scrollable:
                    break
        if self.table is not None:
            self.table.setGeometry(room)
            self.table.set_type(self._scaled_font(24), self._scaled_font(22))
        self.words.setVisible(bool(self._screen.lines))
        if self._screen.lines:
            self.words.setGeometry(room)
            self._put_words(room)

    def _put_words(self, room: QRect) -> None:
        """The largest size at which all words fit; the least, scrolled, where none does."""
        large_words = LargeWords(self._screen.lines, self._scaled_font, self.pixel_scale)
        wide = room.width() - _BESIDE_BAR
        sizes = large_words.sizes if not self._screen.opening else _OPENING_WORDS
        size = next((one for one in sizes if large_words.height_at(one, wide) <= room.height()), sizes[-1])
        self.words.setWidget(large_words.build_widget(size, wide))
        self.words.setAccessibleName(large_words.spoken_text()[:2000])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set everything anew at the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Draw the hairline over the foot."""
        if getattr(self, "_rule", -1) > 0:
            painter = QPainter(self)
            painter.setPen(QPen(colour(self._theme.hairline), 1))
            edge = round(_EDGE * self.pixel_scale)
            painter.drawLine(edge, self._rule, self.width() - edge, self._rule)
            painter.end()
