"""What must hold of anything that was read, wherever it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import icalendar

from tests.hostile.texts import acts_on_terminal, formulas
from tests.store.memory import MemoryStore
from tracker.actions import ChangeContext, ImportItem, take_in
from tracker.coherence import faults
from tracker.errors import TrackerError
from tracker.exchange import csv, json
from tracker.exchange.incoming import incoming
from tracker.ics.write import Feed, feed
from tracker.locale import ENGLISH, language
from tracker.model import Milestone, validate
from tracker.query import Query
from tracker.render import changes as changes_in_words
from tracker.render import effect, rows, table
from tracker.render.detail import detail
from tracker.render.page import Sheet, page
from tracker.render.svg import Picture, document
from tracker.render.table import Screen
from tracker.render.text import clean
from tracker.render.timeline import timeline
from tracker.report import changes, everything
from tracker.store import file_content
from tracker.store.layout import Layout

TODAY = date(2021, 7, 1)
NOW = datetime(2021, 7, 1, 8, tzinfo=UTC)
OCCASION = ChangeContext(lambda: NOW, TODAY, "someone")
SCREEN = Screen(80, colour=False, lang=language("zh"))
MOST_SHOWN = 20
MOST_DRAWN = 4


def store_of(milestones: Sequence[Milestone] = ()) -> MemoryStore:
    """A store in memory."""
    store = MemoryStore()
    store.create(list(milestones))
    return store


def refused_in_a_sentence(error: TrackerError) -> None:
    """A refusal says what is wrong, at a length that a person reads."""
    assert error.message.strip()
    assert len(clean(str(error))) < 4000, error.message[:200]


def harmless(*texts: str) -> None:
    """Nothing that a terminal would obey."""
    for text in texts:
        assert acts_on_terminal(text) == []


def all_sound(milestones: Sequence[Milestone]) -> None:
    """Every way out takes them, nothing on it acts, and the store's file gives them back."""
    for m in milestones:
        validate(m)
    assert faults(milestones) == []
    written_and_read(milestones)
    shown(milestones)


def written_and_read(milestones: Sequence[Milestone]) -> None:
    """The file of a store gives back what was written."""
    read = Layout(file_content(milestones), "store", NOW).milestones()
    assert list(read.values()) == sorted(milestones, key=lambda m: m.id)


def shown(milestones: Sequence[Milestone]) -> None:
    """Draw lists, details, history, a sheet and a feed of the first of them."""
    few = list(milestones[:MOST_SHOWN])
    store = store_of(few)
    for day in (TODAY, date.max):
        found = everything(store.select, Query(day))
        harmless(
            table.listing(found, SCREEN),
            rows.plain(found, ENGLISH),
            rows.markdown(found, SCREEN.lang),
        )
        calculated = formulas(rows.csv(found, ENGLISH))
        assert [cell for cell in calculated if not _is_slippage(cell)] == []
        harmless(*(detail(m, day, SCREEN, {}) for m in found.milestones))
    harmless(changes_in_words.log_lines(changes(few, TODAY), ENGLISH, len(few)))
    calendar = feed(few, Feed(as_of=TODAY, name="x", alarms=(7,)))
    assert [line for line in calendar.split(b"\r\n")[:-1] if not 0 < len(line) <= 75] == []
    assert calendar.count(b"\n") == calendar.count(b"\r\n")
    read = icalendar.Calendar.from_ical(calendar)
    assert {part.name for part in read.walk()} <= {"VCALENDAR", "VEVENT", "VALARM"}
    _published(few[:MOST_DRAWN])


def _published(milestones: Sequence[Milestone]) -> None:
    """Draw picture, timeline and page: nothing in them runs, and no text becomes markup."""
    drawn = fromstring(document(Picture(milestones, TODAY, language("zh"), by_owner=True)))
    assert not {e.tag.split("}")[1] for e in drawn.iter()} & {"script", "foreignObject", "image"}
    harmless(timeline(milestones, TODAY, SCREEN.width, lang=language("zh")).plain)
    told = Markup(page(Sheet(milestones, TODAY, lang=language("zh"))))
    assert told.tags.count("script") == 1
    assert not {name for name in told.attributes if name.startswith("on")}
    assert not {value for value in told.links if not value.startswith(("#", "http", "data:"))}


class Markup(HTMLParser):
    """The tags, the names of attributes and the links of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}


def _is_slippage(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal()


def taken_in(items: Sequence[ImportItem]) -> list[Milestone]:
    """What a store makes of items; a second time they change nothing."""
    store = store_of()
    try:
        effects = take_in(store, OCCASION, items).effects
    except TrackerError as refusal:
        refused_in_a_sentence(refusal)
        assert store.all() == []
        return []
    harmless(*(effect.line("import", one, ENGLISH) for one in effects))
    milestones = store.all()
    assert take_in(store, OCCASION, items).effects == []
    return milestones


def exchanged(milestones: Sequence[Milestone]) -> None:
    """JSON and CSV give the milestones back, whole."""
    sheet = csv.dumps(milestones)
    assert formulas(sheet) == []
    for placed in (
        [("item", item) for item in json.items(json.dumps(milestones))],
        [(str(row), item) for row, item in csv.rows(sheet)],
    ):
        store = store_of()
        take_in(store, OCCASION, incoming(placed, TODAY))
        assert store.all() == list(milestones)
