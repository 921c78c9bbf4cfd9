"""Pages fetched as web archives, from a server of the test's own, and timestamps."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.cli.conftest import Run
from tracker.errors import BadInput
from tracker.evidence.fetching import _is_public
from tracker.evidence.stamping import read

PAGE = "<p>The bridge was opened, 大桥已通车。</p>".encode()


class Pages(BaseHTTPRequestHandler):
    """What a page can do to whoever fetches it."""

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/opened":
                self._answer(200, PAGE)
            case "/moved":
                self._answer(302, b"", ("Location", "/opened?a=1"))
            case "/round":
                self._answer(302, b"", ("Location", "/round"))
            case "/file":
                self._answer(302, b"", ("Location", "file:///etc/passwd"))
            case "/large" | "/nearly" as path:
                self._answer(200, b"x" * (1_000_000 + (path == "/large")))
            case "/short":
                self._answer(200, b"cut", ("Content-Length", "99"))
            case "/pieces":
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE))
            case "/slow":
                self.send_response(200)
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(b"x")
                    sleep(0.05)
            case _:
                self._answer(404, b"nothing")

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        if not any(name == "Content-Length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # who fetches has had enough
            self.close_connection = True


@pytest.fixture
def pages() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def reaching(seeded: Run, home: Path) -> Run:
    """The same, allowed to fetch from this computer."""
    settled = "[evidence]\nprivate-addresses = true\nlargest = 1\ntimeout = 1\n"
    (home / "tracker.toml").write_text(settled)
    return seeded


def test_a_page_is_kept_with_what_led_to_it(reaching: Run, home: Path, pages: str) -> None:
    ran = reaching("done", "1", "--evidence", f"{pages}/moved", "--fetch", "--format", "json")
    exhibit = ran.json["milestones"][0]["history"][-1]["exhibit"]
    assert (exhibit["media_type"], exhibit["name"]) == ("application/warc", "127.0.0.1-opened.warc")
    assert exhibit["origin"] == f"{pages}/moved"
    [path] = (home / "evidence").glob("sha256/*/*")
    told = [
        (r.rec_type, r.rec_headers["WARC-Target-URI"], r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(path.read_bytes()), check_digests="raise")
    ]
    assert told == [
        ("response", f"{pages}/moved", b""),
        ("request", f"{pages}/moved", b""),
        ("response", f"{pages}/opened?a=1", PAGE),
        ("request", f"{pages}/opened?a=1", b""),
    ]


def test_what_came_in_pieces_is_kept_whole(reaching: Run, home: Path, pages: str) -> None:
    assert reaching("evidence", "add", "1", f"{pages}/pieces", "--fetch").code == 0
    [path] = (home / "evidence").glob("sha256/*/*")
    first = next(iter(ArchiveIterator(io.BytesIO(path.read_bytes()))))
    assert first.content_stream().read() == PAGE


def test_without_fetch_nothing_is_asked(reaching: Run, home: Path) -> None:
    ran = reaching("done", "1", "--evidence", "http://127.0.0.1:1/nobody", "--format", "json")
    assert ran.json["milestones"][0]["history"][-1].get("exhibit") is None


@pytest.mark.parametrize(
    ("path", "code", "why"),
    [
        ("/nothing", 30, "it answers 404"),
        ("/round", 30, "it redirects more than 5 times"),
        ("/file", 6, "file:///etc/passwd is not fetched"),
        ("/large", 30, "more than 1 million bytes"),
        ("/nearly", 30, "more than 1 million bytes"),
        ("/short", 30, "it stops before the end"),
        ("/slow", 30, "it takes longer than 1 seconds"),
    ],
)
def test_a_page_that_is_none_changes_nothing(
    reaching: Run, home: Path, pages: str, path: str, code: int, why: str
) -> None:
    before, began = (home / "milestones.json").read_bytes(), monotonic()
    ran = reaching("done", "1", "--evidence", pages + path, "--fetch")
    assert (ran.code, why in ran.err) == (code, True), ran.err
    assert (home / "milestones.json").read_bytes() == before
    assert not (home / "evidence").exists()
    assert monotonic() - began < 3


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "http://u@example.org/",
        "http://a b/",
        "http://a:b/",
    ],
)
def test_only_pages_are_fetched(seeded: Run, url: str) -> None:
    ran = seeded("done", "1", "--evidence", url, "--fetch")
    assert (ran.code, "only http and https" in ran.err) == (6, True)


def test_a_server_that_speaks_no_tls_and_an_authority_that_is_none(
    reaching: Run, home: Path, pages: str
) -> None:
    (home / "report.txt").write_bytes(PAGE)
    reaching("evidence", "add", "1", "report.txt")
    secure = pages.replace("http:", "https:")
    assert reaching("evidence", "add", "1", f"{secure}/opened", "--fetch").code == 30
    ran = reaching("evidence", "stamp", "1", "--tsa", pages)
    assert (ran.code, "it answers 501" in ran.err) == (30, True)
    ran = reaching("evidence", "verify", "--tsa-cert", "report.txt")
    assert (ran.code, "no certificate in PEM form" in ran.err) == (14, True)


def test_a_computer_of_this_network_is_asked_only_if_told(seeded: Run, pages: str) -> None:
    for url in (pages, pages.replace("127.0.0.1", "localhost")):
        ran = seeded("done", "1", "--evidence", f"{url}/opened", "--fetch")
        assert (ran.code, "that the internet does not reach" in ran.err) == (6, True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        *((a, False) for a in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1")),
        *((a, False) for a in ("0.0.0.0", "224.0.1.1", "::1", "fe80::1", "fd00::1")),  # noqa: S104
        *((a, False) for a in ("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")),
    ],
)
def test_addresses_that_the_internet_reaches(address: str, public: bool) -> None:
    assert _is_public(address) is public


def test_without_the_extra_it_says_what_to_install(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warcio.warcwriter", None)
    ran = seeded("done", "1", "--evidence", "https://example.org", "--fetch")
    assert (ran.code, "'warcio<2" in ran.err) == (33, True)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    Path("a.txt").write_text("a")
    seeded("evidence", "add", "1", "a.txt")
    ran = seeded("evidence", "stamp", "1", "--tsa", "https://example.org")
    assert (ran.code, "rfc3161-client" in ran.err) == (33, True)


def test_fetch_wants_an_address(seeded: Run) -> None:
    assert seeded("done", "1", "--fetch").code == 2
    assert seeded("done", "1", "--evidence", "report.txt", "--fetch").code == 2


# -- timestamps ----------------------------------------------------------------------------------

CONFIG = """
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[tsa]
extendedKeyUsage = critical, timeStamping
[authority]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a root's certificate and a timestamp authority that it vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("authority")
    config = folder / "openssl.cnf"
    config.write_text(CONFIG.format(folder))
    (folder / "serial").write_text("01")
    made = f"req -config {config} {KEY}"
    for words in (
        f"{made} -x509 -keyout ca.key -out ca.pem -subj /CN=Root -extensions ca",
        f"{made} -keyout tsa.key -out tsa.csr -subj /CN=Authority",
        f"x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -out tsa.pem -extfile {config} "
        "-extensions tsa -CAcreateserial",
        f"{made} -x509 -keyout x.key -out other.pem -subj /CN=X -extensions ca",
    ):
        command = ["openssl", *words.split()]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def authority(certified: Path) -> Iterator[str]:
    """The address of that authority."""

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            (certified / "query").write_bytes(query)
            command = ["openssl", "ts", "-reply", "-config", "openssl.cnf", "-section", "authority"]
            if self.path != "/replayed":
                command += ["-queryfile", "query", "-out", "reply"]
                subprocess.run(command, cwd=certified, check=True, capture_output=True)
            reply = (certified / "reply").read_bytes() if self.path != "/broken" else b"no token"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Authority) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_copy_is_stamped_and_its_token_vouched_for(
    reaching: Run, home: Path, authority: str, certified: Path
) -> None:
    (home / "report.txt").write_bytes(PAGE)
    reaching("evidence", "add", "1", "report.txt")
    ran = reaching("evidence", "stamp", "1", "--tsa", authority, "--format", "json")
    entry = ran.json["milestones"][0]["history"][-1]
    assert (entry["verb"], entry.get("evidence")) == ("stamp", None)
    assert entry["exhibit"]["stamps"] == sha256(PAGE).hexdigest()
    assert entry["exhibit"]["media_type"] == "application/timestamp-reply"
    assert "UTC by CN=Authority, on its own word" in reaching("evidence", "verify").out
    ca, other = str(certified / "ca.pem"), str(certified / "other.pem")
    good = reaching("evidence", "verify", "--tsa-cert", ca, "--format", "json")
    assert (good.code, [one["good"] for one in good.json["timestamps"]]) == (0, [True])
    bad = reaching("evidence", "verify", "--tsa-cert", other)
    assert (bad.code, "do not vouch for it" in bad.out) == (16, True)
    assert reaching("evidence", "stamp", "1", "--tsa", authority).code == 1, "it has one"
    assert reaching("evidence", "export", "-o", "out").code == 0
    [token] = (home / "out").glob("*.tsr")
    words = ["openssl", "ts", "-verify", "-in", str(token), "-data", "report.txt", "-CAfile", ca]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0
    assert reaching("check").code == 0


