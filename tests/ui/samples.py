"""Pages made by hand from the shipped evidence, so that the side panel is tested by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from explorer.evidence.model import Level, Place, Weight
from explorer.pages.chart import Axis, Chart, ChartKind, Datum, Fill, Series, Shape
from explorer.pages.page import (
    Asked,
    Card,
    Fact,
    Link,
    Page,
    Remark,
    Table,
    Verdict,
    Voice,
    Working,
)
from explorer.pages.question import Move, Question

PACK = "lockdown-2020"
ADDRESS = (
    "https://www.peterboroughtoday.co.uk/news/people/instagram-most-used-platform-perform-child-grooming"
)
SOURCE = "Peterborough Telegraph, November 2020"


def fid(local: str) -> str:
    """A figure's id as the library gives it."""
    return f"{PACK}/{local}"


CAMBS = [
    ("cambridgeshire-offences-2017-18", "2017/18", 66),
    ("cambridgeshire-offences-2018-19", "2018/19", 71),
    ("cambridgeshire-offences-2019-20", "2019/20", 77),
    ("cambridgeshire-offences-2020-q1", "Apr-Jun 2020", 22),
]
LINKS = {fid(i): Link(figure=fid(i), label=f"Cambridgeshire, {period}: {n}") for i, period, n in CAMBS}
UK = Link(figure=fid("uk-offences-2020-q1"), label="United Kingdom, Apr-Jun 2020: at least 1,200")
UK_INSTAGRAM = Link(figure=fid("uk-instagram-2020-q1"), label="Instagram, United Kingdom, Apr-Jun 2020: 37%")
EAST_INSTAGRAM = Link(
    figure=fid("east-instagram-2020-q1"), label="Instagram, East of England, Apr-Jun 2020: 36%"
)


def facts(printed: str, paragraph: str, *more: tuple[str, str]) -> tuple[Fact, ...]:
    return (
        Fact(label="Printed as", text=f"“{printed}”"),
        Fact(label="Published by", text=SOURCE),
        Fact(
            label="In",
            text="Instagram the most used platform to perform child grooming in Peterborough",
            address=ADDRESS,
        ),
        Fact(label="Where", text=paragraph),
        *(Fact(label=label, text=text) for label, text in more),
        Fact(label="Pack", text="lockdown-2020 1.0.0"),
    )


def linked(*ids: str) -> tuple[Link, ...]:
    return tuple(LINKS[i] for i in ids)


C17, C18, C19, C20 = (fid(i) for i, _, _ in CAMBS)

CAMBS_77 = Card(
    figure=C19,
    heading="77 offences",
    subheading="Sexual communication with a child: Cambridgeshire, 2019/20",
    facts=facts("77", "Paragraph 5", ("Coverage", "One force’s own count.")),
    notes=(),
    remarks=(),
    workings=(
        Working(
            text="Cambridgeshire: +6 offences recorded from 2018/19 to 2019/20.",
            amount="+6",
            low="+6",
            high="+6",
            formula="77 − 71 = 6",
            inputs=(C18, C19),
            links=linked(C18, C19),
        ),
        Working(
            text="Cambridgeshire: +8.5% offences recorded from 2018/19 to 2019/20.",
            amount="+8.5%",
            low="+8.5%",
            high="+8.5%",
            formula="(77 − 71) ÷ 71 × 100 = 8.45…",
            inputs=(C18, C19),
            links=linked(C18, C19),
        ),
        Working(
            text="Cambridgeshire: 22 offences recorded in April to June 2020, against 19.25 in an average "
            "quarter of 2019/20.",
            amount="2.75",
            low="",
            high="",
            formula="22 − 77 ÷ 4 = 2.75",
            inputs=(C20, C19),
            links=linked(C20, C19),
            caveat="A quarter is set against a quarter of a whole year: offences need not be spread evenly "
            "over a year.",
        ),
    ),
    citation=f"Cambridgeshire, 2019/20: 77 offences (Sexual communication with a child). Source: {SOURCE}.",
)

