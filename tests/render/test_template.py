"""Compiled templates are kept for the next run, and nothing depends on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tracker.render.template import environment


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of its own, in a Python that keeps what it compiles."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path


def _kept(folder: Path) -> list[Path]:
    return list(folder.rglob("*.cache"))


def test_a_compiled_template_is_kept_in_a_folder_of_the_user_alone(temporary: Path) -> None:
    environment("digest").get_template("mail.html.j2")
    (kept,) = _kept(temporary)
    assert kept.parent.stat().st_mode & 0o077 == 0
    written = kept.stat().st_mtime_ns
    environment("digest").get_template("mail.html.j2")
    assert _kept(temporary) == [kept]
    assert kept.stat().st_mtime_ns == written


def test_a_damaged_one_is_compiled_anew(temporary: Path) -> None:
    environment("digest").get_template("mail.html.j2")
    (kept,) = _kept(temporary)
    kept.write_bytes(kept.read_bytes()[:40])
    assert environment("digest").get_template("mail.html.j2").name == "mail.html.j2"


def test_where_nothing_can_be_kept_templates_are_read_all_the_same(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    assert environment("digest").get_template("mail.html.j2").name == "mail.html.j2"


def test_a_python_that_keeps_nothing_compiled_keeps_no_template(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    environment("digest").get_template("mail.html.j2")
    assert not _kept(temporary)
