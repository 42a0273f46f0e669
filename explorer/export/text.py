"""A page, and what is said about a place, as plain text for a terminal or a message."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from html import escape

from explorer.pages.page import Asked, Disagreement, Page, Row, Table, Verdict, Voice
from explorer.pages.words import CANNOT_TELL, placed

_WIDTH = 96


def page_text(page: Page) -> str:
    """A page as text: the finding, the numbers, their sources, what disagrees and what follows."""
    differing = {remark.text for remark in page.remarks}
    blocks = [
        page.chart.title,
        page.chart.subtitle,
        wrapped(page.newest),
        wrapped(page.notice),
        "",
        page.chart.empty and wrapped(page.chart.empty),
        table_text(page.table) if page.drawn else "",
        "",
        wrapped(page.chart.source_line),
        *bullets("Notes", [note for note in page.chart.notes if note not in differing]),
        *bullets("Where the record differs", [f"{r.heading}: {r.text} ({r.source})" for r in page.remarks]),
        *bullets(f"Also loaded for {placed(page.place)}", [link.label for link in page.others]),
        *bullets("Other measures of this place", _other_measures(page)),
        *bullets("Worked out", [_working(w.text, w.formula, w.caveat) for w in page.workings]),
        *bullets(CANNOT_TELL, page.cannot_tell),
    ]
    return _joined(blocks)


def _other_measures(page: Page) -> list[str]:
    """The measures that such a chart of the place could show instead, with how to ask for each."""
    return [f"{one.label} (--measure {one.code or one.id})" for one in page.measures if not one.chosen]


def _working(text: str, formula: str, caveat: str) -> str:
    return " ".join(part for part in (text, f"({formula})", caveat) if part)


def _joined(blocks: Iterable[str]) -> str:
    lines: list[str] = []
    for block in blocks:
        if block or (lines and lines[-1]):
            lines.append(block)
    return "\n".join(lines).rstrip() + "\n"


def wrapped(text: str, lead: str = "") -> str:
    """``text`` in lines of a readable length, the first after ``lead`` and the rest set in as far."""
    paragraphs = [
        textwrap.fill(part, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
        for part in text.split("\n")
        if part.strip()
    ]
    return "\n".join(paragraphs)


def bullets(heading: str, items: Sequence[str]) -> list[str]:
    """A heading and a list under it; nothing where there are no items."""
    return ["", heading, *(wrapped(item, "- ") for item in items)] if items else []


def table_text(table: Table) -> str:
    """A table with its columns set apart by two spaces, numbers flush right."""
    shown = [row.cells for row in table.rows]
    widths = [max(len(cell) for cell in column) for column in zip(table.columns, *shown, strict=True)]
    lines = [_line(table, table.columns, widths), _line(table, ["-" * width for width in widths], widths)]
    lines += [_line(table, row.cells, widths) for row in table.rows]
    return "\n".join([*lines, *table.shorthand])


def _line(table: Table, cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [
        cell.rjust(width) if index in table.numeric else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()


def table_marked_up(table: Table, name: str, citation: str) -> str:
    """The table as HTML, as a word processor pastes it: a real table with a header row, and its citation."""

    def row(cells: Sequence[str], tag: str) -> str:
        sides = ("right" if at in table.numeric else "left" for at in range(len(cells)))
        pairs = zip(sides, cells, strict=True)
        told = (f'<{tag} align="{side}">{escape(cell)}</{tag}>' for side, cell in pairs)
        return f"<tr>{''.join(told)}</tr>"

    body = "".join(row(_cells(one), "td") for one in table.rows)
    head = row(table.columns, "th")
    notes = "".join(f"<p>{escape(line)}</p>" for line in (*table.shorthand, citation) if line)
    told = f"<caption>{escape(name)}</caption><thead>{head}</thead><tbody>{body}</tbody>"
    return f"<table>{told}</table>{notes}"


def table_tabbed(table: Table) -> str:
    """A table as tab-separated text, as spreadsheets paste it; formulas and tabs are made harmless."""
    rows = [table.columns, *(_cells(row) for row in table.rows)]
    return "\n".join("\t".join(row) for row in rows)


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(_harmless(cell) for cell in row.cells)


def _harmless(cell: str) -> str:
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) else flat


def voices_text(quotes: Sequence[Voice]) -> str:
    """Quotes as text; a paraphrase says that it is one."""
    blocks: list[str] = []
    for voice in quotes:
        gist = "" if voice.verbatim else "Paraphrase: "
        blocks += [wrapped(gist + voice.text), f"  {voice.speaker}, {voice.detail}", f"  {voice.source}"]
        blocks += [wrapped(voice.note, "  Note: ")] if voice.note else []
        blocks.append("")
    return _joined(blocks)


def demands_text(demands: Sequence[Asked]) -> str:
    """Demands as a numbered list with who asked whom."""
    blocks: list[str] = []
    for demand in demands:
        gist = "" if demand.verbatim else " (paraphrase)"
        lead = f"{demand.title}: " if demand.title else ""
        blocks.append(wrapped(lead + demand.text + gist, f"{demand.number}. "))
        blocks.append(f"   {demand.asked_by}, asked of {demand.addressed_to}; {demand.source}")
    return _joined(blocks)


def claims_text(claims: Sequence[Verdict]) -> str:
    """Claims with their verdicts and the reasons."""
    blocks: list[str] = []
    for claim in claims:
        blocks.append(wrapped(claim.text, f"{claim.number}. "))
        blocks.append(wrapped(f"{claim.words}: {claim.reason}", "   "))
        blocks += [wrapped(caveat, "   - ") for caveat in claim.caveats]
        blocks.append(wrapped(claim.check, "   Checked: "))
        blocks += [wrapped(" ".join(claim.not_checked), "   Not checked: ")] if claim.not_checked else []
        blocks += [wrapped(claim.meaning, "   Verdict means: ")] if claim.meaning else []
        blocks += [f"   {claim.source}", ""]
    return _joined(blocks)


def conflicts_text(several: Sequence[Disagreement]) -> str:
    """What published figures disagree on, with all sides: "*" before the one shown, "o" before the others."""
    blocks: list[str] = []
    for one in several:
        chosen = any(side.preferred for side in one.sides)
        blocks += [wrapped(f"{one.heading} ({one.kind[:1].lower()}{one.kind[1:]})"), wrapped(one.text, "  ")]
        for side in one.sides:
            standing = (", shown" if side.preferred else ", not shown") if chosen else ""
            mark = ("* " if side.preferred else "o ") if chosen else "- "
            said = f"{side.amount}{standing}; {side.source}, {side.published}. {side.why}"
            blocks.append(wrapped(said.rstrip(), f"  {mark}"))
        blocks += [wrapped(link.label, "  - ") for link in one.links]
        blocks.append("")
    return _joined(blocks)
