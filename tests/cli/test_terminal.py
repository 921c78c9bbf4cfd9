"""At the terminal: spans of days, the pager, opening a source, a store below another."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tracker.cli.context import App
from tracker.cli.param_types import DAY, DUE_FROM, DUE_TO, SINCE, UNTIL, SpanEdge
from tracker.errors import BadDate, BadValue, TrackerError


@pytest.fixture
def on_15_june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "today", date(2021, 6, 15))
    monkeypatch.setattr("tracker.cli.param_types.app_of", lambda _=None: App())


@pytest.mark.usefixtures("home", "on_15_june")
@pytest.mark.parametrize(
    ("edge", "said", "day"),
    [
        (SINCE, "7d", "2021-06-08"),
        (SINCE, "2 weeks ago", "2021-06-01"),
        (SINCE, "两周前", "2021-06-01"),
        (SINCE, "最近3个月", "2021-03-15"),
        (SINCE, "last month", "2021-05-01"),
        (SINCE, "上个月", "2021-05-01"),
        (SINCE, "this week", "2021-06-14"),
        (SINCE, "yesterday", "2021-06-14"),
        (SINCE, "end of May 2021", "2021-05-31"),
        (SINCE, "2021-05-03", "2021-05-03"),
        (UNTIL, "last month", "2021-05-31"),
        (UNTIL, "7 days ago", "2021-06-08"),
        (UNTIL, "-1w", "2021-06-08"),
        (SINCE, "-7d", "2021-06-08"),
        (DUE_TO, "a week ago", "2021-06-08"),
        (DUE_TO, "两周", "2021-06-29"),
        (DAY, "一个月前", "2021-05-15"),
        (UNTIL, "2021年", "2021-12-31"),
        (DUE_FROM, "2w", "2021-06-29"),
        (DUE_FROM, "next month", "2021-07-01"),
        (DUE_TO, "7天", "2021-06-22"),
        (DUE_TO, "end of March", "2022-03-31"),
    ],
)
def test_a_span_is_its_first_or_last_day_and_a_length_counts_from_today(
    edge: SpanEdge, said: str, day: str
) -> None:
    assert edge.convert(said, None, None).isoformat() == day


@pytest.mark.usefixtures("home", "on_15_june")
@pytest.mark.parametrize(
    ("edge", "said", "told"),
    [
        (UNTIL, "7d", "may count back or ahead"),
        (SINCE, "May", "this year or of one before"),
        (SINCE, "9999y", "no day so far away"),
    ],
)
def test_what_may_mean_two_days_is_refused(edge: SpanEdge, said: str, told: str) -> None:
    with pytest.raises(BadDate, match=told):
        edge.convert(said, None, None)


def test_what_was_done_is_told_in_lines_that_end_with_a_word(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(App, "on_terminal", True)
    monkeypatch.setattr(App, "width", 50)
    done = seeded("done", "3", "--on", "2021-06-30")
    assert done.out.splitlines() == [
        "3 completed on 2021-06-30, on time: Set up a",
        "data-trading industry association with a",
        "self-regulation mechanism",
    ]


def test_the_example_of_the_readme_is_understood(seeded: Run) -> None:
    assert seeded("report", "changes", "--since", "last month").code == 0


# -- the pager -----------------------------------------------------------------------------------

_SHOWN = "shown.txt"


@pytest.fixture
def small_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "on_terminal", True)
    monkeypatch.setenv("LINES", "9")
    monkeypatch.delenv("PAGER", raising=False)


@pytest.mark.usefixtures("small_terminal")
@pytest.mark.skipif(os.name != "posix", reason="a shell of its own")
def test_a_list_longer_than_the_screen_goes_through_the_pager_with_its_colours(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_PAGER", f"cat > {_SHOWN}; echo $LESS > less.txt")
    assert seeded("list").out == ""
    shown = Path(_SHOWN).read_text(encoding="utf-8")
    assert "\x1b[31;1m" in shown
    assert shown.endswith("\n")
    assert Path("less.txt").read_text() == "FRX\n"
    Path(_SHOWN).unlink()
    assert seeded("list", "--no-pager").out
    assert seeded("--no-pager", "list").out
    assert seeded("list", "--limit", "1").out
    assert not Path(_SHOWN).exists()


@pytest.mark.usefixtures("small_terminal")
@pytest.mark.skipif(os.name != "posix", reason="a shell of its own")
def test_the_pager_is_looked_for_as_git_does_and_may_be_absent_or_quit_early(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", f"cat > {_SHOWN}")
    assert seeded("list").out == ""
    Path("tracker.toml").write_text('pager = "cat"\n', encoding="utf-8")
    assert seeded("list").out
    monkeypatch.setenv("TRACKER_PAGER", "no-such-pager 2> /dev/null")
    assert seeded("list").out
    monkeypatch.setenv("TRACKER_PAGER", "true")
    assert (seeded("list").code, seeded("list").err) == (0, "")


@pytest.mark.usefixtures("small_terminal")
@pytest.mark.skipif(os.name != "posix", reason="a shell of its own")
def test_less_is_not_started_where_it_would_ask_first(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\ncat > /dev/null\n")
    less.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert seeded("list").out == ""
    monkeypatch.setenv("TERM", "dumb")
    assert seeded("list").out


def test_a_pipe_is_never_paged(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", "5")
    monkeypatch.setenv("TRACKER_PAGER", f"cat > {_SHOWN}")
    assert seeded("list").out
    assert not Path(_SHOWN).exists()


# -- open ----------------------------------------------------------------------------------------


def test_a_source_or_evidence_is_opened(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.launch", lambda address: not Path("o").write_text(address))
    seeded("edit", "3", "--source-url", "https://example.org/a?b=1&c=2")
    Path("proof.pdf").write_bytes(b"%PDF")
    seeded("note", "3", "seen", "--evidence", "proof.pdf")
    seeded("open", "3")
    assert Path("o").read_text() == "https://example.org/a?b=1&c=2"
    seeded("open", "3", "--evidence")
    assert Path("o").read_text() == str(Path("proof.pdf").resolve())
    assert seeded("open", "3", "--print").out == "https://example.org/a?b=1&c=2\n"


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "data:text/html,x", "https://bank.example@evil.example/"),
        *("file://server/share/x", "smb://server/x", "http://", "-x", "run.sh", "start.desktop"),
        *("http://[::1", "https://a.example/ --flag", "file:///usr/bin/env"),
    ],
)
def test_what_might_do_something_else_is_not_opened(seeded: Run, address: str) -> None:
    for name in ("run.sh", "start.desktop"):
        Path(name).write_text("", encoding="utf-8")
    assert seeded("note", "3", "x", "--evidence", address).code == 0
    refused = seeded("open", "3", "--evidence")
    assert refused.code == BadValue.exit_code
    assert seeded("open", "3", "--evidence", "--print").out == f"{address}\n"


def test_what_names_no_address_says_how_to_give_one(run: Run) -> None:
    run("init")
    run("add", "Bridge")
    refused = run("open", "1")
    assert refused.code == TrackerError.exit_code
    assert "tracker edit 1 --source-url URL" in refused.err


# -- init ----------------------------------------------------------------------------------------


def test_a_store_below_another_is_told(seeded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    above = Path("milestones.json").resolve()
    Path("sub/sub").mkdir(parents=True)
    monkeypatch.chdir("sub/sub")
    told = seeded("init").err
    assert f"used the store {above}" in told
    assert "tracker --file" in told
    assert "used the store" not in seeded("--file", "other.json", "init").err
