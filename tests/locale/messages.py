"""Brings the catalogues up to date with the sentences in the code: `make messages`.

A sentence stands in the code where it is said, as an argument of `Message`, `PluralMessage`, an
error, `Language.text`, `plural` or `word`, in the help of a command or an option, or in a
template. What is said from a table is listed here.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import tracker
from hatch_build import compile_catalogues
from tracker import errors
from tracker.cli.app import GROUPS
from tracker.cli.help import paragraphs
from tracker.cli.man import commands
from tracker.cli.placeholders import PLACEHOLDER
from tracker.exchange.sheet import RowAction
from tracker.extract import Band
from tracker.extract.sources import Finding
from tracker.ics.check.rule import Severity
from tracker.ics.check.runner import TABLES
from tracker.ics.wording import _NEWS
from tracker.locale import MONTH_NAMES, WEEKDAY_NAMES
from tracker.locale.language import MODALITIES
from tracker.model import FIELDS, Precision, Role, Stage, Standing, Status, Verdict
from tracker.notify.delivery import _CAUSES
from tracker.render import features
from tracker.render.briefing import QUESTIONS
from tracker.render.changes import KINDS, VERBS
from tracker.render.chosen import DERIVED_HEADS
from tracker.render.digest.letter import _SINCE
from tracker.render.ledger.line import COLUMNS, STEPS
from tracker.render.marks import MARKS
from tracker.render.page.feeds import PRIVATE, PROGRAMS
from tracker.render.proposals import BASES
from tracker.render.svg.chart import _LEGEND
from tracker.render.table import HEADS
from tracker.report.documents import Delivery
from tracker.report.rating import Rating
from tracker.report.since import ChangeKind
from tracker.report.stale import StaleReason

PACKAGE = Path(tracker.__file__).parent
LOCALE = PACKAGE / "locale"
CHINESE = LOCALE / "zh" / "LC_MESSAGES" / "tracker.po"
ERRORS = {name for name, one in vars(errors).items() if isinstance(one, type)} - {"Message"}
SAYS = {
    "text": 1,
    "say": 1,
    "_in_days": 1,
    "paragraph": 1,
    "flaw": 1,
    "_tell": 2,
    "Message": 1,
    "Reason": 1,
    "UsageError": 1,
    "BadParameter": 1,
    "doubt": 1,
    "assume": 2,
    "needing": 2,
    **dict.fromkeys(ERRORS, 2),
}
"""How many arguments are sentences."""
IN_TEMPLATE = re.compile(r'lang\.(text|word)\((?:"(change)", )?"([^"]+)"')


class Said(NamedTuple):
    """A sentence: with both forms if it counts, and the context of a word."""

    where: str
    english: str | tuple[str, ...]
    context: str | None = None


def in_code() -> Iterator[Said]:
    for path in sorted(PACKAGE.rglob("*.py")):
        where = str(path.relative_to(PACKAGE.parent))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (tree, *(f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef))):
            named = _named(function)
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    yield from (one._replace(where=where) for one in _in_call(node, named))
    for path in sorted(PACKAGE.rglob("*.j2")):
        where = str(path.relative_to(PACKAGE.parent))
        for _, context, sentence in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield Said(where, sentence, context or None)


def _named(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What a sentence is called where it is too long to stand in its call."""
    named: dict[str, list[ast.expr]] = {}
    if isinstance(function, ast.FunctionDef):
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).append(node.value)
    return named


def _in_call(node: ast.Call, named: dict[str, list[ast.expr]]) -> Iterator[Said]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "word" and len(node.args) == 2:
        contexts, words = (list(_literals(arg)) for arg in node.args)
        yield from (Said("", word, context) for context in contexts for word in words)
    elif name == "Column" and len(node.args) > 1:
        yield from (Said("", head, "column") for head in _literals(node.args[1]))
    elif name in ("plural", "PluralMessage") and len(node.args) > 1:
        for one, many in zip(*map(_literals, node.args[:2]), strict=True):
            yield Said("", (one, many))
    else:
        for arg in node.args[: SAYS.get(name, 0)]:
            known = named.get(arg.id, []) if isinstance(arg, ast.Name) else [arg]
            yield from (Said("", sentence) for one in known for sentence in _literals(one))


def _literals(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(sentence)) if sentence.strip(" -"):
            yield sentence
        case ast.IfExp(body=body, orelse=other):
            yield from (*_literals(body), *_literals(other))


