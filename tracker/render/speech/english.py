"""The English words."""

from __future__ import annotations

from datetime import date

from tracker.model import Modality, Precision, Standing, Status
from tracker.render.axis import Tick
from tracker.render.span import ends_span
from tracker.render.speech.base import Speech
from tracker.report.since import Kind

_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class English(Speech):
    """English, with the day before the month."""

    tag = "en"

    milestones = "Milestones"
    timeline = "Timeline"
    timeline_part = "Timeline, part {part} of {parts}"
    no_owner = "No responsible body"
    no_date = "no date"
    nothing = "No milestones to show."
    legend = {
        "overdue": "overdue",
        "due_soon": "due soon",
        "open": "open",
        "done": "done",
        "done_late": "done late",
        "cancelled": "cancelled",
        "superseded": "superseded",
        "first_due": "first promised",
        "was_due": "was due",
        "moved": "date moved",
        "past_due": "past due",
        "within": "any day in this span",
        "off": "beyond the picture",
    }
    standings = {s: s.value.replace("-", " ") for s in Standing}

    ledger = "Ledger"
    ledger_columns = ("No.", "Task", "Responsible", "Supporting", "Due", "Progress", "Status")

    digest_parts = {
        "overdue": "Overdue",
        "upcoming": "Due within {within}",
        "changes": "Changed",
    }
    digest_more = "and {more} more"
    digest_since_last = "Changes are since the last digest, of {day}."
    digest_since_first = "The first digest: changes are since {day}."
    digest_since_day = "Changes are since {day}."
    digest_nothing = "Nothing is overdue, due within {within}, or changed."
    digest_foot = "A due date is the last day included. More on one: tracker show NUMBER"
    kinds = {
        Kind.MOVED: "deadline moved",
        Kind.DROPPED: "dropped",
        Kind.COMPLETED: "completed",
        Kind.REOPENED: "reopened",
        Kind.PROGRESSED: "progress",
        Kind.ADDED: "added",
        Kind.EDITED: "edited",
        Kind.NOTED: "noted",
        Kind.TAKEN_BACK: "taken back",
    }
    no_reason = "no reason given"
    reason = "because “{why}”"
    reported_by = "by {name}"

    skip = "Skip to the table"
    where_things_stand = "Where things stand"
    other_calendars = "Other calendars"
    author = "by"
    colon = ": "
    separator = "; "
    explained = (
        "A due date is the last day included: what is due by the end of June is overdue "
        "from 1 July. Due soon is within {days}."
    )
    longest_overdue = "Longest overdue"
    next_due = "Next due"
    on_time = "On time"
    on_time_told = "{kept} of the {due} first promised for a day before {day} were done by it"
    on_time_none = "no first promised date has passed yet"
    none_overdue = "Nothing is overdue."
    none_to_come = "Nothing is still to come."
    all_milestones = "All milestones"
    timeline_left_out = "The timeline shows the {shown} most pressing; the table has {total}."
    left_out = (
        "This page shows the {shown} most pressing of {total} milestones. "
        "It leaves out {left}, most of them settled or due later."
    )
    left_out_links = "Everything is in:"
    left_out_commands = "Everything is in what these commands write:"
    search = "Search"
    any_standing = "Any standing"
    any_owner = "Any responsible body"
    sort_by = "Sort by"
    ascending = "ascending"
    descending = "descending"
    clear = "Clear"
    shown = "{shown} of {total} shown"
    none_match = "None match. Clear the search or the filters to see all."
    open_all = "Open all details"
    close_all = "Close all details"
    details = "Details and history"
    history = "History"
    evidence = "Evidence"
    first_due = "first promised for {due}"
    slipped = "{days}, {revisions}"
    quote = "Quote"
    other_titles = "In other languages"
    permalink = "Link to this milestone"
    subscribe = "Subscribe"
    subscribe_told = (
        "Every due date as an event in your calendar, kept up to date: "
        "when a milestone changes, its event changes."
    )
    subscribe_button = "Subscribe in your calendar"
    address = "Address of the calendar"
    copy = "Copy address"
    copied = "Copied"
    scan = "Scan with a phone"
    private = (
        "This address is reachable from your own network only: calendar programs on this network "
        "can subscribe, Google and Outlook on the web cannot."
    )
    updated = "The page was updated."
    elsewhere = "The milestone that this link leads to is not on this page."
    made_by = "Made by tracker. Which milestone was changed when, and why, stands in its history."
    undone = "undone since"
    fields = {
        "title": "title",
        "translations": "translations",
        "source": "source",
        "speaker": "speaker",
        "speaker_title": "speaker's title",
        "owner": "responsible",
        "supporting": "supporting",
        "baseline_due": "first promised date",
        "due": "due",
        "due_phrase": "wording of the date",
        "precision": "precision",
        "forecast_due": "forecast",
        "completed_on": "completed",
        "modality": "firmness",
        "targets": "targets",
        "status": "status",
        "percent": "progress",
        "next_step": "next step",
        "parent": "part of",
        "depends_on": "depends on",
        "superseded_by": "replaced by",
        "duplicate_of": "repeats",
        "tags": "tags",
        "removed_on": "removed",
        "made_on": "promised",
        "standing": "standing",
        "slippage": "slippage",
        "id": "No.",
    }
    statuses = {s: s.value.replace("-", " ") for s in Status}
    modalities = {
        Modality.FIRM: "a firm promise",
        Modality.PLANNED: "planned",
        Modality.STRETCH: "an aim",
        Modality.FORECAST: "a forecast",
    }
    precisions = {p: p.value.replace("-", " ") for p in Precision}
    verbs = {
        "seed": "came with the data",
        "add": "added",
        "extract": "found in a document",
        "note": "note",
        "remove": "removed",
        "undo": "undone",
        "redo": "done again",
        "edit": "edited",
        "import": "imported",
    }
    programs = (
        (
            "iPhone, iPad, Mac",
            (
                "Press the button above, or scan the code with the camera.",
                "Choose Subscribe.",
                "Or by hand: in Calendar, File, New Calendar Subscription, and paste the address.",
            ),
        ),
        (
            "Google Calendar",
            (
                "On a computer, open the page for adding a calendar from an address.",
                "Paste the address and choose Add calendar.",
                "Google looks for news once or twice a day.",
            ),
        ),
        (
            "Outlook",
            (
                "Open Outlook on the web, Add calendar, Subscribe from web.",
                "Paste the address that begins with https, give a name, choose Import.",
            ),
        ),
        (
            "Thunderbird",
            (
                "In the calendar choose New Calendar, then On the Network.",
                "Paste the address, choose Find Calendars, then Subscribe.",
            ),
        ),
        (
            "Android",
            (
                "With Google Calendar: add it on a computer as above; the phone shows it too.",
                "Without Google: install ICSx⁵ from F-Droid and scan the code or paste the "
                "address there.",
            ),
        ),
    )

    serving = "Serving {count}. Ctrl+C stops."
    calendar = "calendar"
    tasks = "tasks"
    page = "page"
    more_calendars = "Each owner and saved filter has a calendar of its own; the page names them."
    this_computer = (
        "These addresses are reachable from this computer only. For others, give --host and "
        "--public or tokens, or put a web server in front: docs/serving.md."
    )
    open_webcal = "Open the webcal address."
    tokens_only = "Only readers with a token get in: `tracker token add NAME` makes an address."
    root_closed = (
        "Since there are tokens, addresses without one are closed: "
        "`tracker serve --public` opens them."
    )

    def count(self, number: int) -> str:
        return f"{number:,} milestone{'' if number == 1 else 's'}"

    def days(self, number: int) -> str:
        return f"{number:,} day{'' if abs(number) == 1 else 's'}".replace("-", "−")

    def day(self, day: date) -> str:
        return f"{day.day} {_MONTHS[day.month]} {day.year}"

    def by(self, due: date, precision: Precision) -> str:
        if not ends_span(due, precision):
            return self.day(due)
        match precision:
            case Precision.MONTH:
                return f"end of {_MONTHS[due.month]} {due.year}"
            case Precision.QUARTER:
                return f"end of Q{due.month // 3} {due.year}"
            case Precision.HALF:
                return f"end of H{due.month // 6} {due.year}"
            case Precision.FISCAL_YEAR:
                return f"end of the fiscal year, {self.day(due)}"
            case _:
                return f"end of {due.year}"

    def until(self, due: date, precision: Precision) -> str:
        return f"by {self.by(due, precision)}"

    def until_pattern(self, due: date, precision: Precision) -> str:
        # 409 is English, whatever the language of the reader's system.
        if not ends_span(due, precision):
            return '[$-409]"by "d mmmm yyyy'
        match precision:
            case Precision.MONTH:
                return '[$-409]"by end of "mmmm yyyy'
            case Precision.QUARTER:
                return f'"by end of Q{due.month // 3} "yyyy'
            case Precision.HALF:
                return f'"by end of H{due.month // 6} "yyyy'
            case Precision.FISCAL_YEAR:
                return '[$-409]"by FY end, "d mmmm yyyy'
            case _:
                return '"by end of "yyyy'

    def as_of(self, day: date) -> str:
        return f"as of {self.day(day)}"

    def tick(self, tick: Tick) -> tuple[str, str]:
        return tick.short, tick.full

    def overdue(self, days: int) -> str:
        return f"overdue {self.days(days)}"

    def due_in(self, days: int) -> str:
        return f"due in {self.days(days)}" if days else "due today"

    def late(self, days: int) -> str:
        return f"done, {self.days(days)} late"

    def number(self, id: int) -> str:
        return f"No. {id}"

    def numbered(self, heading: str, number: int) -> str:
        return f"{heading} ({number:,})"

    def digest_about(self, as_of: date, since: str) -> str:
        return f"A{self.as_of(as_of)[1:]}. {since}"

    def moved_by(self, days: int) -> str:
        return f"{self.days(abs(days))} {'later' if days > 0 else 'earlier'}"

    def told_counts(self, overdue: int, upcoming: int, within: int, changes: int) -> list[str]:
        told = {
            f"{overdue:,} overdue": overdue,
            f"{upcoming:,} due within {self.days(within)}": upcoming,
            f"{changes:,} change{'' if changes == 1 else 's'}": changes,
        }
        return [words for words, number in told.items() if number]

    def revised(self, number: int) -> str:
        return f"moved {number} time{'' if number == 1 else 's'}" if number else "never moved"

    def quoted(self, text: str) -> str:
        return f"“{text}”"

    def listed(self, items: tuple[str, ...]) -> str:
        return "; ".join(items)

    def counted(self, number: int, now: Standing) -> str:
        return f"{number:,} {self.standings[now]}"

    def join(self, parts: list[str]) -> str:
        return ", ".join(parts)


ENGLISH = English()
