"""What the server says when it begins: the addresses, a code to scan, and what to do with them."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from msgspec import Struct

from tracker.locale import Language
from tracker.render.page.feeds import PRIVATE, Offer, Subscription, offer
from tracker.render.table import Screen
from tracker.render.text import clean, pad, width
from tracker.render.wrapping import wrapped

_QUIET = 4
"""Modules of white around a QR code, which scanners want (ISO/IEC 18004)."""

_HERE = (0, 3)
"""The places among the programs of those that run on a computer: Apple's, Thunderbird."""


class ServedSite(Struct, frozen=True):
    """What is served: so many milestones, called `name`, at `address` without a slash at its end.

    `is_open` says whether the addresses there need no token; `is_local`, that nobody but this
    computer reaches them. With `steps` it says what to do in which program, with `qr` a code to
    scan, if that fits.
    """

    name: str
    count: int
    address: str
    is_open: bool
    is_local: bool
    steps: bool = True
    qr: bool = True


def welcome(served: ServedSite, screen: Screen) -> str:
    return "\n".join(_lines(served, screen, screen.lang))


def _lines(served: ServedSite, screen: Screen, lang: Language) -> Iterator[str]:
    yield lang.text("Serving {count}. Ctrl+C stops.", count=lang.count(served.count))
    yield ""
    if not served.is_open:
        yield f"  {clean(served.address)}/t/…/feed.ics"
        yield ""
        yield from screen.paragraph(
            "Only readers with a token get in: `tracker token add NAME` makes an address."
        )
        yield from screen.paragraph(
            "Since there are tokens, addresses without one are closed: `tracker serve --public` "
            "opens them."
        )
        return
    offered = offer(Subscription(served.name, f"{served.address}/feed.ics"), lang)
    yield from _addresses(served, offered, lang)
    if served.qr and served.steps and not served.is_local:
        yield from _qr(offered.webcal, screen, lang)
    yield ""
    yield from screen.paragraph(
        "Each owner and saved filter has a calendar of its own; the page names them."
    )
    if served.is_local:
        yield from screen.paragraph(
            "These addresses are reachable from this computer only. For others, give --host and "
            "--public or tokens, or put a web server in front: docs/serving.md."
        )
    elif offered.is_private:
        yield from screen.paragraph(PRIVATE)
    if served.steps:
        yield from _steps(served, offered, screen, lang)


def _addresses(served: ServedSite, offered: Offer, lang: Language) -> Iterator[str]:
    rows = (
        (lang.text("calendar"), offered.webcal),
        ("", offered.url),
        (lang.text("tasks"), f"{served.address}/tasks.ics"),
        (lang.text("page"), f"{served.address}/"),
    )
    most = max(width(label) for label, _ in rows)
    yield from (f"  {pad(label, most)}  {clean(address)}" for label, address in rows)


def _qr(address: str, screen: Screen, lang: Language) -> Iterator[str]:
    """Draw it dark on light whatever the terminal's colours are, if it takes them and has room."""
    import segno

    drawn = StringIO()
    code = segno.make(address, error="m", micro=False)
    code.terminal(drawn, border=_QUIET, compact=True)
    if code.symbol_size(border=_QUIET)[0] > screen.width:
        return
    yield from ("", f"{lang.text('Scan with a phone')}{lang.colon}".rstrip())
    for line in drawn.getvalue().splitlines():
        yield f"\x1b[97;40m{line}\x1b[0m" if screen.colour else line


def _steps(served: ServedSite, offered: Offer, screen: Screen, lang: Language) -> Iterator[str]:
    for place, ((name, steps), href) in enumerate(offered.programs):
        if (href and offered.is_private) or (served.is_local and place not in _HERE):
            continue  # A service on the web or a phone, which cannot come here.
        yield ""
        yield name
        # The first has a button on the page.
        for step in (lang.text("Open the webcal address."), *steps[1:]) if place == 0 else steps:
            yield from wrapped("  - ", step, screen.width)
        if href:
            yield f"    {clean(href)}"
