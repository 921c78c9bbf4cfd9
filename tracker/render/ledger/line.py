"""What a line of the ledger says of a milestone, whatever it is written into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tracker.locale import ENGLISH, Language, language
from tracker.model import Change, Milestone, Standing
from tracker.render.span import first_precision
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.report import Listing, standing

_PRESSING = (Standing.OVERDUE, Standing.DUE_SOON)

COLUMNS = ("No.", "Task", "Responsible", "Supporting", "Due", "Progress", "Status")


class Line(NamedTuple):
    """One milestone. `due` is in words as exact as the promise; `progress` is a fact a part."""

    number: int
    task: str
    owner: str
    supporting: str
    due: str
    progress: tuple[str, ...]
    status: str
    milestone: Milestone
    standing: Standing


def lines(result: Listing, lang: Language) -> Iterator[Line]:
    """Yield a line a milestone, numbered by its id, which every command understands."""
    for m in result.milestones:
        words, now = wording(m, lang), standing(m, result.as_of)
        yield Line(
            m.id,
            words.title,
            words.owner or "",
            lang.listed(tuple(map(clean, m.supporting))),
            _due(m, lang),
            tuple(_progress(m, lang)),
            _status(m, now, result.as_of, lang),
            m,
            now,
        )


def _due(m: Milestone, lang: Language) -> str:
    if m.due is not None:
        return lang.until(m.due, m.precision)
    return clean(m.due_phrase) if m.due_phrase else lang.text("no date")


def _status(m: Milestone, now: Standing, as_of: date, lang: Language) -> str:
    if now is Standing.DONE_LATE:
        return lang.note(m, now, as_of)
    status = lang.status(m.status)
    return lang.join([status, lang.note(m, now, as_of)]) if now in _PRESSING else status


def _progress(m: Milestone, lang: Language) -> Iterator[str]:
    """Yield what is known of it: how far, the last word on it, what is next, moves, evidence."""

    def labelled(field: str, value: str) -> str:
        return f"{_begun(lang.label(field))}{lang.colon}{value}"

    if m.completed_on is not None:
        yield labelled("completed_on", lang.day(m.completed_on))
    elif m.percent is not None:
        yield labelled("percent", f"{m.percent}%")
    if (last := _last_word(m)) is not None:
        yield f"{lang.day(last.on)}{lang.colon}{clean(last.why or '')}"
    if m.next_step and m.is_open:
        yield labelled("next_step", clean(m.next_step))
    if m.revisions:
        first = "" if m.baseline_due is None else lang.by(m.baseline_due, first_precision(m))
        yield lang.join(
            [_begun(lang.revised(m.revisions)), lang.text("first promised for {due}", due=first)]
        )
    if m.evidence:
        yield f"{lang.text('Evidence')}{lang.colon}{clean(m.evidence[-1].evidence or '')}"


def printed(m: Milestone) -> Iterator[str]:
    """Yield whatever a ledger can have said of its progress, now and earlier, in any language."""
    for lang in (ENGLISH, language("zh")):
        yield from _progress(m, lang)
        for change in m.history:
            if change.why:
                yield f"{lang.day(change.on)}{lang.colon}{clean(change.why)}"


def _last_word(m: Milestone) -> Change | None:
    return next((change for change in reversed(m.standing) if (change.why or "").strip()), None)


def _begun(words: str) -> str:
    """The words as a line begins with them."""
    return words[:1].upper() + words[1:]
