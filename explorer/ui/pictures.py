"""Which pictures of the window the README shows, as moves from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from explorer.pages.chart import ChartKind
from explorer.pages.question import Move, Panel, Style, View, beside, draw, go, open_panel, style, view

if TYPE_CHECKING:
    from .window import Window


class Picture(Struct, frozen=True, kw_only=True):
    """One picture: its file's name, its theme and the moves that lead to it."""

    name: str
    theme: str
    moves: tuple[Move, ...]
    briefing: bool = False
    """Whether a first draft about the place lies in the briefing's drawer."""


_KENT, _LANCASHIRE, _UK = "E23000032", "E23000003", "K02000001"
_OTHERS = (_LANCASHIRE, "E23000028", "E23000029", "W15000001", "N92000002")
PICTURES = (
    Picture(name="window-light", theme="light", moves=(go(_UK), draw(ChartKind.TREND))),
    Picture(
        name="compare-light",
        theme="light",
        moves=(go(_KENT), beside(*_OTHERS), style(Style.LINE), draw(ChartKind.COMPARE)),
    ),
    Picture(name="platforms-light", theme="light", moves=(style(Style.BARS), go(_UK), draw(ChartKind.SHIFT))),
    Picture(name="map-light", theme="light", moves=(draw(ChartKind.MAP),)),
    Picture(name="map-dark", theme="dark", moves=()),
    Picture(
        name="conflicts-light",
        theme="light",
        moves=(go(_LANCASHIRE), draw(ChartKind.TREND), open_panel(Panel.CONFLICTS)),
    ),
    Picture(
        name="table-contrast",
        theme="contrast",
        moves=(go(_UK), draw(ChartKind.SHIFT), view(View.TABLE), open_panel(Panel.CLAIMS)),
    ),
    Picture(
        name="briefing-light",
        theme="light",
        moves=(go("E23000023"), beside(), draw(ChartKind.TREND), view(View.CHART), open_panel(Panel.VOICES)),
        briefing=True,
    ),
)


def take_pictures(window: Window, folder: Path, settle: Callable[[], None]) -> None:
    """Write every picture to ``folder``."""
    for picture in PICTURES:
        window.choose_theme(picture.theme)
        for move in picture.moves:
            window.store.ask(move)
        settle()
        briefings = window.commands.brief.briefings if picture.briefing else None
        if briefings is not None:
            briefings.files.draft()
            briefings.panel.list.choose(briefings.desk.briefing.items[1].id)
            window.messages.hide()
            settle()
        window.grab().save(str(folder / f"{picture.name}.png"))
        if briefings is not None:
            briefings.files.throw_away()
