"""Which pictures of the window the README shows, as moves from one to the next."""

from __future__ import annotations

from msgspec import Struct

from explorer.pages.chart import ChartKind
from explorer.pages.question import Move, Panel, Style, View, beside, draw, go, open_panel, style, view


class Picture(Struct, frozen=True, kw_only=True):
    """One picture: its file's name, its theme and the moves that lead to it."""

    name: str
    theme: str
    moves: tuple[Move, ...]


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
)
