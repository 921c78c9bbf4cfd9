"""`tracker sync` against real CalDAV servers on loopback, and all that may go wrong on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NoKeyring

from tests.cli.conftest import Ran, Run
from tests.sync.servers import PASSWORD, PATIENCE, USER, Radicale, Server, Xandikos, running
from tests.sync.wire import Answer, Wire, wired

_NAMES = count(1)


@pytest.fixture(scope="module", params=[Radicale, Xandikos], ids=["radicale", "xandikos"])
def machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    kind: type[Server] = request.param
    with running(kind, tmp_path_factory.mktemp("caldav") / "server") as server:
        yield server


@pytest.fixture
def server(machine: Server) -> Server:
    """The server with an empty list of tasks for one test."""
    parent = type(machine).path.rstrip("/").rpartition("/")[0]
    machine.path = f"{parent}/list {next(_NAMES)}/".replace(" ", "-")
    machine.make(machine.path)
    return machine


@pytest.fixture(scope="module")
def one_radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(Radicale, tmp_path_factory.mktemp("caldav") / "server") as server:
        yield server


@pytest.fixture
def radicale(one_radicale: Server) -> Server:
    """A server that asks for the password, which Xandikos alone does not."""
    one_radicale.path = f"/{USER}/tasks-{next(_NAMES)}/"
    one_radicale.make(one_radicale.path)
    return one_radicale


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    with wired(server) as made:
        yield made


@pytest.fixture
def ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A store with two promises, and the password of the server."""
    monkeypatch.setenv("TRACKER_CALDAV_USER", USER)
    monkeypatch.setenv("TRACKER_CALDAV_PASSWORD", PASSWORD)
    run("init")
    run("add", "Open the ring road", "--due", "2031-06-30", "--owner", "Roads")
    run("add", "成立协会", "--due", "2031-09-30", "--tag", "data")
    return run


def uid(run: Run, id: int) -> str:
    return str(run("show", str(id), "--format", "json").json["milestones"][0]["uid"])


def fields(run: Run, id: int, *names: str) -> tuple[object, ...]:
    shown = run("show", str(id), "--format", "json").json["milestones"][0]
    return tuple(shown[name] for name in names)


def history(run: Run, id: int) -> list[dict[str, object]]:
    shown = run("show", str(id), "--format", "json").json["milestones"][0]["history"]
    return list(shown)


# -- the whole story ------------------------------------------------------------------------------


def test_add_change_postpone_complete_remove(ours: Run, server: Server) -> None:
    ran = ours("sync", server.url)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "2 sent, 0 taken back, 0 in conflict."
    road = uid(ours, 1)
    task = server.todo(road)
    assert "\nSUMMARY:Open the ring road\n" in task
    assert "\nDUE;VALUE=DATE:20310630\n" in task
    assert "\nSTATUS:NEEDS-ACTION\n" in task
    assert "METHOD" not in task
    assert "in step" in ours("sync", server.url).out

    ours("edit", "1", "--title", "Open the whole ring road")
    ours("postpone", "1", "2031-08-31", "--reason", "tender repeated")
    assert ours("sync", server.url).out.startswith("1 sent: changed there: Open the whole")
    task = server.todo(road)
    assert "\nSUMMARY:Open the whole ring road\n" in task
    assert "\nDUE;VALUE=DATE:20310831\n" in task
    assert "\nSEQUENCE:2\n" in task

    ours("done", "1")
    ours("remove", "2")
    ran = ours("sync", server.url)
    assert "2 deleted there" in ran.out
    assert "\nSTATUS:COMPLETED\n" in server.todo(road)
    assert len(server.hrefs()) == 1
    assert ours("sync", server.url).out.endswith("in step.\n")


