"""Days with a name of their own, which due phrases count up to: 国庆节前, before Christmas.

The lunar ones and 清明 are a table, from FIRST_YEAR to LAST_YEAR: the Chinese calendar is
astronomical (GB/T 33661-2017), and a table is shorter than computing it.
"""

from __future__ import annotations

from tracker.due.period import Period, day, eve, nth_weekday, shift, single
from tracker.errors import BadDate

FIRST_YEAR, LAST_YEAR = 2000, 2035

FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1),
    "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "十一": (10, 1), "国庆": (10, 1), "植树": (3, 12), "教师": (9, 10), "圣诞": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
    "hogmanay": (12, 31), "new year": (1, 1), "burns night": (1, 25), "australia day": (1, 26),
    "candlemas": (2, 2), "st valentine's day": (2, 14), "valentine's day": (2, 14),
    "waitangi day": (2, 6), "st david's day": (3, 1), "st patrick's day": (3, 17),
    "lady day": (3, 25), "st george's day": (4, 23), "anzac day": (4, 25), "may day": (5, 1),
    "europe day": (5, 9), "juneteenth": (6, 19), "midsummer day": (6, 24), "canada day": (7, 1),
    "bastille day": (7, 14), "lammas": (8, 1), "michaelmas": (9, 29), "halloween": (10, 31),
    "all saints' day": (11, 1), "bonfire night": (11, 5), "martinmas": (11, 11),
    "armistice day": (11, 11), "remembrance day": (11, 11), "veterans day": (11, 11),
    "st andrew's day": (11, 30),
}  # fmt: skip
"""Month and day of those that never move."""

BY_WEEKDAY = {
    "martin luther king day": (1, 3, 0), "presidents' day": (2, 3, 0), "arbor day": (4, -1, 4),
    "early may bank holiday": (5, 1, 0), "spring bank holiday": (5, -1, 0),
    "memorial day": (5, -1, 0), "august bank holiday": (8, -1, 0), "labor day": (9, 1, 0),
    "columbus day": (10, 2, 0), "indigenous peoples' day": (10, 2, 0),
    "melbourne cup day": (11, 1, 1), "thanksgiving": (11, 4, 3),
}  # fmt: skip
"""The month, which of its weekdays, and the weekday: Labor Day is the first Monday of September."""

FROM_EASTER = {
    "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7, "good friday": -2,
    "easter sunday": 0, "复活节": 0, "easter monday": 1, "ascension day": 39, "whit sunday": 49,
    "whit monday": 50, "corpus christi": 60,
}  # fmt: skip
"""How many days after Easter Sunday of the western churches."""

BARE_NUMBERS = frozenset({"三八", "五一", "六一", "七一", "八一", "十一"})
"""Names that are also numbers; they need quotes, 节 or 前 beside them."""

_TABLE = {
    "春节": """0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131
               0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129
               0217 0206 0126 0213 0203 0123 0211 0131 0219 0208""",
    "元宵": """0219 0207 0226 0215 0205 0223 0212 0304 0221 0209 0228 0217 0206 0224 0214
               0305 0222 0211 0302 0219 0208 0226 0215 0205 0224 0212
               0303 0220 0209 0227 0217 0206 0225 0214 0305 0222""",
    "清明": """0404 0405 0405 0405 0404 0405 0405 0405 0404 0404 0405 0405 0404 0404 0405
               0405 0404 0404 0405 0405 0404 0404 0405 0405 0404 0404
               0405 0405 0404 0404 0405 0405 0404 0404 0405 0405""",
    "端午": """0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602
               0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531
               0619 0609 0528 0616 0605 0624 0612 0601 0620 0610""",
    "中秋": """0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908
               0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006
               0925 0915 1003 0922 0912 1001 0919 0908 0927 0916""",
    "重阳": """1006 1025 1014 1004 1022 1011 1030 1019 1007 1026 1016 1005 1023 1013 1002
               1021 1009 1028 1017 1007 1025 1014 1004 1023 1011 1029
               1018 1008 1026 1016 1005 1024 1012 1001 1020 1009""",
}
MOVING = {name: dict(enumerate(days.split(), FIRST_YEAR)) for name, days in _TABLE.items()}
MOVING |= {"农历新年": MOVING["春节"], "农历年": MOVING["春节"], "正月十五": MOVING["元宵"]}


def holiday(name: str, year: int) -> Period:
    """The day of the holiday in that year; BadDate for a moving one outside of the table."""
    if name in FIXED:
        return day(year, *FIXED[name])
    if name == "除夕":
        return single(eve(holiday("春节", year).first))
    if name in BY_WEEKDAY:
        month, nth, weekday = BY_WEEKDAY[name]
        return nth_weekday(year, month, nth, weekday)
    if name in FROM_EASTER:
        from dateutil.easter import easter

        return single(shift(easter(year), FROM_EASTER[name], "day"))
    known = MOVING[name].get(year)
    if known is None:
        said = "The date of {name} is known from {first_year} to {last_year}, and not for {year}."
        hint = "Write the day itself, such as 2021-06-30."
        raise BadDate(said, hint, name=name, first_year=FIRST_YEAR, last_year=LAST_YEAR, year=year)
    return day(year, int(known[:2]), int(known[2:]))
