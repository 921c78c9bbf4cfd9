"""A compiled catalogue, searched, says what GNU gettext says of it."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from hatch_build import compiled
from tests.locale.messages import chinese
from tests.locale.test_catalogue import said
from tracker.locale.catalogue import Catalogue

PLACES = [("tracker/x.py", 1)]


@pytest.fixture
def slovene(tmp_path: Path) -> Catalogue:
    """A language of four forms, with words of the same English in two contexts."""
    catalogue = Catalog(locale="sl")
    catalogue.add(("{n} day", "{n} days"), ("dan", "dneva", "dnevi", "dni"), PLACES)
    catalogue.add("open", "odprto", PLACES)
    catalogue.add("open", "odpri", PLACES, context="verb")
    (tmp_path / "tracker.mo").write_bytes(compiled(catalogue, of_click=False))
    return Catalogue(str(tmp_path / "tracker.mo"))


def test_forms_and_contexts_are_told_apart(slovene: Catalogue) -> None:
    assert [slovene.ngettext("{n} day", "{n} days", n) for n in (101, 2, 3, 5)] == [
        "dan",
        "dneva",
        "dnevi",
        "dni",
    ]
    assert [slovene.gettext("open"), slovene.pgettext("verb", "open")] == ["odprto", "odpri"]


def test_what_is_not_there_is_said_in_english(slovene: Catalogue) -> None:
    for catalogue in (slovene, Catalogue(), Catalogue("/nowhere/tracker.mo")):
        assert catalogue.gettext("due") == "due"
        assert [catalogue.ngettext("cat", "cats", n) for n in (1, 2)] == ["cat", "cats"]
        assert catalogue.pgettext("noun", "due") == "due"


def test_every_chinese_sentence_is_found_as_gettext_finds_it(tmp_path: Path) -> None:
    path = tmp_path / "tracker.mo"
    path.write_bytes(compiled(chinese(), of_click=False))
    ours = Catalogue(str(path))
    with path.open("rb") as file:
        theirs = GNUTranslations(file)
    for message in chinese():
        of_click = all(where.startswith("click/") for where, _ in message.locations)
        if not message.id or (of_click and message.locations):
            continue
        one, *more = [message.id] if isinstance(message.id, str) else message.id
        if more:
            found, same = ours.ngettext(one, more[0], 2), theirs.ngettext(one, more[0], 2)
        elif message.context:
            found, same = ours.pgettext(message.context, one), theirs.pgettext(message.context, one)
        else:
            found, same = ours.gettext(one), theirs.gettext(one)
        assert found == same == said(message)[0]
