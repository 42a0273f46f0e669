"""What the review says of figures and sources: what is in doubt, whose numbers they are, what is left out."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

import pytest

from explorer.evidence.model import Figure, InDoubt, Pack, SourceKind, VoiceKind
from explorer.evidence.periods import parse_period
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import read_pack
from explorer.support import paths

RESEARCH = paths.packs_folder().parent / "research"
OTHERS = {"home-office-88a", "home-office-classes", "population-mid-year"}
"""Packs of official tables, which have reviews of their own."""
WELSH = ("W15000001", "W15000002", "W15000003", "W15000004")
PLACE = """
lockdown-2020/uk-offences-2020-q1
lockdown-2020/uk-instagram-2020-q1
lockdown-2020/uk-instagram-2017-2020
lockdown-2020/east-offences-2020-q1
lockdown-2020/east-instagram-2020-q1
lockdown-2020/east-facebook-owned-2020-q1
nspcc-2020/south-east-offences-2020-q1
nspcc-2020/south-east-instagram-share-2020-q1
nspcc-2025/west-yorkshire-offences-2024-25
press-further/london-image-crimes-2023-24
"""
PERIOD = """
force-replies/south-yorkshire-instagram-offences-2020-21
force-replies/south-yorkshire-facebook-offences-2020-21
force-replies/south-yorkshire-snapchat-offences-2020-21
force-replies/south-yorkshire-whatsapp-offences-2020-21
force-replies/south-yorkshire-twitter-offences-2020-21
press-further/cumbria-88a-2017-18-april-to-december
press-further/leicestershire-facebook-owned-or-snapchat-share-2018-19
press-further/sussex-meeting-2012-to-february-2017
press-further/suffolk-offences-2018-19
press-further/hampshire-88a-2016-17
press-further/dyfed-powys-meeting-2011-2015
press-further/south-wales-meeting-2011-2015
press-further/gwent-meeting-2011-2015
press-further/north-wales-meeting-2011-2015
press-further/wales-meeting-2011-2015
"""
COMPLETENESS = """
nspcc-2018/england-and-wales-offences-2017-18-april-to-december
nspcc-2018/england-and-wales-platform-recorded-2017-18-april-to-december
nspcc-2018/wales-offences-2017-18-april-to-december
nspcc-2018/south-wales-offences-2017-18-april-to-december
nspcc-2018/dyfed-powys-offences-2017-18-april-to-december
nspcc-2018/dyfed-powys-offences-2017-18
nspcc-2018/dyfed-powys-facebook-instagram-or-snapchat-offences-2017-18
nspcc-2018/wales-offences-2017-18
nspcc-2018/wales-facebook-instagram-or-snapchat-offences-2017-18
nspcc-2018/wales-victims-12-to-15-2017-18
nspcc-2018/wales-victims-11-and-under-2017-18
nspcc-2018/wales-platforms-named-2017-18
nspcc-2019/lancashire-offences-2017-18-lancaster-citizen-2019-09
nspcc-2019/lancashire-facebook-offences-2017-18
nspcc-2019/lancashire-snapchat-offences-2017-18
nspcc-2019/lancashire-instagram-offences-2017-18
nspcc-2019/lancashire-whatsapp-offences-2017-18
nspcc-2021/lancashire-girls-under-11-2020-21-july-to-march
nspcc-2023/hampshire-offences-2017-2023
nspcc-2023/yorkshire-and-the-humber-offences-2017-2023
nspcc-2025/uk-facebook-and-instagram-share-2024-25
press-further/durham-online-flag-2015-16
press-further/norfolk-meeting-2016-17
press-further/hertfordshire-online-flag-2017-18
press-further/wiltshire-online-flag-2018-19-salisbury-journal-2019
press-further/wales-online-flag-2018-19
"""
DOUBTED = {
    **dict.fromkeys(PLACE.split(), InDoubt.PLACE),
    **dict.fromkeys(PERIOD.split(), InDoubt.PERIOD),
    **dict.fromkeys(COMPLETENESS.split(), InDoubt.COMPLETENESS),
}


def rows(name: str) -> list[dict[str, str]]:
    with (RESEARCH / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def packs(places: PlaceTree) -> dict[str, Pack]:
    folders = sorted(folder for folder in paths.packs_folder().iterdir() if folder.is_dir())
    return {folder.name: read_pack(folder, places) for folder in folders if folder.name not in OTHERS}


@pytest.fixture(scope="module")
def figures(packs: dict[str, Pack]) -> dict[str, Figure]:
    return {figure.id: figure for pack in packs.values() for figure in pack.figures}


def test_the_figures_in_doubt_are_these_and_no_others(figures: dict[str, Figure]) -> None:
    assert {name: figure.in_doubt for name, figure in figures.items() if figure.in_doubt} == DOUBTED


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nspcc-2019/lancashire-offences-2017-18-lancaster-citizen-2019-09", ("345", "170", "175")),
        ("nspcc-2025/west-yorkshire-offences-2024-25", ("South Yorkshire", "147")),
        ("lockdown-2020/east-offences-2020-q1", ("Surrey, Sussex and Kent",)),
        ("lockdown-2020/east-instagram-2020-q1", ("Surrey, Sussex and Kent",)),
        ("lockdown-2020/east-facebook-owned-2020-q1", ("Surrey, Sussex and Kent",)),
        ("nspcc-2020/south-east-offences-2020-q1", ("East of England",)),
        ("nspcc-2020/south-east-instagram-share-2020-q1", ("East of England", "Sussex")),
        ("nspcc-2023/hampshire-offences-2017-2023", ("2021/22",)),
        ("nspcc-2018/dyfed-powys-offences-2017-18", ("six months",)),
        ("nspcc-2018/wales-offences-2017-18", ("Dyfed-Powys", "six months")),
        ("nspcc-2025/uk-facebook-and-instagram-share-2024-25", ("9%", "each")),
    ],
)
def test_a_doubt_says_why(figures: dict[str, Figure], name: str, said: tuple[str, ...]) -> None:
    assert all(words in figures[name].doubt for words in said)


def test_doubts_are_short_sentences(figures: dict[str, Figure]) -> None:
    for name in DOUBTED:
        doubt = figures[name].doubt
        assert doubt.endswith(".")
        assert len(doubt) < 150, name
        assert "printed" not in doubt


def test_a_source_says_whose_numbers_it_reports(packs: dict[str, Pack]) -> None:
    """A report of a release of NSPCC has NSPCC as its origin; what is the publisher's own has none."""
    for name, pack in packs.items():
        for source in pack.sources:
            own = source.kind in {SourceKind.RELEASE, SourceKind.OFFICIAL, SourceKind.REPLY}
            assert not (own and source.origin), source.id
            assert source.origin != source.publisher
            if name.startswith("nspcc-") and not own:
                assert source.origin == "NSPCC", source.id
    lockdown = {source.id.split("/")[1]: source.origin for source in packs["lockdown-2020"].sources}
    assert lockdown["peterborough-telegraph"] == lockdown["greatest-hits-sussex"] == "NSPCC"
    assert lockdown["nspcc-lockdown"] == lockdown["white-paper-page"] == ""


