"""All shipped packs together: whole, alike in what they share, and true to what was printed."""

from __future__ import annotations

import csv
import runpy
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from explorer.evidence.conflicts import find_conflicts
from explorer.evidence.model import Figure, Measure, Pack, Platform, Qualifier, Unit
from explorer.evidence.places import PlaceTree
from explorer.packs.reader import check_pack, inspect_pack, read_pack
from explorer.packs.seal import seal_pack
from explorer.support import paths

RESEARCH = paths.packs_folder().parent / "research"
MADE = {
    "nspcc-2018": 66,
    "nspcc-2019": 91,
    "nspcc-2020": 41,
    "nspcc-2021": 40,
    "nspcc-2022": 18,
    "nspcc-2023": 64,
    "nspcc-2024": 23,
    "nspcc-2025": 18,
    "home-office-88a": 29,
    "force-replies": 15,
    "press-further": 85,
}
"""The packs made from the research tables and how many figures each holds: 490, 19 rows being left out."""
COPIED = {"home-office-classes": 7590, "population-mid-year": 1002}
"""The packs copied from official tables, whole."""
REVIEWS = {"figures.csv": 413, "figures_further.csv": 92, "figures_in_remarks.csv": 4}
"""The tables of the review and how many rows each holds."""
GOLDEN = """
place                | period                | measure                        | platform or breakdown   | amount       | publisher
England and Wales    | 2017-04-03/2017-10-02 | scc-offences                   |                         | 1316         | Buxton Advertiser
England and Wales    | 2017-04/2017-12       | scc-platform-share             | facebook                | 32.6         | West Wales Chronicle
England and Wales    | 2017/18               | scc-offences                   |                         | 3171         | The Lincolnite
England and Wales    | 2017/18               | scc-offences                   |                         | 3217         | NSPCC
England and Wales    | 2017/18               | scc-offences                   | platform recorded       | 2097         | The Lincolnite
England and Wales    | 2017/18               | scc-platform-share             | facebook                | almost 30    | East Anglian Daily Times
England and Wales    | 2017/18               | scc-youngest-victim            |                         | 5            | The Lincolnite
England and Wales    | 2017/18               | scc-platforms-named            |                         | 80           | Eastwood Advertiser
Cambridgeshire       | 2017/18               | scc-offences                   |                         | 66           | Peterborough Telegraph
Wales                | 2017/18               | scc-offences                   |                         | 274          | BBC News
Dyfed-Powys          | 2017/18               | scc-offences                   |                         | 19           | Shropshire Star
Lancashire           | 2017/18               | scc-offences                   |                         | 175          | Burnley Express
Lancashire           | 2017/18               | scc-offences                   |                         | 64           | Lancaster & Morecambe Citizen
England and Wales    | 2017-04/2018-09       | scc-offences                   |                         | 5161         | NSPCC
Cambridgeshire       | 2017-04/2018-09       | scc-offences                   |                         | 99           | Peterborough Telegraph
England and Wales    | 2018/19               | scc-offences                   |                         | at least 4373 | NSPCC
England and Wales    | 2018/19               | scc-offences                   | instagram               | 929          | Capital FM
Kent                 | 2018/19               | scc-offences                   |                         | 140          | KentOnline
Sussex               | 2017-04/2019-03       | scc-offences                   |                         | 153          | More Radio
West Midlands        | 2018/19               | scc-offences                   |                         | 260          | Heart
England and Wales    | 2017-04/2019-10       | scc-offences                   | platform not recorded   | 4335         | ITV News
England and Wales    | 2020-04/2020-06       | scc-offences                   |                         | 1220         | NSPCC
England and Wales    | 2020-04/2020-06       | scc-offences                   |                         | 1224         | News Letter
South East           | 2020-04/2020-06       | scc-platform-share             | instagram               | 36           | Greatest Hits Radio
Northern Ireland     | 2019/20               | scc-offences                   |                         | 186          | News Letter
Northern Ireland     | 2019/20               | scc-offences                   |                         | 184          | Belfast Telegraph
South West           | 2019/20               | scc-offences                   |                         | almost 500   | Greatest Hits Radio
United Kingdom       | 2019/20               | cyber-flagged                  |                         | 10391        | NSPCC
England and Wales    | 2020/21               | scc-platform-share             | snapchat                | at least 25  | NSPCC
Scotland             | 2020/21               | scotland-indecent-communication |                        | 685          | STV News
England and Wales    | 2017-04/2021-03       | scc-victims                    | girls                   | 10722        | i
South Yorkshire      | 2020/21               | scc-offences                   | twitter                 | 0            | The Star
United Kingdom       | 2017-04/2022-03       | scc-offences                   |                         | at least 27000 | NSPCC
East of England      | 2021/22               | scc-offences                   |                         | 671          | Eastern Daily Press
United Kingdom       | 2022/23               | forces-responding              |                         | 40           | Metro Radio
Devon and Cornwall   | 2022/23               | scc-change                     | since 2021/22           | -27          | Falmouth Packet
Derbyshire           | 2022/23               | scc-change                     | since 2017/18           | almost 700   | Greatest Hits Radio
Hampshire            | 2017-04/2023-03       | scc-offences                   |                         | about 992    | Portsmouth News
United Kingdom       | 2023/24               | scc-platform-share             | facebook-or-messenger   | 12           | ITV News
United Kingdom       | 2017/18               | scc-offences                   |                         | 3728         | LBC
United Kingdom       | 2024/25               | scc-change                     | since 2017/18           | 99           | Shropshire Star
United Kingdom       | 2024/25               | scc-offences                   |                         | 7263         | Shropshire Star
Northamptonshire     | 2024/25               | scc-victims                    | girls aged 12 to 15     | 22           | Northamptonshire Police
Thames Valley        | 2015-07/2016-06       | ho-88a                         |                         | 13           | ITV News Anglia
Avon and Somerset    | 2021/22               | ho-88a                         |                         | 245          | Avon and Somerset Police
Yorkshire and The Humber | 2022/23           | scc-change                     | since 2017/18           | 65           | The Star
Lincolnshire         | 2017/18               | scc-victim-share               | aged 15 and under       | 86           | The Lincolnite
England and Wales    | 2017-04/2019-03       | scc-victim-share               | aged under 12           | about 20     | Capital FM
England and Wales    | 2020/21               | scc-change                     | since 2017/18           | about 70     | NSPCC
Leicestershire       | 2018/19               | scc-offences                   |                         | 89           | Leicester Mercury
Greater Manchester   | 2017-04/2019-10       | scc-offences                   |                         | 684          | This Is Lancashire
Cumbria              | 2013-04/2017-12       | ho-88a                         |                         | 72           | North West Evening Mail
England and Wales    | 2013-04/2017-12       | ho-88a                         |                         | 6341         | Burton Mail
England and Wales    | 2016/17               | cyber-flagged                  |                         | 5653         | Sunderland Echo
Northumbria          | 2015/16               | cyber-flagged                  |                         | 98           | Sunderland Echo
Northumbria          | 2015/16               | cyber-flagged                  |                         | 170          | ChronicleLive
Wales                | 2011-01/2015-12       | meeting-after-grooming         |                         | 155          | West Wales Chronicle
Scotland             | 2024/25               | scotland-cyber-under-18        |                         | 1490         | Scottish Legal News
London               | 2023/24               | abuse-image-crimes             |                         | 2780         | UKNIP
"""  # noqa: E501


