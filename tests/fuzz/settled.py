"""What a user writes once: the settings file, and the address of a calendar server."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit

from tests.fuzz.oracles import refused_in_a_sentence
from tests.fuzz.target import Target
from tracker.errors import BadSettings, BadValue
from tracker.settings import Settings, read
from tracker.sync.address import address


def check_settings(data: bytes) -> None:
    try:
        settings = read(data.decode(errors="replace"), "settings.toml")
    except BadSettings as refusal:
        refused_in_a_sentence(refusal)
        return
    assert isinstance(settings, Settings)
    assert 1 <= settings.fiscal_year_start <= 12
    for name in settings.filters:
        settings.saved(name, date(2021, 6, 1))


def check_address(data: bytes) -> None:
    typed = data.decode(errors="replace")
    for plain_http in (False, True):
        try:
            found = address(typed, plain_http=plain_http)
        except BadValue as refusal:
            refused_in_a_sentence(refusal)
            continue
        asked = urlsplit(found.url)
        assert asked.scheme in ("https", "http")
        assert asked.username is None
        assert asked.password is None
        assert asked.hostname == urlsplit(typed.strip()).hostname
        assert asked.path.endswith("/")
        assert asked.port == urlsplit(typed.strip()).port
        assert found.url.isprintable()
        assert " " not in found.url
        if asked.scheme == "http" and not plain_http:
            assert asked.hostname == "localhost" or ip_address(asked.hostname or "").is_loopback


def settings_seeds() -> list[bytes]:
    """Every section once."""
    return [
        b"fiscal-year-start = 10\n[rag]\ndue-soon-days = 30\nfive-year-days = 90\n",
        b'[feeds]\nname = "Promises"\ncolour = "teal"\nalarm = [7, 1]\n[serve]\nport = 8765\n',
        b'[filters.mine]\nstatus = ["open", "done"]\nowner = "Roads"\ndue-to = "end of June"\n',
        b'[filters]\nx = {due-from = 2021-06-30, tag = "a", text = "b", source = "c"}\n',
    ]


def address_seeds() -> list[bytes]:
    """Addresses that are taken, and one that must not be."""
    return [
        b"caldavs://dav.example.org/calendars/me/promises/",
        b"caldav://localhost:5232/me/x",
        b"http://[::1]:8080/a",
        b"caldav://127.0.0.1/x y",
        b"https://user:secret@example.org/",
    ]


SETTINGS = Target(
    "settings",
    check_settings,
    settings_seeds,
    (
        "fiscal-year-start", "[rag]", "[feeds]", "[serve]", "[filters.a]", "[[filters]]", "status",
        "owner", "due-from", "due-to", "alarm", "refresh", "retention", "base-url", "port", "host",
        "=", "\n", '"', '"""', "'", "[", "]", "{", "}", "2021-06-30", "2021-06-30T08:00:00Z", "1e9",
        "nan", "inf", "true", ".", "#", "\\u0000",
    ),
)  # fmt: skip
ADDRESS = Target(
    "address",
    check_address,
    address_seeds,
    (
        "caldav://", "caldavs://", "http://", "https://", "localhost", "127.0.0.1", "[::1]", "@",
        ":", "/", "?", "#", "%2f", "%00", "\r\n", "\t", " ", "..", ":65536", ":0", "\\", "[", "]",
        "[::ffff:127.0.0.1]", "[fe80::1%25en0]", "例.中国", "。", "／",
    ),
)  # fmt: skip
