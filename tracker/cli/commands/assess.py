"""`tracker assess`: what somebody found of a promise, apart from what its body reports."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tracker.cli.commands.change import (
    Desk,
    desk_options,
    why_option,
)
from tracker.cli.evidence_option import evidence_option
from tracker.cli.param_types import ROLE, VERDICT
from tracker.cli.picking import Picked, picked
from tracker.errors import BadValue
from tracker.evidence.taking import Proof
from tracker.model import Assessment, Change, Milestone, Role, Stamp, Verdict
from tracker.texts import folded


@click.command("assess")
@picked()
@click.argument("verdict", type=VERDICT)
@click.option("--as", "assessor", metavar="NAME", required=True, help="Who found it.")
@click.option(
    "--role",
    type=ROLE,
    help="As what they speak: auditor, press, public or body, unless the settings say so.",
)
@click.option("--disputes", metavar="CHANGE", help="The assessment that this one contradicts.")
@why_option
@evidence_option
@desk_options
def assess_command(
    desk: Desk,
    picked: Picked,
    verdict: Verdict,
    assessor: str,
    role: Role | None,
    disputes: str | None,
    why: str | None,
    proof: Proof,
) -> None:
    """Write down what somebody found, apart from what the body reports.

    It is kept, partly, not-kept, in-progress or cannot-tell. The status stays what the
    responsible body reports, and what others found stays beside it.
    """
    speaks_as = desk.app.settings.role(assessor)

    def assess(m: Milestone, stamp: Stamp) -> Milestone:
        is_own = m.owner is not None and folded(m.owner) == folded(assessor)
        spoken_as = role or speaks_as or (Role.BODY if is_own else None)
        if spoken_as is None:
            raise BadValue(
                "As what {name} speaks is not known.",
                "Add --role auditor, press or public, or say it in the settings: [assessors].",
                name=assessor,
            )
        disputed = entry_named(m, disputes, m.assessments).digest if disputes else ""
        found = Assessment(" ".join(assessor.split()), spoken_as, verdict, disputed)
        return m.assess(stamp, found, why=why, evidence=proof.said)

    desk.apply(picked, assess, contents=proof.contents)


def entry_named(m: Milestone, start: str, entries: Iterable[Change]) -> Change:
    """The one of the entries whose name begins so. Raises BadValue."""
    found = [c for c in entries if c.digest.startswith(start.lower())]
    if len(found) != 1:
        raise BadValue(
            "Milestone {id} has no assessment or step {change}.",
            "`tracker log {id}` names those there are.",
            id=m.id,
            change=start,
        )
    return found[0]
