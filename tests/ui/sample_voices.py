"""Quotes, demands and claims of the shipped evidence, as a page holds them."""

from __future__ import annotations

from typing import Any

from explorer.evidence.model import Verdict
from explorer.pages.model.page import ClaimView, DemandView, QuoteView
from tests.ui.sample_figures import (
    C17,
    C18,
    C19,
    EAST_36,
    EAST_INSTAGRAM,
    LINKS,
    SOURCE,
    UK,
    UK_INSTAGRAM,
    fid,
    linked,
)


def voice(number: int, text: str, speaker: str, detail: str, where: str, **more: Any) -> QuoteView:
    return QuoteView(
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
        note="“Child abuse images” is the speaker’s term; “child sexual abuse material” is the one now advised.",
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
    DemandView(
        id=fid(f"demand-{number}"),
        number=number,
        title="",
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


def claim(number: int, text: str, weight: Verdict, said: str, reason: str, **more: Any) -> ClaimView:
    return ClaimView(
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
        Verdict.NOT_SHOWN,
        "Not shown by the figures",
        "No platform figure is printed below the East of England, and no figure of any kind below the police "
        "force area.",
        remarks=EAST_36.remarks[:1],
    ),
    claim(
        2,
        "Offenders are using Instagram more and more.",
        Verdict.PARTLY,
        "Partly supported",
        "Instagram’s share rose from 29% to 37%, by 8 percentage points, between 7 and 9 for rounding.",
        caveats=("A share can rise without a rise in the count.", "The two periods differ in length."),
    ),
    claim(
        3,
        "Offences recorded in Cambridgeshire rose year on year.",
        Verdict.SUPPORTED,
        "Supported",
        "The count rose from 66 to 71 and from 71 to 77.",
        links=linked(C17, C18, C19),
    ),
    claim(
        4,
        "The Online Harms White Paper was published in February 2020.",
        Verdict.CONTRADICTED,
        "Contradicted",
        "The White Paper was published on 8 April 2019.",
        links=(),
        where="paragraph 17",
    ),
)
