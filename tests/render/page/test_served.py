"""The page as `tracker serve` gives it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.render.page.conftest import Open, Seen
from tests.subscribe.server.conftest import made
from tests.subscribe.server.serving import Server, serving, until

if TYPE_CHECKING:
    from playwright.sync_api import expect
else:
    expect = pytest.importorskip("playwright.sync_api", reason="`make test` installs it").expect

MINUTE = "01:01"


# Before `open_page`, so that the browser has gone when the server goes.
@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(made(tmp_path)) as server:
        yield server


def test_it_follows_the_store_and_asks_nobody_else(
    server: Server, open_page: Open, seen: Seen
) -> None:
    address = f"http://127.0.0.1:{server.port}/"
    tab = open_page(address)
    tab.clock.install()
    tab.reload()
    tab.get_by_label("Search").fill("5G")
    first = tab.locator("tbody tr:visible").first
    first.locator("summary").click()
    server.tracker("note", "13", "Seen on site")
    server.tracker("add", "A 5G promise", "--due", "2030-01-31", "--owner", "Police")
    until(lambda: server.get("/").body, lambda page: b"A 5G promise" in page)
    with tab.expect_response(address):
        tab.clock.fast_forward(MINUTE)
    expect(tab.get_by_role("status")).to_have_text("The page was updated. 3 of 15 shown")
    expect(tab.locator("tbody tr:visible .name").last).to_have_text("A 5G promise")
    expect(first.locator(".history")).to_contain_text("Seen on site")
    expect(tab.get_by_role("link", name="Subscribe: Police")).to_have_attribute(
        "href", f"webcal://127.0.0.1:{server.port}/owner/police.ics"
    )
    assert set(seen.requests) == {address}


def test_a_private_page_offers_its_own_addresses(
    server: Server, open_page: Open, seen: Seen
) -> None:
    told = server.tracker("token", "add", "Ann", "--owner", "大数据")
    path = re.search(r"/t/[\w-]+/", told)
    assert path
    # A token is known within a second.
    until(lambda: server.get(path[0]).status, lambda status: status == 200)
    address = f"http://127.0.0.1:{server.port}{path[0]}"
    tab = open_page(address)
    assert tab.locator("tbody tr").count() == 11
    assert tab.get_by_label("Address of the calendar").input_value() == f"{address}feed.ics"
    assert set(seen.requests) == {address}
