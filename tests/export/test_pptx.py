"""The slides of a briefing as a reader of the file finds them: sections, tables, templates, no formulas."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.dml import MSO_COLOR_TYPE, MSO_FILL
from pptx.util import Emu

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, BriefingItem, ItemKind, new_id
from explorer.export.pptx.deck import iter_pptx, template_path
from explorer.export.pptx.tables import SlideTable, add_table
from explorer.export.pptx.text_fit import LEADING, text_width
from explorer.pages.model.chart import ChartKind, ChartShape
from explorer.pages.model.question import Question, TrendStyle
from tests.run_sizes import plain_and_slow

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PLACES = (
    "E23000023",
    "K02000001",
    "W92000004",
    "S92000003",
    "N92000002",
    "E12000006",
    "E23000003",
    "E23000034",
)


def written(briefing: Briefing, from_=None) -> bytes:
    (content,) = [step for step in iter_pptx(briefing, from_) if step is not None]
    return content


def opened(briefing: Briefing, from_=None):
    return Presentation(BytesIO(written(briefing, from_)))


def words(slide) -> str:
    told = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    told += [cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return "\n".join(told)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\v]+", "", text)


def charted(library, place: str, kind: ChartKind, measure: str = "") -> BriefingItem:
    item = collect_item(library, ItemKind.CHART, Question(place=place, chart=kind, measure=measure))
    assert item is not None
    return item


@pytest.fixture(scope="module")
def draft(drafts) -> Briefing:
    return drafts["E23000023"]


def test_a_heading_stands_over_its_slides_and_in_the_list_of_sections(draft):
    content = written(draft)
    deck = Presentation(BytesIO(content))
    headings = [item.heading for item in draft.items if item.kind is ItemKind.HEADING]
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert not set(headings) & set(titles)
    chart = next(slide for slide in deck.slides if any(shape.has_chart for shape in slide.shapes))
    assert headings[0] in words(chart)
    held = zipfile.ZipFile(BytesIO(content)).read("ppt/presentation.xml").decode()
    named = re.findall(r'<p14:section [^>]*name="([^"]*)"', held)
    assert named == ["Title", *headings, "Sources and help"]
    listed = re.findall(r'<p14:sldId id="(\d+)"', held)
    assert listed == re.findall(r'<p:sldId [^>]*?id="(\d+)"', held)  # each slide in one section, in order


def test_a_heading_with_notes_or_with_nothing_under_it_has_a_slide(library):
    chart = charted(library, "E23000023", ChartKind.TREND)
    items = (
        BriefingItem(id=new_id(), kind=ItemKind.HEADING, title="With notes", notes="What this part is about."),
        chart,
        BriefingItem(id=new_id(), kind=ItemKind.HEADING, title="Over nothing"),
        BriefingItem(id=new_id(), kind=ItemKind.HEADING, title="At the end"),
    )
    told = [words(slide) for slide in opened(Briefing(title="T", items=items)).slides]
    assert "With notes" in told[1]
    assert "What this part is about." in told[1]
    assert [text.split("\n")[0] for text in told[3:5]] == ["Over nothing", "At the end"]


@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_nothing_lies_outside_its_slide_or_on_what_is_under_it(drafts, place):
    deck = opened(drafts[place])
    for slide in deck.slides:
        title = slide.shapes.title
        assert title.text, "each slide has a title"
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + Emu(1)
            assert shape.top + shape.height <= deck.slide_height + Emu(1)
        tables = [shape for shape in slide.shapes if shape.has_table]
        feet = [s for s in slide.shapes if s.has_text_frame and s.text_frame.text.startswith("Source:")]
        for table in tables:
            high = sum(row.height for row in table.table.rows)
            assert all(table.top + high <= foot.top + Emu(20_000) for foot in feet)


@pytest.mark.parametrize("place", plain_and_slow(PLACES))
def test_numbers_behind_the_words_are_those_of_the_list_of_sources(drafts, place):
    briefing = drafts[place]
    deck = opened(briefing)
    sources = " ".join(words(s) for s in deck.slides if s.shapes.title.text.startswith("Sources"))
    for number, source in enumerate(briefing.sources(), start=1):
        assert squeezed(f"{number}.  “{source.title}”") in squeezed(sources)
    marks = {
        int(number)
        for slide in deck.slides
        for bracket in re.findall(r"\[(\d[\d, ]*)\]", words(slide))
        for number in bracket.split(",")
    }
    assert marks
    assert max(marks) <= len(briefing.sources())


def test_what_is_said_goes_on_and_is_not_cut(library, draft):
    quote = next(item for item in draft.items if item.kind is ItemKind.QUOTE)
    long = "“" + " ".join(f"word{n}" for n in range(1_500)) + "”"
    told = replace(quote, exhibit=replace(quote.exhibit, text=long))
    note = BriefingItem(id=new_id(), kind=ItemKind.NOTE, title="n", notes="y" * 10_000)
    deck = opened(Briefing(title="Long", items=(told, note)))
    text = squeezed("".join(words(slide) for slide in deck.slides if "continued" not in slide.name))
    assert text.count("y") >= 10_000
    for n in range(1_500):
        assert f"word{n}" in text
    sizes = [
        run.font.size.pt
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame and not shape.is_placeholder
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.size
    ]
    assert min(sizes) >= 10


ASIDE = {"What was checked", "What was not checked", "What this verdict means"}


def test_every_row_of_a_disagreement_is_on_a_slide_or_counted_as_left_to_the_workbook(drafts):
    briefing = drafts["E12000006"]
    told = squeezed(" ".join(words(slide) for slide in opened(briefing).slides))
    for item in briefing.items:
        if item.kind is ItemKind.CLAIM:
            for fact in item.exhibit.facts:
                if fact.label not in ASIDE:
                    assert squeezed(fact.text) in told
        if item.kind is ItemKind.CONFLICT:
            rows = [squeezed(fact.label + fact.text) in told for fact in item.exhibit.facts]
            left = rows.count(False)
            assert rows == [True] * (len(rows) - left) + [False] * left
            assert not left or squeezed(f"{left} more rows are in the workbook of this briefing.") in told


def test_the_workbook_behind_a_chart_holds_its_numbers_and_no_formula(library):
    item = charted(library, "E23000023", ChartKind.TREND)
    chart = item.exhibit.chart
    ticks = tuple(replace(t, label=f"={t.label}") for t in chart.categories.ticks)
    series = tuple(replace(one, name="=1+1") for one in chart.series)
    hostile = replace(chart, series=series, categories=replace(chart.categories, ticks=ticks))
    made = replace(item, exhibit=replace(item.exhibit, chart=hostile))
    held = zipfile.ZipFile(BytesIO(written(Briefing(items=(made,)))))
    (name,) = [one for one in held.namelist() if one.startswith("ppt/embeddings/")]
    sheet = load_workbook(BytesIO(held.read(name))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert sheet["B1"].value == "=1+1"
    numbers = sorted(cell.value for cell in cells if cell.data_type == "n")
    drawn = sorted(d.value for one in chart.series for d in one.data if d.value is not None)
    assert numbers == drawn


def test_what_is_preferred_stands_in_the_series_itself(library):
    item = charted(library, "E23000003", ChartKind.TREND, "scc-offences")
    deck = opened(Briefing(items=(item,)))
    (chart,) = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    first, second = chart.plots[0].series
    assert first.values[0] == 175
    assert second.name.endswith("also published")
    assert second.values[0] == 64
    assert 64 not in list(first.values)
    assert 175 not in list(second.values)


def test_labels_of_bars_side_by_side_have_room_and_a_key_looks_as_its_marks(library):
    item = charted(library, "K02000001", ChartKind.TREND)
    assert item.exhibit.chart.shape is ChartShape.COLUMNS
    (frame,) = [shape for slide in opened(Briefing(items=(item,))).slides for shape in slide.shapes if shape.has_chart]
    plot = frame.chart.plots[0]
    series = list(plot.series)
    assert len(series) == 3
    bar = frame.width / 12_700 / len(list(plot.categories)) / (len(series) + plot.gap_width / 100)
    together = 0
    for at in range(len(list(plot.categories))):
        told = [one.points[at].data_label.text_frame for one in series if one.values[at] is not None]
        for frame_ in told if len(told) > 1 else ():
            together += 1
            run = frame_.paragraphs[0].runs[0]
            assert text_width(run.text, run.font.size.pt) <= bar
            assert run.font.size.pt >= 10
    assert together == 3
    hollow = [one for one in series if one.name.endswith("also published")]
    assert [one.format.fill.type for one in hollow] == [MSO_FILL.BACKGROUND]


def test_the_bold_letters_of_a_tables_header_have_their_room():
    """Letters of the header that fit only when they are light are given two lines."""
    head = "Against the figures"
    table = SlideTable(columns=(head,), rows=(("No",),))
    wide = (text_width(head, table.size) * 1.05) / 72 + 2 * 0.09
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    end = add_table(slide, table, (0, 0, wide, 2), ("A table", "Words"))
    (frame,) = slide.shapes
    first, second = (row.height for row in frame.table.rows)
    assert first - second == pytest.approx(table.size * LEADING * 12_700, abs=3)
    assert end == pytest.approx((first + second) / 914_400, abs=0.001)


def test_no_line_runs_where_the_chart_has_none(library):
    question = Question(place="E12000006", chart=ChartKind.COMPARE, beside=("K02000001",), style=TrendStyle.LINE)
    item = collect_item(library, ItemKind.CHART, question)
    deck = opened(Briefing(items=(item,)))
    (shown,) = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    drawn = {series.name: series.data for series in item.exhibit.chart.series}
    assert "no figure" in list(shown.plots[0].categories)
    for series in shown.plots[0].series:
        joined = [d.value for d in drawn[series.name] if d.joined]
        assert len(joined) < len(drawn[series.name]) - 1
        assert series.format.line.fill.type == MSO_FILL.BACKGROUND
        lines = {
            int(point.find(f"{C}idx").get("val")): point.find(f"{C}spPr/{A}ln/{A}solidFill")
            for point in series._element.iter(f"{C}dPt")
        }
        assert [v for at, v in enumerate(series.values) if lines.get(at) is not None] == joined


def test_marks_that_need_a_word_have_it_on_the_slide(library):
    deck = opened(Briefing(items=(charted(library, "E23000023", ChartKind.TREND),)))
    assert "Hatched: part of a year" in words(deck.slides[1])


def test_points_of_a_summary_are_on_one_slide_each_with_its_lead(draft):
    deck = opened(draft)
    shown = words(deck.slides[1])
    for point in draft.items[0].exhibit.points:
        assert f"{point.lead}. {point.text}" in shown


def test_the_footer_and_the_number_are_the_templates_own(draft):
    deck = opened(draft)
    for slide in deck.slides:
        kinds = {holder.placeholder_format.type.name for holder in slide.placeholders}
        assert {"FOOTER", "SLIDE_NUMBER"} <= kinds
    assert draft.name in words(deck.slides[2])


class TestAnotherTemplate:
    def own(self, tmp_path, change):
        deck = Presentation(str(template_path()))
        change(deck)
        path = tmp_path / "own.pptx"
        deck.save(str(path))
        return path

    def test_of_another_size_is_followed(self, draft, tmp_path):
        def smaller(deck):
            deck.slide_width, deck.slide_height = Emu(9_144_000), Emu(5_143_500)
            for holder in (h for one in (*deck.slide_layouts, deck.slide_master) for h in one.placeholders):
                for side in ("left", "top", "width", "height"):
                    setattr(holder, side, round(getattr(holder, side) * 0.75))

        deck = opened(draft, self.own(tmp_path, smaller))
        assert (deck.slide_width, deck.slide_height) == (9_144_000, 5_143_500)
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left + shape.width <= deck.slide_width + Emu(1)
                assert shape.top + shape.height <= deck.slide_height + Emu(1)

    def test_its_colour_of_text_is_taken(self, draft, tmp_path):
        deck = opened(draft, self.own(tmp_path, lambda _deck: None))
        fonts = [
            run.font
            for slide in deck.slides
            for shape in slide.shapes
            if shape.has_text_frame and not shape.is_placeholder
            for paragraph in shape.text_frame.paragraphs
            for run in paragraph.runs
        ]
        assert len(fonts) > 50
        assert {font.color.type for font in fonts} == {MSO_COLOR_TYPE.SCHEME}
        charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
        assert {chart.font.color.type for chart in charts} == {MSO_COLOR_TYPE.SCHEME}

    def test_without_a_title_is_refused_with_a_sentence(self, draft, tmp_path):
        def untitled(deck):
            layout = next(one for one in deck.slide_layouts if one.name == "Title Only")
            title = layout.placeholders[0]._element
            title.getparent().remove(title)

        with pytest.raises(ValueError, match="“Title Only” of the slide template has no title"):
            written(draft, self.own(tmp_path, untitled))

    def test_without_a_layout_is_refused_with_a_sentence(self, draft, tmp_path):
        def renamed(deck):
            layout = next(one for one in deck.slide_layouts if one.name == "Title Only")
            layout.name = "Blank"

        with pytest.raises(ValueError, match="has no layout “Title Only”"):
            written(draft, self.own(tmp_path, renamed))

    def test_that_is_damaged_or_a_folder_is_refused_with_a_sentence(self, draft, tmp_path):
        with pytest.raises(ValueError, match="is no file"):
            written(draft, tmp_path)
        bad = tmp_path / "bad.pptx"
        with zipfile.ZipFile(template_path()) as held, zipfile.ZipFile(bad, "w") as made:
            for name in held.namelist():
                content = held.read(name)
                made.writestr(name, content[: len(content) // 2] if "slideMaster1.xml" in name else content)
        with pytest.raises(ValueError, match=r"no PowerPoint file that can be read"):
            written(draft, bad)


@pytest.mark.parametrize("blank", plain_and_slow(["", " ", "\u200b", "\x00"]))
def test_a_chart_whose_words_are_blank_is_a_chart_all_the_same(library, blank):
    item = charted(library, "E23000023", ChartKind.TREND, "scc-offences")
    chart = item.exhibit.chart
    series = tuple(
        replace(one, name=blank, data=tuple(replace(d, label=blank) for d in one.data)) for one in chart.series
    )
    bare = replace(chart, series=series, values=replace(chart.values, title=blank), title=blank)
    made = replace(item, exhibit=replace(item.exhibit, chart=bare))
    (shown,) = [s.chart for slide in opened(Briefing(items=(made,))).slides for s in slide.shapes if s.has_chart]
    assert list(shown.plots[0].series[0].values) == [66, 71, 77, 22]
