"""Programs that the tests use and no package brings: found, or the test says what is missing.

A machine without one skips the test that needs it; with TRACKER_REQUIRE_PROGRAMS set, as in
`.ci/run`, a missing one fails. `tests/install-programs.sh FOLDER` installs them all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import NoReturn

import pytest

# Read before a fixture clears the tracker's variables.
REQUIRED = bool(os.environ.get("TRACKER_REQUIRE_PROGRAMS"))
FOLDER = os.environ.get("TRACKER_PROGRAMS")


def missing(what: str) -> NoReturn:
    """Skip for want of a program, or fail where all are required."""
    reason = f"{what} is not installed; tests/install-programs.sh installs it"
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of a program under one of these names.

    It is in TRACKER_PROGRAMS, or else among the development dependencies, or else on PATH.
    """
    folders = filter(None, (FOLDER, sysconfig.get_path("scripts"), os.environ.get("PATH")))
    path = os.pathsep.join(folders)
    found = (shutil.which(name, path=path) for name in names)
    return next((one for one in found if one), None) or missing(names[0])


def node_package(name: str) -> str:
    """The folder beside whose `node_modules` a package of npm stands."""
    folders = [FOLDER or "", *os.environ.get("NODE_PATH", "").split(os.pathsep)]
    for folder in filter(None, folders):
        for base in (Path(folder), Path(folder).parent):
            if (base / "node_modules" / name).is_dir():
                return str(base)
    return missing(name)


def gi_python(*namespaces: str) -> str:
    """A Python that has GObject introspection for these, which no virtual environment brings."""
    wanted = "; ".join(
        f"gi.require_version({n!r}, {v!r})" for n, v in (x.split() for x in namespaces)
    )
    for python in ("/usr/bin/python3", "python3"):
        if (
            shutil.which(python)
            and not subprocess.run(
                [python, "-c", f"import gi; {wanted}"], capture_output=True, check=False
            ).returncode
        ):
            return python
    return missing(" and ".join(namespaces))
