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

from explorer import paths
from explorer.briefing.document import Briefing, Kind
from explorer.pages.words import MORE_RECORDING

from . import slide_words as words
from .fitting import fitted
from .leaves import Leaf, leaves, reference
from .slide_leaves import Sheet, sheets
from .slide_room import Room, points, room_of
from .slide_sections import sectioned
from .stamp import HELP_CHECK, HELP_HEADING, HELP_LINES, byline, made_on, safe, stamp

if TYPE_CHECKING:
    from pptx.presentation import Presentation

TEMPLATE = "briefing.pptx"
_FRONT, _TITLED, _HEADED = "Title Slide", "Title Only", "Section Header"


def template() -> Path:
    """The template to build on: the organisation's own where there is one."""
    own = paths.user_data_folder() / "templates" / TEMPLATE
    return own if own.exists() else paths.resources_folder() / "templates" / TEMPLATE


def slides(briefing: Briefing, from_: Path | None = None) -> Iterator[bytes | None]:
    """Make the slides step by step: None after each, and at last the file's content.

    Raises ValueError with a sentence where the template is none, or has no layout that is needed.
    """
    deck = _Deck(from_ or template(), briefing)
    deck.front()
    yield None
    every = leaves(briefing)
    for leaf, after in zip(every, (*every[1:], None), strict=True):
        deck.leaf(leaf, after)
        yield None
    deck.sources()
    deck.help()
    yield deck.content()


class _Deck:
    """The presentation while it is made."""

    def __init__(self, path: Path, briefing: Briefing) -> None:
        self.made = _opened(path)
        self.briefing = briefing
        self.layouts = {one.name: one for one in self.made.slide_layouts}
        self.section = ""
        self.sections: list[tuple[str, int]] = []
        """Each section's name, with the number of its first slide, 0 first."""

    def layout(self, name: str) -> Any:
        if name not in self.layouts:
            raise ValueError(f"The slide template has no layout “{name}”: add one, or take it away.")
        return self.layouts[name]

    def new(self, title: str, layout: str = _TITLED) -> tuple[Any, Room]:
        """A slide with its title, footer and number, under the heading of its section."""
        from pptx.util import Pt

        held = self.layout(layout)
        room = room_of(self.made, held, title)
        slide = self.made.slides.add_slide(held)
        titled: Any = slide.shapes.title
        frame = titled.text_frame
        frame.text = room.title
        if room.title_size is not None:
            frame.paragraphs[0].runs[0].font.size = Pt(room.title_size)
        words.furnish(slide, self.briefing.name)
        if layout == _TITLED and self.section and self.section != title:
            words.eyebrow(slide, room, self.section)
        return slide, room

    def front(self) -> None:
        """The first slide: title, who for and when, and what the deck rests on."""
        self.sections.append(("Title", 0))
        slide, _ = self.new(self.briefing.name, _FRONT)
        below = [holder for holder in slide.placeholders if holder.placeholder_format.idx == 1]
        told = [byline(self.briefing), MORE_RECORDING, made_on()]
        if below:
            words.fill(below[0].text_frame, [line for line in told if line])

    def leaf(self, leaf: Leaf, after: Leaf | None) -> None:
        """The slides of a leaf. A heading is one of its own only where it has notes or heads nothing."""
        first = leaf.first
        if first.kind is Kind.HEADING:
            self.section = first.heading
            self.sections.append((self.section, len(self.made.slides)))
            if first.notes or after is None or after.first.kind is Kind.HEADING:
                self.heading(leaf)
            return
        room = room_of(self.made, self.layout(_TITLED), leaf.heading)
        several = sheets(leaf, room, self.briefing.numbered())
        for number, sheet in enumerate(several):
            self.sheet(leaf, sheet, number)

    def sheet(self, leaf: Leaf, sheet: Sheet, number: int) -> None:
        """One slide of a leaf; the first has the notes for the speaker."""
        title = leaf.heading if number == 0 else f"{leaf.heading} (continued)"
        slide, room = self.new(title)
        sheet(slide, room)
        if number == 0:
            words.speak(slide, leaf)

    def heading(self, leaf: Leaf) -> None:
        """A heading on a slide of its own, with what the person wrote under it."""
        slide, _ = self.new(leaf.first.heading, _HEADED)
        below = [holder for holder in slide.placeholders if holder.placeholder_format.idx == 1]
        if below and leaf.first.notes:
            words.fill(below[0].text_frame, leaf.first.notes.split("\n"))
        words.drop_empty(slide)
        words.speak(slide, leaf)

    def told(self, title: str, several: Sequence[tuple[str, str]]) -> None:
        """Slides of paragraphs, each in its role, as many as it takes."""
        room = room_of(self.made, self.layout(_TITLED), title)
        set_ = [words.set_in(room, text, role) for text, role in several]
        for number, page in enumerate(fitted(set_, points(room.whole()))):
            slide, held = self.new(title if number == 0 else f"{title} (continued)")
            words.write(slide, page, held.whole())

    def sources(self) -> None:
        """Every source with its number."""
        self.section = ""
        self.sections.append(("Sources and help", len(self.made.slides)))
        told = [(f"{at}.  {reference(one)}", "small") for at, one in enumerate(self.briefing.sources(), 1)]
        self.told("Sources", told or [("No source is named in this briefing.", "small")])

    def help(self) -> None:
        """Where help is, and what the whole rests on."""
        several = [(f"{name}: {how}", "text") for name, how in HELP_LINES]
        packs = [(line, "small") for line in stamp(self.briefing)]
        self.told(HELP_HEADING, [*several, (HELP_CHECK, "muted"), *packs])

    def content(self) -> bytes:
        """The file's content."""
        sectioned(self.made, self.sections)
        core, briefing = self.made.core_properties, self.briefing
        core.title, core.author = safe(briefing.name, 250), safe(briefing.author, 250)
        core.subject, core.language = safe(briefing.audience, 250), "en-GB"
        core.created = core.modified = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        core.comments, core.keywords, core.last_modified_by = f"{made_on()} {MORE_RECORDING}"[:250], "", ""
        held = BytesIO()
        self.made.save(held)
        return held.getvalue()


def _opened(path: Path) -> Presentation:
    import pptx

    if not path.is_file():
        raise ValueError(
            f"The slide template “{path}” is no file. Put a PowerPoint file there, or take it away."
        )
    try:
        deck = pptx.Presentation(str(path))
    except Exception as error:  # a damaged file fails in as many ways as it has parts
        raise ValueError(
            f"The slide template “{path}” is no PowerPoint file that can be read ({error}). Save it as "
            ".pptx, or take it away."
        ) from error
    for index in reversed(range(len(deck.slides))):  # pictures of how it looks are not ours to keep
        held: Any = deck.slides._sldIdLst  # pyright: ignore[reportPrivateUsage]
        deck.part.drop_rel(held[index].rId)
        del held[index]
    return deck
