"""A kind of chart needs its own module and a member of ``ChartKind``: everything else finds it in the registry."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace
from PySide6.QtWidgets import QMainWindow

from explorer.briefing.exhibits import collect_item
from explorer.briefing.model import Briefing, ItemKind
from explorer.cli import main
from explorer.export.documents import write_briefing
from explorer.library.library import Library
from explorer.pages.charts import registry
from explorer.pages.charts.context import ChartContext
from explorer.pages.charts.registry import ChartType, chart_types, measure_ids, register_chart_type
from explorer.pages.charts.trend import compose_trend
from explorer.pages.model.chart import Chart, ChartKind
from explorer.pages.model.question import Question, select_chart
from explorer.pages.page_builder import answer
from explorer.pages.search.search import ResultKind, search_library
from explorer.pages.selection.by_chart import over_time
from explorer.pages.selection.chart_selector import ChartOption
from explorer.selftest.scenarios import page_tour
from explorer.ui.core.commands import CommandActions, CommandRequirement, keyboard_page, list_commands

CAMBRIDGESHIRE = "E23000023"
LABEL, TITLE = "Ring of years", "Cambridgeshire as a ring"


def add_member(name: str, value: str) -> ChartKind:
    """A member such as the enum would have with one more line."""
    member = str.__new__(ChartKind, value)
    member._name_, member._value_ = name, value
    ChartKind._member_names_.append(name)
    ChartKind._member_map_[name] = ChartKind._value2member_map_[value] = member
    return member


def remove_member(member: ChartKind) -> None:
    ChartKind._member_names_.remove(member.name)
    del ChartKind._member_map_[member.name], ChartKind._value2member_map_[member.value]


@pytest.fixture
def ring():
    """A kind that no module of the program names, registered as the program's own are."""
    member = add_member("RING", "ring")

    def compose_ring(material: ChartContext) -> Chart:
        return replace(compose_trend(material), kind=member, title=TITLE)

    register_chart_type(
        ChartType(
            kind=member,
            label=LABEL,
            shortcut="Ctrl+Shift+R",
            select=over_time,
            why_empty=lambda _, place: f"There is no ring of {place.name}.",
            measures=lambda figure_query, place: measure_ids(figure_query.counts_for(place.code)),
            options=frozenset({ChartOption.RANGE}),
            build=compose_ring,
        )
    )
    yield member
    del registry._TYPES[member]
    remove_member(member)


def test_every_kind_is_registered_once_in_its_own_order():
    assert list(chart_types()) == list(ChartKind)
    labels = [one.label for one in chart_types().values()]
    assert len(set(labels)) == len(labels)


def test_a_new_kind_stands_over_the_chart_and_says_why_where_it_cannot_be_drawn(library: Library, ring: ChartKind):
    page = answer(library, Question(place=CAMBRIDGESHIRE))
    assert [choice.label for choice in page.charts if choice.id == ring.value] == [LABEL]
    without = next(p for p in library.places if not over_time_figures(library, p.code))
    choices = {choice.id: choice.why_not for choice in answer(library, Question(place=without.code)).charts}
    assert bool(choices[ring.value]) == bool(choices[ChartKind.TREND.value])


def over_time_figures(library: Library, place: str) -> bool:
    page = answer(library, Question(place=place, chart=ChartKind.TREND), brief=True)
    return page.place.code == place and page.chart.kind is ChartKind.TREND


def test_a_new_kind_is_drawn_with_its_options_and_its_table(library: Library, ring: ChartKind):
    page = answer(library, Question(place=CAMBRIDGESHIRE, chart=ring))
    assert (page.chart.kind, page.chart.title, page.replaced) == (ring, TITLE, ())
    assert page.choices.since
    assert not page.choices.styles
    assert [row.figure for row in page.table.rows] == [figure.id for figure in page.drawn]
    assert page.table == answer(library, Question(place=CAMBRIDGESHIRE)).table
    assert page.chart.source_line


def test_a_new_kind_has_its_command_in_the_menu_with_its_key(qtbot, ring: ChartKind):
    window, pressed = QMainWindow(), []
    qtbot.addWidget(window)
    handlers = defaultdict(lambda: lambda: None, {f"chart-{ring.value}": lambda: pressed.append(ring)})
    actions = CommandActions(window, window.menuBar(), handlers)
    actions.enable_commands(frozenset(CommandRequirement))
    menu = next(action.menu() for action in window.menuBar().actions() if action.text() == "&View")
    action = next(action for action in menu.actions() if action.text() == LABEL)
    assert action.shortcut().toString() == "Ctrl+Shift+R"
    action.trigger()
    assert pressed == [ring]
    assert LABEL in [words for words, _ in keyboard_page()]
    assert LABEL in [words for _, words, _ in actions.available_commands()]


def test_a_new_kind_is_found_by_search(library: Library, ring: ChartKind):
    commands = [(command.id, command.text) for command in list_commands()]
    found = search_library(library, "ring of", commands)
    assert [one.id for one in found if one.kind is ResultKind.COMMAND] == [f"chart-{ring.value}"]


def test_a_new_kind_is_a_choice_of_the_command_line(started_data: Path, ring: ChartKind, capsys):
    assert main.run_command_line(["show", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ring.value in said
    assert LABEL in said
    assert main.run_command_line(["show", CAMBRIDGESHIRE, "--chart", ring.value]) == 0
    assert TITLE in capsys.readouterr().out


def test_a_new_kind_is_walked(ring: ChartKind):
    assert select_chart(ring) in tuple(page_tour(full=False))


@pytest.mark.parametrize("suffix", [".docx", ".pptx"])
def test_a_new_kind_stands_in_a_document(qapp, library: Library, ring: ChartKind, tmp_path: Path, suffix: str):
    item = collect_item(library, ItemKind.CHART, Question(place=CAMBRIDGESHIRE, chart=ring))
    assert item is not None
    path = tmp_path / f"ring{suffix}"
    for _ in write_briefing(Briefing(title="One", items=(item,)), path):
        pass
    assert path.stat().st_size > 1000
    if suffix == ".docx":
        assert any(TITLE in paragraph.text for paragraph in Document(str(path)).paragraphs)
