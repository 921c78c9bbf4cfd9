"""What a user settles once, in one TOML file: how feeds are named, saved filters, and the like.

Every setting has a default, and an option of the command that it is for, which wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadSettings, TrackerError
from tracker.saved import SavedFilter

Month = Annotated[int, Meta(ge=1, le=12)]
Port = Annotated[int, Meta(ge=0, le=65535)]
Days = Annotated[int, Meta(ge=0, le=36525)]
Hours = Annotated[int, Meta(ge=1)]


class Feeds(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How calendars call and treat what `serve` and `publish` give them.

    `base_url` is the address that readers use, when it is another than the server's own.
    `refresh` is in hours, `retention` and `alarm` in days; `name` and `colour` are the calendar's.
    """

    name: str = "Milestones"
    description: str = ""
    colour: str = "steelblue"
    refresh: Hours = 12
    retention: Days = 30
    alarm: tuple[Days, ...] = ()
    base_url: str = ""


class Serve(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Where the server listens and who may read. `tokens` is the file of tokens."""

    host: str = "127.0.0.1"
    port: Port = 8765
    public: bool = False
    tokens: str | None = None
    qr: bool = True
    access_log: bool = False


class RagSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """When the scorecard turns amber, in days; `five-year-days` left out is never."""

    due_soon_days: Days = 30
    slipped_days: Annotated[int, Meta(ge=1, le=36525)] = 1
    five_year_days: Days | None = None


class DigestSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a digest tells: due `within` days, at most `limit` a part, under what `name`."""

    within: Days = 14
    limit: Annotated[int, Meta(ge=1)] = 50
    name: str = ""


class Notify(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """To whom digests go, as addresses of Apprise; `timeout` is in seconds, for each of them."""

    urls: tuple[str, ...] = ()
    timeout: Annotated[int, Meta(ge=1, le=3600)] = 30


class Settings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`fiscal-year-start` is the month a fiscal year begins with; the year it ends in names it.

    `lang` is the language to speak where neither an option nor the environment names one.

    Sections are named for what they settle; each is documented at its class.
    """

    lang: str | None = None
    fiscal_year_start: Month = 1
    rag: RagSettings = RagSettings()
    feeds: Feeds = Feeds()
    serve: Serve = Serve()
    digest: DigestSettings = DigestSettings()
    notify: Notify = Notify()
    filters: dict[str, SavedFilter] = {}
    maps: dict[str, tuple[str, ...]] = {}

    def mapped(self, name: str) -> tuple[str, ...]:
        """The columns of ledgers saved under a name. Raises BadSettings with the nearest one."""
        if name not in self.maps:
            known = ", ".join(self.maps) or "none yet"
            raise BadSettings(
                "There are no saved columns {name!r}.{nearest}",
                "Saved in the settings: {known}. Or give NAME=FIELD, such as 办结时限=due.",
                name=name,
                nearest=_nearest(name, self.maps),
                known=known,
            )
        return self.maps[name]

    def saved(self, name: str) -> SavedFilter:
        """The filter saved under a name. Raises BadSettings with the nearest one."""
        if name not in self.filters:
            known = ", ".join(self.filters) or "none yet"
            raise BadSettings(
                "There is no saved filter {name!r}.{nearest}",
                "Saved in the settings: {known}. docs/settings.md says how.",
                name=name,
                nearest=_nearest(name, self.filters),
                known=known,
            )
        return self.filters[name]


def read(text: str, name: str) -> Settings:
    """Return what a TOML text settles. Raises BadSettings with `name` and the fault."""
    import tomllib

    given: dict[str, Any] = {}
    try:
        given = tomllib.loads(text)
        settings = msgspec.convert(_days_as_text(given), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        misspelt = next(_unknown(given, Settings, ""), None)
        reason = misspelt or f"{str(error).rstrip('.')}."
        raise BadSettings(
            "{name} is not understood: {reason}",
            "docs/settings.md lists what may be set.",
            name=name,
            reason=reason,
        ) from None
    _refuse_bad_filters(settings, name)
    return settings


def _days_as_text(given: dict[str, Any]) -> dict[str, Any]:
    """The same with the days of filters as text, as phrases are: TOML has a type for days."""
    filters = given.get("filters")
    if not isinstance(filters, dict):
        return given
    plain = {
        name: {word: str(v) if isinstance(v, date) else v for word, v in words.items()}
        if isinstance(words, dict)
        else words
        for name, words in filters.items()
    }
    return given | {"filters": plain}


def _refuse_bad_filters(settings: Settings, name: str) -> None:
    for saved_as, words in settings.filters.items():
        try:
            words.on(date(2000, 1, 1), settings.fiscal_year_start)
        except TrackerError as error:
            raise BadSettings(
                "{name}, filter {saved_as!r}: {reason}",
                error.hint,
                name=name,
                saved_as=saved_as,
                reason=error.message,
            ) from None


def _unknown(given: Mapping[str, Any], kind: type[Struct], where: str) -> Iterator[str]:
    """Yield a sentence for each key that `kind` does not have, with the nearest that it has."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in given.items():
        if key not in fields:
            near = _nearest(key, fields)
            yield f"there is no setting {where}{key}.{near}"
        elif key == "filters" and isinstance(value, dict):
            for name, words in value.items():
                if isinstance(words, dict):
                    yield from _unknown(words, SavedFilter, f"filters.{name}.")
        elif isinstance(value, dict) and isinstance(section := fields[key], type(Struct)):
            yield from _unknown(value, section, f"{where}{key}.")


def _nearest(word: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""
