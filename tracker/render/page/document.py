"""The page put together: what is on it, its templates, and the policy that keeps it closed.

Everything that comes from a milestone goes through Jinja's escaping. Should something slip
through all the same, the Content-Security-Policy lets no script or style run but the page's own,
which it names by their hashes, and lets nothing be fetched, or the page itself where it is served.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, Template
from markupsafe import Markup
from msgspec import Struct

from tracker.locale import ENGLISH, Language
from tracker.model import Head, Milestone, Standing
from tracker.render.forecast import expectation
from tracker.render.links import Download
from tracker.render.page.entry import Fact, LangText, entry, lang_text, mark
from tracker.render.page.feeds import Subscription, offer
from tracker.render.record import dated_later, record_of
from tracker.render.svg import Picture, parts, stylesheet
from tracker.render.template import environment
from tracker.render.text import legible
from tracker.render.waiting import waiting
from tracker.render.wholes import named, progress
from tracker.report.dependencies import Waits
from tracker.report.figures import figures, pressing
from tracker.report.forecast import Expectation
from tracker.report.wholes import Succession, Wholes

_TIMELINE = 60
"""Rows of the timeline at most: more would push the table out of sight."""
_SOON_DAYS = 30


class Sheet(Struct, frozen=True):
    """What is on the page: milestones as they stood on `as_of`, the `most` that matter most.

    `feeds` are calendars to subscribe to, the main one first; `downloads` say where the whole list
    is. A page that is served asks for itself every `refresh` seconds while it is looked at, and
    shows what changed; None never does. `record` is what it was made from, for its foot, as is of
    how many milestones something is dated `later`.
    By uid, `expected` is what to expect of milestones, if that was asked for, `waits` what they
    wait for, `wholes` how far they are by their parts; `succession` is what took the place of what.
    """

    milestones: Sequence[Milestone]
    as_of: date
    lang: Language = ENGLISH
    title: str | None = None
    feeds: tuple[Subscription, ...] = ()
    downloads: tuple[Download, ...] = ()
    refresh: int | None = None
    most: int = 1000
    record: Head | None = None
    later: int = 0
    expected: Mapping[str, Expectation] = {}
    waits: Waits = {}
    wholes: Wholes = {}
    succession: Succession | None = None


def page(sheet: Sheet) -> str:
    """Return the whole page. The same sheet makes the same page."""
    lang = sheet.lang
    shown = pressing(sheet.milestones, sheet.as_of)[: sheet.most]
    there = {m.uid for m in shown}
    seen = figures(sheet.milestones, sheet.as_of)
    by_owner = Picture(shown[:_TIMELINE], sheet.as_of, lang, by_owner=True, waits=sheet.waits)
    body = _template(
        "main"
    ).render(
        lang=lang,
        sheet=sheet,
        title=legible(sheet.title or lang.text("Milestones")),
        total=len(sheet.milestones),
        entries=[entry(m, sheet.as_of, lang, tuple(_tied(m, sheet, there))) for m in shown],
        figures=seen,
        worst=seen.worst and entry(seen.worst, sheet.as_of, lang),
        next_due=seen.next_due and entry(seen.next_due, sheet.as_of, lang),
        marks={now: mark(now, lang) for now in Standing if seen.counts[now]},
        pictures=[(Markup(p.markup), p.layout) for p in (parts(by_owner) if shown else [])],  # noqa: S704 # made by ElementTree, which escapes
        pictured=min(len(shown), _TIMELINE),
        soon_days=_SOON_DAYS,
        offer=offer(sheet.feeds[0], lang) if sheet.feeds else None,
        others=sheet.feeds[1:],
        record=record_of(sheet.record, lang),
        later=dated_later(sheet.later, sheet.as_of, lang),
        lang_text=lambda text: lang_text(text, lang),
        label=lang.label,
        Markup=Markup,
    )
    style, script = _style(), _asset("page.js")
    return _template(
        "page"
    ).render(
        lang=lang,
        sheet=sheet,
        title=legible(sheet.title or lang.text("Milestones")),
        body=Markup(body),  # noqa: S704 # rendered with escaping just now
        revision=sha256(body.encode()).hexdigest()[:16],
        policy=_policy(style, script, asks=sheet.refresh is not None),
        style=Markup(style),  # noqa: S704 # a file of this package
        script=Markup(script),  # noqa: S704 # a file of this package
    )


def _tied(m: Milestone, sheet: Sheet, there: Container[str]) -> Iterator[Fact]:
    """What is told first of a milestone: what took its place, its parts, its wait, its forecast."""
    lang = sheet.lang
    if sheet.succession is not None and (last := sheet.succession.last(m)) is not None:
        href = f"#{quote(last.uid)}" if last.uid in there else None
        said = lang_text(named(last, sheet.as_of, lang), lang)
        yield Fact(lang.label("superseded_by"), said, href)
    if (whole := sheet.wholes.get(m.uid)) is not None:
        yield Fact(lang.text("parts"), LangText(progress(whole, lang)))
    if (wait := sheet.waits.get(m.uid)) is not None:
        yield Fact(lang.text("waits"), LangText(waiting(wait, lang)))
    if (expected := sheet.expected.get(m.uid)) is not None:
        yield Fact(lang.text("to expect"), LangText(expectation(expected, lang)))


def _policy(style: str, script: str, *, asks: bool) -> str:
    """Allow the page's own style and script, pictures inside it, and to ask for itself (CSP 3)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "img-src data:",
            *(("connect-src 'self'",) if asks else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def _style() -> str:
    return stylesheet() + _asset("page.css")


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = environment("page").overlay(keep_trailing_newline=True)
    made.filters["headed"] = lambda text: text[:1].upper() + text[1:]
    return made


def _template(name: str) -> Template:
    return _environment().get_template(f"{name}.html.j2")
