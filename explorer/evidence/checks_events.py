"""Checks of claims about happenings: the date of one, and one that a source only gives as understood.

Figures say nothing of these; the events of the record do.
"""

from __future__ import annotations

from . import wording
from .finding import Finding, setting
from .model import Claim, Event, Weight
from .record import Record
from .registry import claim_check

_UNKNOWN = "The record holds no such event, so the claim can be compared with nothing."
_CONTENT = ("Whether what is said of the event besides its date is so.",)


@claim_check("event_date", needs=("event",), one_of=("date", "by"))
def event_date(claim: Claim, record: Record) -> Finding:
    """Whether an event happened on a date, or ``by`` one (on or before it), as exact as published."""
    event = _event(record, setting(claim, "event"))
    by = claim.setting("by")
    published = _date(claim, "by" if by else "date")
    if by:
        day = wording.last_day(published)
        check = (
            f"Whether the record dates the event on or before {wording.day(day.isoformat() if day else by)}."
        )
    else:
        check = f"Whether the record dates the event {wording.on_day(published)}."
    if event is None:
        return Finding(weight=Weight.NOT_SHOWN, reason=_UNKNOWN, check=check)
    weight, reason = _before(event, published) if by else _dated(claim, record, event, published)
    return Finding(
        weight=weight,
        reason=wording.sentence(reason),
        check=check,
        caveats=_say_publisher(record, event),
        not_checked=_CONTENT,
    )


def _date(claim: Claim, name: str) -> str:
    text = setting(claim, name)
    if wording.first_day(text) is None:
        raise ValueError(f'the claim "{claim.id}" has the {name} "{text}": write it like 2020-02')
    return text


def _before(event: Event, by: str) -> tuple[Weight, str]:
    """How an event stands to the last day that ``by`` can mean."""
    first, last, end = wording.first_day(event.date), wording.last_day(event.date), wording.last_day(by)
    when = wording.day(event.date)
    if first is None or last is None or end is None:
        return Weight.NOT_SHOWN, f"The record gives no date that can be compared: {event.name}"
    if last <= end:
        if event.reported:
            return Weight.PARTLY, f"A source only reports this, as of {when}: {event.name}"
        return Weight.SUPPORTED, f"The record dates this to {when}: {event.name}"
    if first > end:
        return Weight.CONTRADICTED, f"The record dates this ({event.name}) to {when}, after {wording.day(by)}"
    return Weight.NOT_SHOWN, f"The record dates this no closer than {when}: {event.name}"


def _dated(claim: Claim, record: Record, event: Event, printed: str) -> tuple[Weight, str]:
    when = wording.day(event.date)
    if _inside(event.date, printed):
        if event.reported:
            return Weight.PARTLY, f"A source only reports this, as of {when}: {event.name}"
        return Weight.SUPPORTED, f"The record dates this to {when}: {event.name}"
    if _inside(printed, event.date):
        return Weight.NOT_SHOWN, f"The record dates this no closer than {when}: {event.name}"
    reason = f"The record dates this ({event.name}) to {when}, not {wording.day(printed)}"
    others = _happened(claim, record, event, printed)
    if others:
        names = wording.listing([other.name for other in others])
        reason += f"; {wording.day(printed)} is the date of something else: {names}"
    return Weight.CONTRADICTED, reason


def _happened(claim: Claim, record: Record, event: Event, printed: str) -> list[Event]:
    """Other events within the printed date, at most two, those that the claim names first."""
    found = [other for other in record.events() if other.id != event.id and _inside(other.date, printed)]
    found = sorted(found, key=lambda other: other.id not in claim.events)
    return list({(other.name, other.date): other for other in reversed(found)}.values())[::-1][:2]


def _inside(inner: str, outer: str) -> bool:
    """Whether all that ``inner`` can mean lies within what ``outer`` can mean."""
    first, last = wording.first_day(inner), wording.last_day(inner)
    begins, ends = wording.first_day(outer), wording.last_day(outer)
    if first is None or last is None or begins is None or ends is None:
        return False
    return begins <= first and last <= ends


@claim_check("as_reported", needs=("event",), may=("later",))
def as_reported(claim: Claim, record: Record) -> Finding:
    """Whether the record holds an event that a source reports; ``later`` names what followed."""
    event = _event(record, setting(claim, "event"))
    check = "Whether the record holds the event itself, or only an account of it."
    if event is None:
        return Finding(weight=Weight.NOT_SHOWN, reason=_UNKNOWN, check=check)
    later = _event(record, claim.setting("later"))
    after = _after(event, later)
    if event.reported:
        account = "This is an account of what a source understands to have happened; no figure bears on it"
        reason = wording.sentence(account + after)
        return Finding(weight=Weight.NOT_SHOWN, reason=reason, check=check, not_checked=_CONTENT)
    reason = f"The record dates this to {wording.day(event.date)}: {event.name}{after}"
    return Finding(
        weight=Weight.SUPPORTED,
        reason=wording.sentence(reason),
        check=check,
        caveats=_say_publisher(record, event),
        not_checked=_CONTENT,
    )


def _after(event: Event, later: Event | None) -> str:
    if later is None:
        return ""
    first, then = wording.first_day(event.date), wording.first_day(later.date)
    order = "came before it" if first and then and then < first else "followed"
    return f", and what {order} is dated {wording.day(later.date)}: {later.name}"


def _event(record: Record, event_id: str) -> Event | None:
    return next((event for event in record.events() if event.id == event_id), None)


def _say_publisher(record: Record, event: Event) -> tuple[str, ...]:
    try:
        source = record.source(event.source)
    except KeyError:
        return ()
    return (f"The date is that of {source.publisher}: {source.title}.",)