EAST_36 = Card(
    figure=EAST_INSTAGRAM.figure,
    heading="36% of offences",
    subheading="Share of offences by platform: Instagram, East of England, April to June 2020",
    facts=facts(
        "36 percent",
        "Paragraph 4",
        ("Can stand for", "35.5% to 36.5%"),
        ("Share of", "The 114 recorded offences, as the article prints it"),
        (
            "Coverage",
            "The article does not list the forces of its East of England; in NSPCC’s releases the region "
            "also takes in Northamptonshire.",
        ),
    ),
    notes=("Only Instagram is also printed by itself.",),
    remarks=(
        Remark(
            heading="What it is a share of",
            text="On NSPCC’s own page, platform shares are shares of the offences where the platform was "
            "recorded, and not of all offences. How many those were is not printed here.",
            source="NSPCC, November 2020",
        ),
        Remark(
            heading="Where the number belongs",
            text="The same 114 offences and 36% are printed elsewhere for Surrey, Sussex and Kent together. "
            "One of the two attributions is probably wrong.",
            source="Greatest Hits Radio, November 2020",
        ),
    ),
    workings=(
        Working(
            text="Instagram: 36% of 114 offences can only be 41 offences.",
            amount="41",
            low="41",
            high="41",
            formula="114 × 36% = 41.04",
            inputs=(EAST_INSTAGRAM.figure, fid("east-offences-2020-q1")),
            links=(
                EAST_INSTAGRAM,
                Link(figure=fid("east-offences-2020-q1"), label="East of England, Apr-Jun 2020: 114"),
            ),
            caveat="This takes the base as printed. NSPCC’s own page takes such shares of the offences where "
            "the platform was recorded, which can be far fewer.",
        ),
    ),
    citation=f"Instagram, East of England, April to June 2020: 36% of offences. Source: {SOURCE}.",
)

UK_37 = replace(
    EAST_36,
    figure=UK_INSTAGRAM.figure,
    heading="37% of offences",
    subheading="Share of offences by platform: Instagram, United Kingdom, April to June 2020",
    workings=(
        Working(
            text="Instagram: 37% of at least 1,200 offences is at least 439 offences.",
            amount="439",
            low="439",
            high="",
            formula="1,201 × 36.5% = 438.37",
            inputs=(UK_INSTAGRAM.figure, UK.figure),
            links=(UK_INSTAGRAM, UK),
            caveat="The count is printed as a lower bound, so there is no upper end.",
        ),
        Working(
            text="Instagram, the United Kingdom: +8 percentage points from April 2017 to March 2020 to April "
            "to June 2020.",
            amount="+8",
            low="+7",
            high="+9",
            formula="37 − 29 = 8",
            inputs=(fid("uk-instagram-2017-2020"), UK_INSTAGRAM.figure),
        ),
    ),
)


def voice(number: int, text: str, speaker: str, detail: str, where: str, **more: Any) -> Voice:
    return Voice(
        id=fid(f"voice-{number}"),
        text=text,
        verbatim=more.get("verbatim", True),
        speaker=speaker,
        detail=detail,
        source=f"{SOURCE}, {where}",
        note=more.get("note", ""),
        links=more.get("links", (UK, UK_INSTAGRAM)),
        citation=f"{text}\n{speaker}, {detail}. {SOURCE}, {where}.",
    )


WANLESS = ("Peter Wanless", "Chief Executive, NSPCC")
BAILEY = ("Simon Bailey", "Chief Constable, Norfolk Constabulary")
VOICES = (
    voice(
        1,
        "“Families have long paid the price for big tech’s failure to protect children from abuse, but the "
        "Prime Minister has the chance to turn the tide and put responsibility on firms to clean up the mess "
        "they created.”",
        *WANLESS,
        "paragraph 12",
    ),
    voice(
        2,
        "“As the pandemic intensifies the threat children face online, bold and ambitious action is needed "
        "in the form of a world-leading Online Harms Bill.\n\n“This means legislation that is tough on "
        "online crimes against children and regulation that holds tech companies and bosses financially and "
        "criminally responsible if they continue to turn a blind eye to entirely avoidable harm.”",
        *WANLESS,
        "paragraphs 13 and 14",
    ),
    voice(
        3,
        "“In an increasingly digitally connected world, perpetrators of child abuse are conducting more and "
        "more of their activities online.\n\n“Offenders use the internet to access and share child abuse "
        "images, and to make contact with and groom children directly.”",
        *BAILEY,
        "paragraphs 15 and 16",
        note="“Child abuse images” is the speaker’s term; “child sexual abuse material” is the one now "
        "advised.",
    ),
    voice(
        4,
        "Without binding rules, children cannot be kept safe on social networks.",
        *WANLESS,
        "paragraph 2",
        verbatim=False,
        links=(),
    ),
)

DEMAND_TEXTS = (
    "Build the law on a broad duty of care that rests on principles.",
    "Deal with sexual abuse online in full, in every form it takes.",
    "Treat content that is legal but harmful as seriously as content that is against the law.",
    "Give the regulator strong powers to investigate, and make companies open about what they do.",
    "Make companies answer for failures, with criminal as well as financial sanctions.",
    "Set up user advocacy, so that civil society gives children a legal voice.",
)
DEMANDS = tuple(
    Asked(
        id=fid(f"demand-{number}"),
        number=number,
        text=text,
        verbatim=False,
        asked_by="NSPCC",
        addressed_to="Prime Minister Boris Johnson, UK Government, Online Harms Bill",
        source=f"{SOURCE}, paragraph 11, item {number}",
        note="The figures count recorded offences; none of them counts content that is legal but harmful."
        if number == 3
        else "",
        links=(UK,) if number != 2 else (UK, *LINKS.values()),
        citation=f"{text} (paraphrase). Asked by NSPCC. {SOURCE}.",
    )
    for number, text in enumerate(DEMAND_TEXTS, 1)
)


