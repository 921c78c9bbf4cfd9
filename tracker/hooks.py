"""Programs of the user's that are asked before a store changes, and told afterwards.

`before-change` refuses by an exit code other than 0, in the first line that it writes to stderr;
`after-change` is told. Both are executables in one folder of the user's own, and get the change as
JSON on stdin. docs/hooks.md says more.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Literal

import msgspec
from msgspec import Struct

from tracker.errors import HookRefused, TrackerError, system_reason
from tracker.message import Message
from tracker.model import Milestone
from tracker.render.text import clean, fit
from tracker.store import AfterWrite, Effect, Gate

BEFORE: Literal["before-change"] = "before-change"
AFTER: Literal["after-change"] = "after-change"
RUNNING = "TRACKER_HOOK"
"""The variable that names the hook to it; what it changes itself passes no hook."""

PATIENCE = 10
"""Seconds that a hook may take."""

_NOTHING = Message("Nothing was changed.")
_SAID = 300
"""Cells of what a hook says that are repeated."""

_ENDS = tuple(".!?…。！？")  # Chinese sentences end so
_HEARD = 4096
"""Bytes of what it says that are kept."""

_MOMENT = 0.5
"""Seconds in which its last words are heard; a child that it leaves behind may hold its tongue."""

_KEPT = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
"""What of the environment a hook sees; passwords stand in others."""


class HookChange(Struct, frozen=True):
    """One milestone as it was, null for a new one, and as it will be, with its whole history."""

    before: Milestone | None
    after: Milestone


class HookEvent(Struct, frozen=True):
    """What a hook reads: all that one act changes of the store."""

    event: Literal["before-change", "after-change"]
    store: str
    changes: tuple[HookChange, ...]
    schema: Literal["tracker.hook/1"] = "tracker.hook/1"


def gate(folder: Path, note: Callable[[Message], None], patience: float = PATIENCE) -> Gate:
    """Return what asks and tells the hooks of a folder; `note` is told of one that fails after."""

    def asked(store: str, effects: Sequence[Effect]) -> AfterWrite:
        if not effects:
            return lambda: None
        store = store if "://" in store else str(Path(store).absolute())
        changes = tuple(HookChange(e.before, e.after) for e in effects)
        if hook := _executable(folder / BEFORE):
            _run(hook, HookEvent(BEFORE, store, changes), patience)

        def told() -> None:
            try:
                if hook := _executable(folder / AFTER):
                    _run(hook, HookEvent(AFTER, store, changes), patience)
            except TrackerError as error:
                said = "tracker: {reason} The change is made."
                note(Message(said, reason=error.message))

        return told

    return asked


def _executable(hook: Path) -> Path | None:
    """The hook, if there is one to run. Raises HookRefused for one that others can write."""
    if not hook.is_file() or not os.access(hook, os.X_OK):
        return None
    found = hook.stat()
    if os.name == "posix" and (found.st_uid not in (0, os.geteuid()) or found.st_mode & 0o022):
        raise HookRefused(
            "{hook} can be written by others, and is not run.",
            "Nothing was changed. Make it yours alone: chmod go-w {hook}",
            hook=str(hook),
        )
    return hook


def _run(hook: Path, event: HookEvent, patience: float) -> None:
    """Run it to its end. Raises HookRefused with what it says."""
    try:
        with TemporaryFile() as told:
            told.write(msgspec.json.encode(event))
            told.seek(0)
            code, said = _ended(hook, told, patience)
    except OSError as error:
        raise HookRefused(
            "{hook} cannot be run: {reason}.", _NOTHING, hook=hook.name, reason=system_reason(error)
        ) from None
    if code and (lines := said.decode(errors="replace").strip().splitlines()):
        words = fit(clean(lines[0]), _SAID)
        ended = words if words.endswith(_ENDS) else f"{words}."
        raise HookRefused("{hook} refuses: {said}", _NOTHING, hook=hook.name, said=ended)
    if code:
        raise HookRefused("{hook} refuses, and says nothing on stderr.", _NOTHING, hook=hook.name)


def _ended(hook: Path, told: IO[bytes], patience: float) -> tuple[int, bytes]:
    """The exit code of a hook, and how it began to say why. Raises HookRefused if it is slow."""
    running = subprocess.Popen(  # noqa: S603  # the user's own, from the user's own folder
        [str(hook)],
        stdin=told,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=hook.parent,
        env=_environment(hook.name),
        start_new_session=True,
    )
    said = bytearray()
    listener = Thread(target=_listen, args=(running.stderr, said), daemon=True)
    listener.start()
    try:
        code = running.wait(patience)
        if code:
            listener.join(_MOMENT)
        return code, bytes(said)
    except subprocess.TimeoutExpired:
        raise HookRefused(
            "{hook} was not done in {seconds:g} seconds.",
            _NOTHING,
            hook=hook.name,
            seconds=patience,
        ) from None
    finally:
        if running.poll() is None:
            _kill(running)


def _listen(stream: IO[bytes], said: bytearray) -> None:
    """Hear all that a hook and its children write, and keep the beginning."""
    with stream:
        while part := os.read(stream.fileno(), 4096):
            said += part[: _HEARD - len(said)]


def _kill(running: subprocess.Popen[bytes]) -> None:
    """End it with all that it began."""
    with suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
    running.wait()


def _environment(name: str) -> dict[str, str]:
    return {word: os.environ[word] for word in _KEPT if word in os.environ} | {RUNNING: name}