def test_a_token_of_something_else_is_not_kept(reaching: Run, home: Path, authority: str) -> None:
    for name in ("a.txt", "b.txt"):
        (home / name).write_text(name)
        reaching("evidence", "add", "1", name)
    reaching("evidence", "stamp", "1", "--tsa", authority)
    (home / "c.txt").write_text("c")
    reaching("evidence", "add", "2", "c.txt")
    before = (home / "milestones.json").read_bytes()
    for path, why in {
        "/replayed": "it is not of this request",
        "/broken": "cannot be read",
    }.items():
        ran = reaching("evidence", "stamp", "2", "--tsa", authority + path)
        assert (ran.code, why in ran.err) == (30, True), ran.err
    assert (home / "milestones.json").read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("-sha256 -cert", "of another content"),
        ("-sha256", "no certificate of who signed it"),
        ("-sha1 -cert", "not granted"),
    ],
)
def test_what_a_token_lacks_is_said(certified: Path, asked: str, why: str) -> None:
    (certified / "content").write_bytes(PAGE)
    for words in (
        f"-query -data content {asked} -out query",
        "-reply -config openssl.cnf -section authority -queryfile query -out reply",
    ):
        command = ["openssl", "ts", *words.split()]
        subprocess.run(command, cwd=certified, check=False, capture_output=True)
    content = b"another" if "another" in why else PAGE
    with pytest.raises(BadInput, match=why):
        read((certified / "reply").read_bytes(), sha256(content).hexdigest())
