"""The week's or month's report in words, as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from tracker.locale import Language
from tracker.model import Head, Milestone, Standing
from tracker.render.columns import escape_markdown
from tracker.render.record import record_of
from tracker.render.text import clean
from tracker.render.wording import wording
from tracker.render.wrapping import wrapped
from tracker.report.briefing import Briefing, Topic
from tracker.report.moves import move_of
from tracker.report.since import Changed
from tracker.texts import folded

QUESTIONS = {
    Topic.LATE: "Why is it overdue, and by when will it be done?",
    Topic.QUIET: "Why was its date moved?",
    Topic.UNPROVED: "What shows that it is done?",
    Topic.IDLE: "It is due soon and not started: what is in its way?",
}


class BriefingItem(NamedTuple):
    """What a body has to do with, in a line."""

    body: str
    line: str


class BriefingSection(NamedTuple):
    """A part of the report: its heading with its number, its items by body, or why it is empty."""

    heading: str
    items: tuple[BriefingItem, ...]


class BriefingText(NamedTuple):
    """A report said in one language."""

    lang: str
    title: str
    unit: str
    about: tuple[str, str]
    sections: tuple[BriefingSection, ...]
    nothing: str
    record: str

    def by_body(self, section: BriefingSection) -> Iterator[tuple[str, list[BriefingItem]]]:
        by_body: dict[str, list[BriefingItem]] = {}
        for item in section.items:
            by_body.setdefault(folded(item.body), []).append(item)
        yield from ((items[0].body, items) for items in by_body.values())


def paper(result: Briefing, lang: Language, title: str, unit: str, record: Head) -> BriefingText:
    """Say a briefing under a title, for a unit, made from a record."""
    within = lang.days((result.until - result.last).days)
    asked = [(q.milestone, lang.text(QUESTIONS[q.topic])) for q in result.questions]
    parts = {
        lang.text("Done"): [_owed(m, Standing.DONE, result, lang) for m in result.done],
        lang.text("Newly overdue"): [
            _owed(m, Standing.OVERDUE, result, lang) for m in result.overdue
        ],
        lang.text("Due within {within}", within=within): [
            _owed(m, Standing.DUE_SOON, result, lang) for m in result.upcoming
        ],
        lang.text("Dates moved"): [_moved(row, lang) for row in result.moved],
        lang.text("Questions to put"): [_item(m, said, lang) for m, said in asked],
    }
    headed = "{heading} ({number})"
    sections = (
        BriefingSection(lang.text(headed, heading=name, number=f"{len(items):,}"), tuple(items))
        for name, items in parts.items()
    )
    first, last = lang.day(result.first), lang.day(result.last)
    return BriefingText(
        lang.tag,
        clean(title) or lang.text("Progress report"),
        clean(unit),
        (lang.text("{first} to {last}", first=first, last=last), _in_all(result, lang)),
        tuple(sections),
        lang.text("None."),
        record_of(record, lang),
    )


def _in_all(result: Briefing, lang: Language) -> str:
    return lang.plural(
        "{n} milestone in all: {completed} completed, {overdue} overdue.",
        "{n} milestones in all: {completed} completed, {overdue} overdue.",
        result.out_of,
        completed=f"{result.completed:,}",
        overdue=f"{result.still_overdue:,}",
    )


def _item(m: Milestone, said: str, lang: Language) -> BriefingItem:
    words = wording(m, lang)
    line = lang.text("{task} ({said})", task=words.title, said=said)
    return BriefingItem(words.owner or lang.text("No responsible body"), line)


def _owed(m: Milestone, standing: Standing, result: Briefing, lang: Language) -> BriefingItem:
    if standing is Standing.DONE:
        late = Standing.DONE_LATE if m.is_late else Standing.DONE
        said = [lang.note(m, late, result.last)]
        said += [lang.day(m.completed_on)] if m.completed_on else []
    else:
        due = lang.until(m.due, m.precision) if m.due else ""
        said = [due, lang.note(m, standing, result.last)]
    return _item(m, lang.join(said), lang)


def _moved(row: Changed, lang: Language) -> BriefingItem:
    move = move_of(row.milestone, row.change)
    days = [lang.day(day) for day in (move and move.was, move and move.now) if day]
    why = clean(lang.reason(row.change.why)) or lang.text("no reason given")
    return _item(row.milestone, lang.join([" → ".join(days), why]), lang)


def text(one: BriefingText, width: int) -> str:
    lines = [one.title, *filter(None, [one.unit]), *one.about]
    for section in one.sections:
        lines += ["", section.heading]
        if not section.items:
            lines.append(f"  {one.nothing}")
        for body, items in one.by_body(section):
            lines.append(f"  {body}")
            for item in items:
                lines += wrapped("  - ", item.line, width)
    lines += ["", one.record] if one.record else []
    return "\n".join(lines)


def markdown(one: BriefingText) -> str:
    mark = escape_markdown
    parts = [f"# {mark(one.title)}", *filter(None, [mark(one.unit)]), *map(mark, one.about)]
    for section in one.sections:
        parts.append(f"## {mark(section.heading)}")
        parts += [] if section.items else [one.nothing]
        for body, items in one.by_body(section):
            told = "\n".join(f"- {mark(item.line)}" for item in items)
            parts += [f"**{mark(body)}**", told]
    return "\n\n".join([*parts, *filter(None, [mark(one.record)])])


_LOOK = (
    "body{max-width:48em;margin:2em auto;padding:0 1em;line-height:1.6;font-family:serif}"
    "h1,.about{text-align:center}.record{font-size:small;overflow-wrap:anywhere}"
    "@media print{body{margin:0}}"
)


def html(one: BriefingText) -> str:
    parts = [
        f'<!doctype html>\n<html lang="{one.lang}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(one.title)}</title><style>{_LOOK}</style></head><body>",
        *([f'<p class="about">{escape(one.unit)}</p>'] if one.unit else []),
        f"<h1>{escape(one.title)}</h1>",
        *(f'<p class="about">{escape(line)}</p>' for line in one.about),
    ]
    for section in one.sections:
        parts.append(f"<h2>{escape(section.heading)}</h2>")
        if not section.items:
            parts.append(f"<p>{escape(one.nothing)}</p>")
        for body, items in one.by_body(section):
            told = "".join(f"<li>{escape(i.line)}</li>" for i in items)
            parts.append(f"<h3>{escape(body)}</h3><ul>{told}</ul>")
    parts += [f'<p class="record">{escape(one.record)}</p>'] if one.record else []
    return "\n".join([*parts, "</body></html>"])