def test_a_further_report_says_whose_numbers_it_has_or_that_it_is_not_known(packs: dict[str, Pack]) -> None:
    for source in packs["press-further"].sources:
        assert bool(source.origin) != ("Whose numbers these are is not recorded here." in source.note)
    assert Counter(source.origin for source in packs["press-further"].sources)["NSPCC"] == 27


def test_a_forces_answer_is_its_own_kind_of_source(packs: dict[str, Pack]) -> None:
    kinds = {source.publisher: (source.kind, source.origin) for source in packs["force-replies"].sources}
    assert kinds == {
        "The Star": (SourceKind.NEWS, "South Yorkshire Police"),
        "Dyfed-Powys Police": (SourceKind.REPLY, ""),
        "Northamptonshire Police": (SourceKind.REPLY, ""),
        "Avon and Somerset Police": (SourceKind.REPLY, ""),
    }


def test_the_welsh_forces_are_listed_where_the_report_is_certain(packs: dict[str, Pack]) -> None:
    listed = [r for pack in packs.values() for r in pack.regions if r.place == "W92000004"]
    assert {region.forces for region in listed} == {WELSH}
    sources = {region.source for region in listed}
    certain = {
        figure.source
        for pack in packs.values()
        for figure in pack.figures
        if figure.place == "W92000004"
        and figure.measure == "scc-offences"
        and figure.coverage.startswith(("The four Welsh forces", "Welsh forces."))
    }
    assert sources == certain
    assert len(sources) == 8


