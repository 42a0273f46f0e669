"""The import of tables by the window: each step driven on real files, and what is there afterwards."""

from __future__ import annotations

import errno
import time
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog

from explorer.evidence.model import FigureStatus
from explorer.importer.preview import LEAVE_OUT
from explorer.importer.recipe import read_recipes
from explorer.importer.template import HEADINGS, write_template
from explorer.support.theme import CONTRAST, DARK
from explorer.ui.importer import controller, tasks, wizard
from explorer.ui.importer.mapping import MappingPage
from explorer.ui.importer.paged_dialog import tab_stops
from explorer.ui.importer.pages import AboutPage, CountedPage, RefusalPage, WaitingPage
from explorer.ui.importer.review_page import PROTECT, CheckPage
from explorer.ui.importer.tasks import ReadProgress
from explorer.ui.widgets.buttons import WordButton
from tests.importer import home_office
from tests.ui.windows import opened, press

KENT, ESSEX, HAMPSHIRE = "E23000032", "E23000028", "E23000030"
WIDE = """Sexual communication with a child: offences recorded
Force,2017/18,2018/19,2019/20
Kent,50,60,66*
Essex,41,,52
Hampshre,70,81,90
Total,161,141,208
"""
REPLY = """Where recorded,When,App used,How many
Kent,2018/19,Instagram,12
Kent,2019/20,Instagram,15
Essex,2019/20,Snapchat,*
Hants and IOW,2019/20,Facebook,7
Somewhere else,2019/20,Facebook,2
Surrey,last year,Facebook,9
Total,2019/20,,24
"""


@pytest.fixture
def evidence(small_library):
    return small_library


@pytest.fixture
def window(qtbot, evidence):
    window = opened(qtbot, evidence)
    yield window
    work = window.commands.imports.work
    if window.commands.imports.dialog is not None:
        window.commands.imports.dialog.reject()
    work.wait_for_job()


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def begun(qtbot, window, path: Path, page: type):
    """The dialog on ``path``, once it has come to a ``page``."""
    window.commands.take_table(path)
    return arrived(qtbot, window, page)


def arrived(qtbot, window, page: type):
    qtbot.waitUntil(lambda: isinstance(getattr(window.commands.imports.dialog, "page", None), page), timeout=30_000)
    return window.commands.imports.dialog


def choose(row, at: int) -> None:
    row.pick.setCurrentIndex(at)
    row.pick.activated.emit(at)


def entering(*args) -> QDragEnterEvent:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return QDragEnterEvent(*args)


def labels(dialog) -> list[str]:
    return [b.label for b in dialog.buttons.findChildren(WordButton) if not b.isHidden()]


def kept(qtbot, window) -> None:
    qtbot.waitUntil(lambda: window.commands.imports.dialog is None, timeout=30_000)


def own_packs(window) -> list[str]:
    return [state.id for state in window.store.library.packs() if not state.shipped]


