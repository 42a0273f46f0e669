"""The choices over a chart: which question, which measure, chart or table, bars or line, and more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.chart import ChartKind
from explorer.pages.page import Choice, Page
from explorer.pages.question import Style, View, draw, measure, style, view

from .buttons import Look, WordButton
from .chart_tools import ChartTools
from .measure_field import MeasureField
from .options import Options
from .store import Store
from .typeset import GAP, Typeset

_VIEWS = ((View.CHART, "Chart"), (View.TABLE, "Table"))
_HEIGHT = 30


class ChartChoices(QWidget):
    """The row: it breaks onto a second line where it is too long for the pane."""

    defined = Signal(bool)
    """Whether the measure's definition is wanted."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self._placed: object = None
        self._heights: dict[int, int] = {}
        self.kinds = Options(self, "Charts")
        self.kinds.wished.connect(self._draw)
        self.styles = Options(self, "Drawn as")
        self.styles.wished.connect(self._style)
        self.views = Options(self, "Shown as")
        self.views.wished.connect(self._view)
        self.measures = MeasureField(self)
        self.measures.wished.connect(self._measure)
        self.measures.hide()
        self.define = WordButton(self, Look.LINK)
        self.define.say("Definition", "Definition of the measure")
        self.define.setCheckable(True)
        self.define.clicked.connect(self._define)
        self.tools = ChartTools(store, self)

    def choose_measure(self) -> bool:
        """Open the list of measures; gives whether there is one."""
        if self.measures.isHidden():
            return False
        self.measures.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.measures.showPopup()
        return True

    def stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        rows = (*self.kinds.stops(), self.measures, *self.styles.stops(), *self.views.stops())
        return [*rows, self.define, *self.tools.stops()]

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new`` and what is chosen."""
        self._page = new
        asked = new.question
        self.kinds.show_options(new.charts)
        self.views.show_options(_options(_VIEWS, asked.view))
        trend = bool(new.choices.styles) and asked.view is View.CHART
        if trend:
            self.styles.show_options(new.choices.styles)
        self.styles.setVisible(trend)
        self.measures.offer(new.measures)
        self.define.setVisible(bool(new.measure_definition))
        self.tools.show_page(new)
        labels = tuple(choice.label for choice in (*new.charts, *new.choices.scales))
        labels += tuple(place.name for place in new.choices.beside)
        standing = tuple((id(part), part.isHidden()) for part in (*self._parts(), *self.tools.in_order()))
        if self._placed != (labels, standing):
            self._placed = (labels, standing)
            self._place()

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.kinds, self.measures, self.styles, self.views, self.define)

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        for options in (self.kinds, self.styles, self.views):
            options.dress(typeset)
        self.measures.wear(typeset)
        self.define.wear(typeset)
        self.tools.dress(typeset)
        self._place()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow pane needs a taller row."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines in ``width``."""
        if width not in self._heights:
            self._heights[width] = self._flow(width, place=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as it stands."""
        return QSize(self.width(), self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """At least one line."""
        return QSize(200, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the row anew."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._heights.clear()
        height = self._flow(self.width(), place=True)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _flow(self, width: int, *, place: bool) -> int:
        left = top = line = 0
        for part in (*self._parts(), *self.tools.in_order()):
            if part.isHidden():
                continue
            hint = self._size(part, width, place=place)
            if left and left + hint.width() > width:
                left, top, line = 0, top + line + GAP // 2, 0
            if place:
                part.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + GAP + GAP // 2
            line = max(line, hint.height())
        return top + line

    def _size(self, part: QWidget, width: int, *, place: bool) -> QSize:
        if isinstance(part, Options):
            return part.fit(width, place=place)
        return part.sizeHint().boundedTo(QSize(width, 1000))

    def _draw(self, kind: str) -> None:
        self._store.ask(draw(ChartKind(kind)))
        self._again()

    def _view(self, face: str) -> None:
        self._store.ask(view(View(face)))
        self._again()

    def _style(self, how: str) -> None:
        self._store.ask(style(Style(how)))
        self._again()

    def _measure(self, wanted: str) -> None:
        self._store.ask(measure(wanted))

    def _define(self, wanted: bool) -> None:
        self.defined.emit(wanted)

    def _again(self) -> None:
        """A press that changed nothing leaves the choice as it was."""
        if self._page is not None:
            self.show_page(self._page)


def _options(pairs: Sequence[tuple[View, str]], chosen: View) -> list[Choice]:
    return [Choice(id=item.value, label=label, chosen=item is chosen) for item, label in pairs]
