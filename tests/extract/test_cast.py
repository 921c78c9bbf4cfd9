"""Whom an English document means by its short names, and what a sentence says of them."""

from __future__ import annotations

import pytest

from tracker.extract.aliases import Aliases
from tracker.extract.english_cast import Cast, doing
from tracker.extract.names import Name, names_in

TEXT = """HARBOUR AUTHORITY OF WEST NOLL

Minutes of the Works Panel

The Harbour Authority of West Noll met with Halden Foods Group plc and the Panel of Boatmen.
The Authority thanked Ms Ana Cole, its treasurer. Ms Cole spoke, and Halden agreed. HFG left early.
Checks go out in May, when the authority has made its checks.
"""


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("the Authority", "HARBOUR AUTHORITY OF WEST NOLL"),
        ("Ms Cole", "Ana Cole"),
        ("HFG", "Halden Foods Group"),
        ("Halden", "Halden Foods Group"),
        ("Boatmen", "Boatmen"),
    ],
)
def test_a_short_name_is_one_with_the_full_name(short: str, full: str) -> None:
    cast = Cast(TEXT, "Minutes", [], Aliases(TEXT, [], english=True))
    assert cast.full(short) == full


def test_a_word_that_is_also_written_small_is_nobody() -> None:
    cast = Cast(TEXT, "Minutes", [], Aliases(TEXT, [], english=True))
    assert not cast.knows("Checks")
    assert cast.knows("Ana Cole")


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("Noll will publish the map", "does something"),
        ("Noll, will publish the map", "does something"),
        ("Noll will be surveyed", "undergoes something"),
        ("Noll will go up", "goes on"),
        ("The works at Noll will end the noise", ""),
        (
            "Noll will pay, and Halden will publish the map",
            "does something elsewhere in its sentence",
        ),
        ("Noll said so", ""),
    ],
)
def test_what_a_sentence_says_that_a_name_does(words: str, does: str) -> None:
    at = words.index("Noll")
    assert doing(words, Name("Noll", at, at + 4), leads=True) == does


def test_a_name_that_runs_over_the_end_of_a_line_is_one_name() -> None:
    text = "the Secretary of\nHomeland Security shall recommend it."
    [name] = names_in(text, english=True)
    assert name.text == "Secretary of Homeland Security"
