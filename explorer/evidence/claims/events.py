"""Checks of claims about happenings: the date of one, and one that a source only gives as understood.

Figures say nothing of these; the events of the record do.
"""

from __future__ import annotations

from explorer.evidence import formatting
from explorer.evidence.model import Claim, Event, Verdict
from explorer.evidence.repository import Repository

from .base import CheckResult, required_setting
from .registry import claim_check

_UNKNOWN = "The record holds no such event, so the claim can be compared with nothing."
_CONTENT = ("Whether what is said of the event besides its date is so.",)


@claim_check("event_date", needs=("event",), one_of=("date", "by"))
def event_date(claim: Claim, record: Repository) -> CheckResult:
    """Whether an event happened on a date, or ``by`` one (on or before it), as exact as published."""
    event = _find_event(record, required_setting(claim, "event"))
    by = claim.setting("by")
    claimed_date = _read_date_setting(claim, "by" if by else "date")
    if by:
        day = formatting.last_day(claimed_date)
        check = (
            f"Whether the record dates the event on or before {formatting.format_date(day.isoformat() if day else by)}."
        )
    else:
        check = f"Whether the record dates the event {formatting.on_day(claimed_date)}."
    if event is None:
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=_UNKNOWN, check=check)
    weight, reason = _judge_before(event, claimed_date) if by else _judge_date(claim, record, event, claimed_date)
    return CheckResult(
        weight=weight,
        reason=formatting.to_sentence(reason),
        check=check,
        caveats=_say_publisher(record, event),
        not_checked=_CONTENT,
    )


def _read_date_setting(claim: Claim, name: str) -> str:
    text = required_setting(claim, name)
    if formatting.first_day(text) is None:
        raise ValueError(f'the claim "{claim.id}" has the {name} "{text}": write it like 2020-02')
    return text


def _judge_before(event: Event, by: str) -> tuple[Verdict, str]:
    """How an event stands to the last day that ``by`` can mean."""
    first, last, end = formatting.first_day(event.date), formatting.last_day(event.date), formatting.last_day(by)
    when = formatting.format_date(event.date)
    if first is None or last is None or end is None:
        return Verdict.NOT_SHOWN, f"The record gives no date that can be compared: {event.name}"
    if last <= end:
        if event.reported:
            return Verdict.PARTLY, f"A source only reports this, as of {when}: {event.name}"
        return Verdict.SUPPORTED, f"The record dates this to {when}: {event.name}"
    if first > end:
        return (
            Verdict.CONTRADICTED,
            f"The record dates this ({event.name}) to {when}, after {formatting.format_date(by)}",
        )
    return Verdict.NOT_SHOWN, f"The record dates this no closer than {when}: {event.name}"


def _judge_date(claim: Claim, record: Repository, event: Event, claimed_date: str) -> tuple[Verdict, str]:
    when = formatting.format_date(event.date)
    if _is_date_within(event.date, claimed_date):
        if event.reported:
            return Verdict.PARTLY, f"A source only reports this, as of {when}: {event.name}"
        return Verdict.SUPPORTED, f"The record dates this to {when}: {event.name}"
    if _is_date_within(claimed_date, event.date):
        return Verdict.NOT_SHOWN, f"The record dates this no closer than {when}: {event.name}"
    reason = f"The record dates this ({event.name}) to {when}, not {formatting.format_date(claimed_date)}"
    others = _find_other_events(claim, record, event, claimed_date)
    if others:
        names = formatting.join_list([other.name for other in others])
        reason += f"; {formatting.format_date(claimed_date)} is the date of something else: {names}"
    return Verdict.CONTRADICTED, reason


def _find_other_events(claim: Claim, record: Repository, event: Event, claimed_date: str) -> list[Event]:
    """Other events within the printed date, at most two, those that the claim names first."""
    other_events = [
        other for other in record.events() if other.id != event.id and _is_date_within(other.date, claimed_date)
    ]
    other_events = sorted(other_events, key=lambda other: other.id not in claim.events)
    return list({(other.name, other.date): other for other in reversed(other_events)}.values())[::-1][:2]


def _is_date_within(inner: str, outer: str) -> bool:
    """Whether all that ``inner`` can mean lies within what ``outer`` can mean."""
    first, last = formatting.first_day(inner), formatting.last_day(inner)
    begins, ends = formatting.first_day(outer), formatting.last_day(outer)
    if first is None or last is None or begins is None or ends is None:
        return False
    return begins <= first and last <= ends


@claim_check("as_reported", needs=("event",), may=("later",))
def as_reported(claim: Claim, record: Repository) -> CheckResult:
    """Whether the record holds an event that a source reports; ``later`` names what followed."""
    event = _find_event(record, required_setting(claim, "event"))
    check = "Whether the record holds the event itself, or only an account of it."
    if event is None:
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=_UNKNOWN, check=check)
    later = _find_event(record, claim.setting("later"))
    after = _describe_later(event, later)
    if event.reported:
        account = "This is an account of what a source understands to have happened; no figure bears on it"
        reason = formatting.to_sentence(account + after)
        return CheckResult(weight=Verdict.NOT_SHOWN, reason=reason, check=check, not_checked=_CONTENT)
    reason = f"The record dates this to {formatting.format_date(event.date)}: {event.name}{after}"
    return CheckResult(
        weight=Verdict.SUPPORTED,
        reason=formatting.to_sentence(reason),
        check=check,
        caveats=_say_publisher(record, event),
        not_checked=_CONTENT,
    )


def _describe_later(event: Event, later: Event | None) -> str:
    if later is None:
        return ""
    first, then = formatting.first_day(event.date), formatting.first_day(later.date)
    order = "came before it" if first and then and then < first else "followed"
    return f", and what {order} is dated {formatting.format_date(later.date)}: {later.name}"


def _find_event(record: Repository, event_id: str) -> Event | None:
    return next((event for event in record.events() if event.id == event_id), None)


def _say_publisher(record: Repository, event: Event) -> tuple[str, ...]:
    try:
        source = record.source(event.source)
    except KeyError:
        return ()
    return (f"The date is that of {source.publisher}: {source.title}.",)
