"""Pages of the shipped evidence: what each place shows, says and refuses to show."""

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from explorer.evidence.model import Verdict
from explorer.pages.model.chart import ChartKind, ChartShape, MarkFill
from explorer.pages.model.question import PageView, Question, TrendStyle
from explorer.pages.page_builder import answer
from tests.run_sizes import scale_examples

CAMBRIDGESHIRE, EAST, UK = "E23000023", "E12000006", "K02000001"
PETERBOROUGH, NORFOLK, HAMPSHIRE = "E06000031", "E23000024", "E23000030"


def page(library, place, chart=ChartKind.TREND, **more):
    return answer(library, Question(place=place, chart=chart, **more))


def data(page_):
    return [datum for series in page_.chart.series for datum in series.data]


def test_cambridgeshire_over_time(library):
    shown = page(library, CAMBRIDGESHIRE, measure="scc-offences")
    assert shown.chart.title == "Cambridgeshire: 66 to 77 offences a year, no clear change"
    assert shown.chart.notes[0].endswith("as far in 40% of cases (p = 0.40).")
    assert [datum.value for datum in data(shown)] == [66, 71, 77, 22]
    assert {figure.locator for figure in shown.drawn} == {"paragraph 5"}
    assert any("does not mean more abuse" in note for note in shown.chart.notes)
    assert "paragraph 5" in shown.chart.source_line


def test_a_place_opens_on_the_measure_of_the_most_whole_years(library):
    shown = page(library, CAMBRIDGESHIRE)
    assert {figure.measure for figure in shown.drawn} == {"ho-88a"}
    years = {figure.period.label: figure.amount.number for figure in shown.drawn}
    assert len(years) == 14
    assert (years["2017/18"], years["2024/25"]) == (71, 147)
    assert shown.chart.title == "Cambridgeshire: up from 71 to 147 offences since 2017/18"
    assert any(note.startswith("No line runs where coverage changes: Section 15A") for note in shown.chart.notes)


def test_a_quarter_is_never_drawn_as_a_year(library):
    *years, quarter = data(page(library, CAMBRIDGESHIRE, measure="scc-offences"))
    assert quarter.fill is MarkFill.PART
    assert {year.fill for year in years} == {MarkFill.SOLID}
    assert (quarter.end - quarter.start) * 3 < years[0].end - years[0].start
    assert years[-1].end < quarter.start


def test_a_quarter_is_not_joined_to_the_years_before(library):
    shown = page(library, CAMBRIDGESHIRE, measure="scc-offences", style=TrendStyle.LINE)
    assert shown.chart.shape is ChartShape.LINES
    assert [datum.joined for datum in data(shown)] == [False, True, True, False]


def test_an_average_quarter_stands_beside_the_quarter(seed_library):
    (rule,) = page(seed_library, CAMBRIDGESHIRE).chart.rules
    assert rule.value == 19.25
    assert rule.label == "19.25: average quarter of 2019/20"


def test_at_least_looks_and_reads_differently_from_exact(library):
    shown = page(library, HAMPSHIRE, measure="scc-offences")
    (least,) = [datum for datum in data(shown) if datum.figure == "nspcc-2025/hampshire-offences-2024-25"]
    assert (least.fill, least.label, least.value) == (MarkFill.OPEN_ENDED, "at least 200", 200)
    exact, *_ = data(page(library, CAMBRIDGESHIRE, measure="scc-offences"))
    assert (exact.fill, exact.label) == (MarkFill.SOLID, "66")


def test_what_is_in_doubt_looks_and_reads_differently_from_the_rest(seed_library):
    (uk,), (east,) = data(page(seed_library, UK)), data(page(seed_library, EAST))
    assert (uk.fill, uk.label, uk.value) == (MarkFill.HOLLOW, "at least 1,200 in doubt", 1200)
    assert (east.fill, east.label, east.value) == (MarkFill.HOLLOW, "114 in doubt", 114)
    assert page(seed_library, UK).chart.title == "United Kingdom: at least 1,200 offences, in doubt"
    assert page(seed_library, EAST).chart.title == "East of England: 114 offences in Apr-Jun 2020, in doubt"
    for code in (UK, EAST):
        assert any(", Apr-Jun 2020, is in doubt: " in note for note in page(seed_library, code).chart.notes)


