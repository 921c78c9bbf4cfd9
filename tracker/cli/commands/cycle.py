"""The office's cycle: assign, receive, feedback, verify, close, each a step with who and when."""

from __future__ import annotations

import click

from tracker.cli.commands.change import Desk, desk_options, why_option
from tracker.cli.evidence_option import evidence_option
from tracker.cli.picking import Picked, picked
from tracker.errors import BadValue
from tracker.evidence.taking import Proof
from tracker.model import Assessment, Milestone, OfficeStep, Role, Stage, Stamp, Verdict
from tracker.model.cycle import whose

as_option = click.option(
    "--as",
    "party",
    metavar="NAME",
    default="",
    callback=lambda _ctx, _, name: " ".join(name.split()),
    help="Who does it, if it goes without saying who does not: the responsible body or who "
    "assigned it.",
)


def _command(stage: Stage, told: str) -> click.Command:
    @click.command(stage.verb, help=told)
    @picked()
    @as_option
    @why_option
    @evidence_option
    @desk_options
    def take(desk: Desk, picked: Picked, party: str, why: str | None, proof: Proof) -> None:
        def step(m: Milestone, stamp: Stamp) -> Milestone:
            taken = OfficeStep(stage, party or whose(m, stage))
            return m.take(stamp, taken, why=why, evidence=proof.said)

        desk.apply(picked, step, contents=proof.contents)

    return take


assign_command = _command(
    Stage.ASSIGNED,
    """Assign milestones to their responsible bodies (交办); the cycle begins anew.

    --as names who assigns: who then verifies and closes, and answers who asks for more time.
    """,
)
receive_command = _command(
    Stage.RECEIVED,
    """Write down that the responsible bodies received milestones (签收).""",
)
feedback_command = _command(
    Stage.REPORTED,
    """Write down what the responsible bodies report back (反馈).

    The status is changed apart, and it waits to be verified. A further report takes the place of
    one that nobody verified.
    """,
)
close_command = _command(
    Stage.CLOSED,
    """Take milestones that were verified off the list of what is supervised (销号).

    Only who assigned them does. The status stays what the responsible body reports.
    """,
)


@click.command("verify")
@picked()
@as_option
@click.option("--fails", is_flag=True, help="It is not as reported: send it back (退回), with -m.")
@why_option
@evidence_option
@desk_options
def verify_command(
    desk: Desk, picked: Picked, party: str, fails: bool, why: str | None, proof: Proof
) -> None:
    """Write down that milestones were found to be as reported (核查), or send them back.

    It counts as an assessment, kept or in-progress; for other verdicts there is `tracker assess`
    beside it. The responsible body verifies nothing of its own.
    """
    if fails and not (why or "").strip():
        raise BadValue("It is sent back without a reason.", "Say what is missing: -m REASON.")
    stage = Stage.RETURNED if fails else Stage.VERIFIED

    def verify(m: Milestone, stamp: Stamp) -> Milestone:
        name = party or whose(m, stage) or stamp.by
        if not name:
            raise BadValue("Who verified it is not known.", "Say who: --as NAME.")
        role = desk.app.settings.role(name) or Role.AUDITOR
        found = Assessment(name, role, Verdict.IN_PROGRESS if fails else Verdict.KEPT)
        step = OfficeStep(stage, name)
        return m.take(stamp, step, why=why, evidence=proof.said, assessment=found)

    desk.apply(picked, verify, contents=proof.contents)
