"""A real Chromium without a screen, and pages in it that tell whatever goes wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.programs import missing, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_QUIET = (
    "--no-sandbox",  # also where root runs the tests; the pages are their own
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Seen:
    """What the pages of a test said and asked for while they were open."""

    said: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., "Page"]


# While it is open its event loop counts as running, and no other can be run beside it.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with ExitStack() as opened:
        try:
            playwright = opened.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        # Its driver raises a bare Exception when it does not start either.
        except Exception as error:
            missing(f"a chromium that starts ({str(error).splitlines()[0]})")
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Iterator[Seen]:
    """Collect what pages say; by the end of a test none may have said that anything is wrong.

    A blocked style, script or request says so on the console too.
    """
    seen = Seen()
    yield seen
    assert not seen.said


@pytest.fixture
def open_page(chromium: Browser, seen: Seen, tmp_path: Path) -> Iterator[Open]:
    """Open a page's text as a file, or an address, in a context of its own."""
    contexts = []

    def go(page: str, *, width: int = 1280, height: int = 900, **context: Any) -> Page:
        size = {"width": width, "height": height}
        contexts.append(chromium.new_context(**{"viewport": size, **context}))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(10_000)
        tab.on("console", lambda said: seen.said.append(said.text))
        tab.on("pageerror", lambda error: seen.said.append(str(error)))
        tab.on("request", lambda request: seen.requests.append(request.url))
        address = page
        if not page.startswith(("http://", "file://")):
            file = tmp_path / "page.html"
            file.write_text(page, encoding="utf-8")
            address = file.as_uri()
        tab.goto(address)
        return tab

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, which finds what hinders people who use assistive technology."""
    folder = os.environ.get("TRACKER_PROGRAMS")
    places = [Path(folder).parent] if folder else []
    scripts = (
        place / "node_modules" / "axe-core" / "axe.min.js"
        for place in (*places, Path(__file__).parents[3])
    )
    script = next((path for path in scripts if path.exists()), None) or missing("axe-core")
    return script.read_text(encoding="utf-8")
