"""What a reader of the calendar sees: the title with its state in words, and the description.

Words rather than colours or styles, because a feed's reader chooses those. Nothing here may depend
on the day of reading except `overdue`, or events would change without a revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import UNSET
from msgspec.structs import replace

from tracker.locale import ENGLISH, Language
from tracker.message import Message
from tracker.model import FIELDS, Change, Milestone, Modality, Source, Status, Wording

EVENTS_SHOWN = 8
"""How many of the last moves, states, notes and pieces of evidence a description tells."""

LONGEST_TEXT = 1_000
"""Characters of a quotation, a note or a reason that are told; a feed may have 1 MB in all."""

_SIGNS = {"done": "✓ ", "done late": "✓ ", "cancelled": "✗ "}
_NEWS = (
    *(s.in_calendar for s in Status if s not in (Status.NOT_STARTED, Status.IN_PROGRESS)),
    *("done late", "overdue", "endangered", "removed", "date withdrawn"),
)
FIRMNESS = {
    Modality.PLANNED: Message("It is planned."),
    Modality.STRETCH: Message("It is an aim."),
    Modality.FORECAST: Message("It is a forecast."),
}


_FIRST = Message("as first written")


@cache
def marks(lang: Language) -> dict[str, str]:
    """What heads the title in a state that is news."""
    words = {news: lang.word("state", news) for news in _NEWS}
    words["overdue"] = words["overdue"].upper()
    return {news: f"{_SIGNS.get(news, '')}{word}{lang.colon}" for news, word in words.items()}


MARKS = marks(ENGLISH)


def in_language(m: Milestone, lang: Language) -> Milestone:
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
        translations={_FIRST: first, **rest},
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


def summary(milestone: Milestone, state: str, lang: Language) -> str:
    return marks(lang).get(state, "") + milestone.title


def description(
    milestone: Milestone, state: str, lang: Language, waits_for: tuple[int, ...] = ()
) -> str:
    return "\n".join(_lines(milestone, state, lang, waits_for))


def _lines(m: Milestone, state: str, lang: Language, waits_for: tuple[int, ...]) -> Iterator[str]:
    yield _deadline(m, lang)
    if slipped := _slipped(m, lang):
        yield slipped
    if waits_for:
        ids = tuple(f"#{id}" for id in waits_for)
        yield lang.text("Endangered: it waits for {ids}, done only after its last day.", ids=ids)
    yield f"{lang.text('State')}{lang.colon}{_progress(m, state, lang)}"
    yield from (f"{label}{lang.colon}{words}" for label, words in _labelled(m, lang) if words)
    yield from _translated(m, lang)
    if m.source:
        yield from _sourced(m.source, lang)
    if len(m.history) > 1:
        yield from _happened(m, lang)


def _deadline(m: Milestone, lang: Language) -> str:
    if m.due is None:
        told = lang.text("No date was given")
    else:
        told = lang.text("Due {until}", until=lang.until_in_full(m.due, m.precision))
    if m.due_phrase:
        told = lang.text("{due} (“{phrase}”)", due=told, phrase=m.due_phrase)
    told = lang.text("{due}.", due=told)
    firmness = FIRMNESS.get(m.modality)
    return told if firmness is None else lang.text("{s0} {s1}", s0=told, s1=lang.text(firmness))


def _labelled(m: Milestone, lang: Language) -> Iterator[tuple[str, str]]:
    yield lang.text("Next"), _cut(m.next_step or "")
    yield lang.text("Responsible"), m.owner or ""
    yield lang.text("Supporting"), lang.join(m.supporting)
    speaker = filter(None, (m.speaker, m.speaker and m.speaker_title))
    yield lang.text("Said by"), lang.join(speaker)
    yield lang.text("Targets"), lang.listed(map(lang.target, m.targets))
    yield lang.label("repeat").capitalize(), lang.repeat(m.repeat) if m.repeat else ""
    for field in FIELDS.values():
        if field.in_calendar:
            yield lang.label(field.name).capitalize(), _cut(str(getattr(m, field.name) or ""))


def _slipped(m: Milestone, lang: Language) -> str:
    slippage = m.slippage
    if not slippage or m.baseline_due is None:
        return ""
    moved = "{days} later" if slippage > 0 else "{days} earlier"
    told = [lang.text("First promised for {day}", day=lang.day(m.baseline_due))]
    if m.forecast_due is not None and m.completed_on is None:
        told.append(lang.text("now expected {day}", day=lang.day(m.forecast_due)))
    far = lang.text(moved, days=lang.days(abs(slippage)))
    return lang.text("{promised}: {far}.", promised=lang.join(told), far=far)


def _progress(m: Milestone, state: str, lang: Language) -> str:
    told = [lang.word("state", state)]
    if m.completed_on is not None:
        told.append(lang.day(m.completed_on))
        if m.is_late and m.due is not None:
            late = lang.days((m.completed_on - m.due).days)
            told[-1] = lang.text("{day} ({days} after the due date)", day=told[-1], days=late)
    elif m.status is Status.COMPLETED:
        told.append(lang.text("day unknown"))
    elif state == "overdue" and m.status is not Status.NOT_STARTED:
        told.append(lang.word("state", m.status.in_calendar))
    if m.percent is not None:
        told.append(f"{m.percent} %")
    return lang.join(told)


def _translated(m: Milestone, lang: Language) -> Iterator[str]:
    for language, words in m.translations.items():
        spoken = [w for w in (words.title, words.owner, words.document) if w]
        if spoken:
            yield f"[{lang.text(language)}] {' — '.join(spoken)}"


def _sourced(source: Source, lang: Language) -> Iterator[str]:
    day = lang.day(source.published_on) if source.published_on else None
    where = filter(None, (source.document, source.publisher, day))
    yield f"{lang.text('Source')}{lang.colon}{lang.join(where)}"
    if source.url:
        yield source.url
    if source.quote:
        yield f"“{_cut(source.quote)}”"


def _happened(m: Milestone, lang: Language) -> Iterator[str]:
    told = [(change, what) for change in m.effective[1:] if (what := _event(change, lang))]
    if not told:
        return
    headed = "History, the last {shown} of {all}:" if len(told) > EVENTS_SHOWN else "History:"
    yield lang.text(headed, shown=EVENTS_SHOWN, all=len(told))
    for change, what in told[-EVENTS_SHOWN:]:
        why = " ".join(lang.reason(change.why).split())
        reason = f"{lang.colon}{_cut(why)}" if why else ""
        said = lang.join([lang.day(change.on), what]) + reason
        if change.evidence:
            said = lang.text("{due} ({evidence})", due=said, evidence=change.evidence)
        yield said


def _event(change: Change, lang: Language) -> str:
    """What a change is to a reader; nothing if all there is to it shows elsewhere."""
    was, now = change.was, change.now
    if isinstance(was.due, date):
        start = lang.day(was.due)
        if not isinstance(now.due, date):
            return lang.text("moved from {start} to no date", start=start)
        return lang.text("moved from {start} to {end}", start=start, end=lang.day(now.due))
    if now.due is not UNSET and now.due is not None:
        return lang.text("dated {day}", day=lang.day(now.due))
    if now.status is not UNSET:
        return lang.word("state", now.status.in_calendar)
    if now.removed_on is not UNSET:
        return lang.word("state", "removed" if now.removed_on else "restored")
    return _unmoved(change, lang)


def _unmoved(change: Change, lang: Language) -> str:
    """What a change says that leaves the fields as they are."""
    if change.assessment is not None:
        return lang.finding(change.assessment)
    if change.evidence:
        return lang.text("evidence")
    return lang.text("note") if change.verb == "note" else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
