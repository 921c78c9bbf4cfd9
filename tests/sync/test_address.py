"""Addresses: encrypted unless the server is this machine, and without a password."""

from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.sync.address import address


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("caldavs://dav.example.org/me/tasks", "https://dav.example.org/me/tasks/"),
        ("caldav://dav.example.org/me/tasks/", "https://dav.example.org/me/tasks/"),
        ("https://dav.example.org:8443/", "https://dav.example.org:8443/"),
        ("caldav://127.0.0.1:5232/a/", "http://127.0.0.1:5232/a/"),
        ("caldav://[::1]:5232/a/", "http://[::1]:5232/a/"),
        ("http://localhost/a/", "http://localhost/a/"),
        ("caldavs://localhost/a/", "https://localhost/a/"),
        (
            "caldavs://dav.example.org/me/my tasks/任务%20",
            "https://dav.example.org/me/my%20tasks/%E4%BB%BB%E5%8A%A1%20/",
        ),
        ("caldav://localhost.example.org/a/", "https://localhost.example.org/a/"),
        ("caldav://127.0.0.1.example.org/a/", "https://127.0.0.1.example.org/a/"),
    ],
)
def test_plain_http_is_for_this_machine(typed: str, url: str) -> None:
    assert address(typed, plain_http=False).url == url


def test_plain_http_to_another_machine_must_be_asked_for() -> None:
    assert address("caldav://dav.example.org/a/", plain_http=True).url.startswith("http://")
    assert address("caldavs://dav.example.org/a/", plain_http=True).url.startswith("https://")
    with pytest.raises(BadValue, match="--plain-http"):
        address("http://dav.example.org/a/", plain_http=False)


@pytest.mark.parametrize(
    "typed", ["caldavs://dav .example.org/", "caldavs:// /", "caldavs://a\u2028b/"]
)
def test_a_host_has_no_blanks(typed: str) -> None:
    with pytest.raises(BadValue, match="not the address"):
        address(typed, plain_http=False)
