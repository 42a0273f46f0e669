"""The choices over a chart: which question, which measure, chart or table, bars or line, and more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from explorer.pages.model import (
    ChartChoice,
    ChartKind,
    Page,
    PageView,
    TrendStyle,
    select_chart,
    set_measure,
    set_style,
    set_view,
)
from explorer.ui.core import PageStore
from explorer.ui.theme import GAP, Typeset
from explorer.ui.widgets import ButtonStyle, OptionGroup, WordButton

from .display_options import ChartTools
from .measure_field import MeasureField

_VIEWS = ((PageView.CHART, "Chart"), (PageView.TABLE, "Table"))
_HEIGHT = 30


class ChartToolbar(QWidget):
    """The row: it breaks onto a second line where it is too long for the pane."""

    definition_toggled = Signal(bool)
    """Whether the measure's definition is wanted."""

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self._layout_key: object = None
        self._heights: dict[int, int] = {}
        self.kinds = OptionGroup(self, "Charts")
        self.kinds.option_chosen.connect(self._select_chart)
        self.styles = OptionGroup(self, "Drawn as")
        self.styles.option_chosen.connect(self._select_style)
        self.views = OptionGroup(self, "Shown as")
        self.views.option_chosen.connect(self._select_view)
        self.measures = MeasureField(self)
        self.measures.measure_requested.connect(self._select_measure)
        self.measures.hide()
        self.define = WordButton(self, ButtonStyle.LINK)
        self.define.set_label("Definition", "Definition of the measure")
        self.define.setCheckable(True)
        self.define.clicked.connect(self._toggle_definition)
        self.tools = ChartTools(store, self)

    def choose_measure(self) -> bool:
        """Open the list of measures; gives whether there is one."""
        if self.measures.isHidden():
            return False
        self.measures.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.measures.showPopup()
        return True

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        rows = (*self.kinds.tab_stops(), self.measures, *self.styles.tab_stops(), *self.views.tab_stops())
        return [*rows, self.define, *self.tools.tab_stops()]

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new`` and what is chosen."""
        self._page = new
        question = new.question
        self.kinds.show_options(new.charts)
        self.views.show_options(_build_options(_VIEWS, question.view))
        trend = bool(new.choices.styles) and question.view is PageView.CHART
        if trend:
            self.styles.show_options(new.choices.styles)
        self.styles.setVisible(trend)
        self.measures.show_choices(new.measures)
        self.define.setVisible(bool(new.measure_definition))
        self.tools.show_page(new)
        labels = tuple(choice.label for choice in (*new.charts, *new.choices.scales))
        labels += tuple(place.name for place in new.choices.beside)
        standing = tuple((id(part), part.isHidden()) for part in (*self._choice_widgets(), *self.tools.in_order()))
        if self._layout_key != (labels, standing):
            self._layout_key = (labels, standing)
            self._update_layout()

    def _choice_widgets(self) -> tuple[QWidget, ...]:
        return (self.kinds, self.measures, self.styles, self.views, self.define)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        for options in (self.kinds, self.styles, self.views):
            options.apply_theme(typeset)
        self.measures.apply_theme(typeset)
        self.define.apply_theme(typeset)
        self.tools.apply_theme(typeset)
        self._update_layout()

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """A narrow pane needs a taller row."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height of all lines in ``width``."""
        if width not in self._heights:
            self._heights[width] = self._layout_row(width, place=False)
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
        self._update_layout()

    def _update_layout(self) -> None:
        self._heights.clear()
        height = self._layout_row(self.width(), place=True)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _layout_row(self, width: int, *, place: bool) -> int:
        left_edge = top = line = 0
        for part in (*self._choice_widgets(), *self.tools.in_order()):
            if part.isHidden():
                continue
            hint = self._part_size(part, width, place=place)
            if left_edge and left_edge + hint.width() > width:
                left_edge, top, line = 0, top + line + GAP // 2, 0
            if place:
                part.setGeometry(QRect(QPoint(left_edge, top), hint))
            left_edge += hint.width() + GAP + GAP // 2
            line = max(line, hint.height())
        return top + line

    def _part_size(self, part: QWidget, width: int, *, place: bool) -> QSize:
        if isinstance(part, OptionGroup):
            return part.layout_options(width, place=place)
        return part.sizeHint().boundedTo(QSize(width, 1000))

    def _select_chart(self, kind: str) -> None:
        self._store.dispatch(select_chart(ChartKind(kind)))
        self._restore_choices()

    def _select_view(self, face: str) -> None:
        self._store.dispatch(set_view(PageView(face)))
        self._restore_choices()

    def _select_style(self, how: str) -> None:
        self._store.dispatch(set_style(TrendStyle(how)))
        self._restore_choices()

    def _select_measure(self, measure_id: str) -> None:
        self._store.dispatch(set_measure(measure_id))

    def _toggle_definition(self, is_visible: bool) -> None:
        self.definition_toggled.emit(is_visible)

    def _restore_choices(self) -> None:
        """A press that changed nothing leaves the choice as it was."""
        if self._page is not None:
            self.show_page(self._page)


def _build_options(pairs: Sequence[tuple[PageView, str]], current_view: PageView) -> list[ChartChoice]:
    return [ChartChoice(id=item.value, label=label, chosen=item is current_view) for item, label in pairs]
