"""Cards of text with buttons: what they hold, how they are set, and dialogs of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .card_list import MARGIN as MARGIN, CardColumn as CardColumn
    from .dialog import CardsDialog as CardsDialog, QuestionDialog as QuestionDialog
    from .model import (
        ActionKind as ActionKind,
        ActionRow as ActionRow,
        CardAction as CardAction,
        CardContent as CardContent,
        CardParagraph as CardParagraph,
        Part as Part,
        build_actions as build_actions,
        build_collect_action as build_collect_action,
        build_copy_action as build_copy_action,
        build_heading as build_heading,
        build_prose as build_prose,
        build_select_action as build_select_action,
        parse_collect_value as parse_collect_value,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        card_list="CardColumn MARGIN",
        dialog="CardsDialog QuestionDialog",
        model=(
            "ActionKind ActionRow CardAction CardContent CardParagraph Part build_actions "
            "build_collect_action build_copy_action build_heading build_prose build_select_action "
            "parse_collect_value"
        ),
    )