def test_what_a_tasks_program_did_comes_back(ours: Run, server: Server) -> None:
    ours("sync", server.url)
    road, association = uid(ours, 1), uid(ours, 2)
    server.edit(
        road,
        ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nPERCENT-COMPLETE:100"),
        ("CREATED:(.*)", "CREATED:\\1\nCOMPLETED:20990101T000000Z"),
    )
    server.edit(
        association,
        ("DUE;VALUE=DATE:20310930", "DUE;VALUE=DATE:20311015"),
        ("STATUS:NEEDS-ACTION", "STATUS:IN-PROCESS\nPERCENT-COMPLETE:40"),
    )
    planned = ours("sync", server.url, "--dry-run")
    assert planned.code == 0
    assert planned.out.endswith("0 would be sent, 2 would be taken back, 0 in conflict.\n")
    assert fields(ours, 1, "status") == ("not-started",)

    ran = ours("sync", server.url)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("0 sent, 2 taken back, 0 in conflict.\n")
    assert fields(ours, 1, "status") == ("completed",)
    assert fields(ours, 2, "status", "percent", "due", "baseline_due") == (
        *("in-progress", 40),
        *("2031-10-15", "2031-09-30"),
    )
    told = {(change["by"], change["why"]) for change in history(ours, 2)[1:]}
    assert told == {(f"{USER} on 127.0.0.1:{server.port}", "changed in a tasks program")}
    assert ours("sync", server.url).out.endswith("in step.\n")

    server.edit(
        road,
        ("STATUS:COMPLETED", "STATUS:NEEDS-ACTION"),
        ("PERCENT-COMPLETE:100", "PERCENT-COMPLETE:0"),
    )
    ours("sync", server.url)
    assert fields(ours, 1, "status", "completed_on") == ("not-started", None)


def test_a_completion_keeps_its_day(ours: Run, server: Server) -> None:
    ours("add", "An old one", "--due", "2021-06-30", "--made-on", "2021-03-01")
    ours("sync", server.url)
    done = "STATUS:COMPLETED\nCOMPLETED:20210620T100000Z"
    server.edit(uid(ours, 3), ("STATUS:NEEDS-ACTION", done))
    assert "completed on 2021-06-20" in ours("sync", server.url).out
    assert fields(ours, 3, "completed_on") == ("2021-06-20",)


def test_what_others_put_into_a_task_stays(ours: Run, server: Server) -> None:
    ours("sync", server.url)
    road = uid(ours, 1)
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:-PT30M\nEND:VALARM"
    server.edit(
        road,
        ("SUMMARY:.*", "SUMMARY:Ring road!\nX-APPLE-SORT-ORDER:7\nLOCATION:Town hall"),
        ("END:VTODO", f"{alarm}\nEND:VTODO"),
    )
    ran = ours("sync", server.url)
    assert "is called “Ring road!” there" in ran.out
    assert fields(ours, 1, "title") == ("Open the ring road",)
    ours("postpone", "1", "2031-12-31")
    assert ours("sync", server.url).code == 0
    task = server.todo(road)
    for line in ("SUMMARY:Ring road!", "X-APPLE-SORT-ORDER:7", "LOCATION:Town hall"):
        assert f"\n{line}\n" in task
    assert "\nTRIGGER:-PT30M\n" in task
    assert "\nDUE;VALUE=DATE:20311231\n" in task
    ours("sync", server.url, "--prefer", "ours")
    assert "\nSUMMARY:Open the ring road\n" in server.todo(road)


