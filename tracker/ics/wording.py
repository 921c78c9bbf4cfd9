"""What a reader of the calendar sees: the title with its state in words, and the description.

Words rather than colours or styles, because a feed's reader chooses those. Nothing here may depend
on the day of reading except `overdue`, or events would change without a revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import UNSET
from msgspec.structs import replace

from tracker.locale import ENGLISH, Language, until_in_full
from tracker.model import FIELDS, Change, Milestone, Modality, Source, Status, Target, Wording

EVENTS_SHOWN = 8
"""How many of the last moves, states, notes and pieces of evidence a description tells."""

LONGEST_TEXT = 1_000
"""Characters of a quotation, a note or a reason that are told; a feed may have 1 MB in all."""

_SIGNS = {"done": "✓ ", "done late": "✓ ", "cancelled": "✗ "}
_NEWS = (
    *(s.in_calendar for s in Status if s not in (Status.NOT_STARTED, Status.IN_PROGRESS)),
    *("done late", "overdue", "removed", "date withdrawn"),
)
MARKS = {
    news: f"{_SIGNS.get(news, '')}{news.upper() if news == 'overdue' else news}: " for news in _NEWS
}
"""What heads the title in a state that is news."""

FIRMNESS = {
    Modality.PLANNED: " It is planned.",
    Modality.STRETCH: " It is an aim.",
    Modality.FORECAST: " It is a forecast.",
}


def spoken(m: Milestone, lang: Language) -> Milestone:
    """`m` with title and responsible body in `lang` where there is a translation.

    The words as first written become one of its translations, so that they are told too.
    """
    words = lang.translation(m.translations)
    if words is None:
        return m
    rest = {language: w for language, w in m.translations.items() if w is not words}
    first = Wording(m.title if words.title else None, m.owner if words.owner else None)
    return replace(
        m,
        title=words.title or m.title,
        owner=words.owner or m.owner,
        translations={"as first written": first, **rest},
    )


def state(milestone: Milestone, overdue: bool) -> str:
    """The state in a word or two, such as "done late", "overdue" or "in progress"."""
    if milestone.removed_on is not None:
        return "removed"
    if overdue:
        return "overdue"
    if milestone.is_late:
        return "done late"
    return milestone.status.in_calendar


def summary(milestone: Milestone, state: str) -> str:
    """The title, headed by its state where that is news."""
    return MARKS.get(state, "") + milestone.title


def description(milestone: Milestone, state: str) -> str:
    """Everything else that a reader may want to know, a line each."""
    return "\n".join(_lines(milestone, state))


def _lines(m: Milestone, state: str) -> Iterator[str]:
    said = f" (“{m.due_phrase}”)" if m.due_phrase else ""
    firmness = FIRMNESS.get(m.modality, "")
    if m.due is None:
        yield f"No date was given{said}.{firmness}"
    else:
        yield f"Due {until_in_full(m.due, m.precision)}{said}.{firmness}"
    if slipped := _slipped(m):
        yield slipped
    yield f"State: {_progress(m, state)}"
    yield from (f"{label}: {words}" for label, words in _labelled(m) if words)
    yield from _translated(m)
    if m.source:
        yield from _sourced(m.source)
    if len(m.history) > 1:
        yield from _happened(m)


def _labelled(m: Milestone) -> Iterator[tuple[str, str]]:
    yield "Next", _cut(m.next_step or "")
    yield "Responsible", m.owner or ""
    yield "Supporting", ", ".join(m.supporting)
    yield "Said by", ", ".join(filter(None, (m.speaker, m.speaker and m.speaker_title)))
    yield "Targets", "; ".join(map(_target, m.targets))
    for field in FIELDS.values():
        if field.in_calendar:
            yield field.label.capitalize(), _cut(str(getattr(m, field.name) or ""))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _slipped(m: Milestone) -> str:
    slippage = m.slippage
    if not slippage or m.baseline_due is None:
        return ""
    direction = "later" if slippage > 0 else "earlier"
    forecast = ""
    if m.forecast_due is not None and m.completed_on is None:
        forecast = f", now expected {ENGLISH.day(m.forecast_due)}"
    promised = f"First promised for {ENGLISH.day(m.baseline_due)}{forecast}"
    return f"{promised}: {_days(abs(slippage))} {direction}."


def _progress(m: Milestone, state: str) -> str:
    if m.completed_on is not None:
        word = f"{state}, {ENGLISH.day(m.completed_on)}"
        if m.is_late and m.due is not None:
            word += f" ({_days((m.completed_on - m.due).days)} after the due date)"
    elif m.status is Status.COMPLETED:
        word = f"{state}, day unknown"
    elif state == "overdue" and m.status is not Status.NOT_STARTED:
        word = f"overdue, {m.status.in_calendar}"
    else:
        word = state
    return word if m.percent is None else f"{word}, {m.percent} %"


def _target(target: Target) -> str:
    about = "about " if target.approx else ""
    op = "" if target.op == "=" else f"{target.op} "
    unit = f" {target.unit}" if target.unit else ""
    stretch = " (stretch)" if target.stretch else ""
    actual = "" if target.actual is None else f", reached {target.actual}{unit}"
    return f"{about}{op}{target.value}{unit}{stretch}{actual}"


def _translated(m: Milestone) -> Iterator[str]:
    for language, words in m.translations.items():
        spoken = [w for w in (words.title, words.owner, words.document) if w]
        if spoken:
            yield f"[{language}] {' — '.join(spoken)}"


def _sourced(source: Source) -> Iterator[str]:
    where = [source.document]
    if source.publisher:
        where.append(source.publisher)
    if source.published_on:
        where.append(ENGLISH.day(source.published_on))
    yield f"Source: {', '.join(where)}"
    if source.url:
        yield source.url
    if source.quote:
        yield f"“{_cut(source.quote)}”"


def _happened(m: Milestone) -> Iterator[str]:
    told = [(change, what) for change in m.effective[1:] if (what := _event(change))]
    if not told:
        return
    left_out = len(told) - EVENTS_SHOWN
    yield f"History, the last {EVENTS_SHOWN} of {len(told)}:" if left_out > 0 else "History:"
    for change, what in told[-EVENTS_SHOWN:]:
        reason = f": {_cut(' '.join(change.why.split()))}" if change.why else ""
        seen = f" ({change.evidence})" if change.evidence else ""
        yield f"{ENGLISH.day(change.on)}, {what}{reason}{seen}"


def _event(change: Change) -> str:
    """What a change is to a reader; nothing if all there is to it shows elsewhere."""
    was, now = change.was, change.now
    if was.due is not UNSET and was.due is not None:
        to = f"to {ENGLISH.day(now.due)}" if isinstance(now.due, date) else "to no date"
        return f"moved from {ENGLISH.day(was.due)} {to}"
    if now.due is not UNSET and now.due is not None:
        return f"dated {ENGLISH.day(now.due)}"
    if now.status is not UNSET:
        return now.status.in_calendar
    if now.removed_on is not UNSET:
        return "removed" if now.removed_on else "restored"
    if change.evidence:
        return "evidence"
    return "note" if change.verb == "note" else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
