"""A briefing as paragraphs, tables and charts in order: what PDF and Word document are both made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from explorer.briefing import Briefing, BriefingItem, Exhibit, ItemKind, of_its_own, split_calculation
from explorer.evidence import formatting
from explorer.pages.model import Chart, ChartTable, SourceRef
from explorer.pages.text import phrases

from .blocks import ChartPicture, DocumentTable, NumberedCaption, Part, TextBlock, TextCell, build_cells
from .boilerplate import HELP_CHECK, HELP_HEADING, HELP_LINES, format_byline, made_on, provenance_line
from .sections import Section, format_reference, group_sections, without_speaker_notes

# What follows from the numbers of an item, as rows of a small table: each figure once in a document.


_MOST = 5
"""The most worked-out figures under an item; the workbook has all of them."""


class CalculationRows(Struct, frozen=True, kw_only=True):
    """Worked-out figures to print under an item, and what is said of them together."""

    rows: tuple[tuple[TextCell, ...], ...]
    notes: tuple[str, ...]


class CalculationDeduplicator:
    """Worked-out figures as a document comes to them. One for each document, asked in its items' order."""

    def __init__(self) -> None:
        self._printed_rows: set[str] = set()

    def new_rows(self, exhibit: Exhibit) -> CalculationRows:
        """Those to print under an item; what stands above already is not printed again."""
        new = [one for one in dict.fromkeys(exhibit.workings) if one not in self._printed_rows]
        to_print = new[:_MOST]
        self._printed_rows |= set(to_print)
        calculations = [split_calculation(one) for one in to_print]
        caveats = {caveat for _, _, caveat in calculations if caveat}
        # What holds of every row is said once, under them.
        alike = len(calculations) > 1 and len(caveats) == 1 and all(caveat for _, _, caveat in calculations)
        rows = tuple(
            (TextCell(text=text, small="" if alike else caveat), TextCell(text=formula))
            for text, formula, caveat in calculations
        )
        more = len(new) - len(to_print)
        remainder_note = f"{more} more worked-out {'figure is' if more == 1 else 'figures are'} in the workbook."
        return CalculationRows(rows=rows, notes=(*(caveats if alike else ()), *((remainder_note,) if more else ())))


# What a document has said so far, so that a note that belongs to several items is not said under
# each.


class NoteDeduplicator:
    """Notes and remarks as a document comes to them: one for each document, asked in order of its items."""

    def __init__(self, briefing: Briefing) -> None:
        self._apart = {
            point.text
            for item in briefing.items
            if item.kind is ItemKind.SUMMARY and item.exhibit is not None
            for point in item.exhibit.points
        }
        self._seen_notes: set[str] = set()

    def new_notes(self, exhibit: Exhibit) -> tuple[str, ...]:
        """What has to be said under an item and does not stand above already."""
        notes = [note for note in exhibit.notes if note not in self._apart and note not in self._seen_notes]
        remarks = [remark for remark in exhibit.remarks if remark not in self._seen_notes]
        self._seen_notes |= {*notes, *remarks}
        return (*notes, *remarks)


_ROWS = 200
"""The most rows of a table in a document; the whole of it is in the workbook."""
_EVENTS = 8
"""The most events that are marked on a chart as wide as a page."""
LEDE = f"{phrases.MORE_RECORDING} Sources and evidence packs are at the end."
"""What stands under the title."""


