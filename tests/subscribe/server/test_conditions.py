"""Conditional requests and the choice of encoding, case by case."""

from __future__ import annotations

import pytest

from tracker.subscribe.server.conditions import instant, names, request_conditions, takes_gzip

TAG = b'"abc-gzip"'


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        (b"", False),
        (b"gzip", True),
        (b"GZIP", True),
        (b"x-gzip", True),
        (b"gzip, deflate, br, zstd", True),
        (b"deflate, gzip;q=1.0, *;q=0.5", True),
        (b"gzip;q=0", False),
        (b"gzip;q=0.000", False),
        (b"gzip ; q=0.5", True),
        (b"gzip;q=0.5, identity", False),
        (b"gzip;q=0.5, identity;q=0.4", True),
        (b"*", True),
        (b"*;q=0", False),
        (b"*;q=0, gzip", True),
        (b"identity", False),
        (b"identity;q=0, gzip;q=0.1", True),
        (b"br", False),
        (b"gzip;q=nonsense", False),
        (b"\xff\xfe,;;q=,", False),
    ],
)
def test_gzip_is_sent_to_those_who_want_it(accepted: bytes, expected: bool) -> None:
    assert takes_gzip(accepted) is expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (TAG, True),
        (b"W/" + TAG, True),
        (b"*", True),
        (b'"x", "abc-gzip"', True),
        (b'"x",W/"abc-gzip","y"', True),
        (b'"abc"', False),
        (b'"x, abc-gzip"', False),
        (b"abc-gzip", False),
        (b'"a*"', False),
        (b'w/"x"', False),
        (b"", False),
        (b'""', False),
        (b'"' * 999, False),
    ],
)
def test_a_tag_is_found_in_a_list(tags: bytes, expected: bool) -> None:
    assert names(tags, TAG) is expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (b"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        (b"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37+00:00"),
        (b"yesterday", None),
        (b"", None),
        (b"\xff", None),
        (b"Sun, 06 Nov 99999 08:49:37 GMT", None),
        (b"Sun, 31 Feb 1994 08:49:37 GMT", None),
    ],
)
def test_a_date_is_read_or_left(date: bytes, expected: str | None) -> None:
    found = instant(date)
    assert (found.isoformat() if found else None) == expected


def test_headers_that_come_several_times_are_one() -> None:
    asked = request_conditions(
        [
            (b"if-none-match", b'"x"'),
            (b"accept-encoding", b"br"),
            (b"if-none-match", TAG),
            (b"accept-encoding", b"gzip"),
        ]
    )
    assert asked.accept_encoding == b"br,gzip"
    assert names(asked.if_none_match or b"", TAG)
