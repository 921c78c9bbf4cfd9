"""Which column is which: the names that people give columns, held against what stands in them.

The names are data, in `columns.toml`. A name counts exactly before it counts as part of a longer
one, a field takes one column, and a column in whose cells a field cannot stand is not that field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.errors import BadValue
from tracker.exchange.sheet import statuses
from tracker.exchange.sheet.grid import simplified
from tracker.model import Stage


class ColumnField(StrEnum):
    """What a column can hold. The first lines are a milestone's own, the others lead to them."""

    UID, ID, TITLE, OWNER, SUPPORTING = "uid", "id", "title", "owner", "supporting"
    DUE, BASELINE, FORECAST, COMPLETED = "due", "baseline", "forecast", "completed"
    MADE_ON, SOURCE, QUOTE, SPEAKER, TAGS = "made-on", "source", "quote", "speaker", "tags"
    STATUS, PERCENT, PROGRESS, NEXT = "status", "percent", "progress", "next-step"
    EVIDENCE, PERSON, CONTACT, RESOLUTION = "evidence", "person", "contact", "resolution"
    NUMBER, DETAIL, LEVEL = "number", "detail", "level"
    RECEIVED, REPORTED, VERIFIED, CLOSED = "received", "reported", "verified", "closed"

    __hash__ = str.__hash__


_ORDER = {field: place for place, field in enumerate(ColumnField)}
STEPS = {
    ColumnField.RECEIVED: Stage.RECEIVED,
    ColumnField.REPORTED: Stage.REPORTED,
    ColumnField.VERIFIED: Stage.VERIFIED,
    ColumnField.CLOSED: Stage.CLOSED,
}
"""The days of an office's cycle, in the order of its steps."""

DATED = (
    ColumnField.DUE,
    ColumnField.BASELINE,
    ColumnField.FORECAST,
    ColumnField.COMPLETED,
    ColumnField.MADE_ON,
    *STEPS,
)
"""The fields whose cells are days."""

INSTEAD = (
    (ColumnField.PERSON, ColumnField.OWNER),
    (ColumnField.CONTACT, ColumnField.OWNER),
    (ColumnField.DETAIL, ColumnField.TITLE),
    (ColumnField.BASELINE, ColumnField.DUE),
    (ColumnField.FORECAST, ColumnField.DUE),
)
"""The fields whose columns are taken for another that no column is."""

Fits = Callable[[ColumnField, int], bool]
"""Whether a field can stand in the cells of a column."""

_PLAIN = (ColumnField.TITLE, ColumnField.OWNER, ColumnField.DUE, ColumnField.STATUS)
"""The fields that a column of a plain name is though its cells are doubtful."""

_BOTH = re.compile(r"(?<=[\u4e00-\u9fff])[及与和](?=[\u4e00-\u9fff])")
"""Two names of one column: 完成时限及责任人."""

_ENDED = re.compile(
    r"^(?!.*(?:计划|要求|应|拟|预|目标|规定|承诺)).*(?:完成|办结|销号|办复|办毕|化解|解决|处置|处理|结案|销案|关闭|修复|回复|答复|移交|交付|验收|竣工|落实|整改|销项|闭环|合格|复查)(?:时间|日期?)$|^(?:done|completed?|closed|finished)$"
)
_LATER = re.compile(
    r"调整|变更|修订|延期|顺延|新|现|最终|\b(?:revised|new|current|extended|latest)\b",
    re.IGNORECASE,
)
_BESIDE = (
    (ColumnField.DUE, ColumnField.BASELINE, _LATER),
    (
        ColumnField.OWNER,
        ColumnField.SUPPORTING,
        re.compile(r"牵头|主办|主责|\blead", re.IGNORECASE),
    ),
)
"""What a second column of a field is, if the name of the first says what sets it apart."""

_MINUTED = re.compile(r"\bmin(?:ute)?s?\b|会议", re.IGNORECASE)
_ANY_DAY = frozenset(("date", "日期", "时间"))
"""What a day is called that is that of the meeting where minutes are named, and else the deadline."""

