"""Pages of the shipped evidence: what each place shows, says and refuses to show."""

import re
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.evidence.model import Weight
from explorer.pages.answer import answer
from explorer.pages.chart import ChartKind, Fill, Shape
from explorer.pages.question import Question, Style, View

CAMBRIDGESHIRE, EAST, UK = "E23000023", "E12000006", "K02000001"
PETERBOROUGH, NORFOLK = "E06000031", "E23000024"


def page(library, place, chart=ChartKind.TREND, **more):
    return answer(library, Question(place=place, chart=chart, **more))


def data(page_):
    return [datum for series in page_.chart.series for datum in series.data]


def test_cambridgeshire_over_time(library):
    shown = page(library, CAMBRIDGESHIRE)
    assert shown.chart.title == "Recorded offences rose each year"
    assert [datum.value for datum in data(shown)] == [66, 71, 77, 22]
    assert {figure.locator for figure in shown.drawn} == {"paragraph 5"}
    assert any("does not mean more abuse" in note for note in shown.chart.notes)
    assert "paragraph 5" in shown.chart.source_line


def test_a_quarter_is_never_drawn_as_a_year(library):
    *years, quarter = data(page(library, CAMBRIDGESHIRE))
    assert quarter.fill is Fill.PART
    assert {year.fill for year in years} == {Fill.SOLID}
    assert (quarter.end - quarter.start) * 3 < years[0].end - years[0].start
    assert years[-1].end < quarter.start


def test_a_quarter_is_not_joined_to_the_years_before(library):
    shown = page(library, CAMBRIDGESHIRE, style=Style.LINE)
    assert shown.chart.shape is Shape.LINES
    assert [datum.joined for datum in data(shown)] == [False, True, True, False]


def test_an_average_quarter_stands_beside_the_quarter(seed_library):
    (rule,) = page(seed_library, CAMBRIDGESHIRE).chart.rules
    assert rule.value == 19.25
    assert rule.label == "19.25: average quarter of 2019/20"


def test_at_least_looks_and_reads_differently_from_exact(seed_library):
    (uk,), (east,) = data(page(seed_library, UK)), data(page(seed_library, EAST))
    assert (uk.fill, uk.label, uk.value) == (Fill.OPEN_ENDED, "at least 1,200", 1200)
    assert (east.fill, east.label) == (Fill.SOLID, "114")
    assert page(seed_library, UK).chart.title.startswith("At least 1,200")


def test_platform_shares_name_their_base(seed_library):
    shown = page(seed_library, EAST, ChartKind.PLATFORMS)
    assert [(d.value, d.label) for d in data(shown)] == [(36, "36%"), (52, "52%")]
    assert any(note.startswith("Share of the 114 recorded offences") for note in shown.chart.notes)
    assert any("platform was recorded" in note for note in shown.chart.notes)
    assert any("not to be added up" in note for note in shown.chart.notes)


def test_the_shift_from_29_to_37(seed_library):
    shown = page(seed_library, UK, ChartKind.SHIFT)
    assert [datum.value for datum in data(shown)] == [29, 37]
    assert shown.chart.title == "Instagram's share rose from 29% to 37%"
    (difference,) = [w for w in shown.workings if "percentage points" in w.text]
    assert (difference.amount, difference.low, difference.high) == ("+8 points", "+7 points", "+9 points")
    assert "differ in length" in " ".join(shown.chart.notes)


def test_the_east_of_england_beside_the_uk(seed_library):
    shown = page(seed_library, EAST, ChartKind.COMPARE)
    labels = {datum.name: datum.label for datum in data(shown)}
    assert labels["Instagram, United Kingdom, April to June 2020: 37% of offences (36.5% to 37.5%)"]
    missing = [datum for datum in data(shown) if datum.value is None]
    assert [(d.fill, d.figure) for d in missing] == [(Fill.MISSING, "")]
    assert "no share is printed" in missing[0].name


def test_worked_out_figures_of_the_east(seed_library):
    texts = [w.text for w in page(seed_library, EAST, ChartKind.PLATFORMS).workings]
    assert "Instagram: 36% of 114 offences can only be 41 offences." in texts
    assert "Facebook-owned apps: 52% of 114 offences can only be 59 offences." in texts
    caveats = {w.caveat for w in page(seed_library, EAST, ChartKind.PLATFORMS).workings}
    assert all("platform was recorded" in caveat for caveat in caveats)


def test_worked_out_figures_of_cambridgeshire(seed_library):
    texts = " ".join(w.text for w in page(seed_library, CAMBRIDGESHIRE).workings)
    for part in ("+5 offences", "+6 offences", "+7.6%", "+8.5%", "against 19.25 in an average quarter"):
        assert part in texts