class TestWide:
    """A publisher's table with a mark, a blank, a misspelt force and a row of totals."""

    def test_it_goes_in_and_the_blank_is_shown_as_missing(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        told = [problem.what for problem in (*dialog.page.problems, *dialog.page.doubts)]
        assert any("Hampshre" in what for what in told)
        assert any("66*" in what for what in told)
        assert labels(dialog)[-2:] == ["Mend and retry", "Leave those rows out"]
        (row,) = dialog.page.names.rows()
        assert row.pick.itemText(1) == "Hampshire (police force area)"
        choose(row, 1)
        press(qtbot, dialog, "Mend and retry")
        qtbot.waitUntil(lambda: isinstance(dialog.page, CheckPage) and not dialog.page.problems, timeout=30_000)
        assert any("counts as zero" in doubt.what for doubt in dialog.page.doubts)
        press(qtbot, dialog, "Continue")
        dialog.page.fields["title"].setText("By year & force")
        press(qtbot, dialog, "Keep")
        kept(qtbot, window)
        assert window.messages.text == "By year & force: 9 figures kept."
        assert own_packs(window) == ["by-year-force"]
        figures = window.store.library.figures(place=ESSEX, measure="scc-offences")
        mine = {one.period.text: one.amount for one in figures if one.pack == "by-year-force"}
        assert mine["2018/19"].number is None
        assert mine["2018/19"].status is FigureStatus.NOT_AVAILABLE
        hampshire = window.store.library.figures(place=HAMPSHIRE, measure="scc-offences")
        assert {one.printed for one in hampshire if one.pack == "by-year-force"} == {"70", "81", "90"}
        assert window.store.page.question.measure == "scc-offences"

    def test_what_is_missing_stands_on_the_page_as_missing(self, qtbot, window, tmp_path):
        text = WIDE.replace("Hampshre", "Hampshire").replace("Sexual communication with a child", "A count")
        dialog = begun(qtbot, window, written(tmp_path, "t.csv", text), CountedPage)
        dialog.page.field.setText("Something of our own")
        dialog.page.field.textEdited.emit("Something of our own")
        assert "a new one is made" in dialog.page.note.text()
        press(qtbot, dialog, "Read the table")
        arrived(qtbot, window, CheckPage)
        press(qtbot, dialog, "Continue")
        press(qtbot, dialog, "Keep")
        kept(qtbot, window)
        page = window.store.page
        assert page.place.code == ESSEX
        assert "something-of-our-own" in page.question.measure
        rows = {row.cells[0]: row.cells for row in page.table.rows}
        assert "[x]" in " ".join(rows["2018/19"])

    def test_rows_left_out_are_said_in_the_pack(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        press(qtbot, dialog, "Leave those rows out")
        press(qtbot, dialog, "Keep")
        kept(qtbot, window)
        notes = [note.text for note in window.store.library.notes() if note.pack == "by-year"]
        assert any("“Hampshre” left out" in text for text in notes)


class TestSure:
    """What is recognised needs no question."""

    def test_a_home_office_table_is_read_and_kept(self, qtbot, window, tmp_path):
        path = tmp_path / "prc-pfa.xlsx"
        home_office.write_xlsx(path, home_office.years(2, 3))
        seen: list[type] = []
        dialog = begun(qtbot, window, path, CheckPage)
        seen.append(type(dialog.page))
        assert not dialog.page.problems
        press(qtbot, dialog, "Continue")
        assert dialog.page.fields["publisher"].text() == "Home Office"
        assert dialog.page.save.isHidden()
        press(qtbot, dialog, "Keep")
        kept(qtbot, window)
        assert "figures kept" in window.messages.text
        assert window.store.page.question.measure.startswith("ho-")
        assert window.store.page.drawn

    def test_a_filled_in_template_is_read_unasked(self, qtbot, window, tmp_path):
        import openpyxl

        path = tmp_path / "figures.xlsx"
        write_template(path, window.store.library)
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["Figures", "How to", "Measures", "Platforms", "Places"]
        assert [cell.value for cell in book["Figures"][1]] == list(HEADINGS)
        book["Figures"].append(["Kent", "Sexual communication with a child", "2019/20", 66, "Instagram"])
        book["Figures"].append([ESSEX, "scc-offences", "Apr-Jun 2020", "[x]"])
        book.save(path)
        dialog = begun(qtbot, window, path, CheckPage)
        assert not dialog.page.problems
        assert dialog.page._result.figures.count == 2
        assert dialog.page._result.recipe.name == "template"
        assert set(dialog.page._result.draft.measures) == {"scc-offences"}

    def test_a_csv_template_has_the_headings(self, window, tmp_path):
        path = tmp_path / "figures.csv"
        write_template(path, window.store.library)
        assert path.read_text("utf-8-sig") == ",".join(HEADINGS) + "\n"

    def test_a_name_with_a_formula_stays_text(self, tmp_path, evidence):
        import openpyxl

        path = tmp_path / "figures.xlsx"
        write_template(path, evidence)
        cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row]
        assert all(cell.data_type != "f" for cell in cells)


class TestUnknown:
    """A table that no recipe fits."""

    @pytest.fixture
    def dialog(self, qtbot, window, tmp_path):
        return begun(qtbot, window, written(tmp_path, "reply.csv", REPLY), MappingPage)

    def test_columns_are_guessed_with_the_reason(self, dialog):
        form = dialog.page.form
        chosen = {what: pick.currentText() for what, pick in form.picks.items() if pick.currentData()}
        assert chosen == {
            "place": "A: Where recorded",
            "period": "B: When",
            "platform": "C: App used",
            "amount": "D: How many",
            "unit": "Offences",
        }
        assert form.rows["amount"].why.text() == "“How many”: its values are numbers"
        assert dialog.page.heads.headings[3] == "D\nNumber"
        assert dialog.page.heads.is_strong(0)

    def test_what_is_not_said_is_asked_for_where_it_belongs(self, qtbot, dialog):
        press(qtbot, dialog, "Read the whole table")
        assert isinstance(dialog.page, MappingPage)
        assert dialog.page.form.rows["measure"].missing.text() == "Say what is counted."

    def test_each_of_the_first_rows_says_what_it_becomes(self, dialog):
        say_measure(dialog.page)
        lines = {line.row: (line.text, line.accepted) for line in dialog.page.lines._lines}
        assert lines[2] == ("Instagram, Kent, 2018/19: 12 offences", True)
        assert lines[4][0].startswith("Snapchat, Essex, 2019/20: confidential")
        assert lines[5] == ("Nothing: no place called “Hants and IOW” is known.", False)
        assert lines[7] == ("'last year' is no period.", False)
        assert lines[8][0].startswith("Left out: “Total” adds up other rows")

    def test_a_name_is_given_its_place_or_left_out(self, qtbot, dialog, window):
        page = dialog.page
        say_measure(page)
        first, second = page.names.rows()
        assert first.name.label == "Hants and IOW"
        choose(first, first.pick.findData("?"))
        assert first.search.isVisible()
        first.search.list_matches("hampsh")
        found = first.search.listed_matches()
        assert found[0] == (HAMPSHIRE, "Hampshire (police force area)")
        first.search.match_chosen.emit(found[0][0])
        choose(second, second.pick.findData(LEAVE_OUT))
        page.preview_rows()
        assert page.recipe.rules.places == {"Hants and IOW": HAMPSHIRE}
        lines = {line.row: line.text for line in page.lines._lines}
        assert lines[5] == "Facebook, Hampshire, 2019/20: 7 offences"
        assert lines[6] == "Left out: “Somewhere else” is no place."
        press(qtbot, dialog, "Read the whole table")
        arrived(qtbot, window, CheckPage)
        assert [problem.row for problem in dialog.page.problems] == [7]

    def test_it_is_kept_and_known_from_then_on(self, qtbot, dialog, window, tmp_path):
        say_measure(dialog.page)
        first, second = dialog.page.names.rows()
        choose(first, first.pick.findData(LEAVE_OUT))
        choose(second, second.pick.findData(ESSEX))
        press(qtbot, dialog, "Read the whole table")
        arrived(qtbot, window, CheckPage)
        assert dialog.page.small.text() == "1 count is 1 to 4 and may tell of single people."
        dialog.page.small_choice.option_chosen.emit(PROTECT)
        press(qtbot, dialog, "Leave those rows out")
        arrived(qtbot, window, AboutPage)
        assert dialog.page.save.isChecked()
        press(qtbot, dialog, "Keep")
        kept(qtbot, window)
        mine = [one for one in window.store.library.figures(place=ESSEX) if one.pack == "reply"]
        assert {(one.platform, one.amount.status) for one in mine} == {
            ("snapchat", FigureStatus.CONFIDENTIAL),
            ("facebook", FigureStatus.CONFIDENTIAL),
        }
        saved, problems = read_recipes([tasks.own_recipes()])
        assert [recipe.name for recipe in saved] == ["reply"]
        assert problems == ()
        begun(qtbot, window, written(tmp_path, "next.csv", REPLY), CheckPage)
        assert [p.row for p in window.commands.imports.dialog.page.problems] == [7]

    def test_periods_across_can_be_chosen_and_ticked(self, qtbot, window, tmp_path):
        text = "Where,Q1 2019/20,Q2 2019/20,Remark\nKent,12,13,a\nEssex,4,5,b\n"
        dialog = begun(qtbot, window, written(tmp_path, "w.csv", text), MappingPage)
        form = dialog.page.form
        say_measure(dialog.page)
        assert [tick.words for tick in form._ticks] == ["B: Q1 2019/20", "C: Q2 2019/20"]
        form._ticks[0].click()
        dialog.page.preview_rows()
        assert dialog.page.recipe.columns.periods == ["Q2 2019/20"]
        assert dialog.page.lines._lines[0].text == "Kent, July to September 2019: 13 offences"
        form.options.option_chosen.emit("long")
        assert form.rows["amount"].isVisible()
        assert not form.rows["periods"].isVisible()

    def test_another_sheet_can_be_looked_at(self, qtbot, window, tmp_path):
        import xlsxwriter

        path = tmp_path / "two.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            for name, heads in (
                ("One", ("Where", "When", "Count", "More")),
                ("Two", ("Area x", "Time", "No")),
            ):
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, heads)
                sheet.write_row(1, 0, ("Kent", "2019/20", 7))
                sheet.write_row(2, 0, ("Essex", "2019/20", 8))
        dialog = begun(qtbot, window, path, MappingPage)
        assert dialog.page.sheet.isVisible()
        dialog.page.sheet.setCurrentIndex(1)
        dialog.page.sheet.activated.emit(1)
        qtbot.waitUntil(lambda: dialog.page.heads.cell_text(0, 0) == "Area x", timeout=30_000)
        assert dialog.page.recipe.sheets == "^Two$"
        assert dialog.page.form.picks["place"].currentText() == "A: Area x"


