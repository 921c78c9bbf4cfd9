"""`tracker notify` against real servers: what arrives, what is remembered, what fails and how."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answering import answering
from tests.cli.conftest import Run
from tests.notify.servers import Hook, Mailbox, hanging, refusing

DAY = ("--as-of", "2021-10-15")
NEXT_DAY = ("--as-of", "2021-10-16")


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    with answering(hook.server):
        yield hook


@pytest.fixture
def other_hook() -> Iterator[Hook]:
    hook = Hook()
    with answering(hook.server):
        yield hook


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with answering(mailbox.server):
        yield mailbox


@pytest.fixture
def told(seeded: Run) -> Run:
    """The commitments of 2021, one of which was moved in the week before the day asked about."""
    assert seeded("postpone", "5", "2021-12-31", "--on", "2021-10-13", "--by", "Li").code == 0
    return seeded


def subjects(hook: Hook) -> list[str]:
    return [each["title"] for each in hook.taken]


def test_a_mail_has_html_and_a_text_that_reads_well(told: Run, mailbox: Mailbox) -> None:
    ran = told("--lang", "zh", "notify", mailbox.url, *DAY)
    assert (ran.code, ran.out, ran.err) == (0, "已发送到1 (mailto://***)。\n", "")
    [mail] = mailbox.taken
    assert mail["Subject"] == "任务台账：逾期4项，变更1条"
    assert mail["To"] == "officer@example.org"
    assert mail.get_content_type() == "multipart/alternative"
    text, page = (part.get_content() for part in mail.iter_parts())
    assert page.startswith("<!DOCTYPE html>")
    assert "34类高频电子证照在全省全面推广应用\n逾期15天 · 2021年9月底前" in text.replace("\r", "")
    assert "<" not in text
    assert "{" not in text


def test_a_messenger_gets_markdown_without_tables(told: Run, hook: Hook) -> None:
    told("notify", hook.url, *DAY)
    [sent] = hook.taken
    assert sent["title"] == "Milestones: 4 overdue, 1 change"
    assert "\n## Overdue (4)\n\n- **" in sent["message"]
    assert "|" not in sent["message"]


def test_the_address_may_ask_for_a_form(told: Run, hook: Hook) -> None:
    told("notify", f"{hook.url}?format=text", f"{hook.url}?format=html", *DAY)
    text, page = (each["message"] for each in hook.taken)
    assert "\nOverdue (4)\n• " in text
    assert page.startswith("<!DOCTYPE html>")


def test_each_change_is_told_once_and_what_is_due_every_day(told: Run, hook: Hook) -> None:
    told("notify", hook.url, *DAY)
    assert "Changed (1)" in hook.taken[0]["message"]
    told("notify", hook.url, *NEXT_DAY)
    assert "Overdue (4)" in hook.taken[1]["message"]
    assert "Changed" not in hook.taken[1]["message"]
    told("note", "7", "news", "--on", "2021-10-16")
    told("notify", hook.url, *NEXT_DAY)
    assert "Changed (1)" in hook.taken[2]["message"]


def test_the_same_digest_is_not_sent_twice_unless_asked(told: Run, hook: Hook) -> None:
    told("notify", hook.url, *DAY)
    ran = told("notify", hook.url, *DAY)
    assert (ran.code, "Not sent again to 1 (json://***)" in ran.out) == (0, True)
    assert len(hook.taken) == 1
    assert told("notify", hook.url, *DAY, "--again").out == "Sent to 1 (json://***).\n"
    assert len(hook.taken) == 2


def test_once_sent_everywhere_the_digest_begins_anew(told: Run, hook: Hook) -> None:
    assert told("digest", *DAY, "--format", "json").json["changes"]
    told("notify", hook.url, *DAY)
    result = told("digest", *DAY, "--format", "json").json
    assert (result["since_is"], result["changes"]) == ("last", [])


def test_a_failure_is_told_and_only_what_failed_is_sent_again(
    told: Run, hook: Hook, other_hook: Hook
) -> None:
    other_hook.status = 503
    ran = told("notify", hook.url, other_hook.url, *DAY)
    assert (ran.code, ran.out) == (54, "Sent to 1 (json://***).\n")
    assert ran.err.startswith("tracker: Not sent to 2 (json://***): ")
    assert "503" in ran.err
    assert told("digest", *DAY, "--format", "json").json["changes"], "it stays unsent"
    other_hook.status = 200
    ran = told("notify", hook.url, other_hook.url, *DAY)
    assert ran.code == 0
    assert "Sent to 2 (json://***). Not sent again to 1 (json://***)" in ran.out
    assert subjects(hook) == subjects(other_hook) == ["Milestones: 4 overdue, 1 change"]
    assert not told("digest", *DAY, "--format", "json").json["changes"]


def test_what_was_missed_comes_the_next_day(told: Run, hook: Hook, other_hook: Hook) -> None:
    told("notify", hook.url, other_hook.url, "--as-of", "2021-10-12")
    other_hook.status = 500
    told("notify", hook.url, other_hook.url, *DAY)
    other_hook.status = 200
    told("notify", hook.url, other_hook.url, *NEXT_DAY)
    assert ["change" in subject for subject in subjects(hook)] == [False, True, False]
    assert ["change" in subject for subject in subjects(other_hook)] == [False, True]


def test_a_failure_says_why_and_shows_no_secret(told: Run, tmp_path: Path) -> None:
    ran = told("notify", refusing(), *DAY)
    assert ran.code == 54
    assert ran.err == (
        "tracker: Not sent to 1 (json://***): connection refused. "
        "The digest stays unsent there; the next run sends it.\n"
    )
    assert not list((tmp_path / "state").rglob("*.json"))


def test_an_address_that_hangs_is_given_up_on(told: Run, hook: Hook) -> None:
    with hanging() as url:
        ran = told("notify", url, hook.url, *DAY, "--timeout", "1")
    assert ran.code == 54
    assert "Not sent to 1 (json://***): no answer within 1 s." in ran.err
    assert len(hook.taken) == 1


def test_a_mail_server_that_refuses(told: Run, mailbox: Mailbox) -> None:
    mailbox.refuses = True
    ran = told("notify", mailbox.url, *DAY)
    assert (ran.code, mailbox.taken) == (54, [])
    assert "a-secret" not in ran.err
    assert "example.org" not in ran.err


def test_what_is_optional_in_an_address_does_not_pass_for_sent(told: Run) -> None:
    assert told("notify", f"{refusing()}?optional=yes", *DAY).code == 54


def test_secrets_stand_nowhere(told: Run, hook: Hook, tmp_path: Path) -> None:
    url = hook.url.replace("://", "://a-user:a-password@")
    for words in (("notify", url, *DAY), ("notify", url, *DAY), ("notify", url, "--dry-run")):
        ran = told(*words)
        assert "a-password" not in ran.out + ran.err
        assert "a-secret-path" not in ran.out + ran.err
    [kept] = (tmp_path / "state").rglob("*.json")
    assert not {"a-password", "a-user", "a-secret-path"} & set(kept.read_text().split('"'))


def test_another_password_is_the_same_reader(told: Run, hook: Hook) -> None:
    told("notify", hook.url.replace("://", "://me:one@"), *DAY)
    ran = told("notify", hook.url.replace("://", "://me:two@"), *DAY)
    assert "Not sent again" in ran.out


def test_addresses_come_from_the_environment_or_the_settings(
    told: Run, hook: Hook, other_hook: Hook, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "tracker.toml").write_text(f'[notify]\nurls = ["{hook.url}"]\ntimeout = 5\n')
    assert told("notify", *DAY).out == "Sent to 1 (json://***).\n"
    monkeypatch.setenv("TRACKER_NOTIFY_URLS", f" {other_hook.url}\n{hook.url} ")
    out = told("notify", *DAY).out
    assert "Sent to 1 (json://***). Not sent again to 2 (json://***)" in out
    assert (len(hook.taken), len(other_hook.taken)) == (1, 1)


def test_only_if_due(run: Run, hook: Hook) -> None:
    run("init")
    ran = run("notify", hook.url, "--only-if-due", *DAY)
    assert ran.code == 0
    assert ran.out.startswith("Nothing is overdue, due soon or changed: nothing was sent")
    assert run("notify", hook.url, "--only-if-due", "-q", *DAY).out == ""
    assert hook.taken == []
    run("add", "t", "--due", "2021-10-29", "--made-on", "2021-03-10")
    assert run("notify", hook.url, "--only-if-due", "-q", *DAY).out == ""
    assert subjects(hook) == ["Milestones: 1 due within 14 days"]


def test_a_dry_run_sends_and_remembers_nothing(told: Run, hook: Hook, tmp_path: Path) -> None:
    ran = told("notify", hook.url, *DAY, "--dry-run")
    assert ran.code == 0
    assert "Would go to 1 (json://***), " in ran.out
    assert "Overdue (4)" in ran.out
    assert hook.taken == []
    assert not list((tmp_path / "state").rglob("*.json"))


def test_a_long_digest_is_cut_to_what_a_service_takes_and_says_so(run: Run, hook: Hook) -> None:
    """WeCom takes 2,048 bytes; a mail of 500 is cut before Gmail would cut it."""
    from tracker.notify.address import addresses
    from tracker.notify.delivery import service

    run("init")
    rows = "".join(
        f"第{n}项任务要在全省范围内建成并投入使用,2021-06-30,2021-03-10\n" for n in range(500)
    )
    Path("many.csv").write_text(f"title,due,made_on\n{rows}")
    assert run("import", "csv", "many.csv").code == 0
    [wecom] = addresses(["wecombot://a-key"])
    ran = run("notify", wecom.url, *DAY, "--dry-run")
    size = int(ran.out.split(", ")[1].split(" ")[0].replace(",", ""))
    assert 500 < size < service(wecom).room < 2048
    run("notify", f"{hook.url}?format=html", *DAY, "--limit", "500")
    page = hook.taken[0]["message"]
    assert 50_000 < len(page.encode()) <= 100_000
    assert "… and " in page


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 6, "There is no address to send to."),
        (("not-an-address",), 6, "Address 1 is no address of a service."),
        (("nonsense://a-secret",), 6, "Address 1 (nonsense://***) is none that Apprise"),
        (("json://",), 6, "Address 1 is no address of a service."),
        (("dingtalk://bad token!",), 6, "Address 1 (dingtalk://***) is none that Apprise"),
    ],
)
def test_a_bad_address_is_refused_before_anything_is_sent(
    told: Run, hook: Hook, words: tuple[str, ...], code: int, sentence: str
) -> None:
    ran = told("notify", *words, *([hook.url] if words else []), *DAY)
    assert (ran.code, sentence in ran.err) == (code, True), ran.err
    assert "a-secret" not in ran.err
    assert hook.taken == []


def test_what_cannot_be_remembered_is_not_sent(
    told: Run, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    ran = told("notify", hook.url, *DAY)
    assert (ran.code, "Nothing was sent" in ran.err, hook.taken) == (15, True, [])


def test_a_missing_extra_is_told_with_what_to_install(
    told: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    monkeypatch.delitem(sys.modules, "tracker.notify.delivery", raising=False)
    ran = told("notify", "json://localhost", *DAY)
    assert (ran.code, "pip install 'apprise" in ran.err) == (33, True)


def test_two_that_send_at_once_do_not_tell_the_same_twice(
    told: Run, hook: Hook, home: Path
) -> None:
    import subprocess

    command = [sys.executable, "-m", "tracker", "notify", hook.url, *DAY]
    both = [subprocess.Popen(command, cwd=home, env=os.environ.copy()) for _ in range(2)]
    assert [each.wait(60) for each in both] == [0, 0]
    assert len(hook.taken) == 1
