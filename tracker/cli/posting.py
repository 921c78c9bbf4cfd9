"""`tracker notify --changes`: what changed, posted to programs, each told what is new to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.cli.context import App
from tracker.cli.printing import print_result
from tracker.errors import BadValue, NotDelivered
from tracker.message import Message, PluralMessage, Reason, sentences
from tracker.notify import webhook
from tracker.notify.address import Recipient, addresses
from tracker.notify.memory import fingerprint, mark
from tracker.store.masking import masked
from tracker.web import answer, is_web

if TYPE_CHECKING:
    from tracker.cli.digests import DigestRequest, Digests
    from tracker.report.digest import Digest
    from tracker.report.since import Changed

SECRET = "TRACKER_WEBHOOK_SECRET"  # noqa: S105  # the name of a variable
SERVICE = "tracker:webhook"

_ANSWER = 100_000
"""Bytes of an answer that are read; none is needed."""


def post_changes(
    app: App,
    urls: Sequence[str],
    request: DigestRequest,
    timeout: int,
    *,
    rehearse: bool,
    quiet: bool,
) -> None:
    """Post to each address what changed since it was last told. Raises NotDelivered."""
    from tracker.cli.digests import Digests

    recipients = addresses(urls or app.settings.notify.changes_to)
    _refuse_addresses(recipients)
    digests = Digests(app)
    if rehearse:
        for to in recipients:
            told, _ = digests.of(_mark(to, request), request)
            for batch, more in _batches(told):
                print_result(app, webhook.body(batch, more=more).decode())
        return
    keys = {to: webhook.key_of(_secret(app, to)) for to in recipients}
    failed, sent = list[tuple[Recipient, Message]](), list[Message]()
    with digests.held():
        for to in recipients:
            number, reason = _post(digests, to, request, keys[to], timeout)
            if reason is not None:
                failed.append((to, reason))
            sent.append(
                PluralMessage("{to}: {n} change.", "{to}: {n} changes.", number, to=str(to))
            )
    if not quiet:
        print_result(app, sentences(sent))
    if failed:
        raise NotDelivered(
            "Not sent to {reasons}.",
            "What is missing there is sent by the next run.",
            reasons=tuple(
                Message("{place}: {reason}", place=str(to), reason=r) for to, r in failed
            ),
        )


def _post(
    digests: Digests, to: Recipient, request: DigestRequest, key: bytes, timeout: int
) -> tuple[int, Message | None]:
    """Post one batch after the other, remembering each at once: how many, and why not the rest."""
    reader = _mark(to, request)
    told, _ = digests.of(reader, request)
    every = _batches(told)
    left = {row.milestone.uid for batch, _ in every for row in batch}
    number = 0
    for batch, more in every:
        content = webhook.body(batch, more=more)
        headers = webhook.signed(content, key, datetime.now(UTC))
        try:
            answer(to.url, _ANSWER, timeout, content, headers)
        except Reason as error:
            return number, error.in_full
        number += len(batch)
        left -= {row.milestone.uid for row in batch}
        digests.remember([reader], told, but=_news(digests, reader, told, left))
    if not every:
        digests.remember([reader], told)
    return number, None


def _batches(told: Digest) -> list[tuple[Sequence[Changed], bool]]:
    found = list(webhook.batches(row for row in told.changes if not row.milestone.is_private))
    return [(batch, n < len(found)) for n, batch in enumerate(found, 1)]


def _news(digests: Digests, reader: str, told: Digest, left: set[str]) -> set[str]:
    """The fingerprints of what a reader has still to be told of these milestones."""
    known = digests.memory.known(reader) or frozenset[str]()
    return {fingerprint(m, change) for m, change in told.seen if m.uid in left} - known


def _mark(to: Recipient, request: DigestRequest) -> str:
    return mark(f"changes {masked(to.url)}", request.query.chosen, None)


def _refuse_addresses(recipients: Sequence[Recipient]) -> None:
    if not recipients:
        raise BadValue(
            "There is no address to post changes to.",
            "Give --to https://…, or set changes-to under [notify] in the settings.",
        )
    for to in recipients:
        if not is_web(to.url):
            raise BadValue(
                "Address {place} is none to post to.",
                "Give one that begins with https://, without a password; on this computer http:// "
                "will do.",
                place=to.place,
            )


def _secret(app: App, to: Recipient) -> str:
    """What is signed with: of the environment, the settings, or the keyring by the host."""
    found = os.environ.get(SECRET) or app.settings.notify.secret
    if not found:
        from tracker.cli.keyrings import credentials

        host = urlsplit(to.url).hostname or ""
        found = (credentials(SERVICE, host) or ("", ""))[1]
    if not found:
        raise BadValue(
            "There is no secret to sign with.",
            "Set {variable}, or secret under [notify] in the settings, or `keyring set {service} "
            "HOST`.",
            variable=SECRET,
            service=SERVICE,
        )
    return found
