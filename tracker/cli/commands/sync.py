"""`tracker sync`: milestones kept in step with a list of tasks on a CalDAV server."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import click
from msgspec.structs import replace

from tracker.cli.context import App
from tracker.cli.options import filter_options, format_option, store_option
from tracker.cli.printing import Printer, print_result
from tracker.errors import OutputFailed, ServerRefused, SyncConflict
from tracker.message import Message
from tracker.query import Filter
from tracker.store.whole_file import whole_bytes, write_file

if TYPE_CHECKING:
    from tracker.sync.address import CalendarAddress
    from tracker.sync.carry import StepOutcome
    from tracker.sync.plan import Step
    from tracker.sync.server import Collection
    from tracker.sync.state import SyncState

_DONE = {
    "add": Message("sent: new there"),
    "change": Message("sent: changed there"),
    "delete": Message("deleted there, since it was removed here"),
    "take": Message("taken back"),
    "agree": Message("the same on both sides"),
    "forgo": Message("left as it is"),
    "conflict": Message("CONFLICT"),
    "refused": Message("REFUSED there"),
}
_PLANNED = {
    **_DONE,
    "add": Message("would be new there"),
    "change": Message("would be changed there"),
    "delete": Message("would be deleted there, since it was removed here"),
    "take": Message("would be taken back"),
}


@click.command("sync")
@click.argument("address", metavar="caldav://HOST/PATH")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--prefer",
    type=click.Choice(("ours", "theirs")),
    help="Settle conflicts: what stands here counts, or what stands there.",
)
@click.option(
    "--plain-http", is_flag=True, help="Go without TLS to another machine: passwords can be read."
)
@filter_options
@format_option
@store_option
def sync_command(
    app: App,
    address: str,
    dry_run: bool,
    prefer: str | None,
    plain_http: bool,
    chosen: Filter,
    printer: Printer,
) -> None:
    """Keep a list of tasks on a CalDAV server in step with the milestones.

    Sends what changed here; takes back what was completed, reopened or moved there. What was
    changed on both sides is told and left alone. The password comes from TRACKER_CALDAV_USER and
    TRACKER_CALDAV_PASSWORD, or from the keyring.
    """
    from tracker.sync import address as addresses
    from tracker.sync.server import Collection

    at = addresses.address(address, plain_http=plain_http)
    user, password = _credentials(at.host)
    state = _state(_state_path(app, at), at)
    with Collection(at, user, password) as collection:
        steps = _planned(app, collection, state, (chosen, prefer))
        if not dry_run:
            by = f"{user} on {at.host}" if user else at.host
            told = _Progress(app, at, state, _DONE, printer)
            told.all(_carried(app, collection, state, steps, by))
        else:
            _Progress(app, at, state, _PLANNED, printer).all(map(_foreseen, steps))


def _planned(
    app: App, collection: Collection, state: SyncState, how: tuple[Filter, str | None]
) -> list[Step]:
    from tracker.sync.carry import look
    from tracker.sync.plan import Preference, plan

    chosen, prefer = how
    everything = app.store.all()
    there = look(collection, {m.uid: m for m in everything}, state, app.zone)
    wanted = [m for m in everything if chosen.holds(m)]
    return plan(wanted, state.synced, there, Preference(prefer) if prefer else None)


def _carried(
    app: App, collection: Collection, state: SyncState, steps: Sequence[Step], by: str
) -> Iterator[StepOutcome]:
    """Carry the steps out, one by one. What was done is remembered whatever happens."""
    from tracker.sync.carry import StepRunner

    folder = unquote(urlsplit(collection.at.url).path)
    carrier = StepRunner(collection, folder, app.store, replace(app.occasion(), by=by), state)
    try:
        for step in steps:
            yield carrier.carry(step)
    finally:
        _remember(app, _state_path(app, collection.at), state)


def _foreseen(step: Step) -> StepOutcome:
    from tracker.sync.carry import StepOutcome, taken_back

    return StepOutcome(step, step.action, step.milestone, (*step.notes, *taken_back(step)))


def _credentials(host: str) -> tuple[str | None, str | None]:
    """User and password from the environment, or else from the keyring; none if there are none."""
    user = os.environ.get("TRACKER_CALDAV_USER") or None
    password = os.environ.get("TRACKER_CALDAV_PASSWORD")
    if password is not None:
        return user, password
    from tracker.cli.keyrings import credentials

    return credentials(f"tracker:{host}", user) or (user, None)


def _state_path(app: App, at: CalendarAddress) -> Path:
    return app.beside(f"sync-{sha256(at.url.encode()).hexdigest()[:12]}")


def _state(place: Path, at: CalendarAddress) -> SyncState:
    from tracker.sync.state import SyncState, loads

    try:
        return loads(whole_bytes(place), at.url)
    except OSError:
        return SyncState(at.url)


def _remember(app: App, place: Path, state: SyncState) -> None:
    from tracker.sync.state import dumps

    again = Message("The next sync will read the whole collection again.")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_file(place, dumps(state), again)
    except OutputFailed as error:
        app.say("tracker: {said}", said=error.in_full)


class _Progress:
    """Tells what is done as it is done, so that a sync that breaks off has told its first part."""

    def __init__(
        self,
        app: App,
        at: CalendarAddress,
        state: SyncState,
        words: dict[str, Message],
        printer: Printer,
    ) -> None:
        self.app = app
        self.at = at
        self.state = state
        self.words = words
        self.printer = printer

    def all(self, results: Iterable[StepOutcome]) -> None:
        """Tell them, and sum up. Raises SyncConflict if some are in conflict."""
        done = []
        for one in results:
            done.append(one)
            if not self.printer.is_json and (one.action != "agree" or one.notes):
                print_result(self.app, self._line(one))
        counts = Counter(one.action.value for one in done)
        self.printer.result(self._content(done), self._sum(counts))
        if counts["conflict"] and self.words is _DONE:
            raise SyncConflict(
                "{counts} in conflict, and left as they are on both sides.",
                "Settle them with --prefer ours or --prefer theirs; --text TITLE chooses one.",
                counts=counts["conflict"],
            )
        if counts["refused"]:
            raise ServerRefused(
                "{host} did not take {count}; the others are in step.",
                "The reasons are above; what is refused is tried again at each sync.",
                host=self.at.host,
                count=counts["refused"],
            )

    def _line(self, one: StepOutcome) -> str:
        from tracker.render.text import clean
        from tracker.render.wording import wording

        lang = self.app.lang
        said = clean(lang.listed(map(lang.text, one.notes)))
        title = wording(one.milestone, lang).title
        action = lang.text(self.words[one.action])
        outcome = lang.join([action, said]) if said else action
        return lang.text(
            "{id} {outcome}: {title}", id=one.milestone.id, outcome=outcome, title=title
        )

    def _sum(self, counts: Counter[str]) -> str:
        sent = counts["add"] + counts["change"] + counts["delete"]
        others = len(self.state.others)
        lang = self.app.lang
        if sent or counts["take"] or counts["conflict"] or counts["refused"]:
            is_planned = self.words is _PLANNED
            sent_back = (
                (Message("{number} would be sent"), Message("{number} would be taken back"))
                if is_planned
                else (Message("{number} sent"), Message("{number} taken back"))
            )
            numbers = (sent, counts["take"])
            parts = [lang.text(s, number=f"{n:,}") for s, n in zip(sent_back, numbers, strict=True)]
            parts.append(lang.text("{number} in conflict", number=f"{counts['conflict']:,}"))
            if counts["refused"]:
                parts.append(lang.text("{number} refused", number=f"{counts['refused']:,}"))
            told = lang.join(parts)
        else:
            told = lang.text("{host} and the milestones are in step", host=self.at.host)
        if others:
            alone = lang.text("{number} of others left alone", number=f"{others:,}")
            told = f"{told}{lang.semicolon}{alone}"
        return lang.text("{due}.", due=told)

    def _content(self, done: Sequence[StepOutcome]) -> dict[str, object]:
        changes = [
            {
                "id": one.milestone.id,
                "uid": one.milestone.uid,
                "title": one.milestone.title,
                "action": one.action,
                "told": one.notes,
            }
            for one in done
        ]
        others, dry_run = len(self.state.others), self.words is _PLANNED
        told = {"server": self.at.url, "dry_run": dry_run}
        return {**told, "others": others, "changes": changes}
