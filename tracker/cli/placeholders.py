"""What stands for a value in a usage line, such as ID or DATE, in the reader's language."""

from __future__ import annotations

import re
from copy import copy
from typing import TypeVar

import click

from tracker.locale import Language

C = TypeVar("C", bound=click.Command)
P = TypeVar("P", bound=click.Parameter)

PLACEHOLDER = re.compile(r"[A-Z][A-Z-]*[A-Z]|\b[A-Z]\b")
"""A word in capitals: it is to be replaced when typing, other words are typed as they stand."""


def own_copy(command: C, lang: Language) -> C:
    """The same command apart, for one language: click keeps in a command what it has once said."""
    one = copy(command)
    ctx = click.Context(command)
    one.params = [_named(param, ctx, lang) for param in command.params]
    one.options_metavar = translated_usage(one.options_metavar or "", lang)
    if isinstance(one, click.Group):
        one.subcommand_metavar = translated_usage(one.subcommand_metavar, lang)
        one.commands = {name: own_copy(inner, lang) for name, inner in one.commands.items()}
    return one


def translated_usage(usage: str, lang: Language) -> str:
    """The usage with its placeholders in the language."""
    return PLACEHOLDER.sub(lambda found: lang.word("placeholder", found[0]), usage)


def _named(param: P, ctx: click.Context, lang: Language) -> P:
    one = copy(param)
    one.metavar = translated_usage(param.make_metavar(ctx), lang)
    return one
