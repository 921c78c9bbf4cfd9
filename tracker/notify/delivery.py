"""One digest sent to one address, through Apprise: in the form it takes best, in bounded time.

Apprise is kept from printing, from writing files, and from putting addresses of pictures of its own
into messages.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from threading import Thread
from typing import NamedTuple

from apprise import Apprise, AppriseAsset, AppriseResultStatus, NotifyBase, NotifyFormat

from tracker.errors import BadValue
from tracker.message import Message
from tracker.notify.address import Recipient
from tracker.render.text import clean

_LARGEST_MAIL = 100_000
"""Bytes: Gmail cuts a mail that is longer than 102 kB."""

_CAUSES = (
    "connection refused",
    "timed out",
    "name or service not known",
    "no address associated with hostname",
    "nodename nor servname provided",
    "temporary failure in name resolution",
    "no route to host",
    "network is unreachable",
    "certificate verify failed",
    "connection reset by peer",
    "connection unexpectedly closed",
)
"""What the networks below Apprise say; it passes them on in details that hold addresses too."""

_logger = logging.getLogger("apprise")
_logger.addHandler(logging.NullHandler())
_logger.propagate = False
_logger.setLevel(logging.DEBUG)  # of a failed connection, only the details say why

Body = Callable[[str, int], str]
"""A text in a form, of so many bytes at most if that can be."""


class Channel(NamedTuple):
    """An address, the part of Apprise that sends there, and the form that it takes best."""

    address: Recipient
    plugin: NotifyBase
    form: NotifyFormat

    @property
    def room(self) -> int:
        """Bytes for a text. Services count characters or bytes, and converting adds to both."""
        if self.form is NotifyFormat.HTML:
            return _LARGEST_MAIL
        return self.plugin.body_maxlen * 9 // 10


def service(address: Recipient) -> Channel:
    """Find what sends to an address. Raises BadValue; nothing is sent yet."""
    asset = AppriseAsset(
        app_id="tracker",
        app_desc="Milestone tracker",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        service_timeout=0,
        pgp_autogen=False,
        pem_autogen=False,
    )
    plugin = Apprise.instantiate(address.url, asset=asset)
    if plugin is None:
        said = "Address {address} is none that Apprise can send to."
        hint = "See docs/digest.md for examples; a part may be missing or misspelt."
        raise BadValue(said, hint, address=address)
    return Channel(address, plugin, _form(plugin))


def send(to: Channel, subject: str, body: Body, timeout: float) -> Message | None:
    """Send it. Return None once it was taken, or else why not, without a secret in it.

    After `timeout` seconds it is given up on; what then still happens is not known.
    """
    apprise, outcome = Apprise(), list[Message | None]()
    apprise.add(to.plugin)
    content = body(to.form.value, to.room)

    def attempt() -> None:
        try:
            result = apprise.notify(
                content, subject, body_format=to.form, log_level=logging.DEBUG, timeout=0
            )
        except Exception as error:  # a plugin may raise anything, with an address in it
            outcome.append(Message("the service failed ({kind})", kind=type(error).__name__))
            return
        attempts = [attempt for each in result for attempt in each.attempts]
        # What is marked as optional in the address is not to pass for sent either.
        if any(each.status is AppriseResultStatus.SUCCESS for each in attempts):
            outcome.append(None)
        else:
            outcome.append(_reason([(e.level, e.message) for e in result.logs()], to.address))

    worker = Thread(target=attempt, daemon=True)
    worker.start()
    worker.join(timeout)
    return outcome[0] if outcome else Message("no answer within {n:g} s", n=timeout)


def _form(plugin: NotifyBase) -> NotifyFormat:
    """Markdown where it is understood, since messengers show no tables; then HTML, then text."""
    for form in (NotifyFormat.MARKDOWN, NotifyFormat.HTML):
        if plugin.resolve_format(form) is form:
            return form
    return NotifyFormat.TEXT


def _reason(logs: list[tuple[str, str]], address: Recipient) -> Message:
    """The cause where one is known, or the last that Apprise warned of, its secrets hidden."""
    everything = "\n".join(message for _, message in logs).lower()
    if (cause := next((cause for cause in _CAUSES if cause in everything), None)) is not None:
        return Message(cause)
    warned = [message for level, message in logs if level in ("WARNING", "ERROR", "CRITICAL")]
    said = clean(warned[-1]) if warned else "the service did not take it"
    for secret in address.hidden:
        said = re.sub(re.escape(secret), "***", said, flags=re.IGNORECASE)
    return Message(said.rstrip("."))