_OF_STATE = re.compile(r"status|rag|update|progress|状态|情况|进[度展]|结果")
_LONGEST = 40
_OPTIONAL = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[*:：?？√✓✔\s]+$|^[*\s]+")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_JOINED = re.compile("(?<=[a-z])(?=[A-Z][a-z])")
"""Where programs join words: PlannedFinish."""

_YEAR = re.compile(r"^(?:20[0-9]{2}年?度?|本年度?)")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))


@cache
def _loose() -> list[tuple[re.Pattern[str], ColumnField | None]]:
    rows = _data()["loose"]
    return [(re.compile(words), ColumnField(field) if field else None) for field, words in rows]


@cache
def _names() -> Mapping[str, tuple[tuple[int, ColumnField], ...]]:
    """By name: the fields that go by it, each with the place of the name among the field's."""
    known: dict[str, list[tuple[int, ColumnField]]] = {}
    for field, names in _data()["names"].items():
        for place, name in enumerate(re.split(r",\s*|\n", names.strip())):
            known.setdefault(name, []).append((place, ColumnField(field)))
    return {name: tuple(fields) for name, fields in known.items()}


def plain(name: str) -> str:
    """A name without what does not tell it apart: case, width, blanks within Chinese, remarks."""
    text = simplified(_JOINED.sub(" ", name))
    bare = _OPTIONAL.sub("", text).strip() or text
    bare = re.sub(r"\s+", "" if _CHINESE.search(bare) else " ", bare)
    return bare.replace("_", " ").strip(" .") or bare


def exactly(name: str) -> tuple[tuple[int, ColumnField], ...]:
    """The fields that go by this very name, each with how far down its list it stands."""
    known = _names()
    return next((known[word] for word in _spellings(name) if word in known), ())


def _spellings(name: str) -> Iterator[str]:
    """Yield what a name may be known as: whole, bare, without its year, in one of two languages."""
    whole, bare = " ".join(simplified(name).split()), plain(name)
    yield from (whole, bare, _YEAR.sub("", bare), re.sub(r"\s?[0-9]$", "", bare))
    if bare.endswith("日"):
        yield f"{bare}期"
    if _CHINESE.search(whole) and len(whole) <= _LONGEST:
        yield "".join(_CHINESE.findall(whole))
        yield " ".join(_CHINESE.sub(" ", whole).split()).strip(" ()/.")


def named_as_nothing(name: str) -> bool:
    """Whether a name says that the column is none of the fields: 开始时间, 备注, Priority."""
    bare = plain(name)
    return not exactly(name) and any(w.search(bare) for w, field in _loose() if field is None)


def names_status(name: str) -> bool:
    """Whether a column is named as one of statuses and of nothing else."""
    return [field for _, field in exactly(name)] == [ColumnField.STATUS] or loosely(
        name
    ) is ColumnField.STATUS


def loosely(name: str) -> ColumnField | None:
    """The field that a longer name speaks of."""
    bare = plain(name)
    if not bare or len(bare) > _LONGEST:
        return None
    return next((field for words, field in _loose() if words.search(bare)), None)


