"""What a user settles once, in one TOML file: how feeds are named, saved filters, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadDate, BadSettings, BadValue, TrackerError, of_library
from tracker.evidence.bounds import Bounds
from tracker.ics.profile import Profile
from tracker.message import Message, sentences
from tracker.model import FieldKind, Option, Role, Standing, StandingOn, Status
from tracker.query import (
    CRITERIA,
    Filter,
    Group,
    Page,
    keys_of,
    listed_words,
    nearest,
    there_are,
)
from tracker.report.derived import COLUMNS
from tracker.report.rating import Days, Thresholds
from tracker.texts import folded

Month = Annotated[int, Meta(ge=1, le=12)]

Words = Mapping[str, str | tuple[str, ...]]
"""What `--status`, `--owner` and the others would be given: {"status": "open", "due-to": "+30d"}.

Days may be due phrases, understood anew from each day on which the filter is used.
"""

_MANY: dict[FieldKind, Callable[[str], Any]] = {
    FieldKind.STATUS: Status.meant_by,
    FieldKind.STANDING: Standing.meant_by,
    FieldKind.TAGS: folded,
}
"""What is made of each word, where there may be several."""
WORDS = {
    asked.option.flag.removeprefix("--"): name
    for name, asked in CRITERIA.items()
    if asked.option is not None
}
"""The words there are, and what of a filter each gives."""

LAYOUT = ("sort", "reverse", "group", "columns", "limit")
"""The words of a filter that say how a list of it is laid out; feeds and exports need none."""


class FeedSettings(Profile, frozen=True, rename="kebab", kw_only=True):
    """How calendars call and treat what `serve` and `publish` give them.

    `base_url` is the address that readers use, when it is another than the server's own.
    `filter_alarms` are those of a saved filter's feed, by its name, in place of `alarms`.
    `licence` is that of the dataset, as SPDX names it.
    """

    base_url: str = ""
    filter_alarms: dict[str, tuple[Days, ...]] = msgspec.field(default_factory=dict)
    dataset: Annotated[
        bool,
        Option(
            *("--dataset/--no-dataset", ""),
            "Offer the whole record in dataset/ for others to follow (`tracker pull`), or not.",
        ),
    ] = False
    licence: str = ""


class ServeSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Where the server listens and who may read. `tokens` is the file of tokens."""

    host: Annotated[
        str, Option("--host", "", "The address to listen at (default: 127.0.0.1, this computer).")
    ] = "127.0.0.1"
    port: Annotated[
        int,
        Meta(ge=0, le=65535),
        Option("--port", "", "The port (default: 8765); 0 takes a free one."),
    ] = 8765
    public: Annotated[
        bool,
        Option("--public/--private", "", "Let everybody who can reach it read, or not."),
    ] = False
    tokens: str | None = None
    qr: Annotated[
        bool, Option("--qr/--no-qr", "", "Draw a QR code to scan with a phone, or not.")
    ] = True
    access_log: Annotated[
        bool,
        Option(
            *("--access-log/--no-access-log", ""),
            "Write a line for each answer, tokens left out, or not.",
        ),
    ] = False
    log_format: Annotated[
        Literal["text", "json"],
        Option("--log-format", "", "Write what is logged as text or as a JSON object a line."),
    ] = "text"
    metrics_port: Annotated[
        Annotated[int, Meta(ge=0, le=65535)] | None,
        Option("--metrics-port", "PORT", "Tell Prometheus what is measured, at this port."),
    ] = None
    metrics_host: Annotated[
        str, Option("--metrics-host", "", "The address of that port (default: 127.0.0.1).")
    ] = "127.0.0.1"


class DigestSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a digest tells: due `within` days, at most `limit` a part, under what `name`."""

    within: Days = 14
    limit: Annotated[
        int,
        Meta(ge=1),
        Option("--limit", "N", "Name at most N in each part (default: 50, or as set)."),
    ] = 50
    name: str = ""


class NotifySettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """To whom digests go, as addresses of Apprise; `timeout` is in seconds, for each of them.

    `changes_to` are web addresses that changes are posted to, signed with `secret`.
    """

    urls: tuple[str, ...] = ()
    changes_to: tuple[str, ...] = ()
    secret: str = ""
    timeout: Annotated[
        int,
        Meta(ge=1, le=3600),
        Option(
            "--timeout", "SECONDS", "Give up on an address after so long (default: 30, or as set)."
        ),
    ] = 30


class Settings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`fiscal-year-start` is the month a fiscal year begins with; the year it ends in names it.

    `assessors` are the names of those who speak in each role.

    `pager` is the command that shows what is longer than the screen, "" for none.

    `lang` is the language to speak where neither an option nor the environment names one.

    Sections are named for what they settle; each is documented at its class.
    """

    lang: str | None = None
    pager: str | None = None
    fiscal_year_start: Month = 1
    rag: Thresholds = Thresholds()
    feeds: FeedSettings = FeedSettings()
    serve: ServeSettings = ServeSettings()
    digest: DigestSettings = DigestSettings()
    notify: NotifySettings = NotifySettings()
    evidence: Bounds = Bounds()
    filters: dict[str, Words] = {}
    maps: dict[str, tuple[str, ...]] = {}
    assessors: dict[Role, tuple[str, ...]] = {}

    def role(self, assessor: str) -> Role | None:
        """As what somebody speaks, if it is settled."""
        named = folded(assessor)
        return next(
            (role for role, names in self.assessors.items() if named in map(folded, names)), None
        )

    def mapped(self, name: str) -> tuple[str, ...]:
        """The columns of ledgers saved under a name. Raises BadSettings with the nearest one."""
        if name not in self.maps:
            known = tuple(self.maps) or Message("none yet")
            raise BadSettings(
                Message("There are no saved columns {name!r}.", name=name),
                sentences(
                    (
                        nearest(name, self.maps),
                        Message("Saved in the settings: {known}.", known=known),
                        Message("Or give NAME=FIELD, such as 办结时限=due."),
                    )
                ),
            )
        return self.maps[name]

    def saved(self, name: str, day: date) -> Filter:
        """The filter saved under a name, as it is meant on a day. Raises BadSettings."""
        if name not in self.filters:
            known = tuple(self.filters) or Message("none yet")
            raise BadSettings(
                Message("There is no saved filter {name!r}.", name=name),
                sentences(
                    (
                        nearest(name, self.filters),
                        Message(
                            "Saved in the settings: {known}. docs/settings.md says how.",
                            known=known,
                        ),
                    )
                ),
            )
        return filter_of(self.filters[name], day, self.fiscal_year_start)

    def saved_page(self, name: str) -> Page:
        """How a list of the filter saved under a name is laid out. Raises BadValue."""
        return page_of(self.filters[name])


def filter_of(words: Words, day: date, fiscal_year: int = 1) -> Filter:
    """The filter as it is meant on `day`. Raises BadValue and BadDate."""
    asked: dict[str, Any] = {}
    for word, said in words.items():
        if word in LAYOUT:
            continue
        name = WORDS[word]
        kind = CRITERIA[name].kind
        if kind in _MANY:
            each = (said,) if isinstance(said, str) else said
            among: frozenset[Any] = frozenset(map(_MANY[kind], each))
            asked[name] = StandingOn(among, day) if kind is FieldKind.STANDING else among
        elif not isinstance(said, str):
            raise BadValue(
                "{word} takes one word, and has {count}.", "Give one.", word=word, count=len(said)
            )
        else:
            first = CRITERIA[name].compare is operator.ge
            is_day = kind is FieldKind.DAY
            asked[name] = _day(said, day, fiscal_year, is_first=first) if is_day else said
    return Filter(**asked)


def page_of(words: Words) -> Page:
    """How a list is laid out by the words of a filter. Raises BadValue."""
    told = {w: v if isinstance(v, str) else ",".join(v) for w, v in words.items() if w in LAYOUT}
    limit = told.get("limit", "")
    if limit and not (limit.isdecimal() and int(limit)):
        raise BadValue("{limit!r} is no limit.", "Give a number, such as 20.", limit=limit)
    return Page(
        keys_of(told.get("sort", "")),
        told.get("reverse") == "True",
        int(limit) if limit else None,
        group_of(told["group"]) if told.get("group") else None,
        columns_of(told.get("columns", "")),
    )


