"""What a milestone cannot be, and in which order its changes cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from tracker.errors import BadValue, OutOfOrder
from tracker.model.assessment import Assessment
from tracker.model.change import Change, Stamp
from tracker.model.promise import Promise
from tracker.model.seal import SHORT
from tracker.model.values import Status


def refuse_disorder(m: Promise, stamp: Stamp, new: Mapping[str, Any]) -> None:
    # A field's changes go forward in time, or replaying a past day could not be right.
    if stamp.on < m.earliest:
        said = "Milestone {id} was made on {created_on}, later than {on}."
        hint = (
            "Leave --on out; if it was promised before that, `tracker correct {id} --made-on DATE "
            "-m REASON`."
        )
        raise OutOfOrder(said, hint, id=m.id, created_on=m.created_on, on=stamp.on)
    for change in reversed(m.effective):
        if change.on > stamp.on and not new.keys().isdisjoint(change.now.values()):
            said = "Milestone {id} was changed again on {on}, after {on2}."
            hint = "Leave --on out, or take that back first: `tracker undo {change}`."
            raise OutOfOrder(
                said, hint, id=m.id, on=change.on, on2=stamp.on, change=change.digest[:SHORT]
            )


def refuse_backward(m: Promise) -> None:
    """Raise OutOfOrder if a field would change before it was changed last, or was made."""
    if m.completed_on is not None and m.completed_on < m.earliest:
        said = "Milestone {id} was made on {created_on}, later than {completed_on}."
        hint = (
            "If it was promised before that, `tracker correct {id} --made-on DATE -m REASON` first."
        )
        raise OutOfOrder(said, hint, id=m.id, created_on=m.created_on, completed_on=m.completed_on)
    last: dict[str, date] = {}
    for change in m.effective:
        for field in change.now.values():
            if change.on < last.get(field, m.earliest):
                raise OutOfOrder(
                    "So corrected, milestone {id} would have changed its {field} on {on}, "
                    "and before that on {get}.",
                    "Take the later one back first: `tracker undo {change}`.",
                    id=m.id,
                    field=field.replace("_", " "),
                    on=change.on,
                    get=last.get(field, m.earliest),
                    change=change.digest[:SHORT],
                )
            last[field] = change.on


def refuse_bad_assessment(m: Promise, assessment: Assessment) -> None:
    """Raise BadValue for one by nobody, or one that disputes what nobody found."""
    if not assessment.assessor.strip():
        raise BadValue("The assessor has no name.", "Say who found it: --as NAME.")
    there = {change.digest for change in m.assessments}
    if assessment.disputes and assessment.disputes not in there:
        said = "Milestone {id} has no assessment {change}."
        hint = "`tracker show {id}` names those there are."
        raise BadValue(said, hint, id=m.id, change=assessment.disputes[:SHORT])


MOST_ID = 2**53 - 1
"""The largest id: what programs that read JSON hold in a number without rounding it."""


def validate(m: Promise) -> None:
    """Raise BadValue for anything that a milestone cannot be."""
    if not 0 <= m.id <= MOST_ID:
        raise BadValue(
            "{id} is no id of a milestone.", "Ids go up to {most_id}.", id=m.id, most_id=MOST_ID
        )
    for change in m.history:
        if change.at.tzinfo is not UTC:
            _refuse_no_instant(change)
    for what, text in (("title", m.title), ("owner", m.owner), ("uid", m.uid)):
        if text is not None and (not text.strip() or _has_control(text)):
            said = "The {what} is empty or holds control characters: {text!r}."
            hint = "Give a {what} of visible characters on one line."
            raise BadValue(said, hint, what=what, text=text[:60])
    _refuse_bad_numbers(m)
    if m.completed_on is not None and m.status is not Status.COMPLETED:
        raise BadValue("A milestone that is not completed has no completion date.")
    if m.due is not None and m.baseline_due is None:
        raise BadValue("A milestone with a due date has a baseline.")
    if m.repeat is not None:
        _refuse_bad_repeat(m.repeat, m.due)


def _refuse_bad_numbers(m: Promise) -> None:
    if m.percent is not None and not 0 <= m.percent <= 100:
        raise BadValue(
            "{percent} is not a percentage.", "Give a number from 0 to 100.", percent=m.percent
        )
    if m.weight is not None and not 0 < m.weight <= MOST_ID:
        raise BadValue(
            "{weight} is no weight.", "Give a whole number from 1, such as 30.", weight=m.weight
        )


def _refuse_bad_repeat(repeat: str, due: date | None) -> None:
    from tracker.model.repeat import Repeat  # few do

    Repeat.meant_by(repeat)
    if due is None:
        raise BadValue("What repeats has a due date.", "Give one with --due.")


def _refuse_no_instant(change: Change) -> None:
    try:
        if change.at.tzinfo and change.at.astimezone(UTC):
            return
    except OverflowError:
        pass
    said = (
        "The {verb} of {on} was recorded at {at}, which is no instant with its timezone "
        "from year 1 to 9999 (UTC)."
    )
    hint = "Write it as in 2026-06-30T08:00:00Z."
    raise BadValue(said, hint, verb=change.verb, on=change.on, at=change.at.isoformat())


_REORDERING = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _has_control(text: str) -> bool:
    """C0 and C1 controls, line separators, and the marks that reorder text (UAX #9)."""
    return not text.isprintable() and any(
        c < " " or "\x7f" <= c <= "\x9f" or c in _REORDERING or "\ud800" <= c <= "\udfff"
        for c in text
    )