def test_platform_shares_name_their_base(seed_library):
    shown = page(seed_library, EAST, ChartKind.PLATFORMS)
    assert [(d.value, d.label) for d in data(shown)] == [(36, "36% in doubt"), (52, "52% in doubt")]
    assert shown.chart.title == "East of England: Instagram 36%, in doubt, of recorded offences"
    assert any(note.startswith("Share of the 114 recorded offences") for note in shown.chart.notes)
    assert any("platform was recorded" in note for note in shown.chart.notes)
    assert any("not to be added up" in note for note in shown.chart.notes)


def test_no_shift_is_worked_out_between_29_and_37_which_are_in_doubt(seed_library):
    shown = page(seed_library, UK, ChartKind.SHIFT)
    assert [datum.value for datum in data(shown)] == [29, 37]
    assert {datum.fill for datum in data(shown)} == {MarkFill.HOLLOW}
    assert shown.chart.title == "Instagram 29%, then 37%, in doubt, of recorded offences"
    assert shown.workings == ()
    notes = " ".join(shown.chart.notes)
    assert "differ in length" in notes
    assert "Which police forces are counted is not known for every period" in notes
    for period in ("Apr 2017-Mar 2020", "Apr-Jun 2020"):
        assert f"United Kingdom, {period}, is in doubt: NSPCC's own page gives this for England" in notes


def test_the_east_of_england_beside_the_uk(seed_library):
    shown = page(seed_library, EAST, ChartKind.COMPARE)
    labels = {datum.name: datum.label for datum in data(shown)}
    uk = (
        "Instagram, United Kingdom, April to June 2020: 37% of the total of recorded offences, "
        "as the article prints it (36.5% to 37.5%); in doubt"
    )
    assert labels[uk] == "37% in doubt  United Kingdom"
    assert shown.chart.title == "East of England: shares in doubt or missing"
    missing = [datum for datum in data(shown) if datum.value is None]
    assert [(d.fill, d.figure) for d in missing] == [(MarkFill.MISSING, "")]
    assert missing[0].name == "Facebook-owned apps, United Kingdom: we hold no share"


def test_nothing_is_worked_out_of_what_is_in_doubt(seed_library):
    """36% and 52% of 114 would be 41 and 59, 37% of at least 1,200 at least 439: of an uncertain place."""
    for code in (EAST, UK):
        for kind in ChartKind:
            shown = page(seed_library, code, kind)
            if shown.place.code == code:
                assert shown.workings == ()
                assert all(figure.in_doubt is not None for figure in shown.drawn if figure.place == code)


def test_worked_out_figures_of_cambridgeshire(seed_library):
    texts = " ".join(w.text for w in page(seed_library, CAMBRIDGESHIRE).workings)
    for part in (
        "5 more offences recorded in 2018/19 than in 2017/18",
        "6 more offences recorded in 2019/20 than in 2018/19",
        "a rise of 8% in offences recorded from 2017/18 to 2018/19",
        "a rise of 8% in offences recorded from 2018/19 to 2019/20",
        "a rise of 17% in offences recorded from 2017/18 to 2019/20",
        "22 offences recorded in April to June 2020, where an average quarter of 2019/20 has 19.25",
    ):
        assert f"Cambridgeshire: {part}." in texts
    caveats = [w.caveat for w in page(seed_library, CAMBRIDGESHIRE).workings]
    assert len(caveats) == 7
    assert all(caveat.startswith("No clear change: chance alone could make it.") for caveat in caveats)


def test_peterborough_is_kept_as_asked_and_says_why_its_force_is_shown(library):
    shown = page(library, PETERBOROUGH)
    assert (shown.asked.name, shown.place.name) == ("Peterborough", "Cambridgeshire")
    assert "local authority in the Cambridgeshire police force area" in shown.notice
    assert [crumb.name for crumb in shown.crumbs][-1] == "Peterborough"


def test_a_force_without_figures_shows_the_region_and_says_so(seed_library):
    shown = page(seed_library, NORFOLK)
    assert shown.place.code == EAST
    assert "Norfolk" in shown.notice


def test_a_regions_shares_never_stand_in_for_a_forces(seed_library):
    shown = page(seed_library, CAMBRIDGESHIRE, ChartKind.PLATFORMS)
    assert shown.place.code == CAMBRIDGESHIRE
    assert shown.chart.kind is ChartKind.TREND
    assert shown.notice == (
        "We hold no platform share of Cambridgeshire. The nearest are those of the East of England. “Trend” is shown."
    )
    assert shown.replaced == ("chart",)
    assert shown.question.chart is ChartKind.PLATFORMS
    closed = {choice.id: choice.why_not for choice in shown.charts}
    assert closed["platforms"]
    assert not closed["trend"]


