"""A TOML text read, and what is wrong with it said by the name that was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

import msgspec
from msgspec import Struct

from tracker.errors import BadSettings, TrackerError, library_reason
from tracker.message import Message, sentences
from tracker.query import did_you_mean
from tracker.settings.filters import LAYOUT, WORDS
from tracker.settings.sections import Settings


def read(text: str, name: str) -> Settings:
    """Return what a TOML text settles. Raises BadSettings with `name` and the fault."""
    import tomllib

    given: dict[str, Any] = {}
    try:
        given = tomllib.loads(text)
        settings = msgspec.convert(_days_as_text(given), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise _refusal(
            name, _misspelt(given) or Message("{said}.", said=library_reason(error))
        ) from None
    if misspelt := _misspelt(given):  # a filter is kept in any words
        raise _refusal(name, misspelt)
    _refuse_bad_filters(settings, name)
    for filter_name in settings.feeds.filter_alarms:
        if filter_name not in settings.filters:
            near = did_you_mean(filter_name, settings.filters)
            there = Message("there is no filter {filter!r} to ring for.", filter=filter_name)
            raise _refusal(name, sentences((there, near)))
    return settings


def _refusal(name: str, reason: Message) -> BadSettings:
    said = "{name} is not understood: {reason}"
    return BadSettings(said, "docs/settings.md lists what may be set.", name=name, reason=reason)


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
            said = "{name}, filter {saved_as!r}: {reason}"
            raise BadSettings(
                said, error.hint, name=name, saved_as=saved_as, reason=error.message
            ) from None


def _misspelt(given: Mapping[str, Any]) -> Message | None:
    """Say of the first word that is no setting that there is none such, and which is nearest."""
    return next(chain(_unknown(given, Settings), _unknown_words(given.get("filters"))), None)


def _unknown(given: Mapping[str, Any], kind: type[Struct], where: str = "") -> Iterator[Message]:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in given.items():
        if key not in fields:
            yield _no_setting(f"{where}{key}", did_you_mean(key, fields))
        elif isinstance(value, dict) and isinstance(section := fields[key], type(Struct)):
            yield from _unknown(value, section, f"{where}{key}.")


def _unknown_words(filters: Any) -> Iterator[Message]:
    for name, words in filters.items() if isinstance(filters, dict) else ():
        for word in words if isinstance(words, dict) else ():
            if word not in WORDS and word not in LAYOUT:
                near = did_you_mean(word, (*WORDS, *LAYOUT))
                yield _no_setting(f"filters.{name}.{word}", near)


def _no_setting(name: str, near: Message) -> Message:
    return sentences((Message("there is no setting {name}.", name=name), near))
