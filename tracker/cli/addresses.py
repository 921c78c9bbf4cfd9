"""The addresses that readers are given: where a server is reached, from wherever they are."""

from __future__ import annotations

from ipaddress import ip_address

import click

from tracker.cli.context import App
from tracker.errors import BadValue
from tracker.store.masking import STARS, masked

base_url_option = click.option(
    "--base-url",
    metavar="URL",
    help="The address that readers use, such as https://promises.example.org behind a proxy.",
)

LONGEST = 256
"""Characters of the longest address that Google takes."""


def known_address(app: App, base_url: str | None) -> str:
    """What addresses begin with, as told, or as settled, or "". No slash at the end.

    Raises BadValue if it is no web address.
    """
    from tracker.ics.lines import web_address

    told = public_address(app.settings.feeds.base_url if base_url is None else base_url)
    if told and (web_address(told) is None or "?" in told or "#" in told):
        raise BadValue(
            "{told!r} is not an address that others can follow with a feed's name.",
            "Give one such as https://promises.example.org.",
            told=masked(told),
        )
    return told.rstrip("/")


def public_address(address: str) -> str:
    """An address that readers are told. Raises BadValue if it would tell them a password."""
    if masked(address) != address:
        raise BadValue(
            "{address} has a password in it, which everybody would read who is given a feed.",
            "Give the address without it.",
            address=masked(address),
        )
    return address


def recorded(address: str) -> str:
    """An address that the record will name. Raises BadValue if that would tell a password."""
    shown = masked(address)
    if f"{STARS}@" in shown:
        raise BadValue(
            "{address} has a password in it, and the record keeps what it is told for good.",
            "Give the address without it.",
            address=shown,
        )
    return address


def base_address(app: App, base_url: str | None, host: str, port: int) -> str:
    """The same, and else the server's own address."""
    return known_address(app, base_url) or own_address(host, port)


def own_address(host: str, port: int) -> str:
    """Where others on the network find a server that listens at `host`."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - read here, not listened at
        host = _outward()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _outward() -> str:
    """The address by which this computer goes out, or its name if it goes nowhere."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        try:
            # Sends nothing: it asks which way would be taken to a place that nobody has (RFC 5737).
            out.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(out.getsockname()[0])


def is_loopback(host: str) -> bool:
    """Whether nobody but this computer can reach it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