def in_help() -> Iterator[Said]:
    for words, context in commands():
        command = context.command
        yield from (Said(f"{words} --help", part) for part in paragraphs(command.help or ""))
        usage = " ".join(param.make_metavar(context) for param in command.params)
        usage += f" {command.options_metavar} {getattr(command, 'subcommand_metavar', '')}"
        yield from (Said("", word, "placeholder") for word in PLACEHOLDER.findall(usage))
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                yield Said(f"{words} --help", inspect.cleandoc(option.help))


def in_click() -> Iterator[Said]:
    keywords = {"_": None, "ngettext": (1, 2)}
    folder = str(files("click"))
    for file, _, english, _, _ in extract_from_dir(folder, keywords=keywords):
        yield Said(f"click/{file}", english)
    yield Said("click/core.py", "required")  # which click has in a variable


def in_tables() -> Iterator[Said]:
    tables: tuple[Iterable[str], ...] = (
        QUESTIONS.values(),
        GROUPS,
        errors.REASONS,
        _CAUSES,
        [column.heading for column in COLUMNS.values()],
        _SINCE.values(),
        _LEGEND.values(),
        [str(what) for what in RowAction],
        (PRIVATE,),
        [text for name, steps in PROGRAMS for text in (name, *steps)],
        [s.value.replace("-", " ") for s in (*Status, *Standing, *Stage)],
        [kind.value for kind in (*ChangeKind, *StaleReason, *Finding, *Band, *Delivery)],
        [rule.sentence for rules in TABLES for rule in rules.rows if rule.sentence != "{about}"],
        [mark.words for mark in MARKS.values() if mark.words],
    )
    yield from (Said("", sentence) for table in tables for sentence in table)
    in_context = {
        "weekday": [name[:cut] for name in WEEKDAY_NAMES for cut in (2, 3)],
        "month": MONTH_NAMES[1:],
        "column": [*HEADS.values(), *DERIVED_HEADS.values()],
        "on screen": [field.on_screen for field in FIELDS.values() if field.on_screen],
        "when": ["due", "precision", "assumed"],
        "state": sorted({*_NEWS, *(s.in_calendar for s in Status), "removed", "restored"}),
        "role": [role.value for role in Role],
        "verdict": [verdict.value.replace("-", " ") for verdict in Verdict],
        "rating": [rating.value for rating in Rating],
        "field": [*(field.label for field in FIELDS.values()), "standing", "slippage", *STEPS],
        "kind": [called for _, called in KINDS.values()],
        "feature": features.WORDS,
        "basis": BASES,
        "change": VERBS.values(),
        "modality": MODALITIES.values(),
        "severity": [severity.value for severity in Severity],
        "precision": [p.value.replace("-", " ") for p in Precision],
    }
    for context, words in in_context.items():
        yield from (Said("", word, context) for word in words)


def template() -> Catalog:
    """Every sentence that is said, without words for it."""
    catalogue = Catalog(domain="tracker", project="tracker", charset="utf-8")
    for said in (*in_code(), *in_tables(), *in_help(), *in_click()):
        where = [(said.where, 0)] if said.where else ()
        catalogue.add(said.english, locations=where, context=said.context)
    for message in catalogue:
        message.flags.clear()
    return catalogue


def chinese() -> Catalog:
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_Hans", domain="tracker")


def brought_up_to_date(path: Path, language: str) -> Catalog:
    """A catalogue with every sentence that is said, with what words it has; a new one has none."""
    merged = Catalog(locale=language, domain="tracker", project="tracker", charset="utf-8")
    if path.exists():
        with path.open("rb") as file:
            merged = read_po(file, locale=language, domain="tracker")
    written = merged.creation_date
    merged.update(template(), no_fuzzy_matching=True)
    merged.creation_date = written  # else each run changes the file
    merged.obsolete.clear()
    return merged


def main(*begun: str) -> None:
    """Extract, merge, and say what has no words yet, in Chinese or in languages to begin."""
    paths = {tag: LOCALE / tag / "LC_MESSAGES" / "tracker.po" for tag in begun}
    for language, path in (paths or {"zh_Hans": CHINESE}).items():
        merged = brought_up_to_date(path, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, merged, width=100, sort_output=True, include_lineno=False)
        for message in merged:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(said):
                sys.stdout.write(f"{message.id}\n")
    compile_catalogues()


if __name__ == "__main__":
    main(*sys.argv[1:])