def say_measure(page: MappingPage) -> None:
    page.form.measure.match_chosen.emit("scc-offences")
    page.preview_rows()


class TestRefusals:
    """What cannot be imported says why, and changes nothing."""

    def test_a_street_file_says_its_sentence(self, qtbot, window, tmp_path):
        path = written(tmp_path, "street.csv", "Crime ID,LSOA code,Crime type\n1,E01,Burglary\n")
        dialog = begun(qtbot, window, path, RefusalPage)
        assert "no category for grooming offences" in dialog.page.sentence.text()
        assert labels(dialog) == ["Try another file…", "Close"]
        press(qtbot, dialog, "Close")
        kept(qtbot, window)
        assert own_packs(window) == []

    def test_a_shipped_packs_title_is_not_taken(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        press(qtbot, dialog, "Leave those rows out")
        shipped = next(s for s in window.store.library.packs() if s.shipped)
        dialog.page.fields["title"].setText(shipped.id)
        dialog.page.fields["title"].textEdited.emit(shipped.id)
        assert "comes with the program" in dialog.page.rows["title"].missing.text()
        press(qtbot, dialog, "Keep")
        assert isinstance(dialog.page, AboutPage)
        dialog.page.fields["title"].setText("Mine")
        dialog.page.fields["published"].setText("last July")
        dialog.page.fields["published"].textEdited.emit("last July")
        assert "as exactly as you know it" in dialog.page.rows["published"].missing.text()
        press(qtbot, dialog, "Keep")
        assert isinstance(dialog.page, AboutPage)

    def test_a_full_disk_loses_nothing(self, qtbot, window, tmp_path, monkeypatch):
        def full(*_args):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(tasks, "save_pack", full)
        dialog = begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        press(qtbot, dialog, "Leave those rows out")
        dialog.page.fields["title"].setText("Mine")
        press(qtbot, dialog, "Keep")
        arrived(qtbot, window, AboutPage)
        assert "No space left on device" in dialog.page.wrong.text()
        assert dialog.page.fields["title"].text() == "Mine"
        assert own_packs(window) == []

    def test_an_earlier_import_is_replaced_and_that_is_said(self, qtbot, window, tmp_path):
        path = written(tmp_path, "by-year.csv", WIDE)
        for version in ("1.0.0", "1.1.0"):
            dialog = begun(qtbot, window, path, CheckPage)
            press(qtbot, dialog, "Leave those rows out")
            replaces = "replaces" in dialog.page.becomes.text()
            press(qtbot, dialog, "Keep")
            kept(qtbot, window)
            state = next(s for s in window.store.library.packs() if not s.shipped)
            assert (state.version, replaces) == (version, version != "1.0.0")

    def test_a_broken_recipe_of_ones_own_is_told_of(self, qtbot, window, tmp_path):
        own = tasks.own_recipes()
        own.mkdir(parents=True)
        (own / "broken.toml").write_text("name = ", encoding="utf-8")
        begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        assert "broken.toml" in window.messages.text


class TestLeaving:
    """Cancel leaves nothing, and what comes late is dropped."""

    def test_cancel_while_reading_leaves_nothing(self, qtbot, window, tmp_path, monkeypatch):
        path = tmp_path / "prc-pfa.csv"
        home_office.write_csv(path, home_office.years(1, 2))

        def endless(*_given: object, watch: ReadProgress, **_more: object) -> None:
            while True:  # until the watch says to stop
                watch("2024_25", 1000)
                time.sleep(0.005)

        monkeypatch.setattr(wizard, "read_table", endless)
        window.commands.take_table(path)
        dialog = arrived(qtbot, window, WaitingPage)
        qtbot.waitUntil(lambda: dialog.heading.text() == "Reading the table", timeout=30_000)
        assert "rows" in dialog.page.progress_label.text()
        press(qtbot, dialog, "Cancel")
        kept(qtbot, window)
        window.commands.imports.work.wait_for_job()
        qtbot.wait(50)
        assert own_packs(window) == []
        assert window.commands.imports.dialog is None

    def test_escape_leaves_at_every_step(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "reply.csv", REPLY), MappingPage)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert isinstance(dialog.page, MappingPage)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        kept(qtbot, window)

    def test_it_cannot_be_left_while_it_is_kept(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "by-year.csv", WIDE), CheckPage)
        dialog._busy = True
        dialog.reject()
        assert dialog.result() != QDialog.DialogCode.Accepted
        assert dialog.isVisible()
        dialog._busy = False

    def test_problems_are_written_as_text(self, qtbot, window, tmp_path):
        text = REPLY.replace("Somewhere else", "=1+1")
        dialog = begun(qtbot, window, written(tmp_path, "=cmd.csv", text), MappingPage)
        say_measure(dialog.page)
        press(qtbot, dialog, "Read the whole table")
        arrived(qtbot, window, CheckPage)
        out = tmp_path / "problems.csv"
        assert dialog.write_problems(out) == f"Saved: {out}"
        lines = out.read_text("utf-8-sig").splitlines()
        assert lines[0] == "Where,Row,Column,What is wrong,How to mend it"
        assert all(line.startswith("'=cmd.csv") for line in lines[1:])
        assert "was not saved" in dialog.write_problems(tmp_path / "nowhere" / "p.csv")


