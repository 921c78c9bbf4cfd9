"""The long form: `make fuzz`. atheris looks for inputs that reach new code and fail the oracle.

    python -m tests.fuzz [--seconds 60] [TARGET...]

What fails is kept in `corpus/TARGET/`, where `make test` goes on failing until it is mended; what
reached new code is kept in `.fuzz/TARGET/`, which the next run begins with.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.target import CORPUS
from tests.fuzz.targets import TARGETS

GROWN = Path(".fuzz")
LONGEST = 20
"""Seconds that one input may take, on a machine that does other things too."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--seconds", type=int, default=60, help="for each target")
    asked.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    given = asked.parse_args()
    if unknown := [name for name in given.targets if name not in TARGETS]:
        asked.error(f"There is no target {unknown[0]}; there are {', '.join(TARGETS)}.")
    print("| target | inputs tried | places of code reached | found |")  # noqa: T201  # its purpose
    print("| --- | ---: | ---: | ---: |", flush=True)  # noqa: T201  # the same
    found = [_fuzz(name, given.seconds) for name in given.targets or TARGETS]
    sys.exit(1 if any(found) else 0)


def _fuzz(name: str, seconds: int) -> int:
    """Fuzz one target in a process of its own, since libFuzzer ends its process."""
    kept, grown = CORPUS / name, GROWN / name
    before = {path.name for path in TARGETS[name].kept()}
    grown.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder) / "seeds", Path(folder) / "words"
        seeds.mkdir()
        for number, seed in enumerate(TARGETS[name].seeds()):
            (seeds / str(number)).write_bytes(seed)
        words.write_text("".join(map(_entry, TARGETS[name].words)), encoding="ascii")
        known = [str(kept)] if before else []
        kept.mkdir(exist_ok=True)
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={LONGEST}",
            f"-report_slow_units={LONGEST}",
            "-rss_limit_mb=2048",
            "-max_len=8192",
            f"-dict={words}",
            f"-artifact_prefix={kept}/",
        ]
        command = [sys.executable, "-m", "tests.fuzz.looking", name, *options]
        ran = subprocess.run([*command, grown, seeds, *known], capture_output=True, check=False)
    said = ran.stderr.decode(errors="replace") + ran.stdout.decode(errors="replace")
    found = {path.name for path in TARGETS[name].kept()} - before
    runs = re.findall(r"^#(\d+)\s", said, re.MULTILINE)
    reached = re.findall(r"\bcov: (\d+)", said)
    cells = (name, f"{int(runs[-1]):,}" if runs else "", reached[-1] if reached else "")
    print(f"| {' | '.join(cells)} | {len(found)} |", flush=True)  # noqa: T201  # the same
    if ran.returncode:
        print(said[-3000:], file=sys.stderr, flush=True)  # noqa: T201  # the same
    if not any(kept.iterdir()):
        kept.rmdir()
    return len(found) or ran.returncode


def _entry(word: str) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"\n'


if __name__ == "__main__":
    main()
