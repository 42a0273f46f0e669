"""A briefing as PowerPoint: native charts that can be edited, alt text, notes for the speaker, sources.

The slides are built on a template, ``resources/templates/briefing.pptx``, or the organisation's own of that
name in the folder ``templates`` of the person's data. Layouts are found by name: Title Slide, Section Header
and Title Only. A heading stands over the titles of its slides, and is a section in PowerPoint's own list.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.briefing import Briefing, ItemKind
from explorer.documents import (
    HELP_CHECK,
    HELP_HEADING,
    HELP_LINES,
    Section,
    boilerplate_text,
    format_byline,
    format_reference,
    group_sections,
    made_on,
    safe_text,
)
from explorer.export.pptx import text as words
from explorer.pages.text import MORE_RECORDING
from explorer.support import paths

from .item_slides import Sheet, slide_builders
from .layout import SlideArea, add_sections, content_area, size_in_points
from .text_fit import fit_to_slides

if TYPE_CHECKING:
    from pptx.presentation import Presentation


TEMPLATE = "briefing.pptx"
_FRONT, _TITLE_ONLY, _SECTION_HEADER = "Title Slide", "Title Only", "Section Header"


def template_path() -> Path:
    """The template to build on: the organisation's own where there is one."""
    own = paths.user_data_folder() / "templates" / TEMPLATE
    return own if own.exists() else paths.resources_folder() / "templates" / TEMPLATE


def iter_pptx(briefing: Briefing, from_: Path | None = None) -> Iterator[bytes | None]:
    """Make the slides step by step: None after each, and at last the file's content.

    Raises ValueError with a sentence where the template is none, or has no layout that is needed.
    """
    deck = _DeckBuilder(from_ or template_path(), briefing)
    deck.add_title_slide()
    yield None
    every = group_sections(briefing)
    for leaf, after in zip(every, (*every[1:], None), strict=True):
        deck.add_section(leaf, after)
        yield None
    deck.add_sources()
    deck.add_help()
    yield deck.to_bytes()


