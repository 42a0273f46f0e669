"""Which pictures of the window the README shows, as moves from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PageView,
    PanelKind,
    QueryChange,
    TrendStyle,
    compare_with,
    open_panel,
    select_chart,
    select_place,
    set_style,
    set_view,
)

if TYPE_CHECKING:
    from .window import MainWindow


class ReadmePicture(Struct, frozen=True, kw_only=True):
    """One picture: its file's name, its theme and the moves that lead to it."""

    name: str
    theme: str
    moves: tuple[QueryChange, ...]
    briefing: bool = False
    """Whether a first draft about the place lies in the briefing's drawer."""


_KENT, _LANCASHIRE, _UK = "E23000032", "E23000003", "K02000001"
_OTHERS = (_LANCASHIRE, "E23000028", "E23000029", "W15000001", "N92000002")
PICTURES = (
    ReadmePicture(name="window-light", theme="light", moves=(select_place(_UK), select_chart(ChartKind.TREND))),
    ReadmePicture(
        name="compare-light",
        theme="light",
        moves=(
            select_place(_KENT),
            compare_with(*_OTHERS),
            set_style(TrendStyle.LINE),
            select_chart(ChartKind.COMPARE),
        ),
    ),
    ReadmePicture(
        name="platforms-light",
        theme="light",
        moves=(set_style(TrendStyle.BARS), select_place(_UK), select_chart(ChartKind.SHIFT)),
    ),
    ReadmePicture(name="map-light", theme="light", moves=(select_chart(ChartKind.MAP),)),
    ReadmePicture(name="map-dark", theme="dark", moves=()),
    ReadmePicture(
        name="conflicts-light",
        theme="light",
        moves=(select_place(_LANCASHIRE), select_chart(ChartKind.TREND), open_panel(PanelKind.CONFLICTS)),
    ),
    ReadmePicture(
        name="table-contrast",
        theme="contrast",
        moves=(
            select_place(_UK),
            select_chart(ChartKind.SHIFT),
            set_view(PageView.TABLE),
            open_panel(PanelKind.CLAIMS),
        ),
    ),
    ReadmePicture(
        name="briefing-light",
        theme="light",
        moves=(
            select_place("E23000023"),
            compare_with(),
            select_chart(ChartKind.TREND),
            set_view(PageView.CHART),
            open_panel(PanelKind.VOICES),
        ),
        briefing=True,
    ),
)


def take_pictures(window: MainWindow, folder: Path, settle: Callable[[], None]) -> None:
    """Write every picture to ``folder``."""
    for picture in PICTURES:
        window.choose_theme(picture.theme)
        for move in picture.moves:
            window.store.dispatch(move)
        settle()
        briefings = window.commands.brief.briefings if picture.briefing else None
        if briefings is not None:
            briefings.files.create_draft()
            briefings.panel.list.select_item(briefings.desk.briefing.items[1].id)
            window.messages.hide()
            settle()
        window.grab().save(str(folder / f"{picture.name}.png"))
        if briefings is not None:
            briefings.files.throw_away()
