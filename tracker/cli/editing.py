"""A form of milestones edited in the user's editor: checked on saving, and never lost."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tracker import actions
from tracker.actions import ChangeContext, Effect
from tracker.cli.context import App
from tracker.cli.form import Mistake, form, marked, read, refused, unmarked, unreadable
from tracker.cli.param_types import PHRASE
from tracker.cli.questions import confirm
from tracker.errors import TrackerError
from tracker.message import Message
from tracker.model import Milestone, Stamp


def edited(app: App, occasion: ChangeContext, milestones: Sequence[Milestone]) -> list[Effect]:
    """Let a person edit these in one form, and make the changes; none if nothing was changed.

    On a mistake it is offered again with the mistake at its place. What is given up is kept in a
    file that the refusal names.
    """
    begun = form(milestones, app.lang)
    text, path = begun, _file()
    while True:
        path.write_text(text, encoding="utf-8")
        ended = _opened(path)
        text = _saved(path)
        if not text.strip() or text == begun:
            path.unlink()
            raise ended
        if isinstance(ended, _EditorFailed):
            app.note(ended.in_full)
            raise _given_up(path)
        try:
            effects = _made(app, occasion, milestones, text)
        except Mistake as mistake:
            app.note(mistake.in_full)
            if not confirm(app, Message("Edit it again?"), default=True):
                raise _given_up(path) from None
            text = marked(text, mistake, app.lang)
        except TrackerError as error:
            app.note(error.in_full)
            raise _given_up(path) from None
        else:
            path.unlink()
            return effects


class _EditorFailed(TrackerError):
    """It could not be started, or says that it failed, as vi does after :cq."""


def _opened(path: Path) -> TrackerError:
    """Open it in the editor, and return what is to be said if nothing was written there."""
    try:
        click.edit(filename=str(path))
    except click.ClickException:
        return _EditorFailed(
            Message("The editor gave up, or could not be started."),
            Message("VISUAL or EDITOR names another."),
        )
    return TrackerError("Nothing was changed.")


def _file() -> Path:
    number, name = tempfile.mkstemp(prefix="tracker-edit-", suffix=".toml")
    os.close(number)
    return Path(name)


def _saved(path: Path) -> str:
    try:
        return unmarked(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise unreadable(path) from None


def _given_up(path: Path) -> TrackerError:
    return TrackerError("Nothing was changed.", "What you wrote is kept in {path}.", path=path)


def _made(
    app: App, occasion: ChangeContext, milestones: Sequence[Milestone], text: str
) -> list[Effect]:
    """Make the changes of a form, all or none. Raises Mistake at the place of what is refused."""
    why, changes = read(text, milestones)
    if not changes:
        raise TrackerError("Nothing was changed.")
    seen = {m.id: m.recorded_at for m in milestones}
    at = 0

    def change(m: Milestone, stamp: Stamp) -> Milestone:
        nonlocal at
        at = m.id
        if m.recorded_at != seen[m.id]:
            raise _EditConflict(
                Message("Milestone {id} was changed meanwhile.", id=m.id),
                Message("Look at it: `tracker log {id}`.", id=m.id),
            )
        return _verbs(m, stamp, changes[m.id], why)

    uids = [m.uid for m in milestones if m.id in changes]
    try:
        return actions.apply(app.store, occasion, uids, change)
    except _EditConflict:
        raise
    except TrackerError as error:
        raise refused(text, error, at) from None


class _EditConflict(TrackerError):
    """Somebody else changed it while it was edited."""


def _verbs(m: Milestone, stamp: Stamp, fields: dict[str, Any], why: str | None) -> Milestone:
    """The milestone as the form has it, each change by the verb that says what happened."""
    fields = dict(fields)
    due, status = fields.pop("due", None), fields.pop("status", None)
    if fields:
        m = m.edit(stamp, fields, why=why)
    if due is not None:
        if not due:
            raise TrackerError(Message("A due date is not taken away; say another, or until when."))
        new = PHRASE.convert(due, None, click.get_current_context())
        m = m.postpone(actions.next_stamp(stamp, m), new.date, new.precision, new.phrase, why=why)
    if status is not None:
        m = m.set_status(actions.next_stamp(stamp, m), status, why=why)
    return m