def group_of(word: str) -> Group:
    """What a word groups by. Raises BadValue."""
    if word not in set(Group):
        raise BadValue(
            Message("No list is grouped by {word!r}.", word=word),
            there_are(word, [group.value for group in Group]),
        )
    return Group(word)


def columns_of(words: str) -> tuple[str, ...]:
    """The columns that words name, as in JSON. Raises BadValue with the nearest."""
    names = tuple(dict.fromkeys(word.replace("-", "_") for word in listed_words(words)))
    for name in names:
        if name not in COLUMNS:
            raise BadValue(
                Message("There is no column {name!r}.", name=name), there_are(name, COLUMNS)
            )
    return names


def _day(phrase: str, anchor: date, fiscal_year_start: int, *, is_first: bool) -> date:
    from tracker.due import parse

    try:
        return msgspec.convert(phrase, date)
    except msgspec.ValidationError:
        due = parse(phrase, anchor, fiscal_year_start=fiscal_year_start)
    if due.date is None:
        raise BadDate("{phrase!r} names no day.", "Give one, such as 2021-07-01.", phrase=phrase)
    return due.start if is_first and due.start and not due.ends else due.date


def read(text: str, name: str) -> Settings:
    """Return what a TOML text settles. Raises BadSettings with `name` and the fault."""
    import tomllib

    given: dict[str, Any] = {}
    try:
        given = tomllib.loads(text)
        settings = msgspec.convert(_days_as_text(given), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise _refusal(
            name, _misspelt(given) or Message("{said}.", said=of_library(error))
        ) from None
    if misspelt := _misspelt(given):  # a filter is kept in any words
        raise _refusal(name, misspelt)
    _refuse_bad_filters(settings, name)
    for filter_name in settings.feeds.filter_alarms:
        if filter_name not in settings.filters:
            near = nearest(filter_name, settings.filters)
            there = Message("there is no filter {filter!r} to ring for.", filter=filter_name)
            raise _refusal(name, sentences((there, near)))
    return settings


def _refusal(name: str, reason: Message) -> BadSettings:
    return BadSettings(
        "{name} is not understood: {reason}",
        "docs/settings.md lists what may be set.",
        name=name,
        reason=reason,
    )


def _days_as_text(given: dict[str, Any]) -> dict[str, Any]:
    """The same with days and numbers of filters as text: TOML has types for them."""
    filters = given.get("filters")
    if not isinstance(filters, dict):
        return given
    plain = {
        name: {w: str(v) if isinstance(v, date | int) else v for w, v in words.items()}
        if isinstance(words, dict)
        else words
        for name, words in filters.items()
    }
    return given | {"filters": plain}


def _refuse_bad_filters(settings: Settings, name: str) -> None:
    for saved_as in settings.filters:
        try:
            settings.saved(saved_as, date(2000, 1, 1))
            settings.saved_page(saved_as)
        except TrackerError as error:
            raise BadSettings(
                "{name}, filter {saved_as!r}: {reason}",
                error.hint,
                name=name,
                saved_as=saved_as,
                reason=error.message,
            ) from None


def _misspelt(given: Mapping[str, Any]) -> Message | None:
    """Say of the first word that is no setting that there is none such, and which is nearest."""
    return next(chain(_unknown(given, Settings), _unknown_words(given.get("filters"))), None)


def _unknown(given: Mapping[str, Any], kind: type[Struct], where: str = "") -> Iterator[Message]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in given.items():
        if key not in fields:
            yield _no_setting(f"{where}{key}", nearest(key, fields))
        elif isinstance(value, dict) and isinstance(section := fields[key], type(Struct)):
            yield from _unknown(value, section, f"{where}{key}.")


def _unknown_words(filters: Any) -> Iterator[Message]:
    for name, words in filters.items() if isinstance(filters, dict) else ():
        for word in words if isinstance(words, dict) else ():
            if word not in WORDS and word not in LAYOUT:
                near = nearest(word, (*WORDS, *LAYOUT))
                yield _no_setting(f"filters.{name}.{word}", near)


def _no_setting(name: str, near: Message) -> Message:
    return sentences((Message("there is no setting {name}.", name=name), near))