def test_at_least_439(seed_library):
    (implied,) = [w for w in page(seed_library, UK).workings if "439" in w.text]
    assert implied.text == "Instagram: 37% of at least 1,200 offences is at least 439 offences."
    assert (implied.low, implied.high) == ("439", "")


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
    assert "No platform share is printed for Cambridgeshire" in shown.notice
    assert "East of England" in shown.notice
    assert shown.question.chart is ChartKind.PLATFORMS
    closed = {choice.id: choice.why_not for choice in shown.charts}
    assert closed["platforms"]
    assert not closed["trend"]


def test_an_unknown_place_is_said(library):
    assert "X99" in page(library, "X99").notice


def test_the_selected_figure_has_its_card(library):
    shown = page(library, UK, figure="lockdown-2020/uk-offences-2020-q1")
    facts = {fact.label: fact.text for fact in shown.card.facts}
    assert facts["Printed as"] == "“more than 1200”"
    assert facts["Where"] == "Paragraph 2"
    assert facts["Forces responding"].startswith("38 police forces")
    assert facts["Can stand for"] == "1,201 or more"
    assert any("England and Wales" in remark.text for remark in shown.card.remarks)
    assert "Peterborough Telegraph" in shown.card.citation


def test_six_demands_in_order(seed_library):
    shown = page(seed_library, UK)
    assert [demand.number for demand in shown.demands] == [1, 2, 3, 4, 5, 6]
    assert all("Online Harms Bill" in demand.addressed_to for demand in shown.demands)
    assert all(demand.links for demand in shown.demands)
    assert not any("“" in demand.text for demand in shown.demands if not demand.verbatim)


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
        "instagram-in-peterborough": Weight.NOT_SHOWN,
        "instagram-most-used": Weight.NOT_SHOWN,
        "instagram-rising": Weight.SUPPORTED,
        "third-rise": Weight.PARTLY,
        "mirrors-national": Weight.NOT_SHOWN,
        "surge": Weight.NOT_SHOWN,
        "white-paper-date": Weight.CONTRADICTED,
        "response-signed-off": Weight.NOT_SHOWN,
    }
    assert all(verdict.reason for verdict in page(seed_library, UK).claims)


def test_a_changed_figure_changes_the_verdict_on_the_page(tmp_path):
    """From the file to the screen: Cambridgeshire's middle year is raised, and the rise is one and a fall."""
    import shutil

    from explorer import paths
    from explorer.packs.library import Library
    from explorer.packs.read import read_places
    from explorer.packs.seal import seal

    shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / "lockdown-2020")
    figures = tmp_path / "lockdown-2020" / "figures.csv"
    figures.write_text(figures.read_text().replace(",71,exact,,,,71,", ",91,exact,,,,91,"))
    seal(tmp_path / "lockdown-2020")
    changed = Library.open(None, read_places(paths.places_folder()))
    changed.load_shipped(tmp_path)
    (verdict,) = [v for v in page(changed, CAMBRIDGESHIRE).claims if v.id.endswith("third-rise")]
    assert verdict.weight is Weight.CONTRADICTED
    assert "91" in verdict.reason
    assert page(changed, CAMBRIDGESHIRE).chart.title != "Recorded offences rose each year"
    changed.close()


def test_the_same_figures_in_two_packs_are_drawn_once(tmp_path):
    import shutil

    from explorer import paths
    from explorer.packs.library import Library
    from explorer.packs.read import read_places
    from explorer.packs.seal import seal

    for name in ("lockdown-2020", "a-copy"):
        shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / name)
    descriptor = tmp_path / "a-copy" / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"name": "lockdown-2020"', '"name": "a-copy"'))
    seal(tmp_path / "a-copy")
    twice = Library.open(None, read_places(paths.places_folder()))
    twice.load_shipped(tmp_path)
    assert not any(state.problems for state in twice.packs())
    shown = page(twice, CAMBRIDGESHIRE)
    assert [datum.value for datum in data(shown)] == [66, 71, 77, 22]
    assert shown.chart.title == "Recorded offences rose each year"
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
    shipped = {
        f.id: f.amount.number
        for code in seed_library.figure_counts()
        for f in seed_library.figures(place=code)
    }
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
    from explorer import paths
    from explorer.packs.library import Library
    from explorer.packs.read import read_places

    empty = Library.open(None, read_places(paths.places_folder()))
    shown = page(empty, CAMBRIDGESHIRE)
    assert shown.chart.series == ()
    assert "list of packs" in shown.chart.empty
    assert shown.card is None
    empty.close()


@settings(
    max_examples=60,
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
        view=View.TABLE,
    )
    first = answer(library, question)
    assert first == answer(library, Question.from_json(question.to_json()))
    assert first.question == question
