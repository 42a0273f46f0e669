"""A chart to a screen reader: the view is a chart with one named child for each datum and dated mark.

Where Qt expects an interface or nothing its stubs do not say so; those methods are typed Any.

pyqtgraph has no accessibility of its own. The children are kept for good and look up what they stand for
when they are asked, because Qt may remember a child for longer than the chart it was made for is shown.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from explorer.pages.model import Chart
    from explorer.render.layout import Target


_interfaces: list[QAccessibleInterface] = []


class ChartTargets(Protocol):
    """What a view has to tell of its chart, so that a screen reader can meet it."""

    @property
    def chart(self) -> Chart | None:
        """The chart that is shown."""
        ...

    @property
    def targets(self) -> Sequence[Target]:
        """Its data and dated marks, in the order the keyboard has them."""
        ...

    @property
    def focused_index(self) -> int:
        """The number of the target that the keyboard rests on."""
        ...

    @property
    def selected_figure(self) -> str | None:
        """The id of the figure that is chosen."""
        ...

    def target_at(self, x: int, y: int) -> int:
        """The number of the target under a point of the screen, -1 where there is none."""
        ...

    def readings_of(self, target: Target) -> str:
        """What the other lines have at its period, in a line; empty where there are none."""
        ...

    def on_screen(self, target: Target) -> QRect:
        """Where a target is on the screen."""
        ...

    def hasFocus(self) -> bool:  # noqa: N802
        """Whether the keyboard is in the chart."""
        ...


class ChartAccess(QAccessibleWidget):
    """The chart view as a screen reader meets it."""

    def __init__(self, widget: QWidget, view: ChartTargets) -> None:
        super().__init__(widget, QAccessible.Role.Chart)
        self._widget = weakref.ref(widget)
        self._view = weakref.ref(view)
        self._children: list[TargetAccess] = []

    def childCount(self) -> int:  # noqa: N802
        """How many data and dated marks the chart shows."""
        view = self._view()
        return len(view.targets) if view is not None else 0

    def child(self, index: int) -> Any:
        """A datum or dated mark, in the order the keyboard has them."""
        widget, view = self._widget(), self._view()
        if widget is None or view is None or not 0 <= index < len(view.targets):
            return None
        while len(self._children) <= index:
            target_access = TargetAccess(widget, view, len(self._children))
            self._children.append(target_access)
            _interfaces.append(target_access)
        return self._children[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """The number of a child, -1 where it is not this chart's."""
        return next((at for at, one in enumerate(self._children) if one is child), -1)

    def childAt(self, x: int, y: int) -> Any:  # noqa: N802
        """The child under a point of the screen."""
        view = self._view()
        return self.child(view.target_at(x, y)) if view is not None else None

    def focusChild(self) -> Any:  # noqa: N802
        """The child with the keyboard's focus."""
        view = self._view()
        return self.child(view.focused_index) if view is not None and view.hasFocus() else None

    def text(self, kind: QAccessible.Text) -> str:
        """The chart's title, and its text alternative as the description."""
        view = self._view()
        chart = view.chart if view is not None else None
        if chart is None:
            return ""
        if kind is QAccessible.Text.Name:
            return chart.title
        return (chart.alt_text or chart.empty) if kind is QAccessible.Text.Description else ""


class TargetAccess(QAccessibleInterface):
    """One datum or dated mark as a screen reader meets it."""

    def __init__(self, widget: QWidget, view: ChartTargets, index: int) -> None:
        super().__init__()
        self._widget = weakref.ref(widget)
        self._view = weakref.ref(view)
        self._index = index

    def _current_target(self) -> Target | None:
        view = self._view()
        if view is None or self._index >= len(view.targets):
            return None
        return view.targets[self._index]

    def isValid(self) -> bool:  # noqa: N802
        """Whether the chart still shows it."""
        return self._current_target() is not None

    def object(self) -> Any:
        """None: it is drawn and no object of its own."""
        return None

    def parent(self) -> Any:
        """The chart."""
        widget = self._widget()
        return QAccessible.queryAccessibleInterface(widget) if widget is not None else None

    def childCount(self) -> int:  # noqa: N802
        """None inside it."""
        return 0

    def child(self, index: int) -> Any:  # noqa: ARG002
        """None inside it."""
        return None

    def childAt(self, x: int, y: int) -> Any:  # noqa: N802, ARG002
        """None inside it."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802, ARG002
        """None inside it."""
        return -1

    def role(self) -> QAccessible.Role:
        """An entry of the chart."""
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        """Where it is on the screen."""
        view, stop = self._view(), self._current_target()
        return view.on_screen(stop) if view is not None and stop is not None else QRect()

    def state(self) -> QAccessible.State:
        """Whether it is focused and selected."""
        state = QAccessible.State()
        view, stop = self._view(), self._current_target()
        if view is None or stop is None:
            state.invalid = True
            return state
        state.focusable = True
        state.selectable = bool(stop.figure)
        state.focused = view.hasFocus() and view.focused_index == self._index
        state.selected = bool(stop.figure) and view.selected_figure == stop.figure
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Its whole name; as the description, what the other lines have at its period."""
        view, stop = self._view(), self._current_target()
        if view is None or stop is None:
            return ""
        if kind is QAccessible.Text.Name:
            return stop.name
        return view.readings_of(stop) if kind is QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """Nothing can be written here."""


def say_focus(view: QWidget, index: int) -> None:
    """Tells a screen reader that the keyboard rests on another child."""
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(index)
    QAccessible.updateAccessibility(event)


def say_changed(view: QWidget) -> None:
    """Tells a screen reader that another chart is shown."""
    QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.NameChanged))


def install_factory() -> None:
    """Makes chart views speak; may be called more than once."""
    if not _install_flags:
        _install_flags.append(True)
        QAccessible.installFactory(_create_interface)


_install_flags: list[bool] = []


def _create_interface(_key: str, thing: Any) -> QAccessibleInterface | None:
    # The name tells a view before the class is looked at, since every object in the program passes here.
    access = getattr(thing, "chart_access", None)
    return access() if access is not None else None
