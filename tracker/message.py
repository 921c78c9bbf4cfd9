"""A sentence with its values, for whoever puts it into words for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeVar

T = TypeVar("T")


class Message(str):
    """A sentence in English that keeps the template and the values it was made of.

    The rooms that know nothing of a reader's language make one, and `Language.said` says it: by the
    template, which is how the catalogues know it, with values that are sentences said likewise.
    A tuple is a list of values, whose commas are the language's.

    Without values the template is taken as it is, with any braces. A message that has its values
    stays what it is.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Message:
        if isinstance(template, Message):
            if template.values or not values or isinstance(template, PluralMessage):
                return template
            template = template.template
        self = super().__new__(cls, template.format_map(_english(values)) if values else template)
        self.template = template
        self.values = values
        return self


class PluralMessage(Message):
    """A sentence that says how many, `{n}` in both of its forms; the first is for one."""

    many: str
    number: int

    def __new__(cls, one: str, many: str, number: int, **values: object) -> PluralMessage:
        said = {"n": f"{number:,}", **values}
        self = str.__new__(cls, (one if abs(number) == 1 else many).format_map(_english(said)))
        self.template, self.many = one, many
        self.values = values
        self.number = number
        return self


class ForeignText(Message):
    """What a library, a system or a server says in English.

    Who reads another language is told that it is what was said there, where the catalogue has no
    words for it.
    """


class Reason(ValueError):
    """Why something cannot be read, to stand within a sentence of whoever wanted it."""

    def __init__(self, sentence: str, /, **values: object) -> None:
        self.in_full = Message(sentence, **values)
        super().__init__(self.in_full)


def _english(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: listed(map(str, value), ", ", "; ") if isinstance(value, tuple) else value
        for name, value in values.items()
    }


def listed(items: Iterable[str], comma: str, semicolon: str) -> str:
    """Items in a row, with the stronger sign between them if one has the weaker within."""
    told = list(items)
    return (semicolon if any(comma in item for item in told) else comma).join(told)


def sentences(parts: Iterable[str]) -> Message:
    """Sentences one after another, each said by itself."""
    told = [Message(part) for part in parts if part] or [Message("")]
    return reduce(lambda before, one: Message("{s0} {s1}", s0=before, s1=one), told)


def parts_of(template: str, text: str) -> dict[str, str] | None:
    """What a text has where the template names values, if it may have been made of it."""
    import re

    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template))
    found = re.fullmatch(pattern, text, re.DOTALL)
    return found.groupdict() if found else None


LOOKING_ON: list[Callable[[Iterable[Any], Message, int], Iterable[Any]]] = []
"""Who is handed the items of long work, what is done and how many there are, and hands them on."""


def with_progress(items: Sequence[T], what: Message) -> Iterable[T]:
    """The items, each told of as it is gone through, if anybody looks on."""
    return LOOKING_ON[-1](items, what, len(items)) if LOOKING_ON else items
