"""Which pictures of the window the README shows, as moves from one to the next."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.pages.chart import ChartKind
from explorer.pages.question import Move, Panel, View, draw, go, open_panel, select, view


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture: its file's name, its theme and the moves that lead to it."""

    name: str
    theme: str
    moves: tuple[Move, ...]


PICTURES = (
    Picture(name="window-light", theme="light", moves=(go("E23000023"), draw(ChartKind.TREND))),
    Picture(name="claims-light", theme="light", moves=(open_panel(Panel.CLAIMS),)),
    Picture(
        name="compare-dark",
        theme="dark",
        moves=(
            go("E12000006"),
            draw(ChartKind.COMPARE),
            select("lockdown-2020/east-instagram-2020-q1"),
        ),
    ),
    Picture(
        name="table-contrast",
        theme="contrast",
        moves=(go("K02000001"), draw(ChartKind.SHIFT), view(View.TABLE), open_panel(Panel.VOICES)),
    ),
)