def reviewed(name: str) -> list[dict[str, str]]:
    """The rows of a table of the review."""
    with (RESEARCH / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def packs(places: PlaceTree) -> dict[str, Pack]:
    folders = sorted(folder for folder in paths.packs_folder().iterdir() if folder.is_dir())
    return {folder.name: read_pack(folder, places) for folder in folders}


@pytest.fixture(scope="module")
def figures(packs: dict[str, Pack]) -> list[Figure]:
    return [figure for name in MADE for figure in packs[name].figures]


@pytest.mark.parametrize("name", [*MADE, *COPIED])
def test_nothing_is_wrong_with_it_and_its_sums_hold(name: str, places: PlaceTree) -> None:
    folder = paths.packs_folder() / name
    assert check_pack(folder, places) == ()
    assert inspect_pack(folder).problems == ()


def test_every_row_that_was_reviewed_is_shipped_or_left_out(packs: dict[str, Pack]) -> None:
    assert {name: len(packs[name].figures) for name in MADE} == MADE
    assert {name: len(packs[name].figures) for name in COPIED} == COPIED
    tables = {name: reviewed(name) for name in REVIEWS}
    assert {name: len(rows) for name, rows in tables.items()} == REVIEWS
    left_out = {name: [int(row["row"]) for row in rows if row.get("leave_out")] for name, rows in tables.items()}
    assert left_out == {
        "figures.csv": [164, *range(177, 187), 298],
        "figures_further.csv": [11, 14, 15, 21, 26, 89, 93],
        "figures_in_remarks.csv": [],
    }
    assert sum(MADE.values()) == sum(REVIEWS.values()) - sum(map(len, left_out.values()))


def test_the_amounts_are_those_reviewed(figures: list[Figure]) -> None:
    kept = [row for name in REVIEWS for row in reviewed(name) if not row.get("leave_out")]
    told = Counter((row["id"], row["place"], row["period"], Decimal(row["value"])) for row in kept)
    held = Counter((f.id.split("/")[1], f.place, f.period.text, f.amount.number) for f in figures)
    assert held == told


def test_what_packs_share_is_the_same_in_all(packs: dict[str, Pack]) -> None:
    measures: dict[str, Measure] = {}
    platforms: dict[str, Platform] = {}
    for pack in packs.values():
        for measure in pack.measures:
            assert measures.setdefault(measure.id, measure) == measure, pack.id
        for platform in pack.platforms:
            assert platforms.setdefault(platform.id, platform) == platform, pack.id
    assert len({platform.order for platform in platforms.values()}) == len(platforms)
    assert platforms["facebook-owned"].order == 21


@pytest.mark.parametrize("line", GOLDEN.strip().splitlines()[1:])
def test_what_was_printed_is_what_is_held(
    line: str, figures: list[Figure], packs: dict[str, Pack], places: PlaceTree
) -> None:
    place, period, measure, division, amount, publisher = (cell.strip() for cell in line.split("|"))
    *qualifier, number = amount.rsplit(" ", 1)
    publishers = {source.id: source.publisher for pack in packs.values() for source in pack.sources}
    found = [
        figure
        for figure in figures
        if places.get(figure.place).name == place
        and (figure.period.text, figure.measure) == (period, measure)
        and (figure.platform or figure.breakdown) == division
        and publishers[figure.source] == publisher
        and figure.amount.number == Decimal(number)
        and figure.amount.qualifier.value == (qualifier[0] if qualifier else "exact")
    ]
    assert len(found) == 1, [figure.id for figure in found]


def test_conflicts_are_found_by_the_rule(figures: list[Figure], packs: dict[str, Pack]) -> None:
    sources = {source.id: source for pack in packs.values() for source in pack.sources}
    found = {frozenset(str(f.amount.number) for f in c.figures) for c in find_conflicts(figures, sources)}
    expected = ("3171 3217", "175 64", "1220 1224", "37 38", "186 184", "196 195", "42 40", "10 12")
    assert {frozenset(pair.split()) for pair in expected} <= found


def test_more_than_a_count_begins_at_the_next(figures: list[Figure]) -> None:
    open_ended = [f for f in figures if f.amount.qualifier is Qualifier.AT_LEAST]
    assert len(open_ended) > 8
    for figure in open_ended:
        over = not figure.printed.startswith("at least") and "%" not in figure.printed
        if over and figure.measure in {"scc-offences", "scc-victims"}:
            assert figure.amount.low == (figure.amount.number or 0) + 1, figure.id


def test_a_share_has_its_base_where_it_is_shipped(figures: list[Figure], packs: dict[str, Pack]) -> None:
    held = {figure.id: figure for figure in figures}
    units = {measure.id: measure.unit for pack in packs.values() for measure in pack.measures}
    based = [figure for figure in figures if figure.base_figure]
    assert len(based) > 20
    for figure in based:
        assert units[figure.measure] is Unit.PER_CENT
        base = held[figure.base_figure or ""]
        assert (base.place, base.period, base.pack) == (figure.place, figure.period, figure.pack)
        assert base.breakdown in {"platform recorded", "all whose sex was recorded", "age recorded"}


def test_forces_that_replied_stand_on_the_offences_too(figures: list[Figure]) -> None:
    for figure in figures:
        if figure.measure == "forces-responding":
            replied = {
                f.forces_responding
                for f in figures
                if f.measure == "scc-offences" and f.place == figure.place and f.pack == figure.pack
            }
            assert figure.amount.number in replied or figure.id.endswith("metro-radio-2023-08")


def test_no_number_of_one_measure_is_another_measures(figures: list[Figure]) -> None:
    """Scotland's offence and class 88A are their own measures wherever they stand."""
    for figure in figures:
        assert figure.place != "S92000003" or figure.measure.startswith("scotland-")
        assert figure.pack != "home-office-88a" or figure.measure == "ho-88a"


def test_every_figure_says_what_it_covers(figures: list[Figure]) -> None:
    assert [figure.id for figure in figures if not figure.coverage] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",-27,exact", ",-101,exact", "leaves less than nothing"),
        (",562,exact", ",-562,exact", "less than zero"),
        (",323,exact", ",1323,exact", ""),
    ],
)
def test_a_change_may_be_signed_and_a_count_may_not(
    old: str, new: str, told: str, places: PlaceTree, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(paths.packs_folder() / "nspcc-2023", tmp_path / "nspcc-2023"))
    text = (copy / "figures.csv").read_text(encoding="utf-8")
    assert old in text
    (copy / "figures.csv").write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    seal_pack(copy)
    sentences = [problem.as_sentence() for problem in check_pack(copy, places)]
    assert len(sentences) == (1 if told else 0)
    assert told in "".join(sentences)


def test_the_script_refuses_tables_that_were_not_reviewed(tmp_path: Path) -> None:
    main = runpy.run_path(str(RESEARCH / "make_packs.py"))["main"]
    (tmp_path / "figures.csv").write_text("value,source_address\n1,https://example.org\n", encoding="utf-8")
    assert main([str(tmp_path), str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert main([]) == 2
