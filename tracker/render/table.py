"""Lists as columns: fast for any number of rows, right for double-width text, readable uncoloured.

Not rich's table: drawing 10,000 rows with that takes seconds and importing it as long as all the
rest of a listing, so rich draws what is composed once (timeline, dashboard), and this draws rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tracker.locale import ENGLISH, Language
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


def listing(result: Listing, screen: Screen) -> str:
    """Draw the list with a headline above and what to type next below."""
    if not result.milestones:
        return _nothing(result)
    day = result.as_of
    cells = [_cells(m, day, screen.lang) for m in result.milestones]
    heads = ("ID", "DUE", "STANDING", "RESPONSIBLE", "TITLE")
    widths = _widths(heads, cells, screen.width)
    lines = [paint(_line(heads, widths), "2", screen.colour)]
    for m, row in zip(result.milestones, cells, strict=True):
        now = standing(m, day)
        lines.append(paint(_line(row, widths), LOOKS[now].sgr, screen.colour))
    hidden = result.total - len(result.milestones)
    if hidden:
        lines.append(f"… and {hidden:,} more; leave out --limit to see all.")
    lines += ["", fit(_headline(result), screen.width)]
    if result.kind in ("overdue", "upcoming"):
        follow = "Next: `tracker show ID`."
        # On a line of its own rather than cut.
        together = f"{lines[-1]} {follow}"
        lines[-1:] = [together] if width(together) <= screen.width else [lines[-1], follow]
    return "\n".join(lines)


def standing_words(m: Milestone, day: date) -> str:
    """Say where it stands, with the days that make it so."""
    return ENGLISH.note(m, standing(m, day), day)


def paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour and style else text


def _cells(m: Milestone, day: date, lang: Language) -> tuple[str, ...]:
    words = wording(m, lang)
    due = m.due.isoformat() if m.due else "no date"
    return (str(m.id), due, standing_words(m, day), words.owner or "-", words.title)


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


def _headline(result: Listing) -> str:
    day = result.as_of.isoformat()
    match result.kind:
        case "overdue":
            return f"{result.total:,} of {result.out_of:,} overdue on {day}."
        case "upcoming":
            return f"{result.total:,} of {result.out_of:,} due soon, from {day}."
        case _:
            return f"{result.total:,} of {ENGLISH.count(result.out_of)} on {day}."


def _nothing(result: Listing) -> str:
    day = result.as_of.isoformat()
    if not result.out_of:
        return f"No milestones on {day}.\nBegin with `tracker add TITLE --due WHEN`."
    match result.kind:
        case "overdue":
            return f"Nothing is overdue on {day}.\n`tracker upcoming` shows what comes next."
        case "upcoming":
            return (
                f"Nothing is due in that time from {day}.\n"
                "--within 12m looks further, `tracker list` shows all."
            )
        case _:
            none = f"None of the {ENGLISH.count(result.out_of)} on {day} match."
            return f"{none}\n`tracker list` shows all."
