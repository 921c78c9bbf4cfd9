"""What a digest says, part by part, before it is written down in any format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from tracker.locale import Language
from tracker.model import Milestone, Standing
from tracker.render.changes import KINDS, DescribedChange, describe
from tracker.render.links import Link
from tracker.render.text import fit, legible
from tracker.render.waiting import waiting
from tracker.render.wording import wording
from tracker.report.dependencies import Wait
from tracker.report.digest import Digest
from tracker.report.moves import move_of
from tracker.report.since import Changed, ChangeKind

_TITLE = 160
"""Cells of a title: more than two lines of a phone are read by nobody."""
_WHY = 300


class ChangesSince(StrEnum):
    """What the changes of a digest are counted from."""

    LAST = "last"
    FIRST = "first"
    DAY = "day"


class LetterItem(NamedTuple):
    """A milestone: what is to be known of it first, then the rest, and a proof to follow."""

    title: str
    lead: str
    facts: list[str]
    evidence: Link | None = None


class LetterPart(NamedTuple):
    """A heading with its number of items, those shown, and a sentence on those left out."""

    name: str
    heading: str
    items: list[LetterItem]
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
    parts: tuple[LetterPart, ...]
    nothing: str
    foot: str


def letter(
    digest: Digest, since: tuple[ChangesSince, date], lang: Language, most: int, name: str = ""
) -> Letter:
    """Say a digest, at most `most` items a part; `name` is what it calls the milestones."""
    within = lang.days((digest.until - digest.as_of).days)
    shown = {
        "overdue": [_owed(m, digest, lang) for m in digest.overdue[:most]],
        "upcoming": [_owed(m, digest, lang) for m in digest.upcoming[:most]],
        "endangered": [_endangered(wait, lang) for wait in digest.endangered[:most]],
        "changes": [changed_item(row, lang) for row in digest.changes[:most]],
    }
    headings = {
        "overdue": lang.text("Overdue"),
        "upcoming": lang.text("Due within {within}", within=within),
        "endangered": lang.text("Endangered by what they wait for"),
        "changes": lang.text("Changed"),
    }
    parts = tuple(
        _part(part, headings[part], shown[part], len(getattr(digest, part)), lang)
        for part in shown
        if getattr(digest, part)
    )
    counts = lang.join(_counts(digest, within, lang))
    nothing = lang.text("Nothing is overdue, due within {within}, or changed.", within=within)
    called = legible(name) or lang.text("Milestones")
    counted_from = lang.text(_SINCE[since[0]], day=lang.day(since[1]))
    return Letter(
        lang.tag,
        f"{called}{lang.colon}{counts or nothing}",
        called,
        counts,
        lang.text("As of {day}. {since}", day=lang.day(digest.as_of), since=counted_from),
        parts,
        "" if parts else nothing,
        lang.text("A due date is the last day included. More on one: tracker show NUMBER"),
    )


_SINCE = {
    ChangesSince.LAST: "Changes are since the last digest, of {day}.",
    ChangesSince.FIRST: "The first digest: changes are since {day}.",
    ChangesSince.DAY: "Changes are since {day}.",
}


def _counts(digest: Digest, within: str, lang: Language) -> Iterator[str]:
    """So many overdue, due within so many days, changed; what is 0 is left out."""
    if overdue := len(digest.overdue):
        yield lang.text("{number} overdue", number=f"{overdue:,}")
    if upcoming := len(digest.upcoming):
        number = f"{upcoming:,}"
        yield lang.text("{number} due within {days}", number=number, days=within)
    if endangered := len(digest.endangered):
        yield lang.text("{number} endangered", number=f"{endangered:,}")
    if digest.changes:
        yield lang.plural("{n} change", "{n} changes", len(digest.changes))


def _part(
    name: str, heading: str, items: list[LetterItem], total: int, lang: Language
) -> LetterPart:
    left = total - len(items)
    more = lang.text("and {more} more", more=f"{left:,}") if left else ""
    heading = lang.text("{heading} ({number})", heading=heading, number=f"{total:,}")
    return LetterPart(name, heading, items, more)


def _owed(m: Milestone, digest: Digest, lang: Language) -> LetterItem:
    words, due = wording(m, lang), m.due or digest.as_of
    standing = Standing.OVERDUE if m.is_overdue(digest.as_of) else Standing.DUE_SOON
    return LetterItem(
        _title(words.title),
        lang.note(m, standing, digest.as_of),
        [
            lang.until(due, m.precision),
            legible(words.owner or lang.text("No responsible body")),
            _number(m, lang),
        ],
    )


def _endangered(wait: Wait, lang: Language) -> LetterItem:
    m = wait.milestone
    facts = [legible(wording(m, lang).owner or lang.text("No responsible body")), _number(m, lang)]
    if m.due is not None:
        facts.insert(0, lang.until(m.due, m.precision))
    return LetterItem(_title(wording(m, lang).title), waiting(wait, lang), facts)


def changed_item(row: Changed, lang: Language) -> LetterItem:
    m = row.milestone
    change = describe(m, row.change, lang)
    facts = [*_facts(row, change, lang), _number(m, lang)]
    return LetterItem(_title(wording(m, lang).title), _lead(row, lang), facts, change.evidence)


def _lead(row: Changed, lang: Language) -> str:
    if row.kind is ChangeKind.STEPPED and row.change.step is not None:
        return lang.text(row.change.step.stage.message)
    return lang.word("kind", KINDS[row.kind][1])


def _facts(row: Changed, change: DescribedChange, lang: Language) -> Iterator[str]:
    move = move_of(row.milestone, row.change)
    for moved in change.moves:
        if moved.was or moved.now:
            label = "" if row.kind is ChangeKind.MOVED else f"{moved.field}{lang.colon}"
            yield fit(f"{label}{moved.was} → {moved.now}", _WHY)
        else:
            yield moved.field
    if move is not None and move.days:
        days = lang.days(abs(move.days))
        yield lang.text("{days} later" if move.days > 0 else "{days} earlier", days=days)
    if row.kind is ChangeKind.ADDED and row.milestone.due is not None:
        yield lang.until(row.milestone.due, row.milestone.precision)
    if row.quiet:
        yield lang.text("no reason given")
    elif change.why:
        is_note, why = row.kind is ChangeKind.NOTED, lang.reason(change.why)
        yield fit(why if is_note else lang.text("because “{why}”", why=why), _WHY)
    if change.by:
        yield lang.text("by {name}", name=change.by)
    yield change.day


def _title(title: str) -> str:
    return fit(legible(title), _TITLE)


def _number(m: Milestone, lang: Language) -> str:
    return lang.text("No. {id}", id=str(m.id))
