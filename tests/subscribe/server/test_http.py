"""What is answered to which request, as calendar programs, browsers and strangers make them."""

from __future__ import annotations

import gzip
import json
import re
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .serving import Server

CALENDAR = "text/calendar; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        ("/feed.ics", CALENDAR, b"BEGIN:VCALENDAR\r\n"),
        ("/tasks.ics", CALENDAR, b"BEGIN:VCALENDAR\r\n"),
        ("/owner/shandong_provincial_big_data_bureau.ics", CALENDAR, b"BEGIN:VCALENDAR\r\n"),
        ("/tasks/owner/shandong_provincial_big_data_bureau.ics", CALENDAR, b"BEGIN:VCALENDAR"),
        ("/", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/index.html", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/robots.txt", "text/plain; charset=utf-8", b"User-agent: *\nDisallow:\n"),
        ("/feed.ics?x=1", CALENDAR, b"BEGIN:VCALENDAR\r\n"),
        ("/Feed.ics", None, b"There is nothing"),
        ("/feed.ics/", None, b"There is nothing"),
        ("//feed.ics", None, b"There is nothing"),
        ("/../milestones.json.lock", None, b"There is nothing"),
        ("/owner/../feed.ics", None, b"There is nothing"),
        ("/owner/%2e%2e/feed.ics", None, b"There is nothing"),
        ("/owner/\u00fc.ics".encode().decode("latin-1"), None, None),
        ("/filter/none.ics", None, b"There is nothing"),
        ("/t/", None, b"There is nothing"),
        ("/t/x", None, b"There is nothing"),
        ("/t/x/feed.ics", None, b"There is nothing"),
        ("/" + "x" * 9_000, None, b"There is nothing"),
    ],
)
def test_each_address_has_its_answer(
    shared: Server, path: str, media_type: str | None, begins: bytes | None
) -> None:
    if begins is None:
        sent = b"GET " + path.encode("latin-1") + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        assert shared.raw(sent).startswith(b"HTTP/1.1 400 ")
        return
    answer = shared.get(path)
    assert answer.body.startswith(begins)
    assert answer.status == (404 if media_type is None else 200)
    assert answer.headers["content-type"] == (media_type or "text/plain; charset=utf-8")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "server" not in answer.headers
    head = shared.get(path, "HEAD")
    assert (head.status, head.body) == (answer.status, b"")
    assert head.headers | {"date": ""} == answer.headers | {"date": ""}


@pytest.mark.parametrize("path", ["/feed.ics", "/", "/robots.txt"])
def test_compressed_it_is_the_same_under_a_tag_of_its_own(shared: Server, path: str) -> None:
    plain, packed = shared.get(path), shared.get(path, Accept_Encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.headers["etag"] != packed.headers["etag"]
    assert plain.headers["vary"] == packed.headers["vary"] == "accept-encoding"
    assert int(packed.headers["content-length"]) == len(packed.body)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"If-None-Match": "{plain}"}, 304),
        ({"If-None-Match": "W/{plain}"}, 304),
        ({"If-None-Match": '"other", {plain}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": "{gzip}"}, 200),
        ({"If-None-Match": "{gzip}", "Accept-Encoding": "gzip"}, 304),
        ({"If-None-Match": "{plain}", "Accept-Encoding": "gzip"}, 200),
        ({"If-None-Match": "{plain}", "Accept-Encoding": "gzip;q=0"}, 304),
        ({"If-Modified-Since": "{modified}"}, 304),
        ({"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Fri, 01 Jan 2010 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "nonsense"}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": "{modified}"}, 200),
        ({"If-None-Match": "{plain}", "If-Modified-Since": "Fri, 01 Jan 2010 00:00:00 GMT"}, 304),
        ({"Range": "bytes=0-9"}, 200),
        ({"Range": "bytes=0-9", "If-Range": "{plain}"}, 200),
    ],
)
def test_who_has_it_is_not_sent_it_again(shared: Server, sent: dict[str, str], status: int) -> None:
    plain = shared.get("/feed.ics")
    known = {
        "plain": plain.headers["etag"],
        "gzip": shared.get("/feed.ics", Accept_Encoding="gzip").headers["etag"],
        "modified": plain.headers["last-modified"],
    }
    given = {
        name: value.replace("{plain}", known["plain"])
        .replace("{gzip}", known["gzip"])
        .replace("{modified}", known["modified"])
        for name, value in sent.items()
    }
    for method in ("GET", "HEAD"):
        answer = shared.get("/feed.ics", method, **given)
        assert answer.status == status
        assert "accept-ranges" not in answer.headers
        if status == 304:
            assert answer.body == b""
            variant = "gzip" if given.get("Accept-Encoding") == "gzip" else "plain"
            assert answer.headers["etag"] == known[variant]
            assert answer.headers["cache-control"] == "no-cache"
            assert "content-type" not in answer.headers