class TestLook:
    """By keyboard, in every size."""

    def test_tab_goes_through_the_form_as_it_stands(self, qtbot, window, tmp_path):
        dialog = begun(qtbot, window, written(tmp_path, "reply.csv", REPLY), MappingPage)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        chain = tab_stops(dialog.page)
        assert all(one.accessibleName() for one in chain)
        form = dialog.page.form
        assert chain.index(form.picks["place"]) < chain.index(form.picks["period"])
        assert chain.index(form.picks["measure"]) + 1 == chain.index(form.measure)
        chain[0].setFocus()
        reached = [chain[0]]
        while getattr(reached[-1], "label", "") != "Cancel" and len(reached) < 40:
            qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
            reached.append(QApplication.focusWidget())
        # Of words that exclude each other the tab key reaches one, and the arrows the others.
        assert reached[:-1] == tab_stops(dialog.page)
        qtbot.keyClick(reached[-1], Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is reached[-2]

    @pytest.mark.slow
    @pytest.mark.parametrize("steps", [0, 4])
    def test_it_fits_a_small_window(self, qtbot, window, tmp_path, steps):
        window.resize(1024, 640)
        for _ in range(steps):
            window.choose_scale(1)
        dialog = begun(qtbot, window, written(tmp_path, "reply.csv", REPLY), MappingPage)
        assert dialog.width() <= 1024
        assert dialog.height() <= 640
        right = dialog.buttons.rect()
        for one in dialog.buttons.findChildren(WordButton):
            assert right.contains(one.geometry())
            assert one.width() >= one.natural_width()
        assert dialog.page.width() <= dialog._room.viewport().width()

    @pytest.mark.slow
    @pytest.mark.parametrize("theme", [DARK, CONTRAST])
    def test_it_wears_the_theme(self, qtbot, window, tmp_path, theme):
        window.choose_theme(theme.name)
        dialog = begun(qtbot, window, written(tmp_path, "reply.csv", REPLY), MappingPage)
        assert dialog.grab().toImage().pixelColor(2, 2).name().upper() == theme.panel

    def test_a_dropped_table_is_imported(self, qtbot, window, tmp_path):
        path = written(tmp_path, "by-year.csv", WIDE)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        # A drop is taken only after the window has said of the same thing that it may be.
        QApplication.sendEvent(window, entering(QPoint(5, 5), *how))
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how))
        assert arrived(qtbot, window, CheckPage).file.text() == "by-year.csv"

    def test_the_menu_asks_for_a_file(self, qtbot, window, tmp_path, monkeypatch):
        path = written(tmp_path, "by-year.csv", WIDE)
        monkeypatch.setattr(controller.QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        window.actions_.action_for("import").trigger()
        arrived(qtbot, window, CheckPage)

    def test_a_new_template_is_written_by_the_menu(self, window, tmp_path, monkeypatch):
        path = tmp_path / "mine"
        monkeypatch.setattr(controller.QFileDialog, "getSaveFileName", lambda *_: (str(path), "CSV (*.csv)"))
        window.actions_.action_for("template").trigger()
        assert (tmp_path / "mine.csv").is_file()
        assert "Saved" in window.messages.text
        path = tmp_path / "nowhere" / "mine.xlsx"
        monkeypatch.setattr(controller.QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        window.actions_.action_for("template").trigger()
        assert "was not saved" in window.messages.text
