"""The Chinese words of due phrases, each said once: the grammar takes them, the finder seeks them.

A word's place is the table of its meaning. `NOT_AFTER` and `NOT_BEFORE` tell where its characters
belong to another word, and what is in `UNDATED` is too common to be sought in running text.
"""

from __future__ import annotations

from tracker.due.lexer import wordings
from tracker.due.numerals import HAN

LEADS = wordings(
    "自即日起至|从即日起至|即日起至|即日起到|截止到|截止至|截至到|截止|截至|不得晚于|不得迟于|不晚于|不迟于|最迟不超过|最晚不超过|不超过|"
    "最晚于|最迟于|最晚|最迟|至迟|直到|直至|到|至|于|在"
)
PLACES = frozenset({"至", "于", "在", "直到", "直至"})
"""Leads that make no deadline of a date."""

BEFORE = ("或之前", "或以前", "之前", "以前", "前")
WITHIN = ("之内", "以内", "内")
LATER = ("之后", "以后", "后")
WEEKDAYS = "一二三四五六日"
WEEKS = ("周", "星期", "礼拜")
YEARS = {
    "今年": 0, "本年度": 0, "本年": 0, "这一年": 0, "明年": 1, "来年": 1, "下一年度": 1,
    "下一年": 1, "下年度": 1, "后年": 2, "大后年": 3, "去年": -1, "上一年": -1, "上年": -1,
    "前年": -2,
}  # fmt: skip
AHEAD = {
    "下下个": 2, "下下": 2, "下一个": 1, "下一": 1, "下个": 1, "下": 1, "本": 0, "这个": 0, "这": 0,
    "上一个": -1, "上个": -1, "上": -1,
}  # fmt: skip
DAYS = {
    "今天": 0, "今日": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1,
    "昨日": -1, "前天": -2,
}  # fmt: skip
UNITS = {
    "个工作日": "working", "工作日": "working", "个自然日": "day", "自然日": "day", "日": "day",
    "天": "day", "周年": "year", "个周": "week", "周": "week", "个星期": "week", "星期": "week",
    "个礼拜": "week", "礼拜": "week", "个半月": "half-month", "个月": "month",
    "个季度": "quarter", "年": "year", "个小时": "hour", "小时": "hour",
}  # fmt: skip
NIGHTS = {"今晚": 0, "明晚": 1, "明早": 1}
PARTS_OF_DAY = wordings("上午|下午|中午|晚上|早上|傍晚|凌晨|夜里|晚")
BEFORE_DAWN = frozenset({"凌晨"})
ERAS = {"中华民国": 1911, "民国": 1911, "令和": 2018}
"""The year before the first of each era; the years of the Republic are told in three digits too."""

MONTHS = ("月份", "月")
ENDS = {
    "全年度": "year", "全年": "year",
    "年底": "year", "年末": "year", "年终": "year", "岁末": "year", "年内": "year",
    "月底": "month", "月末": "month", "月内": "month",
    "季度末": "quarter", "季度底": "quarter", "季度内": "quarter", "季末": "quarter",
}  # fmt: skip
TOTALS = frozenset({"全年", "全年度"})
"""Words that rather go with a sum in running text."""

TWO_YEARS = "今明两年"
AT_MOST = ("最多", "至多")
FROM_NOW = wordings("未来|今后|接下来")
HALVES = {"上半年": 1, "前半年": 1, "下半年": 2, "后半年": 2}
LAST = wordings("年底|年末|年终|底|末|终")
THIRDS = {"上旬": 1, "上中旬": 2, "中旬": 2, "中下旬": 3, "下旬": 3}
SEASONS = wordings("春季|夏季|秋季|冬季|春天|夏天|秋天|冬天")
QUOTES = frozenset("“”\"'‘’「」『』")
LUNAR = wordings("农历|阴历|旧历")
HOLIDAY_WORDS = ("节假期", "节", "假期", "长假", "黄金周")
HOLIDAY_KINDS = wordings("建军|建党|国际劳动|劳动|国庆|儿童|妇女|国际妇女")
"""What may stand between a number that names a holiday and 节: 五一国际劳动节."""

PLAN_ENDS = wordings("期间内|期间|时期末|时期内|时期|期末|末期|期内|期|末|内|收官")
ACTS = wordings(
    "完成|竣工|建成|开工|开始|启动|投产|投用|投入|上线|交付|实现|举行|召开|推出|公布|发布|提交|达到|通车|通水|正式|全面|全部|"
    "分别|形成|出台|具备|落成|开放|前"
)
"""What 年中 and “十四五” may stand before, where they tell when: no other word goes on there."""
BEGINNINGS = wordings("恢复|开通|开始|启动|启用|生效|施行|实施|执行|上线|切换|开放|开行|通车|运行")
"""What begins at an hour at the start of a day, and is not to be finished by it."""
FISCAL = ("财年", "财政年度")
UNDATED = wordings(
    "未来几年|今后几年|未来若干年|未来一段时期|今后一个时期|未来一个时期|近几年|近期|近年|远期|"
    "中长期|中期|长期坚持|长期任务|长期|短期|常态化|持续推进|持续|尽快|尽早|适时|早日|待定|未定|"
    "无期限|无|分阶段|本世纪中叶"
)
DOCUMENTS = wordings(
    "通知|意见|方案|办法|规定|决定|计划|规划|公告|通告|条例|要点|清单|文件|细则|纪要|批复|规则|制度|"
    "标准|指引|指南|实施方案|行动方案|行动计划|工作方案|实施意见|协议|补充协议|合同|公报|联合公报|承诺书|声明|令"
)
CONTRACTS = frozenset({"合同", "协议", "补充协议"})
ISSUED = wordings("发布|公布|印发|下发|签发|颁布|发文|公告|签订|签署|发表")

NOT_AFTER = {
    "年": rf"(?<![{HAN}0-9多近每历往当去前同次翌逐隔整全常半青少老中成幼童壮早新财几数])"
    "(?<!(?<![中小大])学)",
    "月": rf"(?<![{HAN}0-9个每当次腊正半])",
    "上": "(?<![上下以])",
    "下下": "(?<!以)",
    "下": "(?<![上下以])",
    "本": "(?<![上下])",
    "这": "(?<![上下])",
    "前年": "(?<![年月日天周])",
    "前": "(?<![年月日天周目])",
    # 项目验收后年底前完成 has no 后年, nor 扩大后 a 大后年.
    "后": "(?:(?<![一-鿿])|(?<=[到至在于和与将划计取争]))",
    "大后": "(?:(?<![一-鿿])|(?<=[到至在于和与将划计取争]))",
    "十一": "(?<!双)",
}
"""Where a word that begins so is one, and no part of another: 青年底, 双十一; 中学年内 is none."""

NOT_BEFORE = {
    "内": "蒙部容外需地陆涵存在河江",
    "前": "后期半述沿几所往来景瞻端提列进线任三两五六七八九十一二四0123456789",
    "初": "步次始中级衷心",
    "底": "层部气线色数",
    "末": "端梢",
    "季": "节风军后赛报",
    "后": "续来期备勤台",
}
"""Before which characters a suffix that ends so begins another word: 今年内蒙古."""
