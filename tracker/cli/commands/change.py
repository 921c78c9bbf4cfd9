"""The commands that change milestones: each is one verb, on one or several, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import actions
from tracker.actions import ChangeContext, Effect, Verb, next_stamp
from tracker.cli.context import App
from tracker.cli.evidence_option import evidence_option
from tracker.cli.field_options import field_options, read_fields, read_links
from tracker.cli.options import (
    Decorator,
    SignedLengthCommand,
    combined,
    file_option,
    format_option,
    occasion_options,
    passes_value,
    unfollowed_option,
)
from tracker.cli.param_types import DAY, MOVE, PHRASE, STATUS, Anchor, Length, after
from tracker.cli.picking import PickedMilestones, picked
from tracker.cli.printing import Printer
from tracker.cli.questions import may_ask
from tracker.errors import BadValue, TrackerError
from tracker.model import Justification, Milestone, Stamp, Status

if TYPE_CHECKING:
    from tracker.due import Due
    from tracker.evidence.taking import Proof

why_option = click.option("--reason", "-m", "why", metavar="TEXT", help="Why.")


class Desk:
    """Where milestones are changed: their store, by whom and when, and who prints what was done."""

    def __init__(self, app: App, occasion: ChangeContext, printer: Printer) -> None:
        self.app = app
        self.occasion = occasion
        self._printer = printer

    @property
    def asks(self) -> bool:
        """Whether people read what is printed, and so may be asked."""
        return not self._printer.is_json

    def apply(
        self,
        picked: PickedMilestones,
        verb: Verb,
        due: Due | None = None,
        contents: Sequence[bytes] = (),
    ) -> None:
        """Make one change to each milestone, keep its evidence, and print it."""
        effects = picked.change(self.occasion, verb, asks=self.asks, contents=contents)
        self.show(effects, due)

    def show(self, effects: Sequence[Effect], due: Due | None = None) -> None:
        """Print what was done and, if a due date was said in words, what they were taken for."""
        understood = ""
        if due is not None and due.phrase != str(due.date):
            from tracker.render.due import read_back

            understood = read_back(due, self.app.lang)
        self._printer.effects(effects, understood)


desk_options = combined(
    occasion_options,
    unfollowed_option,
    format_option,
    passes_value("desk", lambda app, given: Desk(app, given.pop("occasion"), given.pop("printer"))),
    file_option,
)


class Errand(NamedTuple):
    """What a verb is for: which milestones, at which desk, why, and what shows it."""

    desk: Desk
    picked: PickedMilestones
    why: str | None
    proof: Proof | None

    @property
    def said(self) -> Justification:
        """Why, and what shows it, as a verb takes both."""
        return {"why": self.why, "evidence": self.proof.said if self.proof else None}

    def owed(self) -> Errand:
        """The same, of what is still owed, unless a status or a standing is asked for."""
        return self._replace(picked=self.picked.owed())

    def apply(self, verb: Verb, due: Due | Length | None = None) -> None:
        """Make one change to each, keep what shows it, and print it."""
        understood = None if isinstance(due, Length) else due
        contents = self.proof.contents if self.proof else ()
        self.desk.apply(self.picked, verb, understood, contents)


def errand_options(reason: Decorator | None = why_option, *, shows: bool = True) -> Decorator:
    """What each verb asks: of which milestones, why, by which evidence, when and by whom."""
    asked = (reason, evidence_option if shows else None, desk_options)
    return combined(picked(), *filter(None, asked), passes_value("errand", _errand))


def _errand(_: App, given: dict[str, Any]) -> Errand:
    why, proof = given.pop("why", None), given.pop("proof", None)
    return Errand(given.pop("desk"), given.pop("picked"), why, proof)


@click.command("add")
@click.argument("title", required=False, metavar="TITLE")
@click.option(
    "--made-on",
    cls=Anchor,
    type=DAY,
    metavar="DATE",
    help="When it was promised (default: today).",
)
@click.option("--due", type=PHRASE, metavar="WHEN", help="By when, as people say it.")
@click.option("--again", is_flag=True, help="Though the same is there already.")
@field_options
@desk_options
def add_command(
    desk: Desk,
    title: str | None,
    made_on: date | None,
    due: Due | None,
    again: bool,
    **given: Any,
) -> None:
    """Add a milestone; without a title it asks for what there is to say."""
    from tracker.cli.asking import ask_draft, refuse_double

    if title is None:
        if not (may_ask(desk.app) and desk.asks):
            ctx = click.get_current_context()
            raise click.MissingParameter(ctx=ctx, param=ctx.command.params[0])
        told = ask_draft(desk.app, {**given, "made_on": made_on, "due": due})
        made_on, due = told.pop("made_on", made_on), told.pop("due", due)
        title = told.pop("title")
        given |= told
    draft = {
        "title": title,
        "made_on": made_on,
        **read_fields(None, given),
        **read_links(desk.app, given),
    }
    if not again:
        refuse_double(desk.app, title, draft.get("owner"), asks=desk.asks)
    if due is not None:
        draft |= {"due": due.date, "precision": due.precision, "due_phrase": due.phrase}
    occasion = desk.app.occasion(made_on, desk.occasion.by) if made_on else desk.occasion
    desk.show(actions.add(desk.app.store, occasion, [draft]), due)


@click.command("status")
@click.option("--superseded-by", metavar="ID", help="The milestone that took its place.")
@errand_options()
@click.argument("state", type=STATUS)
def status_command(errand: Errand, state: Status, superseded_by: str | None) -> None:
    """Set the status of milestones.

    It is one of not-started, in-progress, completed, partly-completed, cancelled, superseded.
    """
    if superseded_by is not None and state is not Status.SUPERSEDED:
        raise BadValue("--superseded-by goes with the status superseded.", "Leave it out.")
    successor = actions.uid_of(errand.desk.app.store, superseded_by) if superseded_by else None
    errand.apply(
        lambda m, stamp: m.set_status(stamp, state, superseded_by=successor, **errand.said)
    )


@click.command("start")
@errand_options(shows=False)
def start_command(errand: Errand) -> None:
    """Set milestones in progress."""
    errand.owed().apply(lambda m, stamp: m.set_status(stamp, Status.IN_PROGRESS, **errand.said))


@click.command("done")
@click.option("--day-unknown", is_flag=True, help="Nobody knows on which day it was.")
@errand_options()
@click.pass_context
def done_command(ctx: click.Context, errand: Errand, day_unknown: bool) -> None:
    """Complete milestones; --on says when, --evidence shows it.

    On what is completed, --on puts the day right: it is a correction, and said to be one.
    """
    on, said = ctx.params["on"], errand.said
    if day_unknown and on is not None:
        raise click.UsageError("--on names the day that --day-unknown says nobody knows.", ctx)

    def complete(m: Milestone, stamp: Stamp) -> Milestone:
        if m.status is Status.COMPLETED and (day_unknown or on not in (None, m.completed_on)):
            corrected = m.correct(stamp, {"completed_on": on}, why=errand.why)
            shown = said["evidence"]
            return corrected.note(next_stamp(stamp, corrected), None, shown) if shown else corrected
        return m.set_status(stamp, Status.COMPLETED, is_day_known=not day_unknown, **said)

    errand.owed().apply(complete)


@click.command("cancel")
@errand_options(shows=False)
def cancel_command(errand: Errand) -> None:
    """Cancel milestones; they stay in the lists as cancelled."""
    errand.owed().apply(lambda m, stamp: m.set_status(stamp, Status.CANCELLED, **errand.said))


@click.command("postpone", cls=SignedLengthCommand)
@click.option("--earlier", is_flag=True, help="The new date is earlier, and that is meant.")
@errand_options()
@click.argument("due", type=MOVE)
def postpone_command(errand: Errand, due: Due | Length, earlier: bool) -> None:
    """Move the due date; the baseline stays what was first promised.

    A length, such as +2w, counts from the due date of each milestone; -1w takes --earlier, like
    any date before it. `extend` is the same.
    """

    def postpone(m: Milestone, stamp: Stamp) -> Milestone:
        new = after(due, m)
        if not earlier:
            _refuse_earlier(m, new)
        return m.postpone(stamp, new.date, new.precision, new.phrase, **errand.said)

    errand.owed().apply(postpone, due)


def _refuse_earlier(m: Milestone, new: Due) -> None:
    if m.due is not None and new.date is not None and new.date < m.due:
        raise TrackerError(
            "Milestone {id} is due {due}, and {date} is earlier.",
            "Add --earlier if it is brought forward.",
            id=m.id,
            due=m.due,
            date=new.date,
        )


@click.command("note")
@errand_options(None)
@click.argument("text")
def note_command(errand: Errand, text: str) -> None:
    """Write a note into the history of milestones."""
    if not text.strip():
        raise BadValue("The note is empty.", "Write it in quotes: tracker note 3 'as told today'.")
    errand.apply(lambda m, stamp: m.note(stamp, text, errand.said["evidence"]))


@click.command("remove")
@click.option("--mistake", is_flag=True, help="It should never have been entered: no drop.")
@errand_options(shows=False)
def remove_command(errand: Errand, mistake: bool) -> None:
    """Take milestones out of every list; undo brings them back.

    With --mistake, such as for one entered twice, no past day shows it and no report counts it as
    dropped.
    """
    remove = Milestone.retract if mistake else Milestone.remove
    errand.apply(lambda m, stamp: remove(m, stamp, why=errand.why))
