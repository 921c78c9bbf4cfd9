"""The settings file: what is taken, and what is refused with what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import Struct, defstruct
from msgspec.structs import fields

from tracker.cli.commands.listing import list_command
from tracker.errors import BadSettings
from tracker.ics.profile import Profile
from tracker.model import Status
from tracker.query import CRITERIA, Filter
from tracker.settings import (
    WORDS,
    DigestSettings,
    FeedSettings,
    LedgerSettings,
    NotifySettings,
    ServeSettings,
    Settings,
    read,
)


def test_every_section_is_read() -> None:
    settings = read(
        """
        fiscal-year-start = 10
        [feeds]
        name = "Promises"
        alarm = [7, 1]
        base-url = "https://example.org"
        [serve]
        port = 0
        public = true
        [filters.soon]
        status = "started"
        tag = ["A", "b"]
        due-to = "+30d"
        due-from = 2021-03-10
        """,
        "tracker.toml",
    )
    assert settings.fiscal_year_start == 10
    assert settings.feeds == FeedSettings(
        name="Promises", alarms=(7, 1), base_url="https://example.org"
    )
    assert settings.serve == ServeSettings(port=0, public=True)
    assert settings.saved("soon", date(2021, 4, 1)) == Filter(
        statuses=frozenset({Status.IN_PROGRESS}),
        tags=frozenset({"a", "b"}),
        due_from=date(2021, 3, 10),
        due_to=date(2021, 5, 1),
    )


def test_nothing_settled_is_the_defaults() -> None:
    assert read("", "tracker.toml") == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fiscal-year-begin = 4", "no setting fiscal-year-begin. Did you mean fiscal-year-start?"),
        ("[serv]\nport = 1", "no setting serv. Did you mean serve?"),
        ("[serve]\nbase-ulr = ''", "no setting serve.base-ulr."),
        ("[feeds]\ncolor = 'red'", "no setting feeds.color. Did you mean colour?"),
        (
            '[feeds.filter-alarms]\nsoom = [1]\n[filters.soon]\nowner = "x"',
            "no filter 'soom' to ring for. Did you mean soon?",
        ),
        ("[filters.a]\nowners = 'x'", "no setting filters.a.owners. Did you mean"),
        ("[serve]\nport = 70000", "<= 65535"),
        ("[serve]\nport = 'x'", "serve.port"),
        ("serve = 3", "object"),
        ("filters = 3", "object"),
        ("[filters.a]\nowner = ['a', 'b']", "owner takes one text, and no list"),
        ("[filters.a]\nstatus = 'dun'", "There is no status 'dun'"),
        ("[filters.a]\ndue-to = 'soonish'", "soonish"),
        ("[serve", "Expected"),
    ],
)
def test_a_mistake_is_named_with_the_file_and_the_nearest_word(text: str, said: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read(text, "my.toml")
    assert said in str(refused.value)
    assert refused.value.message.startswith("my.toml")


def test_every_criterion_is_an_option_and_a_word_of_a_saved_filter_or_is_not_typed() -> None:
    assert set(CRITERIA) == set(Filter.__struct_fields__)
    flags = {flag for option in list_command.params for flag in option.opts}
    assert {f"--{word}" for word in WORDS} <= flags
    assert set(CRITERIA) - set(WORDS.values()) == {"owed", "due_before", "due_still", "words"}


@pytest.mark.parametrize(
    "section",
    [
        Settings,
        Profile,
        FeedSettings,
        ServeSettings,
        DigestSettings,
        LedgerSettings,
        NotifySettings,
    ],
    ids=lambda section: section.__name__,
)
def test_words_of_a_section_are_parted_by_hyphens(section: type[Struct]) -> None:
    """A word of its own, or one that it has from the profile of a feed."""
    settled = defstruct("More", [("ring_at", int, 9)], bases=(section,), frozen=True, kw_only=True)
    assert not [one.encode_name for one in fields(settled) if "_" in one.encode_name]
