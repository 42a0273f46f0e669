"""What is said, asked and claimed about a place: quotes, demands and claims, ready to show.

A voice bears on a place where one of the places it speaks of is that place, holds it or lies in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary, ref

from explorer.evidence.claims import MEANINGS, weigh
from explorer.evidence.finding import Finding
from explorer.evidence.model import Claim, Demand, Place, Quote, VoiceKind, Weight
from explorer.packs.library import Library

from . import words
from .cards import links, note_remark
from .page import Asked, Verdict, Voice
from .question import Question

VERDICT_WORDS = {
    Weight.SUPPORTED: "Supported",
    Weight.IN_LINE: "In line with the figures, no clear change",
    Weight.PARTLY: "Partly supported",
    Weight.NOT_SHOWN: "Not shown by the figures",
    Weight.CANNOT_JUDGE: "Cannot be judged",
    Weight.CONTRADICTED: "Contradicted",
}


def quotes(library: Library, question: Question, place: Place) -> tuple[Voice, ...]:
    """The quotes that pass the question's filters, in the order they were printed."""
    known = _known(library)
    return tuple(
        known.voice(quote)
        for quote in library.quotes()
        if _wanted(library, question, place, quote.places)
        and question.speaker in {"", quote.speaker}
        and _says(question, quote.text, quote.speaker, quote.role, quote.organisation)
    )


def demands(library: Library, question: Question, place: Place) -> tuple[Asked, ...]:
    """The demands that pass the question's filters, in the order they were made."""
    known = _known(library)
    return tuple(
        known.asked(demand)
        for demand in library.demands()
        if _wanted(library, question, place, demand.places)
        and question.speaker in {"", demand.asked_by}
        and _says(question, demand.text, demand.asked_by, demand.addressed_to, demand.instrument)
    )


def claims(library: Library, question: Question, place: Place) -> tuple[Verdict, ...]:
    """The claims that pass the question's filters, each weighed against the evidence as it stands now."""
    known = _known(library)
    return tuple(
        known.verdict(claim)
        for claim in library.claims()
        if _wanted(library, question, place, claim.places)
        and question.speaker in {"", _speaker(claim)}
        and _says(question, claim.text, claim.made_by)
    )


class _Known:
    """What is said, asked and claimed in a library at one revision: it hangs on the evidence alone."""

    def __init__(self, library: Library) -> None:
        self.revision = library.revision
        self._library = ref(library)
        self._voices: dict[str, Voice] = {}
        self._asked: dict[str, Asked] = {}
        self._verdicts: dict[str, Verdict] = {}

    def voice(self, quote: Quote) -> Voice:
        """A quote, ready to show."""
        if quote.id not in self._voices:
            self._voices[quote.id] = _voice(self._held(), quote)
        return self._voices[quote.id]

    def asked(self, demand: Demand) -> Asked:
        """A demand, ready to show."""
        if demand.id not in self._asked:
            self._asked[demand.id] = _asked(self._held(), demand)
        return self._asked[demand.id]

    def verdict(self, claim: Claim) -> Verdict:
        """A claim, weighed once."""
        if claim.id not in self._verdicts:
            self._verdicts[claim.id] = _verdict(self._held(), claim)
        return self._verdicts[claim.id]

    def _held(self) -> Library:
        library = self._library()
        if library is None:
            raise LookupError("the library has been let go")
        return library


_KNOWN: WeakKeyDictionary[Library, _Known] = WeakKeyDictionary()


def _known(library: Library) -> _Known:
    known = _KNOWN.get(library)
    if known is None or known.revision != library.revision:
        known = _KNOWN[library] = _Known(library)
    return known


def speakers(library: Library) -> tuple[str, ...]:
    """Everybody who says, asks or claims something, in alphabetical order."""
    named = {quote.speaker for quote in library.quotes()}
    named |= {demand.asked_by for demand in library.demands()}
    named |= {_speaker(claim) for claim in library.claims()}
    return tuple(sorted(named - {""}))


