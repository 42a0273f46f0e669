"""The whole window on the shipped evidence, driven as a person would."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from explorer.library.library import Library
from explorer.library.pack_tables import PackState
from explorer.packs.problems import Problem
from explorer.packs.reader import read_places
from explorer.pages.model.chart import ChartKind
from explorer.pages.model.question import (
    PageView,
    PanelKind,
    Question,
    TrendStyle,
    select_chart,
    select_figure,
    select_place,
    set_style,
    set_view,
)
from explorer.support import paths
from explorer.ui.core.settings import UserSettings
from explorer.ui.packs.cards import packs_dialog
from explorer.ui.window.window import MainWindow
from tests.run_sizes import plain_and_slow
from tests.ui.panels import text
from tests.ui.windows import ask, opened, press

CAMBRIDGESHIRE, EAST, UK = "E23000023", "E12000006", "K02000001"


@pytest.fixture
def window(qtbot, seed_library):
    return opened(qtbot, seed_library)


def test_it_opens_on_a_chart_with_its_source(window):
    assert window.chart.title.text() == "Cambridgeshire: 66 to 77 offences a year, no clear change"
    assert "paragraph 5" in window.chart.foot.source.text()
    assert window.chart.foot.source.isVisible()
    assert window.chart.view.isVisible()
    assert window.status.text == "1 pack, offline: no network used"


def test_every_place_with_figures_shows_its_own_page(window):
    for place in window.store.library.figure_counts():
        ask(window, select_place(place))
        assert window.chart.title.text() == window.store.page.chart.title
        assert window.store.page.place.code == place


def test_the_chart_comes_first_and_the_parts_beside_it_follow(qtbot, window):
    def shown():
        tree, panel = window._sidebar.tree, window._panel
        return tree.currentIndex().data(), panel.part_for(PanelKind.EVIDENCE).column.visible_cards()[0].content.name

    before = shown()
    ask(window, select_place(EAST))
    assert window.chart.title.text() == window.store.chart_page.chart.title
    assert shown() == before
    qtbot.waitUntil(lambda: shown()[0] == "East of England", timeout=30_000)
    assert shown()[1] != before[1]


def test_what_asks_for_a_part_beside_the_chart_finds_it_with_the_page_on_screen(window):
    ask(window, select_place(EAST))
    assert window.sidebar.tree.currentIndex().data() == "East of England"


def test_back_and_forward_by_button_and_key(qtbot, window):
    ask(window, select_place(EAST), select_chart(ChartKind.PLATFORMS))
    qtbot.mouseClick(window.top.back, Qt.MouseButton.LeftButton)
    assert window.store.page.chart.kind is ChartKind.TREND
    qtbot.mouseClick(window.top.back, Qt.MouseButton.LeftButton)
    assert window.store.page.place.code == CAMBRIDGESHIRE
    assert not window.top.back.isEnabled()
    window.actions_.action_for("forward").trigger()
    assert window.store.page.place.code == EAST


def test_the_path_leads_up(qtbot, window):
    press(qtbot, window.top, "East of England")
    assert window.store.page.place.code == EAST
    window.actions_.action_for("up").trigger()
    assert window.store.page.asked.name == "England"


def test_charts_views_and_styles_are_a_press_away(qtbot, window):
    ask(window, select_place(EAST))
    press(qtbot, window.chart, "Platforms")
    assert window.store.page.chart.kind is ChartKind.PLATFORMS
    press(qtbot, window.chart, "Table")
    assert window.chart.table.table.model().rowCount() == 2
    press(qtbot, window.chart, "Chart")
    press(qtbot, window.chart, "Trend")
    press(qtbot, window.chart, "Line")
    assert window.store.page.question.style is TrendStyle.LINE


def test_a_chart_that_is_not_there_says_why_and_leaves_the_choice_as_it_was(qtbot, window):
    press(qtbot, window.chart, "Platforms")
    assert window.chart.notice.text() == (
        "We hold no platform share of Cambridgeshire. The nearest are those of the East of England. “Trend” is shown."
    )
    assert window.chart.notice.isVisible()
    checked = [b.label for b in window.chart.choices.kinds.findChildren(type(window.status.packs)) if b.isChecked()]
    assert checked == ["Trend"]


def test_choosing_a_bar_opens_its_evidence(window):
    first = window.store.page.drawn[0].id
    window.chart.view.figure_chosen.emit(first)
    assert window.store.page.selected == first
    assert window.store.page.question.panel is PanelKind.EVIDENCE


def test_the_keyboard_reaches_and_chooses_a_bar(qtbot, window):
    window.activateWindow()
    view_ = window.chart.view
    view_.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(view_, key)
    assert window.store.page.selected == window.store.page.drawn[1].id


def test_choosing_a_row_of_the_table_selects_its_figure(window):
    ask(window, set_view(PageView.TABLE))
    table = window.chart.table.table
    table.clicked.emit(table.model().index(1, 0))
    assert window.store.page.selected == window.store.page.drawn[1].id


def test_the_definition_is_one_press_away(qtbot, window):
    assert not window.chart.definition.isVisible()
    press(qtbot, window.chart, "Definition")
    assert "section 15A" in window.chart.definition.text()
    assert window.chart.definition.isVisible()


def test_copies_carry_their_source(window, monkeypatch):
    ask(window, select_place(UK))
    board = QGuiApplication.clipboard()
    window.actions_.action_for("copy-figure").trigger()
    assert "more than 1200" in board.text()
    assert "paragraph 2" in board.text()
    window.actions_.action_for("copy-table").trigger()
    assert "Period\tOffences recorded" in board.text()
    assert "Source: " in board.text()
    taken = []
    monkeypatch.setattr(board, "setMimeData", taken.append, raising=False)
    window.actions_.action_for("copy-chart").trigger()
    data = taken[0] if taken else board.mimeData()
    assert isinstance(data, QMimeData)
    assert data.hasImage()
    assert "Peterborough Telegraph" in data.text()
    board.clear()


@pytest.mark.parametrize("suffix", plain_and_slow(["png", "svg", "pdf", "csv", "xlsx", "json", "txt"], 3))
def test_a_page_is_saved_in_every_format(window, tmp_path, suffix):
    target = tmp_path / f"page.{suffix}"
    window.commands.write(target)
    assert target.stat().st_size > 100
    assert window.messages.text == f"Saved: {target}"


def test_a_page_that_cannot_be_saved_says_why(window, tmp_path):
    window.commands.write(tmp_path / "missing" / "page.csv")
    assert "was not saved: there is no folder" in window.messages.text
    window.commands.write(tmp_path / "page.doc")
    assert "no ending that says what to write it as" in window.messages.text


def test_place_view_and_shape_survive_closing(qtbot, seed_library, window):
    ask(window, select_place(EAST), select_chart(ChartKind.PLATFORMS), set_view(PageView.TABLE))
    window.choose_theme("dark")
    window.choose_scale(1)
    window.close()
    settings = UserSettings()
    assert settings.question == Question(place=EAST, chart=ChartKind.PLATFORMS, view=PageView.TABLE)
    again = opened(qtbot, seed_library, settings.question)
    assert again.store.page.place.code == EAST
    assert (again.theme.name, again.settings.scale) == ("dark", 1.25)


def test_a_broken_settings_file_is_let_go(qtbot, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    (folder / "window.ini").write_bytes(b"\x00\xff[[[question={\nscale=huge\ntheme=puce\nquestion=5")
    settings = UserSettings()
    assert (settings.theme, settings.scale, settings.question) == ("system", 1.0, None)
    made = MainWindow(settings)
    qtbot.addWidget(made)


@pytest.mark.parametrize("theme", plain_and_slow(["light", "dark", "contrast"], 1))
def test_every_theme_reaches_every_part(window, theme):
    window.choose_theme(theme)
    assert window.theme.name == theme
    assert window.actions_.action_for(f"theme-{theme}").isChecked()
    colour = window.grab().toImage().pixelColor(window.chart.x() + 300, 300)
    assert colour.isValid()


def test_text_grows_to_twice_its_size_and_no_further(window):
    before = window.chart.title.font().pixelSize()
    for _ in range(9):
        window.actions_.action_for("larger").trigger()
    assert window.chart.title.font().pixelSize() == 2 * before
    window.actions_.action_for("usual-size").trigger()
    assert window.chart.title.font().pixelSize() == before


def test_nothing_is_squeezed_at_twice_the_size(qtbot, window):
    window.resize(1024, 640)
    ask(window, select_place(EAST), select_chart(ChartKind.COMPARE))
    for _ in range(4):
        window.actions_.action_for("larger").trigger()
    labels = (window.chart.title, window.chart.subtitle, window.chart.caution, window.chart.newest)

    def squeezed() -> list[str]:
        return [
            one.accessibleName() for one in labels if one.isVisible() and one.height() < one.heightForWidth(one.width())
        ]

    qtbot.waitUntil(lambda: not squeezed(), timeout=5000)


def test_packs_that_failed_are_named(window):
    problem = Problem(file="figures.csv", what="'twelve' is not a number", mend="Write 12.", row=3)
    good = PackState(id="good", title="Good", version="1", publisher="P", figures=1, verified=True)
    bad = PackState(id="bad", title="Bad", version="1", publisher="P", figures=0, verified=False, problems=(problem,))
    window.status.show_packs([good, bad])
    assert window.status.text.startswith("1 pack, offline")
    assert "Not loaded: bad" in window.status.text


def test_a_failed_pack_is_named_in_the_list(qtbot, window):
    problem = Problem(file="figures.csv", what="'twelve' is not a number", mend="Write 12.", row=3)
    bad = PackState(
        id="my-copy",
        title="Title of another",
        version="1",
        publisher="P",
        figures=0,
        verified=False,
        problems=(problem,),
    )
    dialog = packs_dialog([bad], window.theme, None)
    qtbot.addWidget(dialog)
    said = text(dialog.column)
    assert "my-copy" in said
    assert "figures.csv, row 3" in said


def test_without_evidence_nothing_empty_is_offered(qtbot):
    places = read_places(paths.places_folder())
    nothing = opened(qtbot, Library.open(None, places))
    assert "No figure is loaded" in nothing.chart.empty.text()
    assert nothing.chart.empty.isVisible()
    assert not nothing.chart.choices.measures.isVisible()
    nothing.store.library.close()


def test_dialogs_open_one_at_a_time(window):
    for command in ("packs", "keys", "about"):
        window.actions_.action_for(command).trigger()
        assert window.commands.dialog.isVisible()
    window.commands.close_dialog()


def test_what_nobody_caught_is_told_and_the_window_goes_on(qtbot, window, capsys):
    from explorer.ui.widgets.messages import ExceptionHook

    watch = ExceptionHook()
    watch.report_to(window.messages)
    try:
        raise RuntimeError("odd")
    except RuntimeError as error:
        watch.stand_in(type(error), error, error.__traceback__)
    assert "Something unexpected happened" in window.messages.text
    assert "RuntimeError: odd" in capsys.readouterr().err
    press(qtbot, window.messages, "Copy details")
    assert "RuntimeError: odd" in QGuiApplication.clipboard().text()


def test_only_what_differs_is_drawn_again(window, monkeypatch):
    drawn = []
    monkeypatch.setattr(window.chart.view, "show_chart", lambda *args: drawn.append(args))
    ask(window, select_figure(window.store.page.drawn[0].id))
    assert drawn == []
    ask(window, set_style(TrendStyle.LINE))
    assert len(drawn) == 1