def test_it_is_dated_by_what_it_says_and_never_in_the_future(shared: Server) -> None:
    headers = shared.get("/feed.ics").headers
    assert parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(headers["date"])


@pytest.mark.parametrize(
    "method", ["PROPFIND", "PUT", "POST", "DELETE", "OPTIONS", "REPORT", "MKCALENDAR", "PATCH"]
)
@pytest.mark.parametrize("path", ["/feed.ics", "/", "/health"])
def test_it_can_only_be_read(shared: Server, method: str, path: str) -> None:
    refused = shared.get(path, method)
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")
    assert shared.get("/nothing", method).status == 404


@pytest.mark.parametrize(
    ("sent", "begins"),
    [
        (b"NONSENSE\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /feed.ics HTTP/9.9\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET feed.ics HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /feed\x00.ics HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET / HTTP/1.1\r\nA B: x\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"HTTP/1.1 400 "),
        (
            b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"HTTP/1.1 400 ",
        ),
        (b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 400 "),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"HTTP/1.1 400 "),
        (b"GET /" + b"x" * 40_000, b"HTTP/1.1 431 "),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000, b"HTTP/1.1 431 "),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 9_000, b"HTTP/1.1 431 "),
        # In one piece, which the parser has whole at once.
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 33_000 + b"\r\n\r\n", b"HTTP/1.1 431 "),
        (b"GET /" + b"x" * 33_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 431 "),
        (b"GET /robots.txt HTTP/1.1\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /robots.txt HTTP/1.1\r\nHost: ann@example.org/x\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /robots.txt HTTP/1.1\r\nHost: a b\r\n\r\n", b"HTTP/1.1 400 "),
        (
            b"GET /robots.txt HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
            b"HTTP/1.1 200 ",
        ),
        (b"GET /robots.txt HTTP/1.0\r\n\r\n", b"HTTP/1.1 200 OK"),
    ],
)
def test_what_is_no_request_gets_a_short_answer(shared: Server, sent: bytes, begins: bytes) -> None:
    answer = shared.raw(sent)
    assert answer.startswith(begins)
    assert b"Traceback" not in answer
    assert len(answer) < 1_000


def test_one_connection_serves_many_requests(shared: Server) -> None:
    one = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert shared.raw(one * 5 + last).count(b"HTTP/1.1 200 OK") == 6


def test_health_says_how_it_is_and_nothing_else(shared: Server) -> None:
    answer = shared.get("/health")
    told = json.loads(answer.body)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert set(told) == {"state", "milestones", "as_of", "read_at", "trouble"}
    assert (told["state"], told["milestones"], told["trouble"]) == ("ok", 14, {})


_methods = st.sampled_from([b"GET", b"HEAD", b"PUT", b"PROPFIND", b"get", b"", b"G\x00T"])
_versions = st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"", b"FTP/1"])
_paths = st.sampled_from([b"/feed.ics", b"/", b"/t/", b"*", b"//", b"/%00", b"/%", b"http://x/"])
_names = st.sampled_from(
    [
        b"If-None-Match",
        b"If-Modified-Since",
        b"Accept-Encoding",
        b"Range",
        b"Host",
        b"Upgrade",
        b"Content-Length",
        b"Transfer-Encoding",
        b"Expect",
        b"Connection",
        b"",
        b" x",
    ]
)
_values = st.one_of(
    st.binary(max_size=30),
    st.sampled_from([b"*", b"gzip;q=0.0001", b"chunked", b"-1", b"99999999999999999999", b"h2c",
                     b"100-continue", b"Tue, 31 Feb 9999 99:99:99 GMT", b'"' * 50]),
)  # fmt: skip
_heads = st.builds(
    lambda line, fields: b" ".join(line) + b"\r\n" + b"".join(fields),
    st.tuples(_methods, st.one_of(_paths, st.binary(max_size=30)), _versions),
    st.lists(st.builds(lambda n, v: n + b": " + v + b"\r\n", _names, _values), max_size=5),
)


@given(st.one_of(_heads, st.binary(max_size=200)))
def test_whatever_comes_it_goes_on(shared: Server, head: bytes) -> None:
    # Whatever is still waited for ends with the second request, which wants the connection closed.
    ends = b"\r\n\r\nGET /robots.txt HTTP/1.0\r\nConnection: close\r\n\r\n"
    answer = shared.raw(head + ends, half_closed=True)
    statuses = set(re.findall(rb"(?m)^HTTP/1.1 (\d+)", answer))
    assert statuses or not answer
    assert statuses <= {b"100", b"200", b"304", b"400", b"404", b"405", b"431"}
    assert b"Traceback" not in answer
    assert shared.get("/health").status == 200
    assert "Traceback" not in shared.noted
