"""Every sentence that is said in words of a language is in its catalogue, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import tracker
from tracker.locale import language
from tracker.model import FIELDS, Precision, Standing, Status
from tracker.render.briefing import QUERIES
from tracker.render.changes import VERBS
from tracker.render.digest.letter import _SINCE, KINDS
from tracker.render.ledger.line import COLUMNS
from tracker.render.page.feeds import PRIVATE, PROGRAMS
from tracker.render.svg.chart import _LEGEND
from tracker.render.values import MODALITIES
from tracker.render.welcome import _MORE, _ROOT_CLOSED, _THIS_COMPUTER, _TOKENS_ONLY

PACKAGE = Path(tracker.__file__).parent
SAYS = {"text": 0, "plural": 0, "_in_days": 0, "word": 1}
IN_TEMPLATE = re.compile(r'lang\.(text|word)\(("change", )?"([^"]+)"')


def literal() -> Iterator[tuple[str, str]]:
    """Each context and sentence that stands where it is said."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                at = SAYS.get(node.func.attr)
                strings = [
                    part.value
                    for arg in node.args
                    for part in ast.walk(arg)
                    if isinstance(part, ast.Constant) and str(part.value).strip(" -")
                    if isinstance(part.value, str)
                ]
                if at == 0 and strings and _is_spoken(node.func.value):
                    several = strings[:1] if node.func.attr != "text" else strings
                    yield from (("", sentence) for sentence in several)
                elif at == 1 and len(strings) > 1:
                    yield strings[0], strings[1]
    for path in PACKAGE.rglob("*.j2"):
        for _, context, sentence in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            yield context.strip('", '), sentence


def _is_spoken(who: ast.expr) -> bool:
    return ast.unparse(who).rpartition(".")[2] in ("lang", "self")


def listed() -> Iterator[tuple[str, str]]:
    """Each that is said from a table."""
    tables = (
        QUERIES.values(),
        [c.heading for c in COLUMNS.values()],
        _SINCE.values(),
        _LEGEND.values(),
    )
    sentences = (PRIVATE, _MORE, _ROOT_CLOSED, _THIS_COMPUTER, _TOKENS_ONLY)
    yield from (("", sentence) for table in (*tables, sentences) for sentence in table)
    yield from (("", text) for name, steps in PROGRAMS for text in (name, *steps))
    yield from (("", s.value.replace("-", " ")) for s in (*Status, *Standing))
    yield from (("field", label) for field in FIELDS.values() for label in [field.label])
    yield from (("field", computed) for computed in ("standing", "slippage"))
    yield from (("kind", word) for word in KINDS.values())
    yield from (("change", word) for word in VERBS.values())
    yield from (("modality", word) for word in MODALITIES.values())
    yield from (("precision", p.value.replace("-", " ")) for p in Precision)


def test_chinese_has_every_sentence_and_no_other() -> None:
    catalogue = language("zh").catalogue
    there = {(context, one) for context, words in catalogue.items() for one in words}
    said = {*literal(), *listed()}
    alike = {("", "Thunderbird"), ("", "Outlook"), ("field", "uid")}
    assert said - there <= alike
    assert there <= said


def test_the_glossary_has_the_words_that_are_said() -> None:
    rows = re.findall(
        r"^\| ([^|`]+) \| ([\u3400-\u9fff]+) \|",
        (PACKAGE.parent / "docs" / "terms.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    catalogue = language("zh").catalogue
    known = {english: {words.get(english) for words in catalogue.values()} for english, _ in rows}
    said = [(english, chinese) for english, chinese in rows if known[english] - {None}]
    assert len(said) > 15
    assert [pair for pair in said if pair[1] not in known[pair[0]]] == []
