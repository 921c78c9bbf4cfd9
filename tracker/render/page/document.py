"""The page put together: what is on it, its templates, and the policy that keeps it closed.

Everything that comes from a milestone goes through Jinja's escaping. Should something slip
through all the same, the Content-Security-Policy lets no script or style run but the page's own,
which it names by their hashes, and lets nothing be fetched, or the page itself where it is served.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct

from tracker.locale import ENGLISH, Language
from tracker.model import Head, Milestone, Standing
from tracker.render.links import Download
from tracker.render.page.entry import Fact, LangText, entry, lang_text, mark, ties
from tracker.render.page.feeds import Subscription, offer
from tracker.render.page.leaf import Frame
from tracker.render.page.templates import asset, policy, template
from tracker.render.record import dated_later, record_of
from tracker.render.svg import Picture, parts, stylesheet
from tracker.render.text import legible
from tracker.render.wholes import title_and_standing
from tracker.report.dependencies import Waits
from tracker.report.figures import Figures, figures, pressing
from tracker.report.forecast import Expectation
from tracker.report.wholes import Succession, Wholes

MOST = 1000
"""Rows of the table, unless told otherwise."""
_TIMELINE = 60
"""Rows of the timeline at most: more would push the table out of sight."""
_SOON_DAYS = 30
_ROWS = "\0rows\0"
"""Where the rows go: no text that is shown has such a sign in it."""


class Sheet(Struct, frozen=True):
    """What is on the page: milestones as they stood on `as_of`, the `most` that matter most.

    `feeds` are calendars to subscribe to, the main one first; `downloads` say where the whole list
    is. A page that is served asks for itself every `refresh` seconds while it is looked at, and
    shows what changed; None never does. `record` is what it was made from, for its foot, as is of
    how many milestones something is dated `later`.
    By uid, `expected` is what to expect of milestones, if that was asked for, `waits` what they
    wait for, `wholes` how far they are by their parts; `succession` is what took the place of what.
    On a site, `page_of` says where the page of each is, and `frame` what there is beside this one.
    """

    milestones: Sequence[Milestone]
    as_of: date
    lang: Language = ENGLISH
    title: str | None = None
    feeds: tuple[Subscription, ...] = ()
    downloads: tuple[Download, ...] = ()
    refresh: int | None = None
    most: int = MOST
    record: Head | None = None
    later: int = 0
    expected: Mapping[str, Expectation] = {}
    waits: Waits = {}
    wholes: Wholes = {}
    succession: Succession | None = None
    page_of: Callable[[str], str] | None = None
    frame: Frame | None = None


def page(sheet: Sheet) -> str:
    """Return the whole page. The same sheet makes the same page."""
    there = shown(sheet.milestones, sheet.as_of, sheet.most)
    uids = {m.uid for m in there}
    rows = [row(m, sheet, tie_facts(m, sheet, uids)) for m in there]
    seen = figures(sheet.milestones, sheet.as_of)
    before, after = around(sheet, there, seen, "".join(rows).encode())
    return "".join((before, *rows, after))


def shown(milestones: Sequence[Milestone], as_of: date, most: int = MOST) -> list[Milestone]:
    """Those that have a row, the pressing ones first."""
    return pressing(milestones, as_of)[:most]


def row(m: Milestone, sheet: Sheet, first: Iterable[Fact]) -> str:
    """The row of a milestone, with all that is folded under it, `first` ahead."""
    told = entry(m, sheet.as_of, sheet.lang, tuple(first))
    href = sheet.page_of(m.uid) if sheet.page_of is not None else ""
    return template("row").render(entry=told, lang=sheet.lang, label=sheet.lang.label, href=href)


def around(sheet: Sheet, there: Sequence[Milestone], seen: Figures, rows: bytes) -> tuple[str, str]:
    """What stands before the rows and after them; `rows` is what they are known by."""
    lang = sheet.lang
    by_owner = Picture(there[:_TIMELINE], sheet.as_of, lang, by_owner=True, waits=sheet.waits)
    title = legible(sheet.title or lang.text("Milestones"))
    body = template(
        "main"
    ).render(
        lang=lang,
        sheet=sheet,
        title=title,
        total=len(sheet.milestones),
        rows=_ROWS,
        listed=len(there),
        figures=seen,
        worst=seen.worst and entry(seen.worst, sheet.as_of, lang),
        next_due=seen.next_due and entry(seen.next_due, sheet.as_of, lang),
        marks={now: mark(now, lang) for now in Standing if seen.counts[now]},
        pictures=[(Markup(p.markup), p.layout) for p in (parts(by_owner) if there else [])],  # noqa: S704 # made by ElementTree, which escapes
        pictured=min(len(there), _TIMELINE),
        soon_days=_SOON_DAYS,
        offer=offer(sheet.feeds[0], lang) if sheet.feeds else None,
        others=sheet.feeds[1:],
        record=record_of(sheet.record, lang),
        later=dated_later(sheet.later, sheet.as_of, lang),
        lang_text=lambda text: lang_text(text, lang),
        label=lang.label,
        Markup=Markup,
    )
    style, script = _style(), asset("page.js")
    made = template(
        "page"
    ).render(
        lang=lang,
        sheet=sheet,
        frame=sheet.frame,
        title=title,
        body=Markup(body),  # noqa: S704 # rendered with escaping just now
        revision=sha256(body.encode() + rows).hexdigest()[:16],
        policy=policy(style, script, asks=sheet.refresh is not None),
        style=Markup(style),  # noqa: S704 # a file of this package
        script=Markup(script),  # noqa: S704 # a file of this package
    )
    before, _, after = made.partition(_ROWS)
    return before, after


def tie_facts(m: Milestone, sheet: Sheet, there: Container[str]) -> Iterator[Fact]:
    """What is told first of a milestone: what took its place, its parts, its wait, its forecast."""
    lang = sheet.lang
    if sheet.succession is not None and (last := sheet.succession.last(m)) is not None:
        if sheet.page_of is not None:
            href: str | None = sheet.page_of(last.uid)
        else:
            href = f"#{quote(last.uid)}" if last.uid in there else None
        said = lang_text(title_and_standing(last, sheet.as_of, lang), lang)
        yield Fact(lang.label("superseded_by"), said, href)
    yield from ties(sheet.waits.get(m.uid), sheet.wholes.get(m.uid), sheet.as_of, lang)
    if (expected := sheet.expected.get(m.uid)) is not None:
        from tracker.render.forecast import expectation  # and with it how phrases are read

        yield Fact(lang.text("to expect"), LangText(expectation(expected, lang)))


@cache
def _style() -> str:
    return stylesheet() + asset("base.css") + asset("page.css")
