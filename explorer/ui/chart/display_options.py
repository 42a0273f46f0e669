"""More choices over a chart: scale, periods, what is marked, which source counts, and the places compared.

Only what the chart at hand can use is shown, and a control is made when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.evidence import Preference
from explorer.pages.charts import comparison_candidates
from explorer.pages.model import (
    ChartChoice,
    ChartChoices,
    Page,
    PeriodGranularity,
    PlaceBreadcrumb,
    QueryChange,
    ValueScale,
    compare_with,
    mark_events,
    select_period,
    set_base_period,
    set_granularity,
    set_grouping,
    set_period_range,
    set_preference,
    set_scale,
    set_value_order,
)
from explorer.ui.core import PageStore
from explorer.ui.theme import Typeset
from explorer.ui.widgets import ButtonStyle, ChoiceField, OptionGroup, WordButton

# Lists to choose from over a chart: choices that the page gives, and places to set beside the one
# shown.


class PickField(ChoiceField):
    """A list of choices that keeps what it was last shown."""

    def __init__(self, parent: QWidget, name: str, length: int) -> None:
        super().__init__(parent, name)
        self._current_choices: tuple[ChartChoice, ...] | None = None
        self.setMinimumContentsLength(length)

    def show_choices(self, choices: tuple[ChartChoice, ...]) -> None:
        """Show ``choices``, the chosen one on top."""
        if choices == self._current_choices:
            return
        self._current_choices = choices
        self.blockSignals(True)
        self.clear()
        for choice in choices:
            self.addItem(choice.label, choice.id)
            if choice.chosen:
                self.setCurrentIndex(self.count() - 1)
        self.blockSignals(False)

    def reset_choices(self) -> None:
        """What it shows now is the person's choice, until the page has answered."""
        self._current_choices = None


class AddField(ChoiceField):
    """Places that can be set beside the one shown, asked for when the list is opened."""

    def __init__(self, parent: QWidget, store: PageStore) -> None:
        super().__init__(parent, "Add a place to the comparison")
        self._store = store
        self.setMinimumContentsLength(14)
        self.addItem("Add a place…", "")
        self.setMaxVisibleItems(16)

    def showPopup(self) -> None:  # noqa: N802
        """Fill the list, then show it."""
        self.fill_places()
        super().showPopup()

    def fill_places(self) -> None:
        """Ask for the places that can be added now."""
        page = self._store.page
        if page is None:
            return
        question = page.question
        compared_codes = tuple(crumb.code for crumb in page.choices.beside)
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        for candidate in comparison_candidates(self._store.library, compare_with(*compared_codes).apply_to(question)):
            self.addItem(f"{candidate.name} ({candidate.why})", candidate.code)
        self.setCurrentIndex(0)
        self.blockSignals(False)


_RULE_NAME = "When sources differ, show"


