"""Small widgets that know nothing of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .background import TaskRunner as TaskRunner
    from .buttons import ButtonStyle as ButtonStyle, WordButton as WordButton
    from .drag_drop import (
        COLLECTED_MIME as COLLECTED_MIME,
        SUFFIX as SUFFIX,
        DragTracker as DragTracker,
        FileDropFilter as FileDropFilter,
        looks_like_briefing as looks_like_briefing,
        looks_like_pack as looks_like_pack,
        looks_like_table as looks_like_table,
        read_mime_data as read_mime_data,
        start_drag as start_drag,
    )
    from .inputs import ChoiceField as ChoiceField, NotesField as NotesField, ThinBar as ThinBar, WordField as WordField
    from .labels import FlowWidget as FlowWidget, WordsLabel as WordsLabel
    from .messages import ExceptionHook as ExceptionHook, MessageBar as MessageBar, announce as announce
    from .option_group import ChoicePair as ChoicePair, OptionGroup as OptionGroup, TabStrip as TabStrip
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        background="TaskRunner",
        buttons="ButtonStyle WordButton",
        drag_drop=(
            "COLLECTED_MIME DragTracker FileDropFilter SUFFIX looks_like_briefing looks_like_pack "
            "looks_like_table read_mime_data start_drag"
        ),
        inputs="ChoiceField NotesField ThinBar WordField",
        labels="FlowWidget WordsLabel",
        messages="ExceptionHook MessageBar announce",
        option_group="ChoicePair OptionGroup TabStrip",
    )