def _speaker(claim: Claim) -> str:
    """Who makes a claim, without what follows the name: "NSPCC, as the article reports" -> "NSPCC"."""
    return claim.made_by.split(",")[0].strip()


def _wanted(library: Library, question: Question, place: Place, about: Sequence[str]) -> bool:
    if question.everywhere or not about:
        return True
    return any(_related(library, place.code, code) for code in about)


def _related(library: Library, one: str, other: str) -> bool:
    places = library.places
    if one == other:
        return True
    above = {place.code for place in places.ancestors(one)}
    below = {place.code for place in places.ancestors(other)}
    return other in above or one in below


def _says(question: Question, *texts: str) -> bool:
    said = " ".join(texts).casefold()
    return all(word in said for word in question.words.casefold().split())


def _source(library: Library, source: str, locator: str) -> str:
    named = words.source_named(library.source(source))
    return f"{named}, {locator}" if locator else named


def _voice(library: Library, quote: Quote) -> Voice:
    verbatim = quote.kind is VoiceKind.VERBATIM
    text = f"“{quote.text.replace(_PARAGRAPH, _NEXT_QUOTED)}”" if verbatim else quote.text
    detail = ", ".join(part for part in (quote.role, quote.organisation) if part)
    source = words.cited(library.source(quote.source), quote.locator)
    return Voice(
        id=quote.id,
        text=text,
        verbatim=verbatim,
        speaker=quote.speaker,
        detail=detail,
        source=_source(library, quote.source, quote.locator),
        note=quote.note,
        links=links(library, quote.figures),
        citation=f"{text}\n{quote.speaker}, {detail}. {source}.",
    )


_PARAGRAPH = "\n\n"
_NEXT_QUOTED = "\n\n“"
"""Printed speech of several paragraphs opens each with a quotation mark and closes only the last."""


def _asked(library: Library, demand: Demand) -> Asked:
    verbatim = demand.kind is VoiceKind.VERBATIM
    text = f"“{demand.text}”" if verbatim else demand.text
    addressed = ", ".join(part for part in (demand.addressed_to, demand.instrument) if part)
    source = words.cited(library.source(demand.source), demand.locator)
    gist = "" if verbatim else " (paraphrase)"
    return Asked(
        id=demand.id,
        number=demand.order,
        title=demand.title,
        text=text,
        verbatim=verbatim,
        asked_by=demand.asked_by,
        addressed_to=addressed,
        source=_source(library, demand.source, demand.locator),
        note=demand.note,
        links=links(library, demand.figures),
        citation=f"{text}{gist}. Asked by {demand.asked_by} of {addressed}. {source}.",
    )


def _weigh(claim: Claim, library: Library) -> Finding:
    """The finding; where the claim's settings cannot be read it says so, and the page stays whole."""
    try:
        return weigh(claim, library)
    except ValueError as error:
        check = "Nothing: the claim does not say clearly what to check."
        return Finding(weight=Weight.CANNOT_JUDGE, reason=words.sentence(str(error)), check=check)


def _verdict(library: Library, claim: Claim) -> Verdict:
    finding = _weigh(claim, library)
    bearing = tuple(dict.fromkeys((*claim.figures, *finding.figures)))
    said = VERDICT_WORDS[finding.weight]
    source = words.cited(library.source(claim.source), claim.locator)
    remarks = tuple(
        note_remark(library, note)
        for note in library.notes()
        if claim.id in note.claims or set(note.events) & set(claim.events)
    )
    return Verdict(
        id=claim.id,
        number=claim.order,
        text=claim.text,
        weight=finding.weight,
        words=said,
        reason=finding.reason,
        caveats=finding.caveats,
        check=finding.check,
        source=_source(library, claim.source, claim.locator),
        remarks=remarks,
        links=links(library, bearing),
        citation=f"Claim: {claim.text} {said}: {finding.reason} {source}.",
        meaning=MEANINGS[finding.weight],
        not_checked=finding.not_checked,
    )
