"""Rules on the bytes of a feed: its encoding, its lines, its folds and its size."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from msgspec import Struct

from tracker.ics.check.rule import Found, Rules
from tracker.ics.profile import LARGEST
from tracker.message import Message

_BREAK = re.compile(rb"\r\n|\n|\r")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR = re.compile(rb"\xe2\x80[\xa8\xa9]|\xc2\x85|\x0b|\x0c")
_LIKELY = Message("UTF-8 (it looks like {encoding})")
_REORDERING = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


class OctetLine(Struct, frozen=True):
    """A line as it stands in the file, without its end, and the two octets that follow it."""

    number: int
    line: bytes
    end: bytes
    following: bytes

    @property
    def is_folded(self) -> bool:
        return self.following[:1] in (b" ", b"\t")


FILE_RULES: Rules[bytes] = Rules()
LINE_RULES: Rules[OctetLine] = Rules()


def lines(data: bytes) -> Iterator[OctetLine]:
    """Each line of the file; what follows the last break only if there is something."""
    start, number = 0, 0
    for number, match in enumerate(_BREAK.finditer(data), 1):
        line, following = data[start : match.start()], data[match.end() : match.end() + 2]
        yield OctetLine(number, line, match.group(), following)
        start = match.end()
    if start < len(data):
        yield OctetLine(number + 1, data[start:], b"", b"")


def _where(is_bad: Callable[[OctetLine], object]) -> Callable[[OctetLine], list[int]]:
    """Find the number of the line, if that is so of it."""
    return lambda line: [line.number] if is_bad(line) else []


FILE_RULES.warning(
    "size",
    "The feed has {about:,} octets, and Google stops updating feeds at about 1 MB:"
    " split it, by owner, tag or year.",
)(lambda data: [(1, len(data))] if len(data) > LARGEST else [])
FILE_RULES.warning(
    "byte-order-mark",
    "The file begins with a byte order mark, after which some parsers"
    " do not find BEGIN:VCALENDAR: write UTF-8 without it.",
)(lambda data: [1] if data.startswith(b"\xef\xbb\xbf") else [])


@FILE_RULES.error(
    "encoding",
    "This is not {about}, and calendar programs read nothing else:"
    " people see garbage. Convert it to UTF-8.",
)
def _encoding(data: bytes) -> Iterator[Found]:
    if not _is_utf8(data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")):
        line = next(n for n, part in enumerate(data.split(b"\n"), 1) if not _is_utf8(part))
        yield line, _likely(data)


def _is_utf8(part: bytes) -> bool:
    try:
        part.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likely(data: bytes) -> Message:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Message(_LIKELY, encoding="UTF-16")
    try:
        decoded = data.decode("gb18030")
    except UnicodeDecodeError:
        return Message("UTF-8")
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in decoded)
    foreign = sum(c > "\x7f" for c in decoded)
    is_likely = chinese * 2 > foreign
    return Message(_LIKELY, encoding="GB18030") if is_likely else Message("UTF-8")


FILE_RULES.warning(
    "line-ends",
    "Lines end without CRLF (RFC 5545 §3.1), which strict parsers such as Outlook's"
    " refuse: end each line with CR and LF.",
)(lambda data: islice((n for n, end in enumerate(_BREAK.findall(data), 1) if end != b"\r\n"), 1))
LINE_RULES.warning(
    "last-line", "The last line does not end with CRLF, and strict parsers drop it."
)(_where(lambda line: not line.end))
LINE_RULES.warning(
    "line-length", "The line has {about} octets and 75 are allowed (RFC 5545 §3.1): fold it."
)(lambda line: [(line.number, len(line.line))] if len(line.line) > 75 else [])
LINE_RULES.warning("blank-line", "A blank line stands here; some parsers end the calendar at it.")(
    _where(lambda line: not line.line)
)
LINE_RULES.error(
    "fold-in-escape",
    "The line is folded between a backslash and what it escapes, and Google does not"
    " show such an event: fold before the backslash.",
)(_where(lambda o: o.is_folded and (len(o.line) - len(o.line.rstrip(b"\\"))) % 2))
LINE_RULES.error(
    "fold-in-character",
    "The line is folded inside a UTF-8 character, which many programs show as garbage:"
    " fold between characters.",
)(_where(lambda o: o.is_folded and any(0x80 <= octet <= 0xBF for octet in o.following[1:])))
LINE_RULES.error(
    "control-character",
    "The line holds a control character; a NUL empties the whole feed in Evolution: remove it.",
)(_where(lambda line: _CONTROL.search(line.line)))
LINE_RULES.warning(
    "line-separator",
    "The line holds a line separator of Unicode, at which khal and other Python"
    " programs cut the text: write \\n instead.",
)(_where(lambda line: _SEPARATOR.search(line.line)))
LINE_RULES.warning(
    "reordering-mark",
    "The line holds a mark that reorders text (UAX #9), so what people read is not"
    " what is written: remove it.",
)(_where(lambda line: _REORDERING.search(line.line)))


_STRICT = rb"(?:BEGIN|END|VERSION|DT[A-Z]+|DUE|RRULE|DURATION|STATUS|UID|SEQUENCE)"
_TRAILING = re.compile(rb"(?i)" + _STRICT + rb"[;:].*[ \t]", re.DOTALL)
_LEADING = re.compile(rb"(?i)\A" + _STRICT + rb"(?:;[^:\"]*)?:[ \t]")


LINE_RULES.warning(
    "trailing-blank",
    "A blank stands at the end of the line, and strict parsers take it for a part of the value:"
    " icalendar loses the date, and vobject and ics.py the calendar. Remove it.",
)(_where(lambda line: not line.is_folded and _TRAILING.fullmatch(line.line)))
LINE_RULES.warning(
    "leading-blank",
    "A blank stands after the colon, and strict parsers take it for a part of the value: icalendar"
    " loses the date or the rule, and knows the entry by another UID. Remove it.",
)(_where(lambda line: _LEADING.search(line.line)))
