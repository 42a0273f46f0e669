"""Evidence cards of the shipped evidence, as a page holds them, and links to its figures."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.pages.model.page import Annotation, Calculation, CardFact, EvidenceCard, FigureLink

PACK = "lockdown-2020"
ADDRESS = "https://www.peterboroughtoday.co.uk/news/people/instagram-most-used-platform-perform-child-grooming"
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
LINKS = {fid(i): FigureLink(figure=fid(i), label=f"Cambridgeshire, {period}: {n}") for i, period, n in CAMBS}
UK = FigureLink(figure=fid("uk-offences-2020-q1"), label="United Kingdom, Apr-Jun 2020: at least 1,200")
UK_INSTAGRAM = FigureLink(figure=fid("uk-instagram-2020-q1"), label="Instagram, United Kingdom, Apr-Jun 2020: 37%")
EAST_INSTAGRAM = FigureLink(figure=fid("east-instagram-2020-q1"), label="Instagram, East of England, Apr-Jun 2020: 36%")


def facts(printed: str, paragraph: str, *more: tuple[str, str]) -> tuple[CardFact, ...]:
    return (
        CardFact(label="Printed as", text=f"“{printed}”"),
        CardFact(label="Published by", text=SOURCE),
        CardFact(
            label="In",
            text="Instagram the most used platform to perform child grooming in Peterborough",
            address=ADDRESS,
        ),
        CardFact(label="Where", text=paragraph),
        *(CardFact(label=label, text=text) for label, text in more),
        CardFact(label="Pack", text="lockdown-2020 1.0.0"),
    )


def linked(*ids: str) -> tuple[FigureLink, ...]:
    return tuple(LINKS[i] for i in ids)


C17, C18, C19, C20 = (fid(i) for i, _, _ in CAMBS)

CAMBS_77 = EvidenceCard(
    figure=C19,
    heading="77 offences",
    subheading="Sexual communication with a child: Cambridgeshire, 2019/20",
    facts=facts("77", "Paragraph 5", ("Coverage", "One force’s own count.")),
    notes=(),
    remarks=(),
    workings=(
        Calculation(
            text="Cambridgeshire: +6 offences recorded from 2018/19 to 2019/20.",
            amount="+6",
            low="+6",
            high="+6",
            formula="77 − 71 = 6",
            inputs=(C18, C19),
            links=linked(C18, C19),
        ),
        Calculation(
            text="Cambridgeshire: +8.5% offences recorded from 2018/19 to 2019/20.",
            amount="+8.5%",
            low="+8.5%",
            high="+8.5%",
            formula="(77 − 71) ÷ 71 × 100 = 8.45…",
            inputs=(C18, C19),
            links=linked(C18, C19),
        ),
        Calculation(
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

EAST_36 = EvidenceCard(
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
        Annotation(
            heading="What it is a share of",
            text="On NSPCC’s own page, platform shares are shares of the offences where the platform was "
            "recorded, and not of all offences. How many those were is not printed here.",
            source="NSPCC, November 2020",
        ),
        Annotation(
            heading="Where the number belongs",
            text="The same 114 offences and 36% are printed elsewhere for Surrey, Sussex and Kent together. "
            "One of the two attributions is probably wrong.",
            source="Greatest Hits Radio, November 2020",
        ),
    ),
    workings=(
        Calculation(
            text="Instagram: 36% of 114 offences can only be 41 offences.",
            amount="41",
            low="41",
            high="41",
            formula="114 × 36% = 41.04",
            inputs=(EAST_INSTAGRAM.figure, fid("east-offences-2020-q1")),
            links=(
                EAST_INSTAGRAM,
                FigureLink(figure=fid("east-offences-2020-q1"), label="East of England, Apr-Jun 2020: 114"),
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
        Calculation(
            text="Instagram: 37% of at least 1,200 offences is at least 439 offences.",
            amount="439",
            low="439",
            high="",
            formula="1,201 × 36.5% = 438.37",
            inputs=(UK_INSTAGRAM.figure, UK.figure),
            links=(UK_INSTAGRAM, UK),
            caveat="The count is printed as a lower bound, so there is no upper end.",
        ),
        Calculation(
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
