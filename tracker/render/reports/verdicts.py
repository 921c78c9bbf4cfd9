"""What bodies claim, held against what others found, and how far those agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar

from msgspec import Struct
from msgspec.structs import asdict

from tracker.locale import Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone, Option
from tracker.render.columns import Column, Row
from tracker.render.reports import ALL, BODY, View
from tracker.render.table import Screen
from tracker.report.rating import Days
from tracker.report.verdicts import LEAST, Agreement, BodyVerdicts, Verdicts, verdicts


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
    report = staticmethod(verdicts)
    nothing = Message(
        "Nothing is claimed and nothing is judged on {day}. Next: `tracker assess ID VERDICT`."
    )
    columns: ClassVar[Sequence[Column[BodyVerdicts]]] = (
        BODY,
        Column("claimed", "CLAIMED", lambda row, _: row.tally.claimed, right=True),
        Column("kept", "KEPT", lambda row, _: row.tally.kept, right=True, style="32"),
        Column("partly", "PARTLY", lambda row, _: row.tally.partly, right=True, style="33"),
        Column("not_kept", "NOT KEPT", lambda row, _: row.tally.not_kept, right=True, style="31;1"),
        Column("unverified", "UNVERIFIED", lambda row, _: row.tally.unverified, right=True),
        Column(
            "unverified_days", "FOR DAYS", lambda row, _: row.tally.days, right=True, from_width=80
        ),
    )

    def last(self, result: Verdicts, lang: Language) -> Row:
        return [ALL, *self.row(BodyVerdicts(None, result.total), lang)[1:]]

    def below(self, result: Verdicts, screen: Screen) -> Iterator[str]:
        for said in (_agreement(result.agreement), *_open_questions(result)):
            yield from screen.paragraph(said)
        yield screen.lang.text("Next: `tracker assess ID VERDICT`.")

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


def _open_questions(result: Verdicts) -> Iterator[Message]:
    """Say what nobody judged, and what is disputed."""
    if result.unverified:
        yield PluralMessage(
            "{n} is claimed for {days} or more and judged by nobody: {ids}.",
            "{n} are claimed for {days} or more and judged by nobody: {ids}.",
            len(result.unverified),
            days=PluralMessage("{n} day", "{n} days", result.days),
            ids=_ids(result.unverified),
        )
    if result.undated:
        yield PluralMessage(
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
        return PluralMessage(
            "{n} promise is judged by two or more; with fewer than {least} their agreement is not "
            "told.",
            "{n} promises are judged by two or more; with fewer than {least} their agreement is "
            "not told.",
            found.judged,
            least=LEAST,
        )
    if found.alpha is None:
        return Message("All assessors said the same of everything, which tells nothing.")
    return PluralMessage(
        "Krippendorff's alpha {alpha}, from {n} promise judged by two or more.",
        "Krippendorff's alpha {alpha}, from {n} promises judged by two or more.",
        found.judged,
        alpha=f"{found.alpha:.2f}",
    )
