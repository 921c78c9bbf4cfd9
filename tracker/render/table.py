"""Lists as columns: fast for any number of rows, right for double-width text, readable uncoloured.

Not rich's table: drawing 10,000 rows with that takes seconds and importing it as long as all the
rest of a listing, so rich draws what is composed once (timeline, dashboard), and this draws rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TypeVar

from msgspec import Struct

from tracker.locale import ENGLISH, Language
from tracker.message import Message, PluralMessage
from tracker.model import Milestone, Standing, standing
from tracker.query import Group
from tracker.render.marks import LOOKS
from tracker.render.text import clean, fit, pad, width
from tracker.render.wording import wording
from tracker.report import Listing, Section, sections

T = TypeVar("T")


class Screen(Struct, frozen=True):
    """Where a text will be read: cells in a line, styled or not, and the language wanted."""

    width: int
    colour: bool
    lang: Language = ENGLISH

    def paragraph(self, sentence: str, label: str = "", **values: object) -> Iterator[str]:
        """Say a sentence behind a label, on as many lines as it takes."""
        from tracker.render.wrapping import wrapped  # which a list does not need

        return wrapped(label, self.lang.text(sentence, **values), self.width)

    def fact(self, label: str, said: str) -> Iterator[str]:
        """What there is to say of a milestone, behind its label and below the title."""
        from tracker.render.wrapping import wrapped

        return wrapped(f"    {pad(clean(label), 11)} ", clean(said), self.width)


HEADS = {"id": "ID", "due": "DUE", "standing": "STANDING", "owner": "RESPONSIBLE", "title": "TITLE"}
_STANDING = 20
"""Cells for where it stands at the least, which "overdue 2,070 days" fits into."""

_TITLE = 30
"""Cells for the title at the least, if it is that long."""

_MOST_LINES = 4
"""Of one title or owner; what is longer ends in an ellipsis."""


def listing(result: Listing, screen: Screen) -> str:
    """Draw the list with a headline above and what to type next below."""
    if not result.milestones:
        return _nothing(result, screen.lang)
    lang = screen.lang
    if result.columns:
        from tracker.render.chosen import drawn_lines  # which a list as usual does not need

        lines = drawn_lines(result, screen)
    else:
        lines = list(rows(result, screen))
    hidden = result.total - len(result.milestones)
    if hidden:
        lines.append(more_line(hidden, lang))
    lines += ["", fit(_headline(result, lang), screen.width)]
    if result.kind in ("overdue", "upcoming", "ready", "blocked"):
        follow = lang.text("Next: `tracker show ID`.")
        # On a line of its own rather than cut.
        together = lang.text("{s0} {s1}", s0=lines[-1], s1=follow)
        lines[-1:] = [together] if width(together) <= screen.width else [lines[-1], follow]
    return "\n".join(lines)


def rows(result: Listing, screen: Screen) -> Iterator[str]:
    """Yield the heading and the lines of each, under the headings of groups if it has those."""
    day, lang = result.as_of, screen.lang
    heads = [lang.word("column", name) for name in HEADS.values()]
    cells = {m.id: _cells(m, day, lang) for m in result.milestones}
    widths = _widths(heads, list(cells.values()), screen.width)
    yield from (paint(line, "2", screen.colour) for line in _lines(heads, widths))
    for name, milestones in headed(result, lang):
        if name:
            yield paint(fit(name, screen.width), "1", screen.colour)
        for m in milestones:
            style = LOOKS[standing(m, day)].sgr
            for line in _lines(cells[m.id], widths):
                yield paint(line, style, screen.colour)


def headed(result: Listing, lang: Language) -> Iterator[tuple[str, Sequence[Milestone]]]:
    """Yield the groups of a list, each under its heading; all of it under none if it has none."""
    if result.group is None:
        yield "", result.milestones
        return
    for section in sections(result):
        number = f"{len(section.milestones):,}"
        named = _group_name(section, result.group, lang)
        yield lang.text("{name} ({number})", name=named, number=number), section.milestones


def _group_name(section: Section, group: Group, lang: Language) -> str:
    key = section.key
    if group is Group.OWNER:
        return wording(section.milestones[0], lang).owner or lang.text("no responsible body")
    if isinstance(key, Standing):
        return lang.standing(key)
    if isinstance(key, date):
        return lang.text("Q{quarter} {year}", **lang.parts(key))
    if key is None:
        return lang.text("no tag") if group is Group.TAG else lang.text("no date")
    return clean(key)


def more_line(hidden: int, lang: Language) -> str:
    """Say how many a limit leaves out, and how to see them."""
    return lang.text("… and {number} more; leave out --limit to see all.", number=f"{hidden:,}")


def standing_words(m: Milestone, day: date, lang: Language) -> str:
    return lang.note(m, standing(m, day), day)


def paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and style else text


def _cells(m: Milestone, day: date, lang: Language) -> tuple[str, ...]:
    words = wording(m, lang)
    due = m.due.isoformat() if m.due else lang.text("no date")
    title = words.title
    if m.repeat and m.is_open:
        title = lang.text("{title} ({often})", title=title, often=lang.repeat(m.repeat))
    return (str(m.id), due, standing_words(m, day, lang), words.owner or "-", title)


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]], total: int) -> list[int]:
    """Share the line: short columns as needed, the title what they leave.

    Where it stands has a fifth at most and who owes it a quarter. A title that they would leave too
    little, 0 cells wide here, has lines of its own below the others; so has the owner then.
    """
    need = [max(width(row[n]) for row in (heads, *cells)) for n in range(4)]
    need[2] = min(need[2], max(total // 5, _STANDING))
    rest = total - sum(need[:3]) - 6
    owner = min(need[3], total // 4)
    title = rest - owner - 2
    if title < min(_TITLE, max(width(row[4]) for row in (heads, *cells))):
        return [*need[:3], rest if rest >= 16 else 0, 0]
    return [*need[:3], owner, title]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row: what is too long for its column goes on in the next."""
    columns = [(cell, wide) for cell, wide in zip(cells, widths, strict=True) if wide]
    if all(width(cell) <= wide for cell, wide in columns[2:]):
        yield "  ".join(pad(cell, wide) for cell, wide in columns).rstrip()
    else:
        from tracker.render.wrapping import broken

        parts = [list(broken(cell, wide, _MOST_LINES)) for cell, wide in columns]
        for row in zip_longest(*parts, fillvalue=""):
            line = (pad(part, wide) for part, (_, wide) in zip(row, columns, strict=True))
            yield "  ".join(line).rstrip()
    for below in (cell for cell, wide in zip(cells, widths, strict=True) if not wide):
        from tracker.render.wrapping import broken

        indent = " " * (widths[0] + 2)
        room = sum(widths[1:4]) + 4
        yield from (indent + part for part in broken(below, room, _MOST_LINES))


