"""A briefing full screen: one screen after another by keyboard, live charts, notes on a second screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.briefing import Briefing
from explorer.documents import BriefingScreen, build_screens
from explorer.pages.model import Page, Question
from explorer.support import Theme
from explorer.ui.cards import ActionKind, CardAction, CardColumn
from explorer.ui.core import find_act
from explorer.ui.inspector import evidence_contents
from explorer.ui.theme import Typeset, build_palette, system_font
from explorer.ui.widgets import announce

from .slide_view import ScreenView
from .speaker_view import (
    MISSING_FIGURE_CARDS,
    PRESENTER_KEYS,
    STEPS,
    TURNS,
    WALKS,
    NotesView,
    assign_displays,
    inset_window,
    key_list,
    read_only,
)

Evidence = Callable[[Question, str], Page | None]
_STRIP = 0.28
_PANEL = 0.36
_STILL = 3000
_TOLD_KEYS = 6000


class PresentationWindow(QWidget):
    """The audience's window, and the presenter's own beside it."""

    presentation_ended = Signal()

    def __init__(self, briefing: Briefing, theme: Theme, evidence: Evidence, parent: QWidget | None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._evidence = evidence
        self.screens: tuple[BriefingScreen, ...] = build_screens(briefing)
        self.at = 0
        self._over = False
        self._began = time.monotonic()
        self._theme = theme
        self.setWindowTitle(f"Presentation: {briefing.name}")
        self.setPalette(build_palette(theme))
        self.setAutoFillBackground(True)
        self.view = ScreenView(theme, self)
        self.view.figure_chosen.connect(self.show_evidence)
        self.panel = CardColumn(self, "Evidence")
        self.panel.setAutoFillBackground(True)
        self.panel.action_triggered.connect(self._on_action)
        self.panel.hide()
        self.help = key_list(self)
        self.black = QWidget(self)
        self.black.setAutoFillBackground(True)
        self.black.setPalette(QPalette(Qt.GlobalColor.black))
        self.black.hide()
        self.notes: NotesView | None = None
        self._pointer = self._single_shot_timer(_STILL, partial(self.setCursor, Qt.CursorShape.BlankCursor))
        self._help_goes = self._single_shot_timer(_TOLD_KEYS, self.help.hide)
        self.setMouseTracking(True)
        app = QGuiApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def _single_shot_timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    # ---- beginning and end

    def start_presentation(self, item_id: str = "") -> None:
        """Open full screen, on the screen that holds the item; where there are two displays, with notes."""
        self._began = time.monotonic()
        self.at = next((at for at, one in enumerate(self.screens) if item_id and item_id in one.items), 0)
        window = self.parentWidget()
        own = window.screen() if window is not None else QGuiApplication.primaryScreen()
        audience, notes = assign_displays(QGuiApplication.screens(), own)
        self.setGeometry(audience.geometry())
        self.showFullScreen()
        if notes is not None:
            self.notes = NotesView(self._theme, None, self._began)
            self.notes.setGeometry(inset_window(notes.availableGeometry()))
            self.notes.show()
        self._help_goes.start()
        self._show_current_screen()
        self.activateWindow()
        self.setFocus()

    def end_presentation(self) -> None:
        """Close it all; more than once is no harm."""
        if self._over:
            return
        self._over = True
        app = QGuiApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        for timer in (self._pointer, self._help_goes):
            timer.stop()
        if self.notes is not None:
            self.notes.close()
            self.notes.deleteLater()
            self.notes = None
        self.unsetCursor()
        self.close()
        self.presentation_ended.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """However the window is closed, the presentation ends with it."""
        super().closeEvent(event)
        self.end_presentation()

    # ---- what is shown

    def go_to_screen(self, to: int) -> None:
        """Show the screen of that number, 0 first; the nearest there is."""
        to = max(0, min(to, len(self.screens) - 1))
        if to != self.at:
            self.at = to
            self._show_current_screen()

    def _show_current_screen(self) -> None:
        if not self.panel.isHidden():
            self._close_evidence()
        screen = self.screens[self.at]
        position_text = f"{self.at + 1} / {len(self.screens)}"
        self.view.show_screen(screen, position_text)
        self._fill_notes()
        self.setFocus()
        announce(self, f"{position_text}: {screen.heading}")

    def _fill_notes(self) -> None:
        if self.notes is not None:
            after = self.screens[self.at + 1] if self.at + 1 < len(self.screens) else None
            self.notes.show_notes(self.screens[self.at], after, f"{self.at + 1} / {len(self.screens)}")

    def _turn_notes(self) -> None:
        """Show the notes under the presentation, or put them away; on a second display they stay."""
        if self.notes is None:
            self.notes = NotesView(self._theme, self, self._began)
            self.notes.show()
            self._fill_notes()
        elif self.notes.parentWidget() is self:
            self.notes.deleteLater()
            self.notes = None
        self._lay_out()

    # ---- evidence

    def show_evidence(self, figure: object) -> None:
        """Open the evidence of a figure of the chart beside it."""
        screen = self.screens[self.at]
        if screen.question is None or not figure:
            return
        page = self._evidence(screen.question, str(figure))
        has_card = page is not None and page.card is not None
        contents = (
            tuple(map(read_only, evidence_contents(page))) if has_card and page is not None else MISSING_FIGURE_CARDS
        )
        panel_font = system_font(1.0, max(13, round(20 * self.view.pixel_scale)))
        self.panel.show_cards(contents, Typeset(self._theme, panel_font), top=True)
        self.panel.show()
        self.panel.raise_()
        if self.view.chart is not None:
            self.view.chart.set_selected(str(figure))
        self._lay_out()
        announce(self, max(contents, key=lambda one: one.name.startswith("Evidence")).name)

    def _close_evidence(self) -> None:
        if self.panel.holds_focus():
            self.setFocus()
        self.panel.hide()
        if self.view.chart is not None:
            self.view.chart.set_selected("")
        self._lay_out()

    def _on_action(self, action: CardAction) -> None:
        if action.act is ActionKind.SELECT:
            self.show_evidence(action.value)

    def _turn_evidence(self) -> None:
        chart = self.view.chart
        if not self.panel.isHidden():
            self._close_evidence()
        elif chart is not None and not chart.isHidden() and chart.chart is not None:
            focused_figure = (
                chart.targets[chart.focused_index].figure if 0 <= chart.focused_index < len(chart.targets) else ""
            )
            self.show_evidence(focused_figure or next(iter(chart.chart.figure_ids()), ""))

    # ---- keys and pointer

    def eventFilter(self, watched_object: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys in either window; and the pointer, which is hidden while it rests."""
        if event.type() is QEvent.Type.MouseMove:
            self.unsetCursor()
            self._pointer.start()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        ours = isinstance(watched_object, QWidget) and watched_object.window() in (self, self.notes)
        return ours and self._handle_key(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if self.black.isVisible():
            self.black.hide()
            return True
        acts: dict[str, Callable[[], None]] = {
            "black": self._go_black,
            "evidence": self._turn_evidence,
            "notes": self._turn_notes,
            "keys": self._tell_keys,
            "end": self._step_out,
            "first": lambda: self.go_to_screen(0),
            "last": lambda: self.go_to_screen(len(self.screens) - 1),
        }
        act = find_act(PRESENTER_KEYS, key)
        if key is Qt.Key.Key_Tab:
            return self._move_focus()
        if key in WALKS and (self.panel.holds_focus() or (self._in_chart() and key not in TURNS)):
            return False  # the chart's own: from figure to figure, and Enter opens the evidence
        if act in acts:
            acts[act]()
            return True
        if key in STEPS:
            self._step_screen(STEPS[key], key)
            return True
        return False

    def _step_screen(self, by: int, key: Qt.Key) -> None:
        """Go on or back; words that do not fit are scrolled first."""
        bar = self.view.active_scroll_bar
        scrolls = key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_PageDown)
        if bar is not None and scrolls:
            end = bar.maximum() if by > 0 else 0
            if bar.value() != end:
                bar.setValue(bar.value() + by * round(bar.pageStep() * 0.9))
                return
        self.go_to_screen(self.at + by)

    def _go_black(self) -> None:
        self.black.show()
        self.black.raise_()
        announce(self, "The screen is black. Any key brings it back.")

    def _tell_keys(self) -> None:
        self.help.show()
        self._lay_out()
        self._help_goes.start()

    def _in_chart(self) -> bool:
        chart = self.view.chart
        return chart is not None and chart.hasFocus()

    def _move_focus(self) -> bool:
        """From the presentation into the chart, from there into its evidence, and there from part to part."""
        chart = self.view.chart
        if self.panel.holds_focus():
            return False
        if not self.panel.isHidden():
            self.panel.focus_first()
        elif chart is not None and not chart.isHidden():
            chart.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _step_out(self) -> None:
        if not self.panel.isHidden():
            self._close_evidence()
        elif self._in_chart():
            self.setFocus()
        else:
            self.end_presentation()

    # ---- where things stand

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Set it out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        wide, high = self.width(), self.height()
        strip = round(high * _STRIP) if self.notes is not None and self.notes.parentWidget() is self else 0
        if strip and self.notes is not None:
            self.notes.setGeometry(0, high - strip, wide, strip)
        side = round(wide * _PANEL) if not self.panel.isHidden() else 0
        self.view.setGeometry(0, 0, wide - side, high - strip)
        self.panel.setGeometry(wide - side, 0, side, high - strip)
        self.black.setGeometry(0, 0, wide, high)
        self.help.setFont(system_font(1.0, max(11, round(18 * self.view.pixel_scale))))
        self.help.adjustSize()
        self.help.move((wide - self.help.width()) // 2, high - strip - self.help.height() - 8)
        self.help.raise_()
