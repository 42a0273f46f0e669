"""The program itself, from its imports to the first painted chart, and there it ends."""

from __future__ import annotations

import os

from explorer.app.startup import AppStartup, make_application

app = make_application()
started = AppStartup()

from PySide6.QtCore import QEvent, QObject  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from explorer.ui.chart.pane import ChartPane  # noqa: E402


class FirstPaint(QObject):
    """Ends the process when the chart, with its figures in it, is painted for the first time."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the paint happen, then end."""
        if event.type() == QEvent.Type.Paint and started.window.store.page is not None:
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            os._exit(0)
        return False


watch = FirstPaint()
equip = ChartPane.build_chart_view


def equip_watched(pane: ChartPane) -> None:
    """Watch the chart from the moment that it is made: it may be painted before control comes back."""
    equip(pane)
    if pane.view is not None:
        pane.view.viewport().installEventFilter(watch)


ChartPane.build_chart_view = equip_watched  # type: ignore[method-assign]
started.show_window()
while True:
    QApplication.processEvents()
