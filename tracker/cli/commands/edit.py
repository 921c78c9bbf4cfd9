"""`tracker edit`: words, people and links; what has a verb of its own is not edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from tracker.cli.commands.change import Desk, desk_options, why_option
from tracker.cli.field_options import OWN, field_options, read_fields, read_links
from tracker.cli.options import combined
from tracker.cli.picking import PickedMilestones, picked
from tracker.cli.questions import may_ask
from tracker.message import Message
from tracker.model import Milestone, Stamp
from tracker.texts import folded


def _has_a_verb(advice: Message) -> Callable[[click.Context, click.Parameter, str | None], None]:
    """Refuse an option that people look for on `edit`, naming what to type instead."""

    def refuse(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            raise click.UsageError(advice, ctx)

    return refuse


# What only a verb of its own may change, so that the history says what happened.
verbs_instead = combined(
    *(
        click.option(option, expose_value=False, hidden=True, callback=_has_a_verb(advice))
        for option, advice in {
            "--due": Message(
                "--due is not edited: type `tracker postpone ID WHEN` if it moved, and `tracker "
                "correct ID --due WHEN -m REASON` if it was recorded wrongly."
            ),
            "--status": Message(
                "--status is not edited: type `tracker status ID STATE`, `tracker start ID` or "
                "`tracker done ID`, and `tracker correct ID --status STATE -m REASON` if it was "
                "recorded wrongly."
            ),
            "--completed-on": Message(
                "--completed-on is not edited: type `tracker done ID --on DATE`, and `tracker "
                "correct ID --completed-on DATE -m REASON` if it was recorded wrongly."
            ),
            "--made-on": Message(
                "--made-on is not edited: type `tracker correct ID --made-on DATE -m REASON` if it "
                "was recorded wrongly. `tracker postpone ID WHEN` moves the due date."
            ),
            "--baseline-due": Message(
                "--baseline-due is not edited, since the baseline never moves: type `tracker "
                "correct ID --baseline WHEN -m REASON` if it was recorded wrongly."
            ),
        }.items()
    )
)


@click.command("edit")
@picked(*OWN)
@click.option("--title", help="Other words for it.")
@click.option("--untag", multiple=True, help="A tag to take away; repeat.")
@field_options
@verbs_instead
@why_option
@desk_options
def edit_command(
    desk: Desk,
    picked: PickedMilestones,
    title: str | None,
    untag: Sequence[str],
    why: str | None,
    **given: Any,
) -> None:
    """Change the words, people and links of milestones.

    Status and due date have commands of their own: status, done, postpone. Without options it opens
    a form in your editor (VISUAL, EDITOR), which a due date and a status may be changed in too.
    """
    if not any((title, untag, why, *given.values())) and desk.asks and may_ask(desk.app):
        from tracker.cli.editing import edited

        desk.show(edited(desk.app, desk.occasion, picked.milestones()))
        return
    links = read_links(desk.app, given)

    def edit(m: Milestone, stamp: Stamp) -> Milestone:
        fields = read_fields(m, given) | links
        if title is not None:
            fields["title"] = title
        if untag:
            gone = set(map(folded, untag))
            tags = fields.get("tags", m.tags)
            fields["tags"] = tuple(tag for tag in tags if folded(tag) not in gone)
        if not fields:
            raise click.UsageError("Nothing to change is given.", click.get_current_context())
        return m.edit(stamp, fields, why=why)

    desk.apply(picked, edit)
