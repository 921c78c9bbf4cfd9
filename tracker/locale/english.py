"""English, the language that sentences are written in, with the day before the month."""

from __future__ import annotations

from datetime import date

from tracker.locale.catalogue import Catalogue
from tracker.locale.language import Language, SpanWords
from tracker.model import Precision

MONTH_NAMES = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = ("", "first", "second", "third", "fourth")


class English(Language):
    tag = "en"
    called = ("en", "english", "英语", "英文")
    own_name = "English"
    catalogue = Catalogue()  # a sentence is its own translation
    comma, between, semicolon, colon = ", ", ", ", "; ", ": "
    # 409 is English, whatever the language of the reader's system.
    spans = {  # noqa: RUF012  # declared a ClassVar where it is declared
        Precision.DAY: SpanWords("{day}", '[$-409]"by "d mmmm yyyy'),
        Precision.WEEK: SpanWords(
            "the end of the week, {day}", '[$-409]"by the end of the week, "d mmmm yyyy'
        ),
        Precision.MONTH: SpanWords(
            *("end of {month} {year}", '[$-409]"by end of "mmmm yyyy'), "the end of {month} {year}"
        ),
        Precision.QUARTER: SpanWords(
            *("end of Q{quarter} {year}", '"by end of Q{quarter} "yyyy'),
            "the end of the {ordinal} quarter of {year}",
        ),
        Precision.HALF: SpanWords(
            *("end of H{half} {year}", '"by end of H{half} "yyyy'),
            "the end of the {which} half of {year}",
        ),
        Precision.YEAR: SpanWords("end of {year}", '"by end of "yyyy', "the end of {year}"),
        Precision.FISCAL_YEAR: SpanWords(
            *("end of the fiscal year, {day}", '[$-409]"by FY end, "d mmmm yyyy'),
            "the end of the fiscal year, {day}",
        ),
        Precision.FIVE_YEAR: SpanWords(
            *("end of {year}", '"by end of "yyyy'), "the end of the five-year plan, {day}"
        ),
    }

    def day(self, day: date) -> str:
        return f"{day.day} {MONTH_NAMES[day.month]} {day.year}"

    def parts(self, day: date) -> dict[str, object]:
        quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
        return {
            "year": day.year,
            "month": MONTH_NAMES[day.month],
            "quarter": quarter,
            "half": half,
            "ordinal": _ORDINALS[quarter],
            "which": _ORDINALS[half],
        }


ENGLISH = English()
