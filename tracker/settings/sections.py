"""What may be settled, a struct for each section of the file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from tracker.errors import BadSettings
from tracker.evidence.bounds import Bounds
from tracker.ics.profile import Profile
from tracker.message import Message, sentences
from tracker.model import Option, Role
from tracker.query import Filter, Page, did_you_mean
from tracker.report.rating import Days, Thresholds
from tracker.settings.filters import FilterWords, filter_of, page_of
from tracker.texts import folded

Month = Annotated[int, Meta(ge=1, le=12)]


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
        bool, Option("--public/--private", "", "Let everybody who can reach it read, or not.")
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


class LedgerSettings(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What stands above a ledger, `unit` above what `report week` says too; its columns."""

    title: str = ""
    unit: str = ""
    columns: tuple[str, ...] = ()


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
    ledger: LedgerSettings = LedgerSettings()
    filters: dict[str, FilterWords] = {}
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
            there = Message("Saved in the settings: {known}.", known=known)
            instead = Message("Or give NAME=FIELD, such as 办结时限=due.")
            raise BadSettings(
                Message("There are no saved columns {name!r}.", name=name),
                sentences((did_you_mean(name, self.maps), there, instead)),
            )
        return self.maps[name]

    def saved(self, name: str, day: date) -> Filter:
        """The filter saved under a name, as it is meant on a day. Raises BadSettings."""
        if name not in self.filters:
            known = tuple(self.filters) or Message("none yet")
            said = "Saved in the settings: {known}. docs/settings.md says how."
            there = Message(said, known=known)
            raise BadSettings(
                Message("There is no saved filter {name!r}.", name=name),
                sentences((did_you_mean(name, self.filters), there)),
            )
        return filter_of(self.filters[name], day, self.fiscal_year_start)

    def saved_page(self, name: str) -> Page:
        """How a list of the filter saved under a name is laid out. Raises BadValue."""
        return page_of(self.filters[name])
