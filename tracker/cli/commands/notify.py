"""`tracker notify`: the digest sent to its readers, each of whom is told what is new to them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.commands.digest import (
    YOURSELF,
    digest_text,
    letter_of,
    reader_mark,
    request_options,
)
from tracker.cli.context import App
from tracker.cli.printing import print_result
from tracker.cli.struct_options import struct_options
from tracker.errors import BadValue, NotDelivered, requiring_extra
from tracker.message import Message, sentences
from tracker.settings import NotifySettings

if TYPE_CHECKING:
    from tracker.cli.commands.digest import DatedDigest
    from tracker.cli.digests import DigestRequest, Digests
    from tracker.notify.delivery import Body, Channel

URLS = "TRACKER_NOTIFY_URLS"


@click.command("notify")
@click.argument("urls", metavar="[URL]...", nargs=-1)
@click.option("--only-if-due", is_flag=True, help="Send nothing when there is nothing to tell.")
@click.option("--again", is_flag=True, help="Send it to those too who have it already.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent and where; send nothing.")
@click.option("--changes", is_flag=True, help="Post what changed as JSON instead, to programs.")
@click.option(
    "--to",
    multiple=True,
    metavar="URL",
    help="A web address to post changes to; repeat (default: as set).",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless sending fails.")
@struct_options(NotifySettings, "sending")
@request_options
def notify_command(
    app: App,
    urls: tuple[str, ...],
    request: DigestRequest,
    sending: NotifySettings,
    changes: bool,
    to: tuple[str, ...],
    dry_run: bool,
    quiet: bool,
    **when: bool,
) -> None:
    """Send the digest: by mail, DingTalk, WeCom, Feishu, Slack, Telegram and more.

    A URL is an address of Apprise, such as mailtos://user:password@example.org. Without one, those
    of TRACKER_NOTIFY_URLS, with blanks between, or of the settings: there they stand in no list of
    processes. Each is told what changed since it was last told; docs/digest.md has examples.

    With --changes, programs are posted what changed, signed with TRACKER_WEBHOOK_SECRET:
    docs/webhooks.md.
    """
    if changes:
        if urls or any(when.values()):
            raise click.UsageError("With --changes go --to, --since, filters and --dry-run alone.")
        from tracker.cli.posting import post_changes

        post_changes(app, to, request, sending.timeout, rehearse=dry_run, quiet=quiet)
        return
    if to:
        raise click.UsageError("--to is where --changes go; give both.")
    from tracker.cli.digests import Digests

    services = _services(app, urls)
    mailing = _Mailing(app, Digests(app), request, sending.timeout)
    if dry_run:
        mailing.rehearse(services)
        return
    with mailing.digests.held():
        for service in services:
            mailing.serve(service, **when)
        mailing.end()
    mailing.report(quiet)


class _Failed(NamedTuple):
    service: Channel
    reason: str


class _Mailing:
    """One digest on its way to all addresses: what became of it at each."""

    def __init__(self, app: App, digests: Digests, request: DigestRequest, timeout: int) -> None:
        self.app = app
        self.digests = digests
        self.request = request
        self.timeout = timeout
        self.sent: list[Channel] = []
        self.had: list[Channel] = []
        self.spared: list[Channel] = []
        self.failed: list[_Failed] = []

    def serve(self, to: Channel, *, only_if_due: bool, again: bool) -> None:
        """Send to one address what it was not told yet, and remember that at once."""
        from tracker.notify.delivery import send

        who = reader_mark(self.app, to.address.url, self.request)
        said = self.digests.of(who, self.request)
        subject = letter_of(self.app, said, 0).subject
        if self.digests.has(who, said[0]) and not (again or self.request.since):
            self.had.append(to)
        elif only_if_due and said[0].is_empty:
            self.spared.append(to)
        elif reason := send(to, subject, self._body(said), self.timeout):
            self.failed.append(_Failed(to, reason))
        else:
            self.sent.append(to)
            self.digests.remember([who], said[0])

    def end(self) -> None:
        """Once all were told, `tracker digest` begins anew too."""
        if self.sent and not self.failed:
            yourself = reader_mark(self.app, YOURSELF, self.request)
            said, _ = self.digests.of(yourself, self.request)
            self.digests.remember([yourself], said)

    def report(self, quiet: bool) -> None:
        """Say in a line what was done. Raises NotDelivered with where not, and why."""
        told = []
        if self.sent:
            told.append(Message("Sent to {names}.", names=_named(self.sent)))
        if self.had:
            told.append(
                Message(
                    "Not sent again to {names}: no change since the digest of {day}; --again sends "
                    "it.",
                    names=_named(self.had),
                    day=self.request.query.as_of,
                )
            )
        if self.spared:
            nothing = "Nothing is overdue, due soon or changed: nothing was sent to {names}."
            told.append(Message(nothing, names=_named(self.spared)))
        if told and not quiet:
            print_result(self.app, sentences(told))
        if self.failed:
            reasons = "; ".join(f"{each.service.address}: {each.reason}" for each in self.failed)
            raise NotDelivered(
                "Not sent to {reasons}.",
                "The digest stays unsent there; the next run sends it.",
                reasons=reasons,
            )

    def rehearse(self, services: Sequence[Channel]) -> None:
        """Show for each address what it would be sent, and in which form."""
        for to in services:
            who = reader_mark(self.app, to.address.url, self.request)
            said = self.digests.of(who, self.request)
            size = len(self._body(said)(to.form.value, to.room).encode())
            sentence = "Would go to {address}, {size:,} bytes of {form}:"
            if self.digests.has(who, said[0]):
                sentence = "Would go to {address} which has it already, {size:,} bytes of {form}:"
            told = self.app.lang.text(sentence, address=to.address, size=size, form=to.form.value)
            letter = letter_of(self.app, said, self.request.limit)
            text = digest_text(self.app, letter, "text", self.app.width)
            print_result(self.app, f"{told}\n\n{text}\n")

    def _body(self, said: DatedDigest) -> Body:
        from msgspec.structs import replace

        def body(form: str, room: int) -> str:
            """The longest that has room: with all items, or half as many, or a quarter.

            The subject stands over a message already; of a page it is the title.
            """
            limit = self.request.limit
            while True:
                letter = letter_of(self.app, said, limit)
                letter = letter if form == "html" else replace(letter, subject="")
                text = digest_text(self.app, letter, form)
                if not limit or len(text.encode()) <= room:
                    return text
                limit //= 2

        return body


def _services(app: App, urls: Sequence[str]) -> list[Channel]:
    from tracker.notify.address import addresses

    given = urls or os.environ.get(URLS, "").split() or app.settings.notify.urls
    if not given:
        raise BadValue(
            "There is no address to send to.",
            "Give one, or set {urls}, or urls under [notify] in the settings.",
            urls=URLS,
        )
    with requiring_extra("`tracker notify` needs {name}, which is not installed.", extra="notify"):
        from tracker.notify.delivery import service
    return [service(address) for address in addresses(given)]


def _named(services: Sequence[Channel]) -> str:
    return ", ".join(str(service.address) for service in services)
