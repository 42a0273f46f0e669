"""The row of choices over a chart: which question, which measure, chart or table, bars or line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.draw.theme import Theme
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


class Option(WordButton):
    """One of the words: muted where it cannot be drawn, and still to be reached, so that it can say why."""

    why_not = ""

    def offer(self, choice: Choice) -> None:
        """Show ``choice``."""
        self.say(choice.label, f"{choice.label}. {choice.why_not}" if choice.why_not else choice.label)
        self.setChecked(choice.chosen)
        if choice.why_not != self.why_not:
            self.why_not = choice.why_not
            self.setToolTip(choice.why_not)
            self.update()

    def _ink(self, theme: Theme) -> str:
        return theme.muted if self.why_not and not self.isChecked() else super()._ink(theme)


class Options(QWidget):
    """A few words of which one is chosen."""

    wished = Signal(object)
    """The id of the option pressed."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, Option] = {}
        self._typeset: Typeset | None = None
        self.setAccessibleName(name)

    def show_options(self, options: Sequence[Choice]) -> None:
        """Show ``options``; one that cannot be drawn says why when it is pointed at or asked for."""
        if list(self._buttons) != [option.id for option in options]:
            self._make(options)
        for option in options:
            self._buttons[option.id].offer(option)

    def stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return list(self._buttons.values())

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type; its owner places it anew."""
        self._typeset = typeset
        for button in self._buttons.values():
            button.wear(typeset)

    def fit(self, width: int, *, place: bool) -> QSize:
        """The size that the words take in ``width``, on more than one line where one is too short."""
        left = top = line = widest = 0
        for button in self._buttons.values():
            wide = min(width, button.natural_width())
            high = button.height_for(wide)
            if left and left + wide > width:
                left, top, line = 0, top + line + 2, 0
            if place:
                button.setGeometry(left, top, wide, high)
            widest, line = max(widest, left + wide), max(line, high)
            left += wide + 2
        return QSize(widest, top + line)

    def _make(self, options: Sequence[Choice]) -> None:
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for option in options:
            button = Option(self, Look.CHOICE)
            button.setObjectName(option.id)
            button.clicked.connect(self._pressed)
            if self._typeset is not None:
                button.wear(self._typeset)
            button.show()
            self._buttons[option.id] = button

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
        self._placed: object = None
        self._measures: Sequence[Choice] = ()
        self.kinds = Options(self, "Charts")
        self.kinds.wished.connect(self._draw)
        self.styles = Options(self, "Drawn as")
        self.styles.wished.connect(self._style)
        self.views = Options(self, "Shown as")
        self.views.wished.connect(self._view)
        self.measures = ChoiceField(self, "Measure")
        self.measures.activated.connect(self._measure)
        self.measures.setMinimumContentsLength(26)
        self.measures.hide()
        self.define = WordButton(self, Look.LINK)
        self.define.say("Definition", "Definition of the measure")
        self.define.setCheckable(True)
        self.define.clicked.connect(self._define)

    def stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        rows = (*self.kinds.stops(), self.measures, *self.styles.stops(), *self.views.stops())
        return [*rows, self.define]

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
        labels = tuple(choice.label for choice in new.charts)
        if self._placed != (labels, trend, len(new.measures) > 1, bool(new.measure_definition)):
            self._placed = (labels, trend, len(new.measures) > 1, bool(new.measure_definition))
            self._place()

    def _show_measures(self, choices: Sequence[Choice]) -> None:
        if choices == self._measures:
            return
        self._measures = choices
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
        self._place()

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
        self._place()

    def _place(self) -> None:
        height = self._flow(self.width(), place=True)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _flow(self, width: int, *, place: bool) -> int:
        left = top = line = 0
        for part in (self.kinds, self.measures, self.styles, self.views, self.define):
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

    def _measure(self, index: int) -> None:
        self._measures = ()  # what the field shows now is the person's choice, until the page has answered
        self._store.ask(measure(str(self.measures.itemData(index))))

    def _define(self, wanted: bool) -> None:
        self.defined.emit(wanted)

    def _again(self) -> None:
        """A press that changed nothing leaves the choice as it was."""
        if self._page is not None:
            self.show_page(self._page)


def _options(pairs: Sequence[tuple[View | Style, str]], chosen: View | Style) -> list[Choice]:
    return [Choice(id=item.value, label=label, chosen=item is chosen) for item, label in pairs]
