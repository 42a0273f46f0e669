"""The sentences about change, share and index that pages may hold, each with the check that it has to pass.

A check gets what a sentence says in words and finds the figures itself, by place, period and number, in the
packs' own files. What holds a percentage, an index or a word of change and is none of these is not read by
the sweep, and so a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from tests.sweep.ledger import DECIMALS_FROM, PERIOD, SMALLEST, Fact, Ledger, clear, p_value, span

RISKY = re.compile(
    r"%|\bindex\b|\b(?:rose|rises?|risen|fell|falls?|fallen|(?<!add )(?<!added )(?<!make it )up|down|grew"
    r"|doubled?|tripled?|halved|increased?|decreased?|\d+ (?:more|fewer) offences?)\b",
    re.I,
)
CHANCE = ("More than chance alone would make", "No clear change", "leave open whether there was a change")
N = r"(?:[−-]?\d[\d,]*(?:\.\d+)?)"
BASE = (
    r"(?:where \w+(?: and \w+)? known|of (?:recorded )?offences|"
    r"of [0-9][0-9,]* (?:offences|children|victims)|of the base below|base not known|bases differ)"
)
"""What a share is of, in the few words of a title."""
_RANGE = re.compile(rf"\((?:rounding allows )?[+−]?{N}%? (?:to [+−]?{N}%|or more|or fewer)\)")
_FORMULA = re.compile(r"\((?:[^()]|\([^()]*\))*[=≈](?:[^()]|\([^()]*\))*\)")
LEAD = r"(?:at least |at most |about |almost |more than )?"

Check = Callable[[re.Match[str], str, frozenset[str]], str]
"""From a sentence found, what follows it and the measures of its page to what is wrong; empty for nothing."""


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(",", "").replace("+", ""))


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class Sentences:
    """The sentences that may be said, over a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._seen: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}

    def faults(self, text: str, measures: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """What is wrong with what a text says of change, share and index."""
        if not RISKY.search(text):
            return ()
        key = (text, measures)
        if key not in self._seen:
            self._seen[key] = tuple(self._faults(text, measures))
        return self._seen[key]

    def _faults(self, text: str, measures: frozenset[str]) -> Iterable[str]:
        found: list[str] = []
        text = _FORMULA.sub(_kept, _RANGE.sub("", text))
        for need, shape, check in self._shapes:
            if need not in text:
                continue

            def read(match: re.Match[str], check: Check = check) -> str:
                after = match.string[match.end() :]
                if wrong := check(match, after, measures):
                    found.append(f"{wrong}: {match[0]}")
                return " · "

            text = shape.sub(read, text)
        if RISKY.search(text):
            text = _PLAIN.sub(" · ", text)
        if RISKY.search(text):
            for words in self._quoted:
                text = text.replace(words, " · ")
            if hit := RISKY.search(text):
                found.append(f"said in no way that can be checked: {text[max(0, hit.start() - 90) :][:220]}")
        return found

    @cached_property
    def _quoted(self) -> tuple[str, ...]:
        """What the packs themselves say of change and share: their words, and not the program's."""
        return tuple(words for words in self.ledger.words if RISKY.search(words))

    @cached_property
    def _shapes(self) -> list[tuple[str, re.Pattern[str], Check]]:
        place, share = r"(?P<place>[A-Z][^:;.,]*?)", rf"{LEAD}(?P<n>{N})%"
        platform = r"(?:(?P<platform>[^.;:,]*), (?:the )?)?"
        given = [
            (
                rf"{platform}{place}: (?:a (?P<way>rise|fall) of {share}|no change) in "
                rf"offences recorded (?:from|between) (?P<p1>{PERIOD}) (?:to|and) (?P<p2>{PERIOD})",
                self.percentage,
                " in offences recorded ",
            ),
            (
                rf"{platform}{place}: (?:{LEAD}(?P<n>{N}) (?P<way>more|fewer)|as many) "
                rf"offences? recorded in (?P<p2>{PERIOD}) (?:than|as) in (?P<p1>{PERIOD})",
                self.difference,
                " recorded in ",
            ),
            (
                rf"{place}, (?P<p>{PERIOD}): {share} of the offences recorded for (?P<whole>[A-Z][\w ]*|the "
                r"[A-Z][\w ]*)",
                self.part_of,
                " of the offences recorded for ",
            ),
            (
                rf"recorded in (?:the )?{place} in (?P<p2>{PERIOD}), "
                rf"counted as [^.%]*?, (?:(?P<n>{N}) "
                rf"(?P<way>more|fewer) than the (?P<first>{N}) of (?P<p1>{PERIOD})"
                rf"(?: \((?P<signed>[+−]?{N})%\))?)\.",
                self.point,
                ", counted as ",
            ),
            (
                rf"{place}: (?P<signed>[+−]?{N})%, from (?P<first>{N}) offences? in (?P<p1>{PERIOD}) to "
                rf"(?P<last>{N}) in (?P<p2>{PERIOD}); (?P<chance>no clear change|more than chance)",
                self.on_map,
                "%, from ",
            ),
            (
                rf"{place}, (?P<p2>{PERIOD}): [^:;]*; index, with (?P<p1>{PERIOD}) = 100: \(?{LEAD}"
                rf"(?P<n>{N})\)?(?P<unclear>; no clear change since then)?",
                self.index,
                "; index, with ",
            ),
            (
                rf"The difference between (?P<p1>{PERIOD}) and (?P<p2>{PERIOD}) is larger than chance alone "
                r"would make \(5% level\)",
                self.beyond,
                "The difference between ",
            ),
            (
                rf"No clear change: chance alone could part the counts of (?P<p1>{PERIOD}) and (?P<p2>"
                rf"{PERIOD}) as far(?: in {N}% of cases \(p = (?P<p>[01]\.\d\d)\))?",
                self.within_chance,
                "No clear change: chance",
            ),
            (
                rf"(?P<signed>[+−]?{LEAD}[+−]?{N})% in offences recorded",
                self.published,
                "% in offences recorded",
            ),
            (rf"(?P<signed>[+−]{N})%(?=$|, [A-Z])", self.published, "%"),
            (rf"\b(?P<way>up|down) {share} since {PERIOD}", self.published, "% since "),
            (
                rf"(?P<n>{N})% of (?P<of>{N}) offences is (?:at least |between |about )?[\d,.]+(?: and "
                r"[\d,.]+)? offences",
                self.implied,
                " offences is ",
            ),
            (rf"{LEAD}{N}%(?: or {N}%)? of [a-z][a-z' ]+", self.fine, "% of "),
            (
                rf"as a share of [a-z][a-z' ]+, is published as .*?%.*?\. {LEAD}{N}% is shown first",
                self.fine,
                "as a share of ",
            ),
            (rf"{LEAD}{N}%(?:, in doubt)?(?:, then {LEAD}{N}%)?, {BASE}", self.fine, "%"),
        ]
        return [(need, re.compile(shape), check) for shape, check, need in given]

    def fine(self, _match: re.Match[str], _after: str, _measures: frozenset[str]) -> str:
        """A share with what it is of; that the number is the published one is asked of its figure."""
        return ""

    # what a sentence names

    def facts(self, place: str, period: str, measures: frozenset[str], platform: str = "") -> list[Fact]:
        """The figures of a place by name and a period, of these measures or of any."""
        found = [fact for code in self.ledger.named(place) for fact in self.ledger.by_span[code, span(period)]]
        kept = [fact for fact in found if (not measures or fact.measure in measures) and fact.number is not None]
        return [fact for fact in kept if bool(fact.platform) == bool(platform)]

    def pairs(self, match: re.Match[str], measures: frozenset[str]) -> list[tuple[Fact, Fact]]:
        """The pairs of counts that a sentence may be about."""
        named = match.groupdict()
        platform = named.get("platform") or ""
        first = self.facts(named["place"], named["p1"], measures, platform)
        last = self.facts(named["place"], named["p2"], measures, platform)
        counts = {"offences", "people"}
        return [(a, b) for a in first for b in last if a.measure == b.measure and a.unit in counts and a.id != b.id]

    def _some(
        self, pairs: list[tuple[Fact, Fact]], says: Callable[[Fact, Fact], str], none: str = "no such figures"
    ) -> str:
        """Empty where some pair may be set together and is as the sentence says; else what is wrong."""
        wrong = [self.ledger.apart(a, b) or says(a, b) for a, b in pairs]
        if "" in wrong:
            return ""
        closest = [one for one in wrong if one not in {"not one series", "other numbers"}]
        return next(iter(closest or wrong), none)

    # the checks

    def percentage(self, match: re.Match[str], after: str, measures: frozenset[str]) -> str:
        told = number(match["n"] or "0") * (-1 if match["way"] == "fall" else 1)

        def says(a: Fact, b: Fact) -> str:
            return _per_cent(a, b, told) or _chance(a, b, after)

        return self._some(self.pairs(match, measures), says)

    def difference(self, match: re.Match[str], after: str, measures: frozenset[str]) -> str:
        told = number(match["n"] or "0") * (-1 if match["way"] == "fewer" else 1)

        def says(a: Fact, b: Fact) -> str:
            other = _less(b, a) != told and a.exact and b.exact
            return "other numbers" if other else _chance(a, b, after)

        return self._some(self.pairs(match, measures), says)

    def point(self, match: re.Match[str], after: str, measures: frozenset[str]) -> str:
        told = number(match["n"]) * (-1 if match["way"] == "fewer" else 1)

        def says(a: Fact, b: Fact) -> str:
            if _less(b, a) != told or a.number != number(match["first"]):
                return "other numbers"
            signed = match["signed"]
            return (_per_cent(a, b, number(signed)) if signed else "") or _chance(a, b, after)

        return self._some(self.pairs(match, measures), says)

    def on_map(self, match: re.Match[str], _after: str, measures: frozenset[str]) -> str:
        def says(a: Fact, b: Fact) -> str:
            if (a.number, b.number) != (number(match["first"]), number(match["last"])):
                return "other numbers"
            chance = CHANCE[1] if match["chance"] == "no clear change" else CHANCE[0]
            return _per_cent(a, b, number(match["signed"])) or _chance(a, b, chance)

        return self._some(self._with_nation(match, measures), says)

    def _with_nation(self, match: re.Match[str], measures: frozenset[str]) -> list[tuple[Fact, Fact]]:
        """Of a nation's only force also the figures that are published for the nation."""
        pairs = self.pairs(match, measures)
        for code in self.ledger.named(match["place"]) or ["PSNI"]:
            nation = next((n for n in ("N92000002", "S92000003") if self.ledger.under(n) == {code}), None)
            if nation is not None:
                first, last = (
                    [f for f in self.ledger.by_span[nation, span(match[p])] if f.measure in measures]
                    for p in ("p1", "p2")
                )
                pairs += [(a, b) for a in first for b in last]
        return pairs

    def index(self, match: re.Match[str], _after: str, measures: frozenset[str]) -> str:
        told, unclear = number(match["n"]), bool(match["unclear"])
        if span(match["p1"]) == span(match["p2"]):
            bases = self.facts(match["place"], match["p1"], measures)
            good = [one for one in bases if not self.ledger.unusable(one) and (one.number or 0) >= SMALLEST]
            return "" if good and told == 100 else "an index of no usable base"

        def says(a: Fact, b: Fact) -> str:
            base, one = (a, b) if a.span == span(match["p1"]) else (b, a)
            if base.number is None or one.number is None or base.number < SMALLEST or not base.exact:
                return "an index of a base under 20, or of one that is not exact"
            if rounded(one.number / base.number * 100, 0) != told:
                return "other numbers"
            apart = clear(base.number, one.number)
            return "an index without its word on chance" if one.exact and apart is unclear else ""

        pairs = self.pairs(match, measures)
        return self._some([(a, b) if a.start < b.start else (b, a) for a, b in pairs], says)

    def part_of(self, match: re.Match[str], _after: str, measures: frozenset[str]) -> str:
        whole, told = re.sub(r" \(rounding.*", "", match["whole"]), number(match["n"])
        wrong = ["no such figures"]
        for a in self.facts(match["place"], match["p"], measures):
            for b in self.facts(whole, match["p"], measures):
                if (a.measure, a.breakdown) != (b.measure, b.breakdown) or a.number is None or not b.number:
                    continue
                wrong.append(self._part(a, b, told))
        return "" if "" in wrong else wrong[-1]

    def _part(self, a: Fact, b: Fact, told: Decimal) -> str:
        own, every = self.ledger.forces(a), self.ledger.forces(b)
        if self.ledger.unusable(a) or self.ledger.unusable(b):
            return self.ledger.unusable(a) or self.ledger.unusable(b)
        if own is None or every is None or not own <= every:
            return "a part of a whole that is not known to hold it"
        if (b.number or 0) < SMALLEST:
            return "a share of a base under 20"
        places = 0 if (b.number or 0) < DECIMALS_FROM else 1
        right = rounded((a.number or Decimal(0)) / (b.number or Decimal(1)) * 100, places)
        return "" if right == told else "other numbers"

    def implied(self, match: re.Match[str], _after: str, _measures: frozenset[str]) -> str:
        share, of = number(match["n"]), number(match["of"])
        for one in self.ledger.facts.values():
            base = self.ledger.facts.get(one.base_figure) if one.unit == "per cent" else None
            if base is not None and one.number == share and base.number == of:
                return self.ledger.unusable(one) or self.ledger.unusable(base)
        return "a part worked out of a base that the share does not name"

    def beyond(self, match: re.Match[str], _after: str, measures: frozenset[str]) -> str:
        return self._noted(match, measures, lambda a, b: _chance(a, b, CHANCE[0]))

    def within_chance(self, match: re.Match[str], _after: str, measures: frozenset[str]) -> str:
        def says(a: Fact, b: Fact) -> str:
            if match["p"] and f"{p_value(int(a.number or 0), int(b.number or 0)):.2f}" != match["p"]:
                return "other numbers"
            return _chance(a, b, CHANCE[1])

        return self._noted(match, measures, says)

    def _noted(self, match: re.Match[str], measures: frozenset[str], says: Callable[[Fact, Fact], str]) -> str:
        """A note names no place: it is of some place whose figures are so."""
        spans = span(match["p1"]), span(match["p2"])
        pairs = [
            (a, b)
            for code in {fact.place for fact in self.ledger.facts.values()}
            for a in self.ledger.by_span[code, spans[0]]
            for b in self.ledger.by_span[code, spans[1]]
            if a.measure == b.measure and a.unit == "offences" and (not measures or a.measure in measures)
        ]
        return self._some(pairs, says)

    def published(self, match: re.Match[str], _after: str, _measures: frozenset[str]) -> str:
        """A change that a source publishes: the number is in the packs, and not in doubt."""
        named = match.groupdict()
        told = number(re.sub(LEAD.replace("?", "", 1), "", named.get("signed") or named.get("n") or "0").strip())
        told *= -1 if named.get("way") == "down" else 1
        for fact in self.ledger.facts.values():
            if fact.unit == "per cent change" and fact.number == told and not fact.doubtful:
                return ""
        return "a published change that no source publishes"


_PLAIN = re.compile(
    r"95% interval"
    r"|[Nn]o index\b|to work an index out of"
    r"|published as “[^”]*”"
    r"|\(5% level\)"
    r"|[Nn]o clear change"
    r"|[Pp]ublished change in offences recorded"
    r"|Published change in recorded offences"
)
"""What holds such a word and says nothing of two figures."""


def _kept(formula: re.Match[str]) -> str:
    """A formula is left out: its sentence is checked. What only looks like one is kept."""
    return formula[0] if re.match(r"\(p =|\(\d{4}/\d\d = 100", formula[0]) else ""


def _less(later: Fact, earlier: Fact) -> Decimal:
    return (later.number or Decimal(0)) - (earlier.number or Decimal(0))


def _per_cent(a: Fact, b: Fact, told: Decimal) -> str:
    if (a.number or 0) < SMALLEST:
        return "a percentage of a base under 20"
    change = _less(b, a) / (a.number or Decimal(1)) * 100
    places = 0 if (a.number or 0) < DECIMALS_FROM else 1
    return "" if rounded(change, places) == told or not (a.exact and b.exact) else "other numbers"


def _chance(a: Fact, b: Fact, after: str) -> str:
    """Whether what follows says of chance what the two counts say."""
    said = after[:600]
    if not any(word in said for word in CHANCE):
        return "no word on chance"
    if not (a.exact and b.exact):
        return ""
    apart = clear(a.number or Decimal(0), b.number or Decimal(0))
    wanted = {True: CHANCE[0], False: CHANCE[1], None: CHANCE[2]}[apart]
    first = min((said.find(word), word) for word in CHANCE if word in said)[1]
    return "" if first == wanted else "another word on chance than the numbers have"
