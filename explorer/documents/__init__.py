"""A briefing as one sequence of blocks, from which every document and the presentation are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .blocks import (
        ROLES as ROLES,
        BlockRole as BlockRole,
        ChartPicture as ChartPicture,
        DocumentTable as DocumentTable,
        NumberedCaption as NumberedCaption,
        Part as Part,
        TextBlock as TextBlock,
        TextCell as TextCell,
        column_widths as column_widths,
        format_citations as format_citations,
        has_content as has_content,
    )
    from .boilerplate import (
        HELP_CHECK as HELP_CHECK,
        HELP_HEADING as HELP_HEADING,
        HELP_LINES as HELP_LINES,
        boilerplate_text as boilerplate_text,
        format_byline as format_byline,
        made_on as made_on,
        safe_text as safe_text,
    )
    from .compose import (
        compose_document as compose_document,
        declutter as declutter,
        merge_source_lines as merge_source_lines,
    )
    from .screens import BriefingScreen as BriefingScreen, ScreenLine as ScreenLine, build_screens as build_screens
    from .sections import (
        Section as Section,
        format_reference as format_reference,
        group_sections as group_sections,
        without_speaker_notes as without_speaker_notes,
    )
else:
    from explorer.support.faces import lazy_face

    __getattr__ = lazy_face(
        __name__,
        blocks=(
            "BlockRole ChartPicture DocumentTable NumberedCaption Part ROLES TextBlock TextCell "
            "column_widths format_citations has_content"
        ),
        boilerplate=("HELP_CHECK HELP_HEADING HELP_LINES boilerplate_text format_byline made_on safe_text"),
        compose="compose_document declutter merge_source_lines",
        screens="BriefingScreen ScreenLine build_screens",
        sections="Section format_reference group_sections without_speaker_notes",
    )
