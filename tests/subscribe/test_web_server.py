"""A published folder given out by nginx, with the settings of docs/publishing.md and pages.md."""

from __future__ import annotations

import gzip
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.milestones import plain
from tests.programs import program
from tracker.settings import FeedSettings, Settings
from tracker.subscribe.folder import Folder
from tracker.subscribe.pieces import Content
from tracker.subscribe.publication import publish
from tracker.subscribe.release import release_type
from tracker.subscribe.site import Edition, Site

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def edition() -> Edition:
    m = plain(1, title="环路通车", owner="警察")
    settings = Settings(feeds=FeedSettings(dataset=True))
    return Site(settings).edition([m], m.history[0].on, m.history[0].at)


@pytest.fixture(scope="module")
def contents(edition: Edition) -> dict[str, Content]:
    return {path: made.content for path, made in edition.documents()}


@pytest.fixture(scope="module")
def nginx(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HTTPConnection]:
    path = program("nginx")
    folder = tmp_path_factory.mktemp("nginx")
    with Folder(folder / "public") as public:
        publish(public, edition.bundles(), edition.recipe)
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server, pages = (
        (ROOT / "docs" / name).read_text(encoding="utf-8").split("```nginx\n")[1].split("```")[0]
        for name in ("publishing.md", "pages.md")
    )
    server = server.rstrip().removesuffix("}") + pages + "}"
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = server.replace("/var/www/promises", str(folder / "public"))
    settings = folder / "nginx.conf"
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;"
        f"events {{}} http {{ access_log off; {temporary} {server} }}"
    )
    process = subprocess.Popen([path, "-p", str(folder), "-c", str(settings)], stderr=-1)
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(100):
        try:
            connection.connect()
            break
        except OSError:
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
            time.sleep(0.05)
    yield connection
    connection.close()
    process.terminate()
    process.communicate()


def answer(nginx: HTTPConnection, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    nginx.request("GET", f"/{path}", headers={n.replace("_", "-"): v for n, v in headers.items()})
    response = nginx.getresponse()
    return response, response.read()


def test_every_address_has_its_type_and_is_packed_for_who_takes_it(
    nginx: HTTPConnection, contents: dict[str, Content]
) -> None:
    types = {
        "all.json": "application/json",
        "ics": "text/calendar; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "json": "application/feed+json; charset=utf-8",
        "atom": "application/atom+xml; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
    }
    for path, content in contents.items():
        response, body = answer(nginx, path)
        assert (response.status, body) == (200, content.plain)
        kind = types.get(path, types.get(path.rpartition(".")[2], ""))
        if path.startswith("dataset/"):
            kind = release_type(path)
        assert response.headers["Content-Type"] == kind
        if ".gz" not in content.files:
            continue
        response, body = answer(nginx, path, Accept_Encoding="gzip")
        assert response.headers["Content-Encoding"] == "gzip"
        assert body == content.gzipped
        assert gzip.decompress(body) == content.plain
    assert answer(nginx, "")[1] == contents["index.html"].plain


def test_what_is_known_is_not_sent_again(nginx: HTTPConnection) -> None:
    etag = answer(nginx, "feed.ics")[0].headers["ETag"]
    response, body = answer(nginx, "feed.ics", If_None_Match=etag)
    assert (response.status, body) == (304, b"")


def test_nobody_frames_a_page_but_for_the_fragments(
    nginx: HTTPConnection, contents: dict[str, Content]
) -> None:
    for path in contents:
        policy = answer(nginx, path)[0].headers["Content-Security-Policy"]
        is_closed = path.endswith(".html") and "embed/" not in path
        assert policy == ("frame-ancestors 'none'" if is_closed else None), path


def test_the_list_of_files_is_not_given_out(nginx: HTTPConnection) -> None:
    assert answer(nginx, ".tracker-published.json")[0].status == 403
