"""What is said, asked and claimed about a place: quotes, demands and claims, ready to show.

A voice bears on a place where one of the places it speaks of is that place, holds it or lies in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import ref

from explorer.evidence import Claim, Demand, Place, Quote, Verdict, VoiceKind, formatting
from explorer.evidence.claims import MEANINGS, CheckResult, check_claim
from explorer.pages.model import ClaimView, DemandView, EvidenceLibrary, Question, QuoteView
from explorer.pages.text import phrases
from explorer.support import per_revision

from .figure_card import figure_links, note_remark

VERDICT_WORDS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.IN_LINE: "In line with the figures, no clear change",
    Verdict.PARTLY: "Partly supported",
    Verdict.NOT_SHOWN: "Not shown by the figures",
    Verdict.CANNOT_JUDGE: "Cannot be judged",
    Verdict.CONTRADICTED: "Contradicted",
}


def select_quotes(library: EvidenceLibrary, question: Question, place: Place) -> tuple[QuoteView, ...]:
    """The quotes that pass the question's filters, in the order they were printed."""
    cache = _cache_for(library)
    return tuple(
        cache.quote_view(quote)
        for quote in library.quotes()
        if _concerns_place(library, question, place, quote.places)
        and question.speaker in {"", quote.speaker}
        and _matches_words(question, quote.text, quote.speaker, quote.role, quote.organisation)
    )


def select_demands(library: EvidenceLibrary, question: Question, place: Place) -> tuple[DemandView, ...]:
    """The demands that pass the question's filters, in the order they were made."""
    cache = _cache_for(library)
    return tuple(
        cache.demand_view(demand)
        for demand in library.demands()
        if _concerns_place(library, question, place, demand.places)
        and question.speaker in {"", demand.asked_by}
        and _matches_words(question, demand.text, demand.asked_by, demand.addressed_to, demand.instrument)
    )


def select_claims(library: EvidenceLibrary, question: Question, place: Place) -> tuple[ClaimView, ...]:
    """The claims that pass the question's filters, each weighed against the evidence as it stands now."""
    cache = _cache_for(library)
    return tuple(
        cache.claim_view(claim)
        for claim in library.claims()
        if _concerns_place(library, question, place, claim.places)
        and question.speaker in {"", _claim_speaker(claim)}
        and _matches_words(question, claim.text, claim.made_by)
    )


class _VoiceCache:
    """What is said, asked and claimed in a library at one revision: it hangs on the evidence alone."""

    def __init__(self, library: EvidenceLibrary) -> None:
        # What is kept for a library must not keep the library.
        self._library = ref(library)
        self._voices: dict[str, QuoteView] = {}
        self._asked: dict[str, DemandView] = {}
        self._verdicts: dict[str, ClaimView] = {}

    def quote_view(self, quote: Quote) -> QuoteView:
        """A quote, ready to show."""
        if quote.id not in self._voices:
            self._voices[quote.id] = _build_quote_view(self._live_library(), quote)
        return self._voices[quote.id]

    def demand_view(self, demand: Demand) -> DemandView:
        """A demand, ready to show."""
        if demand.id not in self._asked:
            self._asked[demand.id] = _build_demand_view(self._live_library(), demand)
        return self._asked[demand.id]

    def claim_view(self, claim: Claim) -> ClaimView:
        """A claim, weighed once."""
        if claim.id not in self._verdicts:
            self._verdicts[claim.id] = _build_claim_view(self._live_library(), claim)
        return self._verdicts[claim.id]

    def _live_library(self) -> EvidenceLibrary:
        library = self._library()
        if library is None:
            raise LookupError("the library has been let go")
        return library


_cache_for = per_revision(_VoiceCache)


def list_speakers(library: EvidenceLibrary) -> tuple[str, ...]:
    """Everybody who says, asks or claims something, in alphabetical order."""
    names = {quote.speaker for quote in library.quotes()}
    names |= {demand.asked_by for demand in library.demands()}
    names |= {_claim_speaker(claim) for claim in library.claims()}
    return tuple(sorted(names - {""}))


