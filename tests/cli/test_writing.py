"""Writing at the terminal: what `add` asks, doubles, and the form of `edit` in an editor."""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.milestones import full
from tracker import actions
from tracker.cli.context import App
from tracker.cli.form import EDITED, form, read
from tracker.errors import TrackerError
from tracker.locale import language
from tracker.store import open_store

TITLE = "Set up a data-trading industry association with a self-regulation mechanism"


@pytest.fixture
def answers(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal, and what is typed there."""
    typed: list[str] = []
    monkeypatch.setattr(App, "on_terminal", True)
    monkeypatch.setenv("TRACKER_PAGER", "cat")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)

    def answer(*_: object) -> str:
        if not typed:
            raise KeyboardInterrupt
        return typed.pop(0)

    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    return typed


def shown(run: Run, id: int) -> dict[str, object]:
    found: dict[str, object] = run("show", str(id), "--format", "json").json["milestones"][0]
    return found


def test_add_asks_again_for_a_day_of_promise_that_is_to_come(run: Run, answers: list[str]) -> None:
    run("init")
    answers += ["Ring road", "2099-03-10", "2021-03-10", "end of June", "-", ""]
    ran = run("add")
    assert "2099-03-10" in ran.err
    assert (ran.code, shown(run, 1)["made_on"]) == (0, "2021-03-10")


@pytest.mark.parametrize(
    "words", [("when", "end of Juni"), ("list", "--sort", "x"), ("add", "--due")]
)
def test_a_refusal_on_a_terminal_is_broken_between_words(
    run: Run, answers: list[str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(*words).err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    lines = run(*words).err.splitlines()
    assert max(map(len, lines)) <= 30
    assert " ".join(lines).split() == whole.split()


def test_add_without_a_title_asks_and_reads_the_date_back(run: Run, answers: list[str]) -> None:
    run("init")
    answers += ["Ring road", "2021-03-10", "soonish", "end of June", "Roads office", "Plan 2021"]
    ran = run("add")
    assert ran.code == 0
    assert "not understood" in ran.err
    assert "2021-06-30" in ran.err
    m = shown(run, 1)
    assert (m["title"], m["due"], m["made_on"]) == ("Ring road", "2021-06-30", "2021-03-10")
    assert (m["owner"], m["source"]["document"]) == ("Roads office", "Plan 2021")  # type: ignore[index]  # JSON
    answers += ["Bridge", "", "", "", ""]
    run("add", "--due", "2031-01-01")
    answers += ["Tunnel", "", "", "-", ""]
    run("add")
    assert (shown(run, 2)["owner"], shown(run, 3)["owner"]) == ("Roads office", None)


def test_what_is_broken_off_leaves_nothing(run: Run, answers: list[str]) -> None:
    run("init")
    answers += ["Ring road", ""]
    assert run("add").code == 130
    assert run("list", "--format", "plain").out == ""


def test_nobody_to_ask_is_told_that_the_title_is_missing(run: Run) -> None:
    run("init")
    assert "Missing argument 'TITLE'" in run("add").err


def test_a_double_is_noticed(seeded: Run, answers: list[str]) -> None:
    asked = ("add", TITLE.upper(), "--owner", "省大数据局")
    answers += ["n", "y"]
    refused = seeded(*asked)
    assert refused.code == TrackerError.exit_code
    assert "Milestone 3 says the same" in refused.err
    assert seeded(*asked).code == 0
    assert seeded(*asked, "--again").code == 0
    assert seeded("add", TITLE, "--owner", "Another").code == 0


def test_a_double_is_told_where_nobody_can_be_asked(seeded: Run) -> None:
    refused = seeded("add", TITLE, "--owner", "省大数据局")
    assert refused.code == TrackerError.exit_code
    assert "type --again" in refused.err
    seeded("cancel", "3")
    assert seeded("add", TITLE, "--owner", "省大数据局").code == 0


# -- the form ------------------------------------------------------------------------------------

Edits = Callable[..., None]


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Edits:
    """An editor that changes texts of the form, one pair after the other, as often as it opens."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def will(*pairs: tuple[str, str]) -> None:
        turns = list(pairs)

        def editor(filename: str) -> None:
            path = Path(filename)
            before, after = turns.pop(0)
            text = path.read_text(encoding="utf-8")
            assert before in text
            path.write_text(text.replace(before, after), encoding="utf-8")

        monkeypatch.setattr("click.edit", editor)

    return will


def kept(folder: Path) -> list[Path]:
    return list(folder.glob("tracker-edit-*.toml"))


@pytest.mark.usefixtures("answers")
def test_several_are_edited_in_one_form_and_taken_back_at_once(
    seeded: Run, edits: Edits, tmp_path: Path
) -> None:
    edits(("Shandong Provincial Big Data Bureau", "数据局"))
    ran = seeded("edit", "3-4")
    assert (ran.code, ran.err) == (0, "")
    assert (shown(seeded, 3)["owner"], shown(seeded, 4)["owner"]) == ("数据局", "数据局")
    assert kept(tmp_path) == []
    seeded("undo")
    assert shown(seeded, 4)["owner"] != "数据局"


@pytest.mark.usefixtures("answers")
def test_a_new_date_or_status_goes_through_its_verb_with_the_reason(
    seeded: Run, edits: Edits
) -> None:
    edits(('due = "2021-06-30"', 'due = "end of 2031"'))
    assert seeded("edit", "3").code == 0
    m = shown(seeded, 3)
    assert (m["due"], m["baseline_due"], m["revisions"]) == ("2031-12-31", "2021-06-30", 1)
    edits(
        ('reason = ""', 'reason = "as told"\n#'),
    )
    assert "Nothing was changed." in seeded("edit", "3").err
    edits(('status = "not-started"', 'status = "已完成"'))
    assert seeded("edit", "3").code == 0
    assert shown(seeded, 3)["status"] == "completed"
    seeded("undo")
    assert shown(seeded, 3)["status"] == "not-started"


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize(
    ("before", "after", "field", "value"),
    [
        (
            "supporting = []",
            'supporting = ["甲局", "乙局", "甲局"]',
            "supporting",
            ["甲局", "乙局"],
        ),
        ("tags = []", 'tags = ["5G"]', "tags", ["5G"]),
        ('percent = ""', "percent = 40", "percent", 40),
        ('percent = ""', 'percent = "40%"', "percent", 40),
        ('modality = "firm"', 'modality = "力争"', "modality", "stretch"),
        ('modality = "firm"', 'modality = "stretch"', "modality", "stretch"),
        ('repeat = ""', 'repeat = "每季度"', "repeat", "every quarter"),
        ('person = ""', 'person = "王明"', "person", "王明"),
        ('translations = { "zh" =', 'translations = { "fr" = "Le pont", "zh" =', "", None),
    ],
)
def test_every_kind_of_field_takes_its_own_in_the_form(
    seeded: Run, edits: Edits, before: str, after: str, field: str, value: object
) -> None:
    edits((before, after))
    ran = seeded("edit", "14")
    assert (ran.code, ran.err) == (0, "")
    m = shown(seeded, 14)
    if field:
        assert m[field] == value
    else:
        assert m["translations"]["fr"]["title"] == "Le pont"  # type: ignore[index]  # of any JSON


@pytest.mark.usefixtures("answers")
def test_a_form_that_was_not_changed_does_nothing(
    seeded: Run, edits: Edits, tmp_path: Path
) -> None:
    edits(("owner", "owner"))
    assert "Nothing was changed." in seeded("edit", "3").err
    assert kept(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('percent = ""', "percent = 40 40", "with both quotes"),
        ('percent = ""', "percent = 140", "140 is not a percentage"),
        ('percent = ""', 'percent = "much"', "percent cannot be 'much'. Give a whole number"),
        ("owner =", "ownr =", "ownr is not edited here"),
        ("tags = []", 'tags = "5G"', "Give a list"),
        ('modality = "', 'modality = "quite ', "Type one of firm, "),
        ('reason = ""', "reason = 4", "The reason is no text."),
        ('["3"]', '["8"]', "8 is none of these milestones"),
        ('due = "2021-06-30"', 'due = "whenever"', "whenever"),
        ('title = "', 'title = ""\n#', "title"),
    ],
)
def test_a_mistake_is_shown_at_its_place_and_edited_again_or_kept(
    seeded: Run,
    edits: Edits,
    answers: list[str],
    tmp_path: Path,
    before: str,
    after: str,
    told: str,
) -> None:
    answers += ["y", "n"]
    edits((before, after), ("#! ", "#! "))
    refused = seeded("edit", "3")
    assert refused.code == TrackerError.exit_code
    assert told in refused.err
    [file] = kept(tmp_path)
    assert str(file) in refused.err
    assert after.split("\n", maxsplit=1)[0] in file.read_text(encoding="utf-8")
    answers += ["y"]
    edits((before, after), (after, before.replace('""', "7")))
    assert (seeded("edit", "3").code == 0) == ("percent" in before)


