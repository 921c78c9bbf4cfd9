"""Which language is spoken: by option, variable, settings, and the locale of the computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ADDED = ("add", "Open the bridge", "--due", "2021-07-11", "--title-in", "zh", "桥梁通车")


@pytest.fixture
def bridge(run: Run) -> Run:
    run("init")
    run(*ADDED, "--title-in", "fr", "Ouvrir le pont")
    return run


@pytest.mark.parametrize("asked", ["zh", "zh_CN", "zh-Hans", "中文"])
def test_any_name_of_a_language_is_that_language(bridge: Run, asked: str) -> None:
    page = bridge("--lang", asked, "export", "html").out
    assert '<html lang="zh-Hans"' in page
    assert "<h1" in page
    assert page.count("桥梁通车") >= 1
    assert "桥梁通车" in bridge("--lang", asked, "export", "ics").out
    assert "桥梁通车" in bridge("list", "--lang", asked).out


def test_a_language_that_only_titles_have_is_spoken_by_them(bridge: Run) -> None:
    assert "Ouvrir le pont" in bridge("--lang", "fr", "list").out
    assert "Ouvrir le pont" in bridge("list", "--lang", "FR").out


def test_a_language_that_nobody_speaks_is_refused_and_nothing_changed(bridge: Run) -> None:
    ran = bridge("--lang", "xx", "list")
    assert (ran.code, ran.out) != (0, "")
    assert "'xx'" in ran.err
    assert "zh (中文)" in ran.err
    assert bridge("done", "1", "--lang", "xx").code == ran.code
    assert "completed" not in bridge("list").out


def test_the_option_comes_before_the_variable_and_that_before_the_settings(
    bridge: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tracker.toml").write_text('lang = "zh"\n', encoding="utf-8")
    assert "桥梁通车" in bridge("list").out
    assert '<html lang="zh-Hans"' in bridge("export", "html").out
    monkeypatch.setenv("TRACKER_LANG", "fr")
    assert "Ouvrir le pont" in bridge("list").out
    assert "Open the bridge" in bridge("list", "--lang", "en").out


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_chinese_is_spoken_where_the_computer_does(
    bridge: Run, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "zh_CN.UTF-8")
    assert '<html lang="zh-Hans"' in bridge("export", "html").out
    assert "逾期" in bridge("digest").out
    assert '<html lang="en"' in bridge("export", "html", "--lang", "en").out
    assert "桥梁通车" in bridge("list").out


def test_the_first_variable_of_the_locale_decides(
    bridge: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert '<html lang="en"' in bridge("export", "html").out


def test_a_week_is_named_alike_in_the_calendar_and_in_the_ledger(run: Run) -> None:
    run("init")
    run("add", "Mend the road", "--due", "end of the week", "--made-on", "2021-07-07")
    words = "by the end of the week, 11 July 2021"
    assert words in run("--lang", "en", "export", "ledger").out
    assert f"Due {words}" in run("export", "ics").out.replace("\r\n ", "").replace("\\,", ",")


def test_a_terminal_that_is_not_utf_8_gets_its_own_encoding(bridge: Run, home: Path) -> None:
    def printed(*words: str) -> bytes:
        environment = os.environ | {"PYTHONIOENCODING": "gb18030", "LANG": "zh_CN.GB18030"}
        tracker = [sys.executable, "-m", "tracker", *words]
        return subprocess.run(tracker, env=environment, capture_output=True, check=False).stdout

    assert "桥梁通车" in printed("list").decode("gb18030")
    assert "Open the bridge" in printed("list", "--format", "json").decode("utf-8")


def test_the_headings_of_a_markdown_list_are_in_the_readers_language(seeded: Run) -> None:
    head, *_ = seeded("--lang", "zh", "list", "--format", "md").out.splitlines()
    assert head == "| 编号 | 完成时限 | 状态 | 责任单位 | 任务 |"


def test_columns_groups_and_kinds_may_be_typed_as_a_screen_shows_them(seeded: Run) -> None:
    for typed, known in (
        (("--sort", "责任单位，-完成时限"), ("--sort", "owner,-due")),
        (("--sort", "变更时间"), ("--sort", "changed")),
        (("--group", "标签"), ("--group", "tag")),
        (("--group", "季度"), ("--group", "quarter")),
        (("--columns", "编号、任务,责任单位"), ("--columns", "id,title,owner")),
    ):
        shown = seeded("list", *typed, "--format", "table")
        assert shown.code == 0, typed
        assert shown.out == seeded("list", *known, "--format", "table").out
    ledger = seeded("export", "ledger", "--columns", "序号,任务,最初承诺时限").out
    assert ledger == seeded("export", "ledger", "--columns", "number,task,first-due").out
    seeded("add", "Open the bridge", "--due", "2021-07-11", "--modality", "力争")
    assert '"modality": "stretch"' in seeded("list", "bridge", "--format", "json").out


def test_a_word_that_heads_nothing_is_refused(seeded: Run) -> None:
    assert seeded("list", "--group", "谁").code == 2
    assert "谁" in seeded("list", "--sort", "谁").err


def test_the_words_there_are_are_those_that_may_be_typed(seeded: Run) -> None:
    refused = seeded("--lang", "zh", "list", "--standing", "不详").err
    assert "逾期、临期、未到期" in refused
    assert seeded("--lang", "zh", "list", "--standing", "临期").code == 0
    assert "overdue, due-soon, open" in seeded("list", "--standing", "vague").err