def _headline(result: Listing, lang: Language) -> str:
    match result.kind:
        case "overdue":
            sentence = Message("{some} of {all} overdue on {day}.")
        case "upcoming":
            sentence = Message("{some} of {all} due soon, from {day}.")
        case "ready":
            sentence = Message("{some} of {milestones} can be worked on, as of {day}.")
        case "blocked":
            sentence = Message("{some} of {milestones} are blocked, as of {day}.")
        case _:
            sentence = Message("{some} of {milestones} on {day}.")
    some, total, counted = f"{result.total:,}", f"{result.out_of:,}", lang.count(result.out_of)
    return lang.text(sentence, some=some, all=total, milestones=counted, day=result.as_of)


def _nothing(result: Listing, lang: Language) -> str:
    if not result.out_of:
        nothing = Message("No milestones on {day}.")
        follow = Message("Begin with `tracker add TITLE --due WHEN`.")
    elif result.kind == "overdue":
        nothing = Message("Nothing is overdue on {day}.")
        follow = Message("`tracker upcoming` shows what comes next.")
    elif result.kind == "upcoming":
        nothing = Message("Nothing is due in that time from {day}.")
        follow = Message("--within 12m looks further, `tracker list` shows all.")
    elif result.kind == "blocked":
        nothing = Message("Nothing is blocked on {day}.")
        follow = Message("`tracker edit ID --depends-on ID` says what must come first.")
    else:
        nothing = Message("None of the {milestones} on {day} match.")
        follow = Message("`tracker list` shows all.")
    counted = lang.count(result.out_of)
    return lang.text(nothing, milestones=counted, day=result.as_of) + "\n" + lang.text(follow)


MOST_BELOW = 20
"""So many are told below a list."""


def below(
    items: Sequence[T], say: Callable[[T], Message], more: PluralMessage, screen: Screen
) -> Iterator[str]:
    """Yield lines for below a list: a sentence of each of the first, and how many `more_line`."""
    for item in items[:MOST_BELOW]:
        yield from screen.paragraph(say(item))
    if len(items) > MOST_BELOW:
        yield screen.lang.text(more)
