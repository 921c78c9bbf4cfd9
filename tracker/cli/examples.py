"""Two things or more to type for every command, as its help shows them."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("tracker", "tracker --file ../office/milestones.json overdue", "tracker help postpone"),
    "init": ("tracker init", "tracker init --seed shandong-2021 --seed shandong-2020"),
    "add": (
        'tracker add "Open the new bridge" --due "end of June" --owner "Roads office"',
        "tracker add 季度通报 --due 6月底前 --owner 省大数据局 --repeat 每季度",
    ),
    "status": ("tracker status 3 partly-completed -m 34项已上线", "tracker status 3 in-progress"),
    "start": ("tracker start 3", "tracker start 3 4 --on 2026-05-01"),
    "done": (
        "tracker done 3 --evidence https://example.org/opened",
        "tracker done 3 --on 2026-06-20",
    ),
    "cancel": ('tracker cancel 7 -m "merged with 8"', "tracker cancel 7 8"),
    "postpone": (
        'tracker postpone 3 "end of September" -m "tender repeated"',
        "tracker postpone 3 4 +2w -m 招标重新进行",
    ),
    "correct": (
        'tracker correct 3 --due 2026-06-30 -m "typed 2027 for 2026"',
        'tracker correct 3 --completed-on 2026-06-20 -m "as the minutes say"',
    ),
    "assess": (
        'tracker assess 3 partly --as "Audit office" --role auditor --evidence report.pdf',
        "tracker assess 3 已兑现 --as 审计局 --role 审计",
    ),
    "assign": (
        'tracker assign 3 --as "Supervision office"',
        "tracker assign --owner 大数据 --as 督查室 --on 2026-03-10",
    ),
    "receive": ("tracker receive 3", "tracker receive 3-5 --on 2026-03-12"),
    "feedback": (
        'tracker feedback 3 -m "two of three lots are built" --evidence report.pdf',
        "tracker feedback 3 -m 已完成主体施工 --on 2026-06-01",
    ),
    "verify": (
        'tracker verify 3 --as "Audit office"',
        "tracker verify 3 --fails -m 现场与反馈不符",
    ),
    "close": ("tracker close 3", "tracker close 3 4 --on 2026-06-30"),
    "request-extension": (
        'tracker request-extension 3 "end of September" -m "tender repeated"',
        "tracker request-extension 3 +2w -m 招标重新进行",
    ),
    "grant-extension": (
        "tracker grant-extension 3",
        "tracker grant-extension 3 --as 督查室 -m 情况属实",
    ),
    "refuse-extension": (
        'tracker refuse-extension 3 -m "the date was agreed"',
        "tracker refuse-extension 3 --as 督查室 -m 理由不充分",
    ),
    "edit": ("tracker edit 3 --owner 省大数据局 --tag 政务", "tracker edit 3-5"),
    "note": (
        'tracker note 3 "two of three tenders are out"',
        "tracker note 3 见第5页 --evidence https://example.org/report",
    ),
    "evidence": ("tracker evidence list 3", "tracker evidence verify"),
    "evidence add": (
        "tracker evidence add 3 验收报告.pdf",
        "tracker evidence add 3 https://example.org/opened --fetch",
    ),
    "evidence list": ("tracker evidence list", "tracker evidence list 3 --format json"),
    "evidence show": ("tracker evidence show 3", "tracker evidence show 3f573bfa"),
    "evidence verify": (
        "tracker evidence verify",
        "tracker evidence verify 3 --tsa-cert authority.pem",
    ),
    "evidence export": (
        "tracker evidence export -o evidence-of-2026",
        "tracker evidence export 3 -o files",
    ),
    "evidence stamp": (
        "tracker evidence stamp 3 --tsa https://tsa.example.org",
        "tracker evidence stamp 3f573bfa --tsa https://tsa.example.org --tsa-cert authority.pem",
    ),
    "evidence collect": ("tracker evidence collect", "tracker evidence collect --yes"),
    "remove": ('tracker remove 9 --mistake -m "entered twice"', "tracker remove 9"),
    "undo": ("tracker undo", "tracker undo 3f573bfa"),
    "redo": ("tracker redo", "tracker redo --by Li"),
    "list": (
        "tracker list --status open --owner 大数据",
        'tracker list --due-to "end of March" --sort owner --format csv',
    ),
    "overdue": ("tracker overdue", "tracker overdue --as-of 2021-07-01 --exit-code"),
    "upcoming": ("tracker upcoming", "tracker upcoming --within 2w --owner 教育局"),
    "ready": ("tracker ready", 'tracker ready --owner "Roads office"'),
    "blocked": ("tracker blocked", "tracker blocked --tag bridge"),
    "agenda": ("tracker agenda", 'tracker agenda --from "next month" --within 8w --owner 大数据'),
    "calendar": ("tracker calendar", "tracker calendar --months 12 --standing overdue"),
    "show": ("tracker show 3", "tracker show 1-3,7 --as-of 2021-07-01"),
    "open": ("tracker open 3", "tracker open 3 --evidence --print"),
    "timeline": ("tracker timeline --by-owner", "tracker timeline --status open --forecast"),
    "log": ("tracker log 3 --limit 5", "tracker log --since 'last week'"),
    "report": ("tracker report scorecard", "tracker report week --format docx -o week.docx"),
    "report changes": (
        "tracker report changes --since 2026-11-01",
        "tracker report changes --since 2026-01-01 --corrections",
    ),
    "report cycle": (
        "tracker report cycle",
        "tracker report cycle --owner 大数据 --as-of 2026-06-30",
    ),
    "report month": ("tracker report month", "tracker report month --format html -o month.html"),
    "report ontime": ("tracker report ontime", "tracker report ontime --owner 大数据 --format csv"),
    "report pending": (
        "tracker report pending",
        "tracker report pending --days 7 --format csv",
    ),
    "report scorecard": (
        "tracker report scorecard",
        "tracker report scorecard --as-of 2021-10-15 --due-soon-days 14",
    ),
    "report slippage": (
        "tracker report slippage",
        'tracker report slippage --owner "Roads office" --format md',
    ),
    "report source": ("tracker report source", "tracker report source --owner 教育局"),
    "report stale": ("tracker report stale --days 60", "tracker report stale --tag bridge"),
    "report verdicts": ("tracker report verdicts", "tracker report verdicts --days 30"),
    "report week": ("tracker report week", "tracker report week --format docx -o week.docx"),
    "forecast": ("tracker forecast --owner 大数据", "tracker forecast --backtest"),
    "digest": ("tracker digest", "tracker digest --since 2026-11-01 --format html"),
    "extract": (
        "tracker extract conference.html --review",
        "tracker extract 工作报告.docx --made-on 2026-02-10",
    ),
    "when": ('tracker when "end of next quarter"', "tracker when 年底前 --anchor 2021-03-10"),
    "export": ("tracker export ics -o feed.ics", "tracker export ledger -o 台账.xlsx"),
    "export csv": ("tracker export csv -o all.csv", "tracker export csv --owner 大数据"),
    "export dataset": (
        "tracker export dataset release --licence CC-BY-4.0",
        "tracker export dataset march --as-of 2026-03-31 --release 2026-Q1",
    ),
    "export html": (
        "tracker export html -o milestones.html",
        "tracker --lang zh export html --title 重点任务 -o 任务.html",
    ),
    "export ics": ("tracker export ics -o feed.ics", "tracker export ics --alarm 7d,1d"),
    "export json": ("tracker export json -o all.json", "tracker export json --tag bridge"),
    "export ledger": (
        "tracker --lang zh export ledger --title 重点任务督查台账 -o 台账.xlsx",
        "tracker export ledger --format csv -o ledger.csv",
    ),
    "export md": ("tracker export md -o milestones.md", "tracker export md --status open"),
    "export svg": (
        "tracker export svg -o timeline.svg",
        "tracker export svg --by-owner --title Promises -o timeline.svg",
    ),
    "import": (
        "tracker import 督查台账.xlsx --dry-run",
        "tracker import tracker.csv --map 'Target=due' --made-on 2026-01-10",
    ),
    "import csv": ("tracker import csv all.csv", "tracker import csv - < all.csv"),
    "import github": (
        "gh api repos/OWNER/REPO/milestones?state=all > m.json && tracker import github m.json",
        "tracker import github m.json --dry-run",
    ),
    "import ics": (
        "tracker import ics calendar.ics",
        "tracker import ics tasks.ics --from 2026-01-01",
    ),
    "import json": ("tracker import json all.json", "tracker import json milestones.jsonl"),
    "import sheet": (
        "tracker import sheet 台账.xlsx --sheet 2026年",
        "tracker import sheet ledger.csv --rejects bad.csv",
    ),
    "import taskwarrior": (
        "task export > tasks.json && tracker import taskwarrior tasks.json",
        "tracker import taskwarrior tasks.json --dry-run",
    ),
    "import todotxt": (
        "tracker import todotxt todo.txt",
        "tracker import todotxt todo.txt --dry-run",
    ),
    "notify": (
        "tracker notify mailto://office:secret@example.org?to=head@example.org",
        "tracker notify --only-if-due --dry-run",
    ),
    "publish": (
        "tracker publish site --base-url https://promises.example.org",
        "tracker publish site --overwrite",
    ),
    "serve": (
        "tracker serve",
        "tracker serve --host 0.0.0.0 --base-url https://promises.example.org",
    ),
    "mcp": ("tracker mcp --documents ~/speeches", "tracker mcp --write --http --port 8766"),
    "token": ("tracker token add 李处长", "tracker token list"),
    "token add": ("tracker token add 李处长", "tracker token add Roads --owner Roads"),
    "token list": ("tracker token list", "tracker token list --format json"),
    "token revoke": ("tracker token revoke 李处长", "tracker token revoke Roads"),
    "sync": (
        "tracker sync https://dav.example.org/office/promises/ --dry-run",
        "tracker sync https://dav.example.org/office/promises/ --prefer ours",
    ),
    "check": (
        "tracker check",
        "tracker check --head 9f3c1a2b",
        "tracker check --ics feed.ics",
    ),
    "head": ("tracker head", "tracker head --format json"),
    "pull": (
        "tracker pull https://promises.example.org --name jinan",
        "tracker pull ../jinan/dataset --name jinan",
    ),
    "diff": ("tracker diff march june", "tracker diff copy.json milestones.json --exit-code"),
    "merge": (
        "tracker merge base.json mine.json theirs.json -o milestones.json",
        "tracker merge base.json mine.json theirs.json --prefer ours -o milestones.json",
    ),
    "copy": (
        "tracker copy milestones.json backup.json",
        "tracker copy milestones.json postgresql://tracker@db/tracker",
    ),
    "completion": ("tracker completion install", "tracker completion -s zsh"),
    "docs": ("tracker docs", "tracker docs --print"),
    "help": ("tracker help postpone", "tracker help export ledger"),
}
"""By the words of a command behind `tracker`."""
