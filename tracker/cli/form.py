"""Milestones as a form that people edit, in TOML, and what they changed in it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from tracker.cli.choices import modality, original_name
from tracker.cli.field_options import repeated, tagged
from tracker.errors import BadInput, BadValue, TrackerError
from tracker.locale import Language
from tracker.message import Message
from tracker.model import FIELDS, FieldKind, Milestone, Modality, Status, Wording
from tracker.render.wrapping import broken
from tracker.texts import distinct

_KINDS = (
    *(FieldKind.TEXT, FieldKind.TEXTS, FieldKind.TAGS, FieldKind.PERCENT),
    *(FieldKind.MODALITY, FieldKind.TRANSLATIONS, FieldKind.REPEAT),
)
Changes = dict[int, dict[str, Any]]
EDITED = ("title", *(f.name for f in FIELDS.values() if f.option and f.kind in _KINDS))
_MARK = "#! "


class Mistake(TrackerError):
    """What cannot be taken of a form, and the line that it stands on, from 1."""

    def __init__(self, line: int, reason: Message) -> None:
        super().__init__(Message("Line {line}: {reason}", line=line, reason=reason))
        self.line = line


def form(milestones: Sequence[Milestone], lang: Language) -> str:
    """Return the form of these, with what may be changed in it said above."""
    said = lang.text(
        "Change what stands right of = and save; what is left as it is stays. An empty text takes "
        "a value away. A new due date is a postponement, a new status is set today, each with the "
        "reason. Nothing changed, or everything deleted: nothing is done."
    )
    lines = [*(f"# {line}" for line in broken(said, 76)), "", 'reason = ""']
    for m in milestones:
        lines += ["", f'["{m.id}"]', *(f"{k} = {_toml(v)}" for k, v in _values(m).items())]
    return "\n".join(lines) + "\n"


def marked(text: str, mistake: Mistake, lang: Language) -> str:
    """The form with a mistake said above its line, and no earlier one."""
    lines = text.splitlines()
    at = min(mistake.line, len(lines) + 1) - 1
    lines.insert(max(at, 0), _MARK + lang.text(mistake.in_full))
    return "\n".join(lines) + "\n"


def unmarked(text: str) -> str:
    return "".join(line for line in text.splitlines(True) if not line.startswith(_MARK))


def read(
    text: str, milestones: Sequence[Milestone]
) -> tuple[str | None, dict[int, dict[str, Any]]]:
    """Return the reason, and what was changed of each, by its id and field. Raises Mistake."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") or 1
        reason = Message(
            'This cannot be read. Each line is NAME = "TEXT" with both quotes, or a list: '
            'tags = ["A", "B"]; a quote within a text is written \\".'
        )
        raise Mistake(line, reason) from None
    reason = given.pop("reason", "")
    known = {str(m.id): m for m in milestones}
    changes: dict[int, dict[str, Any]] = {}
    for key, table in given.items():
        if key not in known or not isinstance(table, dict):
            raise Mistake(_line(text, key), Message("{key} is none of these milestones.", key=key))
        changes[known[key].id] = dict(_changed(text, known[key], table))
    if not isinstance(reason, str):
        raise Mistake(_line(text, "reason"), Message("The reason is no text."))
    return reason.strip() or None, {id: fields for id, fields in changes.items() if fields}


def _changed(text: str, m: Milestone, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    before = _values(m)
    for name, value in table.items():
        line = _line(text, name, str(m.id))
        if name not in before:
            raise Mistake(line, Message("{name} is not edited here.", name=name))
        if value != before[name]:
            try:
                yield name, _read(name, value, m)
            except TrackerError as error:
                raise Mistake(line, error.in_full) from None


def _values(m: Milestone) -> dict[str, Any]:
    """What the form says of a milestone, by name."""
    told: dict[str, Any] = {"due": str(m.due or ""), "status": m.status.value}
    for name in EDITED:
        value = getattr(m, name)
        if isinstance(value, dict):
            told[name] = {tag: words.title or "" for tag, words in value.items()}
        else:
            told[name] = list(value) if isinstance(value, tuple) else "" if value is None else value
    return {"title": told.pop("title"), **told}


def _read(name: str, value: Any, m: Milestone) -> Any:  # noqa: PLR0911 -- a row of a table each
    """The value of a field. Raises TrackerError for what it cannot be."""
    texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    match None if name == "due" else FIELDS[name].kind:
        case None:
            return str(value)
        case FieldKind.STATUS:
            return Status.meant_by(str(value))
        case FieldKind.TEXTS if texts:
            return distinct(filter(None, value))
        case FieldKind.TAGS if texts:
            return distinct(map(tagged, value))
        case FieldKind.PERCENT if re.fullmatch(r"(\d{1,3}\s?%?)?", str(value)):
            return int(str(value).rstrip("% ")) if value != "" else None
        case FieldKind.MODALITY if (word := original_name(str(value), Modality, modality)) in set(
            Modality
        ):
            return Modality(word)
        case FieldKind.TRANSLATIONS if isinstance(value, dict):
            before = m.translations
            return {
                tag: replace(before.get(tag, Wording()), title=str(title))
                for tag, title in value.items()
                if title
            }
        case FieldKind.REPEAT if isinstance(value, str):
            return repeated(value)
        case FieldKind.TEXT if isinstance(value, str):
            return value if name == "title" else value or None
        case kind:
            hint = _TAKES.get(kind, "") if kind else ""
            words = tuple(Modality)
            raise BadValue("{name} cannot be {value!r}.", hint, name=name, value=value, words=words)


_LIST = Message('Give a list, such as ["A", "B"].')
_TAKES = {
    FieldKind.TEXT: Message("Give a text between two quotes."),
    FieldKind.TEXTS: _LIST,
    FieldKind.TAGS: _LIST,
    FieldKind.PERCENT: Message("Give a whole number from 0 to 100."),
    FieldKind.MODALITY: Message("Type one of {words}."),
}
"""What to type where a field cannot be what was typed."""


def _toml(value: Any) -> str:
    match value:
        case str():
            # A basic string of TOML is one of JSON, but for one control character.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            pairs = ", ".join(f"{_toml(k)} = {_toml(v)}" for k, v in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _line(text: str, name: str, table: str = "") -> int:
    """The line on which a key or a table of the form begins, from 1."""
    within = not table
    for number, line in enumerate(text.splitlines(), 1):
        begins = re.match(r'\s*\[?\s*"?([\w-]+)"?', line)
        word = begins[1] if begins else ""
        if line.lstrip().startswith("["):
            within = word == table or not table
        if within and word == name:
            return number
    return 1


def refused(text: str, error: TrackerError, id: int) -> Mistake:
    """An error of the verbs as a mistake in the part of its milestone."""
    return Mistake(_line(text, str(id)), error.in_full)


def unreadable(path: object) -> BadInput:
    return BadInput("{path} is no text in UTF-8.", "Save it as UTF-8.", path=path)
