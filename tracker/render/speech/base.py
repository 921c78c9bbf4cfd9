"""What every language has to say; one class of words for a language, none may be missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date

from tracker.model import Milestone, Modality, Precision, Standing, Status
from tracker.render.axis import Tick
from tracker.report import standing
from tracker.report.since import Kind

Steps = tuple[str, tuple[str, ...]]
"""A calendar program, and what to do in it, a step each."""


class Speech(ABC):
    """The words of one language. In a text with braces, the named value is put in."""

    tag: str  # of the language, as in the `lang` of HTML (BCP 47)

    # The picture.
    milestones: str
    timeline: str
    timeline_part: str
    no_owner: str
    no_date: str
    nothing: str
    legend: Mapping[str, str]
    standings: Mapping[Standing, str]

    # The ledger.
    ledger: str
    ledger_columns: tuple[str, ...]

    # The digest.
    digest_parts: Mapping[str, str]
    digest_more: str
    digest_since_last: str
    digest_since_first: str
    digest_since_day: str
    digest_nothing: str
    digest_foot: str
    kinds: Mapping[Kind, str]
    no_reason: str
    reason: str
    reported_by: str

    # The page.
    skip: str
    where_things_stand: str
    other_calendars: str
    author: str
    colon: str
    separator: str
    explained: str
    longest_overdue: str
    next_due: str
    on_time: str
    on_time_told: str
    on_time_none: str
    none_overdue: str
    none_to_come: str
    all_milestones: str
    timeline_left_out: str
    left_out: str
    left_out_links: str
    left_out_commands: str
    search: str
    any_standing: str
    any_owner: str
    sort_by: str
    ascending: str
    descending: str
    clear: str
    shown: str
    none_match: str
    open_all: str
    close_all: str
    details: str
    history: str
    evidence: str
    first_due: str
    slipped: str
    quote: str
    other_titles: str
    permalink: str
    subscribe: str
    subscribe_told: str
    subscribe_button: str
    address: str
    copy: str
    copied: str
    scan: str
    private: str
    updated: str
    elsewhere: str
    made_by: str
    undone: str
    fields: Mapping[str, str]
    statuses: Mapping[Status, str]
    modalities: Mapping[Modality, str]
    precisions: Mapping[Precision, str]
    verbs: Mapping[str, str]
    programs: tuple[Steps, ...]

    # The screen of the server.
    serving: str
    calendar: str
    tasks: str
    page: str
    more_calendars: str
    this_computer: str
    open_webcal: str
    tokens_only: str
    root_closed: str

    @abstractmethod
    def count(self, number: int) -> str:
        """So many milestones."""

    @abstractmethod
    def days(self, number: int) -> str:
        """So many days, with a minus sign if it is negative."""

    @abstractmethod
    def day(self, day: date) -> str:
        """Name a calendar day."""

    @abstractmethod
    def by(self, due: date, precision: Precision) -> str:
        """Name the due date as it was meant: the end of June 2021, rather than a false day."""

    @abstractmethod
    def until(self, due: date, precision: Precision) -> str:
        """Name the due date as the last day on which a promise can still be kept."""

    @abstractmethod
    def until_pattern(self, due: date, precision: Precision) -> str:
        """Say the same as a spreadsheet's number format for that date (ECMA-376 Part 1, 18.8.31).

        A spreadsheet has room for some two hundred formats, so what differs by month or year alone
        has the same.
        """

    @abstractmethod
    def as_of(self, day: date) -> str:
        """Say that what is shown held at the end of that day."""

    @abstractmethod
    def tick(self, tick: Tick) -> tuple[str, str]:
        """The label of a tick of the axis, without and with its year."""

    @abstractmethod
    def overdue(self, days: int) -> str: ...

    @abstractmethod
    def due_in(self, days: int) -> str: ...

    @abstractmethod
    def late(self, days: int) -> str: ...

    @abstractmethod
    def number(self, id: int) -> str:
        """Name the id of a milestone."""

    @abstractmethod
    def numbered(self, heading: str, number: int) -> str:
        """A heading with the number of what stands under it."""

    @abstractmethod
    def digest_about(self, as_of: date, since: str) -> str:
        """Say which day a digest is of, and what its changes are counted from."""

    @abstractmethod
    def moved_by(self, days: int) -> str:
        """So many days later, or earlier if it is negative."""

    @abstractmethod
    def told_counts(self, overdue: int, upcoming: int, within: int, changes: int) -> list[str]:
        """So many overdue, due within so many days, changed; what is 0 is left out."""

    @abstractmethod
    def revised(self, number: int) -> str:
        """So many revisions of the due date."""

    @abstractmethod
    def quoted(self, text: str) -> str:
        """The text between quotation marks."""

    @abstractmethod
    def listed(self, items: tuple[str, ...]) -> str:
        """Items of a list in a row."""

    @abstractmethod
    def counted(self, number: int, now: Standing) -> str:
        """So many that stand so."""

    @abstractmethod
    def join(self, parts: list[str]) -> str:
        """Put parts of a sentence in a row."""

    def note(self, m: Milestone, now: Standing, day: date) -> str:
        """Say where a milestone stands, with the days that make it so."""
        match now:
            case Standing.OVERDUE:
                return self.overdue(m.days_overdue(day))
            case Standing.DUE_SOON:
                return self.due_in(-m.days_overdue(day))
            case Standing.DONE_LATE if m.completed_on and m.due:
                return self.late((m.completed_on - m.due).days)
            case _:
                return self.standings[now]

    def tally(self, milestones: list[Milestone], day: date) -> str:
        """Count how many stand where, the pressing ones first."""
        found = [standing(m, day) for m in milestones]
        return self.join([self.counted(found.count(s), s) for s in Standing if s in found])
