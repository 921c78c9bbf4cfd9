"""What a reader of the calendar sees: the title with its state in words, and the description.

Words rather than colours or styles, because a feed's reader chooses those. Nothing here may depend
on the day of reading except `overdue`, or events would change without a revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from msgspec import UNSET
from msgspec.structs import replace

from tracker.model import Change, Milestone, Modality, Precision, Source, Status, Target, Wording

EVENTS_SHOWN = 8
"""How many of the last moves, states, notes and pieces of evidence a description tells."""

LONGEST_TEXT = 1_000
"""Characters of a quotation, a note or a reason that are told; a feed may have 1 MB in all."""

MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
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


def spoken(m: Milestone, lang: str | None) -> Milestone:
    """`m` with title and responsible body in `lang` (`zh`, `zh-CN`) where there is a translation.

    The words as first written become one of its translations, so that they are told too.
    """
    if not lang or not m.translations:
        return m
    languages = (lang, lang.partition("-")[0])
    found = next((language for language in languages if language in m.translations), None)
    if found is None:
        return m
    words = m.translations[found]
    rest = {language: w for language, w in m.translations.items() if language != found}
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
        yield f"Due {by(m.due, m.precision)}{said}.{firmness}"
    if slipped := _slipped(m):
        yield slipped
    yield f"State: {_progress(m, state)}"
    if m.next_step:
        yield f"Next: {_cut(m.next_step)}"
    if m.owner:
        yield f"Responsible: {m.owner}"
    if m.supporting:
        yield f"Supporting: {', '.join(m.supporting)}"
    if m.speaker:
        yield f"Said by: {m.speaker}{f', {m.speaker_title}' if m.speaker_title else ''}"
    if m.targets:
        yield f"Targets: {'; '.join(map(_target, m.targets))}"
    yield from _translated(m)
    if m.source:
        yield from _sourced(m.source)
    if len(m.history) > 1:
        yield from _happened(m)


@lru_cache(maxsize=4096)
def by(due: date, precision: Precision) -> str:
    """The deadline as it was meant: "by the end of June 2021" rather than a day nobody named."""
    if precision is Precision.DAY or not _ends_span(due, precision):
        return f"by {_long(due)}"
    match precision:
        case Precision.MONTH:
            span = f"{MONTHS[due.month]} {due.year}"
        case Precision.QUARTER:
            span = f"the {_ORDINALS[due.month // 3]} quarter of {due.year}"
        case Precision.HALF:
            span = f"the {_ORDINALS[due.month // 6]} half of {due.year}"
        case Precision.YEAR:
            span = f"{due.year}"
        case _:
            span = f"{_SPANS[precision]}, {_long(due)}"
    return f"by the end of {span}"


_SPANS = {
    Precision.WEEK: "the week",
    Precision.FISCAL_YEAR: "the fiscal year",
    Precision.FIVE_YEAR: "the five-year plan",
}
_ORDINALS = ("", "first", "second", "third", "fourth")
_LAST_MONTHS = {
    Precision.MONTH: range(1, 13),
    Precision.FISCAL_YEAR: range(1, 13),
    Precision.QUARTER: (3, 6, 9, 12),
    Precision.HALF: (6, 12),
    Precision.YEAR: (12,),
    Precision.FIVE_YEAR: (12,),
}


def _ends_span(due: date, precision: Precision) -> bool:
    """Whether `due` is the last day of such a span; "mid-June" is said to the month and is not."""
    if precision is Precision.WEEK:
        return due.isoweekday() == 7
    if due.month not in _LAST_MONTHS.get(precision, ()):
        return False
    return due.day == 31 or (due + timedelta(days=1)).day == 1


@lru_cache(maxsize=4096)
def _long(value: date) -> str:
    return f"{value.day} {MONTHS[value.month]} {value.year}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _slipped(m: Milestone) -> str:
    slippage = m.slippage
    if not slippage or m.baseline_due is None:
        return ""
    direction = "later" if slippage > 0 else "earlier"
    forecast = ""
    if m.forecast_due is not None and m.completed_on is None:
        forecast = f", now expected {_long(m.forecast_due)}"
    promised = f"First promised for {_long(m.baseline_due)}{forecast}"
    return f"{promised}: {_days(abs(slippage))} {direction}."


def _progress(m: Milestone, state: str) -> str:
    if m.completed_on is not None:
        word = f"{state}, {_long(m.completed_on)}"
        if m.is_late and m.due is not None:
            word += f" ({_days((m.completed_on - m.due).days)} after the due date)"
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
        where.append(_long(source.published_on))
    yield f"Source: {', '.join(where)}"
    if source.url:
        yield source.url
    if source.quote:
        yield f"“{_cut(source.quote)}”"


def _happened(m: Milestone) -> Iterator[str]:
    told = [(change, what) for change in m.standing[1:] if (what := _event(change))]
    if not told:
        return
    left_out = len(told) - EVENTS_SHOWN
    yield f"History, the last {EVENTS_SHOWN} of {len(told)}:" if left_out > 0 else "History:"
    for change, what in told[-EVENTS_SHOWN:]:
        reason = f": {_cut(' '.join(change.why.split()))}" if change.why else ""
        seen = f" ({change.evidence})" if change.evidence else ""
        yield f"{_long(change.on)}, {what}{reason}{seen}"


def _event(change: Change) -> str:
    """What a change is to a reader; nothing if all there is to it shows elsewhere."""
    was, now = change.was, change.now
    if was.due is not UNSET and was.due is not None:
        to = f"to {_long(now.due)}" if isinstance(now.due, date) else "to no date"
        return f"moved from {_long(was.due)} {to}"
    if now.due is not UNSET and now.due is not None:
        return f"dated {_long(now.due)}"
    if now.status is not UNSET:
        return now.status.in_calendar
    if now.removed_on is not UNSET:
        return "removed" if now.removed_on else "restored"
    if change.evidence:
        return "evidence"
    return "note" if change.verb == "note" else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
