"""The pages of docs/ written from the code: `make docs` writes them, a test compares them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from tests import contract
from tracker.cli.man import commands
from tracker.errors import TrackerError
from tracker.hooks import HookEvent
from tracker.ics.check.runner import TABLES
from tracker.notify.webhook import WebhookBody

DOCS = Path(__file__).parent.parent / "docs"


def commands_page() -> str:
    lines = [
        "# Commands",
        "",
        "Every command with its options, as `--help` prints them. Written by `make docs`.",
    ]
    for words, context in commands():
        lines += ["", f"## {words}", "", "```text", context.get_help(), "```"]
    return "\n".join(lines) + "\n"


def exit_codes_page() -> str:
    classes = sorted(_subclasses(TrackerError), key=lambda c: c.exit_code)
    lines = [
        "# Exit codes",
        "",
        "A refusal is one sentence on stderr that says what to type instead, and one of these",
        "codes. With `--format json` stdout has it too, under `error`, with the code word.",
        "Written by `make docs` from the classes in `tracker/errors.py`.",
        "",
        "| exit code | code word | when |",
        "| ---: | --- | --- |",
        "| 0 | | fine |",
        f"| 1 | `{TrackerError.code}` | refused, nothing done, or found by `overdue --exit-code` |",
        "| 2 | `usage` | the command line is not understood |",
        *(f"| {c.exit_code} | `{c.code}` | {_sentence(c)} |" for c in classes),
        "| 130 | `interrupted` | interrupted from the keyboard |",
    ]
    return "\n".join(lines) + "\n"


def _subclasses(parent: type[TrackerError]) -> Iterator[type[TrackerError]]:
    """Those with a code word of their own; another is a case of its parent's."""
    for child in parent.__subclasses__():
        if "code" in vars(child):
            yield child
        yield from _subclasses(child)


def _sentence(error: type[TrackerError]) -> str:
    words = (error.__doc__ or "").strip().rstrip(".")
    return words[0].lower() + words[1:]


def timeline_picture() -> str:
    """Draw the commitments due in 2021, and a course that they might have taken."""
    from tests.render.test_timeline import story
    from tracker.render.svg import Picture, document

    day = date(2021, 10, 15)
    then = [m for known in story() if (m := known.as_of(day))]
    return document(Picture(then, day), "Shandong, due in 2021").decode()


def feed_rules_page() -> str:
    lines = [
        "# What a feed is checked for",
        "",
        "Every rule of `tracker check --ics`; see [the calendar](calendar.md#checking-a-feed).",
        "Written by `make docs` from the tables in `tracker/ics/check/`.",
        "",
        "| rule | severity | what is said |",
        "| --- | --- | --- |",
    ]
    for rules in TABLES:
        for rule in rules.rows:
            sentence = re.sub(r"\{[^}]*\}", "…", rule.sentence).replace("<", "&lt;")
            lines.append(f"| `{rule.code}` | {rule.severity} | {sentence} |")
    lines.append("| `import` | note | whatever else `tracker import ics` leaves out or mends |")
    return "\n".join(lines) + "\n"


def schema(kind: type[msgspec.Struct]) -> str:
    """The JSON Schema of what is handed to other programs."""
    content = msgspec.json.encode(msgspec.json.schema(kind))
    return msgspec.json.format(content, indent=2).decode() + "\n"


def _published(name: str) -> str:
    content = msgspec.json.encode(contract.schemas()[name])
    return msgspec.json.format(content, indent=1).decode() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    **{f"schemas/{name}": partial(_published, name) for name in contract.schemas()},
    "hook-schema.json": partial(schema, HookEvent),
    "webhook-schema.json": partial(schema, WebhookBody),
    "feed-rules.md": feed_rules_page,
    "commands.md": commands_page,
    "exit-codes.md": exit_codes_page,
    "timeline.svg": timeline_picture,
}


def main() -> None:
    os.environ.pop("COLUMNS", None)
    for name, page in PAGES.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
