"""Which milestones a verb is for: those named by ids, or those that filters find, after a look."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any

import click
from msgspec.structs import replace

from tracker import actions
from tracker.actions import ChangeContext, Verb
from tracker.cli.context import App
from tracker.cli.options import Decorator, combined, criteria_options, filter_of, passes_value
from tracker.cli.questions import confirm, may_ask
from tracker.errors import TrackerError
from tracker.message import Message, PluralMessage, sentences
from tracker.model import Milestone, Stamp
from tracker.query import Filter, Query
from tracker.report import Listing

_OF = "of_"


class PickedMilestones:
    """The milestones of one command: `ids` as typed, those that a filter holds of, or both at once.

    `is_sure` is whether nobody is asked about those that were found and not named.
    """

    def __init__(self, app: App, ids: Sequence[str], chosen: Filter, *, is_sure: bool) -> None:
        self._app = app
        self._ids = ids
        self._chosen = chosen
        self._is_sure = is_sure

    @property
    def is_named(self) -> bool:
        """Whether ids alone say which."""
        return not self._chosen.wanted

    def owed(self) -> PickedMilestones:
        """The same, of what is still owed, unless a status or a standing is asked for."""
        chosen = self._chosen
        if chosen.wanted and not chosen.statuses and chosen.standings is None:
            chosen = replace(chosen, owed=True)
        return PickedMilestones(self._app, self._ids, chosen, is_sure=self._is_sure)

    def milestones(self) -> list[Milestone]:
        """Those that are there. Raises UnknownMilestone, or UsageError if nothing says which."""
        if not self._ids and self.is_named:
            raise _nothing_says(click.get_current_context())
        if not self._ids:
            return self._app.store.select(Query(self._app.today, self._chosen)).milestones
        return list(filter(self._chosen.holds, actions.find_all(self._app.store, self._ids)))

    def change(
        self, occasion: ChangeContext, verb: Verb, *, asks: bool, contents: Sequence[bytes] = ()
    ) -> list[actions.Effect]:
        """Apply a verb to them all or to none; what a filter found is shown first, and asked about.

        Of those, what a verb would leave as it is is left out. Raises TrackerError if nobody may be
        asked, or says no.
        """
        if self.is_named and self._ids:
            return actions.apply(self._app.store, occasion, self._ids, verb, contents)
        found = actions.would_change(self.milestones(), verb, occasion)
        if not found:
            raise TrackerError(
                "Nothing matches that this would change.", "`tracker list` shows what there is."
            )
        if not self._is_sure:
            self._ask(found, asks=asks)
        uids = [m.uid for m in found]
        return actions.apply(self._app.store, occasion, uids, self._still(verb), contents)

    def _ask(self, found: list[Milestone], *, asks: bool) -> None:
        asked = PluralMessage(
            "{n} milestone would be changed.", "{n} milestones would be changed.", len(found)
        )
        if not (asks and may_ask(self._app)):
            command = shlex.join(["tracker", *sys.argv[1:], "--yes"])
            raise TrackerError(
                Message("{asked} Nothing was.", asked=asked), "Type `{command}`.", command=command
            )
        from tracker.render.table import rows

        shown = Listing("all", self._app.today, found, len(found), len(found))
        self._app.note("\n".join(rows(shown, self._app.screen)))
        question = sentences((asked, Message("Go on?")))
        if not confirm(self._app, question):
            raise TrackerError("Nothing was changed.")

    def _still(self, verb: Verb) -> Verb:
        def change(m: Milestone, stamp: Stamp) -> Milestone:
            if not self._chosen.holds(m):
                raise TrackerError(
                    "Milestone {id} was changed meanwhile, and matches no more.",
                    "Nothing was changed; look again.",
                    id=m.id,
                )
            return verb(m, stamp)

        return change


def _picked(ctx: click.Context, _: click.Parameter, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids; without them a filter was typed, or a word is missing before others are read."""
    if not ids and not any(value for name, value in ctx.params.items() if _is_filter(name)):
        raise _nothing_says(ctx)
    return ids


def _is_filter(name: str) -> bool:
    return name == "filter_name" or name.startswith(_OF)


def _nothing_says(ctx: click.Context) -> click.UsageError:
    arguments = (p for p in ctx.command.params if isinstance(p, click.Argument))
    others = [p.make_metavar(ctx) for p in arguments if p.name != "ids"]
    sentence = "Give ids, such as 3 or 1-3,7, or filters such as --owner."
    if others:
        sentence = "`{path}` takes ids or filters, and {others}; one of them is missing."
    said = Message(sentence, path=ctx.command_path, others=" ".join(others))
    return click.MissingParameter(said, ctx)


def picked(*own: str) -> Decorator:
    """Give a verb what ids and filters pick; a filter called like its `own` option is --where-X."""

    def make(app: App, given: dict[str, Any]) -> PickedMilestones:
        chosen = filter_of(app, given, given.pop("filter_name"), app.today, _OF)
        return PickedMilestones(app, given.pop("ids"), chosen, is_sure=given.pop("is_sure"))

    return combined(
        click.argument("ids", nargs=-1, metavar="[ID]...", callback=_picked),
        criteria_options(_OF, own),
        click.option(
            "--yes", "-y", "is_sure", is_flag=True, help="Do not ask about what is found."
        ),
        passes_value("picked", make),
    )
