"""The lines and components of an iCalendar file, each with its place in the file.

A scan takes any bytes and never fails: what has no place in the grammar is a problem with a line
number, and the rest is still there. It knows nothing of what properties mean. Bytes that are not
UTF-8 come through as lone surrogates (PEP 383), so that only the properties that hold them are
lost, and a character that a fold cut in two is whole again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from tracker.message import Message

DEEPEST = 20
"""Levels of components; real calendars have three. A bomb of BEGIN lines stops here."""

ITEMS = frozenset({"VEVENT", "VTODO", "VJOURNAL"})

_PROPERTY = re.compile(
    r"([A-Za-z0-9_.-]+)"
    r'((?:;[A-Za-z0-9-]+(?:=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)?)*)'
    r":(.*)",
    re.DOTALL,
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)(?:=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*))?')


class ContentLine(Struct, frozen=True, gc=False):
    """A content line: the name in capitals, parameters and value as they stand in the file."""

    number: int
    name: str
    raw_parameters: str
    value: str

    @property
    def parameters(self) -> dict[str, str]:
        """Each parameter's value without its quotes; names in capitals."""
        found = _PARAMETER.findall(self.raw_parameters)
        return {name.upper(): value.replace('"', "") for name, value in found}


class Component(Struct):
    """What stands between BEGIN and END; `first` and `last` are the numbers of those lines."""

    name: str
    first: int
    last: int
    lines: list[ContentLine]
    parts: list[Component]
    named: dict[str, ContentLine]

    @property
    def number(self) -> int:
        """The line on which it begins."""
        return self.first

    def get(self, name: str) -> ContentLine | None:
        return self.named.get(name)

    def put(self, line: ContentLine) -> None:
        self.lines.append(line)
        self.named.setdefault(line.name, line)

    def all(self, name: str) -> list[ContentLine]:
        return [line for line in self.lines if line.name == name] if name in self.named else []

    def inner(self, *names: str) -> list[Component]:
        """The components of those names that stand directly in it."""
        return [part for part in self.parts if part.name in names]

    def written(self) -> Iterator[str]:
        """The lines of the component and of everything in it, unfolded."""
        yield f"BEGIN:{self.name}"
        yield from (f"{line.name}{line.raw_parameters}:{line.value}" for line in self.lines)
        for part in self.parts:
            yield from part.written()
        yield f"END:{self.name}"

    def walk(self) -> Iterator[Component]:
        waiting = [self]
        while waiting:
            component = waiting.pop()
            yield component
            waiting.extend(reversed(component.parts))


class Problem(Struct, frozen=True):
    """What has no place in the grammar, or cannot be taken, and where.

    `is_entry` is whether a whole event or task does not come for it.
    """

    line: int
    message: Message
    is_entry: bool = False


class Scan(Struct, frozen=True):
    """The outermost components of a file, and what could not be placed."""

    components: list[Component]
    problems: list[Problem]


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BEFORE = b" \t" + _BYTE_ORDER_MARK


def content_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Each unfolded line that is not blank, with the number of the line on which it begins."""
    data = data.lstrip(_BEFORE)
    try:
        yield from _unfolded(data.decode("utf-8"))
    except UnicodeDecodeError:
        # Latin-1 keeps each byte as it is, and the line structure is ASCII.
        for number, line in _unfolded(data.decode("latin-1")):
            yield number, line.encode("latin-1").decode("utf-8", "surrogateescape")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    number, pieces, is_quoted = 0, [""], False
    for here, physical in enumerate(text.split("\n" if "\n" in text else "\r"), 1):
        line = physical.removesuffix("\r")
        if is_quoted and pieces[-1].endswith("="):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in (" ", "\t") and number:
            pieces.append(line[1:])
        elif line.strip():
            if number:
                yield number, pieces[0] if len(pieces) == 1 else "".join(pieces)
            number, pieces = here, [line]
            is_quoted = line.endswith("=") and _QUOTED.match(line) is not None
    if number:
        yield number, "".join(pieces)


_QUOTED = re.compile(r"(?i)[A-Z0-9.-]+;[^:]*QUOTED-PRINTABLE[^:]*:")
"""A property of vCalendar 1.0, whose lines go on after a sign of equality."""

_BARE_ZONE = re.compile(
    r'(?i)([\w.;=-]{1,80};TZID=)([^";]{0,99}:[^";:]{0,99})(?=;|:\s*\d{8})', re.ASCII
)
"""A zone such as GMT+08:00 or tzone://Microsoft/Utc, which wants quotes and is written without."""