def test_an_unknown_place_is_said(library):
    assert "X99" in page(library, "X99").notice


def test_the_selected_figure_has_its_card(library):
    shown = page(library, UK, figure="lockdown-2020/uk-offences-2020-q1")
    facts = {fact.label: fact.text for fact in shown.card.facts}
    assert facts["As published"] == "“more than 1200”"
    assert facts["Whose number"] == "NSPCC, reported by Peterborough Telegraph"
    assert facts["Kind of source"] == "A press report of another's figures"
    assert facts["In doubt"] == "Place: NSPCC's own page gives this for England and Wales, and not for the UK."
    assert facts["Where"] == "Paragraph 2"
    assert facts["Forces responding"].startswith("38 police forces")
    assert facts["Can stand for"] == "1,201 or more"
    assert any("England and Wales" in remark.text for remark in shown.card.remarks)
    assert "Peterborough Telegraph" in shown.card.citation


def test_seven_demands_in_order_and_to_the_letter(seed_library):
    shown = page(seed_library, UK)
    assert [demand.number for demand in shown.demands] == [1, 2, 3, 4, 5, 6, 7]
    *bill, last = shown.demands
    assert all("Online Harms Bill" in demand.addressed_to for demand in bill)
    assert last.addressed_to == "Prime Minister Boris Johnson"
    assert all(demand.links for demand in shown.demands)
    assert all(demand.verbatim for demand in shown.demands)
    assert all(d.text.startswith("“") and d.text.endswith("”") for d in shown.demands)
    assert bill[0].text == "“Create an expansive, principles-based duty of care”"
    assert last.text.startswith("“get tough on tech firms that fail to do enough")


def test_quotes_are_set_in_quotation_marks_to_the_letter(seed_library):
    first = page(seed_library, UK).voices[0]
    assert first.text.startswith("“Families have long paid the price for big tech’s failure")
    assert first.text.endswith("they created.”")
    assert (first.speaker, first.detail) == ("Peter Wanless", "Chief Executive, NSPCC")


def test_voices_by_speaker_and_words(library):
    assert {v.speaker for v in page(library, UK, speaker="Simon Bailey").voices} == {"Simon Bailey"}
    assert len(page(library, UK, words="white paper regulation").voices) == 1
    nothing = page(library, UK, words="zebra")
    assert nothing.voices == ()
    assert "“zebra”" in nothing.voices_empty


def test_claims_have_verdicts_and_reasons(seed_library):
    weights = {v.id.split("/")[1]: v.weight for v in page(seed_library, UK, everywhere=True).claims}
    assert weights == {
        "instagram-in-peterborough": Verdict.NOT_SHOWN,
        "instagram-most-used": Verdict.CANNOT_JUDGE,
        "instagram-rising": Verdict.CANNOT_JUDGE,
        "third-rise": Verdict.NOT_SHOWN,
        "mirrors-national": Verdict.NOT_SHOWN,
        "surge": Verdict.NOT_SHOWN,
        "white-paper-date": Verdict.CONTRADICTED,
        "response-signed-off": Verdict.NOT_SHOWN,
        "more-at-school": Verdict.NOT_SHOWN,
        "duty-of-care": Verdict.NOT_SHOWN,
    }
    assert all(verdict.reason for verdict in page(seed_library, UK).claims)


def test_a_changed_figure_changes_the_verdict_on_the_page(seed_library, tmp_path):
    """From the file to the screen: Cambridgeshire's middle year is raised, and the rise is one and a fall."""
    import shutil

    from explorer.library.library import Library
    from explorer.packs.reader import read_places
    from explorer.packs.seal import seal_pack
    from explorer.support import paths

    shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / "lockdown-2020")
    figures = tmp_path / "lockdown-2020" / "figures.csv"
    figures.write_text(figures.read_text().replace(",71,exact,,,,71,", ",91,exact,,,,91,"))
    seal_pack(tmp_path / "lockdown-2020")
    changed = Library.open(None, read_places(paths.places_folder()))
    changed.loader.load_shipped(tmp_path)
    (reason,) = [v.reason for v in page(seed_library, CAMBRIDGESHIRE).claims if v.id.endswith("third-rise")]
    (verdict,) = [v for v in page(changed, CAMBRIDGESHIRE).claims if v.id.endswith("third-rise")]
    assert verdict.weight is Verdict.CONTRADICTED
    assert "91" in verdict.reason
    assert verdict.reason != reason
    assert [datum.value for datum in data(page(changed, CAMBRIDGESHIRE))] == [66, 91, 77, 22]
    changed.close()