class ChartTools(QObject):
    """The controls; ``host`` is the widget that those stand in that are always seen, and that places them.

    ``rooms`` are the rows of the options' sheet by what stands in them.
    """

    def __init__(self, store: PageStore, host: QWidget, rooms: Mapping[str, QWidget]) -> None:
        super().__init__(host)
        self._store = store
        self._host = host
        self._rooms = rooms
        self._typeset: Typeset | None = None
        self._page: Page | None = None
        self._parts: dict[str, QWidget] = {}
        self._chips: list[WordButton] = []

    def tab_stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        widgets: list[QWidget] = []
        for part in self.in_order():
            widgets += part.tab_stops() if isinstance(part, OptionGroup) else [part]
        return widgets

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new``."""
        self._page = new
        what = new.choices
        self._show_options("scales", "Shown as", what.scales, self._set_scale)
        self._show_options("grains", "Counted", what.grains, self._set_granularity)
        self._show_list("bases", "Change since", what.bases, self._set_base_period, 12)
        self._show_list("periods", "Period", what.periods, self._select_period, 16)
        self._show_list("since", "First period", what.since, self._set_period_range, 12)
        self._show_list("until", "Last period", what.until, self._set_period_range, 12)
        self._show_toggle("events", "Events", what.events, self._toggle_events)
        self._show_toggle("groups", "Groups of apps", what.groups, self._toggle_grouping)
        self._show_toggle("by_value", "In order of value", what.by_value, self._toggle_value_order)
        self._show_list("rules", _RULE_NAME, what.rules, self._set_preference, 15)
        self._show_chips(what.beside)
        self._show_add(what)

    def apply_theme(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self._typeset = typeset
        for part in (*self._parts.values(), *self._chips):
            self._apply_theme_to(part)

    def _apply_theme_to(self, part: QWidget) -> None:
        if self._typeset is None:
            return
        if isinstance(part, OptionGroup | ChoiceField | WordButton):
            part.apply_theme(self._typeset)

    # The controls

    def _show_options(
        self, key: str, name: str, choices: Sequence[ChartChoice], wish: Callable[[object], None]
    ) -> None:
        part = self._parts.get(key)
        if not choices:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, OptionGroup):
            part = OptionGroup(self._rooms.get(key, self._host), name)
            part.option_chosen.connect(wish)
            self._register_control(key, part)
        part.show_options(choices)
        part.show()

    def _show_list(
        self, key: str, name: str, choices: tuple[ChartChoice, ...], wish: Callable[[int], None], length: int
    ) -> None:
        part = self._parts.get(key)
        if not choices:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, PickField):
            part = PickField(self._rooms.get(key, self._host), name, length)
            part.setToolTip(name)
            part.activated.connect(wish)
            self._register_control(key, part)
        part.show_choices(choices)
        part.show()

    def _show_toggle(self, key: str, label: str, on: bool | None, wish: Callable[[bool], None]) -> None:
        part = self._parts.get(key)
        if on is None:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, WordButton):
            part = WordButton(self._rooms.get(key, self._host), ButtonStyle.CHOICE)
            part.setAutoExclusive(False)
            part.set_label(label)
            part.clicked.connect(wish)
            self._register_control(key, part)
        part.setChecked(on)
        part.show()

    def _register_control(self, key: str, part: QWidget) -> None:
        self._parts[key] = part
        self._apply_theme_to(part)

    def _show_chips(self, places: Sequence[PlaceBreadcrumb]) -> None:
        """One chip for each place; a chip is kept for whichever place comes to stand there."""
        while len(self._chips) < len(places):
            chip = WordButton(self._host, ButtonStyle.QUIET)
            chip.clicked.connect(self._remove_place)
            self._apply_theme_to(chip)
            self._chips.append(chip)
        for chip, place in zip(self._chips, places, strict=False):
            chip.setObjectName(place.code)
            chip.set_label(f"{place.name}  ×", f"Take {place.name} out of the comparison")
            chip.show()
        for chip in self._chips[len(places) :]:
            chip.hide()

    def _show_add(self, what: ChartChoices) -> None:
        part = self._parts.get("add")
        if not what.can_add:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, AddField):
            part = AddField(self._host, self._store)
            part.activated.connect(self._add_place)
            self._register_control("add", part)
        part.show()

    def in_order(self) -> list[QWidget]:
        """The controls that are always seen and wanted now, in the order they stand in."""
        periods, add = ([self._parts[key]] if key in self._parts else [] for key in ("periods", "add"))
        return [part for part in (*periods, *self._chips, *add) if not part.isHidden()]

    # Wishes

    def _dispatch_change(self, move: QueryChange) -> None:
        self._store.dispatch(move)
        if self._page is not None:
            self.show_page(self._page)  # a press that changed nothing leaves the choice as it was

    def _selected_value(self, key: str) -> str:
        part = self._parts[key]
        if not isinstance(part, PickField):
            return ""
        part.reset_choices()
        return str(part.currentData() or "")

    def _set_scale(self, how: object) -> None:
        self._dispatch_change(set_scale(ValueScale(str(how))))

    def _set_granularity(self, which: object) -> None:
        self._dispatch_change(set_granularity(PeriodGranularity(str(which))))

    def _set_base_period(self, _index: int) -> None:
        self._dispatch_change(set_base_period(self._selected_value("bases")))

    def _select_period(self, _index: int) -> None:
        self._dispatch_change(select_period(self._selected_value("periods")))

    def _set_period_range(self, _index: int) -> None:
        self._dispatch_change(set_period_range(self._selected_value("since"), self._selected_value("until")))

    def _toggle_events(self, on: bool) -> None:
        self._dispatch_change(mark_events(on))

    def _toggle_grouping(self, on: bool) -> None:
        self._dispatch_change(set_grouping(on))

    def _toggle_value_order(self, on: bool) -> None:
        self._dispatch_change(set_value_order(on))

    def _set_preference(self, _index: int) -> None:
        self._dispatch_change(set_preference(Preference(self._selected_value("rules"))))

    def _compared_codes(self) -> list[str]:
        return [crumb.code for crumb in self._page.choices.beside] if self._page is not None else []

    def _add_place(self, index: int) -> None:
        part = self._parts["add"]
        code = part.itemData(index) if isinstance(part, AddField) else ""
        if code:
            self._dispatch_change(compare_with(*self._compared_codes(), str(code)))

    def _remove_place(self) -> None:
        chip = self.sender()
        if isinstance(chip, WordButton):
            self._dispatch_change(compare_with(*(code for code in self._compared_codes() if code != chip.objectName())))
