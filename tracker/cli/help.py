"""What click says, its `--help` above all, in the reader's language.

Click asks gettext for its own words, by the variables of the environment; the help of a command
comes paragraph by paragraph from the catalogue. Click breaks lines by characters, which Chinese
takes two cells for, so that lines are broken by cells here.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from gettext import gettext

import click

from tracker.cli.app import WHOLE, HelpContext, language_of
from tracker.cli.choices import NamedChoice
from tracker.cli.placeholders import C, own_copy
from tracker.locale import Language
from tracker.render.text import width
from tracker.render.wrapping import wrapped


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a command's help, each on one line but where its lines are kept."""
    parts = inspect.cleandoc(text).split("\n\n")
    return [part if part.startswith("\b") else " ".join(part.split()) for part in parts if part]


def translated(command: C, lang: Language) -> C:
    """The same command, whose help is in this language."""
    one = own_copy(command, lang)
    one.help = "\n\n".join(map(lang.text, paragraphs(one.help or "")))
    one.short_help = lang.text(one.short_help) if one.short_help else None
    for param in one.params:
        if isinstance(param, click.Option) and param.help:
            param.help = lang.text(inspect.cleandoc(param.help))
        if isinstance(param.type, NamedChoice):
            param.metavar = param.type.shown(lang)
    one.context_class = _Context
    if isinstance(one, click.Group):
        one.commands = {name: translated(inner, lang) for name, inner in one.commands.items()}
    return one


def grouped(
    group: click.Group,
    ctx: click.Context,
    formatter: click.HelpFormatter,
    groups: Mapping[str, Iterable[str]],
) -> None:
    """Write the commands below what they are for, each with its whole first sentence."""
    lang = language_of(ctx)
    for heading, names in groups.items():
        rows = []
        for name in names:
            command = group.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.get_short_help_str(WHOLE)))
        with formatter.section(lang.text(heading)):
            formatter.write_dl(rows)


def with_examples(ctx: click.Context) -> None:
    """Give the command of a context its examples, below everything else."""
    from tracker.cli.examples import EXAMPLES

    told = EXAMPLES.get(ctx.command_path.partition(" ")[2], ())
    head = language_of(ctx).text("Examples:")
    lines = "\n".join(f"  {line}" for line in told)
    ctx.command.epilog = f"\b\n{head}\n{lines}"


class CellFormatter(click.HelpFormatter):
    """Breaks lines by cells, and ends a heading as Chinese does."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or gettext("Usage:"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for number, part in enumerate(text.split("\n\n")):
            kept = part.startswith("\b")
            lines = (
                [indent + line for line in part.split("\n")[1:]]
                if kept
                else list(wrapped(indent, " ".join(part.split()), self.width))
            )
            self.write("\n" * bool(number) + "".join(f"{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        told = list(rows)
        first = min(max(width(term) for term, _ in told), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in told:
            label = indent + term
            room = self.current_indent + first
            if width(label) + col_spacing > room:
                self.write(f"{label}\n")
                label = ""
            label += " " * (room - width(label))
            lines = list(wrapped(label, text, self.width)) or [label.rstrip()]
            self.write("".join(f"{line}\n" for line in lines))


class _Context(HelpContext):
    formatter_class = CellFormatter
