"""What every command prints with `--format json`, against the schemas that are published."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Run
from tests.cli.test_engines import SAMPLE
from tests.contract import ENVELOPES, published
from tracker.cli.man import commands

SESSION = """
init --seed shandong-2021
add "Report" --due 2021-06-30 --made-on 2021-03-01 --repeat "every quarter" --target "3 reports"
start 4 --on 2021-04-02
postpone 4 2021-12-31 --on 2021-05-02
done 1 --on 2021-05-03 --evidence https://example.org/opening
done 15 --on 2021-06-20
status 2 partly-completed --on 2021-05-03
cancel 14 --on 2021-06-01
note 3 half --on 2021-05-02
edit 5 --title Straße --depends-on 4 --on 2021-06-03
correct 6 --due 2021-11-30 -m "read wrongly"
assess 1 partly --as "Audit office" --role auditor -m "three cities only"
remove 13 --on 2021-06-02
undo
redo
assign 3-5 --as 督查室 --on 2021-03-12
receive 3 4 --on 2021-03-15
feedback 3 -m half --on 2021-05-01
verify 3 --fails -m "no proof" --on 2021-05-03
close 3
feedback 3 --evidence report.pdf --on 2021-05-10
verify 3 --on 2021-05-12
close 3 --as 督查室 --on 2021-05-20
request-extension 4 +1m -m 招标 --on 2021-06-01
refuse-extension 4 -m no --on 2021-06-02
request-extension 4 +2m -m 招标 --on 2021-06-03
grant-extension 4 --on 2021-06-04
list --group tag
list nothing at all
overdue --as-of 2021-12-01
upcoming --as-of 2021-05-15
timeline
ready --as-of 2021-05-15
blocked --as-of 2021-05-15
agenda --from 2021-05-15 --as-of 2021-05-15
calendar --as-of 2021-05-15
show 3 4 5
show 99
log
report scorecard
report slippage
report ontime
report changes --since 2021-04-01
report source
report stale
report verdicts
report pending
report cycle
report week --as-of 2021-06-30
forecast --as-of 2021-12-01
forecast --backtest
digest --as-of 2021-12-01
when 6月底前
when 6月底前 "end of June"
extract SAMPLE
extract SAMPLE --why --add 1
head
copy milestones.json copied.json
merge copied.json milestones.json copied.json
diff milestones.json copied.json
check
check --head copied.json
check --sources .
publish site
token add 李处长 --tokens tokens.json
token list --tokens tokens.json
token revoke 李处长 --tokens tokens.json
evidence add 2 sheet.csv
evidence list
evidence show 2
evidence verify
evidence export -o kept
evidence collect
pull --list
import csv bad.csv
import csv sheet.csv
import json list.json
import ics feed.ics
import todotxt todo.txt
import taskwarrior tasks.json
import github issues.json
import sheet.csv
check --ics feed.ics
list --as-of never
"""
TASKS = (
    '[{"uuid": "5a1e11b0-0000-4000-8000-000000000000", "description": "Four", "status": "pending",'
    ' "entry": "20260301T080000Z"}]'
)
ISSUES = '[{"number": 1, "title": "v1", "state": "open", "due_on": "2026-12-01T08:00:00Z"}]'
ELSEWHERE = dict.fromkeys(
    ("sync", "evidence stamp"), "needs a server; its own tests go through the same check"
)


def test_every_command_prints_what_is_published(run: Run) -> None:
    Path("sheet.csv").write_text("title,due\nOne,6月底前\n", encoding="utf-8")
    Path("bad.csv").write_text("what\nOne\n", encoding="utf-8")
    Path("todo.txt").write_text("Three due:2026-12-01\n", encoding="utf-8")
    Path("tasks.json").write_text(TASKS, encoding="utf-8")
    Path("issues.json").write_text(ISSUES, encoding="utf-8")
    Path("list.json").write_text('[{"title": "Two"}]', encoding="utf-8")
    printed = set()
    for line in SESSION.strip().splitlines():
        if line.startswith("import ics"):
            run("export", "ics", "-o", "feed.ics")
        ran = run(*shlex.split(line.replace("SAMPLE", SAMPLE)), "--format", "json")
        assert ran.json["schema"] == "tracker/2", line  # `run` holds it against its schema
        printed.add(ran.json.get("command", "error"))
    assert printed | ELSEWHERE.keys() == ENVELOPES.keys()


def test_every_command_that_can_print_json_has_a_schema() -> None:
    for words, ctx in commands():
        can = any(
            "json" in getattr(param.type, "choices", ()) for param in ctx.command.params
        ) and not isinstance(ctx.command, click.Group)
        name = words.partition(" ")[2]
        if can and name.split()[0] not in ("import", "report", "export", "serve"):
            assert name in ENVELOPES, f"{words} has no schema"


def test_a_field_that_is_not_told_or_is_missing_is_seen() -> None:
    told = {"schema": "tracker/2", "command": "init", "store": "x", "count": 1}
    published.hold(json.dumps(told).encode())
    for wrong in (told | {"more": 1}, told | {"count": "1"}, {k: told[k] for k in list(told)[:3]}):
        with pytest.raises(AssertionError, match=r"init\.json does not describe"):
            published.hold(json.dumps(wrong).encode())


@pytest.mark.parametrize("path", sorted(published.FOLDER.iterdir()), ids=lambda path: path.stem)
def test_each_file_is_a_schema_that_the_contract_links(path: Path) -> None:
    Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
    page = (published.FOLDER.parent / "json.md").read_text(encoding="utf-8")
    assert re.search(rf"\(schemas/{re.escape(path.name)}\)", page), (
        f"docs/json.md has no {path.name}"
    )
