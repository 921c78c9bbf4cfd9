"""The office's cycle: assign, receive, feedback, verify, close, each a step with who and when."""

from __future__ import annotations

import click

from tracker.cli.commands.change import Errand, errand_options
from tracker.errors import BadValue
from tracker.model import Assessment, Milestone, OfficeStep, Role, Stage, Stamp, Verdict
from tracker.model.cycle import default_party

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
    @as_option
    @errand_options()
    def take(errand: Errand, party: str) -> None:
        def step(m: Milestone, stamp: Stamp) -> Milestone:
            return m.take(stamp, OfficeStep(stage, party or default_party(m, stage)), **errand.said)

        errand.apply(step)

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
@as_option
@click.option("--fails", is_flag=True, help="It is not as reported: send it back (退回), with -m.")
@errand_options()
def verify_command(errand: Errand, party: str, fails: bool) -> None:
    """Write down that milestones were found to be as reported (核查), or send them back.

    It counts as an assessment, kept or in-progress; for other verdicts there is `tracker assess`
    beside it. The responsible body verifies nothing of its own.
    """
    if fails and not (errand.why or "").strip():
        raise BadValue("It is sent back without a reason.", "Say what is missing: -m REASON.")
    stage = Stage.RETURNED if fails else Stage.VERIFIED

    def verify(m: Milestone, stamp: Stamp) -> Milestone:
        name = party or default_party(m, stage) or stamp.by
        if not name:
            raise BadValue("Who verified it is not known.", "Say who: --as NAME.")
        role = errand.desk.app.settings.role(name) or Role.AUDITOR
        found = Assessment(name, role, Verdict.IN_PROGRESS if fails else Verdict.KEPT)
        return m.take(stamp, OfficeStep(stage, name), assessment=found, **errand.said)

    errand.apply(verify)
