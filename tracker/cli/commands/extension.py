"""More time: asked for by who owes it, granted or refused by who assigned it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.commands.change import Errand, errand_options, why_option
from tracker.cli.commands.cycle import as_option
from tracker.cli.options import Decorator, SignedLengthCommand
from tracker.cli.param_types import MOVE, Length, after
from tracker.model import Milestone, OfficeStep, Stage, Stamp
from tracker.model.cycle import default_party

if TYPE_CHECKING:
    from tracker.due import Due


def _reason(told: str) -> Decorator:
    return click.option("--reason", "-m", "why", metavar="TEXT", required=True, help=told)


@click.command("request-extension", cls=SignedLengthCommand)
@as_option
@errand_options(_reason("Why more time is needed."))
@click.argument("due", type=MOVE)
def request_extension_command(errand: Errand, due: Due | Length, party: str) -> None:
    """Ask for more time (申请顺延); the due date stays until it is granted.

    A length, such as +2w, counts from the due date of each milestone.
    """

    def ask(m: Milestone, stamp: Stamp) -> Milestone:
        new, stage = after(due, m), Stage.EXTENSION_ASKED
        who = party or default_party(m, stage)
        step = OfficeStep(stage, who, "", new.date, new.precision, new.phrase)
        return m.ask_extension(stamp, step, **errand.said)

    errand.owed().apply(ask, due)


def _answering(name: str, stage: Stage, reason: Decorator, told: str) -> click.Command:
    @click.command(name, help=told)
    @as_option
    @errand_options(reason)
    def answer(errand: Errand, party: str) -> None:
        errand.owed().apply(lambda m, stamp: m.answer_extension(stamp, stage, party, **errand.said))

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
