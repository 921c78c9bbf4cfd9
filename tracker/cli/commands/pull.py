"""`tracker pull`: other trackers' records, followed beside one's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from tracker.cli.context import App
from tracker.cli.options import format_option
from tracker.cli.printing import Printer, refusals
from tracker.errors import TrackerError
from tracker.message import Message, PluralMessage
from tracker.model import SHORT
from tracker.render.text import clean

if TYPE_CHECKING:
    from tracker.following.folder import FollowedFolder, PullResult


@click.command("pull")
@click.argument("address", required=False)
@click.option("--name", metavar="NAME", help="What you call it (default: its host or folder).")
@click.option("--list", "shows", is_flag=True, help="List what is followed.")
@click.option("--forget", metavar="NAME", help="Follow that no more, and drop what was pulled.")
@click.option("--accept", is_flag=True, help="Take it, though something that was there is gone.")
@format_option
@click.pass_context
def pull_command(
    ctx: click.Context,
    address: str | None,
    name: str | None,
    shows: bool,
    forget: str | None,
    accept: bool,
    printer: Printer,
) -> None:
    """Follow another tracker's published record, beside your own.

    ADDRESS is where `export dataset` or `publish --dataset` put it, on the web or in a folder;
    without one, all that you follow is pulled again. It is held against its head, and must have all
    that it had. Reading commands show it with --from NAME; it is never mixed into yours.
    """
    from tracker.following.record import address_of, name_for

    app = ctx.ensure_object(App)
    folder = app.followed
    if sum(map(bool, (address, shows, forget))) > 1 or (name and not address):
        raise click.UsageError("Give an address, perhaps with --name, or --list, or --forget.")
    if forget:
        folder.forget(forget)
        told = Message("{name} is followed no more.", name=forget)
        printer.result({"name": forget}, told)
    elif shows:
        _list(folder, printer)
    elif address:
        place = address_of(address)
        known = {f.address: one for one, f in folder.index().followed.items()}
        _pull(app, folder, {name or known.get(place) or name_for(place): place}, printer, accept)
    else:
        followed = {one: f.address for one, f in folder.index().followed.items()}
        if not followed:
            raise TrackerError("Nothing is followed yet.", "Begin with `tracker pull ADDRESS`.")
        _pull(app, folder, followed, printer, accept)


def _pull(
    app: App, folder: FollowedFolder, places: dict[str, str], printer: Printer, accept: bool
) -> None:
    """Pull each; one that fails does not keep the others."""
    from tracker.following.folder import pull_json

    done: list[PullResult] = []
    failed: list[tuple[str, TrackerError]] = []
    for name, address in places.items():
        try:
            done.append(folder.pull(name, address, lambda: datetime.now(UTC), accept=accept))
        except TrackerError as error:
            if len(places) == 1:
                raise
            failed.append((name, error))
    content = {
        "pulled": list(map(pull_json, done)),
        "errors": refusals(failed, "name"),
    }
    printer.result(content, "\n".join(clean(app.lang.text(_line(one))) for one in done))
    for _, why in failed:
        app.say("tracker: {said}", said=why.in_full)
    if failed:
        click.get_current_context().exit(failed[0][1].exit_code)


def _line(one: PullResult) -> Message:
    counted = PluralMessage("{n} milestone", "{n} milestones", one.followed.count)
    sentence = "{name}: {milestones}, head {head}; {new} new, {changed} changed."
    return Message(
        sentence,
        name=one.name,
        milestones=counted,
        head=one.followed.head[:SHORT],
        new=len(one.since.new),
        changed=len(one.since.altered),
    )


def _list(folder: FollowedFolder, printer: Printer) -> None:
    followed = folder.index().followed
    rows = [{"name": name, **asdict(one)} for name, one in followed.items()]

    def line(name: str) -> str:
        one = followed[name]
        told = printer.lang.text(
            "{name}: {address}, pulled on {day}, head {head}",
            name=name,
            address=one.address,
            day=one.pulled_at.astimezone().date(),
            head=one.head[:SHORT],
        )
        return clean(told)

    none = Message("Nothing is followed yet. `tracker pull ADDRESS` begins.")
    printer.result({"followed": rows}, "\n".join(map(line, followed)) or none)