def test_what_was_changed_meanwhile_is_noticed_and_the_form_kept(
    seeded: Run, answers: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def editor(filename: str) -> None:
        path = Path(filename)
        path.write_text(
            path.read_text(encoding="utf-8").replace(
                "Shandong Provincial Big Data Bureau", "数据局"
            )
        )
        open_elsewhere()

    def open_elsewhere() -> None:
        now = datetime.now(UTC)
        occasion = actions.ChangeContext(lambda: now, now.date(), "ann")
        actions.apply(open_store("milestones.json"), occasion, ["3"], lambda m, s: m.note(s, "hm"))

    monkeypatch.setattr("click.edit", editor)
    refused = seeded("edit", "3")
    assert "was changed meanwhile" in refused.err
    assert "数据局" in kept(tmp_path)[0].read_text(encoding="utf-8")


@pytest.mark.usefixtures("answers")
@pytest.mark.parametrize("editor", ["false", "no-such-editor"])
def test_an_editor_that_fails_leaves_nothing_but_a_word_of_it(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, editor: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("VISUAL", editor)
    refused = seeded("edit", "3")
    said = "The editor gave up, or could not be started. VISUAL or EDITOR names another."
    assert (refused.code, refused.err, kept(tmp_path)) == (1, f"tracker: {said}\n", [])


@pytest.mark.usefixtures("answers")
def test_what_was_written_before_an_editor_failed_is_kept(
    seeded: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\necho '# mine' >> \"$1\"; exit 3\n")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert "could not be started" in seeded("edit", "3").err
    assert kept(tmp_path)[0].read_text(encoding="utf-8").endswith("# mine\n")


def test_every_field_that_has_an_option_and_is_no_link_or_figure_is_in_the_form() -> None:
    m = full()
    text = form([m], language("en"))
    assert set(tomllib.loads(text)[str(m.id)]) == {"due", "status", *EDITED}
    assert read(text, [m]) == (None, {})