def test_the_same_figures_in_two_packs_are_drawn_once(tmp_path):
    import shutil

    from explorer.library.library import Library
    from explorer.packs.reader import read_places
    from explorer.packs.seal import seal_pack
    from explorer.support import paths

    for name in ("lockdown-2020", "a-copy"):
        shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / name)
    descriptor = tmp_path / "a-copy" / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"name": "lockdown-2020"', '"name": "a-copy"'))
    seal_pack(tmp_path / "a-copy")
    twice = Library.open(None, read_places(paths.places_folder()))
    twice.loader.load_shipped(tmp_path)
    assert not any(state.problems for state in twice.packs())
    shown = page(twice, CAMBRIDGESHIRE)
    assert [datum.value for datum in data(shown)] == [66, 71, 77, 22]
    assert shown.chart.title == "Cambridgeshire: 66 to 77 offences a year, no clear change"
    assert len(shown.chart.rules) == 1
    twice.close()


def test_every_figure_of_the_article_is_on_some_page_as_the_pack_has_it(seed_library):
    """Every figure of every pack is held against its own row in ``test_record``."""
    seen = {}
    for code in seed_library.figure_counts():
        for kind in ChartKind:
            shown = page(seed_library, code, kind)
            if shown.chart.kind is ChartKind.MAP:
                continue
            for figure, datum in zip(shown.drawn, _by_figure(shown), strict=True):
                seen[figure.id] = (figure.amount.number, datum.value)
    shipped = {f.id: f.amount.number for code in seed_library.figure_counts() for f in seed_library.figures(place=code)}
    assert seen.keys() == shipped.keys()
    for figure, (number, drawn) in seen.items():
        assert number == shipped[figure] == Decimal(repr(drawn))


def _by_figure(shown):
    by_id = {datum.figure: datum for datum in data(shown)}
    return [by_id[figure.id] for figure in shown.drawn]


def every_page(library):
    for place in library.places:
        for kind in ChartKind:
            yield page(library, place.code, kind)


@pytest.mark.slow
def test_every_page_keeps_the_house_style(library):
    for shown in every_page(library):
        chart = shown.chart
        assert len(chart.title.split()) <= 10, chart.title
        assert "!" not in chart.title + chart.subtitle + " ".join(chart.notes)
        assert chart.alt_text
        if chart.series:
            assert chart.source_line.startswith("Source: ")
            assert chart.values.low == 0
            assert all((d.value or 0) <= chart.values.high for d in data(shown))
            assert all(chart.categories.low <= d.start <= d.end <= chart.categories.high for d in data(shown))
        assert not re.search(r"\bcases of abuse\b", shown.chart.alt_text)


def test_a_library_without_packs_says_what_to_do():
    from explorer.library.library import Library
    from explorer.packs.reader import read_places
    from explorer.support import paths

    empty = Library.open(None, read_places(paths.places_folder()))
    shown = page(empty, CAMBRIDGESHIRE)
    assert shown.chart.series == ()
    assert "list of packs" in shown.chart.empty
    assert shown.card is None
    empty.close()


@settings(
    max_examples=scale_examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(
    st.sampled_from([CAMBRIDGESHIRE, EAST, UK, PETERBOROUGH, NORFOLK, "PSNI", "nowhere", ""]),
    st.sampled_from(ChartKind),
    st.lists(st.sampled_from([CAMBRIDGESHIRE, EAST, UK, "nowhere"]), max_size=3),
    st.sampled_from(["", "scc-offences", "scc-platform-share", "unheard of"]),
    st.sampled_from(["", "lockdown-2020/uk-offences-2020-q1", "gone"]),
)
def test_any_question_has_an_answer_and_always_the_same(library, place, chart, beside, measure, figure):
    question = Question(
        place=place,
        chart=chart,
        beside=tuple(beside),
        measure=measure,
        figure=figure,
        view=PageView.TABLE,
    )
    first = answer(library, question)
    assert first == answer(library, Question.from_json(question.to_json()))
    assert first.question == question
