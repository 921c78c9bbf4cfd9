"""A review: the document's day, then one proposal after the other, with what may be put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from tracker.cli.context import App
from tracker.cli.input_file import file_bytes
from tracker.cli.param_types import DAY, due_typed
from tracker.cli.questions import ask
from tracker.errors import BadDate
from tracker.message import Message
from tracker.store.whole_file import write_file

if TYPE_CHECKING:
    from tracker.due import Due
    from tracker.extract import Document
    from tracker.extract.proposals import Proposal

_ASKS = Message(
    "y add   n reject: {reasons}\n"
    "w who   s this who for the rest of the section   t what   d when\n"
    "b back   u undo the changes   q quit"
)


def ask_days(app: App, documents: Sequence[Document]) -> list[Document]:
    """Ask for the day of each document, which all that is relative in it is counted from."""
    return [_with_day(app, document) for document in documents]


def _with_day(app: App, document: Document) -> Document:
    from tracker.render.proposals import headline

    app.note(headline(document, app.screen))
    known = str(document.made_on) if document.made_on else ""
    day = ask(app, Message("Its day, Enter if that is right"), value_proc=_day, default=known)
    if day == document.made_on:
        return document
    return replace(document, made_on=day, made_on_basis="as given", made_on_sure=True)


def _day(words: str) -> date | None:
    try:
        return DAY.convert(words, None, click.get_current_context()) if words else None
    except BadDate as error:
        raise click.UsageError(str(error)) from None  # which asks again


class Review:
    """One review: who decided what so far."""

    def __init__(self, app: App, proposals: Sequence[Proposal]) -> None:
        self._app = app
        self._found = [p for p in proposals if p.known is None]
        self._now = list(self._found)
        self._decided: dict[int, str] = {}

    @property
    def accepted(self) -> list[Proposal]:
        return [p for at, p in enumerate(self._now) if self._decided.get(at) == "y"]

    @property
    def rejected(self) -> dict[int, str]:
        """The letters of why, by the number of the proposal."""
        return {
            self._now[at].number: answer[1:]
            for at, answer in self._decided.items()
            if answer.startswith("n")
        }

    def run(self) -> None:
        """Ask about each until all are decided or the user quits."""
        from tracker.render.proposals import under_review

        at = 0
        while at < len(self._now):
            self._app.note("\n" + under_review(self._now[at], self._app.screen))
            answer = self._answer()
            if answer == "q":
                return
            if answer == "b":
                at = max(0, at - 1)
                self._decided.pop(at, None)
            elif answer == "y" or answer.startswith("n"):
                self._decided[at] = answer
                at += 1
            else:
                self._put_right(at, answer)

    def _answer(self) -> str:
        from tracker.extract.marks import WHY

        answers = ["y", "n", *("n" + letter for letter in WHY), *"wstdbuq"]
        say = self._app.lang.text
        reasons = self._app.lang.join(f"n{letter} {say(why)}" for letter, why in WHY.items())
        question = say(_ASKS, reasons=reasons) + "\n" + say("Add it?")
        kind = click.Choice(answers)
        return str(ask(self._app, question, type=kind, show_choices=False))

    def _put_right(self, at: int, what: str) -> None:
        p = self._now[at]
        wants = partial(ask, self._app, show_default=True)
        candidate = p.candidate
        if what == "u":
            candidate = self._found[at].candidate
        elif what == "t":
            title = wants(Message("What"), default=candidate.title)
            candidate = replace(candidate, title=title)
        elif what == "w":
            named = wants(Message("Who"), default=candidate.owner or "")
            candidate = replace(candidate, owner=named or None)
        elif what == "s":
            named = candidate.owner or wants(Message("Who"), default="")
            told = replace(p, candidate=replace(candidate, owner=named or None))
            self._now[at:] = [_of(one, told) for one in self._now[at:]]
            return
        else:
            try:
                words = wants(Message("When"), default=str(candidate.due or ""))
                due = self._counted(words, p.document.made_on)
            except BadDate as error:
                self._app.note(error.in_full)
                return
            candidate = replace(candidate, due=due.date, precision=due.precision)
        self._now[at] = replace(p, candidate=candidate)

    def _counted(self, words: str, made_on: date | None) -> Due:
        """What is meant by words, counted from the document's day; it says which day it took."""
        app, day = self._app, made_on or self._app.today
        due = due_typed(words, day, fiscal_year_start=app.settings.fiscal_year_start)
        if due.date is None or due.phrase == str(due.date):
            return due
        told = (
            Message("{phrase}: {due}, counted from the document's day, {day}.")
            if made_on
            else Message(
                "{phrase}: {due}, counted from today, {day}, as the document's day is not known."
            )
        )
        app.note(Message(told, phrase=due.phrase, due=due.date, day=day))
        return due


def reviewed(
    app: App, shown: Sequence[Proposal], every: Sequence[Proposal], marks: Path | None
) -> list[Proposal]:
    """Ask about each that is not there yet; `marks` keeps all that was decided."""
    review = Review(app, shown)
    review.run()
    if marks is not None:
        kept = file_bytes(str(marks)) if marks.exists() else b""
        told = "".join(_marks(review, every))
        write_file(marks, kept + told.encode(), Message("Give another place with --marks."))
    return review.accepted


def _marks(review: Review, every: Sequence[Proposal]) -> Iterator[str]:
    """Yield a line for each document in which something was decided."""
    from tracker.extract.marks import line

    accepted, rejected = review.accepted, review.rejected
    decided = {p.number for p in accepted} | rejected.keys()
    for document in dict.fromkeys(p.document for p in every if p.number in decided):
        of = [p for p in every if p.document is document]
        yield line(
            document,
            [p.candidate for p in accepted if p.document is document],
            [(p.candidate, rejected[p.number]) for p in of if p.number in rejected],
            [p.candidate for p in of if p.number not in decided],
        )


def _of(one: Proposal, named: Proposal) -> Proposal:
    """The proposal with the owner of another, if it stands in the same section of its document."""
    same = one.document is named.document and one.heading == named.heading
    if not same:
        return one
    return replace(one, candidate=replace(one.candidate, owner=named.candidate.owner))