class _DeckBuilder:
    """The presentation while it is made."""

    def __init__(self, path: Path, briefing: Briefing) -> None:
        self.presentation = _open_template(path)
        self.briefing = briefing
        self.layouts = {one.name: one for one in self.presentation.slide_layouts}
        self.section = ""
        self.sections: list[tuple[str, int]] = []
        """Each section's name, with the number of its first slide, 0 first."""

    def layout_for(self, name: str) -> Any:
        if name not in self.layouts:
            raise ValueError(f"The slide template has no layout “{name}”: add one, or take it away.")
        return self.layouts[name]

    def add_slide(self, title: str, layout: str = _TITLE_ONLY) -> tuple[Any, SlideArea]:
        """A slide with its title, footer and number, under the heading of its section."""
        from pptx.util import Pt

        slide_layout = self.layout_for(layout)
        room = content_area(self.presentation, slide_layout, title)
        slide = self.presentation.slides.add_slide(slide_layout)
        title_shape: Any = slide.shapes.title
        frame = title_shape.text_frame
        frame.text = room.title
        if room.title_size is not None:
            frame.paragraphs[0].runs[0].font.size = Pt(room.title_size)
        words.fill_footer(slide, self.briefing.name)
        if layout == _TITLE_ONLY and self.section and self.section != title:
            words.kicker(slide, room, self.section)
        return slide, room

    def add_title_slide(self) -> None:
        """The first slide: title, who for and when, and what the deck rests on."""
        self.sections.append(("Title", 0))
        slide, _ = self.add_slide(self.briefing.name, _FRONT)
        below = [holder for holder in slide.placeholders if holder.placeholder_format.idx == 1]
        lines = [format_byline(self.briefing), MORE_RECORDING, made_on()]
        if below:
            words.fill_paragraphs(below[0].text_frame, [line for line in lines if line])

    def add_section(self, leaf: Section, after: Section | None) -> None:
        """The slides of a leaf. A heading is one of its own only where it has notes or heads nothing."""
        first = leaf.first_item
        if first.kind is ItemKind.HEADING:
            self.section = first.heading
            self.sections.append((self.section, len(self.presentation.slides)))
            if first.notes or after is None or after.first_item.kind is ItemKind.HEADING:
                self.add_heading_slide(leaf)
            return
        room = content_area(self.presentation, self.layout_for(_TITLE_ONLY), leaf.heading)
        several = slide_builders(leaf, room, self.briefing.source_numbers())
        for number, sheet in enumerate(several):
            self.add_content_slide(leaf, sheet, number)

    def add_content_slide(self, leaf: Section, sheet: Sheet, number: int) -> None:
        """One slide of a leaf; the first has the notes for the speaker."""
        title = leaf.heading if number == 0 else f"{leaf.heading} (continued)"
        slide, room = self.add_slide(title)
        sheet(slide, room)
        if number == 0:
            words.write_notes(slide, leaf)

    def add_heading_slide(self, leaf: Section) -> None:
        """A heading on a slide of its own, with what the person wrote under it."""
        slide, _ = self.add_slide(leaf.first_item.heading, _SECTION_HEADER)
        below = [holder for holder in slide.placeholders if holder.placeholder_format.idx == 1]
        if below and leaf.first_item.notes:
            words.fill_paragraphs(below[0].text_frame, leaf.first_item.notes.split("\n"))
        words.drop_empty(slide)
        words.write_notes(slide, leaf)

    def add_text_slides(self, title: str, several: Sequence[tuple[str, str]]) -> None:
        """Slides of paragraphs, each in its role, as many as it takes."""
        room = content_area(self.presentation, self.layout_for(_TITLE_ONLY), title)
        paragraphs = [words.set_in(room, text, role) for text, role in several]
        for number, page in enumerate(fit_to_slides(paragraphs, size_in_points(room.full_body()))):
            slide, page_area = self.add_slide(title if number == 0 else f"{title} (continued)")
            words.add_text_box(slide, page, page_area.full_body())

    def add_sources(self) -> None:
        """Every source with its number."""
        self.section = ""
        self.sections.append(("Sources and help", len(self.presentation.slides)))
        entries = [(f"{at}.  {format_reference(one)}", "small") for at, one in enumerate(self.briefing.sources(), 1)]
        self.add_text_slides("Sources", entries or [("No source is named in this briefing.", "small")])

    def add_help(self) -> None:
        """Where help is, and what the whole rests on."""
        several = [(f"{name}: {how}", "text") for name, how in HELP_LINES]
        packs = [(line, "small") for line in boilerplate_text(self.briefing)]
        self.add_text_slides(HELP_HEADING, [*several, (HELP_CHECK, "muted"), *packs])

    def to_bytes(self) -> bytes:
        """The file's content."""
        add_sections(self.presentation, self.sections)
        core, briefing = self.presentation.core_properties, self.briefing
        core.title, core.author = safe_text(briefing.name, 250), safe_text(briefing.author, 250)
        core.subject, core.language = safe_text(briefing.audience, 250), "en-GB"
        core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        core.comments, core.keywords, core.last_modified_by = f"{made_on()} {MORE_RECORDING}"[:250], "", ""
        buffer = BytesIO()
        self.presentation.save(buffer)
        return buffer.getvalue()


def _open_template(path: Path) -> Presentation:
    import pptx

    if not path.is_file():
        raise ValueError(f"The slide template “{path}” is no file. Put a PowerPoint file there, or take it away.")
    try:
        deck = pptx.Presentation(str(path))
    except Exception as error:  # a damaged file fails in as many ways as it has parts
        raise ValueError(
            f"The slide template “{path}” is no PowerPoint file that can be read ({error}). Save it as "
            ".pptx, or take it away."
        ) from error
    for index in reversed(range(len(deck.slides))):  # pictures of how it looks are not ours to keep
        slide_ids: Any = deck.slides._sldIdLst  # pyright: ignore[reportPrivateUsage]
        deck.part.drop_rel(slide_ids[index].rId)
        del slide_ids[index]
    return deck
