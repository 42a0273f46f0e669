"""What the releases say, ask for and claim: paraphrases only, and claims that the shipped figures weigh."""

from __future__ import annotations

import pytest

from explorer.evidence.claims.check import check_claim
from explorer.evidence.model import Claim, Pack, Verdict, VoiceKind
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import InMemoryRepository
from explorer.packs.reader import read_pack
from explorer.support import paths

RELEASES = [f"nspcc-{year}" for year in range(2018, 2026)]
MARKS = set('"“”‘«»')
QUOTES = {2018: 1, 2019: 2, 2020: 0, 2021: 1, 2022: 1, 2023: 1, 2024: 2, 2025: 2}
DEMANDS = {2018: 4, 2019: 3, 2020: 2, 2021: 0, 2022: 4, 2023: 0, 2024: 2, 2025: 0}
WEIGHED = {
    "nspcc-2019/lancashire-quadrupled": (
        Verdict.CONTRADICTED,
        ("252 in 2018/19 is 1.4 times 175, the number for 2017/18",),
    ),
    "nspcc-2019/northamptonshire-doubled": (Verdict.SUPPORTED, ("26", "52")),
    "nspcc-2021/england-and-wales-69": (Verdict.CANNOT_JUDGE, ("3,171", "3,217", "publishes +69%")),
    "nspcc-2021/scotland-80": (Verdict.SUPPORTED, ("381", "685")),
    "nspcc-2023/northern-ireland-141": (Verdict.SUPPORTED, ("82", "198")),
    "nspcc-2023/north-yorkshire-quadrupled": (Verdict.SUPPORTED, ("14", "56")),
    "nspcc-2024/uk-89": (Verdict.CANNOT_JUDGE, ("is not known", "publishes +89%")),
    "nspcc-2024/snapchat-most-named": (Verdict.SUPPORTED, ("48%",)),
    "nspcc-2024/wales-doubled": (
        Verdict.CANNOT_JUDGE,
        ("The completeness of 274 in 2017/18 is in doubt", "Dyfed-Powys gave six months only"),
    ),
    "nspcc-2025/uk-99": (Verdict.CANNOT_JUDGE, ("publishes +99% for comparable forces",)),
    "nspcc-2025/west-midlands-doubled": (Verdict.SUPPORTED, ("194", "391")),
    "nspcc-2025/wales-record": (Verdict.CONTRADICTED, ("549 in 2024/25 for Wales is below 554 in 2023/24",)),
    "nspcc-2025/west-yorkshire-tripled": (
        Verdict.CANNOT_JUDGE,
        ("The place of 144 in 2024/25 is in doubt", "147"),
    ),
    "nspcc-2025/hampshire-record": (Verdict.NOT_SHOWN, ("279",)),
}


@pytest.fixture(scope="module")
def shipped(places: PlaceTree) -> dict[str, Pack]:
    folders = [folder for folder in paths.packs_folder().iterdir() if (folder / "datapackage.json").is_file()]
    return {folder.name: read_pack(folder, places) for folder in sorted(folders)}


@pytest.fixture(scope="module")
def record(shipped: dict[str, Pack], places: PlaceTree) -> InMemoryRepository:
    return InMemoryRepository(list(shipped.values()), places)


def test_every_release_has_its_voices(shipped: dict[str, Pack]) -> None:
    assert {year: len(shipped[f"nspcc-{year}"].quotes) for year in QUOTES} == QUOTES
    assert {year: len(shipped[f"nspcc-{year}"].demands) for year in DEMANDS} == DEMANDS


@pytest.mark.parametrize("name", RELEASES)
def test_what_was_said_is_told_and_never_quoted(shipped: dict[str, Pack], name: str) -> None:
    for quote in shipped[name].quotes:
        assert quote.kind is VoiceKind.PARAPHRASE
        assert quote.text.startswith("Says that ")
        assert not MARKS & set(quote.text)
        assert not {" I ", " we ", " our "} & {f" {word} " for word in quote.text.split()}
        assert all((quote.speaker, quote.role, quote.organisation))


@pytest.mark.parametrize("name", RELEASES)
def test_demands_are_paraphrases_in_order(shipped: dict[str, Pack], name: str) -> None:
    demands = shipped[name].demands
    assert [demand.order for demand in demands] == list(range(1, len(demands) + 1))
    for demand in demands:
        assert demand.kind is VoiceKind.PARAPHRASE
        assert not MARKS & set(demand.text)
        assert demand.asked_by == "NSPCC"
        assert all((demand.addressed_to, demand.instrument, demand.figures))


def test_what_the_article_quotes_to_the_letter_is_not_told_again(shipped: dict[str, Pack]) -> None:
    verbatim = [q for q in shipped["lockdown-2020"].quotes if q.kind is VoiceKind.VERBATIM]
    assert {quote.speaker for quote in verbatim} == {"Peter Wanless", "Simon Bailey"}
    assert shipped["nspcc-2020"].quotes == ()
    assert not any("Bailey" in quote.speaker for name in RELEASES for quote in shipped[name].quotes)


def test_the_claims_are_those_weighed_here(shipped: dict[str, Pack]) -> None:
    assert {claim.id for name in RELEASES for claim in shipped[name].claims} == set(WEIGHED)


@pytest.mark.parametrize("name", WEIGHED)
def test_a_claim_stands_as_the_figures_have_it(shipped: dict[str, Pack], record: InMemoryRepository, name: str) -> None:
    (claim,) = (claim for claim in shipped[name.partition("/")[0]].claims if claim.id == name)
    weight, told = WEIGHED[name]
    finding = check_claim(claim, record)
    assert finding.weight is weight
    for words in told:
        assert words in f"{finding.reason} {' '.join(finding.caveats)}"


def test_a_claim_names_where_it_stands_and_what_it_turns_on(shipped: dict[str, Pack]) -> None:
    claims: list[Claim] = [claim for name in RELEASES for claim in shipped[name].claims]
    for claim in claims:
        assert all((claim.printed, claim.made_by, claim.figures))
        assert claim.locator in {"headline", "whole page"}
        assert claim.setting("place") in claim.places


def test_notes_stand_beside_the_claims_they_touch(shipped: dict[str, Pack]) -> None:
    touched = {claim for name in RELEASES for note in shipped[name].notes for claim in note.claims}
    doubtful = {name for name, (weight, _) in WEIGHED.items() if weight is Verdict.CONTRADICTED}
    assert doubtful == {"nspcc-2019/lancashire-quadrupled", "nspcc-2025/wales-record"}
    assert doubtful | {"nspcc-2025/west-yorkshire-tripled", "nspcc-2025/uk-99"} <= touched
