"""Long texts on several lines."""

from __future__ import annotations

import pytest

from tracker.render.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No milestones on that day.", ["No milestones on", "that day."]),
        ("Begin with `tracker add TITLE`.", ["Begin with", "`tracker add TITLE`."]),
        ("重新开放用`tracker serve`即可", ["重新开放用", "`tracker serve`即可"]),
        ("再用`tracker serve`重新开放", ["再用`tracker serve`", "重新开放"]),
        ("`tracker add TITLE --due WHEN`.", ["`tracker add TITLE", "--due WHEN`."]),
        ("五月底前完成数据共享平台建设", ["五月底前完成数据共享", "平台建设"]),
        ("[成立数据交易行业协会]", ["[成立数据交易行业协", "会]"]),
    ],
)
def test_it_breaks_by_words_and_not_within_what_is_to_be_typed(
    text: str, expected: list[str]
) -> None:
    assert list(wrapped("", text, 20)) == expected
