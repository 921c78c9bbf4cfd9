"""Every sentence that is said in words of a language is in its catalogue, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message

from tests.locale.messages import PACKAGE, brought_up_to_date, chinese, template
from tracker.locale import language


def named(text: str) -> set[str]:
    """What a sentence has values for, its conversions aside: Chinese quotes in its own way."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} | {
        *re.findall(r"%[ds(]", text)
    }


def said(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def test_chinese_has_every_sentence_and_no_other() -> None:
    there = {key(message) for message in chinese() if message.id}
    needed = {key(message) for message in template() if message.id}
    assert sorted(map(str, there - needed)) == []
    assert sorted(map(str, needed - there)) == []


def test_a_language_begins_with_every_sentence_and_no_words(tmp_path: Path) -> None:
    begun = [message for message in brought_up_to_date(tmp_path / "tracker.po", "fr") if message.id]
    assert {key(message) for message in begun} == {key(m) for m in template() if m.id}
    assert not any(message.string and any(said(message)) for message in begun)


def test_no_chinese_value_stands_in_quotes_of_python() -> None:
    assert [text for message in chinese() for text in said(message) if "!r}" in text] == []


def test_no_sentence_is_left_in_doubt() -> None:
    assert [message.id for message in chinese() if message.id and message.fuzzy] == []


def test_words_have_the_values_of_their_sentence() -> None:
    for message in chinese():
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        if message.id and all(said(message)):
            most, least = (how(*map(named, forms)) for how in (set.union, set.intersection))
            assert all(least <= named(text) <= most for text in said(message)), message.id


def test_chinese_is_written_with_chinese_signs() -> None:
    """Between Chinese characters stand no half-width commas, colons, questions or brackets."""
    wrong = re.compile(r"[\u4e00-\u9fff][,;:?!()](?![\w/-])|[,;:?!(][\u4e00-\u9fff]")
    code = re.compile(r'`[^`]*`|\{".*\}|(?:(?:[A-Z-]+|\{[^}]*\}):)?\{[^}]*\}|https?:\S+')
    assert [
        text for message in chinese() for text in said(message) if wrong.search(code.sub("", text))
    ] == []


def test_chinese_has_no_blanks_but_around_what_is_typed() -> None:
    """An option or a command reaches to the next Chinese sign, and stands apart from the words."""
    typed = re.compile(r"`[^`]*`|(?<![A-Za-z])[A-Za-z-][\w./={}-]* [^，。：；？！、（）“”]*")
    wrong = re.compile(
        r"(?<=\S)  |[\u3400-\u9fff] [\u3400-\u9fff0-9{]|[0-9}] [\u3400-\u9fff]|[，。：；？！、] "
    )
    laid_out = re.compile(r"[\n\b]|^\{id\}  ")
    told = [text for message in chinese() if message.id for text in said(message)]
    sentences = [text for text in told if not laid_out.search(text)]
    assert [text for text in sentences if wrong.search(typed.sub("`", text))] == []
    assert [text for text in sentences if re.search(r"[\u3400-\u9fff]--?[a-z]", text)] == []


def test_one_thing_has_one_term() -> None:
    """What docs/terms.md says not to write stands nowhere."""
    page = (PACKAGE.parent / "docs" / "terms.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\u3400-\u9fff]+) \| ([\u3400-\u9fff、]+) \|", page, re.MULTILINE)
    assert len(rows) > 8
    told = [text for message in chinese() if message.id for text in said(message)]
    for term, others in rows:
        for other in others.split("、"):
            beside = [text for text in told if other in text.replace(term, "")]
            assert beside == [], f"{term}, not {other}"


def test_the_glossary_has_the_words_that_are_said() -> None:
    rows = re.findall(
        r"^\| ([^|`]+) \| ([\u3400-\u9fff]+) \|",
        (PACKAGE.parent / "docs" / "terms.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    known: dict[str, set[str]] = {english: set() for english, _ in rows}
    for message in chinese():
        if message.id in known:
            known[str(message.id)].update(filter(None, said(message)))
    there = [(english, words) for english, words in rows if known[english]]
    assert len(there) > 15
    assert [pair for pair in there if pair[1] not in known[pair[0]]] == []


def test_what_has_no_words_is_said_in_english() -> None:
    assert language("zh").text("No such sentence, {name}.", name="x") == "No such sentence, x."
