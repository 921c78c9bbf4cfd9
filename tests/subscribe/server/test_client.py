"""Calendar programs subscribed to `tracker serve`, while milestones are changed by commands."""

from __future__ import annotations

from pathlib import Path

from tests.ics.clients.conftest import home
from tests.ics.clients.evolution import subscribed
from tests.vdirsyncer import Vdirsyncer
from tracker.store import open_store

from .serving import Server, serving, until

__all__ = ["home"]


def _changed(server: Server, *words: str) -> None:
    before = server.get("/feed.ics").headers["etag"]
    server.tracker(*words)
    until(lambda: server.get("/feed.ics").headers["etag"], lambda tag: tag != before)


def test_vdirsyncer_and_khal_show_what_commands_did(tmp_path: Path, home: dict[str, str]) -> None:
    folder = tmp_path / "reader"
    folder.mkdir()
    store = tmp_path / "milestones.json"
    open_store(str(store)).create([])
    with serving(store) as server:
        url = f"http://127.0.0.1:{server.port}/feed.ics"
        for title, due in (("Open the ring road", "2021-06-30"), ("成立协会", "2021-09-30")):
            _changed(server, "add", title, "--due", due, "--on", "2021-03-10")
        reader = Vdirsyncer(folder, home, {"type": "http", "url": url})
        assert reader.sync() == (2, 0)
        assert reader.agenda() == [
            ("2021-06-30", "OVERDUE: Open the ring road"),
            ("2021-09-30", "OVERDUE: 成立协会"),
        ]
        _changed(server, "postpone", "1", "2021-08-31", "--on", "2021-06-01")
        _changed(server, "done", "2", "--on", "2021-09-01")
        assert reader.sync() == (2, 2)
        assert reader.agenda() == [
            ("2021-08-31", "OVERDUE: Open the ring road"),
            ("2021-09-30", "✓ done: 成立协会"),
        ]
        _changed(server, "remove", "1")
        assert reader.sync() == (1, 1)
        assert reader.agenda()[0] == ("2021-08-31", "removed: Open the ring road")
        assert reader.sync() == (0, 0)


def test_evolution_shows_what_commands_did_and_fetches_no_more(
    tmp_path: Path, home: dict[str, str]
) -> None:
    store = tmp_path / "milestones.json"
    open_store(str(store)).create([])
    with serving(store, "--port", "0", "--access-log") as server:
        for title, due in (("Open the ring road", "2021-06-30"), ("成立协会", "2021-09-30")):
            _changed(server, "add", title, "--due", due, "--on", "2021-03-10")
        one, two = (milestone.uid for milestone in open_store(str(store)).all())
        with subscribed(server.port, home) as evolution:
            expected = {
                one: ("2021-06-30", "OVERDUE: Open the ring road"),
                two: ("2021-09-30", "OVERDUE: 成立协会"),
            }
            assert evolution.comes_to_show(expected) == expected
            _changed(server, "postpone", "1", "2021-08-31", "--on", "2021-06-01")
            _changed(server, "done", "2", "--on", "2021-09-01")
            expected = {
                one: ("2021-08-31", "OVERDUE: Open the ring road"),
                two: ("2021-09-30", "✓ done: 成立协会"),
            }
            assert evolution.comes_to_show(expected) == expected
            before = server.said
            assert evolution.refreshed() == expected
            after = until(lambda: server.said, lambda said: said != before)
            fetched = after.removeprefix(before).splitlines()
            assert set(fetched) == {"127.0.0.1 GET /feed.ics 304"}
