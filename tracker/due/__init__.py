"""The due language: a phrase and an anchor date make a due date, the last included day.

`parse` reads one typed phrase to its last word, or refuses it with BadDate. `find` finds phrases
in running text. There is no clock here: every phrase is seen
from an anchor, the day on which it was said.

The grammar, one for both uses ([ ] optional, | or, N a number in digits or words):

    phrase    = english | chinese
    date      = YYYY-MM-DD | YYYY-MM | YYYYMMDD | DD/MM/YYYY, also with / or . (order if clear)

    english   = [due] [lead] body [tail]
    lead      = by | no later than | on or before | before | until | through | within | in | on ...
              | from | as of | with effect from          (a first day; only in running text)
    tail      = at the latest | or earlier | inclusive
    body      = no-date | [close of business | hour on] period [hour] | end | length
    hour      = (5pm | 17:00[:00] | noon | close of business) [zone]
    end       = (end | close | last day | late) [of | -] period
              | year-end | EOY | EOQ | EOM | EOW | mid-YEAR
    length    = [+] N unit [from (now | the date of this DOCUMENT) | (before | after | of) day]
    unit      = hour | day | week | fortnight | month | year          (hours by whole days)
    period    = date | day | piece | MONTH [YEAR] | part | YEAR | fiscal | week | near | plan
              | holiday
    day       = [WEEKDAY] N MONTH [YEAR] | MONTH N [YEAR] | the Nth [of (this | next) month]
              | (Nth | last) WEEKDAY of MONTH [YEAR]
    piece     = (Nth | last | back | latter) (day | week | fortnight | half | weekend) of period
              | the last (working | business) day of period
    part      = (Q N | N Q | Nth quarter | H N | N H | Nth half) [of] [YEAR | fiscal]
    fiscal    = [US | UK] (FY | fiscal year) YEAR [(US) | (UK)] [part] | this fiscal year
    week      = YEAR-Wnn[-D] | week N [of] YEAR | week (of | commencing | ending) day
              | (w/c | w/e) day
    near      = today | tomorrow | [this | next] WEEKDAY | WEEKDAY (week | fortnight)
              | (this | next) (week | month | quarter | year) | this time next year
              | the (week | month | WEEKDAY) after next
    no-date   = next summer | this Parliament | ongoing | TBD | the coming years ...

    chinese   = [lead] body [至 body] [suffix]
    lead      = 到 | 至 | 截止到 | 不晚于 | 不超过 | 最迟 | 于 | 在
    suffix    = 前 | 之前 | 以前 | 内 | 之内 | 以内 | 为止
    body      = no-date | plan | fiscal | [year [的]] inner | year [年] [底 | 末 | 内 | 中]
              | length | near | date
    year      = [民国 | 令和] N年 | 今年 | 明年 | 后年 | 去年 | 本年度 | 今（N）年
    inner     = 上半年 | 下半年 | H N | [第]N季[度] | Q N | 前三季度 | [第]N周
              | N-N月 | month | holiday
    month     = N月[份] [上旬 | 中旬 | 下旬 | N日 | N-N日 | 底 | 末 | (第N个 | 最后一个)周N]
    hour      = [上午 | 下午 | 凌晨 ...] N时 | N:NN[:NN] | 下班 | 上午 ...
    holiday   = (元旦 | 春节 | 清明 | 五一 | 端午 | 中秋 | 国庆 ...) [节] [假期]
    length    = [自本DOCUMENT印发之日起 | N月N日后] N(小时 | 日 | 天 | 周 | 个月 | 年) 内 | 半年内
    near      = 今天 | 明天 | 明晚 | (本 | 下 | 下下 | 上)(周[N] | 月 | 季度) | 周N
              | 年底 | 全年 | 月底 | 季度末 | N日
    plan      = (“十N五” | 第十N个五年规划) [规划] [末 | 期间 | 时期 | 期末]
    fiscal    = N财年 [[第]N季度] | (本 | 下)财年
    no-date   = 未来几年 | 近期 | 持续推进 | 待定 | 明年春天 ...

What it comes to:

- The due date is the last day of the named period, included; 前 and "by" include what they name
  when it is a day or an end. "before" is the day before, and so is 前 after a holiday.
- Without a year it is the first such period that is not past on the anchor's day (assumed).
- A fiscal year is named by the year in which it ends.
- A time as programs write one, 2021-06-30 00:00 or 2021-06-30T23:30-05:00, is the day in it.
- What may mean two dates, or none that the calendar has, is refused; it is never guessed.
"""

from tracker.due.finder import Mention, find
from tracker.due.hours import without_clock
from tracker.due.phrase import MAX_LENGTH, Due, parse

__all__ = ["MAX_LENGTH", "Due", "Mention", "find", "parse", "without_clock"]
