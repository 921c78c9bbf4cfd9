"""What a verb did, one line a milestone."""

from __future__ import annotations

from datetime import date

from tracker.actions import Effect, removal
from tracker.locale import Language
from tracker.model import SHORT, Milestone, Precision, Status
from tracker.render.text import clean
from tracker.render.wording import wording


def line(verb: str, effect: Effect, lang: Language, understood: str = "") -> str:
    """Say what changed: id, what it is now, and from what; then the title.

    `understood` is how a due phrase was taken.
    """
    after = effect.after
    outcome = _outcome(verb, effect.before, after)
    taken = f" [{clean(understood)}]" if understood else ""
    return f"{after.id} {outcome}{taken}: {wording(after, lang).title}"


def stays_removed(m: Milestone) -> str:
    """Say of what a file has and somebody removed here how it comes back."""
    return (
        f"Milestone {m.id} was removed on {m.removed_on} and stays so; "
        f"`tracker undo {removal(m).digest[:SHORT]}` brings it back."
    )


def _outcome(verb: str, before: Milestone | None, after: Milestone) -> str:
    if before is None:
        return f"added, {due(after)}"
    change = after.history[-1]
    match change.verb:
        case "undo" | "redo":
            outcome = f"{verb}: {_reversal(before, after)}"
            whose = next((c.by for c in after.history if c.digest == change.undoes), None)
            if whose and whose != change.by:
                outcome += f", a change of {clean(whose)}"
        case "remove":
            outcome = f"removed on {after.removed_on}"
        case "postpone":
            outcome = _moved(before, after)
        case "status":
            outcome = _assessed(after)
        case "correct":
            outcome = f"corrected: {_corrected(before, after)}"
        case "note":
            evidence = f" with evidence {clean(change.evidence)}" if change.evidence else ""
            outcome = f"noted{evidence}"
        case _:
            fields = change.now.values()
            started = change.verb == "edit" and fields.pop("status", None)
            outcome = f"changed ({', '.join(f.replace('_', ' ') for f in fields)})"
            outcome += ", and so in progress" if started else ""
    return outcome


def due(m: Milestone) -> str:
    """Say when it is due, and how exactly, as it was understood."""
    if m.due is None:
        return f"no date ({clean(m.due_phrase)})" if m.due_phrase else "no date"
    if m.precision is Precision.DAY:
        return f"due {m.due}"
    span = "five-year plan" if m.precision is Precision.FIVE_YEAR else m.precision.replace("-", " ")
    return f"due by {m.due}, the end of that {span}"


def _moved(before: Milestone, after: Milestone) -> str:
    was = before.due.isoformat() if before.due else "no date"
    if before.due and after.due:
        was += f", {days((after.due - before.due).days)}"
    outcome = f"{due(after)} (was {was})"
    slipped = after.slippage
    if slipped and after.baseline_due is not None:
        outcome += f", {days(slipped)} from the baseline {after.baseline_due}"
    return f"{outcome}, revision {after.revisions}" if after.revisions else outcome


def _assessed(after: Milestone) -> str:
    if after.status is Status.COMPLETED and after.completed_on is None:
        return "completed, day unknown"
    if after.status is not Status.COMPLETED or after.completed_on is None:
        return f"{after.status}"
    return f"completed on {after.completed_on}{_timeliness(after.completed_on, after.due)}"


def _corrected(before: Milestone, after: Milestone) -> str:
    if after.removed_on is not None:
        return "taken out as a mistake"
    along = {"precision", "due_phrase"}
    return ", ".join(
        f"{name.replace('_', ' ')} {_plain(getattr(before, name))} → {_plain(value)}"
        for name, value in after.history[-1].now.values().items()
        if name not in along
    )


def _timeliness(completed_on: date, due: date | None) -> str:
    if due is None:
        return ""
    late = (completed_on - due).days
    return f", {late:,} day{'' if late == 1 else 's'} after it was due" if late > 0 else ", on time"


def _reversal(before: Milestone, after: Milestone) -> str:
    if after.removed_on is not None:
        return "gone again" if before.removed_on is None else "removed"
    if before.removed_on is not None:
        return "back again"
    fields = after.history[-1].now.values()
    if not fields:
        return "the note or evidence taken back"
    if "status" in fields and fields.get("completed_on") is None:
        fields.pop("completed_on", None)  # the status says it
    parts = (f"{name.replace('_', ' ')} {_plain(value)}" for name, value in fields.items())
    return ", ".join(parts)


def _plain(value: object) -> str:
    if value is None or value == ():
        return "none"
    return clean(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def days(count: int) -> str:
    return f"{count:+,} day{'' if abs(count) == 1 else 's'}"
