"""More choices over a chart: scale, periods, what is marked, which source counts, and the places compared.

Only what the chart at hand can use is shown, and a control is made when it is first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.evidence.conflicts import Rule
from explorer.pages.page import Choice, Choices, Crumb, Page
from explorer.pages.question import (
    Grain,
    Move,
    Scale,
    at,
    based,
    beside,
    between,
    grained,
    grouped,
    mark_events,
    ordered,
    prefer,
    scaled,
)

from .buttons import Look, WordButton
from .fields import ChoiceField
from .options import Options
from .pick_fields import AddField, PickField
from .store import Store
from .typeset import Typeset

_RULE_NAME = "When sources differ, show"


class ChartTools(QObject):
    """The controls; ``host`` is the widget that they stand in and that places them."""

    def __init__(self, store: Store, host: QWidget) -> None:
        super().__init__(host)
        self._store = store
        self._host = host
        self._typeset: Typeset | None = None
        self._page: Page | None = None
        self._parts: dict[str, QWidget] = {}
        self._chips: list[WordButton] = []

    def stops(self) -> list[QWidget]:
        """What the tab key reaches, in order."""
        found: list[QWidget] = []
        for part in self.in_order():
            found += part.stops() if isinstance(part, Options) else [part]
        return found

    def show_page(self, new: Page) -> None:
        """Show what may be chosen for ``new``."""
        self._page = new
        what = new.choices
        self._words("scales", "Shown as", what.scales, self._scale)
        self._words("grains", "Counted", what.grains, self._grain)
        self._list("bases", "Change since", what.bases, self._base, 12)
        self._list("periods", "Period", what.periods, self._period, 16)
        self._list("since", "First period", what.since, self._range, 12)
        self._list("until", "Last period", what.until, self._range, 12)
        self._switch("events", "Events", what.events, self._events)
        self._switch("groups", "Groups of apps", what.groups, self._grouped)
        self._switch("by_value", "In order of value", what.by_value, self._order)
        self._list("rules", _RULE_NAME, what.rules, self._rule, 15)
        self._show_chips(what.beside)
        self._show_add(what)

    def dress(self, typeset: Typeset) -> None:
        """Take the theme's colours and type."""
        self._typeset = typeset
        for part in (*self._parts.values(), *self._chips):
            self._wear(part)

    def _wear(self, part: QWidget) -> None:
        if self._typeset is None:
            return
        if isinstance(part, Options):
            part.dress(self._typeset)
        elif isinstance(part, (ChoiceField, WordButton)):
            part.wear(self._typeset)

    # The controls

    def _words(self, key: str, name: str, choices: Sequence[Choice], wish: Callable[[object], None]) -> None:
        part = self._parts.get(key)
        if not choices:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, Options):
            part = Options(self._host, name)
            part.wished.connect(wish)
            self._keep(key, part)
        part.show_options(choices)
        part.show()

    def _list(
        self, key: str, name: str, choices: tuple[Choice, ...], wish: Callable[[int], None], length: int
    ) -> None:
        part = self._parts.get(key)
        if not choices:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, PickField):
            part = PickField(self._host, name, length)
            part.setToolTip(name)
            part.activated.connect(wish)
            self._keep(key, part)
        part.offer(choices)
        part.show()

    def _switch(self, key: str, label: str, on: bool | None, wish: Callable[[bool], None]) -> None:
        part = self._parts.get(key)
        if on is None:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, WordButton):
            part = WordButton(self._host, Look.CHOICE)
            part.setAutoExclusive(False)
            part.say(label)
            part.clicked.connect(wish)
            self._keep(key, part)
        part.setChecked(on)
        part.show()

    def _keep(self, key: str, part: QWidget) -> None:
        self._parts[key] = part
        self._wear(part)

    def _show_chips(self, places: Sequence[Crumb]) -> None:
        """One chip for each place; a chip is kept for whichever place comes to stand there."""
        while len(self._chips) < len(places):
            chip = WordButton(self._host, Look.QUIET)
            chip.clicked.connect(self._drop)
            self._wear(chip)
            self._chips.append(chip)
        for chip, place in zip(self._chips, places, strict=False):
            chip.setObjectName(place.code)
            chip.say(f"{place.name}  ×", f"Take {place.name} out of the comparison")
            chip.show()
        for chip in self._chips[len(places) :]:
            chip.hide()

    def _show_add(self, what: Choices) -> None:
        part = self._parts.get("add")
        if not what.can_add:
            if part is not None:
                part.hide()
            return
        if not isinstance(part, AddField):
            part = AddField(self._host, self._store)
            part.activated.connect(self._add)
            self._keep("add", part)
        part.show()

    def in_order(self) -> list[QWidget]:
        """The controls that are wanted, in the order they stand in."""
        order = (
            "scales",
            "grains",
            "bases",
            "periods",
            "since",
            "until",
            "by_value",
            "groups",
            "events",
            "rules",
        )
        parts = [self._parts[key] for key in order if key in self._parts]
        added = [self._parts["add"]] if "add" in self._parts else []
        return [part for part in (*parts, *self._chips, *added) if not part.isHidden()]

    # Wishes

    def _ask(self, move: Move) -> None:
        self._store.ask(move)
        if self._page is not None:
            self.show_page(self._page)  # a press that changed nothing leaves the choice as it was

    def _chosen(self, key: str) -> str:
        part = self._parts[key]
        if not isinstance(part, PickField):
            return ""
        part.forget()
        return str(part.currentData() or "")

    def _scale(self, how: object) -> None:
        self._ask(scaled(Scale(str(how))))

    def _grain(self, which: object) -> None:
        self._ask(grained(Grain(str(which))))

    def _base(self, _index: int) -> None:
        self._ask(based(self._chosen("bases")))

    def _period(self, _index: int) -> None:
        self._ask(at(self._chosen("periods")))

    def _range(self, _index: int) -> None:
        self._ask(between(self._chosen("since"), self._chosen("until")))

    def _events(self, on: bool) -> None:
        self._ask(mark_events(on))

    def _grouped(self, on: bool) -> None:
        self._ask(grouped(on))

    def _order(self, on: bool) -> None:
        self._ask(ordered(on))

    def _rule(self, _index: int) -> None:
        self._ask(prefer(Rule(self._chosen("rules"))))

    def _codes(self) -> list[str]:
        return [crumb.code for crumb in self._page.choices.beside] if self._page is not None else []

    def _add(self, index: int) -> None:
        part = self._parts["add"]
        code = part.itemData(index) if isinstance(part, AddField) else ""
        if code:
            self._ask(beside(*self._codes(), str(code)))

    def _drop(self) -> None:
        chip = self.sender()
        if isinstance(chip, WordButton):
            self._ask(beside(*(code for code in self._codes() if code != chip.objectName())))