def assigned(
    names: Sequence[str],
    told: Mapping[str, ColumnField],
    fits: Fits = lambda _field, _place: True,
    may_fit: Fits = lambda _field, _place: True,
) -> dict[ColumnField, int]:
    """Return which column is which field, by position.

    What was `told` of a name (by its plain form) comes first, then names of one field only, then
    longer ones, and last those that several fields go by.
    """
    found: dict[ColumnField, int] = {}
    bids = sorted(bid for place, name in enumerate(names) for bid in _bids(place, name, told))
    # What is named plainly stays so where nothing else can be it, and its cells are doubtful.
    plainly = [bid for bid in bids if bid[0] == 1 and bid[3] in _PLAIN]
    for nth, (firmness, _, place, field) in enumerate((*bids, *plainly)):
        free = field not in found and place not in found.values()
        fitting = fits if nth < len(bids) else may_fit
        if free and (firmness == 0 or fitting(field, place)):
            found[field] = place
    for field, beside, says in _BESIDE:
        if field in found and beside not in found and says.search(names[found[field]]):
            left = [bid[2] for bid in bids if bid[3] is field and bid[2] not in found.values()]
            found |= dict(zip([beside], left, strict=False))
    if ColumnField.DUE in found and plain(names[found[ColumnField.DUE]]) in _ANY_DAY:
        told_in = [n for n, name in enumerate(names) if loosely(name) is ColumnField.DUE]
        asked_for = [n for n in told_in if n not in found.values() and fits(ColumnField.DUE, n)]
        if asked_for or _MINUTED.search(" ".join(names)):
            found.setdefault(ColumnField.MADE_ON, found.pop(ColumnField.DUE))
            found |= dict(zip([ColumnField.DUE], asked_for, strict=False))
    return _settled({field: place for field, place in found.items() if place >= 0})


def is_later(name: str) -> bool:
    """Whether a column says that its dates stand instead of others."""
    return bool(_LATER.search(simplified(name)))


def _bids(
    place: int, name: str, told: Mapping[str, ColumnField]
) -> Iterator[tuple[int, int, int, ColumnField]]:
    """Yield what a column may be: how firmly, which of that field's names, where, what."""
    if plain(name) in told:
        yield 0, 0, place, told[plain(name)]
        return
    exact = exactly(name)
    if is_later(name) and (loosely(name) is ColumnField.DUE or (0, ColumnField.DUE) in exact):
        yield 1, -1, place, ColumnField.DUE
    if len([part for part in _listed_in(name) if len(part) > 2 and statuses.is_word(part)]) > 1:
        yield 1, -1, place, ColumnField.STATUS  # Remarks (Complied / Pending / Dropped)
    for rank, field in exact:
        # Of several, the one that is named first above is tried first.
        yield (1, rank, place, field) if len(exact) == 1 else (3, _ORDER[field], place, field)
    if _ENDED.search(plain(name)) and not any(f is ColumnField.COMPLETED for _, f in exact):
        # Beside a column of deadlines: 整改期限, 整改完成时间.
        yield 4, 1, place, ColumnField.COMPLETED
    parts = [part for piece in _BOTH.split(name) if (part := loosely(piece)) is not None]
    for part in parts if not exact else ():
        yield 2, _ORDER[part], place, part
    if exact and loosely(name) is ColumnField.STATUS:
        yield 3, _ORDER[ColumnField.STATUS], place, ColumnField.STATUS
    if ColumnField.STATUS in (*parts, *(field for _, field in exact)) and _OF_STATE.search(
        plain(name)
    ):
        # Where no statuses stand, what stands there tells of progress.
        yield 4, 0, place, ColumnField.PROGRESS


def _listed_in(name: str) -> list[str]:
    """What the brackets of a name list."""
    inside = _BRACKETS.search(name)
    return re.split(r"\s*[/,、|，;；]\s*", inside[1]) if inside else []


def _settled(found: dict[ColumnField, int]) -> dict[ColumnField, int]:
    """The same, where one column must be what another would have been."""
    for instead, field in INSTEAD:
        if field not in found and instead in found:
            found[field] = found.pop(instead)
    return found


def mapping(words: Iterable[str]) -> dict[str, ColumnField]:
    """Read what `--map NAME=FIELD` says. Raises BadValue with the fields that there are."""
    told: dict[str, ColumnField] = {}
    for word in words:
        name, sign, field = word.rpartition("=")
        known = field.strip().lower().replace("_", "-")
        if not sign or not name.strip() or known not in set(ColumnField):
            raise BadValue(
                "{word!r} does not say which field a column is.",
                "Give NAME=FIELD, such as 办结时限=due; fields: {field}.",
                word=word,
                field=tuple(ColumnField),
            )
        told[plain(name)] = ColumnField(known)
    return told
