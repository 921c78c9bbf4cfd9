"""What is proposed: a candidate and where it stands."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from tracker.extract.act import Act
from tracker.extract.mention_context import Band, MentionContext, Tier
from tracker.extract.people import Owners, Person
from tracker.extract.verdict import LIKELY, POSSIBLE
from tracker.model import Modality, Precision, Target


class Text(Struct, frozen=True):
    """Some words of a document: `text` is `document.text[start:end]`, in code points."""

    start: int
    end: int
    text: str


class Candidate(Struct, frozen=True):
    """A proposed milestone and where it stands. Nothing here has been written anywhere.

    `due` is the last included day, None where the words give no date. `baseline_due` is an earlier
    date that the document shows struck out. `line` is that of the phrase, from 1. `likelihood` is the
    probability that it is a promise, `scene` what that rests on; None where the date is inherited;
    `act` what its clause says, None where it is a row of a table.
    `again` are the lines that say the same act and day once more.
    """

    title: str
    due: date | None
    precision: Precision
    phrase: Text
    clause: Text
    line: int
    tier: Tier
    likelihood: float
    scene: MentionContext | None = None
    act: Act | None = None
    modality: Modality = Modality.FIRM
    speaker: str | None = None
    speaker_title: str | None = None
    organisation: str | None = None
    owner: str | None = None
    supporting: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    year_assumed: bool = False
    baseline_due: date | None = None
    again: tuple[int, ...] = ()

    @property
    def band(self) -> Band:
        """What becomes of it; a period without a day is at most possible."""
        if self.likelihood >= LIKELY and (self.due is not None or self.tier is Tier.EXPLICIT):
            return Band.LIKELY
        return Band.POSSIBLE if self.likelihood >= POSSIBLE else Band.OTHER

    def of(self, person: Person | None, owners: Owners | None) -> Candidate:
        """The candidate with who said it and who is to do it."""
        found = self
        if person is not None:
            found = replace(
                found,
                speaker=person.name,
                speaker_title=person.title,
                organisation=person.organisation,
            )
        if owners is not None:
            found = replace(found, owner=owners.owner, supporting=owners.supporting)
        return found
