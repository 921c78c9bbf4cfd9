"""The short form: what was found once, the seeds themselves, and some hundred worse inputs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

KEPT = [(target, path) for target in TARGETS.values() for path in target.kept()]


@pytest.mark.parametrize(("target", "path"), KEPT, ids=[f"{t.name}-{p.name}" for t, p in KEPT])
def test_what_was_found_once(target: Target, path: Path) -> None:
    target.check(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_what_is_good(target: Target) -> None:
    for seed in target.seeds()[:40]:
        target.check(seed)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
@given(data=st.data())
def test_what_is_worse(target: Target, data: st.DataObject) -> None:
    target.check(data.draw(spoilt(target)))


@cache
def spoilt(target: Target) -> st.SearchStrategy[bytes]:
    """Good inputs cut, joined and strewn with words and bytes."""
    seeds = [seed[:4000] for seed in target.seeds()]
    piece = st.one_of(
        st.sampled_from([word.encode() for word in target.words]),
        st.binary(max_size=4),
        st.text(max_size=4).map(lambda text: text.encode()),
        st.sampled_from(seeds).flatmap(
            lambda seed: st.tuples(st.integers(0, len(seed)), st.integers(0, 60)).map(
                lambda at: seed[at[0] : at[0] + at[1]]
            )
        ),
    )
    wound = st.tuples(st.floats(0, 1), st.integers(0, 30), piece)
    wounded = st.tuples(st.sampled_from(seeds), st.lists(wound, min_size=1, max_size=5))
    return st.one_of(st.lists(piece, max_size=30).map(b"".join), wounded.map(_wounded))


def _wounded(parts: tuple[bytes, list[tuple[float, int, bytes]]]) -> bytes:
    data, wounds = parts
    for where, length, piece in wounds:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    return data