def _quoted(line: str) -> str:
    found = _BARE_ZONE.match(line) if "TZID=" in line else None
    return line if found is None else f'{found[1]}"{found[2]}"{line[found.end() :]}'


def other_format(data: bytes) -> Message | None:
    """What a file is that is no calendar, if that can be seen."""
    head = data[:400].lstrip(_BEFORE + b"\r\n").lower()
    if head.startswith(b"\x1f\x8b"):
        return Message("a gzip archive: unpack it first")
    if head.startswith(b"pk\x03\x04"):
        return Message("a zip archive: unpack it first")
    if head.startswith(b"[") and b"vcalendar" in head:
        return Message("jCal (RFC 7265), a calendar in JSON: ask for text/calendar")
    if b"icalendar-2.0" in head:
        return Message("xCal (RFC 6321), a calendar in XML: ask for text/calendar")
    if head.startswith(b"<"):
        return Message("a web page, perhaps one to log in or an error")
    return None


def scan(data: bytes) -> Scan:
    """The components of `data`. A component that another one interrupts ends there."""
    scanner = _Scanner()
    number = 0
    for number, content in content_lines(data):
        scanner.take(number, content)
    scanner.close(number, scanner.is_open)
    return Scan(scanner.outermost, scanner.problems)


class _Scanner:
    """What was found so far, and which components have begun and not ended."""

    def __init__(self) -> None:
        self.outermost: list[Component] = []
        self.problems: list[Problem] = []
        self._open: list[Component] = []

    def is_open(self) -> bool:
        return bool(self._open)

    def take(self, number: int, content: str) -> None:
        match = _PROPERTY.fullmatch(_quoted(content))
        if match is None:
            self._tell(number, "This is no property: {content!r}.", content[:40])
            return
        name, parameters, value = match.groups()
        name = name.upper()
        if name == "BEGIN":
            self._begin(value.strip().upper(), number)
        elif name == "END":
            self._end(value.strip().upper(), number)
        elif self._open:
            self._open[-1].put(ContentLine(number, name, parameters, value))
        else:
            self._tell(number, "{content} stands outside of any component.", name)

    def close(self, number: int, is_due: Callable[[], bool]) -> None:
        """End components at a line for want of their own ends, as long as that is due."""
        while is_due():
            component = self._open.pop()
            component.last = number
            said = "{content} begins here and never ends."
            self._tell(component.first, said, component.name[:40])

    def _begin(self, name: str, number: int) -> None:
        if name in ITEMS:
            self.close(number, lambda: any(one.name in ITEMS for one in self._open))
        if len(self._open) >= DEEPEST:
            said = "{content} begins more than {most} levels deep."
            self._tell(number, said, name[:40], most=DEEPEST)
            return
        component = Component(name, number, number, [], [], {})
        (self._open[-1].parts if self._open else self.outermost).append(component)
        self._open.append(component)

    def _end(self, name: str, number: int) -> None:
        if any(component.name == name for component in self._open):
            self.close(number, lambda: self._open[-1].name != name)
            self._open.pop().last = number
        else:
            self._tell(number, "{content} ends here and did not begin.", name[:40])

    def _tell(self, line: int, sentence: str, content: str, **values: object) -> None:
        self.problems.append(Problem(line, Message(sentence, content=content, **values)))
