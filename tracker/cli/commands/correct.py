"""`tracker correct`: the record put right where it was wrong, though nothing in the world moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from msgspec import UNSET
from msgspec.structs import replace

from tracker.cli.commands.assess import entry_named
from tracker.cli.context import App
from tracker.cli.field_options import OWN, field_options, read_fields, read_links
from tracker.cli.options import by_option, format_option, store_option, unfollowed_option
from tracker.cli.param_types import DAY, KNOWN_DAY, PHRASE, ROLE, STATUS, VERDICT
from tracker.cli.picking import PickedMilestones, picked
from tracker.cli.printing import Printer
from tracker.errors import BadValue, OutOfOrder, Unchanged
from tracker.model import SHORT, Milestone, Precision, Stamp, Status

if TYPE_CHECKING:
    from tracker.due import Due


@click.command("correct")
@picked(*OWN)
@click.option(
    "--made-on",
    type=KNOWN_DAY,
    default=UNSET,
    metavar="DATE",
    is_eager=True,
    help="The day on which it was really promised, or “unknown”.",
)
@click.option("--due", type=PHRASE, metavar="WHEN", help="The date that was really meant last.")
@click.option("--baseline", type=PHRASE, metavar="WHEN", help="The date really promised first.")
@click.option(
    "--completed-on",
    type=KNOWN_DAY,
    default=UNSET,
    metavar="DATE",
    help="The day it was really completed, or “unknown”.",
)
@click.option("--status", type=STATUS, help="The status that it really had.")
@click.option("--title", help="The words that it should have had.")
@click.option(
    "--entry",
    metavar="CHANGE",
    help="An assessment or a step of the cycle to put right, by its name in the log.",
)
@click.option("--on", "entry_on", type=DAY, metavar="DATE", help="The day that entry is really of.")
@click.option("--as", "party", metavar="NAME", help="Who really found or did it.")
@click.option("--verdict", type=VERDICT, help="What was really found.")
@click.option("--role", type=ROLE, help="As what the assessor really speaks.")
@field_options
@click.option("--reason", "-m", "why", metavar="TEXT", required=True, help="What was wrong.")
@by_option
@unfollowed_option
@format_option
@store_option
def correct_command(
    app: App, printer: Printer, picked: PickedMilestones, by: str | None, **given: Any
) -> None:
    """Put the record right: it was wrong, and nothing in the world moved.

    It holds from the day of what it corrects, so no past day shows the mistake, and counts as no
    postponement. It stands in the history, `tracker report changes --corrections` lists it, and
    `tracker undo` takes it back. For what really moved there are postpone, status and done.
    """
    links = read_links(app, given)
    _refuse_later(app.today, given)
    amended = {name: given.pop(name) for name in ("entry", "entry_on", "party", "verdict", "role")}

    def correct(m: Milestone, stamp: Stamp) -> Milestone:
        if any(amended.values()):
            return _amend(m, stamp, amended, given)
        fields = read_fields(m, given) | links | _facts(given)
        if not fields:
            raise click.UsageError("Nothing to correct is given.", click.get_current_context())
        return m.correct(stamp, fields, why=given["why"])

    printer.effects(picked.change(app.occasion(by=by), correct, asks=not printer.is_json))


def _amend(
    m: Milestone, stamp: Stamp, amended: Mapping[str, Any], given: Mapping[str, Any]
) -> Milestone:
    """Put one entry right: what somebody found, or a step of the cycle."""
    others = [name for name, value in given.items() if value and name != "why"]
    if amended["entry"] is None or others:
        raise click.UsageError(
            "--on, --as, --verdict and --role put one entry right: give it with --entry, and no "
            "field.",
            click.get_current_context(),
        )
    entry = entry_named(m, amended["entry"], [c for c in m.effective if c.assessment or c.step])
    assessment, step, name = entry.assessment, entry.step, amended["party"]
    if (amended["verdict"] or amended["role"]) and assessment is None:
        raise BadValue("The entry {change} has no verdict.", change=entry.digest[:SHORT])
    if assessment is not None:
        assessment = replace(
            assessment,
            assessor=name or assessment.assessor,
            verdict=amended["verdict"] or assessment.verdict,
            role=amended["role"] or assessment.role,
        )
    if step is not None:
        step = replace(step, party=name or step.party)
    on = amended["entry_on"] or entry.on
    if (on, assessment, step) == (entry.on, entry.assessment, entry.step):
        raise Unchanged("Nothing to change: milestone {id} is so already.", id=m.id)
    stamp = replace(stamp, on=on)
    return m.amend(stamp, entry, assessment=assessment, step=step, why=given["why"])


def _facts(given: Mapping[str, Any]) -> dict[str, Any]:
    due: Due | None = given["due"]
    baseline: Due | None = given["baseline"]
    said: dict[str, Any] = {
        "title": given["title"],
        "baseline_due": baseline.date if baseline else None,
        "status": given["status"],
    }
    facts = {field: value for field, value in said.items() if value is not None}
    facts |= {day: given[day] for day in _DAYS if given[day] is not UNSET}
    if "completed_on" in facts:
        facts.setdefault("status", Status.COMPLETED)
    if due is not None:
        precision = due.precision if due.date is not None else Precision.NONE
        facts |= {"due": due.date, "precision": precision, "due_phrase": due.phrase}
    return facts


_DAYS = ("made_on", "completed_on")


def _refuse_later(today: date, given: Mapping[str, Any]) -> None:
    for option in (*_DAYS, "entry_on"):
        if isinstance(given[option], date) and given[option] > today:
            name = option.removeprefix("entry_").replace("_", "-")
            raise OutOfOrder(
                "--{name} {given} is after today, {today}.",
                "Give the day on which it was, or leave it out.",
                name=name,
                given=given[option],
                today=today,
            )
