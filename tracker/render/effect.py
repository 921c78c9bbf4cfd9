"""What a verb did, one line a milestone."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.actions import Effect, removal
from tracker.locale import Language, ends_span
from tracker.message import Message
from tracker.model import OUTCOME, SHORT, Change, Milestone, Stage, Status
from tracker.render.changes import alteration, altered, copy_kept
from tracker.render.text import clean
from tracker.render.values import plain
from tracker.render.wording import wording


def line(verb: str, effect: Effect, lang: Language, understood: str = "") -> str:
    """Say what changed: id, what it is now, and from what; then the title.

    `understood` is how a due phrase was taken.
    """
    after = effect.after
    outcome = _outcome(verb, effect.before, after, lang)
    taken = f" [{clean(understood)}]" if understood else ""
    title = wording(after, lang).title
    return lang.text("{id} {outcome}: {title}", id=after.id, outcome=outcome + taken, title=title)


def stays_removed(m: Milestone) -> Message:
    """Say of what a file has and somebody removed here how it comes back."""
    said = (
        "Milestone {id} was removed on {day} and stays so; `tracker undo {change}` brings it back."
    )
    return Message(said, id=m.id, day=m.removed_on, change=removal(m).digest[:SHORT])


def _outcome(verb: str, before: Milestone | None, after: Milestone, lang: Language) -> str:
    if before is None:
        return lang.text("added, {due}", due=due(after, lang))
    change = after.history[-1]
    if verb not in ("undo", "redo") and before.removed_on and not after.removed_on:
        return lang.text("back again")
    match change.verb:
        case "undo" | "redo":
            sentence = "undo: {what}" if verb == "undo" else "redo: {what}"
            outcome = lang.text(sentence, what=_reversal(before, after, lang))
            outcome = lang.join([outcome, *_of_another(change, after, lang)])
        case "remove":
            outcome = lang.text("removed on {day}", day=after.removed_on)
        case "postpone":
            outcome = _moved(before, after, lang)
        case "status":
            outcome = _assessed(after, lang)
        case "correct" | "stamp":
            outcome = alteration(after, change, lang)
        case "assess":
            outcome = lang.text("assessed: {what}", what=alteration(after, change, lang))
        case "note":
            said = "noted with evidence {evidence}" if change.evidence else "noted"
            outcome = lang.text(said, evidence=clean(change.evidence or ""))
        case _:
            outcome = _stepped(change, after, lang) if change.step else _edited(change, lang)
    return lang.join([outcome, copy_kept(change.exhibit, lang)]) if change.exhibit else outcome


def _stepped(change: Change, after: Milestone, lang: Language) -> str:
    taken = alteration(after, change, lang)
    if change.verb != Stage.CLOSED.verb or not after.is_open:
        return taken
    reported = lang.text("the body reports {status}", status=lang.status(after.status))
    return lang.join([taken, reported])


def _of_another(change: Change, after: Milestone, lang: Language) -> Iterator[str]:
    whose = next((c.by for c in after.history if c.digest == change.undoes), None)
    if whose and whose != change.by:
        yield lang.text("a change of {name}", name=clean(whose))


def _edited(change: Change, lang: Language) -> str:
    fields = change.now.values()
    started = change.verb == "edit" and fields.pop("status", None)
    told = lang.text("changed ({fields})", fields=lang.join(map(lang.label, fields)))
    return lang.join([told, lang.text("and so in progress")]) if started else told


def due(m: Milestone, lang: Language) -> str:
    """Say when it is due, and how exactly, as it was understood."""
    if m.due is None:
        phrase = clean(m.due_phrase or "")
        return lang.text("no date ({phrase})", phrase=phrase) if phrase else lang.text("no date")
    if not ends_span(m.due, m.precision):
        return lang.text("due {day}", day=m.due)
    span = lang.precision(m.precision)
    return lang.text("due by {day}, the end of that {span}", day=m.due, span=span)


def _moved(before: Milestone, after: Milestone, lang: Language) -> str:
    was = before.due.isoformat() if before.due else lang.text("no date")
    if before.due and after.due:
        was = lang.join([was, days((after.due - before.due).days, lang)])
    told = [lang.text("{due} (was {was})", due=due(after, lang), was=was)]
    slipped = after.slippage
    if slipped and after.baseline_due is not None:
        by = days(slipped, lang)
        told.append(lang.text("{days} from the baseline {day}", days=by, day=after.baseline_due))
    if after.revisions:
        told.append(lang.text("revision {number}", number=after.revisions))
    if (step := after.history[-1].step) is not None:
        told.append(lang.text(step.stage.message))
    return lang.join(told)


def _assessed(after: Milestone, lang: Language) -> str:
    if after.status is not Status.COMPLETED:
        return lang.status(after.status)
    if after.completed_on is None:
        return lang.text("completed, day unknown")
    done = lang.text("completed on {day}", day=after.completed_on)
    if after.due is None:
        return done
    late = (after.completed_on - after.due).days
    passed = lang.plural("{n} day after it was due", "{n} days after it was due", late)
    return lang.join([done, passed if late > 0 else lang.text("on time")])


def _reversal(before: Milestone, after: Milestone, lang: Language) -> str:
    if after.removed_on is not None:
        return lang.text("gone again" if after.history[-1].verb == "redo" else "removed")
    if before.removed_on is not None:
        return lang.text("back again")
    fields = {field: now for field, _, now in altered(after.history[-1])}
    told = []
    if after.status is Status.COMPLETED and fields.keys() & {"status", "completed_on"}:
        told = [_assessed(after, lang)]
        fields = {name: value for name, value in fields.items() if name not in OUTCOME}
    told += [f"{lang.label(name)} {plain(value, lang)}".rstrip() for name, value in fields.items()]
    return lang.join(told) or _reversed(after, lang)


def _reversed(after: Milestone, lang: Language) -> str:
    """Name the entry that changed no field and was taken back, or counts again."""
    by_name = {change.digest: change for change in after.history}
    change = by_name[after.history[-1].undoes or ""]
    is_back = change.undoes is not None
    if change.undoes:
        change = by_name[change.undoes]
    if change.step or change.assessment:
        return alteration(after, change, lang)
    return lang.text("the note or evidence again" if is_back else "the note or evidence taken back")


def days(count: int, lang: Language) -> str:
    """So many days more or less, with their sign."""
    sign = "+" if count > 0 else ""
    return sign + lang.plural("{n} day", "{n} days", count).replace("−", "-")
