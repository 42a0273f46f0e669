"""A page, and what is said about a place, as plain text for a terminal or a message."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from msgspec import to_builtins

from explorer.evidence import place_in_sentence
from explorer.pages.model import ChartTable, ChartTableRow, ClaimView, DemandView, DiscrepancyView, Page, QuoteView
from explorer.pages.text import CANNOT_TELL

_WIDTH = 96


def page_text(page: Page) -> str:
    """A page as text: the finding, the numbers, their sources, what disagrees and what follows."""
    differing = {remark.text for remark in page.remarks}
    blocks = [
        page.chart.title,
        page.chart.subtitle,
        wrap_text(page.newest),
        wrap_text(page.notice),
        "",
        page.chart.empty and wrap_text(page.chart.empty),
        table_text(page.table) if page.drawn else "",
        "",
        wrap_text(page.chart.source_line),
        *format_bullets("Notes", [note for note in page.chart.notes if note not in differing]),
        *format_bullets("Where the record differs", [f"{r.heading}: {r.text} ({r.source})" for r in page.remarks]),
        *format_bullets(f"Also loaded for {place_in_sentence(page.place)}", [link.label for link in page.others]),
        *format_bullets("Other measures of this place", _other_measures(page)),
        *format_bullets("Worked out", [_format_calculation(w.text, w.formula, w.caveat) for w in page.workings]),
        *format_bullets(CANNOT_TELL, page.cannot_tell),
    ]
    return _join_blocks(blocks)


def _other_measures(page: Page) -> list[str]:
    """The measures that such a chart of the place could show instead, with how to ask for each."""
    return [f"{one.label} (--measure {one.code or one.id})" for one in page.measures if not one.chosen]


def _format_calculation(text: str, formula: str, caveat: str) -> str:
    return " ".join(part for part in (text, f"({formula})", caveat) if part)


def _join_blocks(blocks: Iterable[str]) -> str:
    lines: list[str] = []
    for block in blocks:
        if block or (lines and lines[-1]):
            lines.append(block)
    return "\n".join(lines).rstrip() + "\n"


def wrap_text(text: str, lead: str = "") -> str:
    """``text`` in lines of a readable length, the first after ``lead`` and the rest set in as far."""
    paragraphs = [
        textwrap.fill(part, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
        for part in text.split("\n")
        if part.strip()
    ]
    return "\n".join(paragraphs)


def format_bullets(heading: str, items: Sequence[str]) -> list[str]:
    """A heading and a list under it; nothing where there are no items."""
    return ["", heading, *(wrap_text(item, "- ") for item in items)] if items else []


def table_text(table: ChartTable) -> str:
    """A table with its columns set apart by two spaces, numbers flush right."""
    cell_rows = [row.cells for row in table.rows]
    widths = [max(len(cell) for cell in column) for column in zip(table.columns, *cell_rows, strict=True)]
    lines = [
        _format_row(table, table.columns, widths),
        _format_row(table, ["-" * width for width in widths], widths),
    ]
    lines += [_format_row(table, row.cells, widths) for row in table.rows]
    return "\n".join([*lines, *table.shorthand])


def _format_row(table: ChartTable, cells: Sequence[str], widths: Sequence[int]) -> str:
    padded_cells = [
        cell.rjust(width) if index in table.numeric else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded_cells).rstrip()


def table_marked_up(table: ChartTable, name: str, citation: str) -> str:
    """The table as HTML, as a word processor pastes it: a real table with a header row, and its citation."""

    def format_row(cells: Sequence[str], tag: str) -> str:
        sides = ("right" if at in table.numeric else "left" for at in range(len(cells)))
        pairs = zip(sides, cells, strict=True)
        cell_tags = (f'<{tag} align="{side}">{escape(cell)}</{tag}>' for side, cell in pairs)
        return f"<tr>{''.join(cell_tags)}</tr>"

    body = "".join(format_row(_safe_cells(one), "td") for one in table.rows)
    head = format_row(table.columns, "th")
    notes = "".join(f"<p>{escape(line)}</p>" for line in (*table.shorthand, citation) if line)
    inner_html = f"<caption>{escape(name)}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f"<table>{inner_html}</table>{notes}"


def table_tabbed(table: ChartTable) -> str:
    """A table as tab-separated text, as spreadsheets paste it; formulas and tabs are made harmless."""
    rows = [table.columns, *(_safe_cells(row) for row in table.rows)]
    return "\n".join("\t".join(row) for row in rows)


def _safe_cells(row: ChartTableRow) -> tuple[str, ...]:
    return tuple(_neutralise_formula(cell) for cell in row.cells)


def _neutralise_formula(cell: str) -> str:
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) else flat


def voices_text(quotes: Sequence[QuoteView]) -> str:
    """Quotes as text; a paraphrase says that it is one."""
    blocks: list[str] = []
    for voice in quotes:
        gist = "" if voice.verbatim else "Paraphrase: "
        blocks += [wrap_text(gist + voice.text), f"  {voice.speaker}, {voice.detail}", f"  {voice.source}"]
        blocks += [wrap_text(voice.note, "  Note: ")] if voice.note else []
        blocks.append("")
    return _join_blocks(blocks)


def demands_text(demands: Sequence[DemandView]) -> str:
    """Demands as a numbered list with who asked whom."""
    blocks: list[str] = []
    for demand in demands:
        gist = "" if demand.verbatim else " (paraphrase)"
        lead = f"{demand.title}: " if demand.title else ""
        blocks.append(wrap_text(lead + demand.text + gist, f"{demand.number}. "))
        blocks.append(f"   {demand.asked_by}, asked of {demand.addressed_to}; {demand.source}")
    return _join_blocks(blocks)


def claims_text(claims: Sequence[ClaimView]) -> str:
    """Claims with their verdicts and the reasons."""
    blocks: list[str] = []
    for claim in claims:
        blocks.append(wrap_text(claim.text, f"{claim.number}. "))
        blocks.append(wrap_text(f"{claim.words}: {claim.reason}", "   "))
        blocks += [wrap_text(caveat, "   - ") for caveat in claim.caveats]
        blocks.append(wrap_text(claim.check, "   Checked: "))
        blocks += [wrap_text(" ".join(claim.not_checked), "   Not checked: ")] if claim.not_checked else []
        blocks += [wrap_text(claim.meaning, "   Verdict means: ")] if claim.meaning else []
        blocks += [f"   {claim.source}", ""]
    return _join_blocks(blocks)


def conflicts_text(several: Sequence[DiscrepancyView]) -> str:
    """What published figures disagree on, with all sides: "*" before the one shown, "o" before the others."""
    blocks: list[str] = []
    for one in several:
        has_preferred = any(side.preferred for side in one.sides)
        blocks += [
            wrap_text(f"{one.heading} ({one.kind[:1].lower()}{one.kind[1:]})"),
            wrap_text(one.text, "  "),
        ]
        for side in one.sides:
            standing = (", shown" if side.preferred else ", not shown") if has_preferred else ""
            mark = ("* " if side.preferred else "o ") if has_preferred else "- "
            side_text = f"{side.amount}{standing}; {side.source}, {side.publication_text}. {side.why}"
            blocks.append(wrap_text(side_text.rstrip(), f"  {mark}"))
        blocks += [wrap_text(link.label, "  - ") for link in one.links]
        blocks.append("")
    return _join_blocks(blocks)


# What is said of a place by kind - quotes, demands, claims, conflicts - as text or as JSON.


KINDS = ("quotes", "demands", "claims", "conflicts")
"""Every kind that can be asked for."""
_WRITERS: dict[str, Callable[[Any], str]] = {
    "quotes": voices_text,
    "demands": demands_text,
    "claims": claims_text,
    "conflicts": conflicts_text,
}


def said_json(page: Page, kinds: Sequence[str]) -> str:
    """Those of the page by kind, as indented JSON. Raises KeyError for a kind that is none."""
    payload = {kind: [to_builtins(item) for item in _items_by_kind(page)[kind][0]] for kind in kinds}
    return json.dumps(payload, ensure_ascii=False, indent=2)


def said_text(page: Page, kinds: Sequence[str]) -> str:
    """Those of the page under the name of each kind. Raises KeyError for a kind that is none."""
    parts: list[str] = []
    for kind in kinds:
        items, empty = _items_by_kind(page)[kind]
        parts.append(f"{kind.capitalize()}\n\n{_WRITERS[kind](items) if items else empty}".rstrip())
    return "\n\n".join(parts)


def _items_by_kind(page: Page) -> dict[str, tuple[Sequence[Any], str]]:
    return {
        "quotes": (page.voices, page.voices_empty),
        "demands": (page.demands, page.demands_empty),
        "claims": (page.claims, page.claims_empty),
        "conflicts": (page.disagreements, page.disagreements_empty),
    }
