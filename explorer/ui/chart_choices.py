"""The row of choices over a chart: which question, which measure, chart or table, bars or line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.chart import ChartKind
from explorer.pages.page import Choice, Page
from explorer.pages.question import Style, View, draw, measure, style, view

from .buttons import Look, WordButton
from .fields import ChoiceField
from .store import Store
from .typeset import GAP, Typeset

_VIEWS = ((View.CHART, "Chart"), (View.TABLE, "Table"))
_STYLES = ((Style.BARS, "Bars"), (Style.LINE, "Line"))
_HEIGHT = 30


class Options(QWidget):
    """A few words of which one is chosen."""

    wished = Signal(object)
    """The id of the option pressed."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, WordButton] = {}
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)

    def show_options(self, options: Sequence[Choice]) -> None:
        """Show ``options``; one that cannot be drawn says why when it is pointed at or asked for."""
        if list(self._buttons) != [option.id for option in options]:
            self._make(options)
        for option in options:
            button = self._buttons[option.id]
            name = f"{option.label}. {option.why_not}" if option.why_not else option.label
            button.say(option.label, name)
            button.setToolTip(option.why_not)
            button.setChecked(option.chosen)
        self.resize(self.sizeHint())

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self._typeset = typeset
        for button in self._buttons.values():
            button.wear(typeset)
        self._place()

    def sizeHint(self) -> QSize:  # noqa: N802
        """All of the words in one row."""
        widths = [button.natural_width() for button in self._buttons.values()]
        heights = [button.height_for(button.natural_width()) for button in self._buttons.values()]
        return QSize(sum(widths) + 2 * max(0, len(widths) - 1), max(heights, default=_HEIGHT))

    def _make(self, options: Sequence[Choice]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for option in options:
            button = WordButton(self, Look.CHOICE)
            button.setObjectName(option.id)
            button.clicked.connect(self._pressed)
            button.say(option.label)
            if self._typeset is not None:
                button.wear(self._typeset)
            button.show()
            self._buttons[option.id] = button
        self._place()

    def _place(self) -> None:
        left, height = 0, self.sizeHint().height()
        for button in self._buttons.values():
            width = button.natural_width()
            button.setGeometry(left, 0, width, height)
            left += width + 2
        self.resize(self.sizeHint())

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, WordButton):
            self.wished.emit(button.objectName())


class ChartChoices(QWidget):
    """The row: it breaks onto a second line where it is too long for the pane."""

    defined = Signal(bool)
    """Whether the measure's definition is wanted."""

    def __init__(self, store: Store, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self.kinds = Options(self, "Charts")
        self.kinds.wished.connect(self._draw)
        self.styles = Options(self, "Drawn as")
        self.styles.wished.connect(self._style)
        self.views = Options(self, "Shown as")
        self.views.wished.connect(self._view)
        self.measures = ChoiceField(self, "Measure")
        self.measures.activated.connect(self._measure)
        self.measures.setMinimumContentsLength(26)
        self.define = WordButton(self, Look.LINK)
        self.define.say("Definition", "Definition of the measure")
        self.define.setCheckable(True)
        self.define.clicked.connect(self._define)

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new`` and what is chosen."""
        self._page = new
        asked = new.question
        self.kinds.show_options(new.charts)
        self.views.show_options(_options(_VIEWS, asked.view))
        self.styles.show_options(_options(_STYLES, asked.style))
        trend = new.chart.kind is ChartKind.TREND and asked.view is View.CHART and bool(new.chart.series)
        self.styles.setVisible(trend)
        self._show_measures(new.measures)
        self.define.setVisible(bool(new.measure_definition))
        self._flow(self.width(), place=True)
        self._refit()

    def _show_measures(self, choices: Sequence[Choice]) -> None:
        self.measures.setVisible(len(choices) > 1)
        self.measures.blockSignals(True)
        self.measures.clear()
        for choice in choices:
            self.measures.addItem(choice.label, choice.id)
            if choice.chosen:
                self.measures.setCurrentIndex(self.measures.count() - 1)
        self.measures.blockSignals(False)

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        for options in (self.kinds, self.styles, self.views):
            options.dress(typeset)
        self.measures.wear(typeset)
        self.define.wear(typeset)
        self.define.resize(self.define.sizeHint())
        self._refit()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow pane needs a taller row."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines in ``width``."""
        return self._flow(width, place=False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as it stands."""
        return QSize(self.width(), self._flow(max(self.width(), 300), place=False))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """At least one line."""
        return QSize(200, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Break the row anew."""
        super().resizeEvent(event)
        self._flow(self.width(), place=True)
        self._refit()

    def _refit(self) -> None:
        height = self._flow(self.width(), place=False)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _flow(self, width: int, *, place: bool) -> int:
        left = top = line = 0
        for part in (self.kinds, self.measures, self.styles, self.views, self.define):
            if part.isHidden():
                continue
            hint = part.sizeHint()
            if left and left + hint.width() > width:
                left, top, line = 0, top + line + GAP // 2, 0
            if place:
                part.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + GAP + GAP // 2
            line = max(line, hint.height())
        return top + line

    def _draw(self, kind: str) -> None:
        self._store.ask(draw(ChartKind(kind)))
        self._again()

    def _view(self, face: str) -> None:
        self._store.ask(view(View(face)))
        self._again()

    def _style(self, how: str) -> None:
        self._store.ask(style(Style(how)))
        self._again()

    def _measure(self, index: int) -> None:
        self._store.ask(measure(str(self.measures.itemData(index))))

    def _define(self, wanted: bool) -> None:
        self.defined.emit(wanted)

    def _again(self) -> None:
        """A press that changed nothing leaves the choice as it was."""
        if self._page is not None:
            self.show_page(self._page)


def _options(pairs: Sequence[tuple[View | Style, str]], chosen: View | Style) -> list[Choice]:
    return [Choice(id=item.value, label=label, chosen=item is chosen) for item, label in pairs]
