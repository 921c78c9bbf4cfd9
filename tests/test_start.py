"""What a command loads and does before it answers: counted, since counts do not vary and times do.

A listing is nearly all imports; `make bench` measures what they cost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.milestones import plain
from tracker.model import Assessment, Change, OfficeStep, Patch, Source
from tracker.model.promise import Promise
from tracker.store import open_store

ROOT = Path(__file__).parent.parent

# Without the site module, so that what it loads in some environments hides nothing here.
LOADED = """
import sys
sys.path[:0] = {path}
try:
    {run}
finally:
    print("loaded", *sorted(sys.modules), file=sys.stderr)
"""

# What a list needs beside click and msgspec and what those two load.
LISTING = {
    *("tracker", "tracker.__main__", "tracker.errors", "tracker.message"),
    *("tracker.query", "tracker.query.filters", "tracker.query.ordering", "tracker.texts"),
    *(
        "tracker.report",
        "tracker.report.lists",
        "tracker.store",
        "tracker.store.durable",
        "tracker.store.file",
    ),
    *("tracker.store.in_memory", "tracker.store.layout", "tracker.store.masking"),
    *("tracker.store.migrate", "tracker.store.writing"),
    *("tracker.cli", "tracker.cli.app", "tracker.cli.choices"),
    *("tracker.cli.context", "tracker.cli.commands.overdue"),
    "tracker.cli.discovery",
    *(
        "tracker.cli.commands",
        "tracker.cli.printing",
        "tracker.cli.options",
        "tracker.cli.param_types",
    ),
    *(
        "tracker.locale",
        "tracker.locale.english",
        "tracker.locale.catalogue",
        "tracker.locale.language",
    ),
    "tracker.model.fields",
    *(
        "tracker.model",
        "tracker.model.assessment",
        "tracker.model.change",
        "tracker.model.changeable",
        "tracker.model.history",
        "tracker.model.milestone",
    ),
    *("tracker.model.promise", "tracker.model.record", "tracker.model.recorded"),
    "tracker.model.seal",
    *(
        "tracker.model.standing",
        "tracker.model.step",
        "tracker.model.validation",
        "tracker.model.values",
    ),
    *(
        "tracker.render",
        "tracker.render.marks",
        "tracker.render.table",
        "tracker.render.text",
        "tracker.render.wording",
    ),
    *("locale", "_locale"),  # click looks for translations of its own words
    "unicodedata",
}


def loaded(run: str, *words: str) -> set[str]:
    path = [str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    done = subprocess.run(
        [sys.executable, "-S", "-c", LOADED.format(path=path, run=run), *words],
        capture_output=True,
        text=True,
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith(("TRACKER_", "LC_", "LANG"))},
    )
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("loaded "))
    return set(line.split()[1:])


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "milestones.json")
    open_store(path).create([plain(1), plain(2)])
    return path


@pytest.mark.parametrize(
    ("form", "more"),
    [
        ("plain", {"tracker.render.rows"}),
        ("table", {"tracker.cli.screen", "tracker.cli.relations"}),
    ],
)
def test_overdue_loads_what_it_needs_and_nothing_else(
    store: str, form: str, more: set[str]
) -> None:
    libraries = loaded("import click, msgspec")
    run = "from tracker.__main__ import main; main()"
    command = loaded(run, "--file", store, "overdue", "--format", form)
    assert command - libraries == LISTING | more


@pytest.mark.parametrize("kind", [Change, Patch, Promise, OfficeStep, Assessment, Source])
def test_no_annotation_of_what_is_read_is_compiled_at_each_start(kind: type) -> None:
    assert not [name for name, told in kind.__annotations__.items() if isinstance(told, str)]


@pytest.mark.parametrize(
    ("language", "files"),
    [("C.UTF-8", []), ("en", []), ("zh_CN.UTF-8", ["click.mo", "tracker.mo"])],
)
def test_a_list_reads_of_its_language_what_lists_say(
    store: str, language: str, files: list[str]
) -> None:
    run = (
        "opened = []\n"
        "sys.addaudithook(lambda event, told: event == 'open' and opened.append(str(told[0])))\n"
        "try:\n"
        "    from tracker.__main__ import main; main()\n"
        "except SystemExit:\n"
        "    print(*sorted(name for name in opened if name.endswith('.mo')))\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\n{run}",
            "--file",
            store,
            "overdue",
            "--format",
            "table",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith(("TRACKER_", "LC_"))}
        | {"LANG": language},
    )
    assert [Path(name).name for name in done.stdout.splitlines()[-1].split()] == files


def test_the_program_spares_itself_typing_extensions_and_leaves_it_to_others(store: str) -> None:
    # What comes after the process has ended would not be seen, so here it goes on.
    run = "import os; os._exit = print; from tracker.start import start; start()"
    assert "typing_extensions" not in loaded(run, "--file", store, "overdue")
    assert "typing_extensions" in loaded(f"{run}; import typing_extensions", "--help")


@pytest.mark.parametrize(
    ("words", "code"), [(["overdue", "--exit-code"], 1), (["show", "7"], 3), (["nonsense"], 2)]
)
def test_the_program_ends_with_the_code_of_the_command(
    store: str, words: list[str], code: int
) -> None:
    program = [sys.executable, "-c", "from tracker.start import start; start()"]
    done = subprocess.run(
        [*program, "--file", store, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert done.stdout if code == 1 else done.stderr


def test_all_of_a_long_list_reaches_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "milestones.json"
    open_store(str(path)).create([plain(id) for id in range(1, 3000)])
    program = [sys.executable, "-c", "from tracker.start import start; start()"]
    listed = [*program, "--file", str(path), "list"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2999
