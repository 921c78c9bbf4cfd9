"""`tracker assess`: what somebody found of a promise, apart from what its body reports."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tracker.cli.commands.change import Errand, errand_options
from tracker.cli.param_types import ROLE, VERDICT
from tracker.errors import BadValue
from tracker.model import Assessment, Change, Milestone, Role, Stamp, Verdict
from tracker.texts import folded


@click.command("assess")
@click.option("--as", "assessor", metavar="NAME", required=True, help="Who found it.")
@click.option(
    "--role",
    type=ROLE,
    help="As what they speak: auditor, press, public or body, unless the settings say so.",
)
@click.option("--disputes", metavar="CHANGE", help="The assessment that this one contradicts.")
@errand_options()
@click.argument("verdict", type=VERDICT)
def assess_command(
    errand: Errand, verdict: Verdict, assessor: str, role: Role | None, disputes: str | None
) -> None:
    """Write down what somebody found, apart from what the body reports.

    It is kept, partly, not-kept, in-progress or cannot-tell. The status stays what the
    responsible body reports, and what others found stays beside it.
    """
    speaks_as = errand.desk.app.settings.role(assessor)

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
        return m.assess(stamp, found, **errand.said)

    errand.apply(assess)


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
