"""The options that give a milestone's fields, for `add` and `edit`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import click
from msgspec import UNSET
from msgspec.structs import replace

from tracker.actions import find_all, uid_of
from tracker.cli.addresses import recorded
from tracker.cli.choices import NamedChoice, modality
from tracker.cli.context import App
from tracker.cli.options import Decorator, combined
from tracker.cli.param_types import PHRASE
from tracker.errors import BadValue
from tracker.model import (
    FIELDS,
    MOST_ID,
    Field,
    FieldKind,
    Milestone,
    Modality,
    Source,
    Wording,
)
from tracker.texts import distinct

_MANY: dict[str, Any] = {"multiple": True}


def _recorded(_: click.Context, __: click.Parameter, url: str | None) -> str | None:
    return url and recorded(url)


_SHAPES: dict[FieldKind, dict[str, Any]] = {
    FieldKind.TEXTS: _MANY,
    FieldKind.TAGS: _MANY,
    FieldKind.LINKS: _MANY,
    FieldKind.TARGETS: _MANY,
    FieldKind.TRANSLATIONS: {**_MANY, "nargs": 2},
    FieldKind.PERCENT: {"type": click.IntRange(0, 100)},
    FieldKind.NUMBER: {"type": click.IntRange(1, MOST_ID)},
    FieldKind.MODALITY: {"type": NamedChoice([m.value for m in Modality], modality)},
    FieldKind.DAY: {"type": PHRASE},
}
"""What the option of a field takes, by the kind of the field; one text if it is not here."""

_BESIDE = {
    FieldKind.TARGETS: click.option(
        "--actual",
        metavar="VALUE",
        multiple=True,
        help="What a target came to, in the order of the targets; repeat.",
    ),
    FieldKind.SOURCE: click.option(
        "--source-url", metavar="URL", callback=_recorded, help="Where that document is."
    ),
}
"""Options that give a part of such a field."""


def _options() -> Iterator[Decorator]:
    for field in FIELDS.values():
        if (option := field.option) is not None:
            shape = _SHAPES.get(field.kind, {})
            metavar = option.metavar or None
            yield click.option(option.flag, field.name, metavar=metavar, help=option.help, **shape)
            if field.kind in _BESIDE:
                yield _BESIDE[field.kind]


field_options = combined(*_options())

OWN = ("--status", *(field.option.flag for field in FIELDS.values() if field.option))
"""The options of a verb that changes fields, which no filter of the verb may be called like."""


def read_fields(m: Milestone | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the options give, by name; `m` is the milestone as it is, if it is."""
    fields = (field for field in FIELDS.values() if field.option is not None)
    read = {field.name: _read(field, m, given) for field in fields}
    return {name: value for name, value in read.items() if value is not UNSET}


def _read(field: Field, m: Milestone | None, given: Mapping[str, Any]) -> Any:
    """The value that the options give a field, UNSET if they give none; links are read apart."""
    value, before = given[field.name], getattr(m, field.name, None)
    read: Any = UNSET
    match field.kind:
        case FieldKind.LINK | FieldKind.LINKS:
            pass
        case FieldKind.TARGETS if value or given["actual"]:
            from tracker.cli.typed_targets import targets

            read = tuple(targets(before or (), value, given["actual"]))
        case FieldKind.SOURCE if value or given["source_url"]:
            read = _source(before, value, given["source_url"])
        case FieldKind.TAGS if value:
            read = distinct([*(before or ()), *map(tagged, value)])
        case FieldKind.TRANSLATIONS if value:
            read = _translations(before or {}, value)
        case kind if value and kind in _READ:
            read = _READ[kind](value)
        case FieldKind.TEXT | FieldKind.PERCENT | FieldKind.NUMBER if value is not None:
            read = None if value == "" else value  # an empty text takes it away
    return read


def read_links(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the links that the options give, as uids, looked up before a change begins."""
    links: dict[str, Any] = {}
    for field in FIELDS.values():
        if field.option is None or not (given[field.name] or given[field.name] == ""):
            continue
        if field.kind is FieldKind.LINK:
            key = given[field.name]
            links[field.name] = uid_of(app.store, key) if key else None
        elif field.kind is FieldKind.LINKS:
            keys = filter(None, given[field.name])
            links[field.name] = tuple(m.uid for m in find_all(app.store, keys))
    return links


def tagged(text: str) -> str:
    """The tag that a word is. Raises BadValue."""
    if not text.strip() or any(c in text for c in ",;；，") or not text.isprintable():
        raise BadValue("{text!r} is no tag.", "Give one word or name, without commas.", text=text)
    return text.strip()


def repeated(phrase: str) -> str | None:
    """How often it comes round, as it is kept; none for never. Raises BadValue."""
    from tracker.model.repeat import Repeat

    return None if phrase.strip().lower() in _NEVER else str(Repeat.meant_by(phrase))


_NEVER = ("", "none", "never", "no", "无", "不重复")

_READ: dict[FieldKind, Callable[[Any], Any]] = {
    FieldKind.TEXTS: lambda texts: distinct(filter(None, texts)),
    FieldKind.MODALITY: Modality,
    FieldKind.DAY: lambda due: due.date,
    FieldKind.REPEAT: repeated,
}
"""What is made of what the option of a field gives, whatever the field was."""


def _translations(
    before: Mapping[str, Wording], titles: Sequence[tuple[str, str]]
) -> dict[str, Wording]:
    translations = dict(before)
    for lang, title in titles:
        translations[lang] = replace(translations.get(lang, Wording()), title=title)
    return translations


def _source(before: Source | None, document: str | None, url: str | None) -> Source:
    if before is None:
        return Source(document or url or "", url=url)
    return replace(before, document=document or before.document, url=url or before.url)
