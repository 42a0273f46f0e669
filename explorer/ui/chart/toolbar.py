"""The choices over a chart: which question, which measure, chart or table, bars or line, and more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
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
from .options_panel import OptionsPanel

_VIEWS = ((PageView.CHART, "Chart"), (PageView.TABLE, "Table"))
_PLATFORM_KINDS = (ChartKind.PLATFORMS.value, ChartKind.SHIFT.value)
_ROWS = (
    ("Scale", ("scales",)),
    ("Counted", ("grains",)),
    ("Change since", ("bases",)),
    ("Periods", ("since", "until")),
    ("Show", ("by_value", "groups", "events")),
    ("Where sources differ", ("rules",)),
)
"""The rows of the options under those of the measure and the style, and what stands in each."""
_HEIGHT = 30


class ChartToolbar(QWidget):
    """The tabs with the way to the table and the options, and under them what the chart at hand cannot do without."""

    definition_toggled = Signal(bool)
    """Whether the measure's definition is wanted."""

    def __init__(self, store: PageStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._page: Page | None = None
        self._layout_key: object = None
        self._heights: dict[int, int] = {}
        self.kinds = OptionGroup(self, "Charts", ButtonStyle.TAB)
        self.kinds.option_chosen.connect(self._select_chart)
        self.views = OptionGroup(self, "Shown as")
        self.views.option_chosen.connect(self._select_view)
        self.opener = WordButton(self, ButtonStyle.QUIET)
        self.opener.set_label("Options ▾", "Options of the chart")
        self.options = OptionsPanel(parent, self.opener)
        self.opener.clicked.connect(self._toggle_options)
        self.times = OptionGroup(self, "Platforms")
        self.times.option_chosen.connect(self._select_chart)
        measure_row, style_row = self.options.add_row("Measure"), self.options.add_row("Drawn as")
        self.styles = OptionGroup(style_row, "Drawn as")
        self.styles.option_chosen.connect(self._select_style)
        self.measures = MeasureField(measure_row)
        self.measures.measure_requested.connect(self._select_measure)
        self.measures.hide()
        self.define = WordButton(measure_row, ButtonStyle.LINK)
        self.define.set_label("Definition", "Definition of the measure")
        self.define.setCheckable(True)
        self.define.clicked.connect(self._toggle_definition)
        rooms = {keys: self.options.add_row(label) for label, keys in _ROWS}
        self.tools = ChartTools(store, self, {key: room for keys, room in rooms.items() for key in keys})

    def choose_measure(self) -> bool:
        """Open the list of measures; gives whether there is one."""
        if self.measures.isHidden():
            return False
        self.options.open_under()
        self.measures.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.measures.showPopup()
        return True

    def open_options(self) -> None:
        """Open the options, with the keyboard on the first."""
        self.options.open_under()

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        return [
            *self.kinds.tab_stops(),
            *self.views.tab_stops(),
            self.opener,
            *self.times.tab_stops(),
            *self.tools.tab_stops(),
        ]

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new`` and what is chosen."""
        before, self._page = self._page, new
        if before is not None and (before.chart.kind, before.asked.code) != (new.chart.kind, new.asked.code):
            self.options.close_panel()
        question = new.question
        kinds, times = _merge_platforms(new.charts)
        self.kinds.show_options(kinds)
        self.times.show_options(times)
        self.times.setVisible(bool(times))
        self.views.show_options(_build_options(_VIEWS, question.view))
        trend = bool(new.choices.styles) and question.view is PageView.CHART
        if trend:
            self.styles.show_options(new.choices.styles)
        self.styles.setVisible(trend)
        self.measures.show_choices(new.measures)
        self.define.setVisible(bool(new.measure_definition))
        self.tools.show_page(new)
        self.options.arrange()
        self.opener.setEnabled(self.options.has_rows)
        labels = tuple(choice.label for choice in kinds)
        labels += tuple(place.name for place in new.choices.beside)
        standing = tuple((id(part), part.isHidden()) for part in (*self._first_line(), *self._second_line()))
        if self._layout_key != (labels, standing):
            self._layout_key = (labels, standing)
            self._update_layout()

    def _first_line(self) -> tuple[QWidget, ...]:
        return (self.kinds, self.views, self.opener)

    def _second_line(self) -> tuple[QWidget, ...]:
        return (self.times, *self.tools.in_order())

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        for options in (self.kinds, self.times, self.styles, self.views):
            options.apply_theme(typeset)
        self.opener.apply_theme(typeset)
        self.measures.apply_theme(typeset)
        self.define.apply_theme(typeset)
        self.tools.apply_theme(typeset)
        self.options.apply_theme(typeset)
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
        """Tabs at the left and the ways to the table and the options at the right; then a line of their own."""
        tail = [self.views.layout_options(width, place=place), self._part_size(self.opener, width, place=place)]
        tail_width = sum(hint.width() for hint in tail) + GAP
        stands_beside = self.kinds.layout_options(width, place=False).width() + tail_width + GAP <= width
        tabs = self.kinds.layout_options(width if not stands_beside else width - tail_width - GAP, place=place)
        high = max(hint.height() for hint in tail)
        top = 0 if stands_beside else tabs.height() + GAP // 2
        if place:
            self.kinds.setGeometry(QRect(QPoint(0, 0), tabs))
            left_edge = width - tail_width if stands_beside else 0
            for part, hint in zip((self.views, self.opener), tail, strict=True):
                down = (tabs.height() - high) // 2 if stands_beside else top
                part.setGeometry(QRect(QPoint(left_edge, down), hint))
                left_edge += hint.width() + GAP
        bottom = tabs.height() if stands_beside else top + high
        return self._flow([part for part in self._second_line() if not part.isHidden()], bottom, width, place=place)

    def _flow(self, parts: list[QWidget], top: int, width: int, *, place: bool) -> int:
        """Places ``parts`` under ``top`` on as many lines as they need; returns where they end."""
        if not parts:
            return top
        left_edge, line, top = 0, 0, top + GAP // 2
        for part in parts:
            hint = self._part_size(part, width, place=place)
            if left_edge and left_edge + hint.width() > width:
                left_edge, top, line = 0, top + line + GAP // 2, 0
            if place:
                part.setGeometry(QRect(QPoint(left_edge, top), hint))
            left_edge += hint.width() + GAP
            line = max(line, hint.height())
        return top + line

    def _part_size(self, part: QWidget, width: int, *, place: bool) -> QSize:
        if isinstance(part, OptionGroup):
            return part.layout_options(width, place=place)
        return part.sizeHint().boundedTo(QSize(width, 1000))

    def _toggle_options(self) -> None:
        if self.options.isVisible():
            self.options.close_panel()
        else:
            self.options.open_under()

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


def _merge_platforms(charts: Sequence[ChartChoice]) -> tuple[list[ChartChoice], list[ChartChoice]]:
    """The tabs, where both charts of platforms are one; and, where that is open, which of the two can be chosen."""
    now, over_time = (next((one for one in charts if one.id == kind), None) for kind in _PLATFORM_KINDS)
    if now is None or over_time is None:
        return list(charts), []
    goes_to = over_time if over_time.chosen or (now.why_not and not over_time.why_not) else now
    one_tab = replace(goes_to, label=now.label, chosen=now.chosen or over_time.chosen)
    tabs = [one_tab if one is now else one for one in charts if one is not over_time]
    if not one_tab.chosen:
        return tabs, []
    return tabs, [replace(now, label="Latest"), replace(over_time, label="Over time")]


def _build_options(pairs: Sequence[tuple[PageView, str]], current_view: PageView) -> list[ChartChoice]:
    return [ChartChoice(id=item.value, label=label, chosen=item is current_view) for item, label in pairs]
