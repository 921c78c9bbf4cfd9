"""How a calendar is subscribed to: its addresses, where calendar programs take them, a QR code."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from msgspec import Struct

from tracker.errors import BadValue
from tracker.locale import Language
from tracker.render.links import link

_GOOGLE = "https://calendar.google.com/calendar/r/settings/addbyurl"
_OUTLOOK = "https://outlook.live.com/calendar/0/addfromweb?url={url}&name={name}"

Steps = tuple[str, tuple[str, ...]]
"""A calendar program, and what to do in it, a step each."""

PROGRAMS: tuple[Steps, ...] = (
    (
        "iPhone, iPad, Mac",
        (
            "Press the button above, or scan the code with the camera.",
            "Choose Subscribe.",
            "Or by hand: in Calendar, File, New Calendar Subscription, and paste the address.",
        ),
    ),
    (
        "Google Calendar",
        (
            "On a computer, open the page for adding a calendar from an address.",
            "Paste the address and choose Add calendar.",
            "Google looks for news once or twice a day.",
        ),
    ),
    (
        "Outlook",
        (
            "Open Outlook on the web, Add calendar, Subscribe from web.",
            "Paste the address that begins with https, give a name, choose Import.",
        ),
    ),
    (
        "Thunderbird",
        (
            "In the calendar choose New Calendar, then On the Network.",
            "Paste the address, choose Find Calendars, then Subscribe.",
        ),
    ),
    (
        "Android",
        (
            "With Google Calendar: add it on a computer as above; the phone shows it too.",
            "Without Google: install ICSx⁵ from F-Droid and scan the code or paste the "
            "address there.",
        ),
    ),
)

PRIVATE = (
    "This address is reachable from your own network only: calendar programs on this network "
    "can subscribe, Google and Outlook on the web cannot."
)


class Subscription(Struct, frozen=True):
    """A calendar to subscribe to: what it is called and its http or https address."""

    name: str
    url: str

    @property
    def webcal(self) -> str:
        """The address that calendar programs open by themselves."""
        return "webcal:" + self.url.partition(":")[2]

    def __post_init__(self) -> None:
        if link(self.url).href is None:
            raise BadValue(
                "{url!r} is not the web address of a calendar.",
                "Give one such as https://example.org/feed.ics.",
                url=self.url,
            )


class Program(NamedTuple):
    """A calendar program: steps to take in it, and the page of it that takes the address."""

    steps: Steps
    href: str | None


class Offer(NamedTuple):
    """All that the page says of one calendar; `qr` is an `<svg>` element."""

    url: str
    webcal: str
    is_private: bool
    programs: list[Program]
    qr: str


def offer(feed: Subscription, lang: Language) -> Offer:
    """Prepare what a reader of the page needs to subscribe."""
    host = urlsplit(feed.url).hostname or ""
    outlook = _OUTLOOK.format(url=quote(feed.url, safe=""), name=quote(feed.name, safe=""))
    # By their place: Apple, Google, Outlook, Thunderbird, Android.
    pages = (None, _GOOGLE, outlook, None, None)
    programs = [
        Program((lang.text(name), tuple(map(lang.text, steps))), href)
        for (name, steps), href in zip(PROGRAMS, pages, strict=True)
    ]
    return Offer(feed.url, feed.webcal, _is_private(host), programs, _qr(feed.webcal))


def _is_private(host: str) -> bool:
    """Whether only one network knows the host: then no service on the web can read the feed."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


@lru_cache
def _qr(text: str) -> str:
    """Draw it with the quiet zone of 4 modules that scanners want, black on white in any scheme."""
    import segno

    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="qr")
