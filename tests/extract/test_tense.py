"""The forms of English verbs, and what the verdict makes of them."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.extract import Candidate, extract, read_document
from tracker.extract.tense import verbs_in

FORMS = [
    ("The office will open", ["will"]),
    ("Fares are to be halved", ["is to"]),
    ("Tickets go on sale, and it's moving", ["is doing"]),
    ("The pool reopens; the bridge carries trams", ["does", "does"]),
    ("They have to repair it, and have repaired none", ["has to", "to do", "has"]),
    ("The board approved the plan and was there", ["did", "was"]),
    ("1. Publish the plan to reduce leaks", ["do", "to do"]),
    ("Those opens and the works", []),
]


@pytest.mark.parametrize(("text", "forms"), FORMS)
def test_verbs_by_their_form(text: str, forms: list[str]) -> None:
    assert [form for _, form, _ in verbs_in(text)] == forms


def _likelihood(text: str) -> float:
    [found] = extract(read_document("x.txt", text.encode()), made_on=date(2026, 3, 2))
    assert isinstance(found, Candidate)
    return found.likelihood


def test_what_opens_on_a_day_to_come_is_likelier_than_what_was_said_of_it() -> None:
    opens = _likelihood("The swimming pool reopens on 1 October 2026.")
    told = _likelihood("They were told of the first of October 2026 in the past.")
    assert opens > 2 * told