def test_a_change_stands_on_the_forces_of_the_count_beside_it(figures: dict[str, Figure]) -> None:
    change = figures["nspcc-2023/yorkshire-and-the-humber-change-since-2017-18-2022-23"]
    count = figures["nspcc-2023/yorkshire-and-the-humber-offences-2022-23"]
    assert (change.measure, change.amount.number, change.printed) == ("scc-change", Decimal(65), "65%")
    assert (change.coverage, change.source, change.place) == (count.coverage, count.source, count.place)


def test_each_further_row_is_a_figure_or_left_out_with_a_reason(figures: dict[str, Figure]) -> None:
    reviewed = rows("figures_further.csv")
    assert [int(row["row"]) for row in reviewed] == list(range(2, 94))
    for row in reviewed:
        if row["leave_out"]:
            assert row["leave_out"].endswith(".")
            assert not row["id"]
            continue
        figure = figures[f"{row['pack']}/{row['id']}"]
        assert (figure.amount.number, figure.place) == (Decimal(row["value"]), row["place"])
        assert figure.period == parse_period(row["period"])
        assert row["value"] in figure.printed.replace(",", "") or figure.printed[0].isalpha()
        assert figure.locator.startswith(("about paragraph ", "about bullet "))


def test_both_numbers_of_a_conflict_are_kept(figures: dict[str, Figure]) -> None:
    further = [figure for figure in figures.values() if figure.pack == "press-further"]
    several = Counter((f.place, f.period.text, f.measure, f.platform) for f in further)
    assert {key[:2] for key, many in several.items() if many > 1} == {
        ("E23000007", "2015/16"),
        ("E23000038", "2018/19"),
    }


def test_each_left_out_row_stands_in_the_notes(packs: dict[str, Pack]) -> None:
    notes = " ".join(note.text for note in packs["press-further"].notes if note.text.startswith("Left out: "))
    for number in ("113", "8,224", "4,042", "6,064", "183", "32", "2,914"):
        assert f" {number} " in notes


def test_later_voices_are_told_and_never_quoted(packs: dict[str, Pack]) -> None:
    pack = packs["voices-2025-2026"]
    assert (len(pack.quotes), len(pack.demands)) == (3, 6)
    for voice in (*pack.quotes, *pack.demands):
        assert voice.kind is VoiceKind.PARAPHRASE
        assert not set('"“”‘«»') & set(voice.text)
    assert all(quote.text.startswith("Says that ") for quote in pack.quotes)
    assert all(demand.title for demand in pack.demands)
    weak = {source.id for source in pack.sources if source.note.startswith("A weak source")}
    marked = {v.source for v in (*pack.quotes, *pack.demands) if v.note.startswith("A weak source")}
    assert marked == weak
    assert len(weak) == 2


def test_each_later_voice_is_reviewed(packs: dict[str, Pack]) -> None:
    pack = packs["voices-2025-2026"]
    held = {voice.id for voice in (*pack.quotes, *pack.demands)}
    reviewed = rows("voices_further.csv")
    assert len(reviewed) == 10
    assert {f"{row['pack']}/{row['id']}" for row in reviewed if not row["leave_out"]} == held
    assert [row["row"] for row in reviewed if row["leave_out"]] == ["2"]
