"""A briefing: its items, their snapshots, its file, its history, and the first draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import exhibits as exhibits, file_format as file_format, model as model, recovery as recovery
    from .draft import generate_draft as generate_draft
    from .exhibit_parts import split_calculation as split_calculation
    from .exhibits import (
        NumberDifference as NumberDifference,
        collect_item as collect_item,
        demand_group_title as demand_group_title,
        of_its_own as of_its_own,
    )
    from .file_format import (
        BriefingError as BriefingError,
        load_briefing as load_briefing,
        save_briefing as save_briefing,
    )
    from .history import UndoStack as UndoStack, new_stack as new_stack
    from .model import (
        SUFFIX as SUFFIX,
        TEXT_KINDS as TEXT_KINDS,
        Briefing as Briefing,
        BriefingItem as BriefingItem,
        Exhibit as Exhibit,
        ItemKind as ItemKind,
        new_id as new_id,
        replace_item as replace_item,
    )
    from .recovery import UnsavedBriefing as UnsavedBriefing
    from .summary_exhibits import CAUTIONS as CAUTIONS, POINTS as POINTS
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        draft="generate_draft",
        exhibit_parts="split_calculation",
        exhibits="NumberDifference collect_item demand_group_title of_its_own",
        file_format="BriefingError load_briefing save_briefing",
        history="UndoStack new_stack",
        model="Briefing BriefingItem Exhibit ItemKind SUFFIX TEXT_KINDS new_id replace_item",
        recovery="UnsavedBriefing",
        summary_exhibits="CAUTIONS POINTS",
    )
