"""The same commands over a file and over PostgreSQL say the same, to the letter."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, golden
from tests.cli.test_listing import screens
from tests.postgres import Server
from tests.store.database import statements
from tracker.cli.app import COMMANDS

# Everything that a day at the desk brings, refusals too.
SESSION = """
init --seed shandong-2021
init
check
add "Open the ring road" --due 2027-06-30 --owner "Roads office" --tag Roads --on 2021-04-01
add "环城路" --due 2021年底前 --parent 15 --depends-on 3 --on 2021-04-01
start 15 --on 2021-04-02
postpone 15 2027-09-30 --reason "tender repeated" --on 2021-05-02
note 3 "half\tfull" --on 2021-05-02
done 1 2 --on 2021-05-03 --evidence https://example.org/opening
done 1 2 --on 2021-05-03
status 99 completed
status 4 nonsense
cancel 14 --on 2021-06-01
remove 13 --on 2021-06-02
undo
redo
redo
undo
edit 5 --title "ＦＵＬＬ width Straße" --on 2021-06-03
show 15
show 16
show 99
show 13 --as-of 2021-03-11
log
log 13
log 15 --format json
list
list --format json
list --sort owner --reverse
list --sort title --limit 3
list --sort status
list --sort changed --limit 4 --format table
list --status open --status completed
list --tag roads
list --text "full WIDTH strasse"
list --owner 大数据
list --source 山东
list --owner ""
list --text nothing%like_this
list --due-from 2021-06-01 --due-to 2021-09-30
list --as-of 2021-04-15
overdue --as-of 2021-07-01
overdue --as-of 2021-07-01 --limit 1 --format json
overdue --as-of 2021-04-15 --exit-code
overdue --as-of 0001-01-01
upcoming --as-of 2021-05-15 --within 60d
upcoming --within 9m
agenda --from 2021-05-15
calendar --as-of 2021-05-15
timeline --as-of 2021-10-15
export md
export csv --as-of 2021-12-01
export json
export ics --as-of 2021-12-01
export svg --as-of 2021-12-01
export html --as-of 2021-12-01
report scorecard --as-of 2021-12-01
report slippage --as-of 2021-12-01 --format json
report ontime --as-of 2021-12-01
report changes --since 2021-04-01
report source --as-of 2021-12-01
report stale --as-of 2021-12-01
digest --as-of 2021-12-01
extract SAMPLE
extract SAMPLE --add 1
extract SAMPLE --add
export csv -o all.csv
export ics -o all.ics
export json -o all.json
edit 5 --title "After the export"
import csv all.csv
import ics all.ics
import json all.json
remove 5
import json all.json
check --format json
assess 1 partly --as "Audit office" --role auditor -m "three cities only"
assess 2 kept --as "Audit office" --role auditor --evidence report.pdf
undo
edit 4 --depends-on 3
edit 3 --depends-on 4
ready --as-of 2021-06-15
blocked --as-of 2021-06-15
blocked --format json
forecast --as-of 2021-12-01
forecast --backtest --format json
report verdicts --format json
correct 6 --due 2021-11-30 -m "read wrongly"
head --format json
list ring road --standing open,no-date --sort -owner,due --group tag --columns id,owner,tags
list --standing late --as-of 2021-12-01 --format json
done --owner 通信 --standing overdue --yes --on 2022-02-01
show 1-3,99
agenda --as-of 2021-12-01 --format json
calendar --as-of 2021-12-01 --format table
open 3 --print
assess 3 partly --as "Audit office" --role auditor
ready --as-of 2021-04-01
blocked --as-of 2021-04-01
forecast --as-of 2021-12-01
assign 3-5 --as 督查室 --on 2021-03-12
receive 3 4 --on 2021-03-15
receive 3
verify 3
feedback 3 -m "half of it" --on 2021-05-01
verify 3 --fails -m "no proof" --on 2021-05-03
feedback 3 --evidence report.pdf --on 2021-05-10
verify 3 --on 2021-05-12
close 3 --as "Somebody else"
close 3 --on 2021-05-20
request-extension 4 +1m -m 招标重新进行 --on 2021-06-01
list --columns id,stage,extension
refuse-extension 4 -m no --on 2021-06-02
request-extension 4 +2m -m 招标重新进行 --on 2021-06-03
grant-extension 4 --on 2021-06-04
undo
grant-extension 4 --on 2021-06-05
correct 3 --entry none --on 2021-03-14 -m "the stamp says so"
report pending --as-of 2021-06-04 --format json
report pending
report cycle --as-of 2021-12-01 --format json
show 3 4 --format json
evidence add 4 SAMPLE
evidence list
evidence list --format json
evidence verify
evidence collect --format json
check
add "Quarterly" --due 2021-06-30 --made-on 2021-03-01 --repeat 每季度 --tag repeated
done --tag repeated --yes --on 2021-06-20
undo
redo
list --tag repeated --as-of 2021-07-01
"""
ELSEWHERE = {
    "merge": "reads and writes files",
    "copy": "has two stores, and tests of its own",
    "pull": "looks at no store of one's own",
    "mcp": "answers programs, and has tests of its own",
    "when": "looks at no store",
    "diff": "has two stores, and tests of its own",
    "completion": "looks at no store, and what it offers has tests of its own",
    "help": "looks at no store",
    "docs": "looks at no store",
    "sync": "needs a server, and has tests of its own",
    "notify": "sends what digest says, and has tests of its own",
    "publish": "writes what its folder lacks, and has tests of its own",
    "serve": "goes on until it is stopped",
    "token": "keeps tokens beside the store",
}
SAMPLE = str(Path(__file__).parent.parent / "extract" / "samples" / "en02.txt")


def told(run: Run, store: str) -> list[str]:
    """What each command of the session said, without what no two runs have alike."""
    said = []
    for line in SESSION.strip().splitlines():
        ran = run(*shlex.split(line.replace("SAMPLE", SAMPLE)))
        text = f"$ tracker {line}\n{ran.code}\n{ran.out}{ran.err}".replace(store, "STORE")
        text = re.sub(r'revision="[0-9a-f]+"', "REVISION", text)
        text = re.sub(r"\b([0-9a-f]{64}|[0-9a-f]{8}(?!-))\b", "DIGEST", text)
        text = re.sub(r"\b20\d{6}T\d{6}Z", "STAMP", text)
        text = re.sub(r"20\d\d-\d\d-\d\dT[\d:.]+Z", "INSTANT", text)
        # That of what waits for others grows with the seconds between changes.
        text = re.sub(r"\bSEQUENCE:\d+", "SEQUENCE", text)
        said.append(re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}", "UID", text))
    return said


def test_the_session_has_every_command_that_looks_at_a_store() -> None:
    used = {line.split()[0] for line in SESSION.splitlines() if line}
    assert used | ELSEWHERE.keys() == set(COMMANDS)
    assert not used & ELSEWHERE.keys()


def test_both_engines_say_the_same_to_the_letter(
    run: Run, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_file = told(run, "milestones.json")
    url = postgres.new_url()
    monkeypatch.setenv("TRACKER_FILE", url)
    in_database = told(run, url)
    for one, other in zip(in_file, in_database, strict=True):
        assert one == other
    assert not [text for text in in_file if "Traceback" in text]


def test_the_golden_screens_over_postgresql(
    run: Run, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_FILE", postgres.new_url())
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TRACKER_LANG", "zh")
    assert run("init", "--seed", "shandong-2021").code == 0
    golden("screens-zh-100", screens(run, 100))


UPDATE, RECORDED = "UPDATE milestones", ("INSERT changes", "UPDATE counts")


DOUBLES = ("store", "BEGIN", "counts", "milestones")
PARTS = NEWEST = "milestones"
"""What is part of something; the instant of the last change, after which the next is stamped."""


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("overdue", ["store", "BEGIN", "counts", "milestones"]),
        ("overdue --limit 2", ["store", "BEGIN", "counts", "milestones", "milestones"]),
        ("show 3", ["store", "BEGIN", "milestones", "BEGIN", PARTS]),
        ("done 3", ["store", "milestones", NEWEST, "WITH milestones"]),
        (
            "done 4 5",
            ["store", "milestones", "milestones", NEWEST, "BEGIN", UPDATE, UPDATE, *RECORDED],
        ),
        (
            "add One",
            [*DOUBLES, NEWEST, "BEGIN", "store", "INSERT milestones", "UPDATE store", *RECORDED],
        ),
        ("undo", ["store", "BEGIN", "milestones", NEWEST, UPDATE, *RECORDED]),
    ],
)
def test_a_command_asks_the_database_no_more_than_it_must(
    run: Run, postgres: Server, words: str, asked: list[str]
) -> None:
    url = postgres.new_url()
    run("init", "--seed", "shandong-2021", "--file", url)
    run("note", "7", "to be undone", "--file", url)
    with statements() as sent:
        assert run(*words.split(), "--file", url).code == 0
    # One change in a thousand forgets old keys as well.
    heard = [_gist(statement) for statement, _ in sent if not statement.startswith("DELETE")]
    assert heard == asked


def _gist(statement: str) -> str:
    """What is done, unless it is only read, and the first table that is named."""
    verb = statement.split(maxsplit=1)[0].replace("SELECT", "")
    return " ".join([verb, *re.findall("tracker_([a-z]+)", statement)[:1]]).strip()


@pytest.mark.parametrize(
    "words", [["list"], ["--file", "postgresql://u:secret@/other", "list"], ["init"]]
)
def test_a_password_is_never_shown(run: Run, postgres: Server, words: list[str]) -> None:
    url = f"postgresql://u:secret@/nowhere?host={postgres.folder}"
    ran = run(*words, "--file", url)
    assert ran.code != 0
    assert "secret" not in ran.out + ran.err
    assert "u:***@" in ran.err


def test_without_the_extra_it_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for name in [name for name in sys.modules if name.startswith("tracker.store.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    ran = run("list", "--file", "postgresql://host/name")
    assert ran.code == 13
    assert "pip install 'psycopg[binary]" in ran.err


def test_a_database_that_is_away_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("list", "--file", f"postgresql:///name?host={tmp_path}")
    assert ran.code == 13
    assert "cannot be reached" in ran.err
    assert len(ran.err.strip().splitlines()) == 1
