"""How a language is called, and what it says of dates and of what milestones have in it."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import BadValue
from tracker.locale import ENGLISH, language
from tracker.model import Precision


@pytest.mark.parametrize(
    "asked", ["zh", "zh_CN", "zh-Hans", "ZH-cn", "zh_CN.UTF-8", "中文", "Chinese"]
)
def test_one_language_has_many_names(asked: str) -> None:
    chinese = language(asked)
    assert chinese.tag == "zh-Hans"
    assert chinese.translation({"en": 1, "zh": 2}) == 2
    assert chinese.translation({"en": 1, "zh-Hans": 2}) == 2


def test_the_tag_asked_for_comes_before_the_language() -> None:
    assert language("zh_TW").translation({"zh": 1, "zh-TW": 2}) == 2
    assert language("zh_TW").translation({"zh": 1}) == 1


def test_without_a_language_titles_stay_as_they_were_written() -> None:
    assert language(None).translation({"en": 1, "zh": 2}) is None
    assert language("en").translation({"en": 1, "zh": 2}) == 1


@pytest.mark.parametrize("asked", ["xx", "zz-CN", "../..", "-", "{day}"])
def test_a_language_that_nobody_speaks_is_refused_with_those_there_are(asked: str) -> None:
    with pytest.raises(BadValue) as refused:
        language(asked)
    assert asked in refused.value.message
    assert "zh (中文)" in refused.value.hint


@pytest.mark.parametrize(
    ("due", "precision", "english", "in_full", "chinese"),
    [
        (
            "2021-07-11",
            "week",
            "by the end of the week, 11 July 2021",
            "",
            "当周末（2021年7月11日）前",
        ),
        ("2021-07-10", "week", "by 10 July 2021", "", "2021年7月10日前"),
        ("2021-06-30", "month", "by end of June 2021", "by the end of June 2021", "2021年6月底前"),
        ("2021-06-15", "month", "by 15 June 2021", "", "2021年6月15日前"),
        (
            *("2021-06-30", "quarter", "by end of Q2 2021"),
            *("by the end of the second quarter of 2021", "2021年二季度末前"),
        ),
        (
            *("2021-12-31", "half", "by end of H2 2021"),
            *("by the end of the second half of 2021", "2021年下半年末前"),
        ),
        ("2021-12-31", "year", "by end of 2021", "by the end of 2021", "2021年底前"),
    ],
)
def test_a_deadline_is_named_as_it_was_meant(
    due: str, precision: str, english: str, in_full: str, chinese: str
) -> None:
    day, exactly = date.fromisoformat(due), Precision(precision)
    assert language("en").until(day, exactly) == english
    assert ENGLISH.until_in_full(day, exactly) == (in_full or english)
    assert language("zh").until(day, exactly) == chinese
