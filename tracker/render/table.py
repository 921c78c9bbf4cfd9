"""Lists as columns: fast for any number of rows, right for double-width text, readable uncoloured.

Not rich's table: drawing 10,000 rows with that takes seconds and importing it as long as all the
rest of a listing, so rich draws what is composed once (timeline, dashboard), and this draws rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tracker.locale import ENGLISH, Language
from tracker.message import Message
from tracker.model import Milestone
from tracker.render.marks import LOOKS
from tracker.render.text import fit, pad, width
from tracker.render.wording import wording
from tracker.report import Listing, standing


class Screen(Struct, frozen=True):
    """Where a text will be read: cells in a line, styled or not, and the language wanted."""

    width: int
    colour: bool
    lang: Language = ENGLISH


_HEADS = ("ID", "DUE", "STANDING", "RESPONSIBLE", "TITLE")


def listing(result: Listing, screen: Screen) -> str:
    """Draw the list with a headline above and what to type next below."""
    if not result.milestones:
        return _nothing(result, screen.lang)
    day = result.as_of
    cells = [_cells(m, day, screen.lang) for m in result.milestones]
    lang = screen.lang
    heads = [
        lang.word("column", name) for name in ("ID", "DUE", "STANDING", "RESPONSIBLE", "TITLE")
    ]
    widths = _widths(heads, cells, screen.width)
    lines = [paint(_line(heads, widths), "2", screen.colour)]
    for m, row in zip(result.milestones, cells, strict=True):
        now = standing(m, day)
        lines.append(paint(_line(row, widths), LOOKS[now].sgr, screen.colour))
    hidden = result.total - len(result.milestones)
    if hidden:
        lines.append(more(hidden, lang))
    lines += ["", fit(_headline(result, lang), screen.width)]
    if result.kind in ("overdue", "upcoming"):
        follow = lang.text("Next: `tracker show ID`.")
        # On a line of its own rather than cut.
        together = f"{lines[-1]} {follow}"
        lines[-1:] = [together] if width(together) <= screen.width else [lines[-1], follow]
    return "\n".join(lines)


def more(hidden: int, lang: Language) -> str:
    """Say how many a limit leaves out, and how to see them."""
    return lang.text("… and {number} more; leave out --limit to see all.", number=f"{hidden:,}")


def standing_words(m: Milestone, day: date, lang: Language) -> str:
    """Say where it stands, with the days that make it so."""
    return lang.note(m, standing(m, day), day)


def paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and style else text


def _cells(m: Milestone, day: date, lang: Language) -> tuple[str, ...]:
    words = wording(m, lang)
    due = m.due.isoformat() if m.due else lang.text("no date")
    return (str(m.id), due, standing_words(m, day, lang), words.owner or "-", words.title)


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> list[int]:
    """Share the line: short columns as needed, a quarter at most for the owner, the title the rest.

    Below 80 cells there is no room for the owner beside a title that can be read.
    """
    need = [max(width(row[n]) for row in (heads, *rows)) for n in range(4)]
    need[3] = 0 if total < 80 else min(need[3], total // 4)
    taken = sum(need) + 2 * sum(1 for cells in need if cells)
    return [*need, max(12, total - taken)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    *fixed, last = [(c, w) for c, w in zip(cells, widths, strict=True) if w]
    start = "  ".join([pad(fixed[0][0], fixed[0][1]), *(pad(c, w) for c, w in fixed[1:])])
    return f"{start}  {fit(last[0], last[1])}"


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
