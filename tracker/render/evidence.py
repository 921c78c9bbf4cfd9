"""What is kept as evidence: as lines, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from tracker.evidence.pieces import Condition, Piece
from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import SHORT, Exhibit
from tracker.render.json import picked
from tracker.render.table import Screen
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped

CONDITIONS = {
    Condition.LINK: Message("without a copy"),
    Condition.KEPT: Message("kept"),
    Condition.ALTERED: Message("altered"),
    Condition.MISSING: Message("missing"),
}


def size(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    shown, unit = (count / 1e6, "MB") if count >= 1e6 else (count / 1e3, "kB")
    return f"{shown:.{int(shown < 10)}f} {unit}"


def line(piece: Piece, condition: Condition, screen: Screen) -> str:
    """One entry: id, day, the name of its copy, how that is, and what it is."""
    lang, exhibit = screen.lang, piece.exhibit
    name = exhibit.sha256[:SHORT] if exhibit else " " * SHORT
    told = [clean(piece.said), lang.text(CONDITIONS[condition])]
    if exhibit:
        told[1:1] = [exhibit.media_type, size(exhibit.size)]
    if piece.stamps:
        told.append(lang.plural("{n} timestamp", "{n} timestamps", len(piece.stamps)))
    if piece.is_undone:
        told.append(lang.word("change", "undone"))
    label = f"{piece.milestone.id:>4}  {piece.change.on}  {name}  "
    return "\n".join(wrapped(label, lang.join(told), screen.width))


def detail(
    exhibit: Exhibit,
    pieces: Iterable[Piece],
    condition: Condition,
    stamps: Iterable[str],
    screen: Screen,
) -> str:
    """All that is known of a copy: what, how large, from where, since when, and who names it."""
    lang = screen.lang
    rows = [
        (lang.word("evidence", "name"), exhibit.name),
        (lang.word("evidence", "type"), exhibit.media_type),
        (lang.word("evidence", "size"), lang.plural("{n} byte", "{n} bytes", exhibit.size)),
        ("SHA-256", exhibit.sha256),
        (lang.word("evidence", "from"), exhibit.origin),
        (lang.word("evidence", "taken"), f"{exhibit.at:%Y-%m-%d %H:%M:%S} UTC"),
        (lang.word("evidence", "copy"), lang.text(CONDITIONS[condition])),
        *((lang.word("evidence", "timestamp"), stamp) for stamp in stamps),
        *((lang.word("evidence", "shows"), _naming(piece, lang)) for piece in pieces),
    ]
    lines = (wrapped(f"{label}{lang.colon}", clean(value), screen.width) for label, value in rows)
    return "\n".join(chain.from_iterable(lines))


def _naming(piece: Piece, lang: Language) -> str:
    m, name, day = piece.milestone, piece.change.digest[:SHORT], piece.change.on
    said = "{id} {title} ({change} of {day})"
    return lang.text(said, id=m.id, title=wording(m, lang).title, change=name, day=day)


def row(piece: Piece, condition: Condition) -> dict[str, Any]:
    return {
        **picked(piece.milestone, "id", "uid"),
        "change": piece.change.digest,
        **picked(piece.change, "on", "evidence"),
        "undone": piece.is_undone,
        "condition": condition,
        **picked(piece, "exhibit", "stamps"),
    }


def dropped(unnamed: Mapping[str, int], *, is_done: bool) -> Message:
    """Say how much nothing names, and whether it is gone."""
    if not unnamed:
        return Message("Nothing is kept that no entry names.")
    shown = size(sum(unnamed.values()))
    if is_done:
        return PluralMessage(
            "{n} copy that no entry named is gone ({size}).",
            "{n} copies that no entry named are gone ({size}).",
            len(unnamed),
            size=shown,
        )
    return PluralMessage(
        "{n} copy is named by no entry ({size}). It stays, unless you add --yes.",
        "{n} copies are named by no entry ({size}). They stay, unless you add --yes.",
        len(unnamed),
        size=shown,
    )


def counted(conditions: Sequence[Condition]) -> Message:
    told = tuple(
        Message("{number} {standing}", number=conditions.count(one), standing=CONDITIONS[one])
        for one in Condition
        if one in conditions
    )
    return PluralMessage(
        "{n} piece of evidence: {counts}.",
        "{n} pieces of evidence: {counts}.",
        len(conditions),
        counts=told,
    )
