"""What is shipped: valid by the standard's own tool, whole, and true to the article to the letter."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import Package, Resource

from explorer.evidence.claims.check import check_claim
from explorer.evidence.model import Pack, PlaceLevel, Qualifier, VoiceKind
from explorer.evidence.places import PlaceTree
from explorer.evidence.repository import InMemoryRepository
from explorer.packs.reader import inspect_pack
from explorer.support import paths
from tests.run_sizes import plain_and_slow

# SHA-256 of the article's paragraphs of quoted speech, without the quotation marks around them
PARAGRAPHS = {
    "wanless-1": [
        "7a24eefc75684070cde2227246209fc67a89534d27d75be839f92cf4646e3174",
    ],
    "wanless-2": [
        "509c74f8ff9d64fc2f14c2a6f4f1f0404feb47fd706a31c570fed20f1a5cde6c",
        "c1fff16f32a9c8c7e4bd6240a790f9761822f020a8852edb87c7a33d6dbbeca2",
    ],
    "bailey-1": [
        "c35b3c2e8219173fb08c451c144defc2179c17235c51c74adef77096a7d7babf",
        "bb247b36b199c41bb510f4cd5fb5a05fe044fa85ee8d91323ba3fd7600b143a0",
    ],
    "bailey-2": [
        "312e768198eb4a037bf8250f5740df993f19343d2611860a82d12d88f881c316",
    ],
}
DEMANDED = (
    "Create an expansive, principles-based duty of care",
    "Comprehensively tackle online sexual abuse",
    "Put legal but harmful content on an equal footing with illegal material",
    "Have robust transparency and investigatory powers",
    "Hold industry to account with criminal and financial sanctions",
    "Give civil society a legal voice for children with user advocacy arrangements",
)
"""The numbered demands as the article words them, to the letter."""
GET_TOUGH = (
    "get tough on tech firms that fail to do enough to prevent offenders exploiting their sites and abusing children"
)
SHIPPED = [paths.places_folder(), *sorted(paths.packs_folder().iterdir())]


@pytest.mark.parametrize("folder", plain_and_slow(SHIPPED, 3), ids=lambda folder: folder.name)
def test_the_standards_own_tool_finds_nothing_wrong(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []
    assert report.valid
    assert all(task.stats.get("rows") for task in report.tasks)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_file_is_summed_and_sealed(folder: Path) -> None:
    inspection = inspect_pack(folder)
    assert inspection.problems == ()
    assert inspection.manifest is not None
    assert inspection.manifest.is_sealed
    listed = {resource.path for resource in inspection.manifest.resources}
    assert listed == {path.name for path in folder.glob("*.csv")}


def test_no_two_places_above_local_authorities_share_a_name(places: PlaceTree) -> None:
    named = Counter(place.name for place in places if place.level is not PlaceLevel.LOCAL_AUTHORITY)
    assert set(named.values()) == {1}


def test_the_standards_own_tool_would_notice_a_changed_number(copy: Path) -> None:
    table = copy / "figures.csv"
    table.write_bytes(table.read_bytes().replace(b",114,", b",115,"))
    report = Package(str(copy / "datapackage.json")).validate()
    assert not report.valid


def test_quotes_are_the_articles_words_to_the_letter(lockdown: Pack) -> None:
    held = {
        quote.id.split("/")[1]: [hashlib.sha256(part.encode()).hexdigest() for part in quote.text.split("\n\n")]
        for quote in lockdown.quotes
        if quote.kind is VoiceKind.VERBATIM
    }
    assert held == PARAGRAPHS


def test_what_the_article_only_reports_is_no_quoted_speech(lockdown: Pack) -> None:
    (told,) = (quote for quote in lockdown.quotes if quote.kind is VoiceKind.PARAPHRASE)
    assert (told.speaker, told.locator) == ("NSPCC", "paragraph 7")
    assert "perfect storm" in told.text
    assert not set('"“”') & set(told.text)


def test_every_figure_of_the_article_is_there(lockdown: Pack) -> None:
    held = {
        (figure.id.split("/")[1], figure.amount.number, figure.printed, figure.locator) for figure in lockdown.figures
    }
    assert held == {
        ("uk-offences-2020-q1", Decimal(1200), "more than 1200", "paragraph 2"),
        ("uk-instagram-2020-q1", Decimal(37), "37 percent", "paragraph 3"),
        ("uk-instagram-2017-2020", Decimal(29), "29 percent", "paragraph 3"),
        ("east-offences-2020-q1", Decimal(114), "114", "paragraph 4"),
        ("east-instagram-2020-q1", Decimal(36), "36 percent", "paragraph 4"),
        ("east-facebook-owned-2020-q1", Decimal(52), "52 percent", "paragraph 4"),
        ("cambridgeshire-offences-2017-18", Decimal(66), "66", "paragraph 5"),
        ("cambridgeshire-offences-2018-19", Decimal(71), "71", "paragraph 5"),
        ("cambridgeshire-offences-2019-20", Decimal(77), "77", "paragraph 5"),
        ("cambridgeshire-offences-2020-q1", Decimal(22), "22 incidents", "paragraph 5"),
    }


def test_more_than_1200_is_at_least_1201(lockdown: Pack) -> None:
    figure = lockdown.figures[0]
    assert figure.amount.qualifier is Qualifier.AT_LEAST
    assert (figure.amount.low, figure.amount.high) == (Decimal(1201), None)
    assert (figure.forces_responding, figure.forces_total) == (38, None)


def test_the_demands_are_the_articles_words_to_the_letter(lockdown: Pack) -> None:
    *six, tough = lockdown.demands
    assert [demand.text for demand in six] == list(DEMANDED)
    assert [demand.locator for demand in six] == [f"paragraph 11, item {n}" for n in range(1, 7)]
    assert {demand.instrument for demand in six} == {"Online Harms Bill"}
    assert (tough.text, tough.locator, tough.instrument) == (GET_TOUGH, "paragraph 6", "")
    for demand in lockdown.demands:
        assert demand.kind is VoiceKind.VERBATIM
        assert demand.asked_by == "NSPCC"
        assert "Boris Johnson" in demand.addressed_to
        assert demand.figures
        assert 0 < len(demand.title) < 45
        assert demand.title not in demand.text


def test_every_claim_can_be_weighed(lockdown: Pack, places: PlaceTree) -> None:
    record = InMemoryRepository([lockdown], places)
    assert [claim.order for claim in lockdown.claims] == list(range(1, 11))
    for claim in lockdown.claims:
        assert check_claim(claim, record).reason


def test_no_sentence_of_ours_stands_in_the_article(lockdown: Pack) -> None:
    """Notes and paraphrases are our own: one that repeated what was said would be no paraphrase."""
    spoken = " ".join(quote.text for quote in lockdown.quotes)
    asked = " ".join(demand.text for demand in lockdown.demands)
    ours = (*(demand.title for demand in lockdown.demands), *(note.text for note in lockdown.notes))
    for text in ours:
        assert text.rstrip(".") not in spoken + asked


def test_the_places_are_all_there(places: PlaceTree) -> None:
    levels = Counter(place.level for place in places)
    assert levels == {
        PlaceLevel.UK: 1,
        PlaceLevel.NATIONS: 1,
        PlaceLevel.NATION: 4,
        PlaceLevel.REGION: 9,
        PlaceLevel.FORCE: 45,
        PlaceLevel.LOCAL_AUTHORITY: 360,
    }
    assert sum(place.former for place in places) == 42


@pytest.mark.parametrize(
    ("typed", "code", "force"),
    [
        ("Peterborough", "E06000031", "E23000023"),
        ("Cambs", "E23000023", "E23000023"),
        ("Cambridgeshire Constabulary", "E23000023", "E23000023"),
        ("Cambridgeshire Police", "E23000023", "E23000023"),
        ("Suffolk Coastal", "E07000244", "E23000025"),
        ("Aylesbury Vale", "E06000060", "E23000029"),
        ("Allerdale", "E06000063", "E23000002"),
        ("Taunton Deane", "E06000066", "E23000036"),
        ("Shepway", "E07000112", "E23000032"),
        ("E07000097", "E07000242", "E23000027"),
        ("GMP", "E23000005", "E23000005"),
        ("Met", "E23000001", "E23000001"),
        ("Devon & Cornwall", "E23000035", "E23000035"),
        ("Hampshire/IW", "E23000030", "E23000030"),
        ("PSNI", "PSNI", "PSNI"),
        ("Ynys Mon", "W06000001", "W15000001"),
        ("UK", "K02000001", None),
        ("East", "E12000006", None),
        ("Yorkshire", "E12000003", None),
    ],
)
def test_a_typed_name_leads_to_its_place_and_force(places: PlaceTree, typed: str, code: str, force: str | None) -> None:
    place = places.find_matches(typed)[0].place
    assert place.code == code
    found = places.force_of(code)
    assert (found.code if found else None) == force


def test_a_former_council_says_what_it_is_part_of_now(places: PlaceTree) -> None:
    former = [place for place in places if place.former]
    assert all("now part of" in place.note for place in former)
    waveney = places.get("E07000206")
    assert "East Suffolk" in waveney.note
    assert waveney.name in {name.name for name in places.get("E07000244").other_names}


def test_every_local_authority_stands_under_a_force(places: PlaceTree) -> None:
    for place in places:
        if place.level is PlaceLevel.LOCAL_AUTHORITY:
            assert places.get(place.parent or "").level is PlaceLevel.FORCE


def test_other_names_complete_a_sentence(places: PlaceTree) -> None:
    for place in places:
        for other in place.other_names:
            assert other.reason.split()[0] in ("a", "an", "the", "another", "how"), other
            assert not other.reason.endswith(".")


def test_the_shipped_tables_are_plain_lf_without_bom() -> None:
    for folder in SHIPPED:
        for path in folder.glob("*.csv"):
            content = path.read_bytes()
            assert b"\r" not in content
            assert not content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\n")


def test_a_table_on_its_own_is_valid_too(tmp_path: Path) -> None:
    """The schema stands in the descriptor, so a table can be checked without this program."""
    shutil.copytree(paths.packs_folder() / "lockdown-2020", tmp_path / "pack")
    package = Package(str(tmp_path / "pack" / "datapackage.json"))
    figures = package.get_resource("figures")
    assert isinstance(figures, Resource)
    assert figures.schema.field_names[:3] == ["id", "measure", "place"]
