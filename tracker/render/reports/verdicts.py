"""What bodies claim, held against what others found, and how far those agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from msgspec import Struct
from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Counted, Message
from tracker.model import Milestone, Option
from tracker.query import Query
from tracker.render import columns
from tracker.render.columns import Column, Row
from tracker.render.reports import View, body_name
from tracker.render.table import Screen, paint
from tracker.render.wrapping import wrapped
from tracker.report.rating import Days
from tracker.report.verdicts import LEAST, Agreement, Tally, Verdicts, verdicts


class VerdictTerms(Struct, frozen=True):
    """For how long something must have been claimed to be named as unverified."""

    days: Annotated[
        Days, Option("--days", "N", "Name what is claimed for so many days and judged by nobody.")
    ] = 90


class VerdictsView(View[Verdicts, VerdictTerms]):
    """A row a body, the total, how far assessors agree, and what nobody has judged."""

    help = """Hold what bodies claim against what others found.

    Claimed is what they report as completed; the verdicts are those of `tracker assess`.
    """
    terms = VerdictTerms
    columns = (
        Column("body", "RESPONSIBLE", takes_the_rest=True),
        Column("claimed", "CLAIMED", right=True),
        Column("kept", "KEPT", right=True, style="32"),
        Column("partly", "PARTLY", right=True, style="33"),
        Column("not_kept", "NOT KEPT", right=True, style="31;1"),
        Column("unverified", "UNVERIFIED", right=True),
        Column("unverified_days", "FOR DAYS", right=True, from_width=80),
    )

    def result(
        self, milestones: Iterable[Milestone], query: Query, terms: VerdictTerms
    ) -> Verdicts:
        return verdicts(milestones, query, terms.days)

    def none(self, result: Verdicts, lang: Language) -> str:
        none = (
            "Nothing is claimed and nothing is judged on {day}. Next: `tracker assess ID VERDICT`."
        )
        return "" if result.rows else lang.text(none, day=result.as_of)

    def lines(self, result: Verdicts, screen: Screen) -> Iterator[str]:
        lang = screen.lang
        rows = [*self.rows(result, lang), (Message("all"), *_counts(result.total))]
        *lines, last = columns.draw(self.columns, rows, screen)
        yield from (*lines, paint(last, "1", screen.colour), "")
        yield from wrapped("", lang.text(_agreement(result.agreement)), screen.width)
        for said in _named(result):
            yield from wrapped("", lang.text(said), screen.width)

    def rows(self, result: Verdicts, lang: Language) -> Iterator[Row]:
        for row in result.rows:
            nobody = Message("(no responsible body)")
            yield (body_name(row.body, lang) if row.body else nobody, *_counts(row.tally))

    def content(self, result: Verdicts) -> dict[str, Any]:
        return {
            "as_of": result.as_of,
            "days": result.days,
            "bodies": [
                {"body": row.body.name if row.body else None, **asdict(row.tally)}
                for row in result.rows
            ],
            "total": asdict(result.total),
            "unverified": [m.id for m in result.unverified],
            "undated": result.undated,
            "disputed": [m.id for m in result.disputed],
            "agreement": asdict(result.agreement) | {"least": LEAST},
        }


_MOST = 20
"""So many are named."""

VIEW = VerdictsView()


def _counts(tally: Tally) -> tuple[int | None, ...]:
    return tuple(asdict(tally).values())


def _named(result: Verdicts) -> Iterator[Message]:
    """Say what nobody judged, and what is disputed."""
    if result.unverified:
        yield Counted(
            "{n} is claimed for {days} or more and judged by nobody: {ids}.",
            "{n} are claimed for {days} or more and judged by nobody: {ids}.",
            len(result.unverified),
            days=Counted("{n} day", "{n} days", result.days),
            ids=_ids(result.unverified),
        )
    if result.undated:
        yield Counted(
            "{n} more is claimed since a day that nobody knows.",
            "{n} more are claimed since days that nobody knows.",
            result.undated,
        )
    if result.disputed:
        yield Message("What was found is disputed of {ids}.", ids=_ids(result.disputed))


def _ids(milestones: Sequence[Milestone]) -> tuple[str, ...]:
    return tuple(f"#{m.id}" for m in milestones[:_MOST])


def _agreement(found: Agreement) -> Message:
    if found.judged < LEAST:
        return Counted(
            "{n} promise is judged by two or more; with fewer than {least} their agreement is not "
            "told.",
            "{n} promises are judged by two or more; with fewer than {least} their agreement is "
            "not told.",
            found.judged,
            least=LEAST,
        )
    if found.alpha is None:
        return Message("All assessors said the same of everything, which tells nothing.")
    return Counted(
        "Krippendorff's alpha {alpha}, from {n} promise judged by two or more.",
        "Krippendorff's alpha {alpha}, from {n} promises judged by two or more.",
        found.judged,
        alpha=f"{found.alpha:.2f}",
    )
