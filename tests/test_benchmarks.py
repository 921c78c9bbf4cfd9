"""What the bench measures with: turns, terminals, failures. No time is asserted."""

from __future__ import annotations

import os
import sys
from functools import partial

import pytest

from benchmarks.table import milliseconds, per_megabyte
from benchmarks.timing import Failed, Figure, Job, in_turn, job, run

ASKED = "import sys; print(sys.stdout.isatty())"


@pytest.mark.parametrize(("terminal", "told"), [(False, b"False\n"), (True, b"True\r\n")])
def test_a_process_writes_to_a_pipe_or_to_a_real_terminal(terminal: bool, told: bytes) -> None:
    done = run(job([sys.executable, "-c", ASKED], os.environ, terminal=terminal))
    assert done.tail == told
    assert done.written == len(told)


def test_programs_take_turns_and_the_first_of_each_does_not_count() -> None:
    turns: list[str] = []
    quick = [sys.executable, "-c", "pass"]
    jobs = {
        name: Job(lambda: quick, os.environ, before=partial(turns.append, name)) for name in "ab"
    }
    figures = in_turn(jobs, rounds=2)
    assert "".join(turns) == "ab" * 3
    assert {name: figure.runs for name, figure in figures.items()} == {"a": 2, "b": 2}


def test_a_program_that_fails_is_no_figure() -> None:
    with pytest.raises(Failed, match=r"ended with 3: .*no store"):
        run(job([sys.executable, "-c", "import sys; print('no store'); sys.exit(3)"], os.environ))


def test_a_figure_tells_its_spread_and_what_a_megabyte_takes() -> None:
    figure = Figure(0.059, 1, 2_000_000, 11, 0.052, 1.071)
    assert milliseconds(figure) == "59 (52 to 1,071)"
    assert per_megabyte(figure) == "30"
    assert per_megabyte(figure._replace(written=0)) == ""
