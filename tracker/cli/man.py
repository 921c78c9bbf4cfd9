"""A man page for each command, from what `--help` prints, in the macros of man(7).

They are written when the wheel is built, and by `python -m tracker.cli.man FOLDER`.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tracker import __version__
from tracker.cli.app import GROUPS, HelpContext, tracker
from tracker.cli.examples import EXAMPLES
from tracker.cli.help import paragraphs


def commands() -> Iterator[tuple[str, click.Context]]:
    """Yield the words and the context of every command, the groups' own first."""
    top = HelpContext(
        tracker, info_name="tracker", terminal_width=90, help_option_names=["-h", "--help"]
    )
    yield "tracker", top
    for name in tracker.list_commands(top):
        yield from _below(tracker, top, name)


def _below(
    group: click.Group, parent: click.Context, name: str
) -> Iterator[tuple[str, click.Context]]:
    command = group.get_command(parent, name)
    if command is None:
        return
    context = HelpContext(command, parent, name, terminal_width=90)
    yield context.command_path, context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _below(command, context, inner)


def pages() -> dict[str, str]:
    """The pages by the names of their files."""
    return {f"{words.replace(' ', '-')}.1": _page(words, ctx) for words, ctx in commands()}


def _page(words: str, ctx: click.Context) -> str:
    day = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())))
    name = words.replace(" ", "-")
    title = f'.TH {name.upper()} 1 {time.strftime("%Y-%m-%d", day)} "tracker {__version__}"'
    return "\n".join([title, ".ad l", *_sections(words, name, ctx)]) + "\n"


def _sections(words: str, name: str, ctx: click.Context) -> Iterator[str]:
    first, *rest = paragraphs(ctx.command.help or "")
    usage = " ".join(ctx.command.collect_usage_pieces(ctx))
    yield from (".SH NAME", *_filled(rf"{_text(name)} \- {_text(first.rstrip('.'))}"))
    yield from (".SH SYNOPSIS", *_filled(rf"\fB{_text(words)}\fR {_text(usage)}"))
    yield from (".SH DESCRIPTION", *_filled(_text(first)))
    for part in rest:
        kept = part.removeprefix("\b\n")
        yield from (".PP", *(_filled(_text(part)) if kept == part else _kept(kept.split("\n"))))
    if isinstance(ctx.command, click.Group):
        yield from _inner(ctx.command, ctx)
    yield ".SH OPTIONS"
    for param in ctx.command.get_params(ctx):
        if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
            yield from _item(rf"\fB{_text(record[0])}\fR", record[1])
    if examples := EXAMPLES.get(words.partition(" ")[2]):
        yield from (".SH EXAMPLES", *_kept(examples))
    if ctx.parent is None:
        yield from (".SH EXIT STATUS", *_filled(_text(_STATUS)))
    else:
        yield from (".SH SEE ALSO", _page_named(ctx.parent.command_path))


def _inner(group: click.Group, ctx: click.Context) -> Iterator[str]:
    """The commands of a group with their first sentences, those of the program by their use."""
    yield ".SH COMMANDS"
    use = GROUPS if group is tracker else {"": group.list_commands(ctx)}
    for heading, names in use.items():
        yield from [f".SS {heading}"] * bool(heading)
        for name in names:
            if (command := group.get_command(ctx, name)) is not None:
                told = command.get_short_help_str(200)
                yield from _item(_page_named(f"{ctx.command_path} {name}"), told)


_STATUS = (
    "0 if all went well; 1 if it was refused or nothing was done; 2 if the command line is not "
    "understood; 130 if it was interrupted. Other refusals have codes of their own, which the "
    "documentation lists."
)


def _page_named(words: str) -> str:
    return rf"\fB{_text(words.replace(' ', '-'))}\fR(1)"


def _item(term: str, told: str) -> Iterator[str]:
    yield from (".TP", term, *_filled(_text(told)))


def _kept(lines: Iterable[str]) -> Iterator[str]:
    """Lines that stay as they are."""
    yield from (".nf", *map(_text, lines), ".fi")


def _filled(text: str) -> Iterator[str]:
    """The lines of a paragraph, of 80 bytes where its words let it; the reader fills them."""
    line = ""
    for word in text.split():
        if line and len(f"{line} {word}".encode()) > 79:
            yield line
            line = ""
        line = f"{line} {word}" if line else _guarded(word)
    yield line


def _text(text: str) -> str:
    """A text that stays what it is: nothing in it a request, an escape or a typographic sign."""
    return _guarded(re.sub(r"[\\\-'`^~]", lambda found: _SIGNS[found[0]], text))


def _guarded(text: str) -> str:
    return rf"\&{text}" if text.startswith(".") else text


_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}


def write(folder: Path) -> list[Path]:
    """Write all pages into a folder, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, page in pages().items():
        paths.append(folder / name)
        paths[-1].write_text(page, encoding="utf-8")
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[1]))
