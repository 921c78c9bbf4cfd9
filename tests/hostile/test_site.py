"""Owners, tags and filters named to lead elsewhere: every address stays below its own root."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from tests.fuzz.oracles import Markup
from tests.hostile.texts import TEXTS
from tests.milestones import plain
from tests.subscribe.server.serving import serving
from tracker.errors import BadValue
from tracker.ics.check.rule import Severity
from tracker.ics.check.runner import check
from tracker.model import Milestone
from tracker.settings import FilterWords, Settings
from tracker.store import open_store
from tracker.subscribe.site import Site
from tracker.subscribe.slugs import slug
from tracker.texts import folded

DAY = date(2021, 7, 1)
ELSEWHERE = r"""
    .. ../.. / /etc/passwd C:\Windows \\host\share a/../../b %2e%2e%2f . index feed robots.txt
    con nul.ics -rf ~root 。 ／
"""
NAMES = [*TEXTS.values(), *ELSEWHERE.split(), "x" * 300]
ADDRESS = re.compile(
    r"(tasks/)?(owner|tag|filter)/[a-z0-9_-]{1,57}\.ics|(feed|tasks)\.ics|robots\.txt|all\.csv"
    r"|(zh/)?(owner|tag|filter|quarter|promise|embed)/[a-z0-9_-]{1,57}(\.[0-9]+)?\.html"
    r"|promise/[0-9a-z-]{36,37}\.ics|(zh/)?(card|badge)/[0-9a-z-]{36,37}\.(svg|png)"
    r"|((digest/)?(owner|tag|filter|promise)/[a-z0-9_-]{1,57}|changes|digest|all)(\.[0-9]+)?\.(atom|json)"
    r"|(zh/)?(index|promises|owners|tags|quarters|filters)(\.[0-9]+)?\.html"
)


def named() -> Iterator[Milestone]:
    """Each name as an owner, if it may be one, and as a tag."""
    for n, name in enumerate(NAMES, 1):
        try:
            yield plain(n, title=f"Promise {n}", owner=name, tags=(name,))
        except BadValue:
            yield plain(n, title=f"Promise {n}", tags=(name,))


def test_names_become_addresses_that_lead_nowhere_else() -> None:
    filters: dict[str, FilterWords] = {name: {"tag": name} for name in NAMES}
    site = Site(Settings(filters=filters), "https://promises.example.org")
    milestones = list(named())
    owners = {m.owner for m in milestones if m.owner}
    edition = site.edition(milestones, DAY, datetime(2021, 7, 1, tzinfo=UTC))
    paths = [path for bundle in edition.bundles() for path in bundle.paths]
    assert [path for path in paths if not ADDRESS.fullmatch(path)] == []
    assert len({path.casefold() for path in paths}) == len(paths)
    for group, names in (("owner", owners), ("tag", set(NAMES)), ("filter", set(NAMES))):
        found = sum(path.startswith(f"{group}/") and path.endswith(".ics") for path in paths)
        assert found == len(set(map(slug, names))) > 30
    for path in paths:
        if path.endswith(".ics") and not path.startswith("promise/"):
            document = edition.document(path)
            assert document is not None
            faults = check(document.content.plain)
            assert [fault for fault in faults if fault.severity is not Severity.NOTE] == []
    page = edition.document("index.html")
    assert page is not None
    told = Markup(page.content.plain.decode())
    assert told.tags.count("script") == 1
    assert not {name for name in told.attributes if name.startswith("on")}


def test_they_are_served_and_the_names_themselves_are_not(tmp_path: Path) -> None:
    store = tmp_path / "milestones.json"
    milestones = list(named())
    open_store(str(store)).create(milestones)
    with serving(store) as server:
        page = server.get("/").body.decode()
        owners = set(re.findall(r'href="webcal://[^/]+/(owner/[^"]+)"', page))
        assert len(owners) == len({folded(m.owner) for m in milestones if m.owner})
        for path in sorted(owners):
            assert ADDRESS.fullmatch(path)
            assert server.get(f"/{path}").body.count(b"BEGIN:VEVENT") >= 1
        for path in ("/owner/../../etc/passwd", "/owner/%2e%2e/feed.ics", "/owner/..%2f.ics"):
            assert server.get(path).status == 404