def _claim_speaker(claim: Claim) -> str:
    """Who makes a claim, without what follows the name: "NSPCC, as the article reports" -> "NSPCC"."""
    return claim.made_by.split(",")[0].strip()


def _concerns_place(library: EvidenceLibrary, question: Question, place: Place, about: Sequence[str]) -> bool:
    if question.everywhere or not about:
        return True
    return any(_are_related(library, place.code, code) for code in about)


def _are_related(library: EvidenceLibrary, one: str, other: str) -> bool:
    places = library.places
    if one == other:
        return True
    above = {place.code for place in places.ancestors(one)}
    below = {place.code for place in places.ancestors(other)}
    return other in above or one in below


def _matches_words(question: Question, *texts: str) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in question.words.casefold().split())


def _source_line(library: EvidenceLibrary, source: str, locator: str) -> str:
    source_name = phrases.source_named(library.source(source))
    return f"{source_name}, {locator}" if locator else source_name


def _build_quote_view(library: EvidenceLibrary, quote: Quote) -> QuoteView:
    verbatim = quote.kind is VoiceKind.VERBATIM
    text = f"“{quote.text.replace(_PARAGRAPH, _NEXT_QUOTED)}”" if verbatim else quote.text
    detail = ", ".join(part for part in (quote.role, quote.organisation) if part)
    source = phrases.citation(library.source(quote.source), quote.locator)
    return QuoteView(
        id=quote.id,
        text=text,
        verbatim=verbatim,
        speaker=quote.speaker,
        detail=detail,
        source=_source_line(library, quote.source, quote.locator),
        note=quote.note,
        links=figure_links(library, quote.figures),
        citation=f"{text}\n{quote.speaker}, {detail}. {source}.",
    )


_PARAGRAPH = "\n\n"
_NEXT_QUOTED = "\n\n“"
"""Printed speech of several paragraphs opens each with a quotation mark and closes only the last."""


def _build_demand_view(library: EvidenceLibrary, demand: Demand) -> DemandView:
    verbatim = demand.kind is VoiceKind.VERBATIM
    text = f"“{demand.text}”" if verbatim else demand.text
    addressee = ", ".join(part for part in (demand.addressed_to, demand.instrument) if part)
    source = phrases.citation(library.source(demand.source), demand.locator)
    gist = "" if verbatim else " (paraphrase)"
    return DemandView(
        id=demand.id,
        number=demand.order,
        title=demand.title,
        text=text,
        verbatim=verbatim,
        asked_by=demand.asked_by,
        addressed_to=addressee,
        source=_source_line(library, demand.source, demand.locator),
        note=demand.note,
        links=figure_links(library, demand.figures),
        citation=f"{text}{gist}. Asked by {demand.asked_by} of {addressee}. {source}.",
    )


def _safe_check_claim(claim: Claim, library: EvidenceLibrary) -> CheckResult:
    """The finding; where the claim's settings cannot be read it says so, and the page stays whole."""
    try:
        return check_claim(claim, library)
    except ValueError as error:
        check = "Nothing: the claim does not say clearly what to check."
        return CheckResult(weight=Verdict.CANNOT_JUDGE, reason=formatting.to_sentence(str(error)), check=check)


def _build_claim_view(library: EvidenceLibrary, claim: Claim) -> ClaimView:
    finding = _safe_check_claim(claim, library)
    bearing = tuple(dict.fromkeys((*claim.figures, *finding.figures)))
    verdict_text = VERDICT_WORDS[finding.weight]
    source = phrases.citation(library.source(claim.source), claim.locator)
    remarks = tuple(
        note_remark(library, note)
        for note in library.notes()
        if claim.id in note.claims or set(note.events) & set(claim.events)
    )
    return ClaimView(
        id=claim.id,
        number=claim.order,
        text=claim.text,
        weight=finding.weight,
        words=verdict_text,
        reason=finding.reason,
        caveats=finding.caveats,
        check=finding.check,
        source=_source_line(library, claim.source, claim.locator),
        remarks=remarks,
        links=figure_links(library, bearing),
        citation=f"Claim: {claim.text} {verdict_text}: {finding.reason} {source}.",
        meaning=MEANINGS[finding.weight],
        not_checked=finding.not_checked,
    )
