"""Working copies of one repository whose milestones merge by `tracker merge`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.programs import program

DRIVER = f'"{sys.executable}" -m tracker merge %O %A %B'


class Clone:
    """One working copy, and the commands that a person types in it."""

    def __init__(self, folder: Path, second: int) -> None:
        self.folder = folder
        self.store = folder / "milestones.json"
        self.env = os.environ | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "a",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "TRACKER_BY": f"clone {second}",
        }

    def git(self, *words: str, code: int = 0) -> str:
        return self._run([program("git"), *words], code)

    def tracker(self, *words: str, code: int = 0) -> str:
        return self._run([sys.executable, "-m", "tracker", *words], code)

    def commit(self) -> None:
        self.git("commit", "-qam", "change")

    def tried(self, *words: str) -> int:
        """How git ended: 1 when it leaves a conflict."""
        return self._done([program("git"), *words]).returncode

    def _run(self, words: list[str], code: int) -> str:
        done = self._done(words)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def _done(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )


def two_clones(folder: Path) -> tuple[Clone, Clone]:
    """Two clones of one history that begins with the commitments due in 2021."""
    first = Clone(folder / "first", 1)
    first.folder.mkdir()
    first.git("init", "-q", "-b", "main")
    first.tracker("init", "--seed", "shandong-2021")
    (first.folder / ".gitattributes").write_text("milestones.json merge=tracker\n")
    first.git("add", ".gitattributes", "milestones.json")
    first.commit()
    first.git("config", "merge.tracker.driver", DRIVER)
    second = Clone(folder / "second", 2)
    first.git("clone", "-q", ".", str(second.folder))
    second.git("config", "merge.tracker.driver", DRIVER)
    return first, second
