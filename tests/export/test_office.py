"""LibreOffice opens the slides, the document and the workbook of a briefing, and turns each into pages.

It takes a while, so that it is asked for: ``HARMS_EXPLORER_OFFICE=1 pytest -n 0 -m office``, as CI does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import BriefingItem, ItemKind, insert_items, new_id
from explorer.documents.boilerplate import HELP_LINES
from explorer.documents.sections import group_sections
from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question

ASKED = os.environ.get("HARMS_EXPLORER_OFFICE", "") == "1"
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not ASKED, reason="LibreOffice is asked for with HARMS_EXPLORER_OFFICE=1"),
]
KINDS = ("pptx", "docx", "xlsx")
HOSTILE = "=1+1 <b>bold</b> & ]]> \u202eflipped null\x00byte \U0001f600 "


@pytest.fixture(scope="module")
def briefing(library, drafts):
    made = drafts["E23000023"]
    question = Question(place="K02000001")
    more = [collect_item(library, ItemKind.CHART, Question(place="E23000023", chart=kind)) for kind in ChartKind]
    more += [collect_item(library, ItemKind.CHART, question), collect_item(library, ItemKind.TABLE, question)]
    more += [
        BriefingItem(id=new_id(), kind=ItemKind.NOTE, title=f"Note {HOSTILE}", notes=HOSTILE * 300),
        BriefingItem(id=new_id(), kind=ItemKind.HEADING, title=HOSTILE),
    ]
    return insert_items(made, more)


@pytest.fixture(scope="module")
def pages(briefing, tmp_path_factory):
    """The text of each page that LibreOffice made of each document."""
    pytest.importorskip("PySide6", reason="the document's pictures are painted by Qt")
    import pypdfium2

    from explorer.export.documents import write_briefing

    folder = tmp_path_factory.mktemp("office")
    office = shutil.which("soffice") or pytest.fail("LibreOffice (soffice) was asked for and is not installed")
    read = {}
    for kind in KINDS:
        path = folder / f"{kind}.{kind}"
        for _ in write_briefing(briefing, path):
            pass
        subprocess.run(
            [
                office,
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(path),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        with pypdfium2.PdfDocument(folder / f"{kind}.pdf") as document:
            read[kind] = [flat(page.get_textpage().get_text_range()) for page in document]
            if kind == "pptx":
                read["overlaps"] = [told for page in document for told in overlaps(page)]
    return read


def overlaps(page) -> list[str]:
    """Lines of words on a page that lie on one another; emoji are higher than their lines: left out."""
    text = page.get_textpage()
    if HOSTILE[:4] in text.get_text_range():
        return []
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    return [
        f"{text.get_text_bounded(*one)!r} on {text.get_text_bounded(*other)!r}"
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ]


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_opened_and_holds_what_the_briefing_holds(pages, briefing, kind):
    text = "".join(pages[kind])
    assert flat(briefing.title) in text
    for name, how in HELP_LINES:
        assert flat(name) in text
        assert flat(how) in text
    for pack in briefing.pack_versions():
        assert flat(pack) in text


def test_a_page_for_each_slide_and_the_chart_numbers_on_them(pages, briefing):
    several = pages["pptx"]
    made = group_sections(briefing)
    assert len(several) > sum(leaf.first_item.kind is not ItemKind.HEADING for leaf in made) + 2
    slide = 0
    for leaf in made:
        if leaf.first_item.kind is not ItemKind.CHART:
            continue
        titled = flat(leaf.heading)[:40]
        slide = next(at for at in range(slide + 1, len(several)) if titled in several[at])
        shown = leaf.first_item.exhibit
        if shown.chart.shape is not ChartShape.TILES:
            labels = [d.label for series in shown.chart.series for d in series.data if d.value is not None]
            for label in labels:
                assert flat(label) in several[slide], (leaf.heading, label)


def test_no_words_lie_on_others_on_a_slide(pages):
    assert pages["overlaps"] == []


def test_the_numbers_of_the_tables_are_in_the_document_and_the_workbook(pages, briefing):
    word, book = "".join(pages["docx"]), "".join(pages["xlsx"])
    for item in briefing.items:
        shown = item.exhibit
        if shown is None or shown.table is None:
            continue
        for row in shown.table.rows:
            for at in shown.table.numeric:
                assert flat(row.cells[at]) in word
    for item in briefing.items:
        if item.kind is ItemKind.CHART:
            number = item.exhibit.columns.index("Number")
            for record in item.exhibit.records:
                assert str(record[number]) in book.replace(",", "")


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_markup_and_formulas_are_words(pages, kind):
    text = "".join(pages[kind])
    assert "<b>bold</b>" in text
    assert "=1+1" in text