class _DocumentState:
    """What a document has come to: the numbers of its sources, tables and charts, and what it has said."""

    def __init__(self, briefing: Briefing) -> None:
        self.numbers = briefing.source_numbers()
        self.saying = NoteDeduplicator(briefing)
        self.following = CalculationDeduplicator()
        self.heading = ""
        """The heading that the items stand under; empty before the first."""
        self._count_by_kind: dict[str, int] = {}

    def next_caption(self, name: str, text: str) -> NumberedCaption:
        """The caption of the next "Table" or "Chart"."""
        self._count_by_kind[name] = self._count_by_kind.get(name, 0) + 1
        return NumberedCaption(name=name, number=self._count_by_kind[name], text=text)

    def citation_numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources by their ids, each once and in order."""
        return tuple(sorted({self.numbers[one] for one in ids if one in self.numbers}))

    def source_numbers(self, several: Iterable[SourceRef]) -> tuple[int, ...]:
        """The numbers of sources, each once and in order."""
        return self.citation_numbers(source.id for source in several)


def compose_document(briefing: Briefing) -> Iterator[Part]:
    """The parts in order; a paragraph may be empty, and is then to be passed over."""
    briefing = without_speaker_notes(briefing)
    script = _DocumentState(briefing)
    yield TextBlock(role="title", text=briefing.name)
    yield TextBlock(role="byline", text=format_byline(briefing))
    yield TextBlock(role="lede", text=LEDE)
    for leaf in group_sections(briefing):
        yield from _compose_section(script, leaf)
    yield from _compose_appendix(briefing)


def _compose_section(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    item = leaf.first_item
    if item.kind is ItemKind.HEADING:
        script.heading = item.heading
        yield TextBlock(role="h1", text=item.heading)
        yield TextBlock(role="text", text=item.notes)
        return
    # Of a quote the speaker stands under it, and need not stand over it too.
    is_untitled_quote = item.kind is ItemKind.QUOTE and script.heading and not item.title
    if not is_untitled_quote and leaf.heading != script.heading:
        yield TextBlock(role="h2" if script.heading else "h1", text=leaf.heading)
    yield from _WRITERS.get(item.kind, _compose_facts)(script, leaf)


def _compose_appendix(briefing: Briefing) -> Iterator[Part]:
    sources = briefing.sources()
    yield TextBlock(role="h1", text="Sources")
    if not sources:
        yield TextBlock(role="text", text="It names no source.")
    for number, source in enumerate(sources, start=1):
        yield TextBlock(role="source", label=f"[{number}]", text=format_reference(source), target=number)
    yield TextBlock(role="h1", text="About this document")
    yield TextBlock(role="text", text=made_on())
    packs = briefing.pack_versions()
    yield TextBlock(role="text", text="It rests on these evidence packs:" if packs else provenance_line(briefing))
    for pack in packs:
        yield TextBlock(role="item", text=pack)
    yield TextBlock(role="h1", text=HELP_HEADING)
    for name, how in HELP_LINES:
        yield TextBlock(role="text", lead=f"{name}:", text=how)
    yield TextBlock(role="small", text=HELP_CHECK)


# Kinds of item


def _compose_chart(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    item, exhibit = leaf.first_item, leaf.first_item.exhibit
    if exhibit is None:
        return
    own = item.title not in ("", exhibit.title)
    # The heading says what is found; where it is the person's own, the captions do.
    name = f"{formatting.to_sentence(exhibit.title)} {exhibit.subtitle}" if own else exhibit.subtitle
    if exhibit.chart is not None and not exhibit.chart.empty:
        chart, events = declutter(exhibit.chart)
        yield ChartPicture(chart=chart, caption=script.next_caption("Chart", name), item=item.id)
        yield TextBlock(role="small", text=events)
    elif exhibit.chart is not None and exhibit.chart.empty not in exhibit.notes:
        yield TextBlock(role="text", text=exhibit.chart.empty)
    if exhibit.table is not None:
        yield from _compose_table(script, exhibit.table, name)
    yield from _compose_notes(script, exhibit)
    yield from _compose_calculations(script, exhibit)


def declutter(chart: Chart) -> tuple[Chart, str]:
    """The chart, and its events in words where there are too many to mark on a page; breaks stay marked."""
    events = [flag for flag in chart.flags if not flag.break_]
    if len(events) <= _EVENTS:
        return chart, ""
    event_names = "; ".join(flag.name.rstrip(".") for flag in events)
    break_flags = tuple(flag for flag in chart.flags if flag.break_)
    return replace(chart, flags=break_flags), f"Events in this time. {event_names}."


def _compose_table(script: _DocumentState, table: ChartTable, name: str) -> Iterator[Part]:
    rows = tuple(build_cells(row.cells) for row in table.rows[:_ROWS])
    yield DocumentTable(
        columns=table.columns, rows=rows, numeric=table.numeric, caption=script.next_caption("Table", name)
    )
    hidden_count = len(table.rows) - _ROWS
    if hidden_count > 0:
        yield TextBlock(role="small", text=f"{hidden_count} more rows are in the workbook of this briefing.")
    yield TextBlock(role="small", text="; ".join(table.shorthand))


def _compose_calculations(script: _DocumentState, exhibit: Exhibit) -> Iterator[Part]:
    calculations = script.following.new_rows(exhibit)
    if calculations.rows:
        caption = script.next_caption("Table", "What follows from these numbers")
        yield DocumentTable(columns=("Worked out", "Working"), rows=calculations.rows, caption=caption)
        yield TextBlock(role="small", text=" ".join(calculations.notes))


def _compose_notes(script: _DocumentState, exhibit: Exhibit) -> Iterator[Part]:
    """What has to be said with an item, and where it comes from."""
    for note in script.saying.new_notes(exhibit):
        yield TextBlock(role="item", text=note)
    if exhibit.source_line:
        yield TextBlock(
            role="small",
            text=_format_source_line(exhibit.source_line),
            cites=script.source_numbers(exhibit.sources),
        )


def _format_source_line(line: str) -> str:
    return line if line.startswith("Source") else f"Source: {line}"


def _compose_summary(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    exhibit = leaf.first_item.exhibit
    for point in exhibit.points if exhibit is not None else ():
        lead = formatting.to_sentence(point.lead) if point.lead else ""
        yield TextBlock(role="point", lead=lead, text=point.text, cites=script.citation_numbers(point.sources))
    if exhibit is not None:
        yield from _compose_notes(script, exhibit)


def _compose_quotes(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    for item in leaf.items:
        exhibit = item.exhibit
        if exhibit is None:
            continue
        is_verbatim = exhibit.text.startswith("“")
        yield TextBlock(role="quote" if is_verbatim else "text", text=exhibit.text)
        speaker = formatting.to_sentence(exhibit.speaker + ("" if is_verbatim else " (paraphrase)"))
        cites = script.source_numbers(exhibit.sources)
        yield TextBlock(role="speaker", lead=speaker, text=exhibit.source_line, cites=cites)
        yield TextBlock(role="text", text=item.notes)
        for note in script.saying.new_notes(exhibit):
            yield TextBlock(role="item", text=note)


def _compose_demands(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    first = leaf.first_item.exhibit
    yield TextBlock(role="text", text=leaf.first_item.notes)
    if first is not None:
        yield TextBlock(role="text", text=f"{first.speaker}. {first.subtitle}.")
    exhibit_items = [item for item in leaf.items if item.exhibit is not None]
    for number, item in enumerate(exhibit_items, start=1):
        if item.exhibit is not None:
            label = f"{number}." if len(exhibit_items) > 1 else ""
            title = of_its_own(item.exhibit) if label else ""
            lead = formatting.to_sentence(title) if title else ""
            yield TextBlock(role="point" if label else "text", label=label, lead=lead, text=item.exhibit.text)
    yield from _compose_shared_notes(script, exhibit_items, "Demand")


def _compose_claims(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    yield TextBlock(role="text", text=leaf.first_item.notes)
    exhibit_items = [item for item in leaf.items if item.exhibit is not None]
    if not exhibit_items:
        return
    rows = tuple(
        _claim_row(script, item, number, len(exhibit_items)) for number, item in enumerate(exhibit_items, start=1)
    )
    caption = script.next_caption("Table", "Published claims, compared with the published figures")
    yield DocumentTable(columns=("Claim", "Against the figures", "Why"), rows=rows, caption=caption)
    yield from _compose_shared_notes(script, exhibit_items, "Claim")


def _claim_row(script: _DocumentState, item: BriefingItem, number: int, of: int) -> tuple[TextCell, ...]:
    exhibit = item.exhibit
    assert exhibit is not None
    facts_by_label = {fact.label: fact.text for fact in exhibit.facts}
    why, check = facts_by_label.get("Why", ""), facts_by_label.get("What was checked", "")
    check_note = f"Checked: {check[:1].lower()}{check[1:]}" if check and check not in why else ""
    not_checked = facts_by_label.get("What was not checked", "")
    check_note = " ".join(
        part
        for part in (
            check_note,
            f"Not checked: {not_checked[:1].lower()}{not_checked[1:]}" if not_checked else "",
        )
        if part
    )
    claim_text = f"{number}. {exhibit.text}" if of > 1 else exhibit.text
    claim_text = f"{claim_text} {formatting.to_sentence(exhibit.subtitle)}" if exhibit.subtitle else claim_text
    return (
        TextCell(text=claim_text),
        TextCell(text=facts_by_label.get("Against the figures", "")),
        TextCell(text=why, small=check_note, cites=script.source_numbers(exhibit.sources)),
    )


def _compose_shared_notes(script: _DocumentState, items: Iterable[BriefingItem], name: str) -> Iterator[Part]:
    """The notes and the sources of several items, each with the number of what it belongs to."""
    several = [item.exhibit for item in items if item.exhibit is not None]
    for number, exhibit in enumerate(several, start=1):
        lead = f"{name} {number}." if len(several) > 1 else ""
        notes = script.saying.new_notes(exhibit)
        if notes:
            yield TextBlock(role="item", lead=lead, text=" ".join(notes))
    source_line = merge_source_lines([exhibit.source_line for exhibit in several if exhibit.source_line])
    sources = script.source_numbers(source for exhibit in several for source in exhibit.sources)
    yield TextBlock(role="small", text=_format_source_line(source_line) if source_line else "", cites=sources)


def merge_source_lines(lines: Iterable[str]) -> str:
    """Source lines in one: how they begin alike is said once. "The Times, page 1: item 1; item 2"."""
    line_parts = [line.split(", ") for line in dict.fromkeys(lines)]
    if len(line_parts) < 2:
        return "".join(", ".join(parts) for parts in line_parts)
    shared_count = 0
    while shared_count < min(map(len, line_parts)) - 1 and len({parts[shared_count] for parts in line_parts}) == 1:
        shared_count += 1
    rest = "; ".join(", ".join(parts[shared_count:]) for parts in line_parts)
    return f"{', '.join(line_parts[0][:shared_count])}: {rest}" if shared_count else rest


def _compose_discrepancy(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    exhibit = leaf.first_item.exhibit
    if exhibit is None:
        return
    yield TextBlock(role="text", lead=formatting.to_sentence(leaf.first_item.subtitle), text=exhibit.text)
    yield from _compose_fact_table(script, exhibit, ("As published", "Where, and what it covers"), leaf.heading)
    yield from _compose_notes(script, exhibit)


def _compose_facts(script: _DocumentState, leaf: Section) -> Iterator[Part]:
    exhibit = leaf.first_item.exhibit
    yield TextBlock(role="text", text=leaf.first_item.notes)
    if exhibit is None:
        return
    yield TextBlock(role="text", text=exhibit.text or leaf.first_item.subtitle)
    yield from _compose_fact_table(script, exhibit, ("Detail", "What is held"), leaf.first_item.subtitle)
    yield from _compose_notes(script, exhibit)
    yield from _compose_calculations(script, exhibit)


def _compose_fact_table(
    script: _DocumentState, exhibit: Exhibit, columns: tuple[str, str], name: str
) -> Iterator[Part]:
    if exhibit.facts:
        rows = tuple(build_cells((fact.label, fact.text)) for fact in exhibit.facts)
        yield DocumentTable(columns=columns, rows=rows, caption=script.next_caption("Table", name))


_WRITERS: dict[ItemKind, Callable[[_DocumentState, Section], Iterator[Part]]] = {
    ItemKind.CHART: _compose_chart,
    ItemKind.TABLE: _compose_chart,
    ItemKind.SUMMARY: _compose_summary,
    ItemKind.QUOTE: _compose_quotes,
    ItemKind.DEMAND: _compose_demands,
    ItemKind.CLAIM: _compose_claims,
    ItemKind.CONFLICT: _compose_discrepancy,
}
