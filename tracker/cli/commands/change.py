"""The commands that change milestones: each is one verb, on one or several, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tracker import actions
from tracker.actions import Effect, Verb
from tracker.cli.context import App
from tracker.cli.field_options import field_options, read_fields, read_links
from tracker.cli.options import change_options, effect_format_option, store_option, together
from tracker.cli.param_types import DAY, MOVE, PHRASE, STATUS, Anchor, Length
from tracker.cli.printing import show_effects
from tracker.errors import BadValue, TrackerError
from tracker.message import Message
from tracker.model import Milestone, Stamp, Status
from tracker.query import folded

if TYPE_CHECKING:
    from tracker.due import Due

ids_argument = click.argument("ids", nargs=-1, required=True, metavar="ID...")
why_option = click.option("--reason", "-m", "why", metavar="TEXT", help="Why.")
evidence_option = click.option("--evidence", metavar="URL", help="An address or file showing it.")
told = together(change_options, effect_format_option, store_option, click.pass_context)


def _apply(ctx: click.Context, ids: Sequence[str], verb: Verb, due: Due | None = None) -> None:
    app = ctx.ensure_object(App)
    occasion = app.occasion(ctx.params["on"], ctx.params["by"])
    _tell(ctx, actions.apply(app.store, occasion, ids, verb), due)


def _tell(ctx: click.Context, effects: Sequence[Effect], due: Due | None = None) -> None:
    """Print what was done and, when a due date was said in words, what they were taken for."""
    understood = ""
    if due is not None and due.phrase != str(due.date):
        from tracker.due import explain

        understood = explain(due)
    app = ctx.ensure_object(App)
    show_effects(app, str(ctx.info_name), effects, ctx.params["form"], understood)


@click.command("add")
@click.argument("title")
@click.option(
    "--made-on",
    cls=Anchor,
    type=DAY,
    metavar="DATE",
    help="When it was promised (default: today).",
)
@click.option("--due", type=PHRASE, metavar="WHEN", help="By when, as people say it.")
@field_options
@told
def add_command(
    ctx: click.Context,
    title: str,
    made_on: date | None,
    due: Due | None,
    **given: Any,
) -> None:
    """Add a milestone.

    tracker add "Open the new bridge" --due "end of June" --owner "Roads office"
    """
    app = ctx.ensure_object(App)
    draft = {
        "title": title,
        "made_on": made_on,
        **read_fields(None, given),
        **read_links(app, given),
    }
    if due is not None:
        draft |= {"due": due.date, "precision": due.precision, "due_phrase": due.phrase}
    occasion = app.occasion(made_on or given["on"], given["by"])
    _tell(ctx, actions.add(app.store, occasion, [draft]), due)


@click.command("status")
@ids_argument
@click.argument("state", type=STATUS)
@click.option("--superseded-by", metavar="ID", help="The milestone that took its place.")
@why_option
@evidence_option
@told
def status_command(
    ctx: click.Context,
    ids: tuple[str, ...],
    state: Status,
    superseded_by: str | None,
    why: str | None,
    evidence: str | None,
    **_: Any,
) -> None:
    """Set the status of milestones.

    It is one of not-started, in-progress, completed, partly-completed, cancelled, superseded.
    """
    if superseded_by is not None and state is not Status.SUPERSEDED:
        raise BadValue("--superseded-by goes with the status superseded.", "Leave it out.")
    store = ctx.ensure_object(App).store
    successor = actions.uid_of(store, superseded_by) if superseded_by else None
    _set_status(ctx, ids, state, why=why, evidence=evidence, superseded_by=successor)


@click.command("start")
@ids_argument
@why_option
@told
def start_command(ctx: click.Context, ids: tuple[str, ...], why: str | None, **_: Any) -> None:
    """Set milestones in progress."""
    _set_status(ctx, ids, Status.IN_PROGRESS, why=why)


@click.command("done")
@ids_argument
@why_option
@evidence_option
@told
def done_command(
    ctx: click.Context, ids: tuple[str, ...], why: str | None, evidence: str | None, **_: Any
) -> None:
    """Complete milestones; --on says when, --evidence shows it.

    On what is completed, --on puts the day right: it is a correction, and said to be one.
    """
    on = ctx.params["on"]

    def complete(m: Milestone, stamp: Stamp) -> Milestone:
        if m.status is Status.COMPLETED and on not in (None, m.completed_on):
            return m.correct(stamp, {"completed_on": on}, why=why)
        return m.set_status(stamp, Status.COMPLETED, why=why, evidence=evidence)

    _apply(ctx, ids, complete)


@click.command("cancel")
@ids_argument
@why_option
@told
def cancel_command(ctx: click.Context, ids: tuple[str, ...], why: str | None, **_: Any) -> None:
    """Cancel milestones; they stay in the lists as cancelled."""
    _set_status(ctx, ids, Status.CANCELLED, why=why)


def _set_status(ctx: click.Context, ids: Sequence[str], status: Status, **told: Any) -> None:
    _apply(ctx, ids, lambda m, stamp: m.set_status(stamp, status, **told))


@click.command("postpone")
@ids_argument
@click.argument("due", type=MOVE)
@click.option("--earlier", is_flag=True, help="The new date is earlier, and that is meant.")
@why_option
@evidence_option
@told
def postpone_command(
    ctx: click.Context,
    ids: tuple[str, ...],
    due: Due | Length,
    earlier: bool,
    why: str | None,
    evidence: str | None,
    **_: Any,
) -> None:
    """Move the due date; the baseline stays what was first promised.

    A length, such as +2w, counts from the due date of each milestone. `extend` is the same.

    tracker postpone 3 "end of September" --reason "tender repeated"
    """

    def postpone(m: Milestone, stamp: Stamp) -> Milestone:
        new = due.after(m) if isinstance(due, Length) else due
        if not earlier:
            _refuse_earlier(m, new)
        return m.postpone(stamp, new.date, new.precision, new.phrase, why=why, evidence=evidence)

    _apply(ctx, ids, postpone, None if isinstance(due, Length) else due)


def _refuse_earlier(m: Milestone, new: Due) -> None:
    if m.due is not None and new.date is not None and new.date < m.due:
        raise TrackerError(
            "Milestone {id} is due {due}, and {date} is earlier.",
            "Add --earlier if it is brought forward.",
            id=m.id,
            due=m.due,
            date=new.date,
        )


def _has_a_verb(advice: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    """Refuse an option that people look for on `edit`, naming what to type instead."""

    def refuse(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None:
            raise click.UsageError(
                Message("{opts} is not edited: {advice}", opts=param.opts[0], advice=advice), ctx
            )

    return refuse


# What only a verb of its own may change, so that the history says what happened.
verbs_instead = together(
    *(
        click.option(option, expose_value=False, hidden=True, callback=_has_a_verb(advice))
        for option, advice in {
            "--due": "`tracker postpone ID WHEN` if it moved, and if it was recorded wrongly "
            "`tracker correct ID --due WHEN`.",
            "--status": "type `tracker status ID STATE`, `tracker start ID` or `tracker done ID`, "
            "and if it was recorded wrongly `tracker correct ID --status STATE`.",
            "--completed-on": "type `tracker done ID --on DATE`, and if it was recorded wrongly "
            "`tracker correct ID --completed-on DATE`.",
            "--made-on": "if it was recorded wrongly, type `tracker correct ID --made-on DATE`; "
            "`tracker postpone ID WHEN` moves the due date.",
            "--baseline-due": "the baseline never moves; if it was recorded wrongly, type "
            "`tracker correct ID --baseline WHEN`.",
        }.items()
    )
)


@click.command("edit")
@ids_argument
@click.option("--title", help="Other words for it.")
@click.option("--untag", multiple=True, help="A tag to take away; repeat.")
@field_options
@verbs_instead
@why_option
@told
def edit_command(
    ctx: click.Context,
    ids: tuple[str, ...],
    title: str | None,
    untag: tuple[str, ...],
    why: str | None,
    **given: Any,
) -> None:
    """Change the words, people and links of milestones.

    Status and due date have commands of their own: status, done, postpone.
    """
    links = read_links(ctx.ensure_object(App), given)

    def edit(m: Milestone, stamp: Stamp) -> Milestone:
        fields = read_fields(m, given) | links
        if title is not None:
            fields["title"] = title
        if untag:
            gone = set(map(folded, untag))
            tags = fields.get("tags", m.tags)
            fields["tags"] = tuple(tag for tag in tags if folded(tag) not in gone)
        if not fields:
            raise click.UsageError("Nothing to change is given.", ctx)
        return m.edit(stamp, fields, why=why)

    _apply(ctx, ids, edit)


@click.command("note")
@ids_argument
@click.argument("text")
@evidence_option
@told
def note_command(
    ctx: click.Context, ids: tuple[str, ...], text: str, evidence: str | None, **_: Any
) -> None:
    """Write a note into the history of milestones."""
    if not text.strip():
        raise BadValue("The note is empty.", "Write it in quotes: tracker note 3 'as told today'.")
    _apply(ctx, ids, lambda m, stamp: m.note(stamp, text, evidence))


@click.command("remove")
@ids_argument
@click.option("--mistake", is_flag=True, help="It should never have been entered: no drop.")
@why_option
@told
def remove_command(
    ctx: click.Context, ids: tuple[str, ...], mistake: bool, why: str | None, **_: Any
) -> None:
    """Take milestones out of every list; undo brings them back.

    With --mistake, such as for one entered twice, no past day shows it and no report counts it as
    dropped.
    """
    remove = Milestone.retract if mistake else Milestone.remove
    _apply(ctx, ids, lambda m, stamp: remove(m, stamp, why=why))


@click.command("undo")
@click.argument("change", required=False)
@click.option("--by", metavar="NAME", help="Who says so.")
@effect_format_option
@store_option
@click.pass_context
def undo_command(ctx: click.Context, /, change: str | None, by: str | None, **_: Any) -> None:
    """Reverse the last recorded change, whoever made it; again for the one before.

    With CHANGE, the name that `tracker log` gives each, that one, if nothing builds on it.
    """
    app = ctx.ensure_object(App)
    _tell(ctx, actions.undo(app.store, app.occasion(by=by), change))


@click.command("redo")
@click.option("--by", metavar="NAME", help="Who says so.")
@effect_format_option
@store_option
@click.pass_context
def redo_command(ctx: click.Context, /, by: str | None, **_: Any) -> None:
    """Reverse the last undo, if nothing was changed since."""
    app = ctx.ensure_object(App)
    _tell(ctx, actions.redo(app.store, app.occasion(by=by)))
