"""More time: asked for by who owes it, granted or refused by who assigned it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.commands.change import Desk, desk_options, why_option
from tracker.cli.commands.cycle import as_option
from tracker.cli.evidence_option import evidence_option
from tracker.cli.options import Decorator, Signed
from tracker.cli.param_types import MOVE, Length
from tracker.cli.picking import Picked, picked
from tracker.evidence.taking import Proof
from tracker.model import Milestone, OfficeStep, Stage, Stamp
from tracker.model.cycle import whose

if TYPE_CHECKING:
    from tracker.due import Due


def _reason(told: str) -> Decorator:
    return click.option("--reason", "-m", "why", metavar="TEXT", required=True, help=told)


@click.command("request-extension", cls=Signed)
@picked()
@click.argument("due", type=MOVE)
@as_option
@_reason("Why more time is needed.")
@evidence_option
@desk_options
def request_extension_command(
    desk: Desk, picked: Picked, due: Due | Length, party: str, why: str, proof: Proof
) -> None:
    """Ask for more time (申请顺延); the due date stays until it is granted.

    A length, such as +2w, counts from the due date of each milestone.
    """

    def ask(m: Milestone, stamp: Stamp) -> Milestone:
        new = due.after(m) if isinstance(due, Length) else due
        stage = Stage.EXTENSION_ASKED
        who = party or whose(m, stage)
        step = OfficeStep(stage, who, "", new.date, new.precision, new.phrase)
        return m.ask_extension(stamp, step, why=why, evidence=proof.said)

    understood = None if isinstance(due, Length) else due
    desk.apply(picked.owed(), ask, understood, proof.contents)


def _answering(name: str, stage: Stage, reason: Decorator, told: str) -> click.Command:
    @click.command(name, help=told)
    @picked()
    @as_option
    @reason
    @evidence_option
    @desk_options
    def answer(desk: Desk, picked: Picked, party: str, why: str | None, proof: Proof) -> None:
        def verb(m: Milestone, stamp: Stamp) -> Milestone:
            return m.answer_extension(stamp, stage, party, why=why, evidence=proof.said)

        desk.apply(picked.owed(), verb, contents=proof.contents)

    return answer


grant_extension_command = _answering(
    "grant-extension",
    Stage.EXTENSION_GRANTED,
    why_option,
    """Grant more time to who asked for it; the due date moves to the day asked for.

    It is a postponement that names what it answers. Only who assigned the milestone grants it.
    """,
)
refuse_extension_command = _answering(
    "refuse-extension",
    Stage.EXTENSION_REFUSED,
    _reason("Why not."),
    """Refuse more time to who asked for it; the due date stays.

    The log keeps both. Only who assigned the milestone refuses it.
    """,
)