def test_tasks_of_others_are_left_alone(ours: Run, server: Server) -> None:
    own = "BEGIN:VTODO\nUID:mine\nDTSTAMP:20210101T000000Z\nSUMMARY:Buy milk\nEND:VTODO\n"
    server.put("mine", f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{own}END:VCALENDAR\n")
    before = server.request("GET", f"{server.path}mine.ics")
    for _ in range(2):
        assert "1 of others left alone." in ours("sync", server.url).out
    after = server.request("GET", f"{server.path}mine.ics")
    assert before[1] == after[1]
    assert ours("list", "--format", "json").json["total"] == 2


def test_only_what_is_asked_for_is_looked_at(ours: Run, server: Server) -> None:
    assert ours("sync", server.url, "--tag", "data").out.startswith("2 sent: new there")
    assert len(server.hrefs()) == 1
    told = ours("sync", server.url, "--format", "json", "--dry-run").json
    assert [(c["id"], c["action"]) for c in told["changes"]] == [(1, "add")]
    assert (told["dry_run"], told["others"]) == (True, 0)


# -- conflicts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefer", ["ours", "theirs"])
def test_a_conflict_is_told_and_nothing_overwritten(ours: Run, server: Server, prefer: str) -> None:
    ours("sync", server.url)
    road = uid(ours, 1)
    ours("postpone", "1", "2031-07-31")
    server.edit(road, ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
    for _ in range(2):
        ran = ours("sync", server.url)
        assert ran.code == 32
        assert "due: 2031-07-31 here, 2031-08-15 there, 2031-06-30 when both last agreed" in ran.out
        assert "--prefer ours" in ran.err
    assert fields(ours, 1, "due") == ("2031-07-31",)
    assert "DUE;VALUE=DATE:20310815" in server.todo(road)
    told = ours("sync", server.url, "--format", "json")
    assert (told.code, told.json["changes"][0]["action"]) == (32, "conflict")
    assert ours("sync", server.url, "--prefer", prefer).code == 0
    day = "2031-07-31" if prefer == "ours" else "2031-08-15"
    assert fields(ours, 1, "due") == (day,)
    assert f"DUE;VALUE=DATE:{day.replace('-', '')}" in server.todo(road)
    assert ours("sync", server.url).out.endswith("in step.\n")


def test_changes_of_different_fields_are_no_conflict(ours: Run, server: Server) -> None:
    ours("sync", server.url)
    ours("postpone", "1", "2031-07-31")
    server.edit(uid(ours, 1), ("STATUS:NEEDS-ACTION", "STATUS:IN-PROCESS"))
    assert ours("sync", server.url).code == 0
    assert fields(ours, 1, "status", "due") == ("in-progress", "2031-07-31")
    assert "DUE;VALUE=DATE:20310731" in server.todo(uid(ours, 1))


def test_what_was_deleted_there_is_not_lost_here(ours: Run, server: Server) -> None:
    ours("sync", server.url)
    server.delete(uid(ours, 1))
    assert ours("sync", server.url).code == 32
    assert fields(ours, 1, "status") == ("not-started",)
    assert ours("sync", server.url, "--prefer", "theirs").code == 0
    assert ours("sync", server.url).out.endswith("in step.\n")
    assert len(server.hrefs()) == 1
    assert ours("sync", server.url, "--prefer", "ours").code == 0
    assert len(server.hrefs()) == 2


def test_what_was_removed_here_and_changed_there_is_a_conflict(ours: Run, server: Server) -> None:
    ours("sync", server.url)
    road = uid(ours, 1)
    server.edit(road, ("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    ours("remove", "1")
    assert ours("sync", server.url).code == 32
    assert len(server.hrefs()) == 2
    ours("sync", server.url, "--prefer", "ours")
    assert len(server.hrefs()) == 1


def test_a_lost_state_destroys_nothing_and_hides_nothing(
    ours: Run, server: Server, home: Path
) -> None:
    ours("sync", server.url)
    (state,) = home.glob(".milestones.json.sync-*")
    server.edit(uid(ours, 1), ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
    ours("postpone", "2", "2031-12-31")
    for damage in (b"", b'{"url": 7}', b"\xff", None):
        if damage is None:
            state.unlink()
        else:
            state.write_bytes(damage)
        assert ours("sync", server.url, "--dry-run").out.endswith(
            "1 would be sent, 1 would be taken back, 0 in conflict.\n"
        )
    assert ours("sync", server.url).code == 0
    assert fields(ours, 1, "due") == ("2031-08-15",)
    assert "DUE;VALUE=DATE:20311231" in server.todo(uid(ours, 2))
    assert len(server.hrefs()) == 2


# -- what goes wrong on the way -------------------------------------------------------------------


def test_the_line_is_cut_in_the_middle(ours: Run, server: Server, wire: Wire) -> None:
    wire.before = lambda method, number: (method, number) == ("PUT", 2)
    ran = ours("sync", wire.url)
    assert ran.code == 30
    assert "cannot be reached" in ran.err
    assert ran.out.startswith("1 sent: new there")
    assert len(server.hrefs()) == 1
    wire.before = lambda _method, _number: False
    assert ours("sync", wire.url).out.endswith("1 sent, 0 taken back, 0 in conflict.\n")
    assert len(server.hrefs()) == 2


def test_an_answer_that_is_lost_doubles_nothing(ours: Run, server: Server, wire: Wire) -> None:
    wire.after = lambda method, number: (method, number) == ("PUT", 1)
    assert ours("sync", wire.url).code == 30
    assert len(server.hrefs()) == 1
    wire.after = lambda _method, _number: False
    assert ours("sync", wire.url).out.endswith("1 sent, 0 taken back, 0 in conflict.\n")
    assert len(server.hrefs()) == 2


def test_somebody_else_is_faster(ours: Run, server: Server, wire: Wire) -> None:
    ours("sync", wire.url)
    road = uid(ours, 1)
    ours("edit", "1", "--title", "Another title")

    def meanwhile(method: str, _number: int) -> bool:
        if method == "PUT":
            server.edit(road, ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
        return False

    wire.before = meanwhile
    ran = ours("sync", wire.url)
    assert ran.code == 32
    assert "during this sync" in ran.out
    assert "DUE;VALUE=DATE:20310815" in server.todo(road)
    wire.before = lambda _method, _number: False
    assert ours("sync", wire.url).code == 0
    assert fields(ours, 1, "due", "title") == ("2031-08-15", "Another title")
    assert "SUMMARY:Another title" in server.todo(road)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system kills in other ways")
@pytest.mark.parametrize("machine", [Xandikos], indirect=True, ids=["xandikos"])
def test_killed_at_any_request_nothing_is_doubled_or_lost(
    ours: Run, server: Server, wire: Wire
) -> None:
    """Each sync is killed as one of its requests is answered, the next after the one before."""
    ours("sync", wire.url)
    ours("remove", "2")
    ours("add", "A third one", "--due", "2031-12-31")
    server.edit(uid(ours, 1), ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
    finished = -1
    for last in count(1):
        before = sum(wire.counts.values())
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker", "sync", wire.url],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )

        def kill(
            _method: str,
            _number: int,
            process: subprocess.Popen[bytes] = process,
            at: int = before + last,
        ) -> bool:
            if sum(wire.counts.values()) == at:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
            return False

        wire.after = kill
        finished = process.wait()
        if finished == 0:
            break
        assert finished == -signal.SIGKILL
    wire.after = lambda _method, _number: False
    assert last > 2, "nothing was killed"
    assert len(server.hrefs()) == 2
    assert fields(ours, 1, "due", "revisions") == ("2031-08-15", 1)
    assert "DUE;VALUE=DATE:20311231" in server.todo(uid(ours, 3))
    assert ours("sync", wire.url).out.endswith("in step.\n")


def test_two_trackers_share_a_list(
    ours: Run, server: Server, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two copies of one store: what either does reaches the other, and then there is peace."""
    ours("sync", server.url)
    shutil.copy(home / "milestones.json", home / "theirs.json")

    def theirs(*words: str) -> Ran:
        monkeypatch.setenv("TRACKER_FILE", str(home / "theirs.json"))
        ran = ours(*words)
        monkeypatch.delenv("TRACKER_FILE")
        return ran

    assert theirs("sync", server.url).code == 0
    theirs("postpone", "1", "2031-08-15")
    theirs("edit", "2", "--title", "Found the association", "--tag", "law")
    ours("done", "2")
    assert theirs("sync", server.url).code == 0
    ran = ours("sync", server.url)
    assert ran.code == 0
    assert "is called “Found the association” there" in ran.out
    assert theirs("sync", server.url).code == 0
    assert fields(ours, 1, "due") == ("2031-08-15",)
    told = theirs("show", "2", "--format", "json").json["milestones"][0]
    assert (told["status"], told["title"]) == ("completed", "Found the association")
    assert ours("sync", server.url).code == 0
    for one in (theirs, ours, theirs):
        assert one("sync", server.url).out.endswith("in step.\n")
    assert "SUMMARY:✓ done: Found the association\n" in server.todo(uid(ours, 2))
    assert len(server.hrefs()) == 2

    ours("postpone", "1", "2031-10-01")
    theirs("postpone", "1", "2031-11-01")
    assert ours("sync", server.url).code == 0
    assert theirs("sync", server.url).code == 32
    assert "DUE;VALUE=DATE:20311001" in server.todo(uid(ours, 1))


ANSWERS: dict[int, tuple[int, str]] = {
    401: (31, "does not accept this user name and password"),
    403: (31, "does not allow this"),
    404: (30, "knows no such"),
    500: (30, "HTTP status 500"),
    503: (30, "HTTP status 503"),
    507: (30, "has no room left"),
}


@pytest.mark.parametrize("status", sorted(ANSWERS))
def test_each_refusal_is_one_sentence_and_a_code(ours: Run, radicale: Server, status: int) -> None:
    """Whatever is asked for when it comes: looking, fetching, writing or deleting."""
    code, words = ANSWERS[status]
    with wired(radicale) as wire:
        ours("sync", wire.url)
        radicale.edit(uid(ours, 1), ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
        ours("postpone", "2", "2031-12-31")
        for asked in ("PROPFIND", "REPORT", *(("PUT",) if status not in (403, 500) else ())):
            wire.instead = lambda method, asked=asked: (  # type: ignore[misc]  # bound at once
                (status, {}, b"<html>No</html>") if method == asked else None
            )
            ran = ours("sync", wire.url)
            assert (ran.code, words in ran.err) == (code, True), (asked, ran.err)
            assert ran.err.startswith("tracker: 127.0.0.1:")
            assert ran.err.count("\n") == 1
            assert PASSWORD not in ran.err + ran.out
        wire.instead = lambda _method: None
        assert ours("sync", wire.url).code == 0
        ours("remove", "2")
        wire.instead = lambda method: (status, {}, b"") if method == "DELETE" else None
        ran = ours("sync", wire.url)
        # What is gone already is what was wanted.
        assert ran.code == {404: 0, 403: 34, 500: 34}.get(status, code)


REFUSALS = {
    403: "does not allow this",
    409: "has another task with this UID",
    413: "finds this task too large",
    415: "takes no such task",
    423: "has this task locked",
    500: "fails at this task",
}


def test_what_is_refused_names_its_milestone_and_stops_nothing(ours: Run, radicale: Server) -> None:
    with wired(radicale) as wire:
        ours("sync", wire.url)
        for number, (status, words) in enumerate(REFUSALS.items()):
            ours("edit", "1", "--title", f"Road {number}")
            ours("edit", "2", "--title", f"Board {number}")
            answers: Iterator[Answer | None] = iter([(status, {}, b"<html>No</html>"), None])
            wire.instead = lambda method, answers=answers: (  # type: ignore[misc]  # bound at once
                next(answers) if method == "PUT" else None
            )
            ran = ours("sync", wire.url)
            assert ran.code == 34
            assert ran.out.startswith("1 REFUSED there, 127.0.0.1:")
            assert words in ran.out
            assert ran.out.endswith("1 sent, 0 taken back, 0 in conflict, 1 refused.\n")
            wire.instead = lambda _method: None
            assert ours("sync", wire.url).out.endswith("1 sent, 0 taken back, 0 in conflict.\n")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nothing_is_sent_where_a_server_sends_on_to(
    ours: Run, radicale: Server, status: int
) -> None:
    with wired(radicale) as wire:
        there = {"Location": f"http://127.0.0.1:{radicale.port}/elsewhere/"}
        wire.instead = lambda _method: (status, there, b"")
        ran = ours("sync", wire.url)
    assert (ran.code, ran.err.count("\n")) == (30, 1)
    assert f"sends on to http://127.0.0.1:{radicale.port}/elsewhere/" in ran.err


@pytest.mark.parametrize("spelt", ['W/"{}"', "{}"])
def test_a_weak_or_bare_etag_is_understood(ours: Run, radicale: Server, spelt: str) -> None:
    """As a proxy that compresses spells them, or a server that reads no RFC."""
    with wired(radicale) as wire:
        wire.etag = spelt
        ours("sync", wire.url)
        radicale.edit(uid(ours, 1), ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
        ours("postpone", "2", "2031-12-31")
        assert ours("sync", wire.url).out.endswith("1 sent, 1 taken back, 0 in conflict.\n")
        assert "in step" in ours("sync", wire.url).out
        ours("remove", "2")
        assert ours("sync", wire.url).code == 0
        assert len(radicale.hrefs()) == 1


HOSTILE = {
    "nothing": b"",
    "no XML": b"\x00\xff" * 9,
    "a page": b"<html><p>Log in</html>",
    "another answer": b'<?xml version="1.0"?><D:error xmlns:D="DAV:"/>',
    "an empty answer": b'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"/>',
    "a bomb": b'<?xml version="1.0"?><!DOCTYPE x ['
    + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha" * 50) for n in range(12)
    )
    + b']><D:multistatus xmlns:D="DAV:"><D:response><D:href>&a11;</D:href></D:response>'
    b"</D:multistatus>",
    "a file": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>&f;</D:href></D:response></D:multistatus>',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("asked", ["PROPFIND", "REPORT"])
def test_a_hostile_answer_is_refused_in_a_sentence(
    ours: Run, radicale: Server, asked: str, name: str
) -> None:
    xml = {"Content-Type": "text/xml; charset=utf-8", "DAV": "1, calendar-access"}
    with wired(radicale) as wire:
        ours("sync", wire.url)
        radicale.edit(uid(ours, 1), ("DUE;VALUE=DATE:20310630", "DUE;VALUE=DATE:20310815"))
        wire.instead = lambda method: (207, xml, HOSTILE[name]) if method == asked else None
        ran = ours("sync", wire.url)
        assert ran.code in (6, 30, 32)
        assert "Traceback" not in ran.err
        assert "root:" not in ran.err + ran.out
        assert fields(ours, 1, "due") == ("2031-06-30",)
        wire.instead = lambda _method: None
        assert ours("sync", wire.url).code == 0
        assert fields(ours, 1, "due") == ("2031-08-15",)


def test_a_server_that_never_answers(
    ours: Run, radicale: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.sync.server.SECONDS", 2)
    finished = Event()
    with wired(radicale) as wire:
        wire.before = lambda _method, _number: finished.wait(PATIENCE)
        ran = ours("sync", wire.url)
        finished.set()
    assert ran.code == 30
    assert "gave no answer within 2 seconds" in ran.err


def test_a_server_that_is_away_or_is_none(ours: Run, server: Server, wire: Wire) -> None:
    server.stop()
    try:
        ran = ours("sync", server.url)
        assert (ran.code, ran.out) == (30, "")
        assert "refused" in ran.err
    finally:
        server.start()
    wire.after = lambda _method, _number: True
    assert ours("sync", wire.url).code == 30
    told = ours("sync", wire.url, "--format", "json")
    assert told.json["error"]["code"] == "server-unavailable"


def test_a_path_that_is_no_list_of_tasks(ours: Run, server: Server) -> None:
    base = server.url.removesuffix(server.path)
    assert ours("sync", f"{base}/{USER}/nowhere-at-all/").code in (6, 30)
    assert ours("sync", f"{base}/{USER}/").code == 6
    only_events = f"{server.path.rstrip('/')}-events/"
    server.make(only_events, "VEVENT")
    ran = ours("sync", f"{base}{only_events}")
    assert ran.code == 6
    assert "takes no tasks" in ran.err


# -- credentials and addresses --------------------------------------------------------------------


class _OneKey(KeyringBackend):
    """A keyring with one entry."""

    priority = 1

    def __init__(self, service: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.service = service

    def get_password(self, service: str, username: str) -> str | None:
        return PASSWORD if (service, username) == (self.service, USER) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_passwords_are_asked_for_kept_out_and_found(
    ours: Run, radicale: Server, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = radicale.url
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]  # the library's
        monkeypatch.setenv("TRACKER_CALDAV_PASSWORD", "wrong secret")
        ran = ours("sync", url)
        assert ran.code == 31
        assert "does not accept" in ran.err
        assert "wrong secret" not in ran.out + ran.err
        monkeypatch.delenv("TRACKER_CALDAV_PASSWORD")
        monkeypatch.delenv("TRACKER_CALDAV_USER")
        ran = ours("sync", url)
        assert ran.code == 31
        assert "keyring set tracker:127.0.0.1" in ran.err
        monkeypatch.setenv("TRACKER_CALDAV_USER", USER)
        keyring.set_keyring(_OneKey(f"tracker:127.0.0.1:{radicale.port}"))
        assert ours("sync", url).code == 0
    finally:
        keyring.set_keyring(before)
    kept = [path.read_text(encoding="utf-8") for path in home.iterdir()]
    assert kept
    assert not [text for text in kept if PASSWORD in text]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("caldav://me:secret@dav.example.org/x/", "must not hold a user name or password"),
        ("caldav://me@dav.example.org/x/", "must not hold a user name or password"),
        ("http://dav.example.org/x/", "can read the password"),
        ("ftp://dav.example.org/x/", "not the address"),
        ("dav.example.org/x/", "not the address"),
        ("caldav://", "not the address"),
        ("caldav://host:port/", "not the address"),
        ("caldav://host/?a=b", "not the address"),
    ],
)
def test_an_address_that_is_none_is_refused(ours: Run, address: str, words: str) -> None:
    ran = ours("sync", address)
    assert ran.code == 6
    assert words in ran.err
    assert "secret" not in ran.err + ran.out


def test_without_the_library_it_says_what_to_install(
    ours: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "caldav.davclient", None)
    ran = ours("sync", "caldav://127.0.0.1:9/x/")
    assert ran.code == 33
    assert "pip install 'caldav" in ran.err
