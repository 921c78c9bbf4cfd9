"""What a digest says, part by part, before it is written down in any format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from tracker.model import Milestone
from tracker.render.links import Link
from tracker.render.speech import speech
from tracker.render.speech.base import Speech
from tracker.render.svg.ems import legible
from tracker.render.text import fit
from tracker.render.told import Told, tell
from tracker.render.wording import wording
from tracker.report.digest import Digest
from tracker.report.moves import move_of
from tracker.report.since import Changed, Kind

_TITLE = 160
"""Cells of a title: more than two lines of a phone are read by nobody."""
_WHY = 300


class Since(StrEnum):
    """What the changes of a digest are counted from."""

    LAST = "last"
    FIRST = "first"
    DAY = "day"


class Item(NamedTuple):
    """A milestone: what is to be known of it first, then the rest, and a proof to follow."""

    title: str
    lead: str
    facts: list[str]
    evidence: Link | None = None


class Part(NamedTuple):
    """A heading with its number of items, those shown, and a sentence on those left out."""

    name: str
    heading: str
    items: list[Item]
    more: str


class Letter(Struct, frozen=True):
    """A digest said in one language. `subject` has its counts, `nothing` stands for no parts.

    Where the subject stands elsewhere, as on a message, it may be empty.
    """

    lang: str
    subject: str
    name: str
    counts: str
    about: str
    parts: tuple[Part, ...]
    nothing: str
    foot: str


def letter(
    digest: Digest,
    since: tuple[Since, date],
    lang: str | None,
    most: int,
    name: str = "",
) -> Letter:
    """Say a digest, at most `most` items a part; `name` is what it calls the milestones."""
    say = speech(lang)
    within = (digest.until - digest.as_of).days
    shown = {
        "overdue": [_owed(m, digest, lang, say) for m in digest.overdue[:most]],
        "upcoming": [_owed(m, digest, lang, say) for m in digest.upcoming[:most]],
        "changes": [_changed(row, lang, say) for row in digest.changes[:most]],
    }
    parts = tuple(
        _part(part, shown[part], len(getattr(digest, part)), within, say)
        for part in shown
        if getattr(digest, part)
    )
    counts = say.join(
        say.told_counts(len(digest.overdue), len(digest.upcoming), within, len(digest.changes))
    )
    nothing = "" if parts else say.digest_nothing.format(within=say.days(within))
    told = {
        Since.LAST: say.digest_since_last,
        Since.FIRST: say.digest_since_first,
        Since.DAY: say.digest_since_day,
    }
    called = legible(name) or say.milestones
    return Letter(
        say.tag,
        f"{called}{say.colon}{counts or nothing}",
        called,
        counts,
        say.digest_about(digest.as_of, told[since[0]].format(day=say.day(since[1]))),
        parts,
        nothing,
        say.digest_foot,
    )


def _part(name: str, items: list[Item], total: int, within: int, say: Speech) -> Part:
    heading = say.digest_parts[name].format(within=say.days(within))
    left = total - len(items)
    more = say.digest_more.format(more=f"{left:,}") if left else ""
    return Part(name, say.numbered(heading, total), items, more)


def _owed(m: Milestone, digest: Digest, lang: str | None, say: Speech) -> Item:
    words, due = wording(m, lang), m.due or digest.as_of
    days = m.days_overdue(digest.as_of)
    lead = say.overdue(days) if days > 0 else say.due_in(-days)
    return Item(
        _title(words.title),
        lead,
        [say.until(due, m.precision), legible(words.owner or say.no_owner), say.number(m.id)],
    )


def _changed(row: Changed, lang: str | None, say: Speech) -> Item:
    m = row.milestone
    told = tell(m, row.change, say)
    facts = [*_what(row, told, say), say.number(m.id)]
    return Item(_title(wording(m, lang).title), say.kinds[row.kind], facts, told.evidence)


def _what(row: Changed, told: Told, say: Speech) -> Iterator[str]:
    move = move_of(row.milestone, row.change)
    for moved in told.moves:
        if moved.was or moved.now:
            label = "" if row.kind is Kind.MOVED else f"{moved.field}{say.colon}"
            yield fit(f"{label}{moved.was} → {moved.now}", _WHY)
        else:
            yield moved.field
    if move is not None and move.days:
        yield say.moved_by(move.days)
    if row.kind is Kind.ADDED and row.milestone.due is not None:
        yield say.until(row.milestone.due, row.milestone.precision)
    if row.quiet:
        yield say.no_reason
    elif told.why:
        yield fit(told.why if row.kind is Kind.NOTED else say.reason.format(why=told.why), _WHY)
    if told.by:
        yield say.reported_by.format(name=told.by)
    yield told.day


def _title(title: str) -> str:
    return fit(legible(title), _TITLE)
