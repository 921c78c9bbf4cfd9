"""What a due phrase means, in words."""

from __future__ import annotations

from datetime import date

from tracker.due import Due
from tracker.locale import Language
from tracker.model import Precision
from tracker.render.text import clean, pad, width


def read_back(due: Due, lang: Language) -> str:
    if due.date is None:
        return lang.text("{phrase}: no date", phrase=due.phrase)
    precision = lang.precision(due.precision)
    if due.precision is Precision.FISCAL_YEAR:
        precision = lang.text("{precision} from {start}", precision=precision, start=due.start)
    told = lang.text(
        "{phrase} ({precision}): {day}", phrase=due.phrase, precision=precision, day=due.date
    )
    if due.month_assumed:
        return lang.join([told, lang.text("month assumed")])
    return lang.join([told, lang.text("year assumed")]) if due.year_assumed else told


def meaning(due: Due, anchor: date, lang: Language) -> str:
    told: dict[str, str] = {}
    if due.date is None:
        told["due"] = lang.text("no date: the phrase names none, and none is guessed")
    else:
        told["due"] = lang.text("{day}, that day included", day=due.date)
        told["precision"] = lang.precision(due.precision)
        if due.precision is not Precision.DAY:
            span = lang.text("from {start} to {end}", start=due.start, end=due.date)
            told["precision"] = lang.join([told["precision"], span])
    if due.month_assumed:
        told["assumed"] = lang.text("the month: the first such day from {day} on", day=anchor)
    elif due.year_assumed:
        told["assumed"] = lang.text("the year: the first such date from {day} on", day=anchor)
    labels = {name: lang.word("when", name) for name in told}
    room = max(map(width, labels.values())) + 2
    lines = (f"  {pad(labels[name], room)}{words}" for name, words in told.items())
    return "\n".join([clean(due.phrase), *lines])
