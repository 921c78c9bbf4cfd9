"""What others say in English stands behind a Chinese sentence; our own reasons are Chinese."""

from __future__ import annotations

import json
import tomllib

import pytest

from tracker.errors import BadInput, library_reason
from tracker.locale import ENGLISH, language
from tracker.message import ForeignText
from tracker.store.masking import without_passwords

CHINESE = language("zh")


def refused(error: Exception) -> BadInput:
    return BadInput(
        "This is no JSON: {error}.", "Nothing was imported.", error=library_reason(error)
    )


def test_words_that_nobody_translated_are_quoted_behind_the_sentence() -> None:
    said = refused(ValueError("flux capacitor"))
    assert CHINESE.text(said.message) == "不是JSON（原文：flux capacitor）。"
    assert str(said.message) == ENGLISH.text(said.message) == "This is no JSON: flux capacitor."


def test_no_bracket_stands_in_a_bracket() -> None:
    told = CHINESE.text("it is no milestone store ({reason})", reason=ForeignText("odd"))
    assert told.count("（") == told.count("）") == 1


@pytest.mark.parametrize("text", ["{", "[1,]", '{"a" 1}', "[1] 2"])
def test_json_faults_leave_no_english_bare(text: str) -> None:
    with pytest.raises(ValueError, match="line 1") as caught:
        json.loads(text)
    told = CHINESE.text(refused(caught.value).message)
    assert told.startswith("不是JSON：第1行第")
    assert "Expecting" not in told.partition("（原文：")[0]


def test_toml_faults_say_where() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads("x = [")
    assert CHINESE.text(library_reason(caught.value)).startswith("文件末尾")


def test_the_programs_own_reasons_are_told_in_the_readers_language() -> None:
    kept = ["changed in a tasks program", "revision 3 of the calendar", "done by {n}", None]
    assert [CHINESE.reason(why) for why in kept] == [
        "在待办程序中更改",
        "日历第3次修订",
        "done by {n}",
        "",
    ]
    assert [ENGLISH.reason(why) for why in kept] == [*kept[:3], ""]


def test_what_a_database_refuses_is_said_in_chinese() -> None:
    faults = pytest.importorskip("tracker.store.postgres.faults")
    for sentence, hint in faults._REFUSALS.values():
        assert not CHINESE.text(sentence).isascii()
        assert not CHINESE.text(hint).isascii()


def test_what_hides_a_secret_takes_no_chinese_with_it() -> None:
    url = "postgresql://h/x?zz=1"
    told = CHINESE.text("{url} is no address of a database{said}.", url=url, said="")
    assert without_passwords(told, [url]).endswith("不是数据库地址。")