def claim(number: int, text: str, weight: Weight, said: str, reason: str, **more: Any) -> Verdict:
    return Verdict(
        id=fid(f"claim-{number}"),
        number=number,
        text=text,
        weight=weight,
        words=said,
        reason=reason,
        caveats=more.get("caveats", ()),
        check=more.get("check", "the platform shares printed for the place and the period"),
        source=f"{SOURCE}, {more.get('where', 'headline')}",
        remarks=more.get("remarks", ()),
        links=more.get("links", (UK_INSTAGRAM, EAST_INSTAGRAM)),
        citation=f"Claim: {text} {said}: {reason}",
    )


CLAIMS = (
    claim(
        1,
        "Instagram was the platform most used for child grooming in Peterborough during lockdown.",
        Weight.NOT_SHOWN,
        "Not shown by the figures",
        "No platform figure is printed below the East of England, and no figure of any kind below the police "
        "force area.",
        remarks=EAST_36.remarks[:1],
    ),
    claim(
        2,
        "Offenders are using Instagram more and more.",
        Weight.PARTLY,
        "Partly supported",
        "Instagram’s share rose from 29% to 37%, by 8 percentage points, between 7 and 9 for rounding.",
        caveats=("A share can rise without a rise in the count.", "The two periods differ in length."),
    ),
    claim(
        3,
        "Offences recorded in Cambridgeshire rose year on year.",
        Weight.SUPPORTED,
        "Supported",
        "The count rose from 66 to 71 and from 71 to 77.",
        links=linked(C17, C18, C19),
    ),
    claim(
        4,
        "The Online Harms White Paper was published in February 2020.",
        Weight.CONTRADICTED,
        "Contradicted",
        "The White Paper was published on 8 April 2019.",
        links=(),
        where="paragraph 17",
    ),
)


def datum(figure: str, label: str, value: float, at: float) -> Datum:
    return Datum(
        figure=figure,
        start=at,
        end=at + 1,
        at=at + 0.5,
        value=value,
        fill=Fill.SOLID,
        label=str(value),
        name=label,
    )


CHART = Chart(
    kind=ChartKind.TREND,
    shape=Shape.COLUMNS,
    title="Recorded offences rose each year",
    subtitle="Sexual communication with a child, Cambridgeshire, 2017/18 to 2019/20",
    categories=Axis(title="", low=2017, high=2021, ticks=()),
    values=Axis(title="Offences recorded", low=0, high=80, ticks=()),
    series=(
        Series(
            name="Cambridgeshire",
            role=0,
            data=tuple(
                datum(fid(i), f"Cambridgeshire, {period}: {n} offences", n, 2017.25 + at)
                for at, (i, period, n) in enumerate(CAMBS)
            ),
        ),
    ),
)
CAMBRIDGESHIRE = Place(
    code="E23000023", name="Cambridgeshire", level=Level.FORCE, parent="E12000006", order=1
)


def page(**changes: Any) -> Page:
    """The Cambridgeshire page with 2019/20 selected; ``changes`` to the page, or to its question."""
    asked = {name: changes.pop(name) for name in list(changes) if name in Question.__dataclass_fields__}
    whole = Page(
        question=Question(place="E23000023", figure=C19, **asked),
        place=CAMBRIDGESHIRE,
        asked=CAMBRIDGESHIRE,
        notice="",
        crumbs=(),
        charts=(),
        measures=(),
        chart=CHART,
        drawn=(),
        others=(),
        table=Table(columns=(), rows=()),
        measure_definition="",
        card=CAMBS_77,
        selected=C19,
        voices=VOICES,
        voices_empty="",
        speakers=("NSPCC", "Peter Wanless", "Simon Bailey"),
        demands=DEMANDS,
        demands_empty="",
        claims=CLAIMS,
        claims_empty="",
        workings=CAMBS_77.workings,
        remarks=(),
        sources=(),
        citation="",
    )
    return replace(whole, **changes)


class FakeStore:
    """Keeps the moves that are asked for."""

    def __init__(self) -> None:
        self.moves: list[Move] = []

    def ask(self, move: Move) -> None:
        self.moves.append(move)

    def changes(self) -> list[dict[str, Any]]:
        """What was asked for, each move as a mapping."""
        return [dict(move.changes) for move in self.moves]
